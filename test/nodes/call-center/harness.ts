import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';
import { documentationWorld, startSimulator, type Simulator, type StartOptions } from '../../../simulator';
import { DEFAULT_ACCOUNT } from '../../../simulator/world-spec';
import { runNode, type CredentialFields, type Landed, type NodeRun } from '../../support/engine';

/** The ids of the API documentation's examples. */
export const AGENT_ADDRESS = { tenantId: 'foo', groupId: 'foogroup', agentId: 'foouser' };
export const SUPERVISOR_ADDRESS = {
	tenantId: 'foo',
	groupId: 'foogroup',
	supervisorId: 'fooSupervisorUser',
	callCenterId: 'fooCallCenter',
};

export async function startDocumented(options: StartOptions = {}): Promise<Simulator> {
	return await startSimulator({ world: documentationWorld(), ...options });
}

export function tokenFor(simulator: Simulator, fields: CredentialFields = {}): CredentialFields {
	return { baseUrl: simulator.coreUrl, signInMethod: 'accessToken', accessToken: DEFAULT_ACCOUNT.m2mToken, ...fields };
}

export function passwordFor(
	simulator: Simulator,
	method: 'corePassword' | 'gatewayPassword',
	fields: CredentialFields = {},
): CredentialFields {
	const { username, password } = simulator.account;
	return {
		baseUrl: method === 'corePassword' ? simulator.coreUrl : simulator.gatewayUrl,
		signInMethod: method,
		username,
		password,
		...fields,
	};
}

export type CallCenterRun = Omit<NodeRun, 'type' | 'credential'> & { credential?: NodeRun['credential'] };

/** Runs the node on n8n's engine with its full set of default parameters. */
export async function runCallCenter(
	simulator: Simulator,
	{ parameters, credential, ...rest }: CallCenterRun,
): Promise<Landed> {
	return await runNode({
		type: new ApioCallCenter(),
		parameters,
		credential: credential ?? tokenFor(simulator),
		...rest,
	});
}
