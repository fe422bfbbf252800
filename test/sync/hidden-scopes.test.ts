/** Of which tenants and groups the platform shows no list at all, so that one cause is reported instead of many. */

import { describe, expect, it } from '@jest/globals';
import type { ListRef } from '../../lib/sync';
import { groupKey, hiddenScopes, isNotShown } from '../../lib/sync/plan';
import { supervised } from './world';

type Given = Parameters<typeof hiddenScopes>[0];

function at(tenantId: string, groupId: string, userId = 'sup@x'): ListRef {
	return { ...supervised(userId), tenantId, groupId };
}

function scopes(
	hidden: ReadonlyArray<readonly [ref: ListRef, code: string]>,
	shown: {
		readonly lists?: readonly ListRef[];
		unchanged?: readonly ListRef[];
		notRead?: readonly ListRef[] | null;
	} = {},
) {
	const { lists = [], unchanged = [], notRead = null } = shown;
	return hiddenScopes({
		lists: lists.map((ref) => ({ ref })),
		unchanged,
		unplanned: hidden.map(([ref, code]) => ({ ref, code })),
		readLists: notRead === null ? null : { notRead },
	} as unknown as Given);
}

describe('a group is hidden', () => {
	it('where two lists of it are missing, in whatever case its ids are', () => {
		const hidden = [
			[at('T', 'G', 'a'), 'missingList'],
			[at('t', 'g', 'b'), 'missingList'],
		] as const;
		const expected = [{ tenantId: 'T', groupId: 'G', lists: 2, why: 'missing' }];
		expect(scopes(hidden, { lists: [at('T', 'H')] })).toEqual(expected);
		expect(scopes(hidden, { unchanged: [at('T', 'H')] })).toEqual(expected);
		expect(scopes(hidden, { notRead: [at('T', 'H')] })).toEqual(expected);
	});

	it('where all its lists are forbidden', () => {
		const hidden = ['a', 'b', 'c'].map((owner) => [at('T', 'G', owner), 'forbidden'] as const);
		expect(scopes(hidden, { lists: [at('T', 'H')] })).toEqual([
			{ tenantId: 'T', groupId: 'G', lists: 3, why: 'forbidden' },
		]);
	});

	it('and not where one of its lists is shown, or could not be planned for another reason', () => {
		const hidden = ['a', 'b'].map((owner) => [at('T', 'G', owner), 'missingList'] as const);
		const other = at('T', 'H');
		const here = at('T', 'G', 'c');
		expect(scopes(hidden, { lists: [other, here] })).toEqual([]);
		expect(scopes(hidden, { lists: [other], unchanged: [here] })).toEqual([]);
		expect(scopes(hidden, { lists: [other], notRead: [here] })).toEqual([]);
		expect(scopes([...hidden, [here, 'emptyList']], { lists: [other] })).toEqual([]);
	});

	it('and not where one list alone is, or some are missing and some forbidden', () => {
		expect(scopes([[at('T', 'G'), 'missingList']], { lists: [at('T', 'H')] })).toEqual([]);
		const mixed = [
			[at('T', 'G', 'a'), 'missingList'],
			[at('T', 'G', 'b'), 'forbidden'],
		] as const;
		expect(scopes(mixed, { lists: [at('T', 'H')] })).toEqual([]);
	});
});

describe('a tenant is hidden', () => {
	it('where two lists of it are, and its groups are not reported as well', () => {
		const hidden = [
			[at('T', 'G', 'a'), 'missingList'],
			[at('T', 'G', 'b'), 'missingList'],
			[at('t', 'H', 'b'), 'missingList'],
		] as const;
		expect(scopes(hidden, { lists: [at('U', 'G')] })).toEqual([
			{ tenantId: 'T', groupId: null, lists: 3, why: 'missing' },
		]);
	});

	it('and a group of another tenant beside it', () => {
		const hidden = (['T', 'U'] as const).flatMap((tenant) =>
			['a', 'b'].map((owner) => [at(tenant, 'G', owner), 'forbidden'] as const),
		);
		expect(scopes(hidden, { lists: [at('U', 'H')] })).toEqual([
			{ tenantId: 'T', groupId: null, lists: 2, why: 'forbidden' },
			{ tenantId: 'U', groupId: 'G', lists: 2, why: 'forbidden' },
		]);
	});
});

it('tenant and group are separate parts of a key, in any case', () => {
	expect(groupKey(at('Ab', 'C'))).toBe(groupKey(at('aB', 'c')));
	expect(groupKey(at('a', 'bc'))).not.toBe(groupKey(at('ab', 'c')));
});

it('a list is not shown where its owner, its group or the list itself is not shown', () => {
	for (const code of ['missingList', 'forbidden', 'unreadableList', 'directoryUnreadable', 'unknownOwner'] as const)
		expect([code, isNotShown(code)]).toEqual([code, true]);
	for (const code of ['emptyList', 'conflictingRows', 'joinableUnreadable'] as const)
		expect([code, isNotShown(code)]).toEqual([code, false]);
});
