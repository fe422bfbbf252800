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
}

/** The token bucket of the rivals' published simulation, but for its rate. */
export function bucketQuota(
	perSecond: number | ((ms: number) => number),
	{ burst = 10, ...different }: Partial<Quota> & { burst?: number } = {},
): Quota {
	const rate = typeof perSecond === 'number' ? () => perSecond : perSecond;
	return { allowance: () => tokenBucket(rate, burst), retryAfter: 1, latencyMs: 300, latencySpread: 0.3, ...different };
}

/** Counts what it granted and refused, by path; decides when a request arrives, half the latency after it left. */
export class ModelServer {
	refused = 0;
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
		if (!this.#allowance.grants(this.clock.now() - this.#startedAt)) {
			this.refused++;
			return { kind: 'answer', status: 429, headers: this.#retryAfter(), body: undefined };
		}
		this.granted.push({ path: request.path, at: this.clock.now() });
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
