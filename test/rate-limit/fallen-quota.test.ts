import { describe, expect, test } from '@jest/globals';
import { FallenQuota, type Measured } from '../../lib/rate-limit/fallen-quota';

const TEN: Measured = { proven: 10, start: 10.1, spellS: 60 };
const TWO: Measured = { proven: 2, start: 2.2, spellS: 8 };

/** A quota of 10/s, confirmed, and fallen to 2/s at 0 ms. */
function fallen(): FallenQuota {
	const quota = new FallenQuota();
	quota.judge(-1, TEN, true, 10);
	quota.judge(0, TWO, false, 2);
	return quota;
}

describe('a quota that fell', () => {
	test('is looked for in short spells, for two minutes', () => {
		const quota = fallen();
		expect(quota.before).toEqual(TEN);
		expect(quota.judge(60_000, TWO, true, 2)).toEqual({ ...TWO, spellS: 2.5 });
		expect(quota.judge(119_000, TWO, true, 2).spellS).toBe(2.5);
		expect(quota.judge(121_000, TWO, true, 2)).toEqual(TWO);
		expect(quota.before).toBeNull();
	});

	test('is taken up again at once when requests go through nearly as fast as before', () => {
		const quota = fallen();
		expect(quota.judge(30_000, { proven: 5, start: 5, spellS: 4 }, false, 8)).toEqual({ ...TEN, spellS: 30 });
		expect(quota.before).toBeNull();
	});

	test('counts as another one when it comes back in part', () => {
		const quota = fallen();
		const eight: Measured = { proven: 8, start: 8.2, spellS: 4 };
		expect(quota.judge(30_000, eight, false, 7)).toEqual(eight);
		expect(quota.before).toBeNull();
	});
});

test('a first guess that nothing confirms is no height to fall from', () => {
	const quota = new FallenQuota();
	quota.judge(0, TEN, false, 10);
	expect(quota.judge(1_000, TWO, false, 2)).toEqual(TWO);
	expect(quota.before).toBeNull();
});

test('a quota that falls step by step is measured against its height, not against the last step', () => {
	const quota = new FallenQuota();
	quota.judge(0, TEN, true, 10);
	quota.judge(2_000, { proven: 7.5, start: 7.5, spellS: 4 }, false, 5);
	expect(quota.before).toBeNull();
	quota.judge(4_000, { proven: 5.5, start: 5.5, spellS: 4 }, false, 3);
	expect(quota.before).toEqual(TEN);
});
