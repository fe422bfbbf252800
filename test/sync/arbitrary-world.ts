import fc from 'fast-check';
import type { RejectedRow, SourceRow } from '../../lib/sync/model/row';
import type { ListRef } from '../../lib/sync/model/list';
import { foldId, listKey } from '../../lib/sync/model/list';
import type { Settings, Source } from '../../lib/sync';
import type { FakePlatform } from '../support/fake-platform';
import { ids, ownCallCenters, rejectedRow, row, settings, source, supervised } from './world';

/** A small world: eight lists, nine known members, and some strangers that the platform does not know. */
export const MEMBERS = ids(9, 'Member');
const STRANGERS = ids(2, 'stranger');
const OWNERS = ids(4, 'owner');
const CALL_CENTERS = ids(2, 'center');

export interface World {
	readonly refs: readonly ListRef[];
	readonly live: readonly string[][];
	readonly source: Source;
	readonly settings: Settings;
}

const kind = fc.constantFrom('supervisedAgents' as const, 'agentCallCenters' as const);

function refsOf(of: Settings['kind']): ListRef[] {
	if (of === 'agentCallCenters') return OWNERS.map(ownCallCenters);
	return OWNERS.flatMap((owner) => CALL_CENTERS.map((center) => supervised(owner, center)));
}

/** The same id as somebody else would type it. */
function respelt(id: string, how: number): string {
	return [id, id.toLowerCase(), id.toUpperCase()][how];
}

export interface Shape {
	readonly strangers?: boolean;
	readonly rejected?: boolean;
	readonly modes?: ReadonlyArray<Settings['mode']>;
	readonly kinds?: ReadonlyArray<Settings['kind']>;
}

export function worlds(shape: Shape = {}): fc.Arbitrary<World> {
	const modes = shape.modes ?? (['mirror', 'addOnly', 'removeOnly', 'actionColumn'] as const);
	const kinds = shape.kinds === undefined ? kind : fc.constantFrom(...shape.kinds);
	const names = shape.strangers === true ? [...MEMBERS, ...STRANGERS] : MEMBERS;
	return fc.tuple(kinds, fc.constantFrom(...modes)).chain(([of, mode]) => {
		const refs = refsOf(of);
		const list = fc.nat(refs.length - 1);
		const spelling = fc.nat(2);
		const wish = fc.record({
			list,
			member: fc.constantFrom(...names),
			how: spelling,
			owner: spelling,
			remove: fc.boolean(),
		});
		const bad = fc.record({ list, known: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()) });
		return fc
			.record({
				live: fc.array(fc.subarray(MEMBERS), { minLength: refs.length, maxLength: refs.length }),
				wishes: fc.array(wish, { minLength: 1, maxLength: 40 }),
				rejected: fc.array(bad, { maxLength: shape.rejected === true ? 2 : 0 }),
				maxEntries: fc.constantFrom(0, 1, 2, 3, 5),
				concurrency: fc.integer({ min: 1, max: 4 }),
				checkUsers: fc.boolean(),
			})
			.map(({ live, wishes, rejected, maxEntries, concurrency, checkUsers }) => ({
				refs,
				live,
				source: source(
					wishes.map(({ list: at, member, how, owner, remove }, index): SourceRow => {
						const ref = { ...refs[at], userId: respelt(refs[at].userId, owner) };
						const action = mode === 'actionColumn' ? (remove ? 'remove' : 'add') : null;
						return row(ref, respelt(member, how), { line: index + 2, action });
					}),
					rejected.map(({ list: at, known }): RejectedRow => {
						const { tenantId, groupId, userId, callCenterId } = refs[at];
						const parts = { tenantId, groupId, userId, callCenterId };
						const readable = Object.entries(parts).filter((_, part) => known[part]);
						return rejectedRow(Object.fromEntries(readable));
					}),
				),
				settings: settings({ kind: of, mode, maxEntries, concurrency, checkUsers }),
			}));
	});
}

export function populate(platform: FakePlatform, world: World): void {
	platform.know([...MEMBERS, ...OWNERS]);
	world.refs.forEach((ref, index) => platform.set(ref, world.live[index]));
}

/**
 * What the lists have to be after a run without faults, worked out row by row with none of the engine's code.
 * `lastPlaceStays`: whether rows that may mean anybody are heeded; faults decide who has a place elsewhere.
 */
export function wanted(world: World, lastPlaceStays = true): Map<string, Set<string>> {
	const { mode, kind: of } = world.settings;
	const rowsOf = (ref: ListRef) =>
		world.source.rows.filter(
			(entry) =>
				entry.list.userId.toLowerCase() === ref.userId.toLowerCase() && entry.list.callCenterId === ref.callCenterId,
		);
	const lists = world.refs.map((ref, index) => {
		const own = rowsOf(ref);
		const saying = (what: 'add' | 'remove') =>
			new Set(
				own
					.filter(({ action }) => (action ?? (mode === 'removeOnly' ? 'remove' : 'add')) === what)
					.map(({ memberId }) => foldId(memberId ?? '')),
			);
		const [adds, removes] = [saying('add'), saying('remove')];
		const failing = [...adds].filter((id) => removes.has(id) || id.startsWith('stranger'));
		return { ref, live: new Set(world.live[index].map(foldId)), named: own.length > 0, adds, removes, failing };
	});
	const agreement = (bad: RejectedRow, ref: ListRef) =>
		Number(bad.userId === ref.userId) + (of === 'supervisedAgents' ? Number(bad.callCenterId === ref.callCenterId) : 0);
	const named = lists.filter((list) => list.named);
	const heldByRow = new Set<(typeof lists)[number]>();
	for (const bad of world.source.rejected) {
		const most = Math.max(...named.map(({ ref }) => agreement(bad, ref)));
		for (const list of named) if (agreement(bad, list.ref) === most) heldByRow.add(list);
	}
	const held = new Set([...heldByRow, ...named.filter(({ failing }) => failing.length > 0)]);
	const failing = new Set(lists.flatMap((list) => list.failing));
	const coming = (list: (typeof lists)[number]) => [...list.adds].filter((id) => !list.failing.includes(id));
	const leaves = (list: (typeof lists)[number], id: string) =>
		list.live.has(id) &&
		!held.has(list) &&
		!failing.has(id) &&
		(mode === 'mirror' ? list.named && !list.adds.has(id) : list.removes.has(id));
	// Somebody is wanted on a list, and it is unknown who: nobody leaves the last list that the source names.
	// Rows that contradict each other agree on whom they mean.
	const strangers =
		of === 'supervisedAgents' &&
		lists.some((list) => list.failing.some((id) => id.startsWith('stranger') && !list.removes.has(id)));
	const unknown = (mode !== 'removeOnly' && world.source.rejected.length > 0) || strangers;
	const planned = (list: (typeof lists)[number]) =>
		[...list.adds].filter(
			(id) =>
				!list.live.has(id) &&
				!list.removes.has(id) &&
				!(id.startsWith('stranger') && (of === 'agentCallCenters' || world.settings.checkUsers)),
		);
	const emptied = (list: (typeof lists)[number]) =>
		planned(list).length === 0 && [...list.live].every((id) => leaves(list, id));
	// That a stranger is refused is known only afterwards where ids are not checked first.
	const heldLater = (list: (typeof lists)[number]) =>
		!world.settings.checkUsers &&
		list.failing.length > 0 &&
		list.failing.every((id) => id.startsWith('stranger')) &&
		!heldByRow.has(list);
	const stays = (list: (typeof lists)[number], id: string) =>
		list.live.has(id) &&
		(heldLater(list) ? (mode === 'mirror' ? list.adds.has(id) : !list.removes.has(id)) : !leaves(list, id));
	const hasPlace = (id: string) => named.some((list) => coming(list).includes(id) || stays(list, id));
	return new Map(
		lists.map((list) => {
			const leaving = [...list.live].filter(
				(id) =>
					leaves(list, id) &&
					!(lastPlaceStays && unknown && (emptied(list) || (of === 'supervisedAgents' && !hasPlace(id)))),
			);
			return [listKey(list.ref), new Set([...list.live, ...coming(list)].filter((id) => !leaving.includes(id)))];
		}),
	);
}
