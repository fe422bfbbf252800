/**
 * A world as data: tests build exactly the platform that they need, and seeded worlds are made of it.
 */

export type CallCenterType = 'Basic' | 'Standard' | 'Premium';

export interface Dnis {
	readonly serviceUserId: string;
	readonly name: string;
}

export interface DepartmentSpec {
	/** By default the user's own tenant and group. */
	tenantId?: string;
	groupId?: string;
	departmentName: string;
	/** Parents and department joined with ` \ `; by default the department's name. */
	fullPathName?: string;
}

/** The settings of one agent, in the order in which the documentation shows them. Undefined: not shown on reading. */
export interface AgentProfileSettings {
	agentACDState: string;
	agentThresholdProfileName: string;
	agentUnavailableCode: string;
	useDefaultGuardTimer: boolean;
	enableGuardTimer: boolean;
	guardTimerSeconds: number;
	useSystemDefaultUnavailableSettings: boolean;
	forceAgentUnavailableOnDNDActivation: boolean;
	/** Premium only. */
	forceAgentUnavailableOnPersonalCalls?: boolean;
	forceAgentUnavailableOnBouncedCallLimit: boolean;
	numberConsecutiveBouncedCallsToForceAgentUnavailable: number;
	forceAgentUnavailableOnNotReachable: boolean;
	/** Premium only. */
	makeOutgoingCallsAsCallCenter?: boolean;
	outgoingCallDNIS: Dnis | null;
}

/** As in the documentation's example of GET. */
export const DEFAULT_PROFILE: Readonly<AgentProfileSettings> = {
	agentACDState: 'Available',
	agentThresholdProfileName: 'Default Agent Threshold Profile',
	agentUnavailableCode: '',
	useDefaultGuardTimer: true,
	enableGuardTimer: false,
	guardTimerSeconds: 5,
	useSystemDefaultUnavailableSettings: true,
	forceAgentUnavailableOnDNDActivation: false,
	forceAgentUnavailableOnBouncedCallLimit: false,
	numberConsecutiveBouncedCallsToForceAgentUnavailable: 3,
	forceAgentUnavailableOnNotReachable: false,
	outgoingCallDNIS: null,
};

export interface UserSpec {
	userId: string;
	lastName?: string;
	firstName?: string;
	phoneNumber?: string;
	extension?: string;
	department?: DepartmentSpec;
	emailAddress?: string;
	impId?: string;
	locationCode?: string;
	profile?: Partial<AgentProfileSettings>;
}

export interface AgentSpec {
	userId: string;
	available?: boolean;
	priority?: string;
	skillLevel?: number;
	weight?: number;
}

export interface CallCenterSpec {
	serviceUserId: string;
	name?: string;
	type?: CallCenterType;
	skillBased?: boolean;
	phoneNumber?: string;
	extension?: string;
	/** Agents may join by themselves, which is what assigning by the agent's own list needs. Default true. */
	allowJoin?: boolean;
	logOffAllowed?: boolean;
	/** Names of its DNIS. */
	dnis?: string[];
	agents?: Array<string | AgentSpec>;
	/** Supervisor's userId -> userIds of the agents supervised. */
	supervisors?: Record<string, string[]>;
}

export interface GroupSpec {
	groupId: string;
	groupName?: string;
	users: UserSpec[];
	callCenters: CallCenterSpec[];
}

export interface TenantSpec {
	tenantId: string;
	name?: string;
	/** An enterprise shares its call centers among its groups. Default Enterprise. */
	type?: 'ServiceProvider' | 'Enterprise';
	defaultDomain?: string;
	groups: GroupSpec[];
}

/** One way to sign in, at either entry point. */
export interface AccountSpec {
	username: string;
	password: string;
	/** 0 end user, 4 department, 8 group, 12 tenant, 16 system administrator (login page of the documentation). */
	userLevel: 0 | 4 | 8 | 12 | 16;
	tenantId?: string;
	groupId?: string;
	userId?: string;
	/** Machine token, sent as Bearer at APIO Core in place of an access token. */
	m2mToken?: string;
	/** APIO Core then answers the password with `2fa_payload` and asks for the code. */
	twoFactor?: { option: 'email' | 'totp'; code: string };
	/** APIO Core then answers 403 with `error_code` 1. */
	mustChangePassword?: boolean;
	/**
	 * The Core user profile: the first rule whose method and url (regular expression) match decides; none matching
	 * allows.
	 */
	apiRules?: Array<{ method: string; url: string; allowed: boolean }>;
}

export interface WorldSpec {
	tenants: TenantSpec[];
	/** By default one system administrator, see `DEFAULT_ACCOUNT`. */
	accounts?: AccountSpec[];
}

/** Public on purpose: it protects nothing. */
const SAMPLE_TOKEN = ['simulated', 'machine', 'token', 'of', 'apio', 'admin'].join('-');

/** For a simulator on loopback only. */
export const DEFAULT_ACCOUNT: Readonly<AccountSpec & { m2mToken: string }> = {
	username: 'apio-admin',
	password: 'apio-simulator',
	userLevel: 16,
	m2mToken: SAMPLE_TOKEN,
};
