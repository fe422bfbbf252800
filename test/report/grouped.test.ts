import { describe, expect, it } from '@jest/globals';
import { grouped, placesText, told, type Occurrence } from '../../lib/report/grouped';

const at = (where: Occurrence['where'], what: string | null = null, message = 'No.'): Occurrence => ({
	code: 'x',
	message,
	where,
	what,
	ids: [],
});

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
		expect(text(at('s@x in c@x', '+a@x'), at('s@x in c@x', '+b@x'), at('t@x in c@x', '−d@x'))).toBe(
			's@x in c@x: +a@x and +b@x; t@x in c@x: −d@x',
		);
	});

	it('are left out where the message says it all', () => {
		expect(text(at(null))).toBe('');
	});

	it('are counted by what happened, not by place', () => {
		expect(
			grouped([at('s@x', '+a@x'), at('s@x', '+b@x'), at('t@x', '+c@x', 'Else.')]).map(({ count }) => count),
		).toEqual([2, 1]);
	});
});

describe('sentences of one kind', () => {
	const value = (line: number, id: string): Occurrence => ({
		code: 'mangledId',
		message: `agent: "${id}" is no id (line ${line}).`,
		where: line,
		what: null,
		ids: [id],
	});
	const all = [value(3, '1.2E+11'), value(7, '4.5E+10'), value(9, '#N/A'), value(12, '#REF!')];

	it('stand together, each with its own value and line', () => {
		const groups = grouped(all);
		expect(groups).toHaveLength(1);
		expect(groups[0].count).toBe(4);
		expect(groups[0].said.map((said) => `${said.message} ${placesText(said, 5)}`)).toEqual([
			'agent: "1.2E+11" is no id (line 3). line 3',
			'agent: "4.5E+10" is no id (line 7). line 7',
			'agent: "#N/A" is no id (line 9). line 9',
			'agent: "#REF!" is no id (line 12). line 12',
		]);
	});

	it('are told up to a number, the others by their places alone', () => {
		const { first, others } = told(grouped(all)[0], 2);
		expect(first.map(({ message }) => message)).toEqual([all[0].message, all[1].message]);
		expect(others?.count).toBe(2);
		expect(placesText(others!, 5)).toBe('lines 9 and 12');
		expect(told(grouped(all)[0], 3).others).toBeNull();
	});

	it('are told once where they are the same word for word', () => {
		const [{ said }] = grouped([at(3), at(9)]);
		expect(said).toMatchObject([{ message: 'No.', count: 2 }]);
	});
});
