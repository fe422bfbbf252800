/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the examples */
/**
 * The oldest n8n that the package supports, on Node.js 20: by n8n's command line, and the examples. Any other file runs
 * on it as well: `E2E_RUNTIME=oldest npm run test:e2e -- trigger.e2e`.
 */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentationWorld } from '../../simulator';
import { REPOSITORY, type N8nHome, type WorkflowData } from '../../tools/n8n';
import { apioCredential } from './support/credentials';
import { supervisedMembers, SYNCED_MEMBERS, syncWorkflow } from './support/sync-case';
import { twice, useExamples } from './support/use-examples';
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

describe('its examples', () => {
	const examples = useExamples({ runtime: 'oldest' });
	const EXAMPLES = join(REPOSITORY, 'examples');

	test('have all their nodes, except those that the README names', async () => {
		const known = new Set(await examples().n8n.rest.nodeTypeVersions());
		const unknown = readdirSync(EXAMPLES)
			.filter((file) => file.endsWith('.json'))
			.flatMap((file) => {
				const { nodes } = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowData;
				const types = nodes.map(({ type, typeVersion }) => `${type} ${typeVersion}`);
				const unknownTypes = types.filter((type) => !known.has(type));
				return [...new Set(unknownTypes)].map((type) => `${file}: ${type}`);
			});
		expect(unknown.sort()).toEqual([
			'ai-agent-tools.json: n8n-nodes-base.emailSendHitlTool 2.1',
			'export-to-table.json: n8n-nodes-base.dataTable 1.1',
			'plan-the-table.json: n8n-nodes-base.dataTable 1.1',
			'quarter-hour-sync.json: n8n-nodes-base.dataTable 1.1',
		]);
	});

	test('run: first steps', async () => {
		const { error, runs } = await examples().run('first-steps', 'Start');
		expect(error).toBeNull();
		expect(runs.Report[0].outputs[0]?.[0].json.html).toContain('tom.wouters');
	});

	test('run: the nightly sync, which mails its report', async () => {
		await twice(async () => {
			expect((await examples().run('nightly-sync', 'Every Night')).error).toBeNull();
		});
		expect(examples().supervised('an.claes', 'sales')).toEqual([
			'els.maes',
			'jan.peeters',
			'mia.janssens',
			'tom.wouters',
		]);
		expect((await examples().mail(2)).subject).toMatch(/^Call center sync: nothing to change/);
	});
});
