/**
 * The rule that protects members from damaged rows: a row that cannot be carried out holds removals. It holds those of
 * every list that it may mean and of every member that it may name, in the whole run (docs/engine.md).
 *
 * A row may mean the lists that agree with it in the most parts of its key. An unreadable part stands for any value,
 * and so does a part that no list on the platform has. A key that does not exist stands for all keys that differ from
 * it in one part. All ids of the row count as members, because cells change places; and as the supervisor, agent or
 * call center, unless a list has the whole key. A row may mean anybody if it was rejected or its member could not be
 * added. Then nobody leaves the last list that the source names, and no list is emptied.
 */

import {
	ANY_LIST,
	fewOf,
	type BlockedBy,
	type Facts,
	type Issue,
	foldId,
	KINDS,
	type ListRef,
	type PartialKey,
} from '../model';
import { holdRemovals, type Draft } from './draft';

const PARTS = ['tenantId', 'groupId', 'userId', 'callCenterId'] as const;

/** A row, or all rows of a list, that cannot be carried out. */
export interface BlockedRow {
	/** Null if the key is certain, as in a journal: then only the members are held. */
	readonly key: PartialKey | null;
	/** Members that it names: folded id, and the lines that name it. */
	readonly members: Iterable<readonly [folded: string, lines: readonly number[]]>;
	/** Whether it adds a member and may mean anybody: its member could not be read or could not be added. */
	readonly meansAnybody: boolean;
	readonly lines: readonly number[];
	/** Why it cannot be carried out. */
	readonly cause: BlockedBy;
}

type Means = Facts<'rowNotCarriedOut'>['means'];

/** The removals that a set of blocked rows holds: the lines, and the cause of the first one. */
class BlockedRemovals {
	readonly #lines: number[] = [];
	#issue: Issue | null = null;

	constructor(
		readonly cause: BlockedBy,
		readonly means: Means,
	) {}

	add(lines: readonly number[]): void {
		for (const line of lines) this.#lines.push(line);
		this.#issue = null;
	}

	/** Built once and shared by all lists. */
	get issue(): Issue {
		if (this.#issue === null) {
			const lines = [...new Set(this.#lines)].sort((a, b) => a - b);
			this.#issue = { code: 'rowNotCarriedOut', facts: { lines: fewOf(lines), means: this.means, cause: this.cause } };
		}
		return this.#issue;
	}
}

/** A list that was read, and its members. */
interface ListMembers {
	readonly ref: ListRef;
	readonly ids: Iterable<string>;
}

/**
 * @param withoutDraft lists of the source that were read in this run and have no draft
 */
export function holdForBlockedRows(
	drafts: readonly Draft[],
	withoutDraft: readonly ListMembers[],
	blocked: Iterable<BlockedRow>,
): void {
	const losing = drafts.filter(({ removes }) => removes.size > 0);
	if (losing.length === 0) return;
	const leaving = new Set(losing.flatMap(({ removes }) => [...removes.keys()]));
	const members = new Map<string, BlockedRemovals>();
	const nearest = new NearestLists([...drafts, ...withoutDraft].map(({ ref }) => ref));
	let anybody: BlockedRemovals | null = null;
	const name = (folded: string, lines: readonly number[], cause: BlockedBy) => {
		if (leaving.has(folded)) entryOf(members, folded, cause, 'member').add(lines);
	};
	for (const { key, members: named, meansAnybody, lines, cause } of blocked) {
		const ids = partsOf(key ?? ANY_LIST);
		for (const folded of ids) name(folded, lines, cause);
		for (const [folded, memberLines] of named) {
			name(folded, memberLines, cause);
			ids.push(folded);
		}
		if (key !== null) nearest.block(key, ids, lines, cause);
		if (meansAnybody) (anybody ??= new BlockedRemovals(cause, 'anybody')).add(lines);
	}
	for (const draft of losing) {
		const list = nearest.blocking(draft.ref);
		holdRemovals(draft, (folded) => (list ?? members.get(folded))?.issue ?? null);
	}
	if (anybody === null) return;
	const why = anybody.issue;
	const staying = membersStaying(drafts, withoutDraft, leaving);
	for (const draft of losing) {
		const emptied = isEmptied(draft);
		holdRemovals(draft, (folded) =>
			emptied || (KINDS[draft.ref.kind].membersMove && !staying.has(folded)) ? why : null,
		);
	}
}

/** Whether the draft removes every member and adds none. */
function isEmptied({ view, adds, removes }: Draft): boolean {
	return adds.size === 0 && removes.size === view.members.size;
}

/** Of these members, who stays on a list or comes to one. */
function membersStaying(
	drafts: readonly Draft[],
	withoutDraft: readonly ListMembers[],
	members: ReadonlySet<string>,
): Set<string> {
	const staying = new Set<string>();
	for (const { view, adds, removes } of drafts) {
		for (const folded of adds.keys()) if (members.has(folded)) staying.add(folded);
		for (const folded of view.members.keys()) if (members.has(folded) && !removes.has(folded)) staying.add(folded);
	}
	for (const { ids } of withoutDraft) {
		for (const id of ids) {
			const folded = foldId(id);
			if (members.has(folded)) staying.add(folded);
		}
	}
	return staying;
}

/**
 * Marks removals that take a member off the last list or empty a list, if there are additions to other lists. An
 * addition that fails when the plan is written may have meant any of these members (`moves.ts`); and supervisors of a
 * list with additions who leave another list, because the two ids of a row may have changed places.
 *
 * @param defaulted keys of lists with additions, without the parts that come from a default for a blank cell: such an
 * addition may have meant any list that agrees with the rest, so all removals of these are marked
 */
export function markLastPlaces(
	drafts: readonly Draft[],
	withoutDraft: readonly ListMembers[],
	defaulted: readonly PartialKey[] = [],
): void {
	const moving = drafts.filter(({ ref }) => KINDS[ref.kind].membersMove);
	const leaving = new Set(moving.flatMap(({ removes }) => [...removes.keys()]));
	const adding = moving.filter(({ adds }) => adds.size > 0);
	if (leaving.size === 0 || adding.length === 0) return;
	const staying = membersStaying(drafts, withoutDraft, leaving);
	const isMeant = meaning(defaulted);
	const owners = new Set(adding.map(({ ref }) => foldId(ref.userId)));
	for (const draft of moving) {
		// A list's own additions go before its removals anyway.
		if (adding.length === 1 && adding[0] === draft) continue;
		const all = isEmptied(draft) || isMeant(draft.ref);
		for (const [folded, change] of draft.removes) {
			if (all || owners.has(folded) || !staying.has(folded)) draft.removes.set(folded, { ...change, lastPlace: true });
		}
	}
}

/** The blocked keys, by the parts in which they agree with existing lists. A bit of a mask stands for a part. */
class NearestLists {
	readonly #shown: string[][];
	/** Values of the lists shown, by mask. Filled as masks are asked for. */
	readonly #values = new Map<number, Set<string>>();
	/** By mask and value. */
	readonly #blockedBy = new Map<number, Map<string, BlockedRemovals>>();
	/** The entries by key: a broken file blocks the same keys many times. */
	readonly #entriesOfKey = new Map<string, BlockedRemovals[]>();

	constructor(shown: readonly ListRef[]) {
		this.#shown = shown.map(partsOf);
	}

	/** @param ids all ids of the row, folded: unless a list has the whole key, any may be the owner or the call center */
	block(key: PartialKey, ids: readonly string[], lines: readonly number[], cause: BlockedBy): void {
		this.#block(key, lines, cause);
		const whole = MASKS[0];
		if (this.#valuesOf(whole).has(valueOf(partsOf(key), whole))) return;
		for (const part of ['userId', 'callCenterId'] as const) {
			const shown = this.#valuesOf(1 << PARTS.indexOf(part));
			const own = foldId(key[part] ?? '');
			for (const id of ids) if (id !== own && shown.has(id)) this.#block({ ...ANY_LIST, [part]: id }, lines, cause);
		}
	}

	#block(key: PartialKey, lines: readonly number[], cause: BlockedBy): void {
		const parts = partsOf(key);
		const name = parts.map((part, index) => (key[PARTS[index]] === null ? '\u0001' : part)).join('\u0000');
		let entries = this.#entriesOfKey.get(name);
		if (entries === undefined) this.#entriesOfKey.set(name, (entries = this.#entriesFor(key, parts, cause)));
		for (const blocking of entries) blocking.add(lines);
	}

	/** The blocked rows that agree most with this list; null if none may mean it. */
	blocking(ref: ListRef): BlockedRemovals | null {
		const parts = partsOf(ref);
		for (const mask of MASKS) {
			const blocking = this.#blockedBy.get(mask)?.get(valueOf(parts, mask));
			if (blocking !== undefined) return blocking;
		}
		return null;
	}

	#entriesFor(key: PartialKey, parts: readonly string[], cause: BlockedBy): BlockedRemovals[] {
		const readable = readableParts(key);
		const masks = MASKS.filter((mask) => (mask & ~readable) === 0 && this.#valuesOf(mask).has(valueOf(parts, mask)));
		return masks
			.filter((mask) => size(mask) === size(masks[0]))
			.map((mask) => {
				const entries = this.#blockedBy.get(mask) ?? new Map<string, BlockedRemovals>();
				this.#blockedBy.set(mask, entries);
				return entryOf(entries, valueOf(parts, mask), cause, 'list');
			});
	}

	#valuesOf(mask: number): ReadonlySet<string> {
		let values = this.#values.get(mask);
		if (values === undefined)
			this.#values.set(mask, (values = new Set(this.#shown.map((parts) => valueOf(parts, mask)))));
		return values;
	}
}

/** Every choice of parts, the largest first; the empty one agrees with every list. */
const MASKS: readonly number[] = Array.from({ length: 1 << PARTS.length }, (_, mask) => mask).sort(
	(a, b) => size(b) - size(a),
);

/** Whether a list agrees with one of the keys in all of its readable parts. */
function meaning(keys: readonly PartialKey[]): (ref: ListRef) => boolean {
	const values = new Map<number, Set<string>>();
	for (const key of keys) {
		const mask = readableParts(key);
		values.set(mask, (values.get(mask) ?? new Set()).add(valueOf(partsOf(key), mask)));
	}
	return (ref) => [...values].some(([mask, known]) => known.has(valueOf(partsOf(ref), mask)));
}

function readableParts(key: PartialKey): number {
	return PARTS.reduce((mask, part, index) => (key[part] === null ? mask : mask | (1 << index)), 0);
}

function size(mask: number): number {
	return PARTS.filter((_, index) => (mask & (1 << index)) !== 0).length;
}

function partsOf(key: PartialKey): string[] {
	return PARTS.map((part) => foldId(key[part] ?? ''));
}

function valueOf(parts: readonly string[], mask: number): string {
	return parts.filter((_, index) => (mask & (1 << index)) !== 0).join('\u0000');
}

function entryOf(entries: Map<string, BlockedRemovals>, name: string, cause: BlockedBy, means: Means): BlockedRemovals {
	let blocking = entries.get(name);
	if (blocking === undefined) entries.set(name, (blocking = new BlockedRemovals(cause, means)));
	return blocking;
}
