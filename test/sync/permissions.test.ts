/** Groups in which the account may not write: the first lists are tried, the others are not. */

import { describe, expect, it } from '@jest/globals';
import { allForbidden, WritePermissions } from '../../lib/sync/apply/permissions';
import type { ListOutcome } from '../../lib/sync/documents';
import type { ListRef } from '../../lib/sync';
import { FORBIDDEN_LISTS } from '../../lib/sync/model/limits';
import { ids, supervised } from './world';

const LISTS = ids(FORBIDDEN_LISTS + 1, 'sup').map((id) => supervised(id));
const LAST = LISTS[FORBIDDEN_LISTS];

type Sent = readonly [write: string, result: string];

function outcome(ref: ListRef, sent: readonly Sent[] = [['add', 'forbidden']]): ListOutcome {
	const members = [
		{ member: 'an@x', change: 'add', outcome: 'notAttempted', code: null },
		{ member: 'bea@x', change: 'remove', outcome: 'held', code: 'rowNotCarriedOut' },
	];
	const requests = sent.map(([write, result]) => ({ write, result }));
	return { ref, outcome: 'notAttempted', requests, members } as unknown as ListOutcome;
}

/** The outcome of a list after these were written. */
function denied(written: readonly ListOutcome[], list: ListRef = LAST, so = outcome(list, [['read', 'ok']])) {
	const permissions = new WritePermissions();
	for (const one of written) permissions.record(one);
	return permissions.outcomeIfDenied(list, () => so);
}

const FORBIDDEN = LISTS.slice(0, FORBIDDEN_LISTS).map((ref) => outcome(ref));

describe('a list is not tried', () => {
	it.each(['add', 'remove', 'replace'])(
		'where the first of its group were forbidden to %s, which its outcome says',
		(write) => {
			const result = denied(
				FORBIDDEN.map(({ ref }) =>
					outcome(ref, [
						['read', 'ok'],
						[write, 'forbidden'],
					]),
				),
			);
			const facts = { problem: 'notTried', list: LAST, tried: FORBIDDEN_LISTS };
			expect(result).toMatchObject({
				code: 'forbidden',
				facts,
				members: [
					{ member: 'an@x', outcome: 'notAttempted', code: 'forbidden', facts },
					{ member: 'bea@x', outcome: 'held', code: 'rowNotCarriedOut' },
				],
			});
			expect(result?.members[1]).not.toHaveProperty('facts');
		},
	);
});

describe('a list is tried', () => {
	it('where fewer were forbidden, or one of them twice', () => {
		expect(denied(FORBIDDEN.slice(1))).toBeNull();
		expect(denied([...FORBIDDEN.slice(1), FORBIDDEN[1]])).toBeNull();
		expect(denied([])).toBeNull();
	});

	it('where any write of the group had another answer', () => {
		for (const result of ['ok', 'refused', 'missing'])
			expect(denied([...FORBIDDEN, outcome(supervised('other@x'), [['remove', result]])])).toBeNull();
		const some: Sent[] = [
			['add', 'forbidden'],
			['add', 'ok'],
		];
		expect(denied([...FORBIDDEN.slice(1), outcome(FORBIDDEN[0].ref, some)])).toBeNull();
	});

	it('where those that were forbidden were only read', () => {
		expect(denied(FORBIDDEN.map(({ ref }) => outcome(ref, [['read', 'forbidden']])))).toBeNull();
		expect(denied([...FORBIDDEN, outcome(supervised('other@x'), [['joinable', 'ok']])])).not.toBeNull();
	});

	it('where it is of another group', () => {
		expect(denied(FORBIDDEN, { ...LAST, groupId: 'H' })).toBeNull();
	});

	it('completely, once it has begun', () => {
		const begun: Sent[] = [
			['read', 'ok'],
			['add', 'forbidden'],
		];
		expect(denied(FORBIDDEN, LAST, outcome(LAST, begun))).toBeNull();
	});
});

it('nothing is allowed where something was to be written, and all of it was forbidden', () => {
	expect(allForbidden(FORBIDDEN)).toBe(true);
	expect(allForbidden([])).toBe(false);
	expect(allForbidden([outcome(LAST, [['read', 'forbidden']])])).toBe(false);
	expect(allForbidden([...FORBIDDEN, outcome(LAST, [['replace', 'ok']])])).toBe(false);
	expect(allForbidden([...FORBIDDEN, outcome(LAST, [['remove', 'refused']])])).toBe(false);
	expect(allForbidden([...FORBIDDEN, outcome(LAST, [['read', 'ok']])])).toBe(true);
});
