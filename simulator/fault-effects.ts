/** What a fault does to a request, and to the answer of one that was carried out. */

import { doorRefusal, type Address } from './doors';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import type { Fault } from './faults';
import { refusedReply, tooMany } from './refusals';

/** Faults that keep the request from being carried out. */
export function befalls(fault: Fault, request: SimulatorRequest, door: Address['door']): SimulatorReply | undefined {
	switch (fault.kind) {
		case 'statusBefore':
			return failure(fault);
		case 'resetBefore':
			return { ...reply(0, ''), ending: 'reset' };
		case 'unauthorized':
			return refusedReply(doorRefusal(door, 401));
		case 'forbidden':
			return refusedReply(doorRefusal(door, 403));
		case 'throttle':
			return reply(
				429,
				tooMany(request),
				fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
			);
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
		default:
			return answer;
	}
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
