/** One world: exported, and what was handed over planned as a mirror. Nothing may come of it. */

import { apioPlatform } from '../../lib/apio';
import { idNotRoundTripped, readCsvBuffer, readItems, type ReadResult } from '../../lib/csv';
import { exportCsv, exportRows } from '../../lib/report';
import { exportLists, foldId, type KindName, listKey, planRun, type RunContext, type RunResult } from '../../lib/sync';
import { ApioServer, createInProcessFace, DEFAULT_ACCOUNT } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { settings } from '../sync/world';
import { nastyWorld, type Nasty } from './world';

export interface RoundTrip {
	readonly lists: number;
	readonly members: number;
	readonly notExported: number;
	/** What went wrong; empty where nothing did. */
	readonly problems: readonly string[];
}

export async function roundTrip(seed: number): Promise<RoundTrip> {
	const random = new SeededRandom(seed);
	const nasty = nastyWorld(random);
	const kind: KindName = random.next() < 0.5 ? 'supervisedAgents' : 'agentCallCenters';
	const listsSupervisors = random.next() < 0.7;
	const server = new ApioServer({ world: nasty.world, settings: { listsSupervisors, unstableOrder: true, seed } });
	const clock = new VirtualClock();
	const face = createInProcessFace({
		server,
		clock,
		headers: { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` },
	});
	const context: RunContext = { platform: apioPlatform(face), clock, expectedRate: () => 10 };
	return await clock.run(async () => {
		const owners = listsSupervisors || kind === 'agentCallCenters' ? [] : supervisorsOf(nasty);
		if (!listsSupervisors && kind === 'supervisedAgents' && owners.length === 0)
			return { lists: 0, members: 0, notExported: 0, problems: [] };
		const { tenantId, groupId } = nasty;
		const result = await exportLists(
			{ from: 'group', scope: { tenantId, groupId }, search: { callCenters: [], owners } },
			{ ...settings({ kind }), notReadBack: (ref, members) => idNotRoundTripped(ref, members, {}) },
			context,
		);
		const problems = [
			...wrongLists(result, nasty, kind, server, listsSupervisors),
			...(await changesOf(result, kind, context)),
			...(server.stats().appliedWrites > 0 ? ['something was written'] : []),
		];
		const lists = result.exported?.lists ?? [];
		const members = lists.reduce((sum, list) => sum + list.members.length, 0);
		return { lists: lists.length, members, notExported: result.lists.length, problems };
	});
}

function supervisorsOf({ world }: Nasty): string[] {
	const { callCenters } = world.tenants[0].groups[0];
	const known = new Set(world.tenants[0].groups[0].users.map(({ userId }) => userId));
	const all = callCenters.flatMap(({ supervisors = {} }) => Object.keys(supervisors));
	return [...new Set(all)].filter((userId) => known.has(userId));
}

/** Every list of the group is exported as it is, or reported with a reason. */
function wrongLists(
	result: RunResult,
	{ world, groupId }: Nasty,
	kind: KindName,
	server: ApioServer,
	listsSupervisors: boolean,
): string[] {
	const state = server.state();
	const callCenters = new Set(world.tenants[0].groups[0].callCenters.map(({ serviceUserId }) => serviceUserId));
	const agents = new Set(
		world.tenants[0].groups[0].callCenters.flatMap(({ agents: all = [] }) => all.map((one) => String(one))),
	);
	const wanted =
		kind === 'supervisedAgents'
			? state.supervisedAgents.filter(
					(list) => callCenters.has(list.callCenterId ?? '') && (listsSupervisors || list.groupId === groupId),
				)
			: state.agentCallCenters.filter(({ userId }) => agents.has(userId));
	const nameOf = (userId: string, callCenterId: string | null) => foldId(`${userId} ${callCenterId}`);
	const reported = new Set(result.lists.map(({ ref }) => nameOf(ref.userId, ref.callCenterId)));
	const notShown = new Set(
		(result.notices ?? []).flatMap(({ code, facts }) =>
			code === 'callCenterNotShown' ? [foldId(facts.callCenter)] : code === 'noListOf' ? [foldId(facts.owner)] : [],
		),
	);
	const exported = new Map(
		(result.exported?.lists ?? []).map(({ ref, members }) => [nameOf(ref.userId, ref.callCenterId), members]),
	);
	const names = new Set(wanted.map(({ userId, callCenterId }) => nameOf(userId, callCenterId)));
	// Where supervisors are not listed, a list that nobody could look at may be one that is not there.
	const all = [...exported.keys(), ...(listsSupervisors ? reported : [])];
	const surplus = all.filter((name) => !names.has(name));
	return wanted
		.flatMap(({ userId, callCenterId, members }) => {
			const name = nameOf(userId, callCenterId);
			const as = exported.get(name);
			if (as !== undefined)
				return JSON.stringify([...as].sort()) === JSON.stringify([...members].sort())
					? []
					: [`${name} is exported wrongly`];
			const places = callCenterId === null ? members : [callCenterId, userId];
			return reported.has(name) || places.some((id) => notShown.has(foldId(id)))
				? []
				: [`${name} is left out without a report`];
		})
		.concat(surplus.map((name) => `${name} is no list`));
}

async function changesOf(result: RunResult, kind: KindName, context: RunContext): Promise<string[]> {
	const { exported } = result;
	const rows = exported === undefined ? [] : exportRows(exported);
	if (rows.length === 0) return [];
	const file = Buffer.from(exportCsv(rows, kind), 'utf8');
	return [
		...(await planned('file', readCsvBuffer(file, { kind }), kind, context)),
		...(await planned(
			'items',
			readItems(
				rows.map((json) => ({ json })),
				{ kind },
			),
			kind,
			context,
		)),
	];
}

async function planned(what: string, read: ReadResult, kind: KindName, context: RunContext): Promise<string[]> {
	if (!read.ok) return [`${what}: ${JSON.stringify(read.failure)}`];
	const { rejected } = read.source;
	const { status, plan, reason } = await planRun(read.source, settings({ kind }), context);
	const strange = plan?.lists.map(({ ref, adds, removes }) => `${listKey(ref)} ${JSON.stringify({ adds, removes })}`);
	return [
		...(rejected.length > 0 ? [`${what}: rejected ${JSON.stringify(rejected)}`] : []),
		...(status === 'unchanged' ? [] : [`${what}: ${status} ${JSON.stringify(reason)} ${JSON.stringify(strange)}`]),
		...(plan?.unplanned ?? []).map((list) => `${what}: ${JSON.stringify(list)}`),
	];
}
