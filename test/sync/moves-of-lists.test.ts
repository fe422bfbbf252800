import { describe, expect, it } from '@jest/globals';
import type { ListRef } from '../../lib/sync/model/list';
import { Moves } from '../../lib/sync/plan/moves';
import { ownCallCenters, supervised } from './world';

const changes = (members: readonly string[]) => members.map((member) => ({ member, lines: [] }));
const list = (ref: ListRef, adds: readonly string[], removes: readonly string[] = []) => ({
	ref,
	adds: changes(adds),
	removes: changes(removes),
});

describe('the lists that somebody who leaves one comes to', () => {
	const old = list(supervised('old@x'), [], ['A@x', 'gone@x']);
	const [first, second] = [list(supervised('first@x'), ['a@x', 'new@x']), list(supervised('second@x'), ['a@X'])];

	it('are all that they are added to, in any spelling', () => {
		const moves = new Moves([old, first, second]);
		expect(moves.targets('a@x')).toEqual([first, second]);
		expect(moves.targets('gone@x')).toEqual([]);
	});

	it('are none for who leaves no list', () => {
		expect(new Moves([old, first]).targets('new@x')).toEqual([]);
		expect(new Moves([first, second]).targets('a@x')).toEqual([]);
	});

	it('are none where members are call centers, which do not move', () => {
		const [from, to] = [list(ownCallCenters('a@x'), [], ['cc@x']), list(ownCallCenters('b@x'), ['cc@x'])];
		expect(new Moves([from, to]).targets('cc@x')).toEqual([]);
	});
});

describe('removals wait for other lists', () => {
	const from = list(supervised('old@x'), [], ['a@x']);
	const to = list(supervised('new@x'), ['a@x']);
	const last = { ref: from.ref, removes: [{ member: 'b@x', lines: [], lastPlace: true }] };

	it('where somebody moves, or leaves the last place', () => {
		const moves = new Moves([from, to]);
		expect(moves.removalsWait(from)).toBe(true);
		expect(moves.removalsWait({ ref: from.ref, removes: changes(['b@x']) })).toBe(false);
		expect(moves.removalsWait(last)).toBe(true);
	});

	it('and never where members do not move', () => {
		expect(new Moves([from, to]).removalsWait({ ...last, ref: ownCallCenters('a@x') })).toBe(false);
	});
});
