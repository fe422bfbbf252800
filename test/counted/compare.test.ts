/** The guard against runs that cost more: what counts as worse. */

import { describe, expect, it } from '@jest/globals';
import { type Counted, differences } from './compare';
import figures from './figures.json';

const BEFORE: Counted = figures;
const [RUN] = Object.keys(BEFORE);

function changed(change: Partial<Counted[string]>): Counted {
	return { ...BEFORE, [RUN]: { ...BEFORE[RUN], ...change } };
}

describe('counted figures', () => {
	it('are equal to themselves', () => {
		expect(differences(BEFORE, BEFORE)).toEqual([]);
	});

	it('are worse by one request, sign-in, byte sent or wrong list', () => {
		for (const figure of ['requests', 'writes', 'signIns', 'bytesSent', 'memoryBytes', 'listsWrong'] as const) {
			const now = BEFORE[RUN][figure] + 1;
			const expected = [{ run: RUN, figure, now, isWorse: true }];
			expect(differences(BEFORE, changed({ [figure]: now }))).toMatchObject(expected);
		}
	});

	it('may vary in what is tuned, within a tolerance, and may get better', () => {
		const { tenths, requests } = BEFORE[RUN];
		expect(differences(BEFORE, changed({ tenths: Math.floor(tenths * 1.01) }))).toMatchObject([{ isWorse: false }]);
		expect(differences(BEFORE, changed({ tenths: Math.ceil(tenths * 1.02) }))).toMatchObject([{ isWorse: true }]);
		expect(differences(BEFORE, changed({ requests: requests - 1 }))).toMatchObject([{ isWorse: false }]);
	});

	it('are worse where a run is missing, or is new and not kept yet', () => {
		const rest = Object.fromEntries(Object.entries(BEFORE).filter(([run]) => run !== RUN));
		expect(differences(BEFORE, rest).every(({ isWorse }) => isWorse)).toBe(true);
		expect(differences(rest, BEFORE).some(({ isWorse }) => isWorse)).toBe(true);
	});
});
