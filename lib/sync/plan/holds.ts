/**
 * The rule that keeps damage from costing anybody their place: a row that cannot be carried out, for whatever reason,
 * holds the removals of every list that it may mean and of every member that it may name, in the whole run
 * (docs/engine.md).
 *
 * A row may mean the lists that agree with it in the most parts of its key. So a part that could not be read, or that
 * no list on the platform has, stands for any value, and a key that does not exist as a whole stands for all keys that
 * differ from it in one part. Its ids count as members wherever they stand in it, because cells change places. Where it
 * may mean anybody, because it was rejected or its member could not be added, nobody leaves the last list that the
 * source names, and no list is emptied.
 */

import { holdRemovals, type Draft, type HoldReason } from './draft';
import { foldId, KINDS, type ListRef } from '../model/list';
import { linesText } from '../words';

const PARTS = ['tenantId', 'groupId', 'userId', 'callCenterId'] as const;

/** A list's key as far as it could be read; null for a part that could not. */
export type PartialKey = Pick<{ readonly [Part in keyof ListRef]: ListRef[Part] | null }, (typeof PARTS)[number]>;

/** A row, or all rows of a list, that cannot be carried out. */
export interface BlockedRow {
	/** Null where the key is beyond doubt, as a journal's is: then only the members are held. */
	readonly key: PartialKey | null;
	/** Members that it names: folded id, and the lines that name it. */
	readonly members: Iterable<readonly [folded: string, lines: readonly number[]]>;
	/** It wants somebody on a list, and may have meant anybody: its member could not be read, or could not be added. */
	readonly meansAnybody: boolean;
	readonly lines: readonly number[];
	/** Why it cannot be carried out, for people. */
	readonly why: string;
}

/** The blocked rows that hold the same removals, and why the first of them cannot be carried out. */
class Hit {
	readonly #lines: number[] = [];
	#source: string | null = null;

	constructor(readonly why: string) {}

	add(lines: readonly number[]): void {
		for (const line of lines) this.#lines.push(line);
		this.#source = null;
	}

	/** Put together once, however many lists it is told of. */
	get source(): string {
		this.#source ??=
			this.#lines.length === 0
				? 'a change'
				: `${linesText([...new Set(this.#lines)].sort((a, b) => a - b))} of the source`;
		return this.#source;
	}
}

/** A list that the platform has shown, and its members. */
interface Shown {
	readonly ref: ListRef;
	readonly ids: Iterable<string>;
}

/**
 * @param settled lists of the source that the platform has shown in this run and that have no draft, with their members
 */
export function holdForBlockedRows(
	drafts: readonly Draft[],
	settled: readonly Shown[],
	blocked: Iterable<BlockedRow>,
): void {
	const losing = drafts.filter(({ removes }) => removes.size > 0);
	if (losing.length === 0) return;
	const leaving = new Set(losing.flatMap(({ removes }) => [...removes.keys()]));
	const members = new Map<string, Hit>();
	const nearest = new NearestLists([...drafts, ...settled].map(({ ref }) => ref));
	let anybody: Hit | null = null;
	const name = (folded: string, lines: readonly number[], why: string) => {
		if (leaving.has(folded)) hitOf(members, folded, why).add(lines);
	};
	for (const { key, members: named, meansAnybody, lines, why } of blocked) {
		if (key !== null) {
			nearest.block(key, lines, why);
			for (const part of PARTS) name(foldId(key[part] ?? ''), lines, why);
		}
		for (const [folded, memberLines] of named) name(folded, memberLines, why);
		if (meansAnybody) (anybody ??= new Hit(why)).add(lines);
	}
	for (const draft of losing) {
		const list = nearest.hit(draft.ref);
		holdRemovals(draft, (folded) => {
			if (list !== null) return held(list, 'may mean this list');
			const named = members.get(folded);
			return named === undefined ? null : held(named, 'names this member');
		});
	}
	if (anybody === null) return;
	const why = held(
		anybody,
		'may mean anybody who would be on no list any more, or somebody on a list that would be empty',
	);
	const staying = membersStaying(drafts, settled, leaving);
	for (const draft of losing) {
		const emptied = isEmptied(draft);
		holdRemovals(draft, (folded) =>
			emptied || (KINDS[draft.ref.kind].membersMove && !staying.has(folded)) ? why : null,
		);
	}
}

function held({ source, why }: Hit, because: string): HoldReason {
	return {
		code: 'rowNotCarriedOut',
		reason: `Held because of ${source}, which cannot be carried out and ${because}: ${why}`,
	};
}

/** Whether nobody would be on the list any more. */
function isEmptied({ view, adds, removes }: Draft): boolean {
	return adds.size === 0 && removes.size === view.members.size;
}

/** Of these members, who stays on a list or comes to one. */
function membersStaying(
	drafts: readonly Draft[],
	settled: readonly Shown[],
	members: ReadonlySet<string>,
): Set<string> {
	const staying = new Set<string>();
	for (const { view, adds, removes } of drafts) {
		for (const folded of adds.keys()) if (members.has(folded)) staying.add(folded);
		for (const folded of view.members.keys()) if (members.has(folded) && !removes.has(folded)) staying.add(folded);
	}
	for (const { ids } of settled) {
		for (const id of ids) {
			const folded = foldId(id);
			if (members.has(folded)) staying.add(folded);
		}
	}
	return staying;
}

/**
 * Marks the removals by which somebody leaves the last list or a list is emptied, where there are additions to other
 * lists: one that fails when the plan is written may have meant any of them (`moves.ts`).
 */
export function markLastPlaces(drafts: readonly Draft[], settled: readonly Shown[]): void {
	const moving = drafts.filter(({ ref }) => KINDS[ref.kind].membersMove);
	const leaving = new Set(moving.flatMap(({ removes }) => [...removes.keys()]));
	const adding = moving.filter(({ adds }) => adds.size > 0);
	if (leaving.size === 0 || adding.length === 0) return;
	const staying = membersStaying(drafts, settled, leaving);
	for (const draft of moving) {
		// A list's own additions go before its removals anyway.
		if (adding.length === 1 && adding[0] === draft) continue;
		const emptied = isEmptied(draft);
		for (const [folded, change] of draft.removes) {
			if (emptied || !staying.has(folded)) draft.removes.set(folded, { ...change, lastPlace: true });
		}
	}
}

/** The blocked keys, by the parts in which they agree with lists that exist. A bit of a mask stands for a part. */
class NearestLists {
	readonly #shown: string[][];
	/** Values of the lists shown, by mask. Filled as masks are asked for. */
	readonly #values = new Map<number, Set<string>>();
	/** By mask and value. */
	readonly #hits = new Map<number, Map<string, Hit>>();
	/** Where a key's hits are: a broken file blocks the same keys again and again. */
	readonly #placed = new Map<string, Hit[]>();

	constructor(shown: readonly ListRef[]) {
		this.#shown = shown.map(partsOf);
	}

	block(key: PartialKey, lines: readonly number[], why: string): void {
		const parts = partsOf(key);
		const name = parts.map((part, index) => (key[PARTS[index]] === null ? '\u0001' : part)).join('\u0000');
		let hits = this.#placed.get(name);
		if (hits === undefined) this.#placed.set(name, (hits = this.#place(key, parts, why)));
		for (const hit of hits) hit.add(lines);
	}

	/** Of the blocked rows that may mean this list, the ones that agree with it most; null where there are none. */
	hit(ref: ListRef): Hit | null {
		const parts = partsOf(ref);
		for (const mask of MASKS) {
			const hit = this.#hits.get(mask)?.get(valueOf(parts, mask));
			if (hit !== undefined) return hit;
		}
		return null;
	}

	#place(key: PartialKey, parts: readonly string[], why: string): Hit[] {
		const readable = PARTS.reduce((mask, part, index) => (key[part] === null ? mask : mask | (1 << index)), 0);
		const masks = MASKS.filter((mask) => (mask & ~readable) === 0 && this.#valuesOf(mask).has(valueOf(parts, mask)));
		return masks
			.filter((mask) => size(mask) === size(masks[0]))
			.map((mask) => {
				const hits = this.#hits.get(mask) ?? new Map<string, Hit>();
				this.#hits.set(mask, hits);
				return hitOf(hits, valueOf(parts, mask), why);
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

function size(mask: number): number {
	return PARTS.filter((_, index) => (mask & (1 << index)) !== 0).length;
}

function partsOf(key: PartialKey): string[] {
	return PARTS.map((part) => foldId(key[part] ?? ''));
}

function valueOf(parts: readonly string[], mask: number): string {
	return parts.filter((_, index) => (mask & (1 << index)) !== 0).join('\u0000');
}

function hitOf(hits: Map<string, Hit>, name: string, why: string): Hit {
	let hit = hits.get(name);
	if (hit === undefined) hits.set(name, (hit = new Hit(why)));
	return hit;
}
