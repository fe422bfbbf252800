/** How it shows that others draw on a quota, and how fast to go then. */

import { describe, expect, it } from '@jest/globals';
import type { QuotaEstimate } from '../../lib/rate-limit/measured-quota';
import { FairShare, SharingEvidence, type EpochEnd } from '../../lib/rate-limit/quota-sharing';
import { seededRandom } from '../../tools/seeded-random';

const TEN: QuotaEstimate = { accepted: 10, start: 10.2, epochSeconds: 20 };

/** An epoch that ended as it was foreseen, but for what is given. */
function epoch(different: Partial<EpochEnd> = {}): EpochEnd {
	return {
		kind: 'probing',
		activeSeconds: 19,
		accepted: 200,
		average: 10,
		expected: TEN,
		wasDropped: false,
		isDropped: false,
		...different,
	};
}

const EARLY = epoch({ activeSeconds: 3, accepted: 37, average: 9.3 });

describe('what tells that others draw on the quota', () => {
	const after = (...epochs: readonly EpochEnd[]) => {
		const evidence = new SharingEvidence();
		return epochs.map((each) => evidence.isSharedAfter(each));
	};

	it('is that epochs end long before it was foreseen, twice in a row', () => {
		expect(after(EARLY, EARLY)).toEqual([false, true]);
		expect(after(EARLY, epoch(), EARLY)).toEqual([false, false, false]);
	});

	it('is a part that shrinks a little with each epoch', () => {
		const at = (average: number, before: number) =>
			epoch({ average, expected: { ...TEN, accepted: before, start: before } });
		expect(after(epoch(), at(9, 10), at(8.2, 9), at(7.5, 8.2), at(6.9, 7.5)).slice(-1)).toEqual([true]);
	});

	it('is a former quota that is found, and is gone again at once', () => {
		const dropped = epoch({ activeSeconds: 0.7, accepted: 4, average: 2, isDropped: true });
		const found = epoch({ kind: 'slowStart', average: 5, wasDropped: true });
		expect(after(dropped, found, dropped, found, dropped).slice(-1)).toEqual([true]);
		expect(after(dropped, dropped, dropped)).toEqual([false, false, false]);
	});

	it('is a former quota that slow start does not find', () => {
		const notFound = epoch({ kind: 'slowStart', average: 3, wasDropped: true, isDropped: true });
		expect(after(notFound, notFound)).toEqual([false, true]);
	});

	it('is not that a quota rose, which slow start finds', () => {
		const risen = epoch({ kind: 'slowStart', average: 12 });
		expect(after(risen, risen, risen)).toEqual([false, false, false]);
	});

	it('is not that few requests measure little', () => {
		const few = epoch({ accepted: 6, average: 1.5, expected: { ...TEN, accepted: 2, start: 2 } });
		expect(after(few, few, few)).toEqual([false, false, false]);
	});
});

describe('a fair share', () => {
	it('falls by the same part with each refusal and makes up for it by the time when the next one is due', () => {
		const share = new FairShare(1);
		for (let second = 0; second < 24; second++) share.accepted(1, 100);
		const before = share.rate;
		share.refused(0, 0.2);
		expect(share.rate).toBeCloseTo(0.85 * before, 5);
		let seconds = 0;
		for (; share.rate < before; seconds++) share.accepted(1, 100);
		expect(seconds).toBeGreaterThan(15);
		expect(seconds).toBeLessThan(45);
	});

	it('never grows beyond what it may, and never falls below the slowest', () => {
		const share = new FairShare(4);
		for (let second = 0; second < 1_000; second++) share.accepted(1, 5);
		expect(share.rate).toBe(5);
		for (let refusal = 0; refusal < 100; refusal++) share.refused(0, 0.2);
		expect(share.rate).toBe(0.2);
	});

	it('grows fast where no refusal comes any more, because others have left', () => {
		const share = new FairShare(1);
		let seconds = 0;
		for (; share.rate < 10; seconds++) share.accepted(1 / share.rate, 20);
		expect(seconds).toBeLessThan(400);
		expect(share.rate).toBeGreaterThanOrEqual(10);
	});

	it('at the start is about what was accepted, within half and seven tenths of the rate', () => {
		const settled = (average: number) => {
			const share = new FairShare(4, 1);
			share.refused(average, 0.2);
			return share.rate;
		};
		expect([settled(0.5), settled(2.4), settled(9)].map((rate) => Math.round(rate * 10) / 10)).toEqual([2, 2.4, 2.8]);
	});

	it('says that nobody else is left when refusals come at one rate, and not when they come by chance', () => {
		const alone = new FairShare(5);
		const answers: boolean[] = [];
		for (let refusal = 0; refusal < 6; refusal++) {
			while (alone.rate < 5) alone.accepted(0.1, 20);
			answers.push(alone.refused(0, 0.2));
		}
		expect(answers).toContain(true);

		const random = seededRandom(1);
		const crowded = new FairShare(1);
		let mistaken = 0;
		for (let refusal = 0; refusal < 200; refusal++) {
			do crowded.accepted(1 / crowded.rate, 20);
			while (random() > 0.04);
			if (crowded.refused(0, 0.2)) mistaken++;
		}
		expect(mistaken).toBeLessThan(3);
	});

	it('is the same for all who see the same part of their requests refused, wherever they began', () => {
		const random = seededRandom(2);
		const shares = [0.3, 1, 6].map((rate) => new FairShare(rate));
		const means = shares.map((share) => {
			let seconds = 0;
			let requests = 0;
			while (seconds < 4_000) {
				const gap = 1 / share.rate;
				seconds += gap;
				if (seconds > 500) requests++;
				if (random() < 0.04) share.refused(0, 0.05);
				else share.accepted(gap, 20);
			}
			return requests / 3_500;
		});
		expect(Math.max(...means) / Math.min(...means)).toBeLessThan(1.25);
	});
});
