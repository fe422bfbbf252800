import { describe, expect, it } from '@jest/globals';
import { bench } from './bench';
import { ANNA, BRAM, SUPPORT, csv, listRows } from './platform';

const at = bench();

describe('hints above the output', () => {
	it('begin with what was done, because the editor opens the summary at its files', async () => {
		const { hints, summary } = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) });
		expect(hints).toEqual([{ type: 'info', location: 'outputPane', message: summary[0].json.summary }]);
		expect(Object.keys(summary[0].binary ?? {})[0]).toBe('report');
	});

	it('say how much was held back, and which limit was exceeded', async () => {
		const harsh = csv([...listRows(ANNA, SUPPORT, [1]), ...listRows(BRAM, SUPPORT, [5, 6])]);
		const { hints } = await at.sync({ csv: harsh, options: { onBreach: 'hold' } });
		expect(hints.map(({ type }) => type)).toEqual(['info', 'warning']);
		expect(hints[1].message).toMatch(/^3 changes held back for safety\. .*remov/);
	});

	it('show ids as text, although the editor takes hints for HTML', async () => {
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
			/set the pace: about [\d.]+ a second, of 1000 allowed here|held the run back for/,
		);
	});

	it('name answers that were slow', async () => {
		at.simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 5_200 }, match: { method: 'GET' }, nth: 1 }] });
		const { hints } = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6])) });
		expect(hints.map(({ message }) => message)).toContain('1 answer of the platform took longer than five seconds.');
	});
});
