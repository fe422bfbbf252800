import type { Clock, Random } from '../../lib/clock';
import { mapConcurrently, writeOf, type Client } from './job';

/** Times a request is sent at most; then its write is lost, as in the published simulation of these rivals. */
const ATTEMPTS = 5;

/** The client that most integrations have: so many lanes, five attempts, exponential pauses with full jitter. */
export function fixedConcurrency(lanes: number): Client {
	return async (paths, { send, clock, random }) => {
		await mapConcurrently(lanes, paths, async (path) => {
			for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
				const reply = await send(writeOf(path));
				if (reply.kind === 'answer' && reply.status === 200) return;
				if (attempt < ATTEMPTS - 1) await clock.sleep(jitteredPause(attempt, random));
			}
		});
	};
}

/** As the AWS SDKs do in adaptive mode: a CUBIC rate, switched on by the first refusal, beside the usual retries. */
export function awsAdaptive(lanes: number): Client {
	return async (paths, { send, clock, random }) => {
		const rate = new CubicRate(clock);
		await mapConcurrently(lanes, paths, async (path) => {
			for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
				await rate.token();
				const reply = await send(writeOf(path));
				const refused = reply.kind === 'answer' && reply.status === 429;
				rate.answered(refused);
				if (!refused) return;
				const pause = jitteredPause(attempt, random);
				const asked = Number(reply.headers['retry-after'] ?? 0) * 1_000;
				// It obeys Retry-After up to its own pause and five seconds.
				if (attempt < ATTEMPTS - 1) await clock.sleep(Math.max(pause, Math.min(asked, pause + 5_000)));
			}
		});
	};
}

function jitteredPause(attempt: number, random: Random): number {
	return random() * Math.min(20_000, 500 * 2 ** attempt);
}

/**
 * The rate limiter of the AWS SDKs' adaptive mode, with their figures: β 0.7, scale 0.4, smoothing 0.8, at least 0.5/s.
 */
class CubicRate {
	#enabled = false;
	#fillRate = 0;
	#capacity = 1;
	#tokens = 0;
	#filledAt: number | null = null;
	#measured = 0;
	#count = 0;
	#bucket: number;
	#lastMax = 0;
	#throttledAt = 0;

	constructor(private readonly clock: Clock) {
		this.#bucket = Math.floor(this.#seconds());
	}

	async token(): Promise<void> {
		if (!this.#enabled) return;
		for (this.#fill(); this.#tokens < 1; this.#fill()) {
			// The extra millisecond keeps a rounding error from becoming an endless loop.
			await this.clock.sleep(((1 - this.#tokens) / this.#fillRate) * 1_000 + 1);
		}
		this.#tokens -= 1;
	}

	answered(refused: boolean): void {
		this.#measure();
		let rate: number;
		if (refused) {
			this.#lastMax = this.#enabled ? Math.min(this.#measured, this.#fillRate) : this.#measured;
			this.#throttledAt = this.#seconds();
			this.#enabled = true;
			rate = this.#lastMax * 0.7;
		} else {
			const plateau = Math.cbrt((this.#lastMax * 0.3) / 0.4);
			rate = 0.4 * (this.#seconds() - this.#throttledAt - plateau) ** 3 + this.#lastMax;
		}
		this.#fill();
		const limited = Math.min(rate, 2 * this.#measured);
		this.#fillRate = Math.max(limited, 0.5);
		this.#capacity = Math.max(limited, 1);
		this.#tokens = Math.min(this.#tokens, this.#capacity);
	}

	#measure(): void {
		const bucket = Math.floor(this.#seconds() * 2) / 2;
		this.#count++;
		if (bucket <= this.#bucket) return;
		this.#measured = (this.#count / (bucket - this.#bucket)) * 0.8 + this.#measured * 0.2;
		this.#count = 0;
		this.#bucket = bucket;
	}

	#fill(): void {
		const now = this.#seconds();
		this.#tokens = Math.min(this.#capacity, this.#tokens + (now - (this.#filledAt ?? now)) * this.#fillRate);
		this.#filledAt = now;
	}

	#seconds(): number {
		return this.clock.now() / 1_000;
	}
}
