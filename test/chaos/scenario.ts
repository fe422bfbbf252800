/**
 * A seed to everything that is to happen: world, source, settings, the platform's habits, faults, other hands,
 * interruptions.
 */

import type { SourceRow } from '../../lib/sync/model/row';
import type { RateLimitSettings, RunLimits } from '../../lib/rate-limit';
import type { KindName, ListRef } from '../../lib/sync/model/list';
import { DEFAULT_LIMITS } from '../../lib/options';
import type { Settings, Source } from '../../lib/sync';
import type { ChanceFaults, CallCenterSpec, FaultRule, ListEdit, SimulatorSettings, WorldSpec } from '../../simulator';
import { badRow, withListTrouble } from './list-trouble';
import { SeededRandom } from '../../tools/seeded-random';
import { withRateLimitTrouble } from './rate-limit-trouble';

/** What the run does: Sync; Plan and, later, Apply Plan; Sync and, later, Roll Back. */
export type Path = 'sync' | 'planAndApply' | 'syncAndRollBack';

export type SignInMethod = 'accessToken' | 'corePassword' | 'gatewayPassword';

/** Counted in requests that the run sends. */
export interface Interruption {
	readonly request: number;
	/** `kill` only: whether that last request still reaches the platform. */
	readonly reaches: boolean;
	/** `cancel` only: milliseconds between the request and the cancellation. */
	readonly afterMs: number;
}

/** A second run of the same process. */
export interface Neighbour {
	readonly limits: RunLimits;
	/** Lists that it reads. */
	readonly reads: number;
}

export interface Scenario {
	readonly seed: number;
	readonly world: WorldSpec;
	readonly source: Source;
	readonly settings: Settings;
	readonly simulator: Partial<SimulatorSettings>;
	readonly chance: ChanceFaults | null;
	/** Faults at chosen requests, counted over everything that reaches the platform while the trouble lasts. */
	readonly script: readonly FaultRule[];
	readonly rateLimit: Partial<RateLimitSettings>;
	readonly path: Path;
	readonly signIn: SignInMethod;
	/** The client's time-out of one request. */
	readonly timeoutMs: number;
	readonly edits: ReadonlyArray<{ readonly afterMs: number; readonly edit: ListEdit }>;
	readonly cancel: Interruption | null;
	readonly kill: Interruption | null;
	/** Chance that an error answer shows the request's own sign-in, as some proxies' error pages do. */
	readonly echo: number;
	/** Chance that a request meets a closed port. */
	readonly closedPort: number;
	readonly neighbour: Neighbour | null;
	/** How the client's clock is put forward or back, counted from the beginning. */
	readonly clock: ReadonlyArray<{ readonly afterMs: number; readonly byMs: number }>;
}

export const TENANT = 'T';
export const PLATFORM_URL = 'https://apio.example/api';

/** Nothing of these may ever be seen in what a run hands back. */
export const CANARIES = {
	username: 'robot',
	password: ['canary', 'password', 'd41d8cd9'].join('-'),
	token: ['canary', 'machine', 'token', '98f00b20'].join('-'),
};

const DOMAIN = 'sip.example.be';
/** Ids that a path, a CSV or a comparison could stumble over. */
const ODD_NAMES = ["o'brien", 'jürgen', 'a+b%41', 'x/y', 'Ann Lee', 'UPPER'];

const NO_LIMITS: Settings['limits'] = {
	removalPercentPerList: 100,
	removalCountPerList: 1e9,
	removalPercentTotal: 100,
	removalCountTotal: 1e9,
	leaverCount: 1e9,
	additionCountTotal: 0,
	shrinkPercent: 100,
	listsNotShownPercent: 100,
};

interface People {
	readonly agents: readonly string[];
	readonly supervisors: readonly string[];
	readonly groupOf: ReadonlyMap<string, string>;
	readonly callCenters: readonly CallCenterSpec[];
}

export function scenarioOf(seed: number): Scenario {
	const random = new SeededRandom(seed);
	const people = makePeople(random);
	const kind = random.weighted<KindName>([7, 'supervisedAgents'], [3, 'agentCallCenters']);
	const settings = makeSettings(random, kind, people);
	const simulator = makePlatform(random, seed);
	const refs = listsOf(kind, people);
	const source = makeSource(random, settings, people, refs);
	const stops = random.weighted<'none' | 'cancel' | 'kill'>([6, 'none'], [2, 'cancel'], [2, 'kill']);
	const interruption = (): Interruption => ({
		request: random.integer(1, random.pick([4, 12, 40])),
		reaches: random.chance(0.5),
		afterMs: random.pick([0, 0, 1, 150, 1000, 20_000]),
	});
	const scenario: Scenario = {
		seed,
		world: worldOf(people),
		source,
		settings,
		simulator,
		chance: makeFaults(random, seed),
		script: [],
		rateLimit: random.chance(0.8)
			? {}
			: { startRate: random.pick([1, 5, 20]), maxRate: random.pick([5, 20, 100]), concurrency: random.integer(1, 10) },
		path: random.weighted<Path>([6, 'sync'], [3, 'planAndApply'], [2, 'syncAndRollBack']),
		signIn: random.pick<SignInMethod>(['accessToken', 'corePassword', 'gatewayPassword']),
		timeoutMs: random.pick([60_000, 60_000, 5_000]),
		edits: makeEdits(random, people),
		cancel: stops === 'cancel' ? interruption() : null,
		kill: stops === 'kill' ? interruption() : null,
		echo: random.chance(0.3) ? 0.5 : 0,
		closedPort: random.chance(0.2) ? 0.05 : 0,
		neighbour: null,
		clock: [],
	};
	return withListTrouble(withRateLimitTrouble(scenario));
}

function makePeople(random: SeededRandom): People {
	const groupOf = new Map<string, string>();
	const twoGroups = random.chance(0.2);
	const odd = random.some(ODD_NAMES, 0.15);
	const name = (given: string, group = twoGroups && random.chance(0.3) ? 'H' : 'G') => {
		const id = `${given}@${DOMAIN}`;
		groupOf.set(id, group);
		return id;
	};
	const agents = [...Array.from({ length: random.integer(2, 15 - odd.length) }, (_, n) => `agent${n + 1}`), ...odd].map(
		(given) => name(given),
	);
	const supervisors = Array.from({ length: random.integer(1, 6) }, (_, n) => name(`boss${n + 1}`, 'G'));
	const callCenters = Array.from({ length: random.integer(1, 3) }, (_, n): CallCenterSpec => {
		const members = random.some(agents, random.pick([0.5, 0.9, 1]));
		const supervised = random
			.some(supervisors, 0.8)
			.map((id): [string, string[]] => [id, random.some(members, random.pick([0, 0.3, 0.7]))]);
		return {
			serviceUserId: `${n === 1 ? 'Sales' : 'centre'}${n + 1}@${DOMAIN}`,
			agents: members,
			supervisors: Object.fromEntries(supervised),
			allowJoin: random.chance(0.85),
		};
	});
	return { agents, supervisors, groupOf, callCenters };
}

function worldOf({ groupOf, callCenters }: People): WorldSpec {
	const group = (groupId: string) => ({
		groupId,
		users: [...groupOf].filter(([, of]) => of === groupId).map(([userId]) => ({ userId })),
		callCenters: groupId === 'G' ? [...callCenters] : [],
	});
	const { username, password, token } = CANARIES;
	return {
		// Users must be there before the call centers that name them.
		tenants: [{ tenantId: TENANT, type: 'Enterprise', groups: [group('H'), group('G')] }],
		accounts: [{ username, password, m2mToken: token, userLevel: 16 }],
	};
}

function makeSettings(random: SeededRandom, kind: KindName, { agents }: People): Settings {
	const tight = () => random.pick([0, 1, 2, 5, 20]);
	return {
		kind,
		mode: random.weighted<Settings['mode']>([6, 'mirror'], [1, 'addOnly'], [1, 'removeOnly'], [2, 'actionColumn']),
		platformUrl: PLATFORM_URL,
		onBreach: random.pick(['abort', 'hold']),
		allowClear: random.chance(0.3),
		protectedMembers: random.chance(0.1) ? [random.pick(agents)] : [],
		aliases: {},
		checkUsers: random.chance(0.3),
		assignFirst: kind === 'supervisedAgents' && random.chance(0.3),
		soleWriter: random.chance(0.2),
		maxEntries: random.pick([0, 1, 2, 3, 5, 100]),
		concurrency: random.integer(1, 4),
		limits: random.weighted<Settings['limits']>(
			[15, NO_LIMITS],
			[3, DEFAULT_LIMITS],
			[2, { ...NO_LIMITS, removalCountPerList: tight(), removalCountTotal: tight(), additionCountTotal: tight() }],
		),
		lastRun: random.chance(0.05) ? { rows: 40, lists: 5, members: 40 } : null,
		readLists: 'all',
		lookEvery: 24,
		planValidMinutes: 60,
		...(random.chance(0.05) ? { forcedStrategy: 'replace' as const } : {}),
	};
}

function listsOf(kind: KindName, { agents, supervisors, callCenters, groupOf }: People): ListRef[] {
	const ref = (userId: string, callCenterId: string | null): ListRef => {
		const groupId = groupOf.get(userId) ?? 'G';
		return { kind, tenantId: TENANT, groupId, userId, callCenterId };
	};
	if (kind === 'agentCallCenters') return agents.map((agent) => ref(agent, null));
	return supervisors.flatMap((boss) => callCenters.map(({ serviceUserId }) => ref(boss, serviceUserId)));
}

/** Rows near what the platform has: some gone, some new, some strangers, some typed in another case, some unusable. */
function makeSource(random: SeededRandom, settings: Settings, people: People, refs: readonly ListRef[]): Source {
	const rows: SourceRow[] = [];
	const careless = random.chance(0.5) ? 0 : random.pick([0.05, 0.2]);
	const respelt = (id: string) => (random.chance(careless) ? random.pick([id.toUpperCase(), id.toLowerCase()]) : id);
	const line = () => rows.length + 2;
	for (const ref of random.some(refs, random.pick([0.3, 0.7, 1]))) {
		const put = (memberId: string | null, action: SourceRow['action']) =>
			rows.push({ list: { ...ref, userId: respelt(ref.userId) }, memberId, action, line: line(), item: 0 });
		if (random.chance(0.04)) {
			put(null, null);
			continue;
		}
		const live = liveOf(ref, people);
		const possible = possibleOf(ref, people);
		const keep = random.pick([0, 0.6, 0.9, 1]);
		const join = random.pick([0, 0.2, 0.6]);
		const wanted = possible.filter((id) => random.chance(live.has(id) ? keep : join));
		if (random.chance(careless))
			wanted.push(random.pick([`stranger1@${DOMAIN}`, `stranger2@${DOMAIN}`, random.pick(everybody(ref, people))]));
		for (const id of wanted) put(respelt(id), actionFor(random, settings.mode, live.has(id)));
		if (wanted.length > 0 && random.chance(careless)) put(respelt(wanted[0]), actionFor(random, settings.mode, false));
	}
	const rejected = random.chance(0.2)
		? Array.from({ length: random.integer(1, 2) }, (_, n) => badRow(random, random.pick(refs), 900 + n))
		: [];
	// The order of a file is nobody's business.
	if (random.chance(0.3)) rows.reverse();
	return { rows, rejected, findings: [] };
}

function actionFor(random: SeededRandom, mode: Settings['mode'], there: boolean): SourceRow['action'] {
	if (mode === 'actionColumn') return random.chance(0.02) ? null : random.chance(there ? 0.6 : 0.1) ? 'remove' : 'add';
	return random.chance(0.02) ? random.pick(['add', 'remove']) : null;
}

function liveOf({ kind, userId, callCenterId }: ListRef, { callCenters }: People): Set<string> {
	if (kind === 'supervisedAgents') {
		return new Set(
			callCenters.find(({ serviceUserId }) => serviceUserId === callCenterId)?.supervisors?.[userId] ?? [],
		);
	}
	return new Set(
		callCenters.filter(({ agents }) => agents?.includes(userId)).map(({ serviceUserId }) => serviceUserId),
	);
}

function possibleOf(ref: ListRef, { callCenters }: People): string[] {
	if (ref.kind === 'agentCallCenters') return callCenters.map(({ serviceUserId }) => serviceUserId);
	return (callCenters.find(({ serviceUserId }) => serviceUserId === ref.callCenterId)?.agents ?? []) as string[];
}

function everybody(ref: ListRef, { agents, callCenters }: People): string[] {
	return ref.kind === 'agentCallCenters' ? callCenters.map(({ serviceUserId }) => serviceUserId) : [...agents];
}

/** How this platform is, where the documentation leaves it open. */
function makePlatform(random: SeededRandom, seed: number): Partial<SimulatorSettings> {
	return {
		seed,
		alreadyThere: random.pick(['error', 'tolerate']),
		notThere: random.pick(['error', 'tolerate']),
		badId: random.weighted<SimulatorSettings['badId']>([6, 'reject'], [2, 'partial'], [2, 'ignore']),
		idCase: random.weighted<SimulatorSettings['idCase']>([3, 'sensitive'], [1, 'insensitive']),
		unstableOrder: random.chance(0.5),
		// The oracle asks of joining alone; what cannot be left is tested in nodes/sync/remove-everywhere.test.ts.
		leavesUnjoinable: true,
		recordInternalId: random.chance(0.5),
		writeAnswers: random.weighted<SimulatorSettings['writeAnswers']>([3, 'list'], [1, 'empty']),
		detailErrors: random.pick(['array', 'object']),
		trailingSlash: random.pick(['optionalOnGet', 'required']),
		maxListSize: random.chance(0.05) ? random.integer(2, 8) : null,
		maxEntriesPerRequest: random.chance(0.05) ? random.integer(1, 5) : null,
		loadBalancerCookie: random.chance(0.5),
		accessTokenSeconds: random.pick([300, 20]),
		latencyMs: random.pick([0, 20, 300]),
		latencyJitterMs: random.pick([0, 100, 2000]),
		quota: random.chance(0.35) ? makeQuota(random) : null,
	};
}

function makeQuota(random: SeededRandom): SimulatorSettings['quota'] {
	return {
		rate: random.pick([0.5, 2, 10, 30]),
		burst: random.pick([1, 5, 20]),
		retryAfter: random.pick(['seconds', 'date', 'none']),
		rateLimitHeaders: random.pick(['none', 'x', 'fields', 'structured']),
		...(random.chance(0.2)
			? { schedule: [{ afterMs: random.integer(1000, 20_000), rate: random.pick([0.1, 1, 20]) }] }
			: {}),
		...(random.chance(0.1) ? { retryAfterText: random.pick(['86400', '-1', 'soon', '0', '250']) } : {}),
	};
}

/** What can befall a request, with how much of all trouble it makes up. Refusals end a run, so they are rare. */
const TROUBLES: ReadonlyArray<readonly [keyof ChanceFaults['probabilities'], number]> = [
	['statusBefore', 3],
	['statusAfter', 3],
	['resetBefore', 3],
	['resetAfter', 3],
	['slow', 2],
	['slowLate', 2],
	['malformed', 2],
	['truncated', 2],
	['throttle', 2],
	['loseSessions', 2],
	['unauthorized', 0.3],
	['forbidden', 0.1],
	['thirdParty', 3],
];

function makeFaults(random: SeededRandom, seed: number): ChanceFaults | null {
	const total = random.weighted([2, 0], [3, 0.03], [4, 0.1], [3, 0.3], [1, 0.6]);
	if (total === 0) return null;
	const chosen = random.some(TROUBLES, random.pick([0.3, 0.7, 1]));
	const weight = chosen.reduce((sum, [, share]) => sum + share, 0);
	return {
		seed,
		probabilities: Object.fromEntries(chosen.map(([kind, share]) => [kind, (share / weight) * total])),
		statuses: [500, 502, 503, 504, 408],
		slowMs: [500, random.pick([4_000, 90_000])],
		retryAfter: [undefined, '1', '7'],
	};
}

function makeEdits(random: SeededRandom, people: People): Scenario['edits'] {
	if (random.chance(0.6)) return [];
	const lists = people.callCenters.flatMap(({ serviceUserId, supervisors, agents }) =>
		Object.keys(supervisors ?? {}).map((userId) => ({
			userId,
			callCenterId: serviceUserId,
			agents: (agents ?? []) as string[],
		})),
	);
	return Array.from({ length: random.integer(1, 4) }, () => {
		const afterMs = random.pick([10, 500, 3_000, 10_000, 60_000]) * (0.5 + random.next());
		const change = (ids: readonly string[]) =>
			random.chance(0.5) ? { add: [random.pick(ids)] } : { remove: [random.pick(ids)] };
		const list = lists.length > 0 ? random.pick(lists) : null;
		if (list && list.agents.length > 0 && random.chance(0.7)) {
			const { userId, callCenterId, agents } = list;
			return { afterMs, edit: { kind: 'supervisedAgents' as const, userId, callCenterId, ...change(agents) } };
		}
		const centers = people.callCenters.map(({ serviceUserId }) => serviceUserId);
		return {
			afterMs,
			edit: { kind: 'agentCallCenters' as const, userId: random.pick(people.agents), ...change(centers) },
		};
	});
}
