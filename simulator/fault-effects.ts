/** What a fault does to a request, and to the answer of one that was carried out. */

import { entryPointRefusal, type Address } from './entry-points';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import type { Fault } from './faults';
import { refusedReply, tooMany } from './refusals';

/** Longer than any client waits. */
const NEVER_MS = 24 * 3_600_000;

/** Faults that keep the request from being carried out. */
export function befalls(
	fault: Fault,
	request: SimulatorRequest,
	entryPoint: Address['entryPoint'],
): SimulatorReply | undefined {
	switch (fault.kind) {
		case 'statusBefore':
			return failure(fault);
		case 'resetBefore':
			return { ...reply(0, ''), ending: 'reset' };
		case 'unanswered':
			return { ...reply(0, ''), delayMs: NEVER_MS, ending: 'reset' };
		case 'unauthorized':
			return refusedReply(entryPointRefusal(entryPoint, 401));
		case 'forbidden':
			return refusedReply(entryPointRefusal(entryPoint, 403));
		case 'throttle':
			return reply(429, tooMany(request), fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter });
		default:
			return undefined;
	}
}

/** Faults that spoil the answer of a request that was carried out. */
export function spoil(fault: Fault, answer: SimulatorReply): SimulatorReply {
	switch (fault.kind) {
		case 'statusAfter':
			return { ...failure(fault), applied: answer.applied };
		case 'resetAfter':
			return { ...answer, ending: 'reset' };
		case 'slow':
			return { ...answer, delayMs: answer.delayMs + fault.ms };
		case 'malformed':
			return { ...answer, body: `${answer.body.slice(0, Math.ceil(answer.body.length / 2))}<` };
		case 'truncated':
			return { ...answer, ending: 'truncated' };
		case 'drip':
			return { ...answer, dripMs: fault.ms };
		case 'partialContent':
			return { ...answer, status: isSuccess(answer) ? 206 : answer.status, body: halved(answer.body) };
		case 'partly':
			return { ...answer, status: isSuccess(answer) && answer.applied ? 207 : answer.status };
		default:
			return answer;
	}
}

/**
 * An addition or removal of the first half of the entries named. Half of a replace would be the removal of the other
 * half.
 */
export function inPart(request: SimulatorRequest): SimulatorRequest {
	const divisible = request.method === 'POST' || request.method === 'DELETE';
	return divisible && request.body !== undefined ? { ...request, body: halved(request.body) } : request;
}

/** A JSON object with the first half of each list in it, rounded down; any other text as it is. */
function halved(text: string): string {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return text;
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return text;
	const half = (entry: unknown): unknown =>
		Array.isArray(entry) ? entry.slice(0, Math.floor(entry.length / 2)) : entry;
	return JSON.stringify(Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, half(entry)])));
}

function isSuccess({ status }: SimulatorReply): boolean {
	return status >= 200 && status <= 299;
}

function failure(fault: { status?: number; body?: string; headers?: Record<string, string> }): SimulatorReply {
	const { status = 503, body } = fault;
	if (body !== undefined) {
		return reply(status, body, {
			...(body.startsWith('<') ? { 'content-type': 'text/html' } : {}),
			...fault.headers,
		});
	}
	return reply(
		status,
		JSON.stringify({ errors: [{ code: 0, message: 'UNAVAILABLE', details: { reason: 'Try later.' } }] }),
		fault.headers,
	);
}
