/** A good world: people, call centers, the lists as they are, and what the source is to ask for. */

import { foldId, listKey, type KindName, type ListRef } from '../../lib/sync/model/list';
import type { Settings } from '../../lib/sync';
import type { SimulatorSettings, WorldSpec } from '../../simulator';
import type { Words } from './words';

/** One thing that the source asks for. */
export interface DesiredChange {
	readonly list: ListRef;
	readonly member: string;
	readonly want: 'add' | 'remove';
}

/** The member of a change that a list be empty. */
export const NOBODY = '';

/** Folded members by list key, every list of the run's kind on the platform. */
export type Lists = ReadonlyMap<string, ReadonlySet<string>>;

export interface Group {
	readonly tenantId: string;
	readonly groupId: string;
	readonly supervisors: readonly string[];
	readonly agents: readonly string[];
	readonly callCenters: readonly string[];
}

export interface GoodWorld {
	readonly seed: number;
	readonly kind: KindName;
	readonly spec: WorldSpec;
	readonly simulator: Partial<SimulatorSettings>;
	readonly settings: Settings;
	readonly groups: readonly Group[];
	readonly domain: string;
	/** Absent where the file has ids. */
	readonly words?: Words;
	readonly refs: ReadonlyMap<string, ListRef>;
	readonly live: Lists;
	readonly desired: readonly DesiredChange[];
	/** Who may be put on a list, folded: agents of its call center; or what the group's agents may join. */
	readonly eligible: ReadonlyMap<string, ReadonlySet<string>>;
}

/** `list key \n folded member` of everything that these desired changes take away, given what is there. */
export function removalsAsked(
	{ live, settings }: Pick<GoodWorld, 'live' | 'settings'>,
	desired: readonly DesiredChange[],
): Set<string> {
	const asked = new Set<string>();
	const wanted = new Map<string, Set<string>>();
	for (const { list, member, want } of desired) {
		const key = listKey(list);
		const folded = foldId(member);
		if (settings.mode === 'mirror') wanted.set(key, (wanted.get(key) ?? new Set()).add(folded));
		else if (want === 'remove' && live.get(key)?.has(folded) === true) asked.add(pairOf(key, folded));
	}
	for (const [key, members] of wanted) {
		for (const member of live.get(key) ?? []) if (!members.has(member)) asked.add(pairOf(key, member));
	}
	return asked;
}

/** The lists as these desired changes leave them, where everything is done. */
export function listsAfter(
	world: Pick<GoodWorld, 'live' | 'settings'>,
	desired: readonly DesiredChange[],
): Map<string, Set<string>> {
	const after = new Map([...world.live].map(([key, members]) => [key, new Set(members)]));
	for (const pair of removalsAsked(world, desired)) {
		const [key, member] = partsOf(pair);
		after.get(key)?.delete(member);
	}
	for (const { list, member, want } of desired) {
		if (want === 'add' && member !== NOBODY) after.get(listKey(list))?.add(foldId(member));
	}
	return after;
}

export function pairOf(key: string, member: string): string {
	return `${key}\n${member}`;
}

export function partsOf(pair: string): [key: string, member: string] {
	const at = pair.lastIndexOf('\n');
	return [pair.slice(0, at), pair.slice(at + 1)];
}
