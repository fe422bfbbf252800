/** The hash that a person approves. */

import { normalBaseUrl } from '../../base-url';
import { canonicalHash, foldId, listKey } from '../model';
import type { Plan, PlannedList } from './plan';

/** Base URLs that name the same platform become equal: white space, a slash at the end and the like say nothing. */
export function samePlatform(url: string): string {
	return normalBaseUrl(url).toLowerCase();
}

/**
 * What a person approves: which members go on and off which lists as they were seen, until when, and the names that
 * stand beside their ids. Not when it was planned, from which lines, in whose spelling, or how it will be written.
 */
export function planHash(
	plan: Pick<Plan, 'version' | 'validUntil' | 'platform' | 'kind' | 'mode' | 'lists' | 'names'>,
): string {
	return canonicalHash({
		version: plan.version,
		validUntil: plan.validUntil,
		platform: samePlatform(plan.platform),
		kind: plan.kind,
		mode: plan.mode,
		names: plan.names,
		lists: plan.lists
			.filter(isChange)
			.map((list) => [listKey(list.ref), foldedIds(list.adds), foldedIds(list.removes), list.beforeHash])
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	});
}

export function isChange(list: Pick<PlannedList, 'adds' | 'removes'>): boolean {
	return list.adds.length > 0 || list.removes.length > 0;
}

function foldedIds(changes: ReadonlyArray<{ readonly member: string }>): string[] {
	return changes.map(({ member }) => foldId(member)).sort();
}
