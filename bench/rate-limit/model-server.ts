import type { HttpAnswer, HttpRequest, Transport } from '../../lib/apio';
import type { Clock, Random } from '../../lib/clock';
import { tokenBucket, type Allowance } from './allowance';

/** How a platform with a request quota behaves. */
export interface Quota {
	/** A new one for every run. */
	readonly allowance: () => Allowance;
	/**
	 * How a refusal says when to come back: in so many seconds, in 1 s as an HTTP date (rounded up to whole seconds), or
	 * not at all.
	 */
	readonly retryAfter: number | 'date' | 'none';
	/** Mean time of an answer, in ms, and the share by which it varies either way. */
	readonly latencyMs: number;
	readonly latencySpread: number;
	/** What happens when more requests are in work than the platform can do at once; by default it can do any number. */
	readonly capacity?: Capacity;
}

export interface Capacity {
	/** Requests at once. */
	readonly atOnce: number;
	/** One more is turned away with 503, waits for its turn, or slows all others down as well. */
	readonly beyond: 'refuse' | 'queue' | 'thrash';
}

/** Share of the latency that is spent on the way; the rest is the platform's work. */
const WAY = 1 / 3;

/** The token bucket of the rivals' published simulation, but for its rate. */
export function bucketQuota(
	perSecond: number | ((ms: number) => number),
	{ burst = 10, ...different }: Partial<Quota> & { burst?: number } = {},
): Quota {
	const rate = typeof perSecond === 'number' ? () => perSecond : perSecond;
	return { allowance: () => tokenBucket(rate, burst), retryAfter: 1, latencyMs: 300, latencySpread: 0.3, ...different };
}

const OVERLOADED: HttpAnswer = { kind: 'answer', status: 503, headers: {}, body: undefined };

/** Counts what it granted and refused, by path; decides when a request arrives, half the latency after it left. */
export class ModelServer {
	refused = 0;
	overloaded = 0;
	#inWork = 0;
	readonly #queue: Array<() => void> = [];
	readonly granted: Array<{ readonly path: string; readonly at: number }> = [];
	readonly #allowance: Allowance;
	readonly #startedAt: number;

	constructor(
		private readonly quota: Quota,
		private readonly clock: Clock,
		private readonly random: Random,
	) {
		this.#allowance = quota.allowance();
		this.#startedAt = clock.now();
	}

	readonly transport: Transport = async (request) => {
		const { capacity } = this.quota;
		if (capacity !== undefined) return await this.#withCapacity(request, capacity);
		await this.clock.sleep(this.#halfLatency());
		const answer = this.#decide(request);
		await this.clock.sleep(this.#halfLatency());
		return answer;
	};

	async #withCapacity(request: HttpRequest, { atOnce, beyond }: Capacity): Promise<HttpAnswer> {
		await this.clock.sleep(this.#halfLatency() * WAY);
		const answer =
			this.#inWork >= atOnce && beyond === 'refuse'
				? OVERLOADED
				: await this.#work(request, beyond === 'queue' ? atOnce : Infinity, beyond === 'thrash' ? atOnce : Infinity);
		if (answer === OVERLOADED) this.overloaded++;
		await this.clock.sleep(this.#halfLatency() * WAY);
		return answer;
	}

	async #work(request: HttpRequest, atOnce: number, atFullSpeed: number): Promise<HttpAnswer> {
		while (this.#inWork >= atOnce) await new Promise<void>((resolve) => this.#queue.push(resolve));
		this.#inWork++;
		const slowedDown = Math.max(1, this.#inWork / atFullSpeed) ** 2;
		await this.clock.sleep(2 * this.#halfLatency() * (1 - WAY) * slowedDown);
		this.#inWork--;
		this.#queue.shift()?.();
		return this.#decide(request);
	}

	#halfLatency(): number {
		const { latencyMs, latencySpread } = this.quota;
		return (latencyMs / 2) * (1 + latencySpread * (2 * this.random() - 1));
	}

	#decide(request: HttpRequest): HttpAnswer {
		if (!this.#allowance.grants(this.clock.now() - this.#startedAt)) {
			this.refused++;
			return { kind: 'answer', status: 429, headers: this.#retryAfter(), body: undefined };
		}
		if (request.method !== 'GET') this.granted.push({ path: request.path, at: this.clock.now() });
		return { kind: 'answer', status: 200, headers: {}, body: {} };
	}

	#retryAfter(): Record<string, string> {
		if (this.quota.retryAfter === 'none') return {};
		if (this.quota.retryAfter !== 'date') return { 'retry-after': String(this.quota.retryAfter) };
		const now = this.clock.now();
		const at = new Date(Math.ceil((now + 1_000) / 1_000) * 1_000);
		return { 'retry-after': at.toUTCString(), date: new Date(Math.floor(now / 1_000) * 1_000).toUTCString() };
	}
}
