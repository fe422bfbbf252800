/**
 * Five small runs that go through everything the engine does: both kinds of list, Sync, Apply Plan and Roll Back;
 * additions, removals, moves, whole replaces, chunks, bisection, call centers assigned first, and every way to sign in.
 */

import type { Settings } from '../../lib/sync';
import type { ListRef } from '../../lib/sync/model/list';
import type { SourceRow } from '../../lib/sync/model/row';
import type { CallCenterSpec, ListEdit } from '../../simulator';
import { CANARIES, PLATFORM_URL, TENANT, type Scenario } from '../chaos/scenario';
import { settings } from '../sync/world';
import { TIMEOUT_MS } from './kinds';

export interface Reference {
	readonly name: string;
	readonly scenario: Scenario;
	/** What somebody else may do meanwhile, by name. */
	readonly edits: Readonly<Record<string, ListEdit>>;
}

const GROUP = 'G';
const id = (name: string) => `${name}@sip.example.be`;
const SALES = id('sales');
const HELP = id('help');
const CLOSED = id('closed');
const AGENTS = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'].map(id);
const SUPERVISORS = ['s1', 's2', 's3'].map(id);

/** Lists by what they are of, `s1 sales` or `a1`, to their members. */
type Lists = Readonly<Record<string, readonly string[]>>;

interface Given {
	readonly name: string;
	readonly live: Lists;
	readonly wanted: Lists;
	readonly settings?: Partial<Settings>;
	readonly scenario: Pick<Scenario, 'path' | 'signIn'> & Partial<Scenario>;
	/** `s1 sales +a1`: somebody else puts a1 on that list; `-a1`: takes it off. */
	readonly edits: readonly string[];
}

function reference({ name, live, wanted, settings, scenario, edits }: Given): Reference {
	const kind = settings?.kind ?? 'supervisedAgents';
	const rows = Object.entries(wanted).flatMap(([list, members]) =>
		members.map((member) => ({ list: refOf(kind, list), memberId: id(member) })),
	);
	return {
		name,
		edits: Object.fromEntries(edits.map((edit) => [edit.replaceAll(' ', '.'), editOf(kind, edit)])),
		scenario: {
			seed: 1,
			world: {
				tenants: [{ tenantId: TENANT, type: 'Enterprise', groups: [groupOf(kind, live)] }],
				accounts: [{ ...ACCOUNT }],
			},
			source: {
				rows: rows.map((row, at): SourceRow => ({ ...row, action: null, line: at + 2, item: 0 })),
				rejected: [],
				findings: [],
			},
			settings: { ...SETTINGS, ...settings },
			chance: null,
			script: [],
			rateLimit: {},
			timeoutMs: TIMEOUT_MS,
			edits: [],
			cancel: null,
			kill: null,
			echo: 1,
			closedPort: 0,
			neighbour: null,
			clock: [],
			...scenario,
			simulator: { latencyMs: 100, ...scenario.simulator },
		},
	};
}

const ACCOUNT = {
	username: CANARIES.username,
	password: CANARIES.password,
	m2mToken: CANARIES.token,
	userLevel: 16 as const,
};

const SETTINGS: Settings = settings({ platformUrl: PLATFORM_URL, maxEntries: 100, concurrency: 2 });

function refOf(kind: Settings['kind'], list: string): ListRef {
	const [owner, callCenter] = list.split(' ');
	return {
		kind,
		tenantId: TENANT,
		groupId: GROUP,
		userId: id(owner),
		callCenterId: callCenter === undefined ? null : id(callCenter),
	};
}

function editOf(kind: Settings['kind'], text: string): ListEdit {
	const at = text.lastIndexOf(' ');
	const { userId, callCenterId } = refOf(kind, text.slice(0, at));
	const member = [id(text.slice(at + 2))];
	return {
		kind,
		userId,
		callCenterId: callCenterId ?? undefined,
		...(text[at + 1] === '+' ? { add: member } : { remove: member }),
	};
}

/**
 * Supervisors' lists: everybody is an agent of both call centers but a8, who is at the help desk only. Agents' lists:
 * as given.
 */
function groupOf(kind: Settings['kind'], live: Lists) {
	const entries = Object.entries(live).map(([list, members]) => ({ ...refOf(kind, list), members: members.map(id) }));
	const callCenter = (serviceUserId: string): CallCenterSpec => {
		if (kind === 'agentCallCenters') {
			const agents = entries.filter(({ members }) => members.includes(serviceUserId)).map(({ userId }) => userId);
			return { serviceUserId, agents, supervisors: {}, allowJoin: serviceUserId !== CLOSED };
		}
		const supervisors = entries
			.filter(({ callCenterId }) => callCenterId === serviceUserId)
			.map(({ userId, members }) => [userId, members]);
		return {
			serviceUserId,
			agents: serviceUserId === SALES ? AGENTS.slice(0, -1) : AGENTS,
			supervisors: Object.fromEntries(supervisors),
		};
	};
	return {
		groupId: GROUP,
		users: [...AGENTS, ...SUPERVISORS].map((userId) => ({ userId })),
		callCenters: [SALES, HELP, CLOSED].map(callCenter),
	};
}

export const REFERENCES: readonly Reference[] = [
	// Chunks of three; a3 moves from s1 to s2; the platform knows no "nobody", so its chunk is bisected.
	reference({
		name: 'sync-chunks',
		live: { 's1 sales': ['a1', 'a2', 'a3'], 's2 sales': ['a4'], 's1 help': ['a6'], 's3 help': ['a7', 'a8'] },
		wanted: {
			's1 sales': ['a1', 'a2', 'a5', 'a4'],
			's2 sales': ['a4', 'a3', 'a6', 'a7', 'a5'],
			's1 help': ['a6', 'a1', 'nobody', 'a5'],
			's3 help': ['a7'],
		},
		settings: { maxEntries: 3 },
		scenario: { path: 'sync', signIn: 'gatewayPassword', simulator: { loadBalancerCookie: true } },
		edits: [
			's1 sales +a7',
			's1 sales -a1',
			's1 sales -a3',
			's2 sales +a3',
			's2 sales -a3',
			's2 sales +a1',
			's1 help +a1',
			's1 help -a6',
		],
	}),
	// A whole replace, whose answer shows nothing; a2 is protected. Removals wait for additions to other lists, so only
	// one list has any.
	reference({
		name: 'sync-replace',
		live: { 's1 sales': ['a1', 'a2', 'a3'], 's2 sales': ['a4', 'a6'], 's3 help': ['a5', 'a7'] },
		wanted: { 's1 sales': ['a1', 'a2', 'a5'], 's2 sales': ['a4'], 's3 help': ['a5', 'a7'] },
		settings: { protectedMembers: [id('a2')] },
		scenario: { path: 'sync', signIn: 'accessToken', simulator: { writeAnswers: 'empty', unstableOrder: true } },
		edits: [
			's1 sales +a7',
			's1 sales -a1',
			's1 sales -a2',
			's1 sales +a2',
			's2 sales +a7',
			's2 sales -a4',
			's2 sales +a2',
			's1 sales -a3',
		],
	}),
	// Agents' lists, which can only be replaced: a1 moves, a3 is refused one of two, a5 is as wanted.
	reference({
		name: 'sync-agents',
		live: { a1: ['sales'], a2: ['sales', 'help'], a3: ['help'], a4: ['help'], a5: ['sales'] },
		wanted: { a1: ['help'], a2: ['sales'], a3: ['sales', 'closed'], a4: ['help', 'sales'], a5: ['sales'] },
		settings: { kind: 'agentCallCenters' },
		scenario: { path: 'sync', signIn: 'corePassword' },
		edits: ['a1 +help', 'a1 -sales', 'a2 +closed', 'a2 -sales', 'a3 +sales', 'a3 -help', 'a4 -help', 'a4 +closed'],
	}),
	// A reviewed plan: a8 is put in the sales call center first, a2 moves, ids are checked against the group's users.
	reference({
		name: 'apply-plan',
		live: { 's1 sales': ['a1', 'a2'], 's2 sales': ['a3'], 's3 help': ['a4'] },
		wanted: { 's1 sales': ['a1', 'a8'], 's2 sales': ['a3', 'a2'], 's3 help': ['a4'] },
		settings: { assignFirst: true, checkUsers: true },
		scenario: { path: 'planAndApply', signIn: 'gatewayPassword' },
		edits: [
			's1 sales +a7',
			's1 sales -a1',
			's1 sales -a2',
			's2 sales +a2',
			's2 sales -a2',
			's2 sales +a5',
			's3 help -a4',
		],
	}),
	// A sync that is undone: a2 and a4 go back to where they were.
	reference({
		name: 'roll-back',
		live: { 's1 sales': ['a1', 'a2', 'a3'], 's2 sales': ['a4'], 's3 help': ['a5', 'a6'] },
		wanted: { 's1 sales': ['a1', 'a4', 'a5'], 's2 sales': ['a2'], 's3 help': ['a5', 'a6', 'a7'] },
		scenario: { path: 'syncAndRollBack', signIn: 'accessToken' },
		edits: [
			's1 sales +a7',
			's1 sales -a1',
			's1 sales +a2',
			's1 sales -a4',
			's2 sales -a2',
			's2 sales +a4',
			's3 help -a7',
			's3 help +a1',
		],
	}),
];
