/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark returns its verdict as its exit code */

/**
 * The nightly sync beside the same job built from n8n's own nodes, on a real n8n (docs/benchmarks.md): requests, time,
 * peak memory, and lists left wrong. Every run has an n8n process of its own; nothing is warm in any of them.
 * `npx tsx bench/n8n-native/main.ts [lists,lists,…] [part of a case's title]`
 */

import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import type { AppliedChange, WorldState } from '../../simulator';
import { makeJob, type Job } from '../n8n/job';
import { problemOf, run } from '../n8n/measure';
import { startHarness, type Harness } from '../n8n/harness';
import { syncNode } from '../n8n/workflows';
import { atMost, table, writeResults, type Bar } from '../report';
import { casesOf, type Case } from './cases';
import { ownNodes, type OnError } from './workflow';

const SIZES = '500,5000,50000';

/** A run that takes longer is not waited for. */
const MOST_MINUTES = 15;

const OURS = "the package's sync node";
const CONTENDERS = [OURS, "n8n's nodes, Retry On Fail", "n8n's nodes, errors passed over"] as const;
type Contender = (typeof CONTENDERS)[number];

interface Figures {
	readonly lists: number;
	readonly title: string;
	readonly hasThirdParty: boolean;
	readonly contender: Contender;
	readonly requests: number;
	readonly refused: number;
	readonly seconds: number;
	readonly idleMegabytes: number;
	readonly aboveIdleMegabytes: number;
	readonly wrongLists: number;
	readonly editsLost: number;
	readonly ended: string;
	/** In n8n's words; null where it has none. */
	readonly problem: string | null;
}

async function runCase(harness: Harness, job: Job, file: string, each: Case): Promise<Figures[]> {
	await harness.setQuota(each.quota);
	await harness.setFaults(each.faults ?? {});
	const { rest } = harness.n8n;
	const rates = each.quota === null ? undefined : { maxRate: 10_000 };
	const own = (onError: OnError) =>
		ownNodes(file, harness.simulator.coreUrl, harness.credential, { pace: each.pace ?? null, onError });
	const workflows: Record<Contender, { id: string }> = {
		[OURS]: await rest.createWorkflow(syncNode(file, harness.credential, MAX_CONCURRENCY, rates)),
		"n8n's nodes, Retry On Fail": await rest.createWorkflow(own('retry')),
		"n8n's nodes, errors passed over": await rest.createWorkflow(own('goOn')),
	};
	const figures: Figures[] = [];
	for (const contender of CONTENDERS) {
		const measured = await runContender(harness, job, each, contender, workflows[contender].id);
		console.error(`${job.lists} lists, ${each.title}, ${contender}: ${JSON.stringify(measured)}`);
		figures.push(measured);
	}
	return figures;
}

async function runContender(
	harness: Harness,
	job: Job,
	{ title, hasThirdParty = false }: Case,
	contender: Contender,
	workflowId: string,
): Promise<Figures> {
	await harness.restartN8n();
	const measured = await run(harness, job, workflowId, MOST_MINUTES * 60_000);
	const problem = measured.status === 'error' ? await problemOf(harness, measured) : null;
	// n8n would wait for it to end.
	if (measured.status === 'unfinished') await harness.n8n.kill();
	const { requests, refused, workflowSeconds, wrongLists, status } = measured;
	const idleMegabytes = measured.idleMegabytes ?? Number.NaN;
	return {
		lists: job.lists,
		title,
		hasThirdParty,
		contender,
		requests,
		refused,
		seconds: workflowSeconds,
		idleMegabytes,
		aboveIdleMegabytes: (measured.peakMegabytes ?? Number.NaN) - idleMegabytes,
		wrongLists,
		editsLost: editsLost(await harness.simulator.changes(), await harness.simulator.state()),
		ended: ENDED[status] ?? status,
		problem,
	};
}

const ENDED: Readonly<Record<string, string>> = {
	success: 'well',
	error: 'in error',
	died: 'n8n died',
	unfinished: `not within ${MOST_MINUTES} minutes`,
};

/** Edits by others that are undone although nobody had seen them. */
function editsLost(changes: readonly AppliedChange[], { supervisedAgents }: WorldState): number {
	const now = new Map(supervisedAgents.map(({ userId, members }) => [userId, new Set(members)]));
	return changes.filter(({ by, userId, added, removed }) => {
		const members = now.get(userId ?? '') ?? new Set();
		return by === 'thirdParty' && (added.some((id) => !members.has(id)) || removed.some((id) => members.has(id)));
	}).length;
}

async function runSize(lists: number, part: string): Promise<{ n8n: string; figures: Figures[] }> {
	const job = makeJob(lists);
	const harness = await startHarness(job.world);
	try {
		const file = harness.file('hr.csv', job.csv);
		const figures = [];
		for (const each of casesOf(lists).filter(({ title }) => title.includes(part)))
			figures.push(...(await runCase(harness, job, file, each)));
		return { n8n: harness.n8nVersion, figures };
	} finally {
		await harness.stop();
	}
}

async function main(sizes: readonly number[], part: string): Promise<void> {
	const figures: Figures[] = [];
	let n8n = '';
	for (const lists of sizes) {
		const size = await runSize(lists, part);
		n8n = size.n8n;
		figures.push(...size.figures);
	}
	console.log(`One member is missing on each list; n8n ${n8n}, a new process for every run. (×): beside ours.\n`);
	console.log(table(figures.map((each) => row(each, oursBeside(each, figures)))));
	for (const { lists, title, contender, problem } of figures)
		if (problem !== null) console.log(`\n${lists} lists, ${title}, ${contender}: ${problem}`);
	console.log(`\n${table(RATIOS.map((ratio) => bestAndWorst(ratio, figures)))}`);
	const ours = figures.filter(({ contender }) => contender === OURS);
	writeResults('n8n-native', ours.flatMap(barsOf), { n8n, figures });
}

function oursBeside({ lists, title }: Figures, figures: readonly Figures[]): Figures {
	return figures.find((ours) => ours.contender === OURS && ours.lists === lists && ours.title === title) as Figures;
}

const row = (each: Figures, ours: Figures) => {
	const beside = (figure: Ratio, digits = 0) =>
		`${each[figure].toFixed(digits)} (${(each[figure] / ours[figure]).toFixed(2)}×)`;
	return {
		lists: each.lists,
		case: each.title,
		contender: each.contender,
		requests: beside('requests'),
		'of them refused': each.refused,
		s: beside('seconds', 1),
		'MB above idle': beside('aboveIdleMegabytes'),
		'lists wrong': each.wrongLists,
		"others' edits lost": each.editsLost,
		ended: each.ended,
	};
};

const RATIOS = ['requests', 'seconds', 'aboveIdleMegabytes'] as const;
type Ratio = (typeof RATIOS)[number];

/** Of those rivals that did the whole job: what the others took says nothing. */
function bestAndWorst(ratio: Ratio, figures: readonly Figures[]) {
	const did = figures.filter((each) => each.contender !== OURS && each.ended === ENDED.success && !leftWrong(each));
	const beside = did.map((each) => ({ ...each, times: each[ratio] / oursBeside(each, figures)[ratio] }));
	const sorted = beside.sort((a, b) => a.times - b.times);
	const shown = (each: (typeof sorted)[number] | undefined) =>
		each === undefined ? 'nobody' : `${each.times.toFixed(2)}×: ${each.lists} lists, ${each.title}, ${each.contender}`;
	return { 'rivals that did the job': ratio, best: shown(sorted[0]), worst: shown(sorted.at(-1)) };
}

/** A list that others edit just before it is written is as the source says after the next run only. */
function leftWrong({ hasThirdParty, wrongLists, editsLost: lost }: Figures): boolean {
	return (hasThirdParty ? lost : wrongLists) > 0;
}

function barsOf({ lists, title, hasThirdParty, wrongLists, editsLost: lost, ended }: Figures): Bar[] {
	const figure = `${lists} lists, ${title}`;
	return [
		hasThirdParty
			? atMost(`${figure}: others' edits lost`, lost, 0, 0)
			: atMost(`${figure}: lists wrong`, wrongLists, 0, 0),
		{ figure: `${figure}: ended`, measured: ended, bar: ENDED.success, isReached: ended === ENDED.success },
	];
}

const [, , sizes = SIZES, part = ''] = process.argv;
void main(sizes.split(',').map(Number), part).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
