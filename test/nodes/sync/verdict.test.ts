/**
 * The summary of a run where the platform shows or allows little: an address, a tenant, a group or a right that is
 * wrong.
 */

import { afterEach, describe, expect, it } from '@jest/globals';
import type { AccountSpec, WorldSpec } from '../../../simulator';
import { listen, type Listener } from '../../credentials/listener';
import { harness } from './harness';
import { csvItem, launch, type Landed } from './engine';
import { writes } from './platform';

const TENANTS = ['acme', 'beta'];
const GROUPS = ['brussels', 'ghent'];
const TOKEN = ['machine', 'of', 'one', 'group'].join('-');

const domain = (tenant: string, group: string) => `${group}.${tenant}.example`;
const supervisor = (n: number, at: string) => `sup${n}@${at}`;
const agent = (n: number, at: string) => `agent${n}@${at}`;
const TEAMS = [1, 2, 3, 4];

/** Two tenants with two groups each; in every group four supervisors with two agents each in one call center. */
function world(accounts?: AccountSpec[]): WorldSpec {
	const group = (tenantId: string, groupId: string) => {
		const at = domain(tenantId, groupId);
		const agents = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => agent(n, at));
		return {
			groupId,
			users: [...TEAMS.map((n) => supervisor(n, at)), ...agents].map((userId) => ({ userId })),
			callCenters: [
				{
					serviceUserId: `cc@${at}`,
					agents,
					supervisors: Object.fromEntries(
						TEAMS.map((n) => [supervisor(n, at), [agent(2 * n - 1, at), agent(2 * n, at)]]),
					),
				},
			],
		};
	};
	return {
		tenants: TENANTS.map((tenantId) => ({ tenantId, groups: GROUPS.map((groupId) => group(tenantId, groupId)) })),
		accounts,
	};
}

/** Rows that leave the teams of a group as they are, and add agent 9 to the first `more` of them. */
function teams(tenant: string, group: string, more = 0, named: { tenant?: string; group?: string } = {}): string[] {
	const at = domain(tenant, group);
	return TEAMS.flatMap((n) =>
		[2 * n - 1, 2 * n, ...(n <= more ? [9] : [])].map((a) =>
			[named.tenant ?? tenant, named.group ?? group, supervisor(n, at), `cc@${at}`, agent(a, at)].join(';'),
		),
	);
}

const file = (...rows: string[][]) => ['tenant;group;supervisor;call center;agent', ...rows.flat()].join('\n');
const whole = () => file(teams('acme', 'brussels', 4), teams('acme', 'ghent', 4), teams('beta', 'brussels', 4));
const said = ({ error }: Landed) => `${error?.message} ${error?.description}`;

const OF_ONE_GROUP: AccountSpec[] = [
	{ username: 'brussels', password: 'x', userLevel: 8, tenantId: 'acme', groupId: 'brussels', m2mToken: TOKEN },
];

const at = harness(() => world());

describe('a run of which nothing could be planned', () => {
	const servers: Listener[] = [];
	afterEach(async () => {
		for (const server of servers.splice(0)) await server.stop();
	});
	const strange = async (status: number, type: string, body: string) => {
		const server = await listen((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
		servers.push(server);
		return `${server.url}/api/v1`;
	};

	const PARAMETERS = {
		operation: 'sync',
		kind: 'supervisedAgents',
		source: 'csv',
		mode: 'mirror',
		options: { startRate: 1000, maxRate: 1000 },
	};
	const sync = async (baseUrl: string, operation = 'sync') =>
		await launch({ baseUrl, items: [csvItem(whole())], parameters: { ...PARAMETERS, operation } });

	it.each([
		['a web server', 404, 'text/html', '<html><head><title>404 Not Found</title></head></html>'],
		['a server of another API', 404, 'text/plain', '404 page not found'],
		['the web interface', 200, 'text/html', '<!doctype html><title>APIO</title>'],
	])('names the Base URL if %s answers', async (_name, status, type, body) => {
		for (const operation of ['sync', 'plan']) {
			const landed = await sync(await strange(status, type, body), operation);
			expect(landed.status).toBe('error');
			expect(said(landed)).toMatch(/not the API of APIO.*Correct the Base URL of the credential, prefix included/);
		}
	});

	it('names the prefix of the Base URL if APIO Core answers and has no lists', async () => {
		const landed = await sync(at.simulator.coreUrl.replace(/\/p1$/, '/p7'));
		expect(landed.status).toBe('error');
		expect(said(landed)).toMatch(/APIO Core answers at .*\/api\/v01\/p7.*Correct the prefix in the Base URL/);
	});

	it.each([
		['tenant', { tenant: 'acne' }, 'group brussels of tenant acne'],
		['group', { group: 'brusels' }, 'group brusels of tenant acme'],
	])('names an unknown %s', async (_name, named, scope) => {
		const landed = await at.sync({ csv: file(teams('acme', 'brussels', 1, named)) });
		expect(landed.status).toBe('error');
		expect(said(landed)).toContain(
			`The platform has none of the 4 lists that the source names, because it does not know ${scope}.`,
		);
		expect(writes(at.simulator)).toEqual([]);
	});

	it('asks for ids if the group exists', async () => {
		const rows = teams('acme', 'brussels').map((row) => row.replaceAll('sup', 'boss'));
		const landed = await at.sync({ csv: file(rows) });
		expect(landed.status).toBe('error');
		expect(said(landed)).toContain('though it knows group brussels of tenant acme: correct the other IDs.');
	});

	it('names the missing right if everything is forbidden', async () => {
		at.simulator.reset(world(OF_ONE_GROUP));
		const landed = await at.sync({ csv: file(teams('acme', 'ghent', 1), teams('beta', 'brussels', 1)), token: TOKEN });
		expect(landed.status).toBe('error');
		expect(said(landed)).toContain(
			'The account of the credential may read none of the 8 lists that the source names (group ghent of ' +
				'tenant acme, group brussels of tenant beta).',
		);
	});

	it('comes out with its status and its reason under Continue On Fail', async () => {
		const run = { csv: file(teams('acme', 'brussels', 1, { tenant: 'acne' })) };
		const landed = await at.sync({ ...run, node: { onError: 'continueRegularOutput' } });
		expect(landed.summary[0].json).toMatchObject({ status: 'failed', reason: { code: 'unknownGroup' } });
		expect(landed.summary[0].json.summary).toMatch(/^Failed, nothing written: The platform has none of the 4 lists/);
		expect(landed.summary[0].json.markdown).toMatch(/^\*\*Failed, nothing written\*\*/);
		expect(landed.rejected.map(({ json }) => json.line)).toEqual([2, 5, 7, 9]);
		const errors = await at.sync({ ...run, node: { onError: 'continueErrorOutput' } });
		expect(errors.errors[0].json).toMatchObject({
			error: 'The platform shows none of the lists, so nothing was written',
		});
	});
});

describe('lists that are not shown beside others that are', () => {
	const few = { listsNotShownPercent: 50 };

	it('are named once if they are all lists of a tenant or a group', async () => {
		const landed = await at.sync({
			csv: file(teams('acme', 'brussels', 1), teams('acme', 'ghent', 1, { group: 'gent' })),
			options: few,
		});
		expect(landed.status).toBe('success');
		expect(landed.summary[0].json.summary).toContain('4 lists not planned (all of group gent of tenant acme)');
		expect(landed.hints.map(({ message }) => message).join('\n')).toContain(
			'All 4 lists of group gent of tenant acme are missing on the platform: check these IDs.',
		);
		const other = await at.plan({
			csv: file(teams('acme', 'brussels', 2), teams('beta', 'ghent', 1, { tenant: 'betta' })),
			options: few,
		});
		expect(other.summary[0].json.summary).toContain('4 lists not planned (all of tenant betta)');
	});

	it('stop the run before the first write if there are many', async () => {
		const csv = file(teams('acme', 'brussels', 2), teams('acme', 'ghent', 1, { group: 'gent' }));
		const landed = await at.sync({ csv });
		expect(landed.status).toBe('error');
		expect(said(landed)).toMatch(
			/Guards stopped the run.*\[source\] Too many lists are not shown: 4 of the 8 lists that the source names/,
		);
		expect(said(landed)).toContain("raise 'Maximum Lists Not Shown (%)'");
		expect(writes(at.simulator)).toEqual([]);
		const held = await at.sync({ csv, options: { onBreach: 'hold' } });
		expect(held.summary[0].json).toMatchObject({
			status: 'partial',
			counts: { adds: { done: 2 } },
			guards: { verdict: 'hold' },
		});
	});

	it('let the run go on if they are one of three', async () => {
		const rows = teams('acme', 'brussels', 1)
			.filter((row) => !row.includes('sup4'))
			.map((row) => row.replace('sup3', 'boss'));
		const landed = await at.sync({ csv: file(rows) });
		expect(landed.summary[0].json).toMatchObject({
			status: 'partial',
			counts: { adds: { done: 1 }, listsNotPlanned: 1 },
		});
	});
});

describe('a right that is missing for a part', () => {
	it('is reported only for the row with the wrong group', async () => {
		at.simulator.reset(world(OF_ONE_GROUP));
		const rows = teams('acme', 'brussels', 2);
		const csv = file(rows.map((row) => (row.includes('sup4') ? row.replace(';brussels;', ';gruop1;') : row)));
		const landed = await at.sync({ csv, token: TOKEN });
		expect(landed.status).toBe('success');
		expect(landed.summary[0].json).toMatchObject({
			status: 'partial',
			counts: { adds: { done: 2 }, listsNotPlanned: 1 },
		});
		const [rejected] = landed.rejected;
		expect(rejected.json).toMatchObject({
			type: 'list',
			code: 'forbidden',
			outcome: 'rejected',
			line: csv.split('\n').findIndex((line) => line.includes('gruop1')) + 1,
		});
	});

	it('to write some of the lists does not stop the others', async () => {
		const forbidden = [{ method: 'POST', url: 'sup(2|3)%40brussels.acme', allowed: false }];
		at.simulator.reset(
			world([{ username: 'robot', password: 'x', userLevel: 16, m2mToken: TOKEN, apiRules: forbidden }]),
		);
		const landed = await at.sync({ csv: file(teams('acme', 'brussels', 4)), token: TOKEN });
		expect(landed.status).toBe('success');
		expect(landed.summary[0].json).toMatchObject({ status: 'partial', counts: { adds: { done: 2 }, failed: 2 } });
		expect(landed.rejected.map(({ json }) => [json.code, json.outcome])).toEqual([
			['forbidden', 'failed'],
			['forbidden', 'failed'],
		]);
	});

	it('to write anything fails the node, without trying all lists', async () => {
		const account: AccountSpec = {
			username: 'reader',
			password: 'x',
			userLevel: 16,
			m2mToken: TOKEN,
			apiRules: [
				{ method: 'GET', url: '.', allowed: true },
				{ method: '*', url: '.', allowed: false },
			],
		};
		const many = world([account]);
		const group = many.tenants[0].groups[0];
		const bosses = Array.from({ length: 40 }, (_, n) => `boss${n}@${domain('acme', 'brussels')}`);
		group.users = [...(group.users ?? []), ...bosses.map((userId) => ({ userId }))];
		for (const boss of bosses) (group.callCenters?.[0].supervisors as Record<string, string[]>)[boss] = [];
		at.simulator.reset(many);
		const rows = bosses.map((boss) =>
			['acme', 'brussels', boss, `cc@${domain('acme', 'brussels')}`, agent(9, domain('acme', 'brussels'))].join(';'),
		);
		const landed = await at.sync({ csv: file(rows), token: TOKEN });
		expect(landed.status).toBe('error');
		expect(said(landed)).toMatch(
			/The platform forbids all changes, so nothing was written.*but not change them \(403\)/,
		);
		// Four answers, and those that were under way when the fifth came.
		expect(writes(at.simulator).length).toBeLessThanOrEqual(4 + 10);
		const continued = await at.sync({ csv: file(rows), token: TOKEN, node: { onError: 'continueRegularOutput' } });
		expect(continued.summary[0].json).toMatchObject({
			status: 'failed',
			reason: { code: 'forbidden' },
			counts: { adds: { done: 0 } },
		});
		expect(continued.summary[0].json.summary).toMatch(/^Failed, nothing written/);
	});
});

describe('a headline', () => {
	it('never says that something was applied if nothing was', async () => {
		const rows = teams('acme', 'brussels')
			.filter((row) => !row.includes('sup4'))
			.map((row) => row.replace('sup3', 'boss'));
		const landed = await at.sync({ csv: file(rows) });
		expect(landed.summary[0].json.status).toBe('partial');
		expect(landed.summary[0].json.markdown).toMatch(/^\*\*Nothing applied/);
	});
});
