/** Which lists are read although an earlier run left them as asked: those that keep somebody who leaves another. */

import { describe, expect, it } from '@jest/globals';
import type { Settings, SourceRow } from '../../lib/sync';
import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import { Desired } from '../../lib/sync/plan/desired';
import { emptyDraft } from '../../lib/sync/plan/draft';
import { listsToVerify, type SeenList } from '../../lib/sync/plan/lists-to-verify';
import { ids, row, rows, settings, source, supervised } from './world';

const [LEFT, OTHER] = [supervised('left@x'), supervised('other@x')];
const [A, B] = [supervised('a@x'), supervised('b@x')];

/** A list that was read, of which these leave and to which these come. */
function read(ref: ListRef, live: readonly string[], leave: readonly string[], come: readonly string[] = []): SeenList {
	const draft = emptyDraft(ref, listKey(ref), 1, { members: membersOf(live), at: 0 }, []);
	for (const member of leave) draft.removes.set(foldId(member), { member, lines: [] });
	for (const member of come) draft.adds.set(foldId(member), { member, lines: [] });
	return { draft };
}

/** Owners of the lists to be read of those that these rows name. */
function toVerify(seen: readonly SeenList[], known: readonly SourceRow[], mode: Settings['mode'] = 'mirror'): string[] {
	const desired = new Desired(source(known), settings({ mode }));
	return [...listsToVerify(seen, desired.lists, desired, mode)].map(({ ref }) => ref.userId);
}

describe('a list that is to keep somebody who leaves another', () => {
	const leaving = read(LEFT, ['one@x', 'Two@x', 'stays@x'], ['one@x', 'Two@x']);

	it('is read, each once, and no list of anybody else', () => {
		const known = [...rows(A, ['ONE@x', 'two@x']), ...rows(B, ['stays@x', 'new@x'])];
		expect(toVerify([leaving], known)).toEqual(['a@x']);
		expect(toVerify([leaving], [...rows(A, ['one@x']), ...rows(B, ['two@x'])])).toEqual(['a@x', 'b@x']);
	});

	it('is the first that names them, because one place is enough', () => {
		expect(toVerify([leaving], [...rows(A, ['one@x']), ...rows(B, ['one@x'])])).toEqual(['a@x']);
		expect(toVerify([leaving], [...rows(A, ['one@x']), ...rows(B, ['two@x', 'one@x'])])).toEqual(['a@x', 'b@x']);
	});

	it('is none where a list that was read keeps them, changed or not, whatever was read first', () => {
		const known = rows(A, ['one@x', 'two@x']);
		const keeping = [read(OTHER, ['ONE@x', 'y@x'], ['y@x']), { unchanged: { ref: B, ids: ['TWO@x'], log: [] } }];
		expect(toVerify([leaving, ...keeping], known)).toEqual([]);
		expect(toVerify([...keeping, leaving], known)).toEqual([]);
		expect(toVerify([leaving, keeping[0]], known)).toEqual(['a@x']);
	});

	it('and is read where the others that were read lose them too, or only are to get them', () => {
		const known = rows(A, ['one@x']);
		expect(toVerify([leaving, read(OTHER, ['one@x'], ['one@x'])], known)).toEqual(['a@x']);
		expect(toVerify([leaving, read(OTHER, [], [], ['one@x'])], known)).toEqual(['a@x']);
		expect(toVerify([leaving, {}], known)).toEqual(['a@x']);
	});

	it('is none whose rows remove them', () => {
		const known = [row(A, 'one@x', { action: 'remove' }), row(B, 'two@x', { action: 'add' })];
		expect(toVerify([leaving], known, 'actionColumn')).toEqual(['b@x']);
		expect(toVerify([leaving], rows(A, ['one@x']), 'removeOnly')).toEqual([]);
	});

	it('is none where nobody leaves, or nobody who leaves is named', () => {
		expect(toVerify([read(LEFT, ids(2), [], ['one@x'])], rows(A, ['one@x', ...ids(2)]))).toEqual([]);
		expect(toVerify([], rows(A, ['one@x']))).toEqual([]);
		expect(toVerify([leaving], rows(A, ['stays@x']))).toEqual([]);
	});
});
