import { describe, expect, it } from '@jest/globals';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { harness } from './harness';
import { csvItem } from './engine';
import { ANNA, BRAM, SALES, SUPPORT, csv, listRows } from './platform';

const at = harness();

describe('hints above the output', () => {
	it('begin with what was done, because the editor opens the summary at its files', async () => {
		const { hints, summary } = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) });
		expect(hints).toEqual([{ type: 'info', location: 'outputPane', message: summary[0].json.summary }]);
		expect(Object.keys(summary[0].binary ?? {})[0]).toBe('report');
	});

	it('say how much was held back, and which limit was exceeded', async () => {
		const harsh = csv([...listRows(ANNA, SUPPORT, [1]), ...listRows(BRAM, SUPPORT, [5, 6])]);
		const { hints } = await at.sync({ csv: harsh, options: { onBreach: 'hold' } });
		expect(hints.map(({ type }) => type)).toEqual(['warning', 'warning']);
		expect(hints[1].message).toMatch(/^3 changes held back for safety\. .*remov/);
	});

	it('show ids as text, although the editor shows hints as HTML', async () => {
		const { hints } = await at.sync({
			csv: csv([[ANNA, '<b>&co', 'x@acme.example']]),
			parameters: {},
			node: { onError: 'continueRegularOutput' },
		});
		expect(hints.every(({ message }) => !message.includes('<b>'))).toBe(true);
	});

	it("say that the platform's request limit set the pace", async () => {
		at.simulator.setSettings({ quota: { rate: 4, burst: 2 } });
		const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5, 6]), ...listRows(BRAM, SUPPORT, [5, 6])]);
		const { hints } = await at.sync({ csv: file, options: { maxEntries: 1 } });
		expect(hints.map(({ message }) => message).join('\n')).toMatch(
			/set the pace: about [\d.]+ requests a second; the node may send 1000|made the run wait for/,
		);
	});

	it('name answers that were slow', async () => {
		at.simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 5_200 }, match: { method: 'GET' }, nth: 1 }] });
		const { hints } = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) });
		expect(hints.map(({ message }) => message)).toContain('1 answer of the platform took longer than five seconds.');
	});

	it('name the line of a rejected row, with its message if it is the only one', async () => {
		const rows = listRows(BRAM, SUPPORT, [5, 6]);
		const one = await at.sync({ csv: `${csv([...rows, [BRAM, SUPPORT, '1.2E+5']])}\n` });
		expect(one.hints[1].message).toMatch(
			/^1 row rejected \(line 4\)\. agent: "1\.2E\+5" is a value that a spreadsheet has/,
		);
		const two = await at.sync({ csv: csv([[BRAM, SUPPORT, '3.4E+5'], ...rows, [BRAM, SUPPORT, '1.2E+5']]) });
		expect(two.hints[1].message).toMatch(/^2 rows rejected \(lines 2 and 5\): see the output 'Rejected'\./);
	});

	it('name the line of a change that could not be made, and of an encoding that was assumed', async () => {
		const rows = [...listRows(BRAM, SUPPORT, [5]), [BRAM, SUPPORT, 'ghost@acme.example']];
		const { hints } = await at.sync({ csv: csv(rows) });
		expect(hints[1].message).toMatch(/^1 change could not be made \(line 3\)\. /);
		const latin = Buffer.from(
			csv([...listRows(BRAM, SUPPORT, [5]), [BRAM, SUPPORT, 'ren\xe9@acme.example']]),
			'latin1',
		);
		const read = await at.sync({ items: [csvItem(latin)], parameters: { source: 'csv' } });
		expect(read.hints.map(({ message }) => message).join('\n')).toMatch(/Line 3: .*Windows-1252/);
	});

	it('are three at most, the worst first, however many items and findings there are', async () => {
		const bad = [
			[ANNA, 'nowhere@acme.example', 'x@acme.example'],
			...listRows(ANNA, SUPPORT, [1]),
			[BRAM, SUPPORT, '1E+5'],
		];
		const good = listRows(BRAM, SUPPORT, [5]);
		const items = [csv(good), csv(bad), csv([...listRows(ANNA, SALES, [1]), [ANNA, SALES, '2E+5']])].map((text) =>
			csvItem(text),
		);
		const { hints } = await at.sync({ items, parameters: { source: 'csv', mode: 'addOnly' } });
		expect(hints).toHaveLength(3);
		expect(hints.map(({ type }) => type)).toEqual(['warning', 'warning', 'warning']);
		expect(hints[0].message).toMatch(/^Item 2 of 3: /);
		const node = { onError: 'continueRegularOutput', retryOnFail: true } as const;
		const refused = await at.sync({ csv: '', node });
		expect(refused.hints.map(({ type }) => type)).toEqual(['danger', 'info']);
	});
});

describe('no hint of a Plan speaks of writing', () => {
	const WRITING = /writ|wrote|nothing (?:was )?applied|could not be (?:made|done)/i;
	const row = [BRAM, SUPPORT, '1.2E+5'];

	it.each<[string, string[][], Record<string, string>]>([
		['nothing to change', listRows(BRAM, SUPPORT, [5]), {}],
		['changes', listRows(BRAM, SUPPORT, [5, 6]), {}],
		['rejected rows', [...listRows(BRAM, SUPPORT, [5, 6]), row], {}],
		['nobody who exists', [...listRows(BRAM, SUPPORT, [5]), [BRAM, SUPPORT, 'ghost@acme.example']], {}],
		['a list that is not there', [...listRows(BRAM, SUPPORT, [5]), [BRAM, 'no@acme.example', row[0]]], {}],
		['a guard that stops it', listRows(ANNA, SUPPORT, [1]), {}],
		['a guard that holds removals', listRows(ANNA, SUPPORT, [1]), { onBreach: 'hold' }],
		['no row that can be used', [row], {}],
		['no list that is shown', [[BRAM, 'no@acme.example', ANNA]], {}],
	])('%s', async (_, rows, options) => {
		const { hints } = await at.plan({ csv: csv(rows), options, node: { onError: 'continueRegularOutput' } });
		expect(hints.length).toBeGreaterThan(0);
		for (const { message } of hints) expect(message).not.toMatch(WRITING);
	});

	it('nor does the one that is shown before it runs', () => {
		const shown = new ApioCallCenterSync().description.hints ?? [];
		expect(shown).toHaveLength(1);
		for (const { message } of shown) expect(message).not.toMatch(WRITING);
	});
});
