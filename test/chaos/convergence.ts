/** After the trouble, one quiet run makes the platform what the source says, and the next has nothing left to do. */

import { foldId } from '../../lib/sync/model/list';
import type { WorldState } from '../../simulator';
import { appliedChangesOf, shownBeforeWriting, writesOf } from './history';
import type { InvariantName } from './invariants';
import type { Simulation, Run } from './simulation';
import { nearest } from './nearest';
import { listName } from './wire';
import { allowedChangesOf, type ListChanges, type AllowedChanges } from './allowed-changes';

export function convergence(simulation: Simulation, complain: (invariant: InvariantName, text: string) => void): void {
	const [settling, idle] = simulation.runs.slice(-2);
	const { scenario, server } = simulation;
	const { result } = settling;
	if (result === null || idle.result === null) return complain('converges', 'A quiet run was killed');
	if (result.status === 'aborted' || result.status === 'refused' || result.status === 'failed') return;
	const held =
		result.plan?.guards.verdict !== 'pass' ||
		scenario.simulator.maxListSize != null ||
		scenario.simulator.maxEntriesPerRequest != null;
	const live = listsIn(server.state());
	const allowed = allowedChangesOf(scenario.source, scenario.settings, shownBeforeWriting(settling));
	const mayStay = whoMayStay(simulation, allowed);
	for (const [list, asked] of allowed.lists) {
		if (held || asked.held || asked.idle) continue;
		const before = listsIn(settling.before).get(list);
		if (before === undefined || !isPlain(asked, simulation)) continue;
		const expected = asked.whole
			? asked.add
			: new Set([...before, ...asked.add].filter((member) => !asked.remove.has(member)));
		const now = live.get(list) ?? new Set();
		const kept = [...now].filter((member) => expected.has(member) || !(before.has(member) && mayStay(list, member)));
		if ([...expected].sort().join() !== kept.sort().join()) {
			complain('converges', `${list} should be ${[...expected].sort().join()} and is ${[...now].sort().join()}`);
		}
	}
	// A guard that held removals once may find the list, grown meanwhile, within its limits.
	if (result.plan?.guards.verdict === 'pass') nothingLeft(simulation, settling, idle, complain);
}

/**
 * Only lists of which the platform refused something, or which a refusal held, may be tried again: a refusal is asked
 * for anew every night, and a spelling that this run learnt may make the next one succeed.
 */
function nothingLeft(
	simulation: Simulation,
	settling: Run,
	idle: Run,
	complain: (invariant: InvariantName, text: string) => void,
): void {
	const unsettled = new Set(
		settling.result?.lists
			.filter(({ members }) => members.some(({ outcome }) => outcome === 'rejected' || outcome === 'held'))
			.map(({ ref }) => listName(ref.kind, ref.userId, ref.callCenterId)),
	);
	for (const { run, list } of appliedChangesOf(simulation)) {
		if (run === idle && !unsettled.has(list))
			complain('idleWhenDone', `${list} was changed though nothing had happened`);
	}
	for (const { list } of writesOf(idle)) {
		if (!unsettled.has(list ?? '')) complain('idleWhenDone', `${list} was written though nothing was left to do`);
	}
}

/**
 * Who is not removed because of rows that cannot be carried out, as far as that is known without the engine.
 */
function whoMayStay(
	simulation: Simulation,
	{ lists, wantedOn }: AllowedChanges,
): (list: string, member: string) => boolean {
	const named = new Set<string>();
	const whole = new Set<string>();
	const plain = [...lists].filter(([, asked]) => isPlain(asked, simulation));
	const { source } = simulation.scenario;
	const { rejected } = source;
	const inVain = [...lists.values()].filter((asked) => asked.held || !isPlain(asked, simulation));
	// Whoever such a row means: nobody leaves the last list, and no list is emptied.
	const anybody = inVain.length > 0 || rejected.length > 0 || source.rows.some(({ memberId }) => memberId === null);
	const certain = new Set(plain.filter(([, asked]) => !asked.held).map(([list]) => list));
	for (const asked of inVain) {
		for (const member of asked.named) named.add(member);
		// Cells change places, so a key's ids may be members.
		for (const id of [asked.ref.userId, asked.ref.callCenterId ?? '']) named.add(foldId(id));
		for (const list of nearest(asked.ref, plain)) whole.add(list);
	}
	for (const row of rejected) {
		for (const id of [...row.memberIds, row.userId ?? '', row.callCenterId ?? '']) named.add(foldId(id));
		for (const list of nearest(row, plain)) whole.add(list);
	}
	const hasPlace = (member: string) => wantedOn(member).some((list) => certain.has(list));
	return (list, member) =>
		whole.has(list) || named.has(member) || (anybody && (!hasPlace(member) || lists.get(list)?.add.size === 0));
}

/** Whether nothing in the source or on the platform keeps the asked from being met to the letter. */
function isPlain({ ref, add }: ListChanges, { scenario, server }: Simulation): boolean {
	const { world } = server;
	const anyCase = scenario.simulator.idCase === 'insensitive';
	const spelt = scenario.source.rows.filter(
		({ list }) =>
			listName(list.kind, list.userId, list.callCenterId) === listName(ref.kind, ref.userId, ref.callCenterId),
	);
	const owners = spelt.map(({ list }) => world.findUser(list.userId, anyCase));
	const callCenter = ref.callCenterId === null ? null : world.findCallCenter(ref.callCenterId, anyCase);
	const [owner] = owners;
	if (owners.some((found) => !found) || !owner || owner.group.groupId !== ref.groupId) return false;
	if (callCenter === undefined || (callCenter !== null && !callCenter.supervisors.has(owner))) return false;
	return spelt.every(({ memberId }) => {
		if (memberId === null || !add.has(foldId(memberId))) return true;
		if (callCenter === null) {
			const wanted = world.findCallCenter(memberId, anyCase);
			return wanted !== undefined && (wanted.allowJoin || owner.seats.has(wanted));
		}
		const agent = world.findUser(memberId, anyCase);
		if (agent === undefined || !callCenter.agents.has(agent)) return false;
		const { checkUsers, assignFirst } = scenario.settings;
		// An agent is prepared once for all rows that name it, in the spelling of the first of them.
		const speltAlike = scenario.source.rows.every(
			(row) => row.memberId === null || foldId(row.memberId) !== foldId(memberId) || row.memberId === memberId,
		);
		if (assignFirst && !anyCase && !speltAlike) return false;
		return agent.group === owner.group || (!checkUsers && !assignFirst);
	});
}

function listsIn({ supervisedAgents, agentCallCenters }: WorldState): Map<string, Set<string>> {
	return new Map(
		[...supervisedAgents, ...agentCallCenters].map(({ kind, userId, callCenterId, members }) => [
			listName(kind, userId, callCenterId),
			new Set(members.map(foldId)),
		]),
	);
}
