/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for n8n's polls with a timer */
/** APIO Call Center Trigger in an active workflow of a real n8n, which is started again in between. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { documentationWorld } from '../../simulator';
import { Editor, startBrowser, startN8n, type Execution, type N8nServer } from '../../tools/n8n';
import { apioCredential, byId } from './support/credentials';
import { makeHome } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { apioNode, inARow, noOperation } from './support/workflows';

const WATCH = 'Watch';
const SUPERVISOR = 'fooSupervisorUser';
const CALL_CENTER = 'fooCallCenter';
const [ONE, TWO] = ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'];

/** n8n allows one poll a minute and field; so many fields, each at another second, are a poll every five seconds. */
const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, n) => ({
	mode: 'custom',
	cronExpression: `${n * 5} * * * * *`,
}));
const TWO_POLLS_MS = 11_000;

const simulator = useSimulator({ world: documentationWorld() });
const made = makeHome();
let n8n: N8nServer;
let workflowId: string;

beforeAll(async () => {
	n8n = await startN8n(made.home);
	const credential = await n8n.rest.createCredential(apioCredential(simulator(), 'gatewayPassword'));
	const parameters = {
		pollTimes: { item: EVERY_FIVE_SECONDS },
		watch: 'supervisedAgents',
		tenantId: byId('foo'),
		groupId: byId('foogroup'),
		callCenterId: byId(CALL_CENTER),
		memberIds: SUPERVISOR,
	};
	const trigger = apioNode(WATCH, 'apioCallCenterTrigger', parameters, credential);
	const workflow = await n8n.rest.createWorkflow(inARow('watch', trigger, noOperation('Report')));
	workflowId = workflow.id;
	await n8n.rest.activate(workflow.id, workflow.versionId);
});
afterAll(async () => {
	await n8n.stop();
	made.remove();
});

async function edit(change: { add?: string[]; remove?: string[] }): Promise<void> {
	const body = { kind: 'supervisedAgents', userId: SUPERVISOR, callCenterId: CALL_CENTER, ...change };
	const answer = await fetch(`${simulator().adminUrl}/edit`, { method: 'POST', body: JSON.stringify(body) });
	expect(answer.status).toBe(200);
}

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The execution with this number, from 1, once it is over. */
async function execution(number: number): Promise<Execution> {
	for (;;) {
		const ids = await n8n.rest.executionsOf(workflowId);
		if (ids.length >= number) return await n8n.rest.waitFor(ids[number - 1]);
		await pause(200);
	}
}

function changesIn({ runs }: Execution): unknown[][] {
	const [items] = runs.Report[0].outputs;
	return (items ?? []).map(({ json }) => [json.change, json.userId, json.supervisorId, json.callCenterId]);
}

test('reports nothing that was there before', async () => {
	await pause(TWO_POLLS_MS);
	expect(simulator().stats().requests).toBeGreaterThan(1);
	expect(await n8n.rest.executionsOf(workflowId)).toEqual([]);
});

test('starts an execution for a change, once', async () => {
	await edit({ add: [TWO] });
	expect(changesIn(await execution(1))).toEqual([['joined', TWO, SUPERVISOR, CALL_CENTER]]);
	await pause(TWO_POLLS_MS);
	expect(await n8n.rest.executionsOf(workflowId)).toHaveLength(1);
});

test('reports after a restart of n8n what changed while it was down, and nothing twice', async () => {
	await n8n.stop();
	await edit({ remove: [ONE] });
	n8n = await startN8n(made.home);
	expect(changesIn(await execution(2))).toEqual([['left', ONE, SUPERVISOR, CALL_CENTER]]);
	await pause(TWO_POLLS_MS);
	expect(await n8n.rest.executionsOf(workflowId)).toHaveLength(2);
});

test('shows the newest state in the editor, and disturbs nothing', async () => {
	const manual = await n8n.rest.run(workflowId, WATCH);
	expect(manual.error).toBeNull();
	expect(changesIn(manual)).toEqual([['joined', TWO, SUPERVISOR, CALL_CENTER]]);
	await edit({ add: [ONE] });
	expect(changesIn(await execution(4))).toEqual([['joined', ONE, SUPERVISOR, CALL_CENTER]]);
});

test('shows a failed poll as a failed execution, and loses nothing', async () => {
	simulator().setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 400 } }] });
	await edit({ remove: [TWO] });
	const failed = await execution(5);
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toContain('APIO refused the request');
	simulator().setFaults({});
	let number = 6;
	while ((await execution(number)).status === 'error') number++;
	expect(changesIn(await execution(number))).toEqual([['left', TWO, SUPERVISOR, CALL_CENTER]]);
});

test('shows the newest state in a browser, by the button of the panel', async () => {
	const browser = await startBrowser();
	try {
		const editor = await Editor.open(browser, n8n);
		await editor.openWorkflow(workflowId);
		await editor.openNode(WATCH);
		await editor.page.getByRole('button', { name: 'Fetch Test Event' }).first().click();
		await editor.output().getByText(ONE).first().waitFor();
	} finally {
		await browser.close();
	}
});
