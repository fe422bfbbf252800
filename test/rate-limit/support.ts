import {
	rateLimitedTransport,
	RateLimiter,
	type RateLimitedTransport,
	type RateLimitSettings,
	type RunOptions,
} from '../../lib/rate-limit';
import type { HttpAnswer, HttpReply, HttpRequest, NoAnswer, NoAnswerCause, Transport } from '../../lib/apio/transport';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';

export const START = Date.UTC(2026, 0, 1);

export const READ: HttpRequest = { method: 'GET', path: '/list/' };
export const WRITE: HttpRequest = { method: 'PUT', path: '/list/', body: { list: true } };

export function answer(status: number, headers: Record<string, string> = {}, body: unknown = {}): HttpAnswer {
	return { kind: 'answer', status, headers, body };
}

export function noAnswer(cause: NoAnswerCause): NoAnswer {
	const maybeApplied = cause === 'timeout' || cause === 'reset';
	return { kind: 'noAnswer', cause, maybeApplied, code: cause, message: cause };
}

export interface Exchange {
	readonly request: HttpRequest;
	/** Seconds since the start. */
	readonly at: number;
}

/**
 * A platform that follows a script: the reply to the n-th request (the last entry again and again), 100 ms after it
 * came.
 */
class ScriptedPlatform {
	readonly exchanges: Exchange[] = [];
	inFlight = 0;
	mostInFlight = 0;

	constructor(
		readonly clock: VirtualClock,
		private readonly script: (index: number, request: HttpRequest, at: number) => HttpReply,
		private readonly latencyMs = 100,
	) {}

	readonly transport: Transport = async (request) => {
		const at = (this.clock.now() - START) / 1_000;
		const index = this.exchanges.push({ request, at }) - 1;
		this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
		await this.clock.sleep(this.latencyMs);
		this.inFlight--;
		return this.script(index, request, at);
	};

	get times(): number[] {
		return this.exchanges.map(({ at }) => at);
	}
}

export interface Scene {
	readonly clock: VirtualClock;
	readonly platform: ScriptedPlatform;
	readonly limiter: RateLimiter;
	/** A new run on the scene's limiter. */
	readonly run: (options?: RunOptions) => RateLimitedTransport;
}

/** A scripted platform, a rate limiter for it, and virtual time. Replies may be a list, whose last entry repeats. */
export function scene(
	replies: readonly HttpReply[] | ((index: number, request: HttpRequest, at: number) => HttpReply),
	settings: Partial<RateLimitSettings> = {},
	seed = 1,
): Scene {
	const clock = new VirtualClock(START);
	const script =
		typeof replies === 'function' ? replies : (index: number) => replies[Math.min(index, replies.length - 1)];
	const platform = new ScriptedPlatform(clock, script);
	const limiter = new RateLimiter(settings, clock, seededRandom(seed));
	return { clock, platform, limiter, run: (options) => rateLimitedTransport(platform.transport, limiter, options) };
}
