/** A simulated platform without HTTP, with the present moment in the test's hands. */

import {
	ApioServer,
	DEFAULT_ACCOUNT,
	documentationWorld,
	type ApioServerOptions,
	type SimulatorReply,
} from '../../simulator';

export const START = Date.UTC(2026, 0, 5, 9, 0, 0);
export const FOO = '/tenants/foo/groups/foogroup';
export const PROFILE = `${FOO}/users/foouser/services/call_centers/`;
export const SUPERVISED = `${FOO}/users/fooSupervisorUser/services/call_centers/fooCallCenter/supervised_agents/`;
export const TEST1 = 'ApioUserTest1@sip.netaxis.be';
export const TEST2 = 'ApioUserTest2@sip.netaxis.be';
export const CENTER_B = 'APIOTestCallCenterB@sip.netaxis.be';
export const CENTER_S = 'APIOTestCallCenterS@sip.netaxis.be';
export const CENTER_P = 'APIOTestCallCenterP@sip.netaxis.be';

export interface CallOptions {
	body?: unknown;
	/** Body as text, for what is not JSON. */
	text?: string;
	query?: string;
	headers?: Record<string, string>;
	/** Default: APIO Core's proxy. */
	prefix?: string;
}

// What the tests look into is whatever the platform answered.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Called extends SimulatorReply {
	json: Json;
}

export class Platform {
	readonly server: ApioServer;
	now = START;

	constructor(options: Partial<ApioServerOptions> = {}) {
		this.server = new ApioServer({ world: documentationWorld(), ...options });
	}

	/** One request with the machine token of the default account. */
	call(method: string, path: string, options: CallOptions = {}): Called {
		const { body, text, query, headers, prefix = '/api/v01/p1' } = options;
		const answer = this.server.handle(
			{
				method,
				path: prefix + path,
				query,
				headers: { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}`, ...headers },
				body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
			},
			this.now,
		);
		return { ...answer, json: parse(answer.body) };
	}

	/** userIds that the documentation's supervisor supervises. */
	supervised(): string[] {
		return this.server.state().supervisedAgents[0].members;
	}
}

export const agents = (...userIds: string[]): object => ({ supervised_agents: userIds.map((userId) => ({ userId })) });
export const userIds = (answer: Called): string[] => answer.json.supervised_agents.map((agent: Json) => agent.userId);
export const reason = (answer: Called): string => answer.json.errors[0].details.reason;
export const summary = (answer: Called): string => answer.json.errors[0].details.errors[0].summary;

function parse(text: string): Json {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
