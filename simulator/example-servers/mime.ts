/** Reads a mail as n8n's mail nodes write it: headers, parts within parts, quoted-printable and base64. */

interface Attachment {
	readonly fileName: string;
	readonly content: Buffer;
}

export interface Mail {
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	/** The plain text, or empty. */
	readonly text: string;
	/** The page, or empty. */
	readonly html: string;
	readonly attachments: readonly Attachment[];
}

interface Part {
	readonly headers: ReadonlyMap<string, string>;
	readonly body: string;
}

/** @param source the bytes of the mail, each as one character */
export function readMail(source: string): Mail {
	const whole = readPart(source);
	const mail = { text: '', html: '', attachments: [] as Attachment[] };
	for (const part of leaves(whole)) {
		const fileName = fileNameOf(part);
		const type = header(part, 'content-type');
		const content = contentOf(part);
		if (fileName !== '') mail.attachments.push({ fileName, content });
		else if (type.startsWith('text/html')) mail.html += content.toString('utf8');
		else mail.text += content.toString('utf8');
	}
	const words = (name: string) => decodeWords(header(whole, name));
	return { from: words('from'), to: words('to'), subject: words('subject'), ...mail };
}

function readPart(source: string): Part {
	const [head, ...rest] = source.split('\r\n\r\n');
	const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { headers: new Map(headers), body: rest.join('\r\n\r\n') };
}

function leaves(part: Part): Part[] {
	const boundary = /boundary="?([^";]+)"?/.exec(header(part, 'content-type'))?.[1];
	if (boundary === undefined) return [part];
	const inner = part.body.split(`--${boundary}`).slice(1, -1);
	return inner.flatMap((text) => leaves(readPart(text.replace(/^\r\n/, '').replace(/\r\n$/, ''))));
}

function header({ headers }: Part, name: string): string {
	return headers.get(name) ?? '';
}

function fileNameOf(part: Part): string {
	const said = `${header(part, 'content-disposition')}; ${header(part, 'content-type')}`;
	return decodeWords(/(?:file)?name="?([^";]+)"?/.exec(said)?.[1] ?? '');
}

function contentOf(part: Part): Buffer {
	const encoding = header(part, 'content-transfer-encoding').toLowerCase();
	if (encoding === 'base64') return Buffer.from(part.body, 'base64');
	if (encoding === 'quoted-printable') return quotedPrintable(part.body.replace(/=\r\n/g, ''));
	return Buffer.from(part.body, 'latin1');
}

function quotedPrintable(text: string): Buffer {
	return Buffer.from(
		text.replace(/=([0-9A-F]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
		'latin1',
	);
}

/** Words of a header that are not ASCII: `=?UTF-8?Q?caf=C3=A9?=`. */
function decodeWords(text: string): string {
	return text
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, how: string, words: string) =>
			(how.toLowerCase() === 'b' ? Buffer.from(words, 'base64') : quotedPrintable(words.replace(/_/g, ' '))).toString(
				'utf8',
			),
		);
}
