import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../../lib/sync';
import { planHash } from '../../../lib/sync/documents/plan-hash';
import { harness } from './harness';
import { csvItem, fileText } from './engine';
import { ANNA, BRAM, SALES, SUPPORT, agent, callCentersOf, csv, listRows, supervised, writes } from './platform';

const at = harness();

describe('Sync from a CSV file', () => {
	const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 5]), ...listRows(ANNA, SALES, [6])]);

	it('changes the named lists to the source, and no others', async () => {
		const landed = await at.sync({ csv: file });
		expect(landed.error).toBeUndefined();
		expect(landed.summary).toHaveLength(1);
		expect(landed.summary[0].json).toMatchObject({
			operation: 'sync',
			status: 'applied',
			counts: {
				lists: { toChange: 1, changed: 1, unchanged: 1 },
				adds: { planned: 1, done: 1 },
				removes: { planned: 1, done: 1 },
				rejectedRows: 0,
			},
			guards: { verdict: 'pass', breaches: [] },
		});
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 5].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([agent(5)]);
	});

	it('sends what it forecast, and says so', async () => {
		const { summary } = await at.sync({ csv: file });
		const { forecast, happened } = summary[0].json as {
			forecast: { requests: number };
			happened: { requests: number };
		};
		expect(happened.requests).toBe(forecast.requests);
		expect(summary[0].json.summary).toContain('as forecast');
		expect(at.simulator.stats().requests).toBe(happened.requests);
	});

	it('returns plan, journal and report as files', async () => {
		const [{ binary, json }] = (await at.sync({ csv: file })).summary;
		expect(Object.keys(binary ?? {}).sort()).toEqual(['journal', 'plan', 'report']);
		expect(JSON.parse(fileText(binary, 'plan'))).toMatchObject({ format: 'n8n-nodes-apio/plan', hash: json.planHash });
		expect(JSON.parse(fileText(binary, 'journal'))).toMatchObject({
			format: 'n8n-nodes-apio/journal',
			planHash: json.planHash,
		});
		expect(fileText(binary, 'report')).toMatch(/^<!DOCTYPE html>/);
		expect(binary?.report.mimeType).toBe('text/html');
		expect(json).not.toHaveProperty('error');
		expect(json).not.toHaveProperty('plan');
	});

	it('has an item for each changed list, and for unchanged ones if the option is set', async () => {
		const landed = await at.plan({ csv: file, options: { includeUnchanged: true } });
		expect(landed.changes.map(({ json }) => [json.supervisor, json.callCenter, json.outcome])).toEqual([
			[ANNA, SUPPORT, 'planned'],
			[ANNA, SALES, 'unchanged'],
		]);
		expect(landed.changes[0].json).toMatchObject({ adds: [{ id: agent(5) }], removes: [{ id: agent(4) }] });
		expect((await at.plan({ csv: file })).changes).toHaveLength(1);
	});

	it('changes nothing the second time', async () => {
		await at.sync({ csv: file });
		const before = writes(at.simulator).length;
		const again = await at.sync({ csv: file });
		expect(again.summary[0].json).toMatchObject({ status: 'unchanged' });
		expect(writes(at.simulator)).toHaveLength(before);
		expect(again.changes).toEqual([]);
	});

	it('makes a run of each file', async () => {
		const items = [
			csvItem(csv(listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5]))),
			csvItem(csv(listRows(BRAM, SUPPORT, [5, 6]))),
		];
		const landed = await at.sync({ items, parameters: { source: 'csv' } });
		expect(landed.summary.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 1 }]]);
		expect(landed.changes.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 1 }]]);
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('takes columns by hand, and ids without a domain', async () => {
		const text = 'Chef|Warteraum|Kraft\nanna.supervisor|sales|agent6\nanna.supervisor|sales|agent7';
		const columns = {
			column: [
				{ name: 'Chef', field: 'supervisor' },
				{ name: 'Warteraum', field: 'callCenter' },
				{ name: 'Kraft', field: 'agent' },
			],
		};
		const landed = await at.sync({ csv: text, options: { columns, defaultDomain: '@acme.example', delimiter: '|' } });
		expect(landed.error).toBeUndefined();
		expect(supervised(at.simulator, ANNA, SALES)).toEqual([6, 7].map(agent));
	});

	it('sends no more entries in one request than allowed', async () => {
		await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [1, 2, 3, 4, 5, 6, 7])), options: { maxEntries: 2 } });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([1, 2, 3, 4, 5, 6, 7].map(agent));
		for (const { body } of writes(at.simulator))
			expect(Object.values(JSON.parse(body) as Record<string, string[]>)[0].length).toBeLessThanOrEqual(2);
	});

	it('saves people time, and says how much', async () => {
		expect((await at.sync({ csv: file })).timeSaved).toBe(1);
	});
});

describe('Sync from input items', () => {
	const items = [
		{ json: { Supervisor: BRAM, 'Call Center': SUPPORT, Agent: agent(5) } },
		{ json: { Supervisor: BRAM, 'Call Center': SUPPORT, Agent: agent(6) } },
		{ json: { Supervisor: ANNA, 'Call Center': SALES, Agent: agent(6) } },
		{ json: { Supervisor: ANNA, 'Call Center': SALES, Agent: '' } },
	];

	it('reads all items as one source, and pairs output items with input items', async () => {
		const landed = await at.sync({ items });
		expect(landed.summary).toHaveLength(1);
		expect(landed.summary[0].pairedItem).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		expect(landed.changes.map(({ json, pairedItem }) => [json.supervisor, pairedItem])).toEqual([
			[BRAM, [{ item: 0 }, { item: 1 }]],
		]);
		expect(landed.rejected.map(({ json, pairedItem }) => [json.line, pairedItem])).toEqual([[4, { item: 3 }]]);
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('plans the same as from a file', async () => {
		const rows = items.slice(0, 3).map(({ json }) => Object.values(json));
		const options = { includeDocuments: true };
		const fromFile = await at.plan({ csv: csv(rows), options });
		const fromItems = await at.plan({ items: items.slice(0, 3).reverse(), options });
		const [one, other] = [fromFile, fromItems].map(({ summary }) => summary[0].json.plan as unknown as Plan);
		expect(planHash({ ...other, validUntil: one.validUntil })).toBe(one.hash);
	});
});

describe('Sync from rows as JSON', () => {
	const rows = [
		{ supervisor: BRAM, callCenter: SUPPORT, agent: [agent(5), agent(6)] },
		{ supervisor: ANNA, callCenter: SALES, agent: '' },
	];

	it.each([
		['text', JSON.stringify(rows)],
		['a list from an expression', `={{ ${JSON.stringify(rows)} }}`],
	])('reads %s', async (_name, rowsJson) => {
		const landed = await at.sync({ parameters: { source: 'json', rowsJson } });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		expect(landed.rejected.map(({ json, pairedItem }) => [json.line, pairedItem])).toEqual([[2, [{ item: 0 }]]]);
	});

	it('refuses a value that is no list of rows', async () => {
		for (const rowsJson of ['[1, 2]', '[{]']) {
			const landed = await at.sync({ parameters: { source: 'json', rowsJson } });
			expect(landed.error?.description).toContain("'Rows'");
		}
	});
});

describe('modes', () => {
	it.each([
		['addOnly', [1, 2, 3, 4, 5]],
		['removeOnly', [2, 3, 4]],
		['mirror', [1, 5]],
	])('%s', async (mode, expected) => {
		const file = csv(listRows(ANNA, SUPPORT, [1, 5]));
		await at.sync({
			csv: file,
			parameters: { mode },
			options: { removalPercentPerList: 100, removalPercentTotal: 100 },
		});
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual(expected.map(agent));
	});

	it('as the action column says', async () => {
		const rows = [
			[ANNA, SUPPORT, agent(5), 'add'],
			[ANNA, SUPPORT, agent(1), 'remove'],
		];
		await at.sync({
			csv: csv(rows, ['supervisor', 'call center', 'agent', 'action']),
			parameters: { mode: 'actionColumn' },
		});
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([2, 3, 4, 5].map(agent));
	});
});

describe('call centers of agents', () => {
	it('assigns and unassigns by the complete list', async () => {
		const text = `agent,call center\n${agent(8)},${SUPPORT}\n${agent(8)},${SALES}`;
		const landed = await at.sync({ csv: text, parameters: { kind: 'agentCallCenters' } });
		expect(landed.error).toBeUndefined();
		expect(landed.changes[0].json).toMatchObject({
			kind: 'agentCallCenters',
			agent: agent(8),
			strategy: 'replace',
			outcome: 'applied',
		});
		expect(callCentersOf(at.simulator, agent(8))).toEqual([SALES, SUPPORT].sort());
	});
});

describe('assigning to the call center first', () => {
	it('puts the agent in the call center, then under the supervisor', async () => {
		const landed = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 8])), options: { assignFirst: true } });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
		expect(landed.summary[0].json.summary).toContain('1 agent assigned first');
		expect(callCentersOf(at.simulator, agent(8))).toEqual([SUPPORT]);
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 8].map(agent));
	});

	it('without it the platform refuses the agent, and the rest goes on', async () => {
		const landed = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6, 8])) });
		expect(landed.summary[0].json).toMatchObject({
			status: 'partial',
			counts: { adds: { planned: 2, done: 1 }, rejectedChanges: 1 },
		});
		expect(landed.rejected.map(({ json }) => json)).toMatchObject([
			{ type: 'member', line: 4, member: agent(8), change: 'add', outcome: 'rejected' },
		]);
		expect(landed.rejected[0].json.whatToDo).toMatch(/run again/);
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});
});

describe('rejected rows', () => {
	const file = csv([
		...listRows(ANNA, SUPPORT, [1, 2, 3, 5]),
		[ANNA, SUPPORT, '1.23E+11'],
		...listRows(BRAM, SUPPORT, [5, 6]),
	]);

	it('hold the removals of their list, come out with line and advice, and can be fed back in', async () => {
		const landed = await at.sync({ csv: file });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4, 5].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		expect(landed.rejected[0].json).toMatchObject({
			type: 'row',
			line: 6,
			code: 'mangledId',
			row: { agent: '1.23E+11' },
		});
		expect(landed.hints.map(({ message }) => message).join('\n')).toMatch(
			/1 row rejected[\s\S]*held back|held back[\s\S]*1 row rejected/,
		);

		const corrected = fileText(landed.summary[0].binary, 'rejectedRows').replace('1.23E+11', agent(6));
		const again = await at.sync({ csv: corrected, parameters: { mode: 'actionColumn' } });
		expect(again.summary[0].json).toMatchObject({ status: 'applied', counts: { adds: { done: 1 } } });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4, 5, 6].map(agent));
	});

	const named = ['code', 'line', 'message', 'constructor', '__proto__', 'supervisor', 'call center', 'agent', 'action'];
	const naughty = csv(
		[
			['C1', 'L1', 'M1', 'K1', 'P1', BRAM, SUPPORT, '#N/A', '+'],
			['C2', 'L2', 'M2', 'K2', 'P2', ANNA, SUPPORT, '#N/A', '-'],
		],
		named,
	);

	it('keep columns and actions of any name, and their CSV carries out the actions', async () => {
		const good = csv([['C3', 'L3', 'M3', 'K3', 'P3', BRAM, SUPPORT, agent(5), '+']], named);
		const landed = await at.sync({
			csv: good + naughty.slice(naughty.indexOf('\n')),
			parameters: { mode: 'actionColumn' },
		});
		expect(landed.error).toBeUndefined();
		expect(landed.rejected.map(({ json }) => Object.entries(json.row as object))).toEqual([
			[
				['code', 'C1'],
				['line', 'L1'],
				['message', 'M1'],
				['constructor', 'K1'],
				['__proto__', 'P1'],
				['supervisor', BRAM],
				['call center', SUPPORT],
				['agent', '#N/A'],
				['action', '+'],
			],
			[
				['code', 'C2'],
				['line', 'L2'],
				['message', 'M2'],
				['constructor', 'K2'],
				['__proto__', 'P2'],
				['supervisor', ANNA],
				['call center', SUPPORT],
				['agent', '#N/A'],
				['action', '-'],
			],
		]);
		const corrected = fileText(landed.summary[0].binary, 'rejectedRows')
			.replace(`${BRAM};${SUPPORT};#N/A`, `${BRAM};${SUPPORT};${agent(6)}`)
			.replace(`${ANNA};${SUPPORT};#N/A`, `${ANNA};${SUPPORT};${agent(1)}`);
		const again = await at.sync({ csv: corrected, parameters: { mode: 'actionColumn' } });
		expect(again.summary[0].json).toMatchObject({
			status: 'applied',
			counts: { adds: { done: 1 }, removes: { done: 1 }, rejectedRows: 0 },
		});
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([2, 3, 4].map(agent));
	});

	it('are one however many members of them are bad: in the counts, the line, the output and the file', async () => {
		const landed = await at.sync({ csv: csv([[BRAM, SUPPORT, `"${agent(5)}; #N/A; 1.2E+11; x@@y"`]]) });
		const [{ json, binary }] = landed.summary;
		expect(json).toMatchObject({ counts: { rejectedRows: 1 } });
		expect(json.summary).toContain('1 row rejected');
		expect(landed.rejected).toHaveLength(1);
		for (const bad of ['#N/A', '1.2E+11', 'x@@y']) expect(landed.rejected[0].json.message).toContain(bad);
		expect(fileText(binary, 'rejectedRows').trim().split('\r\n')).toHaveLength(2);
	});

	it(
		'may come from a source with columns called line, code and message, which names whole lists like any ' + 'other',
		async () => {
			const file = csv(
				[[BRAM, SUPPORT, agent(6), '1', 'x', 'hello']],
				['supervisor', 'call center', 'agent', 'line', 'code', 'message'],
			);
			const landed = await at.sync({ csv: file, options: { removalPercentPerList: 100, removalPercentTotal: 100 } });
			expect(landed.error).toBeUndefined();
			expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([agent(6)]);
		},
	);

	it('are never read as whole lists', async () => {
		const landed = await at.sync({ csv: file });
		const before = writes(at.simulator).length;
		const again = await at.sync({ csv: fileText(landed.summary[0].binary, 'rejectedRows') });
		expect(again.error?.description).toMatch(/Use Action Column/);
		expect(writes(at.simulator)).toHaveLength(before);
	});
});

describe('forms of the source', () => {
	it('takes tenant, group and call center from columns, or the call center from the settings', async () => {
		const named =
			'tenant,group,supervisor,call ' +
			`center,agent\nacme,brussels,${BRAM},${SUPPORT},${agent(5)}\nacme,brussels,${BRAM},${SUPPORT},${agent(6)}`;
		const nothing = { __rl: true, mode: 'list', value: '' };
		await at.sync({ csv: named, parameters: { tenantId: nothing, groupId: nothing } });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		const callCenterId = { __rl: true, mode: 'id', value: SALES };
		await at.sync({ csv: `supervisor,agent\n${ANNA},${agent(6)}\n${ANNA},${agent(7)}`, parameters: { callCenterId } });
		expect(supervised(at.simulator, ANNA, SALES)).toEqual([6, 7].map(agent));
	});

	it('reads Windows-1252, and says so', async () => {
		const text = Buffer.from(`supervisor;call center;agent;nom\n${BRAM};${SUPPORT};${agent(5)};Ren\u00e9`, 'latin1');
		const landed = await at.plan({ items: [csvItem(text)], parameters: { source: 'csv' } });
		expect(landed.hints.some(({ message }) => /Windows-1252/.test(message))).toBe(true);
	});

	it('has plan and journal in the summary if the option is set', async () => {
		const landed = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])), options: { includeDocuments: true } });
		expect(landed.summary[0].json).toMatchObject({
			plan: { format: 'n8n-nodes-apio/plan' },
			journal: { format: 'n8n-nodes-apio/journal' },
		});
	});
});
