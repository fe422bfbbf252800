/** Export through both entry points, and Remove Everywhere, in a real n8n. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { documentationWorld } from '../../simulator';
import type { Item } from '../../tools/n8n';
import { apioCredential, byId } from './support/credentials';
import { supervisedMembers } from './support/sync-case';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { apioNode, chain, TRIGGER } from './support/workflows';

const n8n = useN8n();
const simulator = useSimulator({ world: documentationWorld(), settings: { listsSupervisors: true } });
const LEAVER = 'ApioUserTest1@sip.netaxis.be';
const GROUP = { tenantId: byId('foo'), groupId: byId('foogroup') };

let credentials: Readonly<Record<'gateway' | 'core', { id: string; name: string }>>;

beforeAll(async () => {
	credentials = {
		gateway: await n8n().rest.createCredential(apioCredential(simulator(), 'gatewayPassword')),
		core: await n8n().rest.createCredential(apioCredential(simulator(), 'accessToken')),
	};
});

/** Runs the nodes one after the other; the summary of the last one, and the items of its second output. */
async function run(entryPoint: 'gateway' | 'core', ...all: ReadonlyArray<Readonly<Record<string, unknown>>>) {
	const nodes = all.map((parameters, index) =>
		apioNode(`APIO ${index}`, 'apioCallCenterSync', { ...GROUP, ...parameters }, credentials[entryPoint]),
	);
	const { id } = await n8n().rest.createWorkflow(chain('Lists', ...nodes));
	const execution = await n8n().rest.run(id, TRIGGER);
	expect(execution.error).toBeNull();
	const [summary, changes] = execution.runs[`APIO ${all.length - 1}`][0].outputs;
	return { summary: summary?.[0] as Item, changes: changes ?? [] };
}

describe.each(['gateway', 'core'] as const)('through the %s', (entryPoint) => {
	test('what is exported is planned back without a change', async () => {
		const exported = await run(entryPoint, { operation: 'export', kind: 'supervisedAgents', exportScope: 'group' });
		expect(exported.summary.json).toMatchObject({ operation: 'export', status: 'exported' });
		expect(exported.changes.map(({ json }) => json)).toMatchObject([{ agent: LEAVER }]);
		const back = await run(
			entryPoint,
			{ operation: 'export', kind: 'supervisedAgents', exportScope: 'group' },
			{ operation: 'plan', kind: 'supervisedAgents', source: 'csv', binaryPropertyName: 'lists', mode: 'mirror' },
		);
		expect(back.summary.json).toMatchObject({
			status: 'unchanged',
			counts: { lists: { unchanged: 1 }, rejectedRows: 0 },
		});
	});
});

test('a leaver is planned, then removed from every list', async () => {
	const leaver = {
		operation: 'removeEverywhere',
		source: 'json',
		rowsJson: JSON.stringify([{ agent: LEAVER }]),
	};
	const planned = await run('core', { ...leaver, options: { planOnly: true } });
	expect(planned.summary.json).toMatchObject({ status: 'planned' });
	expect(simulator().stats().appliedWrites).toBe(0);
	await run('core', leaver);
	expect(supervisedMembers(simulator())).toEqual([]);
});
