import { isTransientFailure, type HttpReply, type HttpRequest } from '../apio';
import type { Random } from '../clock';
import type { RateLimitSettings } from './settings';

/**
 * What a reply means to the rate limiter.
 * - `final`: an answer for the caller, good or bad. A 403 is one: it is about this request, and no other.
 * - `throttled`: refused for want of quota, or its sign-in was; certainly not applied.
 * - `transient`: a failure that may pass; sent again, the request can do no harm.
 * - `ambiguous`: such a failure of a write that may have been applied; the caller has to read before deciding.
 * - `unauthorized`: nothing else of this run will succeed either.
 */
export type Outcome = 'final' | 'throttled' | 'transient' | 'ambiguous' | 'unauthorized';

/** A write is sent again only where it certainly did not arrive; a read always may be. */
export function outcomeOf(request: HttpRequest, reply: HttpReply): Outcome {
	const isRead = request.method === 'GET';
	if (reply.kind === 'noAnswer') {
		if (reply.cause === 'stopped') return 'final';
		if (reply.putOffBy !== undefined) return 'throttled';
		if (reply.cause === 'signIn') return 'unauthorized';
		return isRead || !reply.maybeApplied ? 'transient' : 'ambiguous';
	}
	const { status } = reply;
	if (status === 429) return 'throttled';
	if (status === 401) return 'unauthorized';
	if (!isTransientFailure(status) && !isMalformed(reply)) return 'final';
	return isRead ? 'transient' : 'ambiguous';
}

/** Statuses of a platform that has too much to do (RFC 9110, section 15.6.4), or did not get to it in time. */
const OVERLOAD: readonly number[] = [408, 503, 504];

/** Whether fewer requests at once would have helped, as far as a reply can tell. */
export function isOverloaded(reply: HttpReply): boolean {
	return reply.kind === 'answer' ? OVERLOAD.includes(reply.status) : reply.cause === 'timeout';
}

/** A success that says it is JSON and is text: cut short or garbled on its way. */
function isMalformed(reply: HttpReply): boolean {
	if (reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) return false;
	return typeof reply.body === 'string' && /\bjson\b/i.test(reply.headers['content-type'] ?? '');
}

/**
 * Exponential backoff with full jitter (AWS Architecture Blog): anything up to a ceiling that doubles with each retry.
 */
export function backoffMs(
	retry: number,
	{ backoffBaseMs, backoffCapMs }: Pick<RateLimitSettings, 'backoffBaseMs' | 'backoffCapMs'>,
	random: Random,
): number {
	return random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** retry);
}

/**
 * How many retries a run may spend: a share of what it has sent, and never less than a floor. An ambiguous write spends
 * one too, because the engine answers it with a read and perhaps with the write again.
 */
export class RetryBudget {
	#sent = 0;
	#spent = 0;

	constructor(private readonly settings: Pick<RateLimitSettings, 'retryBudgetRatio' | 'retryBudgetFloor'>) {}

	/** A request leaves. */
	sent(): void {
		this.#sent++;
	}

	/** Spends one retry, whether it can be afforded or not. */
	spend(): void {
		this.#spent++;
	}

	/** Spends one retry, if there is one. */
	trySpend(): boolean {
		const { retryBudgetFloor, retryBudgetRatio } = this.settings;
		if (this.#spent >= Math.max(retryBudgetFloor, Math.floor(this.#sent * retryBudgetRatio))) return false;
		this.#spent++;
		return true;
	}
}
