/**
 * Independent clients on one quota, which know nothing of each other: how fairly they share it, and at what cost. Each
 * case with many seeds, the median and the worst of them.
 */

import { median } from '../statistics';
import { tokenBucket } from './allowance';
import { idealSeconds } from './ideal';
import { rateLimitedClient, runJob, type JobResult } from './job';
import { bucketQuota, type Quota } from './model-server';

/** What sharing must reach (median of all seeds). */
export const SHARING_BAR = { jain: 0.95, leastShare: 0.8, requestsPerWrite: 1.05 };

export interface SharingCase {
	readonly quota: string;
	readonly clients: number;
	/** Seconds from one client's start to the next one's. */
	readonly secondsApart: number;
	/** Of all clients together. */
	readonly writes: number;
	/** Bars that are known to be missed; why is in docs/pacing.md. */
	readonly open: readonly SharingBar[];
}

export type SharingBar = "Jain's index" | 'least share' | 'requests' | 'lost';

const QUOTAS: Readonly<Record<string, Quota>> = {
	'10/s, burst 10': bucketQuota(10),
	'one every 100 ms': bucketQuota(10, { allowance: () => tokenBucket(() => 10, 1) }),
};

type Start = Pick<SharingCase, 'clients' | 'secondsApart' | 'writes'>;

/** Each client has at least 400 writes; where they start one after the other, all are at work for half of the time. */
const STARTS: readonly Start[] = [
	{ clients: 2, secondsApart: 0, writes: 2_000 },
	{ clients: 2, secondsApart: 30, writes: 4_000 },
	{ clients: 4, secondsApart: 0, writes: 2_000 },
	{ clients: 4, secondsApart: 10, writes: 4_000 },
	{ clients: 10, secondsApart: 0, writes: 4_000 },
	{ clients: 10, secondsApart: 10, writes: 8_000 },
];

export const SHARING_CASES: readonly SharingCase[] = [
	...STARTS.map(
		(start): SharingCase => ({
			quota: '10/s, burst 10',
			...start,
			open: start.clients === 4 ? ["Jain's index", 'least share'] : [],
		}),
	),
	...STARTS.map(
		(start): SharingCase => ({
			quota: 'one every 100 ms',
			...start,
			open: start.clients === 10 ? ['requests', 'least share'] : ['requests'],
		}),
	),
];

/** Of all seeds. */
interface Seeds {
	readonly median: number;
	readonly worst: number;
}

export interface Sharing extends SharingCase {
	/** Jain's index while all are at work: 1 where all have the same, 1/n where one has everything. */
	readonly jain: Seeds;
	/** Least share of any client meanwhile, where 1 is its fair share. */
	readonly leastShare: Seeds;
	/** The same in the second half of that time, when they have had time to learn of each other. */
	readonly leastShareLater: Seeds;
	readonly requestsPerWrite: Seeds;
	/** From the first start to the last end; the ideal is one client that knows the quota. */
	readonly overIdealPercent: Seeds;
	/** Of all seeds together. */
	readonly lost: number;
}

export async function measureSharing(sharing: SharingCase, seeds: readonly number[]): Promise<Sharing> {
	const quota = QUOTAS[sharing.quota];
	const ideal = idealSeconds(quota, sharing.writes);
	const figures: Array<Awaited<ReturnType<typeof shareOnce>>> = [];
	for (const seed of seeds) figures.push(await shareOnce(quota, sharing, seed, ideal));
	const of = (figure: keyof (typeof figures)[number], worst: (...numbers: number[]) => number): Seeds => {
		const numbers = figures.map((each) => each[figure]);
		return { median: median(numbers), worst: worst(...numbers) };
	};
	return {
		...sharing,
		jain: of('jain', Math.min),
		leastShare: of('leastShare', Math.min),
		leastShareLater: of('leastShareLater', Math.min),
		requestsPerWrite: of('requestsPerWrite', Math.max),
		overIdealPercent: of('overIdealPercent', Math.max),
		lost: total(figures.map(({ lost }) => lost)),
	};
}

async function shareOnce(quota: Quota, { clients, secondsApart, writes }: SharingCase, seed: number, ideal: number) {
	const starts = Array.from({ length: clients }, (_, index) => index * secondsApart * 1_000);
	const run = starts.map(() => rateLimitedClient());
	const results = await runJob(quota, run, writes / clients, seed, starts);
	const from = Math.max(...starts) / 1_000;
	const until = Math.min(...results.map(({ grantedAt }) => grantedAt[grantedAt.length - 1]));
	const counts = countsBetween(results, from, until);
	const end = Math.max(...results.map(({ seconds }, index) => seconds + starts[index] / 1_000));
	return {
		jain: jainsIndex(counts),
		leastShare: leastOf(counts),
		leastShareLater: leastOf(countsBetween(results, (from + until) / 2, until)),
		requestsPerWrite: total(results.map(({ requests }) => requests)) / writes,
		overIdealPercent: (end / ideal - 1) * 100,
		lost: total(results.map(({ lost, doubled }) => lost + doubled)),
	};
}

export function missedSharingBars({ jain, leastShare, requestsPerWrite, lost }: Sharing): readonly SharingBar[] {
	const isMissed: Readonly<Record<SharingBar, boolean>> = {
		"Jain's index": jain.median < SHARING_BAR.jain,
		'least share': leastShare.median < SHARING_BAR.leastShare,
		requests: requestsPerWrite.median > SHARING_BAR.requestsPerWrite,
		lost: lost > 0,
	};
	return (Object.keys(isMissed) as SharingBar[]).filter((bar) => isMissed[bar]);
}

/** What is missed though it was reached before. */
export function newlyMissed(sharing: Sharing): readonly SharingBar[] {
	return missedSharingBars(sharing).filter((bar) => !sharing.open.includes(bar));
}

export function sharingRow(each: Sharing): Readonly<Record<string, string | number>> {
	const missed = missedSharingBars(each);
	const shown = ({ median: middle, worst }: Seeds, digits: number) =>
		`${middle.toFixed(digits)} (${worst.toFixed(digits)})`;
	return {
		quota: each.quota,
		clients: `${each.clients}${each.secondsApart ? `, ${each.secondsApart} s apart` : ' at once'}`,
		writes: each.writes,
		"Jain's index": shown(each.jain, 3),
		'least share': shown(each.leastShare, 2),
		'later half': shown(each.leastShareLater, 2),
		'requests/write': shown(each.requestsPerWrite, 3),
		'over ideal %': shown(each.overIdealPercent, 0),
		lost: each.lost,
		bar: missed.length === 0 ? 'reached' : `MISSED: ${missed.join(', ')}`,
	};
}

function countsBetween(results: readonly JobResult[], from: number, until: number): number[] {
	return results.map(({ grantedAt }) => grantedAt.filter((moment) => moment >= from && moment <= until).length);
}

function leastOf(counts: readonly number[]): number {
	return Math.min(...counts) / (total(counts) / counts.length);
}

function jainsIndex(shares: readonly number[]): number {
	return total(shares) ** 2 / (shares.length * total(shares.map((share) => share ** 2)));
}

function total(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}
