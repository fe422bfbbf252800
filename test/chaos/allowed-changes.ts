/**
 * What a run may do, worked out from the source (or the journal) and nothing else: with none of the engine's code, and
 * without looking at any plan.
 */

import type { SourceRow } from '../../lib/sync/model/row';
import { foldId, type ListRef } from '../../lib/sync/model/list';
import type { Journal, Settings, Source } from '../../lib/sync';
import { nearest } from './nearest';
import { listName } from './wire';

export interface AllowedChanges {
	mayAdd(list: string, member: string): boolean;
	mayRemove(list: string, member: string): boolean;
	/** Members wanted on the list, folded. */
	additions(list: string): ReadonlySet<string>;
	/** Lists on which somebody is wanted. */
	wantedOn(member: string): readonly string[];
	/** Lists of the run's own kind that are spoken for. */
	readonly lists: ReadonlyMap<string, ListChanges>;
}

export interface ListChanges {
	readonly ref: ListRef;
	readonly add: ReadonlySet<string>;
	readonly remove: ReadonlySet<string>;
	/** Everybody else has to go as well. */
	readonly whole: boolean;
	/** Everybody that its rows name, and those of them whose rows contradict each other or the mode. */
	readonly named: ReadonlySet<string>;
	readonly inVain: ReadonlySet<string>;
	/** Such rows keep every removal of this list back. */
	readonly held: boolean;
	/** Nothing at all follows from the source. */
	readonly idle: boolean;
}

/**
 * @param shown the lists of the source that the platform showed before the first write: the rows of all others cannot
 * be carried out
 */
export function allowedChangesOf(
	{ rows, rejected }: Source,
	settings: Settings,
	shown: ReadonlySet<string>,
): AllowedChanges {
	const byList = new Map<string, SourceRow[]>();
	for (const row of rows) {
		const name = listName(row.list.kind, row.list.userId, row.list.callCenterId);
		byList.set(name, [...(byList.get(name) ?? []), row]);
	}
	const lists = new Map<string, ListChanges>();
	const shielded = new Set(settings.protectedMembers.map(foldId));
	for (const [name, own] of byList) lists.set(name, changesOf(own, settings, shielded));
	// Whoever a row names that cannot be carried out stays wherever they are, and so does everybody on the lists that it
	// may mean.
	const namedInVain = new Set(rejected.flatMap(({ memberIds }) => memberIds.map(foldId)));
	const seen = [...lists].filter(([name]) => shown.has(name));
	const held = new Set(rejected.flatMap((row) => nearest(row, seen)));
	for (const [name, { ref, named, inVain }] of lists) {
		if (!shown.has(name)) for (const other of nearest(ref, seen)) held.add(other);
		for (const member of shown.has(name) ? inVain : named) namedInVain.add(member);
	}

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
		wantedOn: (member) => [...lists].filter(([, { add }]) => add.has(member)).map(([name]) => name),
		mayAdd: (list, member) => lists.get(list)?.add.has(member) === true || prepared.get(list)?.has(member) === true,
		mayRemove(list, member) {
			const asked = lists.get(list);
			if (
				asked === undefined ||
				asked.held ||
				asked.idle ||
				shielded.has(member) ||
				held.has(list) ||
				namedInVain.has(member)
			)
				return false;
			return asked.remove.has(member) || (asked.whole && !asked.add.has(member));
		},
	};
}

function changesOf(own: readonly SourceRow[], settings: Settings, shielded: ReadonlySet<string>): ListChanges {
	const { mode } = settings;
	const [{ list: ref }] = own;
	const usual = mode === 'removeOnly' ? 'remove' : 'add';
	const allowed = { add: new Set<string>(), remove: new Set<string>() };
	const inVain = new Set<string>();
	for (const { memberId, action } of own) {
		if (memberId === null) continue;
		const does = mode === 'actionColumn' ? action : action === null || action === usual ? usual : null;
		if (does === null) inVain.add(foldId(memberId));
		else allowed[does].add(foldId(memberId));
	}
	for (const id of [...allowed.add].filter((id) => allowed.remove.has(id))) {
		inVain.add(id);
		allowed.add.delete(id);
		allowed.remove.delete(id);
	}
	const nobody = own.every(({ memberId }) => memberId === null);
	return {
		ref,
		add: allowed.add,
		remove: new Set([...allowed.remove].filter((id) => !shielded.has(id))),
		whole: mode === 'mirror',
		named: new Set(own.flatMap(({ memberId }) => (memberId === null ? [] : [foldId(memberId)]))),
		inVain,
		held: inVain.size > 0,
		idle: nobody && !(mode === 'mirror' && settings.allowClear),
	};
}

/** Rolling back may undo what the journal says was applied, and nothing else. */
export function undoOf(journal: Journal, settings: Settings): AllowedChanges {
	const applied = (list: string, change: 'add' | 'remove') =>
		new Set(
			journal.lists
				.filter(({ ref }) => listName(ref.kind, ref.userId, ref.callCenterId) === list)
				.flatMap(({ members }) => members.filter((entry) => entry.change === change && entry.outcome === 'applied'))
				.map(({ member }) => foldId(member)),
		);
	const shielded = new Set(settings.protectedMembers.map(foldId));
	const lists = journal.lists.map(({ ref }) => listName(ref.kind, ref.userId, ref.callCenterId));
	return {
		lists: new Map(),
		additions: (list) => applied(list, 'remove'),
		wantedOn: (member) => lists.filter((list) => applied(list, 'remove').has(member)),
		mayAdd: (list, member) => applied(list, 'remove').has(member),
		mayRemove: (list, member) => applied(list, 'add').has(member) && !shielded.has(member),
	};
}
