import { describe, expect, test } from '@jest/globals';
import { Rate } from '../../lib/rate-limit/rate';
import { PACER_DEFAULTS } from '../../lib/rate-limit';

/** Grants requests at `perSecond` from `fromS` to `untilS`. */
function grant(rate: Rate, perSecond: number, fromS: number, untilS: number): void {
	for (let at = fromS * 1_000; at <= untilS * 1_000; at += 1_000 / perSecond) rate.granted(at);
}

/** A quota of ten a second, measured again and again until a minute's spell is expected; refused at 65 s. */
function measuredAtTen(): Rate {
	const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
	grant(rate, 10, 0, 5);
	rate.refused(5_000);
	for (const [from, until] of [
		[6, 12],
		[13, 25],
		[26, 65],
	]) {
		rate.reopened(from * 1_000);
		grant(rate, 10, from, until);
		rate.refused(until * 1_000);
	}
	return rate;
}

describe('the rate', () => {
	test('starts at its start rate and doubles every second while nothing is refused, up to the maximum', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		expect(rate.perSecond).toBe(5);
		grant(rate, 10, 0, 2);
		const afterTwoSeconds = rate.perSecond;
		expect(afterTwoSeconds).toBeGreaterThan(9);
		expect(afterTwoSeconds).toBeLessThanOrEqual(5 * 2 ** 2);
		grant(rate, 20, 2, 10);
		expect(rate.perSecond).toBe(20);
	});

	test('does not grow beyond twice what is really sent', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		grant(rate, 3, 0, 60);
		expect(rate.perSecond).toBeCloseTo(6, 5);
	});

	test('takes what was granted between two refusals for the quota', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		grant(rate, 13, 0, 5);
		rate.refused(5_000);
		grant(rate, 8, 5, 25);
		rate.refused(25_000);
		grant(rate, 8, 25, 65);
		rate.refused(65_000);
		expect(rate.sustained).toBeGreaterThan(7.5);
		expect(rate.sustained).toBeLessThan(9);
	});

	test('one early refusal takes at most three tenths, whatever it seems to say', () => {
		const rate = measuredAtTen();
		const before = rate.perSecond;
		rate.granted(66_000);
		rate.refused(66_500);
		expect(rate.perSecond).toBeCloseTo(0.7 * before, 5);
	});

	test('a refusal that is long overdue means that the quota has risen: it is learnt anew', () => {
		const rate = measuredAtTen();
		rate.reopened(66_000);
		grant(rate, 10, 66, 66 + 1.2 * 60);
		const late = rate.perSecond;
		expect(late).toBeLessThan(12);
		grant(rate, 15, 138.2, 145);
		expect(rate.perSecond).toBe(20);
	});

	test('grows in a spell by what was saved up while the gate was closed, slowly at first', () => {
		const rate = measuredAtTen();
		rate.reopened(66_000);
		const start = rate.perSecond;
		grant(rate, 10, 66, 76);
		const early = rate.perSecond - start;
		grant(rate, 10, 76.1, 96);
		expect(early).toBeGreaterThan(0);
		expect(rate.perSecond - start).toBeGreaterThan(3 * early);
	});

	test('the longer a refusal closes the gate, the longer it waits to provoke the next', () => {
		const rateAfter = (closedS: number) => {
			const rate = measuredAtTen();
			rate.reopened((65 + closedS) * 1_000);
			const start = rate.perSecond;
			grant(rate, 10, 65 + closedS, 85 + closedS);
			return rate.perSecond - start;
		};
		expect(rateAfter(60)).toBeLessThan(rateAfter(1) / 2);
	});

	test('a refused probe lowers it a little, again and again, never below the minimum', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		grant(rate, 10, 0, 5);
		rate.refused(5_000);
		const before = rate.perSecond;
		rate.refused(6_000);
		expect(rate.perSecond).toBeLessThan(before);
		for (let i = 0; i < 100; i++) rate.refused(7_000 + i * 1_000);
		expect(rate.perSecond).toBe(PACER_DEFAULTS.minRate);
	});

	test('a first request that is refused says little: the start rate is halved, and grows again', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		rate.refused(100);
		expect(rate.perSecond).toBe(2.5);
		grant(rate, 5, 1, 4);
		expect(rate.perSecond).toBeGreaterThan(5);
	});

	test('a speed that the platform states is not exceeded', () => {
		const rate = new Rate(PACER_DEFAULTS, PACER_DEFAULTS);
		rate.limitTo(2);
		grant(rate, 20, 0, 5);
		expect(rate.perSecond).toBe(2);
	});

	test('requests leave evenly; a timer that oversleeps a little costs nothing, a long silence saves nothing up', () => {
		const rate = new Rate({ startRate: 10, minRate: 1 }, { maxRate: 10 });
		rate.left(0);
		expect(rate.nextAt).toBe(100);
		rate.left(103);
		expect(rate.nextAt).toBe(200);
		rate.left(9_000);
		expect(rate.nextAt).toBe(9_100);
	});
});
