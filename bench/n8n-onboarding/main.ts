/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark returns its verdict as its exit code */

/**
 * Onboarding by webhook on a real n8n, from HR's request to the answer (docs/benchmarks.md): the sync node beside two
 * HTTP Request nodes that only send the two writes, and beside the two bare writes without n8n. In turns, one hire at a
 * time. `npx tsx bench/n8n-onboarding/main.ts [hires of each] [ms that the platform takes for an answer]`
 */

import { DEFAULT_ACCOUNT } from '../../simulator';
import { PLACE } from '../n8n/job';
import { startHarness, type Harness } from '../n8n/harness';
import { atMost, table, writeResults } from '../report';
import { shownSpread, spread } from '../statistics';
import { bySyncNode, byTwoRequests, type NewHire, type Onboarding } from './workflows';

/** Whoever posts a new hire waits for the answer. */
const MOST_MS = 2_000;

/** That warm n8n up and are not counted. */
const WARM_UP = 5;

const SUPERVISORS = 40;
const CALL_CENTERS = 20;

interface Contender {
	readonly name: string;
	/** Rejects where the agent is not put in place. */
	readonly hire: (hire: NewHire) => Promise<void>;
	readonly milliseconds: number[];
	requests: number;
}

const id = (role: string, n: number) => `${role}.${n}@voice.example.com`;

/** @param hires in all, by all contenders together */
function world(hires: number) {
	const named = (role: string, count: number) =>
		Array.from({ length: count }, (_, n) => ({ userId: id(role, n), firstName: role, lastName: `Number ${n}` }));
	const supervisors = Object.fromEntries(named('supervisor', SUPERVISORS).map(({ userId }) => [userId, []]));
	const callCenters = Array.from({ length: CALL_CENTERS }, (_, n) => ({
		serviceUserId: id('cc', n),
		name: `Call center ${n}`,
		agents: [],
		supervisors,
	}));
	const users = [...named('supervisor', SUPERVISORS), ...named('agent', hires)];
	const group = { groupId: PLACE.groupId, users, callCenters };
	return { tenants: [{ tenantId: PLACE.tenantId, type: 'Enterprise' as const, groups: [group] }] };
}

const newHire = (n: number): NewHire => ({
	agent: id('agent', n),
	callCenter: id('cc', n % CALL_CENTERS),
	supervisor: id('supervisor', n % SUPERVISORS),
});

async function byWebhook(harness: Harness, { path, workflow }: Onboarding): Promise<Contender['hire']> {
	const { rest, baseUrl } = harness.n8n;
	const created = await rest.createWorkflow(workflow);
	await rest.activate(created.id, created.versionId);
	return async (hire) => {
		const answer = await send('POST', `${baseUrl}/webhook/${path}`, hire);
		if (((await answer.json()) as { ok: boolean }).ok !== true)
			throw new Error(`${path}: ${hire.agent} is not in place`);
	};
}

/** What the platform alone takes. */
function directly(harness: Harness): Contender['hire'] {
	const users = `${harness.simulator.coreUrl}/tenants/${PLACE.tenantId}/groups/${PLACE.groupId}/users/`;
	const headers = { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` };
	return async ({ agent, callCenter, supervisor }) => {
		const profile = `${users}${encodeURIComponent(agent)}/services/call_centers/`;
		await send('PUT', profile, { list: true, call_centers: [{ serviceUserId: callCenter }] }, headers);
		const list = `${users}${encodeURIComponent(supervisor)}/services/call_centers/${encodeURIComponent(callCenter)}`;
		await send('POST', `${list}/supervised_agents/`, { supervised_agents: [{ userId: agent }] }, headers);
	};
}

async function send(
	method: string,
	url: string,
	body: object,
	headers: Record<string, string> = {},
): Promise<Response> {
	const all = { 'content-type': 'application/json', ...headers };
	const answer = await fetch(url, { method, headers: all, body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
	return answer;
}

async function measure(harness: Harness, contender: Contender, hire: NewHire, isCounted: boolean): Promise<void> {
	const before = (await harness.simulator.stats()).requests;
	const from = performance.now();
	await contender.hire(hire);
	const milliseconds = performance.now() - from;
	if (!isCounted) return;
	contender.milliseconds.push(milliseconds);
	contender.requests += (await harness.simulator.stats()).requests - before;
}

/** Hires who are not where HR wants them. */
async function notInPlace(harness: Harness, hires: number): Promise<number> {
	const { supervisedAgents, agentCallCenters } = await harness.simulator.state();
	const supervised = new Set(
		supervisedAgents.flatMap(({ userId, members }) => members.map((one) => `${userId} ${one}`)),
	);
	const assigned = new Map(agentCallCenters.map(({ userId, members }) => [userId, members]));
	const isInPlace = ({ agent, callCenter, supervisor }: NewHire) =>
		supervised.has(`${supervisor} ${agent}`) && assigned.get(agent)?.includes(callCenter) === true;
	return Array.from({ length: hires }, (_, n) => newHire(n)).filter((hire) => !isInPlace(hire)).length;
}

async function main(each: number, latencyMs: number): Promise<void> {
	const rounds = each + WARM_UP;
	const harness = await startHarness(world(rounds * 3));
	try {
		await harness.setLatency(latencyMs);
		const { credential, simulator } = harness;
		const contender = (name: string, hire: Contender['hire']) => ({ name, hire, milliseconds: [], requests: 0 });
		const contenders: Contender[] = [
			contender("the package's sync node", await byWebhook(harness, bySyncNode(credential))),
			contender('two HTTP Request nodes', await byWebhook(harness, byTwoRequests(credential, simulator.coreUrl))),
			contender('the two requests, without n8n', directly(harness)),
		];
		for (let round = 0, hired = 0; round < rounds; round++) {
			for (let turn = 0; turn < contenders.length; turn++, hired++) {
				// Who goes first changes with every round.
				const next = contenders[(turn + round) % contenders.length];
				await measure(harness, next, newHire(hired), round >= WARM_UP);
			}
		}
		const wrong = await notInPlace(harness, rounds * contenders.length);
		console.log(`${each} hires each, ${latencyMs} ms for an answer of the platform, n8n ${harness.n8nVersion}\n`);
		console.log(table(contenders.map(row)));
		const bars = [
			atMost('ms from request to answer, worst', Math.max(...contenders[0].milliseconds), MOST_MS, 0),
			atMost('hires not in place', wrong, 0, 0),
		];
		writeResults('n8n-onboarding', bars, { each, latencyMs, n8n: harness.n8nVersion, contenders });
	} finally {
		await harness.stop();
	}
}

const row = ({ name, milliseconds, requests }: Contender) => ({
	contender: name,
	'ms, median (least-most)': shownSpread(spread(milliseconds), 0),
	'95th percentile': Math.round([...milliseconds].sort((a, b) => a - b)[Math.ceil(milliseconds.length * 0.95) - 1]),
	'requests for a hire': (requests / milliseconds.length).toFixed(1),
});

const [, , each = '200', latencyMs = '100'] = process.argv;
void main(Number(each), Number(latencyMs)).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
