import { describe, expect, it } from '@jest/globals';

import { DEFAULT_ACCOUNT, type QuotaSettings } from '../../simulator';
import { Platform, PROFILE, START } from './platform';

const withQuota = (quota: QuotaSettings) => new Platform({ settings: { quota } });
/** How many of `count` requests, `everyMs` apart, were let through. */
function passed(apio: Platform, count: number, everyMs: number): number {
	let passes = 0;
	for (let i = 0; i < count; i++) {
		if (apio.call('GET', PROFILE).status === 200) passes++;
		apio.now += everyMs;
	}
	return passes;
}

describe('the request quota', () => {
	it('lets a burst through, then the rate', () => {
		const apio = withQuota({ rate: 10, burst: 5 });
		expect(passed(apio, 20, 0)).toBe(5);
		apio.now += 100;
		expect(passed(apio, 5, 0)).toBe(1);
		expect(passed(apio, 100, 10)).toBeGreaterThanOrEqual(9);
		apio.now += 60000;
		expect(passed(apio, 20, 0)).toBe(5);
		expect(apio.server.stats().throttled).toBeGreaterThan(0);
	});

	it('lets a client through that keeps exactly to the rate, for long', () => {
		const apio = withQuota({ rate: 10, burst: 1 });
		expect(passed(apio, 5000, 100)).toBe(5000);
	});

	it('counts both entry points and sign-ins together', () => {
		const apio = withQuota({ rate: 1, burst: 2 });
		const { username, password } = DEFAULT_ACCOUNT;
		expect(apio.call('POST', '/login/', { prefix: '/api/v1', body: { username, password } }).status).toBe(200);
		expect(apio.call('GET', PROFILE).status).toBe(200);
		expect(apio.call('GET', PROFILE, { prefix: '/api/v1' }).status).toBe(429);
	});

	it('follows a schedule of rates, and fills the bucket by the rate of each moment', () => {
		const apio = withQuota({
			rate: 10,
			burst: 1,
			schedule: [
				{ afterMs: 10000, rate: 2 },
				{ afterMs: 70000, rate: 10 },
			],
		});
		expect(passed(apio, 100, 100)).toBe(100);
		expect(passed(apio, 600, 100)).toBe(120);
		expect(passed(apio, 100, 100)).toBe(100);
		const slow = withQuota({ rate: 0, burst: 10, schedule: [{ afterMs: 1000, rate: 4 }] });
		passed(slow, 10, 0);
		slow.now += 2000;
		expect(passed(slow, 10, 0)).toBe(4);
	});

	it('does not carry out what it refuses', () => {
		const apio = withQuota({ rate: 1, burst: 1 });
		passed(apio, 1, 0);
		const refused = apio.call('PUT', PROFILE, { body: { guardTimerSeconds: 9 } });
		expect([refused.status, refused.applied]).toEqual([429, false]);
		expect(apio.server.changes()).toEqual([]);
	});

	it.each<[QuotaSettings['retryAfter'], string | undefined]>([
		['seconds', '2'],
		['date', new Date(START + 2000).toUTCString()],
		['both', `${new Date(START + 2000).toUTCString()}, 2`],
		['none', undefined],
	])('sends Retry-After as %s', (retryAfter, value) => {
		const apio = withQuota({ rate: 0.5, burst: 1, retryAfter });
		passed(apio, 1, 0);
		const refused = apio.call('GET', PROFILE);
		expect(refused.headers['retry-after']).toBe(value);
		apio.now += 2000;
		expect(apio.call('GET', PROFILE).status).toBe(200);
	});

	it('sends an absurd Retry-After when set to', () => {
		const apio = withQuota({ rate: 1, burst: 1, retryAfterText: '99999999999' });
		passed(apio, 1, 0);
		expect(apio.call('GET', PROFILE).headers['retry-after']).toBe('99999999999');
	});

	it.each<[QuotaSettings['rateLimitHeaders'], Record<string, string>]>([
		['x', { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': '1' }],
		['fields', { 'ratelimit-limit': '3', 'ratelimit-remaining': '2', 'ratelimit-reset': '1' }],
		['structured', { ratelimit: '"default";r=2;t=1', 'ratelimit-policy': '"default";q=3;w=1' }],
	])('sends what is left in the spelling %s, on refusals too', (rateLimitHeaders, headers) => {
		const apio = withQuota({ rate: 1, burst: 3, rateLimitHeaders });
		expect(apio.call('GET', PROFILE).headers).toMatchObject(headers);
		passed(apio, 2, 0);
		expect(Object.keys(apio.call('GET', PROFILE).headers)).toEqual(expect.arrayContaining(Object.keys(headers)));
	});

	it('can be changed and removed while running', () => {
		const apio = withQuota({ rate: 1, burst: 1 });
		expect(passed(apio, 5, 0)).toBe(1);
		apio.server.setSettings({ quota: { rate: 1, burst: 3 } });
		expect(passed(apio, 5, 0)).toBe(3);
		apio.server.setSettings({ quota: null });
		expect(passed(apio, 5, 0)).toBe(5);
	});
});
