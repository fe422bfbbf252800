/** Options as an expression may give them: what the table does not allow is named, in the words of the node. */

import { describe, expect, it } from '@jest/globals';

import { DEFAULT_OPTIONS, OPTIONS, readOptions, ruleOf, type Option } from '../../lib/options';

const all = Object.entries(OPTIONS) as Array<[string, Option]>;
const numbers = all.flatMap(([name, option]) => (option.type === 'number' ? [{ name, ...option }] : []));
const isRead = (name: string, value: unknown) => readOptions({ [name]: value }).ok;

describe('options that are set', () => {
	it('leave the others at their defaults', () => {
		expect(readOptions({})).toEqual({ ok: true, options: DEFAULT_OPTIONS });
		expect(readOptions({ maxRate: 7.5, onBreach: 'hold' })).toEqual({
			ok: true,
			options: { ...DEFAULT_OPTIONS, maxRate: 7.5, onBreach: 'hold' },
		});
	});

	it('are the known ones only', () => {
		expect(readOptions({ unknown: 1 })).toEqual({ ok: true, options: DEFAULT_OPTIONS });
	});

	it.each(all)('%s takes its own default', (name, option) => {
		expect(isRead(name, option.default)).toBe(true);
	});

	it.each(all)('%s is neither undefined, null nor a function', (name) => {
		for (const value of [undefined, null, () => 1]) expect(isRead(name, value)).toBe(false);
	});
});

describe('numbers', () => {
	it.each(numbers)('$label ends at its bounds', ({ name, minimum, maximum = 1e12, decimals }) => {
		const step = decimals === 0 ? 1 : 0.01;
		expect([minimum, maximum].map((value) => isRead(name, value))).toEqual([true, true]);
		expect(isRead(name, minimum - step)).toBe(false);
		expect(isRead(name, maximum + step)).toBe(maximum === 1e12);
		expect(isRead(name, minimum + 0.25)).toBe(decimals !== 0);
		for (const value of [NaN, Infinity, String(minimum), [minimum]]) expect(isRead(name, value)).toBe(false);
	});
});

it.each([
	['concurrency', 11, 'Parallel Lists', 'a whole number from 1 to 10'],
	['maxRate', 0, 'Maximum Requests per Second', 'a number from 0.2 to 10,000'],
	['maxEntries', 2.5, 'Members per Request', 'a whole number of at least 0'],
	['allowClear', 'false', 'Allow Clearing Lists', 'true or false'],
	['defaultDomain', 5, 'Default Domain', 'text'],
	['onBreach', 'Hold', 'When a Limit Is Exceeded', "'abort' or 'hold'"],
	['aliases', { alias: { from: 'a', to: 'b' } }, 'Renamed IDs', 'a list of fields'],
	['columns', { column: ['agent'] }, 'Column Mapping', 'a list of fields'],
])('%s as %j is no option', (name, value, label, rule) => {
	expect(readOptions({ [name]: value })).toEqual({ ok: false, wrong: { label, rule, value } });
});

it('takes any separator, which the reader of the file checks', () => {
	expect(readOptions({ delimiter: '^' })).toMatchObject({ ok: true, options: { delimiter: '^' } });
});

it('every label and every rule says something of its own', () => {
	expect(new Set(all.map(([, { label }]) => label)).size).toBe(all.length);
	expect(all.map(([, option]) => ruleOf(option)).filter((rule) => rule.length < 4)).toEqual([]);
});
