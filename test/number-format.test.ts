import { describe, expect, it } from '@jest/globals';
import { counted, formatNumber, percent } from '../lib/number-format';

describe('figures for people', () => {
	it.each([
		[0, '0'],
		[999, '999'],
		[1000, '1,000'],
		[1234567, '1,234,567'],
	])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text));

	it.each([
		[4, 10, '40 %'],
		[8, 12, '66.7 %'],
		[1, 1, '100 %'],
		[0, 0, '0 %'],
	])('writes %d of %d as %s', (part, whole, text) => expect(percent(part, whole)).toBe(text));

	it('keeps singular and plural right', () => {
		expect(counted(1, 'agent')).toBe('1 agent');
		expect(counted(0, 'agent')).toBe('0 agents');
		expect(counted(1200, 'breach', 'breaches')).toBe('1,200 breaches');
	});
});
