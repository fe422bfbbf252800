/**
 * The Base URL of the credential: where the API's paths begin, prefix included. Everything about it comes of the URL
 * parser (WHATWG URL), which is also what decides where a request goes; no text is cut out of an address by a pattern.
 */

import { cleanPastedText } from './pasted-text';

/** What every server is asked to take (RFC 9110, section 4.1); nobody's address is longer. */
const MOST_ADDRESS_CHARACTERS = 8_000;

/** Says what is wrong, for people; null where nothing is. */
export function baseUrlProblem(given: string): string | null {
	const text = cleanPastedText(given);
	const parts = partsOf(text);
	if (!parts) return 'is not an address such as https://apio.example.com/api/v1';
	// The parser takes it for a slash, a person may not: `https://apio.example.com\@elsewhere`.
	if (text.includes('\\')) return 'has a backslash, which does not belong to an address';
	// It is named in plans, journals and reports, so it must not carry a secret.
	if (authorityOf(text).includes('@')) return 'holds a user or password; these have fields of their own';
	if (text.includes('?') || text.includes('#'))
		return 'has a part after "?" or "#", which does not belong to an API address';
	if (normalPath(parts).includes('//')) return 'has two slashes in a row in its path';
	return null;
}

/**
 * One spelling for one address: without white space and invisible characters, host in lower case, without the default
 * port, without a dot after the host and without a slash at the end. Expects an address that nothing is wrong with.
 */
export function normalBaseUrl(given: string): string {
	const text = cleanPastedText(given);
	const parts = partsOf(text);
	return parts ? `${parts.protocol}//${hostOf(parts)}${normalPath(parts)}` : withoutSlashesAtTheEnd(text);
}

/** Where APIO Core signs in: beside the prefix of the platform's gateway, e.g. `…/api/v01` of `…/api/v01/p1`. */
export function coreRoot(baseUrl: string): string {
	const parts = partsOf(baseUrl);
	if (!parts) return baseUrl;
	const segments = normalPath(parts).split('/');
	// The first is what stands before the path's first slash: nothing.
	if (segments.length > 1 && segments[segments.length - 1].startsWith('p')) segments.pop();
	return `${parts.protocol}//${hostOf(parts)}${segments.join('/')}`;
}

/**
 * Whether a request to `address` stays with the platform of the Base URL: same scheme, host and port. Sign-in data
 * leave for such addresses only.
 */
export function staysWith(baseUrl: string, address: string): boolean {
	const [platform, target] = [partsOf(normalBaseUrl(baseUrl)), partsOf(address)];
	if (!platform || !target || target.username || target.password) return false;
	return platform.protocol === target.protocol && hostOf(platform) === hostOf(target);
}

/**
 * The whole address of a request as n8n's helpers put it together: a whole one stands for itself, others follow the
 * base.
 */
export function wholeAddress(base: string | undefined, address: string): string {
	if (!base || isWhole(address)) return address;
	return `${withoutSlashesAtTheEnd(base)}/${withoutSlashesAtTheBegin(address)}`;
}

/** With a scheme, or with the scheme's host only (`//elsewhere.example`). */
function isWhole(address: string): boolean {
	return address.startsWith('//') || parsed(address) !== null;
}

/** The parser also finds a host in `https:elsewhere`, `https:/elsewhere` and `https:///elsewhere`; people do not. */
function partsOf(text: string): URL | null {
	if (text.length > MOST_ADDRESS_CHARACTERS) return null;
	return /^https?:\/\/[^/?#\\]/i.test(text) ? parsed(text) : null;
}

/**
 * Not by `URL.canParse`: in Node.js 20 it finds nothing in `https://bücher.example` once V8 has optimized its caller.
 */
function parsed(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

/** What stands between the two slashes and the path. */
function authorityOf(text: string): string {
	return text.slice(text.indexOf('//') + 2).split(/[/?#\\]/, 1)[0];
}

/** With its port. `apio.example.com.` is the same host as `apio.example.com`. */
function hostOf({ hostname, port }: URL): string {
	const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
	return port ? `${host}:${port}` : host;
}

function normalPath({ pathname }: URL): string {
	return withoutSlashesAtTheEnd(pathname);
}

function withoutSlashesAtTheEnd(text: string): string {
	let end = text.length;
	while (text[end - 1] === '/') end--;
	return text.slice(0, end);
}

function withoutSlashesAtTheBegin(text: string): string {
	let begin = 0;
	while (text[begin] === '/') begin++;
	return text.slice(begin);
}
