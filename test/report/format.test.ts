import { describe, expect, it } from '@jest/globals';
import { duration, listed, moment } from '../../lib/report/format';

describe('format', () => {
	it.each([
		[0.2, '1 s'],
		[52, '52 s'],
		[59.6, '1 min'],
		[200, '3 min 20 s'],
		[3600, '1 h'],
		[7500, '2 h 5 min'],
	])('writes %d seconds as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

	it('lists names up to a number', () => {
		expect(listed([], 3)).toBe('');
		expect(listed(['a'], 3)).toBe('a');
		expect(listed(['a', 'b'], 3)).toBe('a and b');
		expect(listed(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
	});

	it('writes moments in UTC', () => expect(moment('2026-11-23T22:01:02.345Z')).toBe('23 Nov 2026, 22:01 UTC'));
});
