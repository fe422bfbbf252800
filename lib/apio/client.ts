/** One request and its answer, for the typed functions of every endpoint. */

import type { z } from '../vendor/zod';
import { decodeError, isErrorBody } from './errors';
import { showsOnlyAPart } from './answers';
import { isObject } from './json';
import { failed, succeeded, type ApioFailure, type Result } from './result';
import type { HttpMethod, HttpReply, HttpRequest, JsonObject, Transport } from './transport';

/**
 * Where search criteria of a GET travel: as JSON body as documented, or in the query string as Netaxis's own client
 * does.
 */
export type CriteriaPlace = 'body' | 'query';

export interface Apio {
	readonly transport: Transport;
	readonly criteriaIn: CriteriaPlace;
}

/** Differs on every answer and says nothing about the object (API page "Audit records"). */
const RECORD_ID = '_record_internal_id';

/** Success, but of a part only (API page "Errors"). */
const PARTIAL = 207;

/**
 * A part of the content (RFC 9110, section 15.3.7), or the changes since another answer (RFC 3229): neither was asked
 * for.
 */
const NO_WHOLE_CONTENT: readonly number[] = [206, 226];

/** A parameter of the header `Link` (RFC 8288): its name, and its value with the quotes. */
const LINK_PARAMETER = /;\s*([\w*-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s;,]*)/g;

/** Among the values of a parameter `rel`: a page to follow. */
const NEXT = /(?:^|["'\s])next(?:["'\s]|$)/i;

/** @param criteria sent as body or query, see `CriteriaPlace`; not sent if empty */
export async function read<T>(
	apio: Apio,
	path: string,
	answer: z.ZodType<T, z.ZodTypeDef, unknown>,
	criteria: JsonObject = {},
): Promise<Result<T>> {
	const given = Object.entries(criteria).filter(([, value]) => value !== undefined);
	if (given.length === 0) return await exchange(apio, { method: 'GET', path }, answer);
	const carried: Partial<HttpRequest> =
		apio.criteriaIn === 'query'
			? { query: Object.fromEntries(given.map(([name, value]) => [name, String(value)])) }
			: { body: Object.fromEntries(given) };
	return await exchange(apio, { method: 'GET', path, ...carried }, answer);
}

export async function write<T>(
	apio: Apio,
	method: Exclude<HttpMethod, 'GET'>,
	path: string,
	body: JsonObject,
	answer: z.ZodType<T, z.ZodTypeDef, unknown>,
): Promise<Result<T>> {
	return await exchange(apio, { method, path, body }, answer);
}

async function exchange<T>(
	apio: Apio,
	request: HttpRequest,
	answer: z.ZodType<T, z.ZodTypeDef, unknown>,
): Promise<Result<T>> {
	const reply = await apio.transport(request);
	const failure = failureOf(request.method, reply);
	if (failure) return failed(failure);
	const body = reply.kind === 'answer' ? reply.body : undefined;
	// An empty answer is valid for a write but not for a read.
	const parsed = answer.safeParse(withoutRecordId(body === undefined && request.method !== 'GET' ? {} : body));
	return parsed.success
		? succeeded(parsed.data)
		: failed(unreadable(request.method, reply, 'no JSON object as documented'));
}

/** The failure of a reply; null for a success whose content may be as expected. */
export function failureOf(method: HttpMethod, reply: HttpReply): ApioFailure | null {
	if (reply.kind === 'noAnswer') {
		const { cause, code, message, maybeApplied, advice = null, stop = null } = reply;
		return failed({ kind: 'unanswered', code, message, advice, cause, maybeApplied, stop }).failure;
	}
	const { status, body } = reply;
	const isWrite = method !== 'GET';
	if (status === PARTIAL) {
		const { message, said, details, answeredBy } = decodeError(reply);
		const code = `http-${PARTIAL}`;
		return failed({
			kind: 'partial',
			status,
			code,
			said,
			details,
			answeredBy,
			message: `Only a part was done: ${message}`,
			maybeApplied: isWrite,
		}).failure;
	}
	if (status < 200 || status > 299) {
		// A redirect may stand for a write that is done: "303 See Other" (RFC 9110, section 15.4.4).
		const ambiguous = status >= 500 || status === 408 || status < 400;
		return failed({ kind: 'refused', status, ...decodeError(reply), maybeApplied: isWrite && ambiguous }).failure;
	}
	if (NO_WHOLE_CONTENT.includes(status)) return unreadable(method, reply, `incomplete (status ${status})`);
	if (namesNextPage(reply.headers.link)) return unreadable(method, reply, 'incomplete: one page of several');
	if (isErrorBody(body)) {
		const { message, ...decoded } = decodeError(reply);
		return { ...unreadable(method, reply, `an error with status ${status}: ${message}`), ...decoded };
	}
	if (reply.unusable !== undefined) return unreadable(method, reply, reply.unusable);
	if (typeof body === 'string') {
		const what = /^\s*</.test(body)
			? 'a web page instead of JSON; check the Base URL in the credential'
			: 'text that is not valid JSON, and may be cut off';
		return unreadable(method, reply, what);
	}
	return null;
}

function namesNextPage(link = ''): boolean {
	return [...link.matchAll(LINK_PARAMETER)].some(([, name, value]) => /^rel$/i.test(name) && NEXT.test(value));
}

function unreadable(method: HttpMethod, reply: HttpReply, what: string): ApioFailure {
	const status = reply.kind === 'answer' ? reply.status : null;
	const message = `The platform's answer is ${what}`;
	return failed({
		kind: 'unreadable',
		status,
		code: 'malformedAnswer',
		message,
		answeredBy: 'other',
		maybeApplied: method !== 'GET',
	}).failure;
}

/**
 * The list of that name in a read's answer, if it is there and whole. Reading a missing one as "nobody", or a part as
 * the whole, would empty call centers.
 */
export function wholeList<Name extends string, Answer extends { readonly [Key in Name]?: unknown[] }>(
	answer: Answer,
	name: Name,
): Result<NonNullable<Answer[Name]>> {
	const list: Answer[Name] = answer[name];
	if (list === undefined) {
		const message = `The platform's answer has no list '${name}'`;
		return failed({ kind: 'unreadable', status: 200, code: 'malformedAnswer', message });
	}
	if (showsOnlyAPart(answer, list.length)) {
		const message = `The platform's answer has only a part of the list '${name}' (${list.length} entries)`;
		return failed({ kind: 'unreadable', status: 200, code: 'partOfList', message });
	}
	return succeeded(list as NonNullable<Answer[Name]>);
}

function withoutRecordId(body: unknown): unknown {
	if (!isObject(body) || !(RECORD_ID in body)) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => name !== RECORD_ID));
}
