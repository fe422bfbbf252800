/** Nodes on n8n's real engine (n8n-core), signed in by the real credential class. For every node's tests. */

import './quiet';
import 'reflect-metadata';
import {
	ExecutionLifecycleHooks,
	ExecuteContext,
	LoadOptionsContext,
	PollContext,
	RoutingNode,
	TriggersAndPollers,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type IRun,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { ApioApi } from '../../credentials/ApioApi.credentials';

const CREDENTIAL = 'apioApi';

/** The credential's fields; those left out have their defaults. */
export type CredentialFields = ICredentialDataDecryptedObject;

/**
 * n8n's own CredentialsHelper in short: one stored credential, read anew for every request, its hidden expirable field
 * renewed by `preAuthentication` when it is empty, after a 401, and for the credential test.
 */
export class EngineCredentials extends ICredentialsHelper {
	/** How often n8n stored something, i.e. how often `preAuthentication` gave it something to store. */
	stored = 0;
	/** How often n8n asked for it, which in n8n means a query and a decryption each. */
	reads = 0;
	readonly #type: ICredentialType;
	#database: { data: ICredentialDataDecryptedObject };

	constructor(fields: CredentialFields, type: ICredentialType = new ApioApi()) {
		super();
		this.#type = type;
		const defaults = Object.fromEntries(this.#type.properties.map(({ name, default: value }) => [name, value]));
		this.#database = { data: { ...defaults, ...fields } as ICredentialDataDecryptedObject };
	}

	get data(): ICredentialDataDecryptedObject {
		return { ...this.#database.data };
	}

	/** Somebody saves the credential in n8n. */
	edit(fields: CredentialFields): void {
		this.#database.data = { ...this.#database.data, ...fields } as ICredentialDataDecryptedObject;
	}

	/** The same stored credential in another process, which has the class of its own. */
	inProcessWith(type: ICredentialType): EngineCredentials {
		const other = new EngineCredentials({}, type);
		other.#database = this.#database;
		return other;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.#type;
		return typeof authenticate === 'function' ? await authenticate(credentials, options) : options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const isTest = node.type === 'n8n-nodes-base.noOp' && node.parameters.temp === '';
		if (credentials.sessionToken !== '' && !expired && !isTest) return undefined;
		const output = await this.#type.preAuthentication?.call(helpers, credentials);
		if (output?.sessionToken === undefined) return undefined;
		if (node.credentials)
			await this.updateCredentials({ id: '1', name: '' }, CREDENTIAL, {
				...credentials,
				...output,
			} as ICredentialDataDecryptedObject);
		return Object.assign(credentials, output) as ICredentialDataDecryptedObject;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Not needed by the engine');
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		this.reads++;
		return this.data;
	}

	async updateCredentials(_details: unknown, _type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		this.stored++;
		this.#database.data = { ...data };
	}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(): INodeProperties[] {
		return this.#type.properties;
	}
}

export interface NodeRun {
	readonly type: INodeType;
	readonly parameters: INodeParameters;
	readonly credential: CredentialFields | EngineCredentials;
	/** Default: one empty item. */
	readonly items?: INodeExecutionData[];
	readonly onError?: OnError;
	readonly retryOnFail?: boolean;
	readonly mode?: WorkflowExecuteMode;
	readonly staticData?: Record<string, unknown>;
	/** Gets a function that cancels the execution. */
	readonly onStart?: (cancel: () => void) => void;
}

export interface Landed {
	readonly run: IRun;
	/** Items of each output, in the order of the node's outputs (the error output last, with `continueErrorOutput`). */
	readonly outputs: INodeExecutionData[][];
	/** Data of the first output. */
	readonly json: Array<Record<string, unknown>>;
	readonly error:
		| (Error & { description?: string | null; context?: Record<string, unknown>; httpCode?: string | null })
		| undefined;
	readonly uiMessages: unknown[];
}

const NODE_NAME = 'Node under test';

export async function runNode(options: NodeRun): Promise<Landed> {
	const stage = stageFor(options);
	const { run, uiMessages } = await execute(
		withSource(stage, options.items ?? [{ json: {} }]),
		SOURCE,
		[{ json: {} }],
		options,
	);
	const task = run.data.resultData.runData[NODE_NAME]?.[0];
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		run,
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json as Record<string, unknown>),
		error: (task?.error ?? run.data.resultData.error) as Landed['error'],
		uiMessages,
	};
}

/** Hands the node to an agent as a tool, as n8n does with `usableAsTool`, and has it invoked once. */
export async function runAsTool(
	options: NodeRun,
	toolArguments: Record<string, unknown>,
): Promise<{ name: string; answer: unknown }> {
	const stage = stageFor({ ...options, type: asTool(options.type) });
	const invoked: { name: string; answer: unknown } = { name: '', answer: undefined };
	const agentType: INodeType = {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const connected = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool | Tool[];
			const [tool] = Array.isArray(connected) ? connected : [connected];
			invoked.name = tool.name;
			// What a tool throws is what n8n's agent node tells the model.
			invoked.answer = await tool.invoke(toolArguments).catch((error: Error) => ({ error: error.message }));
			return [this.getInputData()];
		},
	};
	const agent: INode = {
		id: 'agent',
		name: 'Agent',
		type: 'test.agent',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const connections = { [NODE_NAME]: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] } };
	await execute(
		{ ...stage, nodes: [agent, stage.node], types: { ...stage.types, [agent.type]: agentType }, connections },
		agent,
		[{ json: {} }],
		options,
	);
	return invoked;
}

interface Tool {
	readonly name: string;
	invoke(input: unknown): Promise<unknown>;
}

/** What n8n makes of a description with `usableAsTool: true`. */
function asTool(type: INodeType): INodeType {
	const description = {
		...type.description,
		name: `${type.description.name}Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return Object.assign(Object.create(Object.getPrototypeOf(type) as object) as INodeType, type, { description });
}

/** Opens a list picker of the node. */
export async function listSearch(options: NodeRun, method: string, filter?: string): Promise<INodeListSearchResult> {
	const search = options.type.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list '${method}'`);
	return await search.call(loadOptionsContext(options), filter);
}

/** Opens a parameter of the node in which several options are chosen. */
export async function loadOptions(options: NodeRun, method: string): Promise<INodePropertyOptions[]> {
	const load = options.type.methods?.loadOptions?.[method];
	if (!load) throw new Error(`The node has no options '${method}'`);
	return await load.call(loadOptionsContext(options));
}

function loadOptionsContext(options: NodeRun): LoadOptionsContext {
	const stage = stageFor(options);
	const additionalData = {
		...additionalDataFor(stage, [], 'internal').additionalData,
		currentNodeParameters: options.parameters,
	};
	return new LoadOptionsContext(workflowOf(stage), stage.node, additionalData as never, 'parameters');
}

/** The node's functions, as `execute` gets them; for what is easier to drive directly. */
export function executeContext(options: NodeRun): ExecuteContext {
	const stage = stageFor(options);
	const items = options.items ?? [{ json: {} }];
	const { additionalData } = additionalDataFor(stage, [], 'manual');
	const executeData = { node: stage.node, data: { main: [items] }, source: null };
	return new ExecuteContext(
		workflowOf(stage),
		stage.node,
		additionalData as never,
		'manual',
		createRunExecutionData({}),
		0,
		items,
		{ main: [items] },
		executeData,
		[],
	);
}

/**
 * A polling trigger in an active workflow. Like n8n it keeps the workflow in memory, polls once to activate it, and
 * stores the static data when it is activated and when a poll hands something over, and at no other time.
 */
export class ActiveTrigger {
	/** What n8n has in its database. */
	stored: Record<string, unknown> = {};
	#workflow: Workflow;
	/** The same for all polls until the next activation. */
	#context: PollContext;
	#options: NodeRun;

	constructor(options: NodeRun) {
		this.#options = options;
		[this.#workflow, this.#context] = this.#load();
	}

	/** Somebody saves the node with other parameters, and activates the workflow again. */
	async change(options: Partial<NodeRun>): Promise<INodeExecutionData[] | null> {
		this.#options = { ...this.#options, ...options };
		return await this.activate();
	}

	/** As after a restart of n8n, or a deactivation: from what is stored. */
	async activate(): Promise<INodeExecutionData[] | null> {
		[this.#workflow, this.#context] = this.#load();
		const items = await this.poll();
		this.#store();
		return items;
	}

	/** @throws what n8n shows as a failed execution */
	async poll(): Promise<INodeExecutionData[] | null> {
		const items = await pollOnce(this.#workflow, this.#context);
		if (items !== null) this.#store();
		return items;
	}

	#load(): [Workflow, PollContext] {
		const workflow = workflowOf({ ...stageFor(this.#options), staticData: copyOf(this.stored) });
		return [workflow, pollContext(this.#options, workflow, 'trigger')];
	}

	#store(): void {
		this.stored = copyOf(this.#workflow.staticData ?? {});
	}
}

/** "Fetch Test Event" of the editor: on a workflow of its own, with what is stored. */
export async function fetchTestEvent(
	options: NodeRun,
	stored: Record<string, unknown> = {},
): Promise<{ items: INodeExecutionData[] | null; staticData: Record<string, unknown> }> {
	const workflow = workflowOf({ ...stageFor(options), staticData: copyOf(stored) });
	const items = await pollOnce(workflow, pollContext(options, workflow, 'manual'));
	return { items, staticData: copyOf(workflow.staticData ?? {}) };
}

function pollContext(options: NodeRun, workflow: Workflow, mode: WorkflowExecuteMode): PollContext {
	const { additionalData } = additionalDataFor(stageFor(options), [], mode);
	return new PollContext(workflow, nodeOf(workflow), additionalData as never, mode, 'activate');
}

async function pollOnce(workflow: Workflow, context: PollContext): Promise<INodeExecutionData[] | null> {
	const outputs = await new TriggersAndPollers().runPollFunction(workflow, nodeOf(workflow), context);
	return outputs === null ? null : outputs[0];
}

/** The workflow's own, which has the defaults of the parameters. */
function nodeOf(workflow: Workflow): INode {
	return workflow.getNode(NODE_NAME) as INode;
}

function copyOf(data: object): Record<string, unknown> {
	return JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
}

/** The credential's test button: n8n's own way, with its rules applied as n8n's CredentialsTester applies them. */
export async function testCredential(fields: CredentialFields): Promise<{ status: 'OK' | 'Error'; message: string }> {
	const test = new ApioApi().test;
	const credentials = new EngineCredentials(fields);
	const properties: INodeProperties[] = [
		{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request: test.request }, default: '' },
	];
	const description = { ...noOperation().description, properties, credentials: [{ name: CREDENTIAL, required: true }] };
	const type: INodeType = { ...noOperation(), description };
	const node: INode = {
		id: 'temp',
		name: 'Temp',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: { temp: '' },
		credentials: { [CREDENTIAL]: { id: '1', name: 'APIO' } },
	};
	const stage: Stage = {
		node,
		nodes: [node],
		types: { [node.type]: type },
		connections: {},
		credentials,
		staticData: {},
	};
	const { additionalData } = additionalDataFor(stage, [], 'internal');
	const executeData = { node, data: { main: [[{ json: {} }]] }, source: null };
	const context = new ExecuteContext(
		workflowOf(stage),
		node,
		additionalData as never,
		'internal',
		createRunExecutionData({}),
		0,
		[{ json: {} }],
		{ main: [[{ json: {} }]] },
		executeData,
		[],
	);
	const rules = (test.rules ?? []) as Array<{
		type: string;
		properties: { value: unknown; message: string; key?: string };
	}>;
	try {
		const [[first]] = (await new RoutingNode(context, type, {
			id: '1',
			name: '',
			type: CREDENTIAL,
			data: credentials.data,
		}).runNode()) as INodeExecutionData[][];
		const body = first.json as unknown as Record<string, unknown>;
		const broken = rules.find(
			(rule) => rule.type === 'responseSuccessBody' && body?.[rule.properties.key ?? ''] === rule.properties.value,
		);
		return broken
			? { status: 'Error', message: broken.properties.message }
			: { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { cause, message } = error as Error & {
			cause?: { response?: { status: number; statusText?: string }; code?: string };
		};
		if (cause?.response) {
			const { status, statusText } = cause.response;
			const fitting = rules.find((rule) => rule.type === 'responseCode' && rule.properties.value === status);
			return {
				status: 'Error',
				message: fitting?.properties.message ?? statusText ?? `Received HTTP status code: ${status}`,
			};
		}
		return { status: 'Error', message: cause?.code ?? message };
	}
}

function noOperation(): INodeType {
	return {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: { name: 'Temp' },
			inputs: [],
			outputs: [],
			properties: [],
		},
	};
}

interface Stage {
	readonly node: INode;
	readonly nodes: INode[];
	readonly types: Record<string, INodeType>;
	readonly connections: object;
	readonly credentials: EngineCredentials;
	readonly staticData: Record<string, unknown>;
}

function stageFor({ type, parameters, credential, onError, retryOnFail, staticData = {} }: NodeRun): Stage {
	const node: INode = {
		id: 'node',
		name: NODE_NAME,
		type: `n8n-nodes-apio.${type.description.name}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		onError,
		retryOnFail,
		credentials: { [CREDENTIAL]: { id: '1', name: 'APIO' } },
	};
	const credentials = credential instanceof EngineCredentials ? credential : new EngineCredentials(credential);
	return { node, nodes: [node], types: { [node.type]: type }, connections: {}, credentials, staticData };
}

function workflowOf({ nodes, types, connections, staticData }: Stage): Workflow {
	const typeOf = (name: string) => types[name];
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	return new Workflow({ id: 'test', nodes, connections, nodeTypes, settings: {}, active: false, staticData } as never);
}

function additionalDataFor(stage: Stage, uiMessages: unknown[], mode: WorkflowExecuteMode) {
	const hooks = new ExecutionLifecycleHooks(mode, '1', { id: 'test', name: 'test' } as never);
	const additionalData = {
		hooks,
		credentialsHelper: stage.credentials,
		executionId: '1',
		variables: {},
		setExecutionStatus: () => undefined,
		sendDataToUI: (_type: string, data: unknown) => uiMessages.push(data),
		instanceBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/w',
		formWaitingBaseUrl: 'http://localhost/f',
	};
	return { hooks, additionalData };
}

/**
 * A node before the one under test, because n8n looks items up there: for paired items, and for what an error output
 * shows.
 */
const SOURCE: INode = {
	id: 'source',
	name: 'Source',
	type: 'test.source',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function withSource(stage: Stage, items: INodeExecutionData[]): Stage {
	const type: INodeType = {
		description: {
			...noOperation().description,
			displayName: 'Source',
			name: 'source',
			outputs: [NodeConnectionTypes.Main],
		},
		execute: async () => [items],
	};
	return {
		...stage,
		nodes: [SOURCE, ...stage.nodes],
		types: { ...stage.types, [SOURCE.type]: type },
		connections: { [SOURCE.name]: { main: [[{ node: NODE_NAME, type: NodeConnectionTypes.Main, index: 0 }]] } },
	};
}

async function execute(stage: Stage, start: INode, items: INodeExecutionData[], { mode = 'manual', onStart }: NodeRun) {
	const uiMessages: unknown[] = [];
	const { hooks, additionalData } = additionalDataFor(stage, uiMessages, mode);
	let finished: IRun | undefined;
	hooks.addHandler('workflowExecuteAfter', (run) => {
		finished = run;
	});
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }] },
	} as never);
	const workflow = workflowOf(stage);
	const running = new WorkflowExecute(additionalData as never, mode, data).processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	await running;
	Object.assign(stage.staticData, JSON.parse(JSON.stringify(workflow.staticData ?? {})));
	if (!finished) throw new Error('The engine did not report the end of the execution');
	return { run: finished, uiMessages };
}
