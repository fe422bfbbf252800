/** The oldest n8n that the package supports, on Node.js 20, by n8n's command line: load, sign in, sync. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentationWorld } from '../../simulator';
import type { N8nHome } from '../../tools/n8n';
import { apioCredential } from './support/credentials';
import { supervisedMembers, SYNCED_MEMBERS, syncWorkflow } from './support/sync-case';
import { makeHome } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';

const CREDENTIAL = 'oldestCredential';
const WORKFLOW = 'oldestSyncHrFile';

const simulator = useSimulator({ world: documentationWorld() });
let home: N8nHome;
let remove = () => {};

beforeAll(() => {
	({ home, remove } = makeHome({ runtime: 'oldest' }));
});
afterAll(() => remove());

describe('oldest supported n8n', () => {
	test('runs a sync from its command line', async () => {
		const credential = { id: CREDENTIAL, ...apioCredential(simulator(), 'corePassword') };
		await home.importCredentials([credential]);
		await home.importWorkflows([{ id: WORKFLOW, ...syncWorkflow(home, 'sync', credential) }]);
		const execution = await home.execute(WORKFLOW);
		expect(execution.error).toBeNull();
		expect(execution.succeeded).toBe(true);
		expect(execution.runs['APIO Sync'][0].outputs[0]?.[0].json).toMatchObject({ status: 'applied' });
		expect(supervisedMembers(simulator())).toEqual(SYNCED_MEMBERS);
	});
});
