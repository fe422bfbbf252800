import { describe, expect, test } from '@jest/globals';
import { QuotaDrop, type QuotaEstimate } from '../../lib/rate-limit/measured-quota';

const TEN: QuotaEstimate = { accepted: 10, start: 10.1, epochSeconds: 60 };
const TWO: QuotaEstimate = { accepted: 2, start: 2.2, epochSeconds: 8 };

/** A quota of 10/s, confirmed, and dropped to 2/s at 0 ms. */
function dropped(): QuotaDrop {
	const quota = new QuotaDrop();
	quota.update(-1, TEN, true, 10);
	quota.update(0, TWO, false, 2);
	return quota;
}

describe('a quota that dropped', () => {
	test('is looked for in short epochs, for two minutes', () => {
		const quota = dropped();
		expect(quota.formerQuota).toEqual(TEN);
		expect(quota.update(60_000, TWO, true, 2)).toEqual({ ...TWO, epochSeconds: 2.5 });
		expect(quota.update(119_000, TWO, true, 2).epochSeconds).toBe(2.5);
		expect(quota.update(121_000, TWO, true, 2)).toEqual(TWO);
		expect(quota.formerQuota).toBeNull();
	});

	test('is taken up again at once when requests go through nearly as fast as before', () => {
		const quota = dropped();
		expect(quota.update(30_000, { accepted: 5, start: 5, epochSeconds: 4 }, false, 8)).toEqual({
			...TEN,
			epochSeconds: 30,
		});
		expect(quota.formerQuota).toBeNull();
	});

	test('counts as another one when it comes back in part', () => {
		const quota = dropped();
		const eight: QuotaEstimate = { accepted: 8, start: 8.2, epochSeconds: 4 };
		expect(quota.update(30_000, eight, false, 7)).toEqual(eight);
		expect(quota.formerQuota).toBeNull();
	});
});

test('a first guess that nothing confirms is no quota to drop from', () => {
	const quota = new QuotaDrop();
	quota.update(0, TEN, false, 10);
	expect(quota.update(1_000, TWO, false, 2)).toEqual(TWO);
	expect(quota.formerQuota).toBeNull();
});

test('a quota that drops step by step is measured against its highest, not against the last step', () => {
	const quota = new QuotaDrop();
	quota.update(0, TEN, true, 10);
	quota.update(2_000, { accepted: 7.5, start: 7.5, epochSeconds: 4 }, false, 5);
	expect(quota.formerQuota).toBeNull();
	quota.update(4_000, { accepted: 5.5, start: 5.5, epochSeconds: 4 }, false, 3);
	expect(quota.formerQuota).toEqual(TEN);
});
