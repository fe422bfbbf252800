/** Whether what is written of a list names the same list and the same members when it is read. */

import { foldId, type ListRef } from '../sync';
import { readId, SCOPE_RULE, type IdRule } from './ids';
import type { ReadOptions } from './options';
import { userRule } from './id-rules';

/**
 * The first id of a list that a source cannot name as the platform does; null if there is none. The key of a list is
 * sent as the source spells it, its members as the platform does.
 */
export function idNotRoundTripped(
	{ tenantId, groupId, userId, callCenterId }: ListRef,
	members: Iterable<string>,
	options: Pick<ReadOptions, 'defaultDomain'>,
): string | null {
	const rule = userRule(options);
	for (const id of [tenantId, groupId]) if (roundTrip(id, SCOPE_RULE) !== id) return id;
	for (const id of [userId, callCenterId ?? userId]) if (roundTrip(id, rule) !== id) return id;
	for (const id of members) if (foldId(roundTrip(id, rule) ?? '') !== foldId(id)) return id;
	return null;
}

function roundTrip(id: string, rule: IdRule): string | null {
	const read = readId(id, rule);
	return 'id' in read ? read.id : null;
}
