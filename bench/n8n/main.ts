/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a benchmark tells its verdict by its exit code */

/**
 * Requests a second without a quota, on a real n8n (design.md section 7): the sync node's whole run beside n8n's bare HTTP
 * helper and n8n's HTTP Request node, which send the very same requests with the same credential. In turns, within one
 * n8n process. `tsx bench/n8n/main.ts [lists] [rounds]`
 */

import { MAX_CONCURRENCY } from '../../lib/pacing/settings';
import { table, writeResults } from '../report';
import { capacity } from './capacity';
import { makeJob, recorded, type Job } from './job';
import { measure, type Measurement } from './measure';
import { setStage, type Stage } from './stage';
import { helper, httpRequestNode, syncNode } from './workflows';

/** Ours over theirs, of the median requests a second. */
const BARS = { helper: 0.9, httpRequestNode: 2 };

type Name = 'syncNode' | keyof typeof BARS;

const TITLES: Readonly<Record<Name, string>> = {
	syncNode: "the package's sync node",
	helper: "n8n's HTTP helper, bare",
	httpRequestNode: "n8n's HTTP Request node",
};

interface Contender {
	readonly name: Name;
	readonly workflowId: string;
	readonly rounds: Measurement[];
}

/** The sync node's first run gives the requests for the others; like theirs, it only warms n8n up. */
async function enter(stage: Stage, job: Job): Promise<{ contenders: Contender[]; capacityPerSecond: number }> {
	const { credential, n8n } = stage;
	const ours = await n8n.rest.createWorkflow(syncNode(stage.file('hr.csv', job.csv), credential, MAX_CONCURRENCY));
	await measure(stage, job, ours.id);
	const requests = recorded(await stage.requests(), stage.simulator.url);
	await stage.resetPlatform();
	const capacityPerSecond = await capacity(requests, MAX_CONCURRENCY);

	const file = stage.file('requests.json', JSON.stringify(requests));
	const theirs = await n8n.rest.createWorkflow(helper(file, credential, MAX_CONCURRENCY));
	const generic = await n8n.rest.createWorkflow(httpRequestNode(file, credential));
	for (const { id } of [theirs, generic]) await measure(stage, job, id);
	const contender = (name: Name, { id }: { id: string }): Contender => ({ name, workflowId: id, rounds: [] });
	return {
		contenders: [contender('syncNode', ours), contender('helper', theirs), contender('httpRequestNode', generic)],
		capacityPerSecond,
	};
}

function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function figuresOf({ name, rounds }: Contender) {
	const of = (figure: (each: Measurement) => number) => median(rounds.map(figure));
	const most = (figure: (each: Measurement) => number | null) => Math.max(...rounds.map((each) => figure(each) ?? Number.NaN));
	return {
		name,
		requests: of(({ requests }) => requests),
		/** While requests were being sent. */
		perSecond: of(({ requests, sendingSeconds }) => requests / sendingSeconds),
		/** With everything that the node does before and after: reading, planning, reporting. */
		perSecondOfNode: of(({ requests, nodeSeconds }) => requests / nodeSeconds),
		cpuMillisecondsPerRequest: of(({ cpuSeconds, requests }) => ((cpuSeconds ?? Number.NaN) * 1_000) / requests),
		peakMegabytes: most(({ peakMegabytes }) => peakMegabytes),
		refused: most(({ refused }) => refused),
		wrongLists: most(({ wrongLists }) => wrongLists),
	};
}

type Figures = ReturnType<typeof figuresOf>;

function compare(ours: Figures, theirs: Figures) {
	const bar = theirs.name === 'syncNode' ? null : BARS[theirs.name];
	const ratio = ours.perSecond / theirs.perSecond;
	return { ...theirs, ratio, ratioOfNode: ours.perSecondOfNode / theirs.perSecondOfNode, bar, reached: bar === null || ratio >= bar };
}

async function main([lists = 2_000, rounds = 5]: readonly number[]): Promise<void> {
	const job = makeJob(lists);
	const stage = await setStage(job.world);
	try {
		const { contenders, capacityPerSecond } = await enter(stage, job);
		for (let round = 0; round < rounds; round++) {
			for (let turn = 0; turn < contenders.length; turn++) {
				// Who goes first changes with every round.
				const contender = contenders[(turn + round) % contenders.length];
				contender.rounds.push(await measure(stage, job, contender.workflowId));
			}
		}
		const ours = figuresOf(contenders[0]);
		const results = contenders.map((contender) => compare(ours, figuresOf(contender)));
		console.log(
			`${lists} lists, each one read and one write; ${MAX_CONCURRENCY} in flight; n8n ${stage.n8nVersion}; median of ${rounds} rounds in turns.\n` +
				`The platform itself answers ${Math.round(capacityPerSecond)} requests a second to a bare client.\n`,
		);
		console.log(table(results.map(row)));
		writeResults('n8n', { lists, rounds, concurrency: MAX_CONCURRENCY, n8n: stage.n8nVersion, capacityPerSecond, results, contenders });
		if (results.some(({ reached, refused, wrongLists }) => !reached || refused > 0 || wrongLists > 0)) process.exitCode = 1;
	} finally {
		await stage.stop();
	}
}

const row = (each: ReturnType<typeof compare>) => ({
	contender: TITLES[each.name],
	requests: each.requests,
	'requests/s': Math.round(each.perSecond),
	'ours/theirs': each.ratio.toFixed(2),
	bar: each.bar === null ? '' : `>= ${each.bar} ${each.reached ? 'reached' : 'MISSED'}`,
	'requests/s, whole node': Math.round(each.perSecondOfNode),
	'ours/theirs ': each.ratioOfNode.toFixed(2),
	'cpu ms/request': each.cpuMillisecondsPerRequest.toFixed(2),
	'peak MB': Math.round(each.peakMegabytes),
	'wrong lists': each.wrongLists,
});

void main(process.argv.slice(2).map(Number)).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
