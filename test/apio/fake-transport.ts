import type { Apio } from '../../lib/apio';
import type { HttpReply, HttpRequest, NoAnswerCause, Transport } from '../../lib/apio/transport';

/** Answers what the test says, and remembers what was asked. */
export function fakeTransport(...replies: HttpReply[]): { transport: Transport; apio: Apio; asked: HttpRequest[] } {
	const asked: HttpRequest[] = [];
	const transport: Transport = async (request) => {
		asked.push(request);
		return replies[Math.min(asked.length, replies.length) - 1];
	};
	return { transport, apio: { transport, criteriaIn: 'body' }, asked };
}

export function answer(
	status: number,
	body?: unknown,
	headers: Record<string, string> = { 'content-type': 'application/json' },
): HttpReply {
	return { kind: 'answer', status, headers, body };
}

export function silence(cause: NoAnswerCause, maybeApplied: boolean): HttpReply {
	return { kind: 'noAnswer', cause, maybeApplied, code: cause, message: `no answer: ${cause}` };
}
