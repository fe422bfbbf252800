import { describe, expect, it } from '@jest/globals';

import { Platform, PROFILE } from './platform';

const LATENCY_MS = 300;
const withCapacity = (beyond: 'refuse' | 'queue', atOnce = 2) =>
	new Platform({ settings: { latencyMs: LATENCY_MS, capacity: { atOnce, beyond } } });

describe('a platform that works on two requests at once', () => {
	it('answers 503 to further requests until one is done', () => {
		const apio = withCapacity('refuse');
		const statuses = () => [1, 2, 3].map(() => apio.call('GET', PROFILE).status);
		expect(statuses()).toEqual([200, 200, 503]);
		apio.now += LATENCY_MS - 1;
		expect(apio.call('GET', PROFILE).status).toBe(503);
		apio.now += 1;
		expect(statuses()).toEqual([200, 200, 503]);
	});

	it('lets further requests wait for their turn', () => {
		const apio = withCapacity('queue');
		const delays = () => [1, 2, 3, 4, 5].map(() => apio.call('GET', PROFILE).delayMs / LATENCY_MS);
		expect(delays()).toEqual([1, 1, 2, 2, 3]);
		apio.now += 10 * LATENCY_MS;
		expect(delays()).toEqual([1, 1, 2, 2, 3]);
	});

	it('carries out no request that it refuses', () => {
		const apio = withCapacity('refuse', 1);
		apio.call('GET', PROFILE);
		const write = { list: true, call_centers: [] };
		expect(apio.call('PUT', PROFILE, { body: write }).status).toBe(503);
		expect(apio.server.changes()).toEqual([]);
	});
});
