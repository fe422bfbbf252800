/**
 * Independent clients on one quota, which know nothing of each other: how fairly they share it, and at what cost. Each
 * case with many seeds, the median and the worst of them.
 */

import { atLeast, atMost, type Bar } from '../report';
import { median, total } from '../statistics';
import { idealSeconds } from './ideal';
import { rateLimitedClient, runJob, type JobResult } from './job';
import { bucketQuota, type Quota } from './model-server';

/** What sharing must reach (median of all seeds). */
const BAR = { jain: 0.95, leastShare: 0.8, requestsPerWrite: 1.05 };

export interface SharingCase {
	readonly name: string;
	readonly quota: Quota;
	readonly clients: number;
	/** Seconds from one client's start to the next one's. */
	readonly secondsApart: number;
	/** Of all clients together. */
	readonly writes: number;
}

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
	...STARTS.map((start) => ({ name: '10/s', quota: bucketQuota(10), ...start })),
	...STARTS.map((start) => ({ name: 'one every 100 ms', quota: bucketQuota(10, { burst: 1 }), ...start })),
];

/** Of all seeds. */
interface Seeds {
	readonly median: number;
	readonly worst: number;
}

export interface Sharing extends Start {
	readonly name: string;
	/** Jain's index while all are at work: 1 where all have the same, 1/n where one has everything. */
	readonly jain: Seeds;
	/** Least share of any client meanwhile, where 1 is its fair share. */
	readonly leastShare: Seeds;
	readonly requestsPerWrite: Seeds;
	/** From the first start to the last end, beside one client that knows the quota. */
	readonly overIdealPercent: Seeds;
	/** Of all seeds together. */
	readonly lost: number;
}

export async function measureSharing(sharing: SharingCase, seeds: readonly number[]): Promise<Sharing> {
	const { name, quota, clients, secondsApart, writes } = sharing;
	const ideal = idealSeconds(quota, writes);
	const figures: Array<Awaited<ReturnType<typeof shareOnce>>> = [];
	for (const seed of seeds) figures.push(await shareOnce(sharing, seed, ideal));
	const of = (figure: keyof (typeof figures)[number], worst: (...numbers: number[]) => number): Seeds => {
		const numbers = figures.map((each) => each[figure]);
		return { median: median(numbers), worst: worst(...numbers) };
	};
	return {
		name,
		clients,
		secondsApart,
		writes,
		jain: of('jain', Math.min),
		leastShare: of('leastShare', Math.min),
		requestsPerWrite: of('requestsPerWrite', Math.max),
		overIdealPercent: of('overIdealPercent', Math.max),
		lost: total(figures.map(({ lost }) => lost)),
	};
}

async function shareOnce({ quota, clients, secondsApart, writes }: SharingCase, seed: number, ideal: number) {
	const starts = Array.from({ length: clients }, (_, index) => index * secondsApart * 1_000);
	const run = starts.map(() => rateLimitedClient());
	const results = await runJob(quota, run, writes / clients, seed, starts);
	const counts = countsWhileAllWork(results, Math.max(...starts) / 1_000);
	const end = Math.max(...results.map(({ seconds }, index) => seconds + starts[index] / 1_000));
	return {
		jain: total(counts) ** 2 / (clients * total(counts.map((count) => count ** 2))),
		leastShare: Math.min(...counts) / (total(counts) / clients),
		requestsPerWrite: total(results.map(({ requests }) => requests)) / writes,
		overIdealPercent: (end / ideal - 1) * 100,
		lost: total(results.map(({ lost, doubled }) => lost + doubled)),
	};
}

/** Writes of each client from the last one's start to the first one's end. */
function countsWhileAllWork(results: readonly JobResult[], from: number): number[] {
	const until = Math.min(...results.map(({ grantedAt }) => grantedAt[grantedAt.length - 1]));
	return results.map(({ grantedAt }) => grantedAt.filter((moment) => moment >= from && moment <= until).length);
}

/** Of the middle seed. */
export function sharingBars(each: Sharing): Bar[] {
	const sharing = `${each.name}, ${clientsOf(each)}`;
	return [
		atLeast(`${sharing}: Jain's index`, each.jain.median, BAR.jain),
		atLeast(`${sharing}: least share`, each.leastShare.median, BAR.leastShare),
		atMost(`${sharing}: requests per write`, each.requestsPerWrite.median, BAR.requestsPerWrite, 3),
		atMost(`${sharing}: lost`, each.lost, 0, 0),
	];
}

function clientsOf({ clients, secondsApart }: Sharing): string {
	return `${clients} clients${secondsApart ? `, ${secondsApart} s apart` : ' at once'}`;
}

export function sharingRow(each: Sharing): Readonly<Record<string, string | number>> {
	const shown = ({ median: middle, worst }: Seeds, digits: number) =>
		`${middle.toFixed(digits)} (${worst.toFixed(digits)})`;
	return {
		quota: each.name,
		clients: clientsOf(each),
		writes: each.writes,
		"Jain's index": shown(each.jain, 2),
		'least share': shown(each.leastShare, 2),
		'requests/write': shown(each.requestsPerWrite, 3),
		'over ideal %': shown(each.overIdealPercent, 0),
		lost: each.lost,
	};
}
