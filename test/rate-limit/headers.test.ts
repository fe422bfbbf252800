import { describe, expect, test } from '@jest/globals';
import { rateLimitState, retryAfterMs } from '../../lib/rate-limit/headers';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('Retry-After', () => {
	test.each([
		['1', 1_000],
		[' 30 ', 30_000],
		['0', 0],
		['1.5', 1_500],
		['172800', 172_800_000],
		['Thu, 01 Jan 2026 12:00:07 GMT', 7_000],
		['Thursday, 01-Jan-26 12:00:07 GMT', 7_000],
		['Thu Jan  1 12:00:07 2026', 7_000],
		['Thu, 01 Jan 2026 11:00:00 GMT', 0],
		['Thu, 01 Jan 2026 12:00:07 GMT, 9', 9_000],
	])('%s is %d ms', (value, expected) => {
		expect(retryAfterMs(value, NOW)).toBe(expected);
	});

	test.each(['', '-5', 'soon', 'NaN', 'Infinity', '1e3', '2026-01-01', 'Thu, 99 Foo 2026 12:00:07 GMT', '5 seconds'])(
		'%p says nothing usable',
		(value) => {
			expect(retryAfterMs(value, NOW)).toBeNull();
		},
	);

	test('absent says nothing', () => {
		expect(retryAfterMs(undefined, NOW)).toBeNull();
	});

	test('a date is taken by the clock that wrote it, where that clock differs from ours', () => {
		const anHourAhead = 'Thu, 01 Jan 2026 13:00:00 GMT';
		expect(retryAfterMs('Thu, 01 Jan 2026 13:00:10 GMT', NOW, anHourAhead)).toBe(10_000);
		// Date has whole seconds: the difference of a second is no difference of clocks.
		expect(retryAfterMs('Thu, 01 Jan 2026 12:00:02 GMT', NOW + 900, 'Thu, 01 Jan 2026 12:00:00 GMT')).toBe(1_100);
	});
});

describe('RateLimit headers', () => {
	test.each([
		['structured fields', { ratelimit: '"default";r=3;t=30' }, { remaining: 3, resetMs: 30_000, ratePerSecond: null }],
		[
			'the tightest of several quotas',
			{ ratelimit: '"a,b";r=40;t=10, "day";r=0;t=60', 'ratelimit-policy': '"a,b";q=50;w=10, "day";q=1000;w=86400' },
			{ remaining: 0, resetMs: 60_000, ratePerSecond: 5 },
		],
		['a policy alone, and a long window is no speed', { 'ratelimit-policy': '"hour";q=5000;w=3600' }, null],
		[
			'the single field of draft 7',
			{ ratelimit: 'limit=100, remaining=50, reset=5' },
			{ remaining: 50, resetMs: 5_000, ratePerSecond: null },
		],
		[
			'three fields',
			{
				'ratelimit-limit': '10, 10;w=1',
				'ratelimit-remaining': '0',
				'ratelimit-reset': '1',
				'ratelimit-policy': '10;w=1',
			},
			{ remaining: 0, resetMs: 1_000, ratePerSecond: 10 },
		],
		[
			'X- fields, reset in seconds',
			{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' },
			{ remaining: 0, resetMs: 7_000, ratePerSecond: null },
		],
		[
			'X- fields, reset as a moment in seconds',
			{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': String(NOW / 1_000 + 9) },
			{ remaining: 1, resetMs: 9_000, ratePerSecond: null },
		],
		[
			'X- fields, reset as a moment in milliseconds',
			{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': String(NOW - 5) },
			{ remaining: 1, resetMs: 0, ratePerSecond: null },
		],
		[
			'a moment by the clock that wrote it, where that clock differs from ours',
			{
				'x-ratelimit-remaining': '0',
				'x-ratelimit-reset': String(NOW / 1_000 + 3_609),
				date: 'Thu, 01 Jan 2026 13:00:00 GMT',
			},
			{ remaining: 0, resetMs: 9_000, ratePerSecond: null },
		],
		['nothing', {}, null],
		['nonsense', { ratelimit: 'lots', 'x-ratelimit-remaining': 'many', 'ratelimit-policy': 'q=;w=0' }, null],
	])('%s', (_, headers, expected) => {
		expect(rateLimitState(headers as Record<string, string>, NOW)).toEqual(expected);
	});
});
