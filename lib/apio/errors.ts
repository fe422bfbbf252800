/**
 * Brings every known shape of an error answer into one form: the gateway's `errors[]` (API page "Errors"), a top-level
 * `details`, Broadsoft errors inside either ("Mapping"), APIO Core's `{error}`, the HTML page of a load balancer, an
 * empty body, and JSON that was cut short.
 */

import type { ErrorDetail } from './result';
import type { AnsweredBy } from '../sync';
import { isObject } from './json';
import type { HttpAnswer } from './transport';

/** Longest text taken over from an answer that is not JSON, or into another sentence. */
const MAX_TEXT = 200;

/** Characters of such an answer that are looked at. */
const MAX_LOOK = 20_000;

/** Sentences of an answer in JSON that are taken over, and the longest of them: a message is read by a person. */
const MAX_SENTENCES = 20;
const MAX_SENTENCE = 2_000;

/** Statuses by which a request is sent to another address (RFC 9110, section 15.4). */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Messages for the statuses, after the platform's page of errors; 405, 407, 413 and 511 come from proxies. */
const STATUS_WORDS: Readonly<Record<number, string>> = {
	400: 'The request or its parameters are not valid',
	401: 'Not signed in, or the sign-in is no longer valid',
	403: 'The account may not do this',
	404: 'There is no such address, tenant, group, user or call center',
	405: 'What answers does not accept this kind of request',
	406: 'The format that was asked for is not available',
	407: 'A proxy between n8n and the platform asks for a sign-in of its own',
	408: 'The platform waited too long for the request',
	410: 'This function is switched off on the platform',
	413: 'The request is longer than what answers accepts',
	416: 'The platform found no JSON object in the request',
	422: 'The content of the request cannot be processed',
	429: 'The platform receives more requests than it allows',
	500: 'Internal error of the platform',
	502: 'The API gateway is down or being upgraded',
	503: 'The platform is overloaded',
	504: 'The platform could not finish in time',
	511: 'The network between n8n and the platform asks for a sign-in of its own',
};

export interface DecodedError {
	readonly code: string;
	readonly message: string;
	/** The platform's own words, if there are any. */
	readonly said: string | null;
	readonly details: readonly ErrorDetail[];
	/** Null if the form of the answer does not show it. */
	readonly answeredBy: AnsweredBy | null;
}

/** Whether a body is in one of the two documented forms of an error, whatever the status that it came with. */
export function isErrorBody(body: unknown): boolean {
	return isObject(body) && [body.errors, body.error].some(namesError);
}

/** Whether there is a text in it, or a code other than 0. */
function namesError(value: unknown): boolean {
	return isText(value) || Boolean(numberOf(value)) || entries(value).some(namesError);
}

/** @param answer an answer that is no success, by its status or its body */
export function decodeError(answer: Pick<HttpAnswer, 'status' | 'headers' | 'body'>): DecodedError {
	const { status, headers, body } = answer;
	const fallback = { code: `http-${status}`, said: null, details: [], answeredBy: answeredBy(body, headers) };
	if (REDIRECTS.includes(status)) return { ...fallback, message: redirected(headers.location) };
	if (isObject(body)) return fromObject(status, body);
	const words = statusWords(status);
	if (typeof body !== 'string' || !body.trim()) return { ...fallback, message: words };
	if (isJson(headers)) return { ...fallback, message: `${words} (its answer was cut short or is not valid JSON)` };
	const begin = body.trimStart().slice(0, MAX_LOOK);
	const isPage = begin.startsWith('<');
	const said = cut(isPage ? (titleOf(begin) ?? withoutTags(begin)) : inOneLine(begin));
	return { ...fallback, said, message: `${words} (${isPage ? `a web page answered: ${said}` : said})` };
}

function statusWords(status: number): string {
	return STATUS_WORDS[status] ?? `The platform answered with status ${status}`;
}

function fromObject(status: number, body: Record<string, unknown>): DecodedError {
	const errors = isText(body.errors) ? [body.errors] : entries(body.errors);
	const sources = errors.length > 0 ? errors.filter(isObject) : [body];
	const details = sources.flatMap((source) => detailsOf(source));
	const codes = sources
		.map((source) => numberOf(source.code ?? source.error_code))
		.filter((code) => code !== null && code !== 0);
	const sentences = [...new Set([...errors.filter(isText), ...sources.flatMap((source) => sentencesOf(source))])];
	const said = sentences.slice(0, MAX_SENTENCES).map(shortened).join(': ') || null;
	const broadsoft = details.find((detail) => detail.errorCode)?.errorCode;
	return {
		code: codes.length > 0 ? `apio-${codes[0]}` : broadsoft ? `broadsoft-${broadsoft}` : `http-${status}`,
		message: said ?? statusWords(status),
		said,
		details,
		answeredBy: answeredBy(body, {}),
	};
}

/**
 * By the two documented forms: the gateway's `errors` or `details`, and APIO Core's flat `error`; text is of neither.
 */
function answeredBy(body: unknown, headers: Readonly<Record<string, string>>): AnsweredBy | null {
	if (typeof body === 'string' && body.trim() !== '') return isJson(headers) ? null : 'other';
	if (!isObject(body)) return null;
	if ('errors' in body || 'details' in body) return 'gateway';
	return 'error' in body ? 'core' : null;
}

function isJson(headers: Readonly<Record<string, string>>): boolean {
	return /\bjson\b/i.test(headers['content-type'] ?? '');
}

/** Everything a person can read in one error object, the most general first. */
function sentencesOf(source: Record<string, unknown>): string[] {
	const nested = source.error;
	const own = [
		source.message,
		nested,
		isObject(nested) ? nested.message : undefined,
		reasonOf(source.details),
		source.reason,
	];
	const summaries = detailsOf(source).map((detail) => [detail.summary, detail.detail].filter(Boolean).join(' '));
	return [...own, ...summaries].filter(isText).map((text) => text.trim());
}

function reasonOf(details: unknown): unknown {
	return isObject(details) ? details.reason : details;
}

/**
 * Broadsoft errors sit in `details`, in `details.errors`, or in a list of either; a list may be an object keyed "0",
 * "1", …
 */
function detailsOf(source: Record<string, unknown>): ErrorDetail[] {
	const { details } = source;
	const candidates =
		isObject(details) && 'errors' in details ? entries(details.errors) : [details, ...entries(details)];
	return candidates.filter(isObject).filter(looksLikeBroadsoft).map(toDetail);
}

function looksLikeBroadsoft(value: Record<string, unknown>): boolean {
	return 'summary' in value || ('error_code' in value && ('level' in value || 'detail' in value));
}

function toDetail(value: Record<string, unknown>): ErrorDetail {
	return {
		errorCode: textOrNull(value.error_code),
		level: textOrNull(value.level),
		summary: textOrNull(value.summary),
		detail: textOrNull(value.detail),
	};
}

function entries(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return isObject(value) ? Object.values(value) : [];
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function textOrNull(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return isText(value) ? value : null;
}

function numberOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function titleOf(page: string): string | null {
	const opening = page.search(/<title\b/i);
	const begin = opening < 0 ? -1 : page.indexOf('>', opening);
	const end = begin < 0 ? -1 : page.indexOf('<', begin);
	return end < 0 ? null : inOneLine(page.slice(begin + 1, end)) || null;
}

/** The text between the tags. */
function withoutTags(page: string): string {
	const texts = page.split('<').map((piece, index) => (index === 0 ? piece : piece.slice(piece.indexOf('>') + 1)));
	return inOneLine(texts.join(' '));
}

function inOneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** Long enough for a sentence that names many members. */
function shortened(sentence: string): string {
	return sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE)}…` : sentence;
}

/** At most `MAX_TEXT` characters, and a sign that there are more. */
export function cut(text: string): string {
	return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function redirected(location: string | undefined): string {
	const target = location?.split('?', 1)[0];
	return (
		`The platform redirects requests${target ? ` (to ${cut(target)})` : ''}, so writes would be lost; check the Base ` +
		'URL in the credential'
	);
}
