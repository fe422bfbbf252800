import { describe, expect, it } from '@jest/globals';
import { grouped, placesText, told, type Occurrence } from '../../lib/report/grouped';

const at = (where: Occurrence['where'], what: string | null = null, message = 'No.'): Occurrence => ({ code: 'x', message, where, what, ids: [] });

function text(...occurrences: Occurrence[]): string {
	return placesText(grouped(occurrences)[0].said[0], 2);
}

describe('places of one message', () => {
	it('are lines, in singular and plural', () => {
		expect(text(at(7))).toBe('line 7');
		expect(text(at(7), at(9))).toBe('lines 7 and 9');
		expect(text(at(7), at(9), at(12))).toBe('lines 7, 9 and 1 more');
	});

	it('name a list once, however many of its members they mean', () => {
		expect(text(at('s@x in c@x', '+a@x'), at('s@x in c@x', '+b@x'), at('t@x in c@x', '−d@x'))).toBe('s@x in c@x: +a@x and +b@x; t@x in c@x: −d@x');
	});

	it('are left out where the message says it all', () => {
		expect(text(at(null))).toBe('');
	});

	it('are counted by what happened, not by place', () => {
		expect(grouped([at('s@x', '+a@x'), at('s@x', '+b@x'), at('t@x', '+c@x', 'Else.')]).map(({ count }) => count)).toEqual([2, 1]);
	});
});
