/**
 * What a client can do without knowing the quota beforehand, computed: it speeds up until its first refusal says that
 * there is a quota, and is then told the best of all even rates. It never tries more, so it is no rival.
 */

import { total } from '../statistics';
import { mapConcurrently, runJob, writeOf, type Client } from './job';
import type { Quota } from './model-server';

/** More than any quota of the benchmark needs, so that the rate alone decides. */
const LANES = 40;
/** Requests a second; doubled every second until the first refusal, like the rate limiter's slow start. */
const START_RATE = 5;
/** Others than those that the benchmark prints. */
const SEEDS = [1, 2, 3];

/** @param bestRate requests a second, from the first refusal on */
function informedClient(bestRate: number): Client {
	return async (paths, { send, clock }) => {
		const startedAt = clock.now();
		let nextAt = startedAt;
		let isRefused = false;
		let turns = Promise.resolve();
		const rate = () => (isRefused ? bestRate : START_RATE * 2 ** ((clock.now() - startedAt) / 1_000));
		const takeTurn = async () => {
			while (clock.now() < nextAt) await clock.sleep(nextAt - clock.now());
			nextAt = Math.max(nextAt, clock.now()) + 1_000 / rate();
		};
		await mapConcurrently(LANES, paths, async (path) => {
			for (;;) {
				await (turns = turns.then(takeTurn));
				const reply = await send(writeOf(path));
				if (reply.kind !== 'answer' || reply.status !== 429) return;
				isRefused = true;
				const seconds = Number(reply.headers['retry-after']);
				// Dates of the benchmark are a second away.
				nextAt = Math.max(nextAt, clock.now() + (Number.isNaN(seconds) ? 1 : seconds) * 1_000);
			}
		});
	};
}

/** The informed client of the best rate, found in steps of a tenth and then of a fortieth of the quota's. */
export async function bestInformedClient(quota: Quota, quotaRate: number, writes: number): Promise<Client> {
	const secondsByRate = new Map<number, number>();
	const best = async (shares: readonly number[]): Promise<number> => {
		for (const rate of shares.map((share) => share * quotaRate)) {
			const seconds: number[] = [];
			for (const seed of SEEDS) seconds.push((await runJob(quota, [informedClient(rate)], writes, seed))[0].seconds);
			secondsByRate.set(rate, total(seconds));
		}
		return [...secondsByRate].sort(([, one], [, other]) => one - other)[0][0];
	};
	const coarse = (await best([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2])) / quotaRate;
	return informedClient(await best([-0.05, -0.025, 0.025, 0.05].map((step) => coarse + step)));
}
