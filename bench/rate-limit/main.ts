/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark prints its tables, and tells its result by its exit code */

/**
 * The rate limiter in virtual time: 2,000 list writes against a token bucket, the limiter with its defaults
 * beside an ideal client and the usual ones; then other quotas, and several runs that share one quota without knowing
 * each other.
 */

import { table, writeResults } from '../report';
import { idealSeconds } from './ideal';
import { rateLimitedClient, runJob, type Client, type JobResult } from './job';
import { fixedWindow, slidingWindow } from './allowance';
import { bucketQuota, type Capacity, type Quota } from './model-server';
import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import { awsAdaptive, fixedConcurrency } from './rivals';

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

const OTHER_CASES: ReadonlyArray<readonly [string, Quota]> = [
	['10/s, no Retry-After', bucketQuota(10, { retryAfter: 'none' })],
	['5/s, no Retry-After', bucketQuota(5, { retryAfter: 'none' })],
	['10/s with dip, no Retry-After', bucketQuota(dip, { retryAfter: 'none' })],
	['10/s, Retry-After as a date', bucketQuota(10, { retryAfter: 'date' })],
	['5/s, Retry-After as a date', bucketQuota(5, { retryAfter: 'date' })],
	['10/s with dip, date', bucketQuota(dip, { retryAfter: 'date' })],
	['10/s, Retry-After 10 s', bucketQuota(10, { retryAfter: 10 })],
	['10/s, Retry-After 60 s', bucketQuota(10, { retryAfter: 60 })],
	['10/s, burst 1', bucketQuota(10, { burst: 1 })],
	['5/s, burst 1', bucketQuota(5, { burst: 1 })],
	['10/s, burst 3', bucketQuota(10, { burst: 3 })],
	['10/s, burst 5', bucketQuota(10, { burst: 5 })],
	['10/s, burst 20', bucketQuota(10, { burst: 20 })],
	['10/s with dip, burst 20', bucketQuota(dip, { burst: 20 })],
	['1/s', bucketQuota(1)],
	['2/s', bucketQuota(2)],
	['8/s', bucketQuota(8)],
	['15/s at 100 ms', bucketQuota(15, { latencyMs: 100 })],
	['3/s, then 9/s', bucketQuota((ms) => (ms < 100_000 ? 3 : 9))],
	['9/s, then 3/s', bucketQuota((ms) => (ms < 100_000 ? 9 : 3))],
	['10 in every second', bucketQuota(10, { allowance: () => fixedWindow(10, 1_000) })],
	['100 in every 10 s', bucketQuota(10, { allowance: () => fixedWindow(100, 10_000) })],
	['600 in every minute', bucketQuota(10, { allowance: () => fixedWindow(600, 60_000) })],
	['10 in any second', bucketQuota(10, { allowance: () => slidingWindow(10, 1_000) })],
	['100 in any 10 s', bucketQuota(10, { allowance: () => slidingWindow(100, 10_000) })],
];

const CLIENTS: ReadonlyArray<readonly [string, Client]> = [
	['rate limiter', rateLimitedClient()],
	['fixed concurrency 5', fixedConcurrency(5)],
	['fixed concurrency 10', fixedConcurrency(10)],
	['fixed concurrency 20', fixedConcurrency(20)],
	['AWS adaptive, 4 lanes', awsAdaptive(4)],
	['AWS adaptive, 20 lanes', awsAdaptive(20)],
];

/**
 * A client that knows the best even rate beforehand and never looks for more: all that can be had where nothing may
 * come early.
 */
const even = (rate: number): readonly [string, Client] => [
	`best even rate, ${rate}/s`,
	rateLimitedClient({ startRate: rate, minRate: rate, maxRate: rate }),
];

const BEST_EVEN_RATE: Readonly<Record<string, readonly [string, Client]>> = {
	'10/s, burst 1': even(5.6),
	'5/s, burst 1': even(3.5),
};

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

interface Shares {
	readonly runs: string;
	/** Of all runs together. */
	readonly writes: number;
	/**
	 * Least share of any run, where 1 is its fair share, while all runs were at work: of all seeds together, and on
	 * average.
	 */
	readonly leastShare: Spread;
	/** The same in the second half of that time, when they have had time to learn of each other. */
	readonly leastShareLater: Spread;
	/** Jain's index: 1 where all have the same, 1/n where one has everything. */
	readonly fairness: number;
	readonly overIdealPercent: Spread;
	readonly requestsPerWrite: Spread;
	readonly lost: number;
}

const SHARED = bucketQuota(10);

/** `writes` of all runs together, the first starting `secondsApart` before the second, and so on. */
async function share(runs: number, secondsApart: number, writes = WRITES): Promise<Shares> {
	const starts = Array.from({ length: runs }, (_, index) => index * secondsApart * 1_000);
	const figures: Array<{ least: number; later: number; jain: number; over: number; requests: number; lost: number }> =
		[];
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
		const results = await runJob(
			SHARED,
			starts.map(() => rateLimitedClient()),
			writes / runs,
			seed,
			starts,
		);
		const from = Math.max(...starts) / 1_000;
		const until = Math.min(...results.map(({ grantedAt }) => grantedAt[grantedAt.length - 1]));
		const counts = countsBetween(results, from, until);
		const end = Math.max(...results.map(({ seconds }, index) => seconds + starts[index] / 1_000));
		figures.push({
			least: leastOf(counts),
			later: leastOf(countsBetween(results, (from + until) / 2, until)),
			jain: total(counts) ** 2 / (runs * total(counts.map((count) => count ** 2))),
			over: (end / idealSeconds(SHARED, writes) - 1) * 100,
			requests: total(results.map(({ requests }) => requests)) / writes,
			lost: total(results.map(({ lost }) => lost)),
		});
	}
	return {
		runs: secondsApart ? `${runs}, ${secondsApart} s apart` : `${runs} at once`,
		writes,
		leastShare: spread(
			figures.map(({ least }) => least),
			Math.min,
		),
		leastShareLater: spread(
			figures.map(({ later }) => later),
			Math.min,
		),
		fairness: spread(figures.map(({ jain }) => jain)).mean,
		overIdealPercent: spread(figures.map(({ over }) => over)),
		requestsPerWrite: spread(figures.map(({ requests }) => requests)),
		lost: total(figures.map(({ lost }) => lost)),
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

function countsBetween(results: readonly JobResult[], from: number, until: number): number[] {
	return results.map(({ grantedAt }) => grantedAt.filter((moment) => moment >= from && moment <= until).length);
}

function leastOf(counts: readonly number[]): number {
	return Math.min(...counts) / (total(counts) / counts.length);
}

function total(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}

function spread(numbers: readonly number[], worst = Math.max): Spread {
	return { mean: total(numbers) / numbers.length, worst: worst(...numbers) };
}

function inBar({ lost, doubled, requestsPerWrite, overIdealPercent }: Figures): boolean {
	return (
		lost === 0 &&
		doubled === 0 &&
		requestsPerWrite.worst <= BAR.requestsPerWrite &&
		overIdealPercent.worst <= BAR.overIdealPercent
	);
}

const row = (figures: Figures, bar: Record<string, string> = {}) => ({
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
	...bar,
});

async function main(): Promise<void> {
	console.log(
		`${WRITES} writes, ${SEEDS} seeds, 300 ms per answer +-30 %, burst 10, 429 with Retry-After 1 s, ` +
			'default settings\n',
	);
	const versus: Figures[] = [];
	for (const quota of MAIN_CASES) for (const client of CLIENTS) versus.push(await measure(quota, client));
	const barResult = (figures: Figures) =>
		figures.client !== 'rate limiter' ? '' : inBar(figures) ? 'reached' : 'MISSED';
	console.log(table(versus.map((figures) => row(figures, { bar: barResult(figures) }))));

	console.log('\nThe rate limiter with other quotas\n');
	const others: Figures[] = [];
	for (const quota of OTHER_CASES) {
		others.push(await measure(quota, CLIENTS[0]));
		const even = BEST_EVEN_RATE[quota[0]];
		if (even) others.push(await measure(quota, even));
	}
	console.log(table(others.map((figures) => row(figures))));

	console.log('\nIndependent runs sharing 10/s; a share of 1 is fair, and counted while all are at work\n');
	const shares = [
		await share(2, 0),
		await share(2, 30),
		await share(2, 30, 2 * WRITES),
		await share(4, 0),
		await share(4, 10),
		await share(4, 10, 2 * WRITES),
	];
	console.log(
		table(
			shares.map((each) => ({
				runs: each.runs,
				writes: each.writes,
				'least share, mean': each.leastShare.mean.toFixed(2),
				worst: each.leastShare.worst.toFixed(2),
				'later half, mean': each.leastShareLater.mean.toFixed(2),
				'worst ': each.leastShareLater.worst.toFixed(2),
				"Jain's index": each.fairness.toFixed(3),
				'over ideal %, mean': each.overIdealPercent.mean.toFixed(1),
				'worst  ': each.overIdealPercent.worst.toFixed(1),
				'requests/write, mean': each.requestsPerWrite.mean.toFixed(3),
				lost: each.lost,
			})),
		),
	);

	console.log('\nNo quota, but a platform that does only so much at once: beside the best fixed number in flight\n');
	const atOnce: Lanes[] = [];
	for (const capacity of CAPACITIES) atOnce.push(await lanes(capacity));
	const isSlow = ({ ratio }: Lanes) => ratio.worst > BAR.timesBestLanes;
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
				bar: isSlow(each) ? 'MISSED' : 'reached',
			})),
		),
	);

	const results = { bar: BAR, versus, others, shares, lanes: atOnce };
	writeResults('rate-limit', { writes: WRITES, seeds: SEEDS, firstSeed: FIRST_SEED, ...results });
	const lost = total([...others, ...shares, ...atOnce].map((each) => each.lost));
	const isMissed = atOnce.some(isSlow) || versus.some((figures) => barResult(figures) === 'MISSED');
	if (lost > 0 || isMissed) process.exitCode = 1;
}

void main();
