/**
 * Lists that the platform does not have or does not show, and tenants and groups of which this is true for all
 * lists.
 */

import { type IssueCode, type ListRef, foldId } from '../model';
import type { Plan } from '../documents';

const NOT_SHOWN: ReadonlySet<IssueCode> = new Set<IssueCode>([
	'missingList',
	'forbidden',
	'unreadableList',
	'directoryUnreadable',
	'unknownOwner',
]);

/** Whether the code of a list that could not be planned means that its members were not to be seen. */
export function isNotShown(code: IssueCode): boolean {
	return NOT_SHOWN.has(code);
}

/** A tenant or a group of which no list is shown, while others are: one cause, however many lists. */
export interface HiddenScope {
	readonly tenantId: string;
	/** Null for the whole tenant. */
	readonly groupId: string | null;
	readonly lists: number;
	readonly why: 'missing' | 'forbidden';
}

/** One list says nothing of its group: it may be the one with the mistake. */
const MIN_LISTS = 2;

interface Tally {
	readonly ref: ListRef;
	shown: number;
	missing: number;
	forbidden: number;
}

export function hiddenScopes({
	lists,
	unchanged,
	unplanned,
	readLists,
}: Pick<Plan, 'lists' | 'unchanged' | 'unplanned' | 'readLists'>): HiddenScope[] {
	const tenants = new Map<string, Tally>();
	const groups = new Map<string, Tally>();
	const note = (ref: ListRef, what: 'shown' | 'missing' | 'forbidden') => {
		tallyOf(tenants, foldId(ref.tenantId), ref)[what] += 1;
		tallyOf(groups, groupKey(ref), ref)[what] += 1;
	};
	for (const { ref } of lists) note(ref, 'shown');
	for (const ref of [...unchanged, ...(readLists?.notRead ?? [])]) note(ref, 'shown');
	for (const { ref, code } of unplanned) {
		if (code === 'missingList') note(ref, 'missing');
		else if (code === 'forbidden') note(ref, 'forbidden');
		else note(ref, 'shown');
	}
	const hiddenTenants = [...tenants.values()].filter(isHidden);
	const hiddenTenantKeys = new Set(hiddenTenants.map(({ ref }) => foldId(ref.tenantId)));
	const hiddenGroups = [...groups.values()].filter(
		(tally) => isHidden(tally) && !hiddenTenantKeys.has(foldId(tally.ref.tenantId)),
	);
	return [
		...hiddenTenants.map((tally) => scopeOf(tally, null)),
		...hiddenGroups.map((tally) => scopeOf(tally, tally.ref.groupId)),
	];
}

export function groupKey(ref: Pick<ListRef, 'tenantId' | 'groupId'>): string {
	return `${foldId(ref.tenantId)}\u0000${foldId(ref.groupId)}`;
}

function tallyOf(tallies: Map<string, Tally>, key: string, ref: ListRef): Tally {
	const tally = tallies.get(key) ?? { ref, shown: 0, missing: 0, forbidden: 0 };
	tallies.set(key, tally);
	return tally;
}

function isHidden({ shown, missing, forbidden }: Tally): boolean {
	return shown === 0 && missing + forbidden >= MIN_LISTS && (missing === 0 || forbidden === 0);
}

function scopeOf({ ref, missing, forbidden }: Tally, groupId: string | null): HiddenScope {
	return { tenantId: ref.tenantId, groupId, lists: missing + forbidden, why: missing > 0 ? 'missing' : 'forbidden' };
}
