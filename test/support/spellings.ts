/** Ways in which a proxy or an error page may write what it was sent. */

const hex = (text: string) => Buffer.from(text).toString('hex');
export const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64Url = (text: string) => Buffer.from(text).toString('base64url');
const percent = (text: string) =>
	[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const entities = (text: string, write: (code: number) => string) =>
	[...text].map((character) => `&${write(character.codePointAt(0) ?? 0)};`).join('');
const units = (text: string) =>
	Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const named = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&apos;')
		.replaceAll('é', '&eacute;');

export const SPELLINGS: Record<string, (secret: string) => string> = {
	'as it is': (secret) => secret,
	trimmed: (secret) => secret.trim(),
	'with spaces around it': (secret) => ` ${secret}  `,
	'percent-encoded': encodeURIComponent,
	'percent-encoded, small hexadecimal digits': (secret) =>
		encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
	'percent-encoded, every byte': percent,
	'percent-encoded, every byte, capitals': (secret) => percent(secret).toUpperCase(),
	'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
	'as a form': (secret) => new URLSearchParams([['', secret]]).toString().slice(1),
	'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
	'in JSON within JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1),
	'in JSON, slashes escaped': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
	'in JSON, ASCII only': units,
	'in JSON, ASCII only, capitals': (secret) => units(secret).toUpperCase().replaceAll('\\U', '\\u'),
	'as HTML': named,
	'as HTML twice': (secret) => named(named(secret)),
	'as HTML, decimal': (secret) => entities(secret, (code) => `#${code}`),
	'as HTML, hexadecimal': (secret) => entities(secret, (code) => `#x${code.toString(16)}`),
	'as HTML, hexadecimal, capitals': (secret) => entities(secret, (code) => `#X${code.toString(16).toUpperCase()}`),
	'as HTML, with zeros': (secret) => entities(secret, (code) => `#${String(code).padStart(6, '0')}`),
	base64,
	base64Url,
	'base64 behind a user': (secret) => base64(`u:${secret}`),
	'base64 behind a longer user': (secret) => base64(`us:${secret}`),
	'base64 behind a still longer user': (secret) => base64(`use:${secret}`),
	'base64 within something longer': (secret) => base64(`user:${secret}@host`),
	'base64url within something longer': (secret) => base64Url(`?>${secret}?>`),
	'base64 in lines': (secret) =>
		base64(`a longer text before it: ${secret} and one behind it`).replace(/.{20}/g, '$&\r\n'),
	'base64, percent-encoded': (secret) => encodeURIComponent(base64(secret)),
	'base64 of percent-encoding': (secret) => base64(encodeURIComponent(secret)),
	'base64 of Latin-1': (secret) => Buffer.from(secret, 'latin1').toString('base64'),
	hexadecimal: hex,
	'hexadecimal, capitals': (secret) => hex(secret).toUpperCase(),
	'hexadecimal within something longer': (secret) => hex(`user:${secret}@host`),
};
