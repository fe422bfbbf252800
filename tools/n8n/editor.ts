/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps pictures in a folder */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import type { N8nServer } from './n8n-server';
import { findPrograms } from './programs';
import { OWNER } from './rest-client';

/** Nothing leaves the machine: other hosts do not resolve, and Chromium's own traffic is off. */
const CHROMIUM_ARGUMENTS = [
	'--no-sandbox',
	'--disable-dev-shm-usage',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];
const VIEWPORT = { width: 1440, height: 900 };

export async function startBrowser(): Promise<Browser> {
	// n8n calls the attribute so; Playwright's default is data-testid.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: findPrograms().chromium, args: CHROMIUM_ARGUMENTS });
}

/** n8n's editor in a real browser, signed in as the owner, as a person uses it. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly baseUrl: string,
	) {}

	static async open(browser: Browser, { baseUrl }: N8nServer): Promise<Editor> {
		const context = await browser.newContext({ viewport: VIEWPORT });
		const page = await context.newPage();
		await page.goto(`${baseUrl}/signin`);
		await page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await page.locator('input[name="password"]').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
		return new Editor(page, baseUrl);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Presses *Retry with original workflow* of the workflow's newest execution, in the list of its executions. */
	async retryExecution(workflowId: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${workflowId}/executions`);
		await this.page.getByTestId('retry-execution-button').first().click();
		await this.page.getByTestId('retry-execution-button-item-original-workflow').click();
	}

	/** *Import from File* of the workflow's menu, on an empty canvas, until so many nodes are there. */
	async importFile(path: string, nodes: number): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/new`);
		await this.page.getByTestId('workflow-import-input').setInputFiles(path);
		await this.page
			.getByTestId('canvas-node')
			.nth(nodes - 1)
			.waitFor();
	}

	/** Names of the nodes on the canvas, sticky notes aside. */
	async nodes(): Promise<string[]> {
		const nodes = await this.page.getByTestId('canvas-node').all();
		const names = await Promise.all(nodes.map(async (node) => (await node.getAttribute('data-node-name')) ?? ''));
		return names.sort();
	}

	/** Opens the node's panel. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.parameters().first().waitFor();
	}

	/** The rows of the open panel: label and field. */
	parameters(): Locator {
		return this.page.getByTestId('parameter-item');
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.parameters().first().waitFor({ state: 'hidden' });
	}

	/** Chooses from the list of a resource locator after typing into its search; gives what the list showed. */
	async pick(parameter: string, search: string): Promise<string[]> {
		const locator = this.page.getByTestId(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-search').fill(search);
		const items = this.page.getByTestId('rlc-item');
		await items.filter({ hasText: search }).first().waitFor();
		const shown = await items.allTextContents();
		await items.first().click();
		return shown.map((text) => text.trim());
	}

	/** What the open panel's resource locator holds. */
	async picked(parameter: string): Promise<string> {
		return await this.page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').inputValue();
	}

	/** *Execute step* of the open panel. */
	async executeStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').first().click();
	}

	/** The right side of the open panel. */
	output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	async picture(path: string): Promise<void> {
		mkdirSync(dirname(path), { recursive: true });
		await this.page.screenshot({ path, animations: 'disabled' });
	}
}
