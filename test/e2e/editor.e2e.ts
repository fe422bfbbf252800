/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   keeps pictures in a folder, and waits for the platform */
/**
 * What a person sees and does in n8n's editor, in a real browser. `npm run pictures` keeps the pictures in docs/images.
 */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { EXAMPLE_HR_FILES, exampleWorld } from '../../simulator';
import { Editor, REPOSITORY, startBrowser, type WorkflowData } from '../../tools/n8n';
import { apioCredential, byId } from './support/credentials';
import { textsThatOverflow } from './support/overflow';
import { useExamples } from './support/use-examples';
import { apioNode, chain, TRIGGER } from './support/workflows';

const EXAMPLES = join(REPOSITORY, 'examples');
const PICTURES = process.env.E2E_PICTURES ?? join(tmpdir(), 'n8n-nodes-apio-pictures');
/** Runs in the page: pixels that its contents take. */
const WIDTH = 'document.documentElement.scrollWidth';
/** Runs in the page: of its background, from 0 (black) to 255. */
const BRIGHTNESS = `Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3))`;
const CHOSEN = { tenantId: byId('acme'), groupId: byId('acme_brussels') };
/** One comes and one moves. */
const FILE_TO_APPROVE = EXAMPLE_HR_FILES.acme_brussels.replace(/.*(mia|#N).*\r\n/g, '');
const SYNC = 'APIO Call Center Sync';

const examples = useExamples();
const n8n = () => examples().n8n;
const simulator = () => examples().simulator;
let browser: Browser;
let editor: Editor;
let credential: { id: string; name: string };

beforeAll(async () => {
	credential = await n8n().rest.createCredential(apioCredential(simulator(), 'accessToken'));
	browser = await startBrowser();
	editor = await Editor.open(browser, n8n());
});
afterAll(async () => await browser?.close());

function picture(name: string): string {
	return join(PICTURES, `${name}.png`);
}

describe('import from file', () => {
	test.each(readdirSync(EXAMPLES).filter((file) => file.endsWith('.json')))('shows every node of %s', async (file) => {
		const { nodes } = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowData;
		const names = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').map(({ name }) => name);
		await editor.importFile(join(EXAMPLES, file), names.length);
		expect(await editor.nodes()).toEqual(names.sort());
		expect(await editor.page.getByText('not installed', { exact: false }).count()).toBe(0);
	});
});

test('the first steps run as imported: the credential is found, the report is there', async () => {
	await editor.importFile(join(EXAMPLES, 'first-steps.json'), 6);
	await editor.page.getByTestId('execute-workflow-button').click();
	await editor.page.getByText('Workflow executed successfully').waitFor();
	// The canvas is drawn a moment later.
	await editor.page.getByText('1 item', { exact: true }).nth(4).waitFor();
	await editor.page.getByTestId('execute-workflow-button').getByText('Execute workflow').waitFor();
	await editor.picture(picture('first-steps'));
	await editor.openNode('Report');
	const report = editor.output().frameLocator('iframe');
	await report.getByText('Planned, 1 row rejected').waitFor();
	await editor.picture(picture('first-report'));
});

test('a plan is approved in a form that names additions and removals, and ends with the outcome', async () => {
	const { id } = await examples().activate('plan-approve-apply');
	const page = await browser.newPage({ viewport: { width: 820, height: 900 } });
	await page.goto(`${n8n().baseUrl}/form/apio-plan`);
	const [name, mimeType] = ['hr.csv', 'text/csv'];
	await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(FILE_TO_APPROVE) });
	await page.getByRole('button', { name: /submit|plan/i }).click();
	await page.getByText('Tom Wouters').first().waitFor();
	await page.screenshot({ path: picture('approval-form') });
	await page.getByLabel('Decision').selectOption('Approve');
	await page.getByLabel('Number of removals').fill('1');
	await page.getByRole('button', { name: /submit|approve|go on|decide/i }).click();
	await page.getByText('Applied').first().waitFor();
	expect(examples().supervised('an.claes', 'sales')).toEqual(['els.maes', 'jan.peeters', 'tom.wouters']);
	await page.close();
	await n8n().rest.deactivate(id);
});

interface PropertyChoice {
	readonly name: string;
	readonly options?: ReadonlyArray<{ readonly value: string }>;
	readonly displayOptions?: { readonly show?: Readonly<Record<string, readonly string[]>> };
}

/** The parameters of every operation of the package's nodes, as n8n has loaded them. */
async function everyOperation(): Promise<Array<[string, Record<string, unknown>]>> {
	const types = await n8n().rest.nodeDescriptions('n8n-nodes-apio.');
	return types.flatMap(({ name, properties }) => {
		const choices = properties as readonly PropertyChoice[];
		const operations = choices.filter((property) => property.name === 'operation' || property.name === 'watch');
		return operations.flatMap(({ name: parameter, options = [], displayOptions }) =>
			options.map(({ value }): [string, Record<string, unknown>] => [
				name.replace('n8n-nodes-apio.', ''),
				{ resource: displayOptions?.show?.resource?.[0], [parameter]: value, ...CHOSEN },
			]),
		);
	});
}

test('no label of any operation is cut off in its panel', async () => {
	const operations = await everyOperation();
	expect(operations.length).toBeGreaterThan(15);
	const nodes = operations.map(([type, parameters], n) => ({
		...apioNode(`${type} ${n}`, type as 'apioCallCenter', parameters, credential),
		position: [(n % 6) * 260, Math.floor(n / 6) * 220] as const,
	}));
	const { id } = await n8n().rest.createWorkflow({ name: 'all operations', nodes, connections: {} });
	await editor.openWorkflow(id);
	const cut: unknown[] = [];
	for (const [n, { name }] of nodes.entries()) {
		await editor.openNode(name);
		const labels = editor.page.getByTestId('input-label').or(editor.page.locator('.el-select input'));
		for (const text of await labels.evaluateAll(textsThatOverflow)) cut.push([operations[n], text]);
		await editor.closeNode();
	}
	expect(cut).toEqual([]);
});

describe('the panel of the sync', () => {
	const [{ supervisor, callCenter, members }] = listsOf();
	// One of the list goes, and one comes.
	const rows = [...members.slice(1), 'tom.wouters@voice.acme.example'].map((agent) => ({
		supervisor,
		callCenter,
		agent,
	}));
	const node = (parameters: object) =>
		apioNode(
			SYNC,
			'apioCallCenterSync',
			{
				operation: 'plan',
				kind: 'supervisedAgents',
				source: 'json',
				mode: 'mirror',
				tenantId: { __rl: true, mode: 'list', value: '' },
				groupId: { __rl: true, mode: 'list', value: '' },
				...parameters,
			},
			credential,
		);

	async function open(parameters: object): Promise<string> {
		const { id } = await n8n().rest.createWorkflow(chain('sync', node(parameters)));
		await editor.openWorkflow(id);
		await editor.openNode(SYNC);
		return id;
	}

	test('offers tenants and groups to choose from, finds by search, and plans', async () => {
		await open({ rowsJson: JSON.stringify(rows) });
		expect(await editor.pick('tenantId', 'acme')).toHaveLength(1);
		await editor.pick('groupId', 'brussels');
		expect([await editor.picked('tenantId'), await editor.picked('groupId')]).toEqual([
			expect.stringContaining('acme'),
			expect.stringContaining('acme_brussels'),
		]);
		await editor.executeStep();
		await editor.output().getByText('apio-sync-report.html').waitFor();
		await editor.output().getByTestId('radio-button-table').click();
		await editor.picture(picture('sync-plan'));
	});

	test('shows in the output panel what is wrong with a source', async () => {
		await open({ ...CHOSEN, rowsJson: '[]' });
		await editor.executeStep();
		await editor.output().getByText('The source has no rows').waitFor();
	});

	test('runs again from the list of executions, once the platform answers', async () => {
		const { id } = await n8n().rest.createWorkflow(
			chain('retry', node({ ...CHOSEN, operation: 'sync', rowsJson: JSON.stringify(rows) })),
		);
		simulator().setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 400 } }] });
		expect((await n8n().rest.run(id, TRIGGER)).status).toBe('error');
		simulator().setFaults({});
		await editor.retryExecution(id);
		while ((await n8n().rest.executionsOf(id)).length < 2) await editor.page.waitForTimeout(50);
		const [, again] = await n8n().rest.executionsOf(id);
		const { status, runs } = await n8n().rest.waitFor(again);
		expect([status, runs[SYNC].at(-1)?.outputs[0]?.[0].json.status]).toEqual(['success', 'applied']);
	});

	test('is stopped in mid-run by the button of the canvas', async () => {
		const id = await open({
			...CHOSEN,
			operation: 'sync',
			mode: 'add',
			rowsJson: JSON.stringify(listsOf().map(({ members: [agent], ...keys }) => ({ ...keys, agent }))),
			options: { startRate: 1, maxRate: 1 },
		});
		await editor.closeNode();
		const before = simulator().stats().requests;
		await editor.page.getByTestId('execute-workflow-button').click();
		while (simulator().stats().requests === before) await editor.page.waitForTimeout(50);
		await editor.page.getByTestId('stop-execution-button').click();
		const [executionId] = (await n8n().rest.executionsOf(id)).slice(-1);
		expect((await n8n().rest.waitFor(executionId)).status).toBe('canceled');
		const sent = simulator().stats().requests;
		await editor.page.waitForTimeout(3_000);
		expect(simulator().stats().requests - sent).toBeLessThanOrEqual(1);
	});

	test('makes a report that fits a phone and a sheet of paper, in light and dark', async () => {
		const { id } = await n8n().rest.createWorkflow(
			chain('report', node({ ...CHOSEN, rowsJson: JSON.stringify(rows) })),
		);
		const { runs } = await n8n().rest.run(id, TRIGGER);
		const { binary } = runs[SYNC][0].outputs[0]![0];
		const file = join(n8n().home.folders.files, 'report.html');
		writeFileSync(file, await n8n().rest.binary(binary!.report));
		const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
		await page.goto(pathToFileURL(file).href);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect(await page.evaluate<number>(BRIGHTNESS)).toBeLessThan(64);
		await page.emulateMedia({ colorScheme: 'light' });
		expect(await page.evaluate<number>(BRIGHTNESS)).toBeGreaterThan(192);
		await page.screenshot({ path: picture('report-light') });
		await page.setViewportSize({ width: 390, height: 844 });
		expect(await page.evaluate(WIDTH)).toBeLessThanOrEqual(390);
		await page.screenshot({ path: picture('report-phone') });
		await page.emulateMedia({ media: 'print' });
		// The width of A4 at 96 dots an inch.
		await page.setViewportSize({ width: 794, height: 1123 });
		expect(await page.evaluate(WIDTH)).toBeLessThanOrEqual(794);
		await page.close();
	});
});

test('an item that is refused comes out of the error output, with its cause', async () => {
	const agentId = byId('nobody@voice.acme.example');
	const get = { resource: 'agentProfile', operation: 'get', ...CHOSEN, agentId };
	const node = { ...apioNode('Get', 'apioCallCenter', get, credential), onError: 'continueErrorOutput' };
	const { id } = await n8n().rest.createWorkflow(chain('error output', node));
	await editor.openWorkflow(id);
	await editor.openNode('Get');
	await editor.executeStep();
	await editor.output().getByText('Error Branch (1 item)').click();
	await editor.output().getByText('nobody@voice.acme.example').first().waitFor();
});

/** The lists of supervised agents in Brussels that have somebody. */
function listsOf(): Array<{ supervisor: string; callCenter: string; members: string[] }> {
	return exampleWorld().tenants[0].groups[0].callCenters.flatMap(({ serviceUserId, supervisors = {} }) =>
		Object.entries(supervisors)
			.filter(([, members]) => members.length > 0)
			.map(([supervisor, members]) => ({ supervisor, callCenter: serviceUserId, members: [...members] })),
	);
}
