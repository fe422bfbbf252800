/** Which lists a key may mean that cannot be read in full or that no list has. */

import { foldId, type ListRef } from '../../lib/sync/model/list';

const PARTS = ['tenantId', 'groupId', 'userId', 'callCenterId'] as const;

type Key = { readonly [Part in (typeof PARTS)[number]]: string | null };

/** The lists that agree with the key in the most parts; all of them where none agrees in any. */
export function nearest<Named extends { readonly ref: ListRef }>(
	key: Key,
	lists: ReadonlyArray<readonly [name: string, list: Named]>,
): string[] {
	const agreement = ({ ref }: Named) =>
		PARTS.filter((part) => key[part] !== null && ref[part] !== null && foldId(key[part]) === foldId(ref[part])).length;
	const most = lists.reduce((best, [, list]) => Math.max(best, agreement(list)), 0);
	return lists.filter(([, list]) => agreement(list) === most).map(([name]) => name);
}
