/**
 * Lists that the platform does not have or does not show: which they are, and whether they are all of a tenant or a
 * group.
 */

import { counted } from '../../figure';
import type { ListRef } from '../model/list';
import { foldId } from '../model/list';
import type { Plan } from '../documents/plan';

const NOT_SHOWN: ReadonlySet<string> = new Set([
	'missingList',
	'forbidden',
	'unreadableList',
	'directoryUnreadable',
	'unknownOwner',
]);

/** Whether the code of a list that could not be planned means that its members were not to be seen. */
export function isNotShown({ code }: { readonly code: string }): boolean {
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
const FEWEST_LISTS = 2;

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
}: Pick<Plan, 'lists' | 'unchanged' | 'unplanned'>): HiddenScope[] {
	const tenants = new Map<string, Tally>();
	const groups = new Map<string, Tally>();
	const note = (ref: ListRef, what: 'shown' | 'missing' | 'forbidden') => {
		tallyOf(tenants, foldId(ref.tenantId), ref)[what] += 1;
		tallyOf(groups, groupKey(ref), ref)[what] += 1;
	};
	for (const { ref } of lists) note(ref, 'shown');
	for (const ref of unchanged) note(ref, 'shown');
	for (const { ref, code } of unplanned) {
		if (code === 'missingList') note(ref, 'missing');
		else if (code === 'forbidden') note(ref, 'forbidden');
		else note(ref, 'shown');
	}
	const hiddenTenants = [...tenants.values()].filter(isHidden);
	const told = new Set(hiddenTenants.map(({ ref }) => foldId(ref.tenantId)));
	const hiddenGroups = [...groups.values()].filter((tally) => isHidden(tally) && !told.has(foldId(tally.ref.tenantId)));
	return [
		...hiddenTenants.map((tally) => scopeOf(tally, null)),
		...hiddenGroups.map((tally) => scopeOf(tally, tally.ref.groupId)),
	];
}

/** `tenant acme`, `group brussels of tenant acme`. */
export function scopeName({ tenantId, groupId }: Pick<HiddenScope, 'tenantId' | 'groupId'>): string {
	return groupId === null ? `tenant ${tenantId}` : `group ${groupId} of tenant ${tenantId}`;
}

/** `All 12 lists of tenant acme are missing on the platform: check that id.` */
export function hiddenScopeText(scope: HiddenScope): string {
	const all = `All ${counted(scope.lists, 'list')} of ${scopeName(scope)}`;
	return scope.why === 'missing'
		? `${all} are missing on the platform: check ${scope.groupId === null ? 'that id' : 'these ids'}.`
		: `${all} are forbidden to the account of the credential: check the ids, or ask the platform's ` +
				'administrator for the right.';
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
	return shown === 0 && missing + forbidden >= FEWEST_LISTS && (missing === 0 || forbidden === 0);
}

function scopeOf({ ref, missing, forbidden }: Tally, groupId: string | null): HiddenScope {
	return { tenantId: ref.tenantId, groupId, lists: missing + forbidden, why: missing > 0 ? 'missing' : 'forbidden' };
}
