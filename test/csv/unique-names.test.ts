import { expect, jest, test } from '@jest/globals';
import { uniqueNames } from '../../lib/csv/header';

test('names that repeat are numbered, past numbers that a column has already', () => {
	expect(uniqueNames(['a', 'a (2)', 'a', 'a', 'a (2)', '', ' '])).toEqual([
		...['a', 'a (2)', 'a (3)', 'a (4)', 'a (2) (2)', 'column 6', 'column 7'],
	]);
});

test('work grows with the number of columns, not with its square', () => {
	const looked = jest.spyOn(Set.prototype, 'has');
	uniqueNames(Array.from({ length: 1_000 }, () => 'a'));
	const times = looked.mock.calls.length;
	looked.mockRestore();
	expect(times).toBeLessThan(3_000);
});
