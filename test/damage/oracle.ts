/**
 * What a damaged run may do, decided from the world, the good file and the damaged file: never from what the run says.
 */

import { foldId } from '../../lib/sync/model/list';
import { problemsText } from '../../lib/report';
import { codeOf, messageOf } from '../support/issue-text';
import type { Indistinguishable } from './naive';
import type { Played } from './play';
import { listsAfter, pairOf, partsOf, removalsAsked, type GoodWorld, type Lists, type DesiredChange } from './world';

export interface Loss {
	/**
	 * `removed`: taken off a list though nothing asks for it. `nowhere`: on no list any more though the good file keeps
	 * them on one. `notRestored`, `takenBack`: what a roll back did not bring back, or took away though it was there
	 * before.
	 */
	readonly how: 'removed' | 'nowhere' | 'notRestored' | 'takenBack';
	/** List and member, or the person. */
	readonly who: string;
}

export function lossesOf(world: GoodWorld, played: Played, exception: Indistinguishable | null): Loss[] {
	const asked: Array<readonly DesiredChange[]> = [world.desired, ...(exception === null ? [] : [exception.desired])];
	const allowed = new Set(asked.flatMap((desired) => [...removalsAsked(world, desired)]));
	const removed = [...removedBetween(world.live, played.after)].filter((pair) => !allowed.has(pair));
	const losses: Loss[] = removed.map((pair) => ({ how: 'removed', who: pairText(pair) }));
	const before = placesOf(world, world.live);
	const wanted = asked.map((desired) => placesOf(world, listsAfter(world, desired)));
	const after = placesOf(world, played.after);
	for (const person of before.keys()) {
		if (!after.has(person) && wanted.every((places) => places.has(person)))
			losses.push({ how: 'nowhere', who: person });
	}
	return [...losses, ...rollBackLosses(world, played)];
}

/**
 * A roll back of a run that nothing disturbed brings back whom the run removed, and takes nobody away who was there
 * before.
 */
function rollBackLosses({ live }: GoodWorld, { after, rolledBack }: Played): Loss[] {
	if (rolledBack === null) return [];
	const removed = removedBetween(live, rolledBack.after);
	const { status } = rolledBack.result;
	const losses: Loss[] = [];
	for (const pair of removed) {
		const [key, member] = partsOf(pair);
		if (after.get(key)?.has(member) === true) losses.push({ how: 'takenBack', who: pairText(pair) });
		else if (status === 'applied') losses.push({ how: 'notRestored', who: pairText(pair) });
	}
	return losses;
}

function removedBetween(before: Lists, after: Lists): Set<string> {
	const removed = new Set<string>();
	for (const [key, members] of before) {
		for (const member of members) if (after.get(key)?.has(member) !== true) removed.add(pairOf(key, member));
	}
	return removed;
}

/** Persons with a place: members of supervisors' lists; agents who have a call center. */
function placesOf({ kind }: GoodWorld, lists: Lists): Set<string> {
	if (kind === 'supervisedAgents') return new Set([...lists.values()].flatMap((members) => [...members]));
	return new Set([...lists].flatMap(([key, members]) => (members.size > 0 ? [key.split('\u0000')[3]] : [])));
}

function pairText(pair: string): string {
	const [key, member] = partsOf(pair);
	const [, tenant, group, user, callCenter] = key.split('\u0000');
	return `${member} off ${[user, callCenter].filter((part) => part !== '').join(' in ')} (${tenant}/${group})`;
}

export type Ending = 'refused' | 'stopped by a guard' | 'stopped' | 'all held' | 'partly held' | 'applied';

/** How a run ended, beside what the good file asks for. */
export function endingOf(world: GoodWorld, { refused, result, after }: Played): Ending {
	if (refused !== null || result === null || result.status === 'refused') return 'refused';
	if (result.status === 'aborted') return 'stopped by a guard';
	const asked = removalsAsked(world, world.desired);
	const done = removedBetween(world.live, after);
	const left = [...asked].filter((pair) => !done.has(pair)).length;
	if (left === 0) return 'applied';
	if (result.status === 'stopped') return 'stopped';
	return left === asked.size ? 'all held' : 'partly held';
}

/** What an undamaged file's run left undone or did too much; '' where it did exactly what the file asks for. */
export function controlProblem(world: GoodWorld, played: Played): string {
	const { source, refused, result, after } = played;
	if (source === null || result === null) return `the good file was refused: ${refused}`;
	const [rejected] = source.rejected;
	if (rejected !== undefined) return `line ${rejected.line} of the good file was rejected: ${problemsText(rejected)}`;
	if (result.status !== 'applied' && result.status !== 'unchanged') {
		return `the good run ended as ${result.status} ${codeOf(result.reason) ?? ''}: ${messageOf(result.reason)}`;
	}
	const held = result.lists.flatMap(({ members }) => members).find(({ outcome }) => outcome === 'held');
	if (held !== undefined) return `held in the good run: ${held.change} ${held.member}, ${held.code}`;
	const wanted = listsAfter(world, world.desired);
	for (const [key, members] of wanted) {
		const is = after.get(key) ?? new Set();
		const different =
			[...members].find((member) => !is.has(member)) ?? [...is].find((member) => !members.has(foldId(member)));
		if (different !== undefined || is.size !== members.size)
			return `the good run left ${pairText(pairOf(key, different ?? '?'))} other than asked`;
	}
	return '';
}
