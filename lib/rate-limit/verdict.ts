import { isTransientFailure, type HttpReply, type HttpRequest } from '../apio';

/**
 * What a reply means to the pacer.
 * - `done`: an answer for the caller, good or bad. A 403 is one: it is said of this request, and of no other.
 * - `throttled`: refused for want of quota; certainly not applied.
 * - `transient`: may pass if sent again; `repeatable` says whether that can do no harm.
 * - `signedOut`: nothing else of this run will pass either.
 * - `ended`: the request was never sent, because something ended it.
 */
export type Verdict =
	| { readonly kind: 'done' | 'throttled' | 'signedOut' | 'ended' }
	| { readonly kind: 'transient'; readonly repeatable: boolean };

/** A write is repeated only where it certainly did not arrive; a read always may be. */
export function verdictOn(request: HttpRequest, reply: HttpReply): Verdict {
	const isRead = request.method === 'GET';
	if (reply.kind === 'noAnswer') {
		if (reply.cause === 'stopped') return { kind: 'ended' };
		if (reply.cause === 'signIn') return { kind: 'signedOut' };
		return { kind: 'transient', repeatable: isRead || !reply.maybeApplied };
	}
	const { status } = reply;
	if (status === 429) return { kind: 'throttled' };
	if (status === 401) return { kind: 'signedOut' };
	if (isTransientFailure(status) || isMalformed(reply)) return { kind: 'transient', repeatable: isRead };
	return { kind: 'done' };
}

/** A success that announces JSON and is text: cut short or garbled on its way. */
function isMalformed(reply: HttpReply): boolean {
	if (reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) return false;
	return typeof reply.body === 'string' && /\bjson\b/i.test(reply.headers['content-type'] ?? '');
}
