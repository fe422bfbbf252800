/** The node APIO Call Center in a real n8n, on the platform of the API documentation's examples. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { documentationWorld } from '../../simulator';
import { apioCredential, byId, SIGN_IN_METHODS, type SignInMethod } from './support/credentials';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { apioNode, chain, TRIGGER } from './support/workflows';

const n8n = useN8n();
const simulator = useSimulator({ world: documentationWorld() });

const scope = { tenantId: byId('foo'), groupId: byId('foogroup') };
const credentials = new Map<SignInMethod, { id: string; name: string }>();

beforeAll(async () => {
	for (const method of SIGN_IN_METHODS) {
		credentials.set(method, await n8n().rest.createCredential(apioCredential(simulator(), method)));
	}
});

async function run(method: SignInMethod, parameters: Readonly<Record<string, unknown>>, settings: object = {}) {
	const credential = credentials.get(method);
	if (!credential) throw new Error(`no credential for ${method}`);
	const node = { ...apioNode('APIO', 'apioCallCenter', { ...scope, ...parameters }, credential), ...settings };
	const { id } = await n8n().rest.createWorkflow(chain(`call center by ${method}`, node));
	return await n8n().rest.run(id, TRIGGER);
}

describe('APIO Call Center', () => {
	test.each(SIGN_IN_METHODS)('reads a profile, signed in by %s', async (method) => {
		const execution = await run(method, { resource: 'agentProfile', operation: 'get', agentId: byId('foouser') });
		expect(execution.error).toBeNull();
		const items = execution.runs.APIO[0].outputs[0];
		expect(items).toHaveLength(1);
		expect(items?.[0].json).toMatchObject({ userId: 'foouser', outgoingCallDNIS: 'Test DNIS' });
	});

	test('an id that is not there fails the node and names it', async () => {
		const execution = await run('accessToken', { resource: 'agentProfile', operation: 'get', agentId: byId('nobody') });
		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution.error)).toContain('nobody');
	});

	test('continue on fail hands the error on as an item', async () => {
		const parameters = { resource: 'agentProfile', operation: 'get', agentId: byId('nobody') };
		const execution = await run('accessToken', parameters, { onError: 'continueRegularOutput' });
		expect(execution.status).toBe('success');
		expect(execution.runs.APIO[0].outputs[0]?.[0].json).toHaveProperty('error');
	});
});
