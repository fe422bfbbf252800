/* eslint-disable no-console -- a benchmark prints its tables */

/**
 * The rate limiter in virtual time: 2,000 list writes against a token bucket, the limiter with its defaults
 * beside an ideal client and the usual ones; then other quotas, and several runs that share one quota without knowing
 * each other.
 */

import { atMost, table, writeResults, type Bar } from '../report';
import { total } from '../statistics';
import { idealSeconds } from './ideal';
import { rateLimitedClient, runJob, type Client, type JobResult } from './job';
import { fixedWindow, slidingWindow } from './allowance';
import { bestInformedClient } from './informed';
import { bucketQuota, type Capacity, type Quota } from './model-server';
import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import { awsAdaptive, fixedConcurrency } from './rivals';
import { measureSharing, SHARING_CASES, sharingBars, sharingRow, type Sharing } from './sharing';

const WRITES = 2_000;
const SEEDS = 20;
/** Seeds below were used to choose the limiter's figures, and would flatter it. */
const FIRST_SEED = 1_001;

/**
 * What the rate limiter must reach for every seed: in the first three cases, and as a multiple of the best fixed number
 * of requests in flight.
 */
const BAR = { requestsPerWrite: 1.02, overIdealPercent: 3, timesBestLanes: 1.15 };

const dip = (ms: number) => (ms >= 60_000 && ms < 120_000 ? 2 : 10);

const MAIN_CASES: ReadonlyArray<readonly [string, Quota]> = [
	['10/s', bucketQuota(10)],
	['5/s', bucketQuota(5)],
	['10/s, 2/s for a minute', bucketQuota(dip)],
];

/** Quotas that stay as they are. */
const STEADY_CASES: ReadonlyArray<readonly [string, Quota]> = [
	['10/s, no Retry-After', bucketQuota(10, { retryAfter: 'none' })],
	['5/s, no Retry-After', bucketQuota(5, { retryAfter: 'none' })],
	['10/s, Retry-After as a date', bucketQuota(10, { retryAfter: 'date' })],
	['5/s, Retry-After as a date', bucketQuota(5, { retryAfter: 'date' })],
	['10/s, Retry-After 10 s', bucketQuota(10, { retryAfter: 10 })],
	['10/s, Retry-After 60 s', bucketQuota(10, { retryAfter: 60 })],
	['10/s, burst 1', bucketQuota(10, { burst: 1 })],
	['5/s, burst 1', bucketQuota(5, { burst: 1 })],
	['10/s, burst 3', bucketQuota(10, { burst: 3 })],
	['10/s, burst 5', bucketQuota(10, { burst: 5 })],
	['10/s, burst 20', bucketQuota(10, { burst: 20 })],
	['1/s', bucketQuota(1)],
	['2/s', bucketQuota(2)],
	['8/s', bucketQuota(8)],
	['15/s at 100 ms', bucketQuota(15, { latencyMs: 100 })],
	['10 in every second', bucketQuota(10, { allowance: () => fixedWindow(10, 1_000) })],
	['100 in every 10 s', bucketQuota(10, { allowance: () => fixedWindow(100, 10_000) })],
	['600 in every minute', bucketQuota(10, { allowance: () => fixedWindow(600, 60_000) })],
	['10 in any second', bucketQuota(10, { allowance: () => slidingWindow(10, 1_000) })],
	['100 in any 10 s', bucketQuota(10, { allowance: () => slidingWindow(100, 10_000) })],
	['600 in any minute', bucketQuota(10, { allowance: () => slidingWindow(600, 60_000) })],
];

const CHANGING_CASES: ReadonlyArray<readonly [string, Quota]> = [
	['10/s with dip, no Retry-After', bucketQuota(dip, { retryAfter: 'none' })],
	['10/s with dip, date', bucketQuota(dip, { retryAfter: 'date' })],
	['10/s with dip, burst 20', bucketQuota(dip, { burst: 20 })],
	['3/s, then 9/s', bucketQuota((ms) => (ms < 100_000 ? 3 : 9))],
	['9/s, then 3/s', bucketQuota((ms) => (ms < 100_000 ? 9 : 3))],
];

const CLIENTS: ReadonlyArray<readonly [string, Client]> = [
	['rate limiter', rateLimitedClient()],
	['fixed concurrency 5', fixedConcurrency(5)],
	['fixed concurrency 10', fixedConcurrency(10)],
	['fixed concurrency 20', fixedConcurrency(20)],
	['AWS adaptive, 4 lanes', awsAdaptive(4)],
	['AWS adaptive, 20 lanes', awsAdaptive(20)],
];

const INFORMED = 'told the best rate';

interface Figures {
	readonly case: string;
	readonly client: string;
	readonly idealSeconds: number;
	readonly seconds: Spread;
	readonly overIdealPercent: Spread;
	readonly requestsPerWrite: Spread;
	readonly refused: Spread;
	/** Writes never granted, of all seeds together. */
	readonly lost: number;
	/** Writes granted twice, of all seeds together. */
	readonly doubled: number;
}

interface Spread {
	readonly mean: number;
	readonly worst: number;
}

async function measure(
	[name, quota]: readonly [string, Quota],
	[client, run]: readonly [string, Client],
): Promise<Figures> {
	const ideal = idealSeconds(quota, WRITES);
	const results: JobResult[] = [];
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++)
		results.push((await runJob(quota, [run], WRITES, seed))[0]);
	return {
		case: name,
		client,
		idealSeconds: ideal,
		seconds: spread(results.map(({ seconds }) => seconds)),
		overIdealPercent: spread(results.map(({ seconds }) => (seconds / ideal - 1) * 100)),
		requestsPerWrite: spread(results.map(({ requests }) => requests / WRITES)),
		refused: spread(results.map(({ refused }) => refused)),
		lost: total(results.map(({ lost }) => lost)),
		doubled: total(results.map(({ doubled }) => doubled)),
	};
}

/** What a platform can do at once, and what becomes of more. */
const CAPACITIES: readonly Capacity[] = (['refuse', 'queue', 'thrash'] as const).flatMap((beyond) =>
	[2, 4, 8].map((atOnce) => ({ atOnce, beyond })),
);

/** No quota: the rate is then bound by the option's maximum alone. */
const withCapacity = (capacity: Capacity): Quota => ({ ...bucketQuota(1e6, { burst: 1e6 }), capacity });

interface Lanes {
	readonly platform: string;
	/** The fastest fixed number in flight that loses nothing, and its mean time in seconds. */
	readonly bestFixed: number;
	readonly bestFixedSeconds: number;
	/** Time of the limiter at its defaults, as a multiple of that. */
	readonly ratio: Spread;
	readonly requestsPerWrite: Spread;
	readonly lost: number;
}

async function lanes(capacity: Capacity): Promise<Lanes> {
	const beyond = { refuse: '503', queue: 'wait', thrash: 'slow all down' }[capacity.beyond];
	const name = `${capacity.atOnce} at once, more ${beyond}`;
	const quota = withCapacity(capacity);
	const fixed: Array<{ limit: number; seconds: number }> = [];
	for (let limit = 1; limit <= MAX_CONCURRENCY; limit++) {
		const figures = await measure(
			[name, quota],
			['', rateLimitedClient({ concurrency: limit, minConcurrency: limit })],
		);
		if (figures.lost === 0) fixed.push({ limit, seconds: figures.seconds.mean });
	}
	const best = fixed.sort((one, other) => one.seconds - other.seconds)[0];
	const { seconds, requestsPerWrite, lost } = await measure([name, quota], CLIENTS[0]);
	const ratio = { mean: seconds.mean / best.seconds, worst: seconds.worst / best.seconds };
	return { platform: name, bestFixed: best.limit, bestFixedSeconds: best.seconds, ratio, requestsPerWrite, lost };
}

function spread(numbers: readonly number[]): Spread {
	return { mean: total(numbers) / numbers.length, worst: Math.max(...numbers) };
}

function quotaBars({ case: quota, lost, doubled, requestsPerWrite, overIdealPercent }: Figures): Bar[] {
	return [
		atMost(`${quota}: lost or doubled`, lost + doubled, 0, 0),
		atMost(`${quota}: requests per write, worst`, requestsPerWrite.worst, BAR.requestsPerWrite, 3),
		atMost(`${quota}: % over the ideal time, worst`, overIdealPercent.worst, BAR.overIdealPercent),
	];
}

function laneBars({ platform, ratio, lost }: Lanes): Bar[] {
	return [
		atMost(`${platform}: beside the best fixed number, worst`, ratio.worst, BAR.timesBestLanes),
		atMost(`${platform}: lost`, lost, 0, 0),
	];
}

const row = (figures: Figures) => ({
	quota: figures.case,
	client: figures.client,
	'ideal s': Math.round(figures.idealSeconds),
	'mean s': figures.seconds.mean.toFixed(1),
	// A client that drops work is no faster for it.
	'over ideal %, mean': figures.lost > 0 ? '-' : figures.overIdealPercent.mean.toFixed(2),
	worst: figures.lost > 0 ? '-' : figures.overIdealPercent.worst.toFixed(2),
	'requests/write, mean': figures.requestsPerWrite.mean.toFixed(4),
	'worst ': figures.requestsPerWrite.worst.toFixed(4),
	'lost per job': (figures.lost / SEEDS).toFixed(1),
});

async function main(): Promise<void> {
	console.log(
		`${WRITES} writes, ${SEEDS} seeds, 300 ms per answer +-30 %, burst 10, 429 with Retry-After 1 s, ` +
			'default settings\n',
	);
	const versus: Figures[] = [];
	for (const quota of MAIN_CASES) for (const client of CLIENTS) versus.push(await measure(quota, client));
	console.log(table(versus.map(row)));

	console.log(
		'\nThe rate limiter with other quotas. Steady ones beside the best without knowing them: a client that finds out ' +
			'by a refusal that there is a quota, and is then told the best even rate\n',
	);
	const others: Figures[] = [];
	for (const quota of STEADY_CASES) {
		const best = await bestInformedClient(quota[1], WRITES / idealSeconds(quota[1], WRITES), WRITES);
		others.push(await measure(quota, CLIENTS[0]), await measure(quota, [INFORMED, best]));
	}
	for (const quota of CHANGING_CASES) others.push(await measure(quota, CLIENTS[0]));
	console.log(table(others.map(row)));

	console.log(
		'\nIndependent clients on one quota; a share of 1 is fair, and counted while all are at work. ' +
			'Median (worst) of the seeds\n',
	);
	const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);
	const shares: Sharing[] = [];
	for (const sharing of SHARING_CASES) shares.push(await measureSharing(sharing, seeds));
	console.log(table(shares.map(sharingRow)));

	console.log('\nNo quota, but a platform that does only so much at once: beside the best fixed number in flight\n');
	const atOnce: Lanes[] = [];
	for (const capacity of CAPACITIES) atOnce.push(await lanes(capacity));
	console.log(
		table(
			atOnce.map((each) => ({
				platform: each.platform,
				'best fixed': each.bestFixed,
				'its mean s': each.bestFixedSeconds.toFixed(1),
				'rate limiter / best, mean': each.ratio.mean.toFixed(3),
				worst: each.ratio.worst.toFixed(3),
				'requests/write': each.requestsPerWrite.mean.toFixed(3),
				lost: each.lost,
			})),
		),
	);

	const [limiter] = CLIENTS[0];
	const bars = [
		...versus.filter(({ client }) => client === limiter).flatMap(quotaBars),
		atMost('other quotas: lost', total(others.map(({ lost }) => lost)), 0, 0),
		...shares.flatMap(sharingBars),
		...atOnce.flatMap(laneBars),
	];
	const results = { versus, others, shares, lanes: atOnce };
	writeResults('rate-limit', bars, { writes: WRITES, seeds: SEEDS, firstSeed: FIRST_SEED, ...results });
}

void main();
