/**
 * No secret of the sign-in comes out of a node, by no failing path and in no spelling. Both nodes run on n8n's engine.
 */

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { forgetRateLimiters } from '../../lib/rate-limit';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { startSimulator, type Simulator } from '../../simulator';
import { executeContext, listSearch, runNode, testCredential } from '../support/engine';
import '../support/fast';
import { seededRandom } from '../../tools/seeded-random';
import { SPELLINGS } from '../support/spellings';
import { approved } from '../nodes/sync/harness';
import { csvItem, launch, type Launch } from '../nodes/sync/engine';
import { agent, ANNA, csv, listRows, smallWorld, SUPPORT } from '../nodes/sync/platform';
import { echoingProxy, type EchoingProxy } from './echoing-proxy';

const USERNAME = 'planted@acme.example';
const PASSWORD = 'Pl4nted "pass"+<wörd> & 100%/\\';
const TOKEN = ['planted', 'tok+en/0123456789ABCDEF=='].join('.');

const METHODS = ['accessToken', 'corePassword', 'gatewayPassword'] as const;
type Method = (typeof METHODS)[number];

let simulator: Simulator;
let proxy: EchoingProxy;
/** What the node has logged. */
let logged: unknown[];

beforeEach(async () => {
	const accounts = [{ username: USERNAME, password: PASSWORD, userLevel: 16 as const, m2mToken: TOKEN }];
	simulator = await startSimulator({ world: { ...smallWorld(), accounts } });
	proxy = await echoingProxy(simulator.url, [PASSWORD, TOKEN]);
	logged = [];
	const { logger } = executeContext({ type: new ApioCallCenter(), parameters: {}, credential: {} });
	for (const level of ['debug', 'info', 'warn', 'error'] as const)
		jest.spyOn(logger, level).mockImplementation((...said) => logged.push(said));
});
afterEach(async () => {
	jest.restoreAllMocks();
	forgetRateLimiters();
	await proxy.stop();
	await simulator.stop();
});

function credentialFor(signInMethod: Method) {
	const path = new URL(signInMethod === 'gatewayPassword' ? simulator.gatewayUrl : simulator.coreUrl).pathname;
	return { baseUrl: proxy.url + path, signInMethod, accessToken: TOKEN, username: USERNAME, password: PASSWORD };
}

/** Every text in a value: names and values, errors with what they hold, and the files, read. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	const { data, mimeType } = value as { data?: unknown; mimeType?: unknown };
	const file =
		typeof data === 'string' && typeof mimeType === 'string' ? [Buffer.from(data, 'base64').toString('utf8')] : [];
	return [
		...file,
		...Object.getOwnPropertyNames(value).flatMap((name) => [
			name,
			...textsIn((value as Record<string, unknown>)[name], seen),
		]),
	];
}

function leaksIn(handedOut: unknown): string[] {
	const text = textsIn([handedOut, logged]).join('\n');
	const leaks: string[] = [];
	for (const secret of proxy.secrets) {
		for (const [name, spell] of Object.entries(SPELLINGS)) {
			const spelled = spell(secret).trim();
			for (const escaped of [spelled, JSON.stringify(spelled).slice(1, -1), spelled.replaceAll('&', '&amp;')])
				if (text.includes(escaped)) leaks.push(`${secret} ${name}`);
		}
	}
	return leaks;
}

const ADDRESS = { tenantId: 'acme', groupId: 'brussels' };
const OPERATIONS: INodeParameters[] = [
	{ resource: 'agentProfile', operation: 'get', ...ADDRESS, agentId: agent(1), simplify: false },
	{
		resource: 'agentProfile',
		operation: 'update',
		...ADDRESS,
		agentId: agent(1),
		settings: { agentACDState: 'Available' },
	},
	{ resource: 'callCenter', operation: 'getAvailable', ...ADDRESS, agentId: agent(1) },
	{ resource: 'callCenter', operation: 'assign', ...ADDRESS, agentId: agent(1), memberIds: SUPPORT },
	{ resource: 'dnis', operation: 'getAvailable', ...ADDRESS, agentId: agent(1) },
	...['getAll', 'add', 'remove', 'replace'].map((operation) => ({
		resource: 'supervisedAgent',
		operation,
		...ADDRESS,
		supervisorId: ANNA,
		callCenterId: SUPPORT,
		memberIds: agent(7),
		simplify: false,
		...(operation === 'getAll' ? { filters: { userIdContains: 'agent' } } : {}),
	})),
];

/** Prints how to see a run again. */
function expectNoLeak(seed: number, handedOut: unknown): void {
	const leaks = leaksIn(handedOut);
	if (leaks.length > 0)
		throw new Error(
			`Seed ${seed}: ${leaks.slice(0, 3).join('; ')}. Replay: FIRST_SEED=${seed} in planted-secrets.test.ts`,
		);
}

const FIRST_SEED = 1;

it('every operation gets to the platform', async () => {
	proxy.share = 0;
	for (const parameters of OPERATIONS) {
		const { error } = await runNode({
			type: new ApioCallCenter(),
			parameters,
			credential: credentialFor('accessToken'),
		});
		expect([parameters, error?.message]).toEqual([parameters, undefined]);
	}
});

describe.each(METHODS)('%s', (method) => {
	it('every operation of APIO Call Center', async () => {
		for (let seed = FIRST_SEED; seed < FIRST_SEED + 40; seed++) {
			proxy.random = seededRandom(seed);
			proxy.share = seed % 3 === 0 ? 0.5 : 1;
			proxy.echoesSignIns = seed % 5 === 0;
			const parameters = OPERATIONS[seed % OPERATIONS.length];
			const onError = seed % 2 === 0 ? ('continueErrorOutput' as const) : undefined;
			forgetRateLimiters();
			expectNoLeak(
				seed,
				await runNode({ type: new ApioCallCenter(), parameters, credential: credentialFor(method), onError }),
			);
		}
		expect(proxy.echoes).toBeGreaterThanOrEqual(32);
	});

	it("the credential's test and the list pickers", async () => {
		proxy.echoesSignIns = true;
		for (let seed = FIRST_SEED; seed < FIRST_SEED + 30; seed++) {
			proxy.random = seededRandom(seed);
			proxy.share = seed % 2 === 0 ? 0.5 : 1;
			forgetRateLimiters();
			const credential = credentialFor(method);
			expectNoLeak(seed, await testCredential(credential));
			const picker = listSearch(
				{
					type: new ApioCallCenter(),
					parameters: { resource: 'agentProfile', operation: 'get', ...ADDRESS },
					credential,
				},
				'searchTenants',
			);
			expectNoLeak(seed, await picker.catch((error: unknown) => error));
		}
	});
});

describe('APIO Call Center Sync', () => {
	const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 5])]);
	const at = async (method: Method, operation: string, more: Partial<Launch>) =>
		await launch({
			baseUrl: '',
			credential: credentialFor(method),
			mode: 'manual',
			...more,
			parameters: {
				operation,
				kind: 'supervisedAgents',
				source: 'csv',
				mode: 'mirror',
				tenantId: { __rl: true, mode: 'id', value: 'acme' },
				groupId: { __rl: true, mode: 'id', value: 'brussels' },
				...more.parameters,
				options: { startRate: 1000, maxRate: 1000, includeDocuments: true },
			},
		});

	it.each(METHODS)('every operation (%s)', async (method) => {
		proxy.share = 0;
		const planned = await at(method, 'plan', { items: [csvItem(file)] });
		const synced = await at(method, 'sync', { items: [csvItem(file)] });
		expect([planned.status, synced.status]).toEqual(['success', 'success']);
		const runs: Array<[string, Partial<Launch>]> = [
			['plan', { items: [csvItem(file)] }],
			['sync', { items: [csvItem(csv(listRows(ANNA, SUPPORT, [1, 2, 6])))] }],
			['applyPlan', approved(planned)],
			['rollBack', { items: [{ json: {}, binary: synced.summary[0].binary }] }],
		];
		for (let seed = FIRST_SEED; seed < FIRST_SEED + 24; seed++) {
			const [operation, run] = runs[seed % runs.length];
			proxy.random = seededRandom(seed);
			proxy.share = [1, 0.5, 0.25][seed % 3];
			proxy.echoesSignIns = seed % 5 === 0;
			forgetRateLimiters();
			const node = seed % 2 === 0 ? { onError: 'continueRegularOutput' as const } : {};
			expectNoLeak(seed, await at(method, operation, { ...run, node }));
		}
		expect(proxy.echoes).toBeGreaterThan(10);
	});
});
