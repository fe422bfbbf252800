/**
 * Some scenarios have trouble with lists: lists that the platform does not have, does not show or does not let
 * change; rows that slip to such lists; members who move; and somebody else who edits at chosen requests, so at every
 * moment of a run.
 */

import { foldId, type ListRef } from '../../lib/sync/model/list';
import type { RejectedRow, SourceRow } from '../../lib/sync/model/row';
import type { CallCenterSpec, Fault, FaultRule, ListEdit } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';
import type { Scenario } from './scenario';

/** Draws of its own, chosen so that the seeds that once failed (`ranges.ts`) run as they did when they failed. */
const SALT = 465 << 16;

/** Requests within which somebody else edits. */
const BUSY_REQUESTS = 40;

export function withListTrouble(scenario: Scenario): Scenario {
	const random = new SeededRandom(scenario.seed ^ SALT);
	if (scenario.source.rows.length === 0 || !random.chance(0.4)) return scenario;
	const moved = random.chance(0.6) ? moving(random, scenario.source.rows) : scenario.source.rows;
	const slipped = random.chance(0.5) ? moved.map((row) => (random.chance(0.1) ? slip(random, row) : row)) : moved;
	const rejected = random.chance(0.3) ? [rejectedSlip(random, random.pick(moved))] : [];
	const closed = random.chance(0.6) ? closedLists(random, slipped) : [];
	const hands = random.chance(0.7) ? otherHands(random, scenario) : [];
	return {
		...scenario,
		source: { ...scenario.source, rows: slipped, rejected: [...scenario.source.rejected, ...rejected] },
		settings: random.chance(0.3)
			? { ...scenario.settings, protectedMembers: [random.pick(slipped).memberId ?? ''].filter(Boolean) }
			: scenario.settings,
		script: [...scenario.script, ...hands, ...closed],
	};
}

/** Some members of each list are wanted on the next list instead. */
function moving(random: SeededRandom, rows: readonly SourceRow[]): SourceRow[] {
	const lists = [...new Set(rows.map(({ list }) => list))];
	return rows.map((row) => {
		if (!random.chance(0.25)) return row;
		const next = lists[(lists.indexOf(row.list) + 1) % lists.length];
		return { ...row, list: next };
	});
}

/** One part of the row's key is another one's, or nobody's. */
function slip(random: SeededRandom, row: SourceRow): SourceRow {
	return { ...row, list: slippedKey(random, row.list) };
}

function slippedKey(random: SeededRandom, list: ListRef): ListRef {
	const wrong = (id: string) => id.replace('@', '1@');
	if (list.callCenterId !== null && random.chance(0.4)) return { ...list, callCenterId: wrong(list.callCenterId) };
	return { ...list, userId: wrong(list.userId) };
}

function rejectedSlip(random: SeededRandom, { list, memberId, line }: SourceRow): RejectedRow {
	const bad = badRow(random, random.chance(0.8) ? slippedKey(random, list) : { ...list, groupId: 'H1' }, line + 1_000);
	return { ...bad, memberIds: memberId !== null && random.chance(0.7) ? [memberId] : [] };
}

/** A rejected row of which most parts of the key could be read. */
export function badRow(
	random: SeededRandom,
	{ tenantId, groupId, userId, callCenterId }: ListRef,
	line: number,
): RejectedRow {
	const readable = <T>(value: T) => (random.chance(0.8) ? value : null);
	return {
		line,
		item: 0,
		problems: [{ column: 'agent', code: 'mangledId', facts: { problem: 'spreadsheet', value: '1.23E+11' } }],
		moreProblems: 0,
		cells: { supervisor: userId, agent: '1.23E+11' },
		tenantId: readable(tenantId),
		groupId: readable(groupId),
		userId: readable(userId),
		callCenterId: readable(callCenterId),
		memberIds: [],
	};
}

const HIDDEN: readonly Fault[] = [
	{ kind: 'forbidden' },
	{ kind: 'statusBefore', status: 500 },
	{ kind: 'malformed' },
	{ kind: 'partialContent' },
	{ kind: 'statusBefore', status: 404 },
];
const UNWRITABLE: readonly Fault[] = [
	{ kind: 'forbidden' },
	{ kind: 'statusBefore', status: 400 },
	{ kind: 'statusBefore', status: 503 },
	{ kind: 'resetBefore' },
];

/** One or two lists that answer everything, or every write, in the same way to the end of the trouble. */
function closedLists(random: SeededRandom, rows: readonly SourceRow[]): FaultRule[] {
	return Array.from({ length: random.integer(1, 2) }, () => {
		const { userId, callCenterId } = random.pick(rows).list;
		const path =
			`/users/${escaped(userId)}/services/call_centers/` + (callCenterId === null ? '$' : escaped(callCenterId));
		return random.chance(0.5)
			? { fault: random.pick(HIDDEN), match: { path } }
			: { fault: random.pick(UNWRITABLE), match: { path, method: ['PUT', 'POST', 'DELETE'] } };
	});
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * Edits of lists and members that the run deals with, each just before the platform has dealt with a request; half of
 * them are undone a few requests later.
 */
function otherHands(random: SeededRandom, { world, source, settings }: Scenario): FaultRule[] {
	const callCenters = world.tenants.flatMap(({ groups }) => groups.flatMap((group) => group.callCenters));
	const lists = callCenters.flatMap((callCenter) =>
		Object.entries(callCenter.supervisors ?? {}).map(([userId, live]) => ({ callCenter, userId, live })),
	);
	if (lists.length === 0) return [];
	const named = new Set(source.rows.map(({ memberId }) => foldId(memberId ?? '')));
	return Array.from({ length: random.integer(1, 6) }).flatMap(() => {
		const { callCenter, userId, live } = random.pick(lists);
		const agents = agentsOf(callCenter);
		const of = [
			agents.filter((id) => named.has(foldId(id))),
			agents.filter((id) => settings.protectedMembers.includes(id)),
			live,
			agents,
		].filter((ids) => ids.length > 0);
		if (of.length === 0) return [];
		const member = [random.pick(random.pick(of))];
		const edit = (change: 'add' | 'remove'): Fault => {
			const made: ListEdit = {
				kind: 'supervisedAgents',
				userId,
				callCenterId: callCenter.serviceUserId,
				[change]: member,
			};
			return { kind: 'thirdParty', edit: made };
		};
		const [first, second] = random.chance(0.5) ? (['add', 'remove'] as const) : (['remove', 'add'] as const);
		const nth = random.integer(1, BUSY_REQUESTS);
		const rules: FaultRule[] = [{ fault: edit(first), nth }];
		if (random.chance(0.5)) rules.push({ fault: edit(second), nth: nth + random.integer(1, 4) });
		return rules;
	});
}

function agentsOf({ agents = [] }: CallCenterSpec): string[] {
	return agents.map((agent) => (typeof agent === 'string' ? agent : agent.userId));
}
