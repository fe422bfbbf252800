/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark returns its verdict as its exit code */

/**
 * Memory and time of one execution by the size of the job, on a real n8n with a new process for each
 * (docs/benchmarks.md): every list is read, planned and written. `npx tsx bench/n8n-large/main.ts [lists×members …]`.
 * After a size with `planned`, a second node applies the plan's file. The HTML report is opened in Chromium.
 */

import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import { startBrowser } from '../../tools/n8n';
import { makeJob } from '../n8n/job';
import { observe } from '../n8n/measure';
import { startHarness, type Harness } from '../n8n/harness';
import { planAndApply, syncNode, UNLIMITED } from '../n8n/workflows';
import { atMost, table, writeResults, type Bar } from '../report';

const PLANNED = 'planned';
const SIZES = ['1000x20', '10000x20', `10000x20${PLANNED}`, '50000x20', '1000x2000'];

/** Above idle. */
const BAR_MEGABYTES = 1_024;
/** Until the report is there. */
const BAR_OPEN_SECONDS = 2;

async function run(lists: number, members: number, isPlanned: boolean) {
	const job = makeJob(lists, members);
	const harness = await startHarness(job.world);
	try {
		const file = harness.file('hr.csv', job.csv);
		const workflow = (isPlanned ? planAndApply : syncNode)(file, harness.credential, MAX_CONCURRENCY, UNLIMITED);
		const { id } = await harness.n8n.rest.createWorkflow(workflow);
		const { files, idleMegabytes, peakMegabytes, ...observed } = await observe(harness, job, id);
		const aboveIdleMegabytes = (peakMegabytes ?? Number.NaN) - (idleMegabytes ?? Number.NaN);
		const documents = files === null ? null : await documentsOf(harness, files);
		return { lists, members, isPlanned, ...observed, idleMegabytes, aboveIdleMegabytes, documents };
	} finally {
		await harness.stop();
	}
}

/** Megabytes of the files, and seconds until Chromium has loaded the report. */
async function documentsOf(harness: Harness, files: NonNullable<Awaited<ReturnType<typeof observe>>['files']>) {
	const bytesOf = async (name: string) =>
		files[name] === undefined ? Buffer.alloc(0) : await harness.n8n.rest.binary(files[name]);
	const megabytes = async (name: string) => (await bytesOf(name)).length / 2 ** 20;
	const report = harness.file('report.html', (await bytesOf('report')).toString('utf8'));
	const sizes = { planMegabytes: await megabytes('plan'), journalMegabytes: await megabytes('journal') };
	const browser = await startBrowser();
	try {
		const page = await browser.newPage();
		const started = performance.now();
		await page.goto(`file://${report}`);
		return { ...sizes, openSeconds: (performance.now() - started) / 1_000 };
	} finally {
		await browser.close();
	}
}

async function main(sizes: readonly string[]): Promise<void> {
	const results = [];
	for (const size of sizes) {
		const [lists, members] = size.replace(PLANNED, '').split('x').map(Number);
		results.push(await run(lists, members, size.endsWith(PLANNED)));
		console.log(`${size}: done`);
	}
	console.log(table(results.map(row)));
	writeResults('n8n-large', results.flatMap(barsOf), { results });
}

function barsOf(each: Awaited<ReturnType<typeof run>>): Bar[] {
	const size = `${each.lists} lists of ${each.members}${each.isPlanned ? ', plan and apply' : ''}`;
	return [
		atMost(`${size}: MB above idle`, each.aboveIdleMegabytes, BAR_MEGABYTES, 0),
		atMost(`${size}: s until the report is open`, each.documents?.openSeconds ?? Number.NaN, BAR_OPEN_SECONDS),
		atMost(`${size}: lists wrong`, each.wrongLists, 0, 0),
		{ figure: `${size}: ended`, measured: each.problem ?? 'well', bar: 'well', isReached: each.problem === null },
	];
}

const row = (each: Awaited<ReturnType<typeof run>>) => ({
	lists: each.lists,
	members: each.members,
	way: each.isPlanned ? 'plan, apply' : 'sync',
	requests: each.requests,
	'node s': Math.round(each.nodeSeconds),
	'ms a list': ((each.nodeSeconds * 1_000) / each.lists).toFixed(1),
	'CPU s of n8n': Math.round(each.cpuSeconds ?? Number.NaN),
	'idle MB': Math.round(each.idleMegabytes ?? Number.NaN),
	'above idle MB': Math.round(each.aboveIdleMegabytes),
	'KB a list': Math.round((each.aboveIdleMegabytes * 1_024) / each.lists),
	'plan MB': (each.documents?.planMegabytes ?? Number.NaN).toFixed(1),
	'journal MB': (each.documents?.journalMegabytes ?? Number.NaN).toFixed(1),
	'report opens s': (each.documents?.openSeconds ?? Number.NaN).toFixed(2),
	'lists wrong': each.wrongLists,
	ended: each.problem ?? 'well',
});

void main(process.argv.length > 2 ? process.argv.slice(2) : SIZES).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
