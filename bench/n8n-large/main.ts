/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark tells its verdict by its exit code */

/**
 * Memory and time of one execution by the size of the job, on a real n8n with a new process for each
 * (docs/benchmarks.md): every list is read, planned and written. `npx tsx bench/n8n-large/main.ts [lists×members …]`
 */

import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import { makeJob } from '../n8n/job';
import { observe } from '../n8n/measure';
import { peakMegabytes, residentMegabytes } from '../n8n/process-figures';
import { setStage } from '../n8n/stage';
import { syncNode } from '../n8n/workflows';
import { table, writeResults } from '../report';

const SIZES = ['1000x20', '10000x20', '50000x20', '1000x2000'];

/** Above idle. */
const BAR_MEGABYTES = 1_024;

async function run(lists: number, members: number) {
	const job = makeJob(lists, members);
	const stage = await setStage(job.world);
	try {
		const file = stage.file('hr.csv', job.csv);
		const workflow = syncNode(file, stage.credential, MAX_CONCURRENCY, UNLIMITED);
		const { id } = await stage.n8n.rest.createWorkflow(workflow);
		const idleMegabytes = residentMegabytes(stage.n8n.pid) ?? Number.NaN;
		const observed = await observe(stage, job, id);
		const peak = peakMegabytes(stage.n8n.pid) ?? Number.NaN;
		return { lists, members, ...observed, idleMegabytes, aboveIdleMegabytes: peak - idleMegabytes };
	} finally {
		await stage.stop();
	}
}

const UNLIMITED = { startRate: 10_000, maxRate: 10_000 };

async function main(sizes: readonly string[]): Promise<void> {
	const results = [];
	for (const size of sizes) {
		const [lists, members] = size.split('x').map(Number);
		results.push(await run(lists, members));
		console.log(`${size}: done`);
	}
	console.log(table(results.map(row)));
	writeResults('n8n-large', results);
	const isMissed = results.some(
		({ aboveIdleMegabytes, wrongLists, problem }) =>
			aboveIdleMegabytes > BAR_MEGABYTES || wrongLists > 0 || problem !== null,
	);
	if (isMissed) process.exitCode = 1;
}

const row = (each: Awaited<ReturnType<typeof run>>) => ({
	lists: each.lists,
	members: each.members,
	requests: each.requests,
	'node s': Math.round(each.nodeSeconds),
	'ms a list': ((each.nodeSeconds * 1_000) / each.lists).toFixed(1),
	'CPU s of n8n': Math.round(each.cpuSeconds ?? Number.NaN),
	'idle MB': Math.round(each.idleMegabytes),
	'above idle MB': Math.round(each.aboveIdleMegabytes),
	'KB a list': Math.round((each.aboveIdleMegabytes * 1_024) / each.lists),
	'lists wrong': each.wrongLists,
	ended: each.problem ?? 'well',
});

void main(process.argv.length > 2 ? process.argv.slice(2) : SIZES).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
