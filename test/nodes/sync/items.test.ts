/** Several input items, each a run of its own: planned together, guarded together, and none of them against another. */

import { describe, expect, it } from '@jest/globals';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { WorldSpec } from '../../../simulator';
import { approved, harness } from './harness';
import { csvItem } from './engine';
import { supervised, writes } from './platform';

const CC = 'cc@acme.example';
const TEAMS = Array.from({ length: 10 }, (_, team) => team);
const boss = (team: number) => `boss${team}@acme.example`;
const agent = (team: number, n: number) => `agent${team}x${n}@acme.example`;
const members = (team: number, count: number) => Array.from({ length: count }, (_, n) => agent(team, n));

/** Ten supervisors with ten agents each. */
function world(): WorldSpec {
	const agents = TEAMS.flatMap((team) => members(team, 12));
	const supervisors = Object.fromEntries(TEAMS.map((team) => [boss(team), members(team, 10)]));
	const users = [...TEAMS.map(boss), ...agents].map((userId) => ({ userId }));
	return {
		tenants: [
			{
				tenantId: 'acme',
				groups: [{ groupId: 'brussels', users, callCenters: [{ serviceUserId: CC, agents, supervisors }] }],
			},
		],
	};
}

const at = harness(world);
const file = (...lists: Array<[team: number, agents: readonly string[]]>) =>
	[
		'supervisor;call center;agent',
		...lists.flatMap(([team, agents]) => agents.map((id) => [boss(team), CC, id].join(';'))),
	].join('\n');
const files = (count: number) => TEAMS.map((team) => csvItem(file([team, members(team, count)])));
const CSV = { source: 'csv' };
const GO_ON = { onError: 'continueRegularOutput' } as const;
const now = (team: number) => supervised(at.simulator, boss(team), CC);
const total = () => TEAMS.reduce((sum, team) => sum + now(team).length, 0);
const statuses = (items: INodeExecutionData[]) => items.map(({ json }) => json.status);

describe('guards over the whole execution', () => {
	it('stop ten files of one list each if one file with all would be stopped', async () => {
		const one = await at.sync({ csv: file(...TEAMS.map((team): [number, string[]] => [team, members(team, 7)])) });
		const ten = await at.sync({ items: files(7), parameters: CSV });
		for (const landed of [one, ten]) {
			expect(landed.status).toBe('error');
			expect(landed.error?.description).toMatch(/Too many removals.*: 30 of 100 members \(30 %\) would be removed/);
		}
		expect(ten.error?.description).toContain('in 10 runs together');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('do so under Continue On Fail as well, and in a plan', async () => {
		const landed = await at.sync({ items: files(7), parameters: CSV, node: GO_ON });
		expect(statuses(landed.summary)).toEqual(TEAMS.map(() => 'aborted'));
		const planned = await at.plan({ items: files(7), parameters: CSV });
		expect(statuses(planned.summary)).toEqual(TEAMS.map(() => 'aborted'));
		expect(total()).toBe(100);
	});

	it('hold the removals of all, and let the additions through', async () => {
		const items = TEAMS.map((team) => csvItem(file([team, [...members(team, 7), agent(team, 11)]])));
		const landed = await at.sync({ items, parameters: CSV, options: { onBreach: 'hold' } });
		expect(statuses(landed.summary)).toEqual(TEAMS.map(() => 'held'));
		expect(total()).toBe(110);
	});

	it('let through what is within them, one summary for each run', async () => {
		const landed = await at.sync({ items: files(9), parameters: CSV });
		expect(landed.summary.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual(
			TEAMS.map((item) => ['applied', [{ item }]]),
		);
		expect(total()).toBe(90);
	});

	it('count additions, and lists that are not shown', async () => {
		const more = TEAMS.map((team) => csvItem(file([team, members(team, 11)])));
		const landed = await at.sync({ items: more, parameters: CSV, options: { additionCountTotal: 5 } });
		expect(landed.error?.description).toContain('Too many additions in 10 runs together: 10 members');
		const unknown = TEAMS.map((team) =>
			csvItem(file([team, members(team, 11)]).replaceAll(team < 4 ? 'boss' : 'none', 'chief')),
		);
		const hidden = await at.sync({ items: unknown, parameters: CSV, node: GO_ON });
		expect(statuses(hidden.summary)).toEqual(TEAMS.map((team) => (team < 4 ? 'failed' : 'aborted')));
		expect(hidden.summary[5].json.reason).toMatchObject({
			message: expect.stringContaining('4 of the 10 lists that the source names'),
		});
		expect(total()).toBe(100);
	});

	it('hold for expressions that give each item its own rows', async () => {
		const items = TEAMS.map((team) => ({
			json: {
				rows: members(team, 7).map((id) => ({ supervisor: boss(team), 'call center': CC, agent: id })),
				tenant: 'acme',
			},
		}));
		const parameters = {
			source: 'json',
			rowsJson: '={{ $json.rows }}',
			tenantId: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' },
		} as INodeParameters;
		const landed = await at.sync({ items, parameters });
		expect(landed.error?.description).toMatch(/Too many removals/);
		expect(total()).toBe(100);
	});

	it('hold for several approved plans, and for several journals', async () => {
		const lenient = { removalPercentTotal: 100 };
		const planned = await at.plan({ items: files(7), parameters: CSV, options: lenient });
		const items = planned.summary.map(({ json, binary }) => ({
			json: { hash: json.planHash, removals: json.removalsToApprove },
			binary,
		}));
		const parameters = { approvedHash: '={{ $json.hash }}', approvedRemovals: '={{ $json.removals }}' };
		const refused = await at.applyPlan({ items, parameters });
		expect(refused.error?.description).toMatch(/Too many removals in 10 runs together: 30 of 100 members/);
		expect(total()).toBe(100);

		const applied = await at.applyPlan({ items, parameters, options: lenient });
		expect(statuses(applied.summary)).toEqual(TEAMS.map(() => 'applied'));
		expect(total()).toBe(70);
		const back = await at.rollBack({ items: applied.summary.map(({ binary }) => ({ json: {}, binary })) });
		expect(statuses(back.summary)).toEqual(TEAMS.map(() => 'applied'));

		const more = await at.sync({
			items: TEAMS.map((team) => csvItem(file([team, members(team, 12)]))),
			parameters: CSV,
		});
		const journals = more.summary.map(({ binary }) => ({ json: {}, binary }));
		const undone = await at.rollBack({ items: journals });
		expect(undone.error?.description).toMatch(/Too many removals in 10 runs together: 20 of 120 members/);
		expect(total()).toBe(120);
	});

	it('still applies one plan as approved', async () => {
		const planned = await at.plan({ csv: file([0, members(0, 9)]) });
		const landed = await at.applyPlan(approved(planned));
		expect(statuses(landed.summary)).toEqual(['applied']);
	});
});

describe('a list that several items name', () => {
	it('is written by none of them in the mode Mirror, because each would undo the other', async () => {
		const items = [
			csvItem(file([0, members(0, 10)], [1, members(1, 9)])),
			csvItem(file([0, [agent(0, 10)]])),
			csvItem(file([2, members(2, 9)])),
		];
		const failed = await at.sync({
			items,
			parameters: CSV,
			options: { removalPercentTotal: 100, removalPercentPerList: 100 },
		});
		expect(failed.status).toBe('error');
		expect(failed.error?.description).toContain(
			`Items 1 and 2 name the same list (supervisor ${boss(0)} in call center ${CC})`,
		);
		expect(writes(at.simulator)).toEqual([]);
		const landed = await at.sync({ items, parameters: CSV, options: { removalPercentPerList: 100 }, node: GO_ON });
		expect(statuses(landed.summary)).toEqual(['refused', 'refused', 'applied']);
		expect(now(0)).toEqual([...members(0, 10)].sort());
	});

	it('gets the additions of all of them in the mode Add Only', async () => {
		const items = [[10], [11], [10, 11]].map((numbers) => csvItem(file([0, numbers.map((n) => agent(0, n))])));
		const landed = await at.sync({ items, parameters: { ...CSV, mode: 'addOnly' } });
		expect(statuses(landed.summary)).toEqual(['applied', 'applied', 'unchanged']);
		expect(JSON.stringify(landed.changes)).not.toContain('Somebody else');
		expect(now(0)).toHaveLength(12);
	});

	it('loses no more to many items than to one in the mode Remove Only', async () => {
		const items = [0, 1, 2, 3].map((n) => csvItem(file([0, [agent(0, n)]])));
		const landed = await at.sync({ items, parameters: { ...CSV, mode: 'removeOnly' } });
		expect(landed.error?.description).toMatch(/Too many removals: 4 of its 10 agents/);
		expect(now(0)).toHaveLength(10);
		await at.sync({ items: items.slice(0, 3), parameters: { ...CSV, mode: 'removeOnly' } });
		expect(now(0)).toHaveLength(7);
	});

	it('keeps the additions of every item if a list can only be written whole', async () => {
		const rows = (n: number, callCenter: string) => csvItem(`agent;call center\n${agent(n, 0)};${callCenter}`);
		const spec = world();
		spec.tenants[0].groups[0].callCenters?.push(
			{ serviceUserId: 'a@acme.example' },
			{ serviceUserId: 'b@acme.example' },
		);
		at.simulator.reset(spec);
		const parameters = { ...CSV, kind: 'agentCallCenters', mode: 'addOnly' };
		await at.sync({ items: [rows(0, 'a@acme.example'), rows(0, 'b@acme.example')], parameters });
		const list = at.simulator.state().agentCallCenters.find(({ userId }) => userId === agent(0, 0));
		expect([...(list?.members ?? [])].sort()).toEqual(['a@acme.example', 'b@acme.example', CC]);
	});
});

describe('a run that cannot begin, under Continue On Fail', () => {
	const fails = (otherwise: string) => `={{ $json.fail ? $('No Such Node').first().json.x : ${otherwise} }}`;
	const items = [true, false, true].map((fail, team) => ({
		...csvItem(file([team, members(team, 9)])),
		json: { fail },
	}));

	it.each<[string, string, INodeParameters]>([
		['an expression in Options fails', "Referenced node doesn't exist", { removalCountTotal: fails('10') }],
		[
			'a limit is no number',
			"The option 'Maximum Removals in Total' must be a whole number of at least 0",
			{ removalCountTotal: '={{ $json.fail ? undefined : 10 }}' },
		],
		[
			'a number is out of bounds',
			"The option 'Parallel Lists' must be a whole number from 1 to 10 Correct its expression, which gives 11 here",
			{ concurrency: '={{ $json.fail ? 11 : 10 }}' },
		],
		[
			'a switch is text',
			"The option 'Allow Clearing Lists' must be true or false",
			{ allowClear: '={{ $json.fail ? "false" : false }}' },
		],
	])('is an error item if %s, and the other items go on', async (_name, message, options) => {
		const run = { items, parameters: CSV, options };
		const landed = await at.sync({ ...run, node: GO_ON });
		expect(landed.error).toBeUndefined();
		expect(landed.summary.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['refused', [{ item: 0 }]],
			['applied', [{ item: 1 }]],
			['refused', [{ item: 2 }]],
		]);
		expect(landed.summary[0].json.reason).toMatchObject({ code: 'notRun', message: expect.stringContaining(message) });
		expect(TEAMS.map((team) => now(team).length)).toEqual([10, 9, 10, 10, 10, 10, 10, 10, 10, 10]);

		const errors = await at.sync({ ...run, node: { onError: 'continueErrorOutput' } });
		expect(errors.errors.map(({ json }) => json.error)).toEqual(
			Array.from({ length: 2 }, () => 'The run could not begin, so nothing was written'),
		);
	});

	it('throws before anything is written under Stop Workflow', async () => {
		const landed = await at.sync({
			items: items.slice(1),
			parameters: CSV,
			options: { removalCountTotal: fails('10') },
		});
		expect(landed.status).toBe('error');
		expect(writes(at.simulator)).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['the tenant', { tenantId: { __rl: true, mode: 'id', value: fails('"acme"') } }],
		['the file', { binaryPropertyName: '={{ $json.fail ? "nothing" : "data" }}' }],
	])('is an error item if %s cannot be read', async (_name, parameters) => {
		const landed = await at.sync({ items, parameters: { ...CSV, ...parameters }, node: GO_ON });
		expect(landed.error).toBeUndefined();
		expect(statuses(landed.summary)).toEqual(['refused', 'applied', 'refused']);
	});

	it.each(['operation', 'source'])(
		'is an error item for each item if the parameter %s cannot be read',
		async (name) => {
			const landed = await at.sync({ items, parameters: { ...CSV, [name]: fails('"sync"') }, node: GO_ON });
			expect(landed.error).toBeUndefined();
			expect(statuses(landed.summary)).toEqual(['refused', 'refused', 'refused']);
		},
	);
});
