/** Refusals as replies. */

import { Refusal } from './errors';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';

export function refusedReply(refused: unknown): SimulatorReply {
	if (refused instanceof Refusal) return reply(refused.status, JSON.stringify(refused.body), refused.headers);
	// A defect of the simulator itself; shown, so that it is not mistaken for a fault on purpose.
	const reason = refused instanceof Error ? (refused.stack ?? refused.message) : String(refused);
	return reply(500, JSON.stringify({ errors: [{ code: 0, message: 'SIMULATOR_DEFECT', details: { reason } }] }));
}

/** The body of a 429, in the form of the entry point. */
export function tooMany(request: SimulatorRequest): string {
	const text = 'Too many requests; try later.';
	return JSON.stringify(
		request.path.startsWith('/api/v01/')
			? { error: text }
			: { errors: [{ code: 0, message: 'TOO_MANY_REQUESTS', details: { reason: text } }] },
	);
}
