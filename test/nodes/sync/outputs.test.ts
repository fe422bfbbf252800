/** Items as the editor's table shows them: the fields in their order, and nothing in red. */

import { describe, expect, it } from '@jest/globals';
import type { INodeExecutionData } from 'n8n-workflow';
import { harness, type Case } from './harness';
import type { Landed } from './engine';
import { ANNA, BRAM, SALES, SUPPORT, csv, listRows } from './platform';

const at = harness();

const CHANGING = csv([
	...listRows(BRAM, SUPPORT, [5, 6]),
	[BRAM, SUPPORT, 'ghost@acme.example'],
	[ANNA, SALES, '1E+5'],
]);

function fieldsOf([item]: INodeExecutionData[]): string[] {
	return Object.keys(item.json);
}

/** Where in the items of all outputs there is a null. */
function nulls({ summary, changes, rejected }: Landed): string[] {
	const within = (value: unknown, path: string): string[] => {
		if (value === null) return [path];
		if (typeof value !== 'object') return [];
		return Object.entries(value).flatMap(([key, inner]) => within(inner, `${path}.${key}`));
	};
	return Object.entries({ summary, changes, rejected }).flatMap(([name, items]) =>
		items.flatMap(({ json }) => within(json, name)),
	);
}

it('a change begins with its outcome and its members, then the list', async () => {
	const { changes } = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) });
	expect(fieldsOf(changes)).toEqual([
		...['outcome', 'adds', 'removes', 'held', 'supervisor', 'callCenter', 'kind', 'tenant', 'group'],
		...['strategy', 'reason', 'changedBySomebodyElse', 'requests'],
	]);
});

it('a change that failed has the reason right after its outcome', async () => {
	const { changes } = await at.sync({
		csv: csv([...listRows(BRAM, SUPPORT, [5, 6]), [BRAM, 'no@acme.example', ANNA]]),
	});
	const missing = changes.find(({ json }) => json.outcome !== 'applied');
	expect(Object.keys(missing?.json ?? {}).slice(0, 5)).toEqual(['outcome', 'code', 'message', 'adds', 'removes']);
});

it('an unchanged list begins with its outcome, too', async () => {
	const given = { csv: csv(listRows(BRAM, SUPPORT, [5])), options: { includeUnchanged: true } };
	expect(fieldsOf((await at.sync(given)).changes).slice(0, 3)).toEqual(['outcome', 'supervisor', 'callCenter']);
});

describe('no field is null', () => {
	const onError = 'continueRegularOutput' as const;

	it.each<[string, Case]>([
		['changes, failures and rejected rows', { csv: CHANGING }],
		['nothing to change', { csv: csv(listRows(BRAM, SUPPORT, [5])) }],
		['a guard that stops it', { csv: csv(listRows(ANNA, SUPPORT, [1])), options: { whenStopped: 'summary' } }],
		['a guard that holds removals', { csv: csv(listRows(ANNA, SUPPORT, [1])), options: { onBreach: 'hold' } }],
		['a source that is refused', { csv: 'a;b\n', node: { onError } }],
		['an option that is refused', { csv: CHANGING, options: { concurrency: 99 }, node: { onError } }],
	])('%s', async (_, given) => {
		expect(nulls(await at.sync(given))).toEqual([]);
		expect(nulls(await at.plan(given))).toEqual([]);
	});

	it('in an export and in Remove Everywhere', async () => {
		expect(nulls(await at.exportLists({ parameters: { supervisorIds: ANNA } }))).toEqual([]);
		expect(nulls(await at.removeEverywhere({ items: [{ json: { agent: 'ghost@acme.example' } }] }))).toEqual([]);
	});
});

it('the summary leaves out fields without a value, and keeps the others', async () => {
	const [{ json: refused }] = (await at.sync({ csv: 'a;b\n', node: { onError: 'continueRegularOutput' } })).summary;
	expect(refused).toMatchObject({ status: 'refused', reason: { code: 'missingColumn' } });
	for (const name of ['planHash', 'removalsToApprove', 'validUntil', 'forecast'])
		expect(refused).not.toHaveProperty(name);
	const [{ json: planned }] = (await at.plan({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) })).summary;
	expect(planned).toMatchObject({ removalsToApprove: 0, forecast: {}, guards: { verdict: 'pass', breaches: [] } });
	expect(planned).not.toHaveProperty('reason');
});
