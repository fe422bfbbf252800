/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark returns its verdict as its exit code */

/**
 * Requests a second without a quota, on a real n8n (docs/benchmarks.md): the sync node's whole run beside n8n's bare
 * HTTP helper and n8n's HTTP Request node, which send the very same requests with the same credential. In turns, within
 * one n8n process. `npx tsx bench/n8n/main.ts [lists] [rounds] [accessToken|corePassword]`
 */

import { MAX_CONCURRENCY } from '../../lib/rate-limit';
import { atLeast, atMost, table, writeResults, type Bar } from '../report';
import { median, ratios, shownSpread, spread } from '../statistics';
import { capacity } from './capacity';
import { makeJob, recorded, type Job, type RecordedRequest } from './job';
import { measure, type Measurement } from './measure';
import { startHarness, type SignIn, type Harness } from './harness';
import { helper, httpRequestNode, syncNode } from './workflows';

/** Ours over theirs, of the median requests a second. */
const BARS = { helper: 1.4, httpRequestNode: 4 };

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

/** The sync node's first run gives the requests for the others; like their first ones, it only warms n8n up. */
async function enter(harness: Harness, job: Job): Promise<{ contenders: Contender[]; capacityPerSecond: number }> {
	const { credential, n8n } = harness;
	const ours = await n8n.rest.createWorkflow(syncNode(harness.file('hr.csv', job.csv), credential, MAX_CONCURRENCY));
	await measure(harness, job, ours.id);
	const requests = recorded(await harness.requests(), harness.simulator.url);
	await harness.resetPlatform();
	const capacityPerSecond = await capacity(requests, MAX_CONCURRENCY);

	const isRead = ({ method }: RecordedRequest) => method === 'GET';
	const file = (name: string, content: readonly RecordedRequest[]) =>
		harness.file(`${name}.json`, JSON.stringify(content));
	const theirs = await n8n.rest.createWorkflow(helper(file('requests', requests), credential, MAX_CONCURRENCY));
	const reads = file('reads', requests.filter(isRead));
	const writes = file(
		'writes',
		requests.filter((request) => !isRead(request)),
	);
	const generic = await n8n.rest.createWorkflow(httpRequestNode(reads, writes, credential));
	for (const { id } of [theirs, generic]) await measure(harness, job, id);
	const contender = (name: Name, { id }: { id: string }): Contender => ({ name, workflowId: id, rounds: [] });
	return {
		contenders: [contender('syncNode', ours), contender('helper', theirs), contender('httpRequestNode', generic)],
		capacityPerSecond,
	};
}

/** While requests were being sent. */
const perSecond = ({ requests, sendingSeconds }: Measurement) => requests / sendingSeconds;
/** With everything that the node does before and after: reading, planning, reporting. */
const perSecondOfNode = ({ requests, nodeSeconds }: Measurement) => requests / nodeSeconds;
/** Of n8n's whole process, which other work on the machine disturbs less than time. */
const cpuMilliseconds = ({ requests, cpuSeconds }: Measurement) => ((cpuSeconds ?? Number.NaN) * 1_000) / requests;

/** Rates as ours over theirs, costs as theirs over ours: more is better for us in all of them. */
function compare(ours: Contender, theirs: Contender) {
	const of = (figure: (each: Measurement) => number) => ({
		ours: ours.rounds.map(figure),
		theirs: theirs.rounds.map(figure),
	});
	const [rate, whole, cpu] = [of(perSecond), of(perSecondOfNode), of(cpuMilliseconds)];
	return {
		name: theirs.name,
		requests: median(theirs.rounds.map(({ requests }) => requests)),
		perSecond: spread(rate.theirs),
		ratio: ratios(rate.ours, rate.theirs),
		perSecondOfNode: spread(whole.theirs),
		ratioOfNode: ratios(whole.ours, whole.theirs),
		cpuMillisecondsPerRequest: spread(cpu.theirs),
		ratioOfCpu: ratios(cpu.theirs, cpu.ours),
		refused: Math.max(...theirs.rounds.map(({ refused }) => refused)),
		wrongLists: Math.max(...theirs.rounds.map(({ wrongLists }) => wrongLists)),
	};
}

async function main(lists = '2000', rounds = '7', signIn = 'accessToken'): Promise<void> {
	const job = makeJob(Number(lists));
	const harness = await startHarness(job.world, signIn as SignIn);
	try {
		const { contenders, capacityPerSecond } = await enter(harness, job);
		for (let round = 0; round < Number(rounds); round++) {
			for (let turn = 0; turn < contenders.length; turn++) {
				// Who goes first changes with every round.
				const contender = contenders[(turn + round) % contenders.length];
				contender.rounds.push(await measure(harness, job, contender.workflowId));
			}
		}
		const results = contenders.map((contender) => compare(contenders[0], contender));
		console.log(
			`${lists} lists, each one read and one write; ${MAX_CONCURRENCY} in flight; n8n ${harness.n8nVersion}, ` +
				`signed in by ${signIn}; ${rounds} rounds in turns:\n` +
				'median, and least and most of all rounds; ratios are taken within a round.\n' +
				`The platform itself answers ${Math.round(capacityPerSecond)} requests a second to a bare client.\n`,
		);
		console.log(table(results.map(row)));
		writeResults('n8n', results.flatMap(barsOf), {
			lists: job.lists,
			rounds: Number(rounds),
			signIn,
			concurrency: MAX_CONCURRENCY,
			n8n: harness.n8nVersion,
			capacityPerSecond,
			results,
			contenders,
		});
	} finally {
		await harness.stop();
	}
}

function barsOf({ name, ratio, refused, wrongLists }: ReturnType<typeof compare>): Bar[] {
	const whole = atMost(`${TITLES[name]}: lists wrong`, wrongLists, 0, 0);
	if (name === 'syncNode') return [whole, atMost(`${TITLES[name]}: requests refused`, refused, 0, 0)];
	// A rival may send a request with an access token that has just run out, and send it again.
	return [whole, atLeast(`requests a second beside ${TITLES[name]}`, ratio.median, BARS[name])];
}

const row = (each: ReturnType<typeof compare>) => ({
	contender: TITLES[each.name],
	requests: each.requests,
	'requests/s': shownSpread(each.perSecond, 0),
	'ours/theirs': shownSpread(each.ratio),
	'whole node': Math.round(each.perSecondOfNode.median),
	'ours/theirs ': shownSpread(each.ratioOfNode),
	'cpu ms/request': each.cpuMillisecondsPerRequest.median.toFixed(2),
	'theirs/ours': shownSpread(each.ratioOfCpu),
	refused: each.refused,
	'wrong lists': each.wrongLists,
});

void main(...process.argv.slice(2)).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
