/** Where the memory of `readLists: changed` is kept between executions. */

import { describe, expect, it } from '@jest/globals';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { harness } from './harness';
import { csvItem, fileText } from './engine';
import { ANNA, BRAM, SUPPORT, agent, csv, listRows } from './platform';

const at = harness();

const LISTS = [
	[ANNA, [1, 2, 3, 4]],
	[BRAM, [5]],
] as const;
const rowsOf = (lists: typeof LISTS) =>
	lists.flatMap(([supervisor, agents]) => listRows(supervisor, SUPPORT, [...agents]));
const same = csv(rowsOf(LISTS));
const GHOST = 'ghost@acme.example';
const CHANGED = { readLists: 'changed' };

const reads = () => at.simulator.requests().filter(({ method }) => method === 'GET').length;

describe('reading only changed lists', () => {
	it('keeps its memory in the workflow, and reads less in the next execution', async () => {
		const staticData: IDataObject = {};
		const first = await at.sync({ csv: same, options: CHANGED, staticData });
		expect(first.summary[0].json).toMatchObject({ status: 'unchanged', counts: { lists: { notRead: 0 } } });
		const before = reads();
		const second = await at.sync({ csv: same, options: CHANGED, staticData });
		expect(second.summary[0].json.summary).toContain('1 unchanged, 1 not read');
		expect(reads() - before).toBe(1);
		expect(fileText(second.summary[0].binary, 'report')).toContain('was not read, because an earlier run left');
		const bound = await at.sync({ csv: same, options: { ...CHANGED, lookEvery: 1 }, staticData });
		expect(bound.summary[0].json).toMatchObject({ counts: { lists: { notRead: 0 } } });
	});

	it('takes it from a file that the workflow passes back, and stores nothing in the workflow', async () => {
		const staticData: IDataObject = {};
		const options = { ...CHANGED, memoryField: 'memory' };
		const first = await at.sync({ csv: same, options, staticData });
		const { memory } = first.summary[0].binary!;
		expect(JSON.stringify(staticData)).not.toContain('memories');
		const item: INodeExecutionData = csvItem(same);
		const before = reads();
		const second = await at.sync({
			items: [{ ...item, binary: { ...item.binary, memory } }],
			parameters: { source: 'csv' },
			options,
		});
		expect(second.summary[0].json).toMatchObject({ status: 'unchanged', counts: { lists: { notRead: 1 } } });
		expect(reads() - before).toBe(1);
	});

	it('reads an empty file as no memory, because a store returns one before the first run', async () => {
		const item = csvItem(same);
		const memory = { data: Buffer.from('\n').toString('base64'), mimeType: 'application/json' };
		const first = await at.sync({
			items: [{ ...item, binary: { ...item.binary, memory } }],
			parameters: { source: 'csv' },
			options: { ...CHANGED, memoryField: 'memory' },
		});
		expect(first.summary[0].json.status).toBe('unchanged');
		expect(String(first.summary[0].json.markdown)).not.toContain('memory of the last run is damaged');
	});

	it('compares the source with the last one in the file if the workflow keeps nothing', async () => {
		const options = { ...CHANGED, memoryField: 'memory' };
		const run = async (text: string, memory?: IBinaryData) => {
			const item = csvItem(text);
			return await at.sync({
				items: [{ ...item, binary: { ...item.binary, ...(memory ? { memory } : {}) } }],
				parameters: { source: 'csv' },
				options: { ...options, whenStopped: 'summary' },
			});
		};
		const half = csv(rowsOf(LISTS).slice(0, 3));
		const first = await run(same);
		const stopped = await run(half, first.summary[0].binary!.memory);
		expect(stopped.summary[0].json).toMatchObject({ status: 'aborted' });
		expect(String(stopped.summary[0].json.markdown)).toContain('The source shrank: 3 rows against 5');
		expect((await run(half)).summary[0].json).toMatchObject({ status: 'applied' });
	});

	it('reads everything if the file is damaged, and says so', async () => {
		const first = await at.sync({ csv: same, options: { ...CHANGED, memoryField: 'memory' } });
		const item = csvItem(same);
		const memory = { ...first.summary[0].binary!.memory, data: Buffer.from('{"format":').toString('base64') };
		const second = await at.sync({
			items: [{ ...item, binary: { ...item.binary, memory } }],
			parameters: { source: 'csv' },
			options: { ...CHANGED, memoryField: 'memory' },
		});
		expect(second.summary[0].json).toMatchObject({ counts: { lists: { notRead: 0, unchanged: 2 } } });
		expect(String(second.summary[0].json.markdown)).toContain('memory of the last run is damaged');
	});

	it('plans by the memory of the last sync, and keeps none of its own', async () => {
		const staticData: IDataObject = {};
		await at.sync({ csv: same, options: CHANGED, staticData });
		const kept = JSON.stringify(staticData);
		const planned = await at.plan({ csv: same, options: { ...CHANGED, includeUnchanged: true }, staticData });
		expect(planned.changes.map(({ json }) => json.outcome).sort()).toEqual(['notRead', 'unchanged']);
		expect(planned.summary[0].binary).not.toHaveProperty('memory');
		expect(JSON.stringify(staticData)).toBe(kept);
	});

	it('keeps a member in Rejected whom the platform refuses run after run, without asking each time', async () => {
		const staticData: IDataObject = {};
		const more = csv([...rowsOf(LISTS), [BRAM, SUPPORT, GHOST]]);
		const writes = () => at.simulator.requests().filter(({ method }) => method === 'POST').length;
		const runs: Array<[string, number]> = [];
		for (let run = 0; run < 6; run++) {
			const before = writes();
			const { rejected } = await at.sync({ csv: more, options: CHANGED, staticData });
			expect(rejected).toMatchObject([{ json: { code: 'broadsoft-4008', member: GHOST, change: 'add' } }]);
			runs.push([String(rejected[0].json.message), writes() - before]);
		}
		expect(runs.slice(0, 3).map(([, sent]) => sent)).toEqual([1, 1, 1]);
		const apart = runs.slice(3).filter(([, sent]) => sent === 0);
		expect(apart.length).toBeGreaterThanOrEqual(2);
		for (const [message] of apart)
			expect(message).toMatch(/^Not tried in this run, because .* in \d runs\..* in \d+ runs? or a week /);
	});

	it('reads a list whose rows changed', async () => {
		const staticData: IDataObject = {};
		await at.sync({ csv: same, options: CHANGED, staticData });
		const more = csv([...rowsOf(LISTS), ...listRows(BRAM, SUPPORT, [7])]);
		const second = await at.sync({ csv: more, options: CHANGED, staticData });
		expect(second.summary[0].json).toMatchObject({ status: 'applied', counts: { adds: { done: 1 } } });
		expect(at.simulator.changes().at(-1)).toMatchObject({ userId: BRAM, added: [agent(7)] });
	});
});
