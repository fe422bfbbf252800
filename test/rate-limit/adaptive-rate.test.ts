import { describe, expect, test } from '@jest/globals';
import { AdaptiveRate } from '../../lib/rate-limit/adaptive-rate';
import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import { MinInterval } from '../../lib/rate-limit/synchronization';

/** Accepts requests at `perSecond` from `fromS` to `untilS`. */
function accept(rate: AdaptiveRate, perSecond: number, fromS: number, untilS: number): void {
	for (let at = fromS * 1_000; at <= untilS * 1_000; at += 1_000 / perSecond) rate.accepted(at);
}

/** A quota of ten a second, measured again and again until a minute's epoch is expected; refused at 65 s. */
function measuredAtTen(): AdaptiveRate {
	const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
	accept(rate, 10, 0, 5);
	rate.refused(5_000);
	for (const [from, until] of [
		[6, 12],
		[13, 25],
		[26, 65],
	]) {
		rate.resumed(1_000);
		accept(rate, 10, from, until);
		rate.refused(until * 1_000);
	}
	return rate;
}

describe('the adaptive rate', () => {
	test('starts at its start rate and doubles every second while nothing is refused, up to the maximum', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		expect(rate.perSecond).toBe(5);
		accept(rate, 10, 0, 2);
		const afterTwoSeconds = rate.perSecond;
		expect(afterTwoSeconds).toBeGreaterThan(9);
		expect(afterTwoSeconds).toBeLessThanOrEqual(5 * 2 ** 2);
		accept(rate, 20, 2, 10);
		expect(rate.perSecond).toBe(20);
	});

	test('does not grow beyond twice what is really sent', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		accept(rate, 3, 0, 60);
		expect(rate.perSecond).toBeCloseTo(6, 5);
	});

	test('takes what was accepted between two refusals for the quota', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		accept(rate, 13, 0, 5);
		rate.refused(5_000);
		accept(rate, 8, 5, 25);
		rate.refused(25_000);
		accept(rate, 8, 25, 65);
		rate.refused(65_000);
		expect(rate.sustained).toBeGreaterThan(7.5);
		expect(rate.sustained).toBeLessThan(9);
	});

	test('one early refusal takes at most three tenths, whatever it seems to say', () => {
		const rate = measuredAtTen();
		const before = rate.perSecond;
		rate.accepted(66_000);
		rate.refused(66_500);
		expect(rate.perSecond).toBeCloseTo(0.7 * before, 5);
	});

	test('a refusal that is long overdue means that the quota has risen: it is learnt anew', () => {
		const rate = measuredAtTen();
		rate.resumed(1_000);
		accept(rate, 10, 66, 66 + 1.2 * 60);
		const late = rate.perSecond;
		expect(late).toBeLessThan(12);
		accept(rate, 15, 138.2, 145);
		expect(rate.perSecond).toBe(20);
	});

	test('grows in an epoch by what was saved up during the pause, slowly at first', () => {
		const rate = measuredAtTen();
		rate.resumed(1_000);
		const start = rate.perSecond;
		accept(rate, 10, 66, 76);
		const early = rate.perSecond - start;
		accept(rate, 10, 76.1, 96);
		expect(early).toBeGreaterThan(0);
		expect(rate.perSecond - start).toBeGreaterThan(3 * early);
	});

	test('the longer the pause after a refusal, the longer it waits to provoke the next', () => {
		const rateAfter = (pauseSeconds: number) => {
			const rate = measuredAtTen();
			rate.resumed(pauseSeconds * 1_000);
			const start = rate.perSecond;
			accept(rate, 10, 65 + pauseSeconds, 85 + pauseSeconds);
			return rate.perSecond - start;
		};
		expect(rateAfter(60)).toBeLessThan(rateAfter(1) / 2);
	});

	test.each([
		['after eight accepted requests', 8, 3],
		['after a hundred', 100, 10],
	])(
		'a Retry-After of 30 s %s: after so many pauses without a refusal the rate doubles again',
		(_, accepted, pauses) => {
			const rate = new AdaptiveRate({ ...RATE_LIMIT_DEFAULTS, startRate: 10 }, { maxRate: 100 });
			accept(rate, 10, 0, accepted / 10);
			rate.refused(accepted * 100, 30_000);
			rate.resumed(30_000);
			const from = accepted / 10 + 30;
			const [early, late] = [1.1, 1.4].map((times) => from + times * 30 * pauses);
			accept(rate, 10, from, early);
			expect(rate.perSecond).toBeLessThan(15);
			accept(rate, 10, early, late);
			expect(rate.perSecond).toBeGreaterThan(15);
		},
	);

	test('a refused probe lowers it a little, again and again, never below the minimum', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		accept(rate, 10, 0, 5);
		rate.refused(5_000);
		const before = rate.perSecond;
		rate.refused(6_000);
		expect(rate.perSecond).toBeLessThan(before);
		for (let i = 0; i < 100; i++) rate.refused(7_000 + i * 1_000);
		expect(rate.perSecond).toBe(RATE_LIMIT_DEFAULTS.minRate);
	});

	test('all the time between requests that leave seldom counts: a quota that is there again is soon used', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		accept(rate, 0.4, 0, 25);
		for (const at of [25_100, 26_200]) rate.refused(at);
		rate.resumed(1_800);
		accept(rate, 0.2, 28, 53);
		expect(rate.perSecond).toBeGreaterThan(2);
	});

	test('a first request that is refused says little: the start rate is halved, and grows again', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		rate.refused(100);
		expect(rate.perSecond).toBe(2.5);
		accept(rate, 5, 1, 4);
		expect(rate.perSecond).toBeGreaterThan(5);
	});

	test('a speed that the platform states is not exceeded', () => {
		const rate = new AdaptiveRate(RATE_LIMIT_DEFAULTS, RATE_LIMIT_DEFAULTS);
		rate.limitTo(2);
		accept(rate, 20, 0, 5);
		expect(rate.perSecond).toBe(2);
	});

	test('requests leave evenly; a timer that oversleeps a little costs nothing, a long silence saves nothing up', () => {
		const interval = new MinInterval();
		interval.sent(0, 10);
		expect(interval.nextAt(10)).toBe(100);
		interval.sent(103, 10);
		expect(interval.nextAt(10)).toBe(200);
		interval.sent(9_000, 10);
		expect(interval.nextAt(10)).toBe(9_100);
	});
});
