/**
 * What a run may do, worked out from the source (or the journal) and nothing else: with none of the engine's code, and
 * without looking at any plan.
 */

import type { SourceRow } from '../../lib/sync/row';
import { foldId, type ListRef } from '../../lib/sync/kinds';
import type { Journal, Settings, Source } from '../../lib/sync';
import { listName } from './wire';

export interface Wishes {
	mayAdd(list: string, member: string): boolean;
	mayRemove(list: string, member: string): boolean;
	/** Members wanted on the list, folded. */
	additions(list: string): ReadonlySet<string>;
	/** Lists of the run's own kind that are spoken for. */
	readonly lists: ReadonlyMap<string, Wish>;
}

export interface Wish {
	readonly ref: ListRef;
	readonly add: ReadonlySet<string>;
	readonly remove: ReadonlySet<string>;
	/** Everybody else has to go as well. */
	readonly whole: boolean;
	/** Something in the source keeps every removal of this list back. */
	readonly held: boolean;
	/** Nothing at all follows from the source. */
	readonly idle: boolean;
}

export function wishesOf({ rows, rejected }: Source, settings: Settings): Wishes {
	const byList = new Map<string, SourceRow[]>();
	for (const row of rows) {
		const name = listName(row.list.kind, row.list.userId, row.list.callCenterId);
		byList.set(name, [...(byList.get(name) ?? []), row]);
	}
	const lists = new Map<string, Wish>();
	const shielded = new Set(settings.protectedMembers.map(foldId));
	for (const [name, own] of byList) lists.set(name, wishOf(own, rejected, settings, shielded));

	// Putting an agent in a call center first is asked for by the row that puts it under a supervisor there.
	const prepared = new Map<string, Set<string>>();
	if (settings.assignFirst) {
		for (const { add, ref } of lists.values()) {
			for (const agent of add) {
				const name = listName('agentCallCenters', agent, null);
				prepared.set(name, (prepared.get(name) ?? new Set()).add(foldId(ref.callCenterId ?? '')));
			}
		}
	}
	return {
		lists,
		additions: (list) => lists.get(list)?.add ?? new Set(),
		mayAdd: (list, member) => lists.get(list)?.add.has(member) === true || prepared.get(list)?.has(member) === true,
		mayRemove(list, member) {
			const wish = lists.get(list);
			if (wish === undefined || wish.held || wish.idle || shielded.has(member)) return false;
			return wish.remove.has(member) || (wish.whole && !wish.add.has(member));
		},
	};
}

function wishOf(own: readonly SourceRow[], rejected: Source['rejected'], settings: Settings, shielded: ReadonlySet<string>): Wish {
	const { mode } = settings;
	const [{ list: ref }] = own;
	const { tenantId, groupId, userId, callCenterId } = ref;
	const usual = mode === 'removeOnly' ? 'remove' : 'add';
	const wishes = { add: new Set<string>(), remove: new Set<string>() };
	let contradictory = false;
	for (const { memberId, action } of own) {
		if (memberId === null) continue;
		const does = mode === 'actionColumn' ? action : action === null || action === usual ? usual : null;
		if (does === null) contradictory = true;
		else wishes[does].add(foldId(memberId));
	}
	for (const id of [...wishes.add].filter((id) => wishes.remove.has(id))) {
		contradictory = true;
		wishes.add.delete(id);
		wishes.remove.delete(id);
	}
	const agrees = (said: string | null, is: string | null) => said === null || is === null || foldId(said) === foldId(is);
	const touched = rejected.some(
		(row) => agrees(row.tenantId, tenantId) && agrees(row.groupId, groupId) && agrees(row.userId, userId) && agrees(row.callCenterId, callCenterId),
	);
	const nobody = own.every(({ memberId }) => memberId === null);
	return {
		ref,
		add: wishes.add,
		remove: new Set([...wishes.remove].filter((id) => !shielded.has(id))),
		whole: mode === 'mirror',
		held: touched || contradictory,
		idle: nobody && !(mode === 'mirror' && settings.allowClear),
	};
}

/** Rolling back may undo what the journal says was applied, and nothing else. */
export function undoOf(journal: Journal, settings: Settings): Wishes {
	const applied = (list: string, change: 'add' | 'remove') =>
		new Set(
			journal.lists
				.filter(({ ref }) => listName(ref.kind, ref.userId, ref.callCenterId) === list)
				.flatMap(({ members }) => members.filter((entry) => entry.change === change && entry.outcome === 'applied'))
				.map(({ member }) => foldId(member)),
		);
	const shielded = new Set(settings.protectedMembers.map(foldId));
	return {
		lists: new Map(),
		additions: (list) => applied(list, 'remove'),
		mayAdd: (list, member) => applied(list, 'remove').has(member),
		mayRemove: (list, member) => applied(list, 'add').has(member) && !shielded.has(member),
	};
}
