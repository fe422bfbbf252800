/** A seed to a good world: who is on which list, and who joins, leaves and moves by the source. */

import { DEFAULT_LIMITS } from '../../lib/options';
import type { Settings } from '../../lib/sync';
import { foldId, listKey, type KindName, type ListRef } from '../../lib/sync/model/list';
import type { CallCenterSpec, GroupSpec, WorldSpec } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';
import { withWords } from './words';
import { pairOf, removalsAsked, type Group, type GoodWorld, type Lists, type DesiredChange } from './world';

const PLATFORM_URL = 'https://apio.example/api';

type Mode = 'mirror' | 'actionColumn' | 'removeOnly';

/** Ids that look like closing lines, like one another, or stumble over a comparison; local parts. */
const PEOPLE = [
	...[
		'an.claes',
		'bea.bos',
		'chris.dox',
		'j.dupont',
		'j.dupond',
		's.maes',
		'p.peeters',
		'els.de.wit',
		'k.janssens',
		'k.jansens',
	],
	...[
		'fin001',
		'fin002',
		'total4',
		'total14',
		'som12',
		'som2',
		'sum.x',
		'count7',
		'ende.k',
		'ende',
		'end',
		'fin',
		'aantal3',
		'rows9',
	],
	...[
		'jürgen.maes',
		'andré',
		'zoë.k',
		'françois.b',
		"o'brien",
		'0032478',
		'10023',
		'a1',
		'a11',
		'a2',
		'a12',
		'u7',
		'u77',
		'Ann.Lee',
		'TOM.T',
	],
];
const BOSSES = [
	's1',
	's11',
	's2',
	's12',
	'jan.peeters',
	'jan.peters',
	'chef',
	'boss-1',
	'lead.one',
	'sofie',
	'rené',
	'total.s',
	'manager1',
];
const CALL_CENTERS = [
	'sales',
	'sales-fr',
	'helpdesk',
	'support',
	'cc1',
	'cc11',
	'cc2',
	'wachtrij1',
	'queue7',
	'fin-desk',
	'réception',
	'total',
	'group',
];
const TENANTS = ['ACME', 'ACME2', 'Globex', 'T-1', 'Total NV'];
const GROUPS = ['acme', 'North', 'north-2', 'Sales', 'G1', 'G11', 'Brussel, centrum'];
const DOMAINS = ['acme.be', 'sip.example.be'];

/**
 * Whatever limits there are: with them on, a guard would stop many a run before the rule on damage is put to the test.
 */
const NO_LIMITS = Object.fromEntries(
	Object.keys(DEFAULT_LIMITS).map((name) => [
		name,
		name === 'additionCountTotal' ? 0 : name.includes('Percent') ? 100 : 1e9,
	]),
) as unknown as Settings['limits'];

export function worldOf(seed: number): GoodWorld {
	const random = new SeededRandom(seed * 7919 + 13);
	const kind = random.weighted<KindName>([7, 'supervisedAgents'], [3, 'agentCallCenters']);
	const mode = random.weighted<Mode>([7, 'mirror'], [2, 'actionColumn'], [1, 'removeOnly']);
	const domain = random.pick(DOMAINS);
	const groups = makeGroups(random, kind, domain);
	const assignFirst = kind === 'supervisedAgents' && mode !== 'removeOnly' && random.chance(0.15);
	const lists = new Map<string, { ref: ListRef; live: Set<string>; wanted: Set<string> }>();
	const desired: DesiredChange[] = [];
	for (const group of groups) populate(random, kind, mode, group, lists, desired);
	const refs = new Map([...lists].map(([key, { ref }]) => [key, ref]));
	const live = new Map([...lists].map(([key, list]) => [key, new Set([...list.live].map(foldId))]));
	const { spec, eligible } = specOf(random, kind, groups, [...lists.values()], desired, assignFirst);
	const ordered = random.chance(0.5) ? desired : shuffled(random, desired);
	const base: GoodWorld = {
		seed,
		kind,
		spec,
		simulator: {
			idCase: random.chance(0.75) ? 'sensitive' : 'insensitive',
			alreadyThere: random.pick(['error', 'tolerate']),
			notThere: random.pick(['error', 'tolerate']),
		},
		settings: makeSettings(
			random,
			kind,
			mode,
			assignFirst,
			[...live.values()].flatMap((members) => [...members]),
		),
		groups,
		domain,
		refs,
		live,
		desired: ordered,
		eligible,
	};
	const removals = removalsAsked(base, base.desired);
	const guarded = withinGuards(base.live, removals) && random.chance(0.3);
	const protectedMembers = base.settings.protectedMembers.filter((id) =>
		[...removals].every((pair) => !pair.endsWith(`\n${foldId(id)}`)),
	);
	const named = new Set(base.desired.map(({ list }) => list)).size;
	const lastRun =
		guarded && random.chance(0.3) ? { rows: base.desired.length, lists: named, members: base.desired.length } : null;
	const world = {
		...base,
		settings: { ...base.settings, protectedMembers, lastRun, limits: guarded ? DEFAULT_LIMITS : NO_LIMITS },
	};
	// With a generator of its own, so that the world of a seed is the same with ids and with names.
	const wordsRandom = new SeededRandom(seed * 6151 + 5);
	if (!wordsRandom.chance(WITH_WORDS)) return world;
	const { spec: namedSpec, words } = withWords(wordsRandom, spec);
	return { ...world, spec: namedSpec, words, settings: { ...world.settings, matching: words.matching } };
}

/** Share of the worlds whose file has the words of people. */
const WITH_WORDS = 0.5;

function makeSettings(
	random: SeededRandom,
	kind: KindName,
	mode: Mode,
	assignFirst: boolean,
	people: readonly string[],
): Settings {
	return {
		kind,
		mode,
		platformUrl: PLATFORM_URL,
		onBreach: random.pick(['abort', 'hold']),
		allowClear: random.chance(0.2),
		protectedMembers: random.chance(0.15) ? [random.pick(people)] : [],
		aliases: {},
		checkUsers: random.chance(0.3),
		assignFirst,
		maxEntries: random.pick([0, 1, 2, 100, 100]),
		concurrency: random.integer(1, 4),
		soleWriter: random.chance(0.2),
		limits: NO_LIMITS,
		lastRun: null,
		readLists: 'all',
		lookEvery: 24,
		planValidMinutes: 60,
	};
}

function makeGroups(random: SeededRandom, kind: KindName, domain: string): Group[] {
	const people = shuffled(random, PEOPLE);
	const bosses = shuffled(random, BOSSES);
	const callCenters = shuffled(random, CALL_CENTERS);
	const tenants = shuffled(random, TENANTS);
	const names = shuffled(random, GROUPS);
	const shape = random.weighted<'one' | 'groups' | 'tenants'>([6, 'one'], [2, 'groups'], [2, 'tenants']);
	const id = (local: string) => `${local}@${domain}`;
	const take = (from: string[], count: number) => from.splice(0, count).map(id);
	const make = (tenantId: string, groupId: string, size: number): Group => ({
		tenantId,
		groupId,
		supervisors: kind === 'supervisedAgents' ? take(bosses, random.integer(1, 2 + size)) : take(bosses, 1),
		agents: take(people, kind === 'supervisedAgents' ? random.integer(4, 6 + size) : random.integer(2, 4 + size)),
		callCenters: take(callCenters, kind === 'supervisedAgents' ? random.integer(1, 2) : random.integer(3, 4 + size)),
	});
	const first = make(tenants[0], names[0], shape === 'one' ? random.pick([1, 1, 2]) : 0);
	if (shape === 'one') return [first];
	return [first, make(shape === 'tenants' ? tenants[1] : tenants[0], names[1], 0)];
}

/** Lists with who is on them, and the changes that turn them into what is wanted: some join, some leave, some move. */
function populate(
	random: SeededRandom,
	kind: KindName,
	mode: Mode,
	group: Group,
	lists: Map<string, { ref: ListRef; live: Set<string>; wanted: Set<string> }>,
	desired: DesiredChange[],
): void {
	const { tenantId, groupId } = group;
	const ref = (userId: string, callCenterId: string | null): ListRef => ({
		kind,
		tenantId,
		groupId,
		userId,
		callCenterId,
	});
	const all =
		kind === 'supervisedAgents'
			? random.some(
					group.supervisors.flatMap((boss) => group.callCenters.map((callCenter) => ref(boss, callCenter))),
					0.8,
				)
			: [...group.agents, ...group.supervisors].map((agent) => ref(agent, null));
	if (all.length === 0) all.push(ref(group.supervisors[0], group.callCenters[0]));
	const pool = kind === 'supervisedAgents' ? group.agents : group.callCenters;
	const most = kind === 'supervisedAgents' ? 4 : 3;
	const entries = all.map((list) => {
		const wanted = new Set(shuffled(random, pool).slice(0, random.integer(1, Math.min(most, pool.length))));
		return { ref: list, live: new Set(wanted), wanted };
	});
	for (const entry of entries) lists.set(listKey(entry.ref), entry);
	const joiners = random.integer(0, 2);
	for (let n = 0; n < joiners; n++) {
		const entry = random.pick(entries);
		const gone = random.pick([...entry.wanted]);
		if (entry.live.size > 1) entry.live.delete(gone);
	}
	const moves = random.integer(0, 3);
	for (let n = 0; n < moves; n++) {
		const to = random.pick(entries);
		if (kind === 'agentCallCenters') {
			const [from] = shuffled(random, pool).filter((id) => !to.wanted.has(id));
			const into = random.pick([...to.wanted]);
			if (from === undefined) continue;
			to.live.delete(into);
			to.live.add(from);
			continue;
		}
		const member = random.pick([...to.wanted]);
		const [from] = shuffled(random, entries).filter((entry) => entry !== to && !entry.wanted.has(member));
		if (from === undefined) continue;
		to.live.delete(member);
		from.live.add(member);
	}
	const leavers = random.integer(0, 2);
	for (let n = 0; n < leavers; n++) {
		const entry = random.pick(entries);
		const extra = random.pick(pool);
		if (!entry.wanted.has(extra)) entry.live.add(extra);
	}
	// Some lists are not the source's business.
	const named = entries.length > 2 && random.chance(0.4) ? entries.slice(0, -1) : entries;
	for (const { ref: list, live, wanted } of named) {
		const change = (member: string, want: 'add' | 'remove') => desired.push({ list, member, want });
		if (mode === 'mirror') {
			for (const member of wanted) change(member, 'add');
			continue;
		}
		for (const member of live) if (!wanted.has(member)) change(member, 'remove');
		if (mode === 'removeOnly') {
			if (live.size > 1 && random.chance(0.3)) change(random.pick([...live]), 'remove');
			continue;
		}
		for (const member of wanted) if (!live.has(member) || random.chance(0.3)) change(member, 'add');
	}
	if (desired.length === 0) {
		const { ref: list, live } = named.find((one) => one.live.size > 0) ?? named[0];
		if (live.size === 0) live.add(random.pick(pool));
		desired.push({ list, member: [...live][0], want: mode === 'removeOnly' ? 'remove' : 'add' });
	}
	dedupe(desired);
}

function dedupe(desired: DesiredChange[]): void {
	const seen = new Set<string>();
	const kept = desired.filter(({ list, member }) => {
		const key = pairOf(listKey(list), foldId(member));
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
	desired.splice(0, desired.length, ...kept);
}

function specOf(
	random: SeededRandom,
	kind: KindName,
	groups: readonly Group[],
	lists: ReadonlyArray<{ ref: ListRef; live: Set<string>; wanted: Set<string> }>,
	desired: readonly DesiredChange[],
	assignFirst: boolean,
): { spec: WorldSpec; eligible: Map<string, Set<string>> } {
	const eligible = new Map<string, Set<string>>();
	const specs = groups.map((group): { tenantId: string; spec: GroupSpec } => {
		const own = lists.filter(({ ref }) => ref.groupId === group.groupId && ref.tenantId === group.tenantId);
		const callCenters = group.callCenters.map((callCenter): CallCenterSpec => {
			if (kind === 'agentCallCenters') {
				const agents = own.filter(({ live }) => live.has(callCenter)).map(({ ref }) => ref.userId);
				return { serviceUserId: callCenter, allowJoin: true, agents };
			}
			const here = own.filter(({ ref }) => ref.callCenterId === callCenter);
			const wished = assignFirst ? [] : desired.filter(({ list }) => here.some(({ ref }) => ref === list));
			const needed = new Set([...here.flatMap(({ live }) => [...live]), ...wished.map(({ member }) => member)]);
			const agents = group.agents.filter((agent) => needed.has(agent) || random.chance(assignFirst ? 0.5 : 0.8));
			const mayBeOn = assignFirst ? [...group.agents, ...group.supervisors] : agents;
			for (const { ref } of here) eligible.set(listKey(ref), new Set(mayBeOn.map(foldId)));
			const supervisors = Object.fromEntries(here.map(({ ref, live }) => [ref.userId, [...live]]));
			return { serviceUserId: callCenter, allowJoin: true, agents, supervisors };
		});
		if (kind === 'agentCallCenters')
			for (const { ref } of own) eligible.set(listKey(ref), new Set(group.callCenters.map(foldId)));
		const users = [...group.supervisors, ...group.agents].map((userId) => ({ userId }));
		return { tenantId: group.tenantId, spec: { groupId: group.groupId, users, callCenters } };
	});
	const tenantIds = [...new Set(groups.map(({ tenantId }) => tenantId))];
	const tenants = tenantIds.map((tenantId) => ({
		tenantId,
		type: 'ServiceProvider' as const,
		groups: specs.filter((entry) => entry.tenantId === tenantId).map(({ spec }) => spec),
	}));
	return { spec: { tenants }, eligible };
}

/** By the default limits as docs/sync.md gives them. */
function withinGuards(live: Lists, removals: ReadonlySet<string>): boolean {
	const members = [...live.values()].reduce((sum, list) => sum + list.size, 0);
	// Lists that the source does not name do not count, so this stays on the safe side.
	if (removals.size > Math.max(5, Math.floor(members / 20))) return false;
	return [...live].every(([key, list]) => {
		const lost = [...list].filter((member) => removals.has(pairOf(key, member))).length;
		return lost <= (list.size < 5 ? Math.floor(list.size / 2) : Math.floor(list.size * 0.3));
	});
}

export function shuffled<T>(random: SeededRandom, values: readonly T[]): T[] {
	const result = [...values];
	for (let at = result.length - 1; at > 0; at--) {
		const other = random.integer(0, at);
		[result[at], result[other]] = [result[other], result[at]];
	}
	return result;
}
