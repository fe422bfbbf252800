/** Runs the sync node on n8n's own engine against a simulator: one node, its input items, what came out of it. */

import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { DEFAULT_ACCOUNT } from '../../../simulator';
import { EngineCredentials, type CredentialFields } from '../../support/engine';

export interface Launch {
	baseUrl: string;
	parameters: INodeParameters;
	items?: INodeExecutionData[];
	node?: Partial<INode>;
	mode?: WorkflowExecuteMode;
	/** Kept between launches, as n8n keeps it on the workflow. */
	staticData?: IDataObject;
	token?: string;
	/** Default: the account's access token. */
	credential?: CredentialFields;
	/** Of the workflow. */
	settings?: IWorkflowSettings;
	onStart?: (cancel: () => void) => void;
}

export interface Landed {
	run: IRun;
	status: string;
	error: { message: string; description?: string | null } | undefined;
	summary: INodeExecutionData[];
	changes: INodeExecutionData[];
	rejected: INodeExecutionData[];
	errors: INodeExecutionData[];
	hints: NodeExecutionHint[];
	uiMessages: unknown[];
	timeSaved: number | undefined;
	/** As it was at the moment when n8n saves the execution: at its end, or when it was cancelled. */
	customData: Record<string, string>;
}

export async function launch({
	baseUrl,
	parameters,
	items = [{ json: {} }],
	node,
	mode = 'trigger',
	staticData = {},
	token,
	credential,
	settings = {},
	onStart,
}: Launch): Promise<Landed> {
	const uiMessages: unknown[] = [];
	const syncNode: INode = {
		id: '1',
		name: 'Sync',
		type: 'n8n-nodes-apio.apioCallCenterSync',
		typeVersion: 1,
		position: [0, 0],
		credentials: { apioApi: { id: '1', name: 'APIO' } },
		parameters,
		...node,
	};
	const type: INodeType = new ApioCallCenterSync();
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({
		id: 't',
		nodes: [syncNode],
		connections: {},
		nodeTypes,
		settings,
		active: false,
		staticData,
	});
	const hooks = new ExecutionLifecycleHooks(mode, '1', { id: 't', name: 't' } as never);
	let finished: IRun | undefined;
	let customData: Record<string, string> = {};
	hooks.addHandler('workflowExecuteAfter', (run) => {
		finished = run;
		customData = { ...run.data.resultData.metadata };
	});
	const additionalData = {
		hooks,
		credentialsHelper: new EngineCredentials(
			credential ?? { baseUrl, signInMethod: 'accessToken', accessToken: token ?? DEFAULT_ACCOUNT.m2mToken },
		),
		executionId: '1',
		variables: {},
		setExecutionStatus: () => undefined,
		sendDataToUI: (_type: string, data: unknown) => uiMessages.push(data),
		instanceBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/w',
		formWaitingBaseUrl: 'http://localhost/f',
	};
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: syncNode, data: { main: [items] }, source: null }] },
	} as never);
	const running = new WorkflowExecute(additionalData as never, mode, data).processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	await running;
	Object.assign(staticData, JSON.parse(JSON.stringify(workflow.staticData)));
	return { ...landed(finished as IRun, uiMessages), customData };
}

function landed(run: IRun, uiMessages: unknown[]): Omit<Landed, 'customData'> {
	const task = run.data.resultData.runData.Sync?.[0];
	const [summary, changes, rejected, errors] = task?.data?.main ?? [];
	return {
		run,
		status: run.status,
		error: (task?.error ?? run.data.resultData.error) as Landed['error'],
		summary: summary ?? [],
		changes: changes ?? [],
		rejected: rejected ?? [],
		errors: errors ?? [],
		hints: (task?.hints ?? []) as NodeExecutionHint[],
		uiMessages,
		timeSaved: task?.metadata?.timeSaved?.minutes,
	};
}

/** Text of a file that an item carries; tests keep files in memory, as base64. */
export function fileText(binary: IBinaryKeyData | undefined, property: string): string {
	const file = binary?.[property];
	if (file === undefined) throw new Error(`No file '${property}' among ${Object.keys(binary ?? {}).join(', ')}`);
	return Buffer.from(file.data, 'base64').toString('utf8');
}

export function csvItem(text: string | Buffer, property = 'data'): INodeExecutionData {
	return {
		json: {},
		binary: { [property]: { data: Buffer.from(text).toString('base64'), mimeType: 'text/csv', fileName: 'hr.csv' } },
	};
}
