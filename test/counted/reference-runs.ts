/**
 * What a handful of runs cost, counted: the whole client with its defaults against the simulator, in virtual time. The
 * same for every machine, so nothing here depends on how fast anything is.
 */

import { apioPlatform } from '../../lib/apio';
import { DEFAULT_OPTIONS, engineOptions, type Options } from '../../lib/options';
import { RateLimiter, rateLimitedTransport } from '../../lib/rate-limit';
import { htmlReport, viewRun } from '../../lib/report';
import { syncRun, type ListRef, type Memory, type RunResult, type Source, type SourceRow } from '../../lib/sync';
import { ApioServer, type FaultPlan, type SimulatorSettings, type UserSpec, type WorldSpec } from '../../simulator';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { CANARIES } from '../chaos/scenario';
import { signedIn } from '../chaos/sign-in';
import { Wire } from '../chaos/wire';

/** Whole numbers; of each, more is worse. */
export interface Figures {
	readonly requests: number;
	readonly writes: number;
	readonly signIns: number;
	readonly refusedByQuota: number;
	/** Of paths, queries and bodies, sign-ins aside. */
	readonly bytesSent: number;
	/** Tenths of a second of virtual time. */
	readonly tenths: number;
	readonly planBytes: number;
	readonly journalBytes: number;
	readonly reportBytes: number;
	readonly memoryBytes: number;
	/** Lists that are not as the source asks. */
	readonly listsWrong: number;
}

const LATENCY = { latencyMs: 200, latencyJitterMs: 100 };
const TEAM = 8;

export async function referenceRuns(): Promise<Record<string, Figures>> {
	const nightly = new Company(200);
	const first = await nightly.sync();
	nightly.changeTeams(20);
	const runs: Record<string, Figures> = {
		'200 lists, nothing to change': first,
		'200 lists, 20 changed': await nightly.sync(),
	};

	const changed = new Company(500, { readLists: 'changed' });
	await changed.sync();
	changed.changeTeams(12);
	runs['500 lists, 12 changed, only changed lists read'] = await changed.sync();

	const empty = new Company(100);
	empty.emptyTeams();
	runs['100 empty lists, first night'] = await empty.sync();

	const quota = new Company(300, {}, { quota: { rate: 10, burst: 10, retryAfter: 'seconds' } });
	quota.changeTeams(300);
	runs['300 changed lists at 10 requests a second'] = await quota.sync();

	const chance = { seed: 7, probabilities: { statusBefore: 0.03, resetAfter: 0.02 }, match: { path: 'supervised' } };
	const faulty = new Company(100, {}, {}, { chance });
	faulty.changeTeams(100);
	runs['100 changed lists, 5 % of requests without a clear answer'] = await faulty.sync();

	const refusing = new Company(40, { readLists: 'changed' });
	refusing.emptyTeams();
	refusing.askForUnknown();
	runs['40 lists, one member of each refused'] = await refusing.sync();
	await refusing.sync();
	await refusing.sync();
	runs['40 lists, one member of each refused for three runs'] = await refusing.sync();
	return runs;
}

/** A platform, what HR wants of it, and the runs on it one after the other. */
class Company {
	readonly #clock = new VirtualClock();
	readonly #server: ApioServer;
	readonly #lists: readonly ListRef[];
	readonly #teams: string[][];
	readonly #agents: readonly UserSpec[];
	readonly #options: Options;
	#memory: Memory | null = null;

	constructor(
		lists: number,
		options: Partial<Options> = {},
		settings: Partial<SimulatorSettings> = {},
		private readonly faults: FaultPlan = {},
	) {
		this.#options = { ...DEFAULT_OPTIONS, ...options };
		this.#agents = Array.from({ length: lists * TEAM }, (_, index) => user('agent', index));
		const supervisors = Array.from({ length: lists }, (_, index) => user('supervisor', index));
		this.#teams = supervisors.map((_, index) => this.#teamAt(index * TEAM));
		const world = worldOf(supervisors, this.#agents, this.#teams);
		this.#server = new ApioServer({ world, settings: { ...LATENCY, ...settings } });
		this.#lists = supervisors.map(({ userId }) => listOf(userId));
	}

	/** In each of the first teams somebody goes, and somebody comes who is in another team as well. */
	changeTeams(count: number): void {
		for (let index = 0; index < count; index++)
			this.#teams[index] = [
				...this.#teams[index].slice(1),
				this.#agents[((index + 2) * TEAM - 1) % this.#agents.length].userId,
			];
	}

	/** On the platform. */
	emptyTeams(): void {
		const { supervisors } = this.#server.world.spec.tenants[0].groups[0].callCenters![0];
		for (const userId of Object.keys(supervisors!)) supervisors![userId] = [];
		this.#server.reset();
	}

	askForUnknown(): void {
		for (const [index, team] of this.#teams.entries()) team.push(`unknown${index}@acme.example`);
	}

	async sync(): Promise<Figures> {
		this.#server.setFaults(this.faults);
		const from = this.#server.requests().length;
		const signIns = this.#server.stats().signIns;
		const startedAt = this.#clock.now();
		const result = await this.#clock.run(async () => await this.#syncOnce());
		this.#memory = result.memory ?? null;
		const requests = this.#server.requests().slice(from);
		const work = requests.filter(({ path }) => !/\/(auth|login)(\/|$)/.test(path));
		return {
			requests: requests.length,
			writes: work.filter(({ method }) => method !== 'GET').length,
			signIns: this.#server.stats().signIns - signIns,
			refusedByQuota: requests.filter(({ status }) => status === 429).length,
			bytesSent: work.reduce((sum, { path, query, body }) => sum + bytes(path + query + body), 0),
			tenths: Math.round((this.#clock.now() - startedAt) / 100),
			planBytes: jsonBytes(result.plan),
			journalBytes: jsonBytes(result.journal),
			reportBytes: bytes(htmlReport(viewRun({ operation: 'sync', result, source: this.#source() }))),
			memoryBytes: jsonBytes(this.#memory),
			listsWrong: this.#listsWrong(),
		};
	}

	async #syncOnce(): Promise<RunResult> {
		const clock = this.#clock;
		const wire = new Wire(
			this.#server,
			clock,
			null,
			() => false,
			() => undefined,
			() => 0,
		);
		const { transport } = signedIn({
			server: this.#server,
			clock,
			clientClock: clock,
			wire,
			method: 'corePassword',
			timeoutMs: 60_000,
			signal: undefined,
			echoes: () => false,
		});
		const limited = rateLimitedTransport(transport, new RateLimiter({}, clock, seededRandom(1)), {});
		const settings = {
			...engineOptions(this.#options),
			kind: 'supervisedAgents',
			mode: 'mirror',
			platformUrl: 'https://apio.example/api/v01/p1',
			protectedMembers: [],
			aliases: {},
			lastRun: null,
			limits: { ...engineOptions(this.#options).limits, removalPercentTotal: 100, removalCountTotal: 1_000 },
			memory: this.#memory,
		} as const;
		return await syncRun(this.#source(), settings, {
			platform: apioPlatform(limited),
			clock,
			expectedRate: () => limited.run.expectedRate(),
		});
	}

	#source(): Source {
		const rows = this.#lists.flatMap((list, index) =>
			this.#teams[index].map((memberId): SourceRow => ({ list, memberId, action: null, line: index + 2, item: 0 })),
		);
		return { rows, rejected: [], findings: [] };
	}

	#teamAt(first: number): string[] {
		return this.#agents.slice(first, first + TEAM).map(({ userId }) => userId);
	}

	#listsWrong(): number {
		const wanted = new Map(this.#lists.map(({ userId }, index) => [userId, [...this.#teams[index]].sort().join()]));
		const { supervisedAgents } = this.#server.state();
		return supervisedAgents.filter(({ userId, members }) => wanted.get(userId) !== [...members].sort().join()).length;
	}
}

const [TENANT, GROUP, CALL_CENTER] = ['acme', 'brussels', 'support@acme.example'];

function listOf(userId: string): ListRef {
	return { kind: 'supervisedAgents', tenantId: TENANT, groupId: GROUP, userId, callCenterId: CALL_CENTER };
}

function user(role: string, index: number): UserSpec {
	return { userId: `${role}${index}@acme.example`, firstName: role, lastName: `Number ${index}` };
}

function worldOf(supervisors: readonly UserSpec[], agents: readonly UserSpec[], teams: readonly string[][]): WorldSpec {
	const { username, password, token } = CANARIES;
	const callCenter = {
		serviceUserId: CALL_CENTER,
		name: 'Support',
		agents: agents.map(({ userId }) => userId),
		supervisors: Object.fromEntries(supervisors.map(({ userId }, index) => [userId, [...teams[index]]])),
	};
	const group = { groupId: GROUP, users: [...supervisors, ...agents], callCenters: [callCenter] };
	return {
		tenants: [{ tenantId: TENANT, type: 'Enterprise', groups: [group] }],
		accounts: [{ username, password, m2mToken: token, userLevel: 16 }],
	};
}

function bytes(text: string): number {
	return Buffer.byteLength(text);
}

function jsonBytes(document: object | null): number {
	return document === null ? 0 : bytes(JSON.stringify(document));
}
