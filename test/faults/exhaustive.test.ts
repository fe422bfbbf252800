import { describe, expect, it } from '@jest/globals';
import { exhaust, failuresText } from './exhaust';
import { REFERENCES } from './references';

/** `.ci/run` tries every kind, and pairs of them. */
describe('a fault at every request', () => {
	it.each(REFERENCES.map((reference) => [reference.name, reference] as const))('%s keeps every promise', async (_, reference) => {
		const { singles, failing } = await exhaust(reference, { bound: { distance: 0, kinds: 'marked' } });
		expect(failuresText(failing, 5)).toBe('');
		expect(singles).toBeGreaterThan(100);
	}, 300_000);
});
