/** Several n8n processes (queue mode) share one stored credential, and know nothing else of each other. */

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { ICredentialType } from 'n8n-workflow';

import type * as credentials from '../../credentials/ApioApi.credentials';
import type { Transport } from '../../lib/apio/transport';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import * as here from '../../nodes/shared/n8n-transport';
import type { Simulator } from '../../simulator';
import { EngineCredentials, executeContext } from '../support/engine';
import { passwordFor, startDocumented } from '../nodes/call-center/harness';
import { listen, type Listener } from './listener';

const PROFILE = '/tenants/foo/groups/foogroup/users/foouser/services/call_centers/';

/** What a second process has loaded for itself. */
function anotherProcess(): { connect: typeof here.connect; type: ICredentialType } {
	const loaded: { connect?: typeof here.connect; type?: ICredentialType } = {};
	jest.isolateModules(() => {
		loaded.connect = jest.requireActual<typeof here>('../../nodes/shared/n8n-transport').connect;
		const { ApioApi } = jest.requireActual<typeof credentials>('../../credentials/ApioApi.credentials');
		loaded.type = new ApioApi();
	});
	return loaded as Required<typeof loaded>;
}

async function open(credential: EngineCredentials, connect = here.connect): Promise<Transport> {
	return (await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }))).transport;
}

async function openBoth(credential: EngineCredentials): Promise<[Transport, Transport]> {
	const { connect, type } = anotherProcess();
	return [await open(credential), await open(credential.inProcessWith(type), connect)];
}

const get = async (transport: Transport) => await transport({ method: 'GET', path: PROFILE });

let server: Listener | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

describe('two processes', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startDocumented();
	});
	afterEach(async () => await simulator.stop());

	it.each(['corePassword', 'gatewayPassword'] as const)('take over what the other has renewed (%s)', async (method) => {
		const both = await openBoth(new EngineCredentials(passwordFor(simulator, method)));
		for (const transport of both) expect(await get(transport)).toMatchObject({ status: 200 });
		expect(simulator.stats()).toMatchObject({ signIns: 1, refreshes: 0 });

		simulator.loseSessions();
		for (const transport of [...both, ...both]) expect(await get(transport)).toMatchObject({ status: 200 });
		const { signIns, refreshes } = simulator.stats();
		expect(signIns + refreshes).toBe(2);
	});
});

it.each([1, 10])('two processes agree on a session where the platform allows one only (%d lanes)', async (lanes) => {
	let signIns = 0;
	server = await listen((request, response) => {
		const isSignIn = request.url?.endsWith('/login/');
		if (isSignIn) response.setHeader('set-cookie', `sessionid=number-${++signIns}`);
		const accepted = isSignIn || request.headers.cookie === `sessionid=number-${signIns}`;
		response.writeHead(accepted ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
	});
	const fields = {
		baseUrl: `${server.url}/api/v1`,
		signInMethod: 'gatewayPassword',
		username: 'user',
		password: 'password',
	};
	const both = await openBoth(new EngineCredentials(fields));
	const lane = async (transport: Transport) => {
		for (let n = 0; n < 20; n++) expect(await get(transport)).toMatchObject({ status: 200 });
	};
	await Promise.all(both.flatMap((transport) => Array.from({ length: lanes }, async () => await lane(transport))));
	expect(signIns).toBeLessThanOrEqual(4);
});
