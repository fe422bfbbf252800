import { FIRST_NAMES, LAST_NAMES, DEPARTMENTS, CALL_CENTER_NAMES } from './names';
import { SeededRandom } from '../tools/seeded-random';
import type { CallCenterSpec, GroupSpec, UserSpec, WorldSpec } from './world-spec';

/** How large a world to make; every count below `tenants` is per group. */
export interface SeededWorldOptions {
	seed?: number;
	tenants?: number;
	/** Groups per tenant. */
	groups?: number;
	callCenters?: number;
	supervisors?: number;
	agents?: number;
	/** Call centers that each agent is in: from 1 to this many. */
	callCentersPerAgent?: number;
	/** Call centers that each supervisor supervises. */
	callCentersPerSupervisor?: number;
	/** Share of the agents within a supervisor's reach that are supervised at the start, 0 to 1. */
	supervisedShare?: number;
	domain?: string;
}

export const SEEDED_WORLD_DEFAULTS: Readonly<Required<SeededWorldOptions>> = {
	seed: 1,
	tenants: 1,
	groups: 1,
	callCenters: 10,
	supervisors: 20,
	agents: 500,
	callCentersPerAgent: 2,
	callCentersPerSupervisor: 1,
	supervisedShare: 0.8,
	domain: 'voice.example.com',
};

/**
 * A platform of any size, the same for the same options: each agent of a call center has at most one supervisor in it.
 */
export function createWorld(options: SeededWorldOptions = {}): WorldSpec {
	const size = { ...SEEDED_WORLD_DEFAULTS, ...options };
	const random = new SeededRandom(size.seed);
	const tenants: WorldSpec['tenants'] = [];
	for (let t = 1; t <= size.tenants; t++) {
		const tenantId = `tenant${t}`;
		const groups: GroupSpec[] = [];
		for (let g = 1; g <= size.groups; g++) {
			const suffix = size.tenants * size.groups > 1 ? `.t${t}g${g}` : '';
			groups.push(createGroup(`group${g}`, suffix, size, random));
		}
		tenants.push({ tenantId, name: `Tenant ${t}`, type: 'Enterprise', defaultDomain: size.domain, groups });
	}
	return { tenants };
}

function createGroup(
	groupId: string,
	suffix: string,
	size: Required<SeededWorldOptions>,
	random: SeededRandom,
): GroupSpec {
	const supervisors = Array.from({ length: size.supervisors }, (_, n) =>
		createUser(n, `sup${suffix}`, size.domain, random),
	);
	const agents = Array.from({ length: size.agents }, (_, n) =>
		createUser(n + size.supervisors, suffix.slice(1), size.domain, random),
	);
	const callCenters = Array.from({ length: size.callCenters }, (_, n) => createCallCenter(n, suffix, size.domain));
	if (callCenters.length > 0) {
		fillSeats(callCenters, agents, size, random);
		appointSupervisors(callCenters, supervisors, size, random);
	}
	return { groupId, groupName: `Group ${groupId.slice(5)}`, users: [...supervisors, ...agents], callCenters };
}

function createUser(n: number, suffix: string, domain: string, random: SeededRandom): UserSpec {
	const firstName = random.pick(FIRST_NAMES);
	const lastName = random.pick(LAST_NAMES);
	const local = [plain(firstName), plain(lastName), suffix ? `${suffix}${n + 1}` : String(n + 1)].join('.');
	const departmentName = random.pick(DEPARTMENTS);
	return {
		userId: `${local}@${domain}`,
		lastName,
		firstName,
		// Belgian numbers of the Brussels zone, unique below a million users of one group.
		phoneNumber: `+322${String(5000000 + n)}`,
		extension: String(10000 + n),
		...(random.next() < 0.7 ? { department: { departmentName, fullPathName: `Operations \\ ${departmentName}` } } : {}),
		emailAddress: `${local}@mail.example.com`,
	};
}

function createCallCenter(n: number, suffix: string, domain: string): CallCenterSpec {
	const name = `${CALL_CENTER_NAMES[n % CALL_CENTER_NAMES.length]} ${Math.floor(n / CALL_CENTER_NAMES.length) + 1}`;
	const type = (['Standard', 'Basic', 'Premium'] as const)[n % 3];
	return {
		serviceUserId: `cc${n + 1}${suffix}@${domain}`,
		name,
		type,
		// Every seventh call center is closed to those who would join by themselves.
		allowJoin: n % 7 !== 6,
		phoneNumber: `+3227${String(100000 + n)}`,
		extension: String(7000 + n),
		...(type === 'Premium' ? { skillBased: n % 2 === 0, dnis: [`${name} Line 1`, `${name} Line 2`] } : {}),
		agents: [],
		supervisors: {},
	};
}

function fillSeats(
	callCenters: CallCenterSpec[],
	agents: UserSpec[],
	size: Required<SeededWorldOptions>,
	random: SeededRandom,
): void {
	agents.forEach((agent, n) => {
		const count = Math.min(callCenters.length, random.integer(1, Math.max(1, size.callCentersPerAgent)));
		for (let i = 0; i < count; i++) {
			// Neighbours in a ring: spread evenly, never the same twice.
			callCenters[(n + i) % callCenters.length].agents?.push({
				userId: agent.userId,
				available: random.next() < 0.5,
				skillLevel: random.integer(1, 20),
			});
		}
	});
}

function appointSupervisors(
	callCenters: CallCenterSpec[],
	supervisors: UserSpec[],
	size: Required<SeededWorldOptions>,
	random: SeededRandom,
): void {
	const teams = new Map<CallCenterSpec, string[][]>();
	supervisors.forEach((supervisor, n) => {
		for (let i = 0; i < Math.min(callCenters.length, size.callCentersPerSupervisor); i++) {
			const callCenter = callCenters[(n + i) % callCenters.length];
			const team: string[] = [];
			if (callCenter.supervisors) callCenter.supervisors[supervisor.userId] = team;
			teams.set(callCenter, [...(teams.get(callCenter) ?? []), team]);
		}
	});
	for (const [callCenter, lists] of teams) {
		callCenter.agents?.forEach((agent, n) => {
			if (random.next() < size.supervisedShare)
				lists[n % lists.length].push(typeof agent === 'string' ? agent : agent.userId);
		});
	}
}

/** `Zoë D'Hondt` -> `zoe`, `dhondt`: what a directory makes of a name for an id. */
function plain(name: string): string {
	return name
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toLowerCase();
}
