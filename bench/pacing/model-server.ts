import type { HttpAnswer, HttpRequest, Transport } from '../../lib/apio/transport';
import type { Clock, Random } from '../../lib/pacing/clock';

/** How a platform with a request quota behaves: a token bucket, as in the rivals' published simulation. */
export interface Quota {
	/** Requests a second granted at `ms` after the start. */
	readonly perSecond: (ms: number) => number;
	/** Requests that may come at once after a rest. */
	readonly burst: number;
	/** How a refusal says when to come back: 1 s as seconds, 1 s as an HTTP date (rounded up to whole seconds), or not at all. */
	readonly retryAfter: 'seconds' | 'date' | 'none';
	/** Mean time of an answer, in ms, and the share by which it varies either way. */
	readonly latencyMs: number;
	readonly latencySpread: number;
}

export const USUAL_QUOTA: Quota = { perSecond: () => 10, burst: 10, retryAfter: 'seconds', latencyMs: 300, latencySpread: 0.3 };

/** Counts what it granted and refused, by path; decides when a request arrives, half the latency after it left. */
export class ModelServer {
	refused = 0;
	readonly granted: Array<{ readonly path: string; readonly at: number }> = [];
	#tokens: number;
	#filledAt: number;
	readonly #startedAt: number;

	constructor(
		private readonly quota: Quota,
		private readonly clock: Clock,
		private readonly random: Random,
	) {
		this.#tokens = quota.burst;
		this.#startedAt = clock.now();
		this.#filledAt = this.#startedAt;
	}

	readonly transport: Transport = async (request) => {
		await this.clock.sleep(this.#halfLatency());
		const answer = this.#decide(request);
		await this.clock.sleep(this.#halfLatency());
		return answer;
	};

	#halfLatency(): number {
		const { latencyMs, latencySpread } = this.quota;
		return (latencyMs / 2) * (1 + latencySpread * (2 * this.random() - 1));
	}

	#decide(request: HttpRequest): HttpAnswer {
		this.#fill();
		if (this.#tokens < 1) {
			this.refused++;
			return { kind: 'answer', status: 429, headers: this.#retryAfter(), body: undefined };
		}
		this.#tokens -= 1;
		this.granted.push({ path: request.path, at: this.clock.now() });
		return { kind: 'answer', status: 200, headers: {}, body: {} };
	}

	/** The quota may change with time; a step of 100 ms is finer than any of its changes. */
	#fill(): void {
		const now = this.clock.now();
		while (this.#filledAt < now) {
			const until = Math.min(now, this.#filledAt + 100);
			const gained = (this.quota.perSecond(this.#filledAt - this.#startedAt) * (until - this.#filledAt)) / 1_000;
			this.#tokens = Math.min(this.quota.burst, this.#tokens + gained);
			this.#filledAt = until;
		}
	}

	#retryAfter(): Record<string, string> {
		if (this.quota.retryAfter === 'none') return {};
		if (this.quota.retryAfter === 'seconds') return { 'retry-after': '1' };
		const now = this.clock.now();
		const at = new Date(Math.ceil((now + 1_000) / 1_000) * 1_000);
		return { 'retry-after': at.toUTCString(), date: new Date(Math.floor(now / 1_000) * 1_000).toUTCString() };
	}
}
