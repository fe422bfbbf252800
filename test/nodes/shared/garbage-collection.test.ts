import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { countRequest } from '../../../nodes/shared/garbage-collection';

afterEach(() => {
	jest.restoreAllMocks();
});

/** V8 begins a collection when more was allocated outside of the heap. */
const V8_LIMIT = 64 * 1024 * 1024;

describe('garbage of requests', () => {
	it('is collected once in 2,500 of them', () => {
		const sizes: number[] = [];
		jest.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
			sizes.push(size);
			return Buffer.alloc(0);
		});
		for (let request = 0; request < 6_250; request += 1) countRequest();
		expect(sizes).toHaveLength(2);
		expect(Math.min(...sizes)).toBeGreaterThan(V8_LIMIT);
	});

	it('is left to V8 where there is no room to ask for a collection', () => {
		jest.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(() => {
			throw new RangeError('Array buffer allocation failed');
		});
		expect(() => {
			for (let request = 0; request < 2_500; request += 1) countRequest();
		}).not.toThrow();
	});
});
