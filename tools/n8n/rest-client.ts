/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-hardcoded-secrets --
   polls with a timer; the owner of a test's n8n needs a known password */

import { parseFlatted } from './flatted';
import type { CredentialData, NodeOutput, WorkflowData } from './documents';

/** The one user of a test's n8n, which lives on loopback for as long as the test. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Owner-of-this-n8n-1',
	firstName: 'Olivia',
	lastName: 'Owner',
};

const POLL_MS = 100;
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

export interface Execution {
	readonly id: string;
	/** `success`, `error`, `canceled`, `crashed`, ... */
	readonly status: string;
	/** Message of the error that ended it, or null. */
	readonly error: { readonly message: string; readonly description?: string } | null;
	/** Runs by node name, the latest last: each has the items of each output. */
	readonly runs: Readonly<Record<string, readonly NodeOutput[]>>;
	readonly customData: Readonly<Record<string, string>>;
	/** When it ended, or was stopped: milliseconds since the epoch. */
	readonly stoppedAt: number;
}

export interface EndedExecution {
	readonly id: string;
	readonly status: string;
	readonly startedAt: string;
	readonly stoppedAt: string;
}

export interface CredentialTestResult {
	readonly status: 'OK' | 'Error';
	readonly message?: string;
}

interface StoredExecution {
	readonly status: string;
	readonly data?: string;
	readonly customData?: Readonly<Record<string, string>>;
	readonly stoppedAt?: string;
}

interface ResultData {
	readonly resultData?: {
		readonly error?: { readonly message: string; readonly description?: string };
		readonly runData?: Record<
			string,
			Array<{ readonly data?: { readonly main?: NodeOutput['outputs'] }; readonly error?: { message: string } }>
		>;
	};
}

/** The part of n8n's own REST interface (the one its editor uses) that tests need. */
export class RestClient {
	private cookie = '';

	constructor(readonly baseUrl: string) {}

	/** Signs in as the owner, who is created where there is none yet. */
	async signIn(): Promise<void> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.call('POST', '/rest/owner/setup', OWNER);
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	}

	/** Names of the node types that n8n has loaded, e.g. `n8n-nodes-apio.apioCallCenter`. */
	async nodeTypes(): Promise<string[]> {
		const types = await this.json<Array<{ name: string }>>('GET', '/types/nodes.json');
		return types.map(({ name }) => name);
	}

	/** Descriptions of the node types whose name begins so. */
	async nodeDescriptions(prefix: string): Promise<Array<{ name: string; properties: readonly unknown[] }>> {
		const types = await this.json<Array<{ name: string; properties: unknown[] }>>('GET', '/types/nodes.json');
		return types.filter(({ name }) => name.startsWith(prefix));
	}

	/** Names of the node types in each of their versions, e.g. `n8n-nodes-base.if 2.2`. */
	async nodeTypeVersions(): Promise<string[]> {
		const types = await this.json<Array<{ name: string; version: number | number[] }>>('GET', '/types/nodes.json');
		return types.flatMap(({ name, version }) => [version].flat().map((one) => `${name} ${one}`));
	}

	/** Names of the credential types that n8n has loaded, e.g. `apioApi`. */
	async credentialTypes(): Promise<string[]> {
		const types = await this.json<Array<{ name: string }>>('GET', '/types/credentials.json');
		return types.map(({ name }) => name);
	}

	async createCredential(credential: CredentialData): Promise<{ id: string; name: string; type: string }> {
		return await this.call('POST', '/rest/credentials', credential);
	}

	/** What the Test button of the credential says. */
	async testCredential(credential: CredentialData & { id: string }): Promise<CredentialTestResult> {
		return await this.call('POST', '/rest/credentials/test', { credentials: credential });
	}

	async createWorkflow(workflow: WorkflowData): Promise<{ id: string; versionId: string }> {
		return await this.call('POST', '/rest/workflows', { settings: {}, active: false, ...workflow });
	}

	/**
	 * Starts it as the editor's button does, at the trigger node of that name; gives the execution's id at once.
	 * @param item what the trigger hands over, as the editor's chat has its message handed over
	 */
	async start(workflowId: string, trigger: string, item?: object): Promise<string> {
		const workflowData = await this.call('GET', `/rest/workflows/${workflowId}`);
		const { executionId } = await this.call<{ executionId: string }>('POST', `/rest/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger, ...(item === undefined ? {} : { data: taskOf(item) }) },
		});
		return executionId;
	}

	/** Starts it and waits for its end, whatever the outcome. */
	async run(workflowId: string, trigger: string): Promise<Execution> {
		return await this.waitFor(await this.start(workflowId, trigger));
	}

	/** Presses the editor's stop button. */
	async cancel(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`);
	}

	async waitFor(executionId: string): Promise<Execution> {
		for (;;) {
			const stored = await this.call<StoredExecution>('GET', `/rest/executions/${executionId}`);
			if (!UNFINISHED.has(stored.status)) return toExecution(executionId, stored);
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/**
	 * How one of the workflow's last executions ended, without having n8n read its data, which may be large; null where
	 * it has not, or where n8n does not answer: while it saves those, it answers nothing for seconds, and then closes
	 * connections that were kept open.
	 */
	async ended(executionId: string, workflowId: string): Promise<EndedExecution | null> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/rest/executions?limit=10&filter=${filter}`;
		const answer = await this.call<{ results: EndedExecution[] }>('GET', path).catch((error: unknown) => {
			// What fetch throws where there is no answer.
			if (error instanceof TypeError) return null;
			throw error;
		});
		return answer?.results.find(({ id, status }) => id === executionId && !UNFINISHED.has(status)) ?? null;
	}

	/** Activates a workflow and waits until its webhooks answer. */
	async activate(workflowId: string, versionId: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		// n8n 2.41 activates in the background; 2.0 has no such address and is done when it answers.
		for (;;) {
			const response = await this.send('GET', `/rest/workflows/${workflowId}/publication-status`);
			if (response.status === 404) return;
			if ((await response.text()).includes('"published"')) return;
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${workflowId}/deactivate`);
	}

	/** Ids of the workflow's executions, the oldest first, at most 100. */
	async executionsOf(workflowId: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Array<{ id: string }> }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return results.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
	}

	/** The bytes of a binary property, inline or stored by n8n. */
	async binary(property: { readonly data: string; readonly id?: string }): Promise<Buffer> {
		if (!property.id) return Buffer.from(property.data, 'base64');
		const response = await this.send('GET', `/rest/binary-data?id=${encodeURIComponent(property.id)}&action=download`);
		if (!response.ok)
			throw new Error(`n8n answered ${response.status} to the download of a binary: ${await response.text()}`);
		return Buffer.from(await response.arrayBuffer());
	}

	/** Sends a request and gives what is in the answer's `data`. */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await this.json<{ data: T }>(method, path, body)).data;
	}

	private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 2000)}`);
		return JSON.parse(text) as T;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(`${this.baseUrl}${path}`, {
			method,
			headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login) this.cookie = login.split(';')[0];
		return response;
	}
}

/** One run of a node that handed over one item. */
function taskOf(json: object): object {
	const main = [[{ json }]];
	return {
		startTime: Date.now(),
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		data: { main },
		source: [null],
	};
}

function toExecution(id: string, stored: StoredExecution): Execution {
	const { resultData } = (stored.data ? parseFlatted(stored.data) : {}) as ResultData;
	const runs = Object.entries(resultData?.runData ?? {}).map(([node, tasks]) => [
		node,
		tasks.map((task): NodeOutput => ({ outputs: task.data?.main ?? [], error: task.error?.message ?? null })),
	]);
	return {
		id,
		status: stored.status,
		error: resultData?.error ?? null,
		runs: Object.fromEntries(runs),
		customData: stored.customData ?? {},
		stoppedAt: Date.parse(stored.stoppedAt ?? ''),
	};
}
