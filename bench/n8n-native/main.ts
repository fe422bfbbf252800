/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark tells its verdict by its exit code */

/**
 * The nightly sync beside the same job built from n8n's own nodes, on a real n8n (docs/benchmarks.md): requests, time,
 * peak memory, and lists left wrong. Every run has an n8n process of its own, which makes its peak that run's alone;
 * nothing is warm in any of them. `npx tsx bench/n8n-native/main.ts [lists] [rounds] [part of a case's title]`
 */

import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import type { AppliedChange, FaultPlan, QuotaSettings, WorldState } from '../../simulator';
import { makeJob, type Job } from '../n8n/job';
import { observe } from '../n8n/measure';
import { startHarness, type Harness } from '../n8n/harness';
import { syncNode } from '../n8n/workflows';
import { atMost, table, writeResults, type Bar } from '../report';
import { median, shownSpread, spread } from '../statistics';
import { ownNodes, type OnError, type Pace } from './workflow';

/** Requests a second that the platform allows. */
const QUOTA = 50;

interface Case {
	readonly title: string;
	readonly quota: QuotaSettings | null;
	readonly faults?: FaultPlan;
	/** Others edit lists between the read and the write: afterwards these are not as the source says. */
	readonly hasThirdParty?: boolean;
	/** What whoever built the workflow knows of the quota. The sync node is told nothing and finds it out. */
	readonly pace: Pace;
	/** Times that the case is run: what a quota dictates hardly differs from run to run. */
	readonly rounds: (wanted: number) => number;
}

const CASES: readonly Case[] = [
	{ title: 'no quota', quota: null, pace: null, rounds: (wanted) => wanted },
	{
		title: `${QUOTA}/s, the workflow paced for it`,
		quota: { rate: QUOTA, burst: QUOTA },
		pace: QUOTA,
		rounds: () => 1,
	},
	{
		title: `${QUOTA}/s, halved after 5 s`,
		quota: { rate: QUOTA, burst: QUOTA, schedule: [{ afterMs: 5_000, rate: QUOTA / 2 }] },
		pace: QUOTA,
		rounds: () => 1,
	},
	{ title: `${QUOTA}/s, nobody knows`, quota: { rate: QUOTA, burst: QUOTA }, pace: null, rounds: () => 1 },
	{
		title: '5 % of the answers are 429 or 503',
		quota: null,
		faults: { chance: { seed: 1, probabilities: { throttle: 0.025, statusBefore: 0.025 }, statuses: [503] } },
		pace: null,
		rounds: () => 1,
	},
	{
		title: 'others edit 5 % of the lists just before they are written',
		quota: null,
		faults: {
			rules: [
				{
					fault: { kind: 'thirdParty', edit: 'random', when: 'before' },
					match: { method: ['PUT', 'POST'], path: 'supervised_agents' },
					probability: 0.05,
				},
			],
		},
		hasThirdParty: true,
		pace: null,
		rounds: () => 1,
	},
];

const CONTENDERS = [
	"the package's sync node",
	"n8n's nodes, Retry On Fail",
	"n8n's nodes, errors passed over",
] as const;
type Contender = (typeof CONTENDERS)[number];

async function run(harness: Harness, job: Job, contender: Contender, workflowId: string) {
	await harness.restartN8n();
	const observed = await observe(harness, job, workflowId);
	const { changes, state } = harness.simulator;
	return { contender, ...observed, editsLost: editsLost(await changes(), await state()) };
}

/** Edits by others that are undone although nobody had seen them. */
function editsLost(changes: readonly AppliedChange[], { supervisedAgents }: WorldState): number {
	const now = new Map(supervisedAgents.map(({ userId, members }) => [userId, new Set(members)]));
	return changes.filter(({ by, userId, added, removed }) => {
		const members = now.get(userId ?? '') ?? new Set();
		return by === 'thirdParty' && (added.some((id) => !members.has(id)) || removed.some((id) => members.has(id)));
	}).length;
}

type Run = Awaited<ReturnType<typeof run>>;

async function runCase(
	harness: Harness,
	job: Job,
	file: string,
	{ quota, faults = {}, pace, rounds }: Case,
	wanted: number,
): Promise<Run[]> {
	await harness.setQuota(quota);
	await harness.setFaults(faults);
	const { rest } = harness.n8n;
	const rates = quota === null ? undefined : { maxRate: 10_000 };
	const own = (onError: OnError) => ownNodes(file, harness.simulator.coreUrl, harness.credential, { pace, onError });
	const workflows: Record<Contender, { id: string }> = {
		"the package's sync node": await rest.createWorkflow(syncNode(file, harness.credential, MAX_CONCURRENCY, rates)),
		"n8n's nodes, Retry On Fail": await rest.createWorkflow(own('retry')),
		"n8n's nodes, errors passed over": await rest.createWorkflow(own('goOn')),
	};
	const runs: Run[] = [];
	for (let round = 0; round < rounds(wanted); round++) {
		for (let turn = 0; turn < CONTENDERS.length; turn++) {
			// Who goes first changes with every round.
			const contender = CONTENDERS[(turn + round) % CONTENDERS.length] as Contender;
			runs.push(await run(harness, job, contender, workflows[contender].id));
		}
	}
	return runs;
}

function figuresOf({ title, hasThirdParty = false }: Case, contender: Contender, runs: readonly Run[]) {
	const own = runs.filter((each) => each.contender === contender);
	return {
		title,
		hasThirdParty,
		contender,
		requests: median(own.map(({ requests }) => requests)),
		refused: median(own.map(({ refused }) => refused)),
		seconds: spread(own.map(({ workflowSeconds }) => workflowSeconds)),
		peakMegabytes: Math.max(...own.map((each) => each.peakMegabytes ?? Number.NaN)),
		idleMegabytes: median(own.map((each) => each.idleMegabytes ?? Number.NaN)),
		wrongLists: Math.max(...own.map(({ wrongLists }) => wrongLists)),
		editsLost: Math.max(...own.map((each) => each.editsLost)),
		problem: own.find((each) => each.problem !== null)?.problem ?? null,
	};
}

async function main(lists: number, rounds: number, part: string): Promise<void> {
	const job = makeJob(lists);
	const harness = await startHarness(job.world);
	try {
		const file = harness.file('hr.csv', job.csv);
		const results = [];
		for (const each of CASES.filter(({ title }) => title.includes(part))) {
			const runs = await runCase(harness, job, file, each, rounds);
			results.push(...CONTENDERS.map((contender) => figuresOf(each, contender, runs)));
			console.log(`${each.title}: done`);
		}
		console.log(
			`\n${lists} lists, one member missing on each; n8n ${harness.n8nVersion}, a new process for every run; ` +
				`${rounds} rounds without a quota, one with.\n`,
		);
		console.log(table(results.map(row)));
		for (const { title, contender, problem } of results)
			if (problem !== null) console.log(`\n${title}, ${contender}: ${problem}`);
		const ours = results.filter(({ contender }) => contender === CONTENDERS[0]);
		writeResults('n8n-native', ours.flatMap(barsOf), { lists, rounds, n8n: harness.n8nVersion, results });
	} finally {
		await harness.stop();
	}
}

/** A list that others edit just before it is written is as the source says after the next run only. */
function barsOf({ title, hasThirdParty, wrongLists, editsLost: lost }: ReturnType<typeof figuresOf>): Bar[] {
	if (hasThirdParty) return [atMost(`${title}: others' edits lost`, lost, 0, 0)];
	return [atMost(`${title}: lists wrong`, wrongLists, 0, 0)];
}

const row = (each: ReturnType<typeof figuresOf>) => ({
	case: each.title,
	contender: each.contender,
	requests: each.requests,
	'of them refused': each.refused,
	'workflow s': shownSpread(each.seconds, 1),
	'peak MB': Math.round(each.peakMegabytes),
	'of them idle': Math.round(each.idleMegabytes),
	'lists not as the source': each.wrongLists,
	"others' edits lost": each.editsLost,
	ended: each.problem === null ? 'well' : 'in error',
});

const [, , lists = '1000', rounds = '2', part = ''] = process.argv;
void main(Number(lists), Number(rounds), part).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
