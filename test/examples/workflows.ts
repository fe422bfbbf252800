/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the example files, outside any node */
/** The example workflows, and a way to run them on n8n's engine with n8n's own nodes played by stand-ins. */

import 'reflect-metadata';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IConnections,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
} from 'n8n-workflow';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { ApioCallCenterSync } from '../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { ApioCallCenterTrigger } from '../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';
import { DEFAULT_ACCOUNT } from '../../simulator';
import { EngineCredentials } from '../support/engine';

export interface ExampleWorkflow {
	name: string;
	active: boolean;
	nodes: INode[];
	connections: IConnections;
	pinData: Record<string, unknown>;
	meta?: unknown;
}

const FOLDER = join(__dirname, '../../examples');

export const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

export function exampleText(name: string): string {
	return readFileSync(join(FOLDER, name), 'utf8');
}

export function example(name: string): ExampleWorkflow {
	return JSON.parse(exampleText(name)) as ExampleWorkflow;
}

const OUR_TYPES: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-apio.apioCallCenter': new ApioCallCenter(),
	'n8n-nodes-apio.apioCallCenterSync': new ApioCallCenterSync(),
	'n8n-nodes-apio.apioCallCenterTrigger': new ApioCallCenterTrigger(),
};

export function ourType({ type }: INode): INodeType | undefined {
	return OUR_TYPES[type.replace(/Tool$/, '')];
}

/** What a node of n8n's gives in a test: items for the items it gets. */
export type StandIn = (items: INodeExecutionData[]) => INodeExecutionData[];

const handOn: StandIn = (items) => items;

/**
 * Runs from the node named `start`; nodes without a stand-in hand on what they get. @param items what a trigger that
 * polls has handed over, where `start` is one
 */
export async function runExample(
	name: string,
	start: string,
	baseUrl: string,
	standIns: Record<string, StandIn> = {},
	items: INodeExecutionData[] = [{ json: {} }],
): Promise<IRun> {
	const { nodes, connections } = example(name);
	const live = nodes
		.filter(({ type }) => !type.endsWith('.stickyNote'))
		.map((node): INode => {
			if (ourType(node)) return { ...node, credentials: { apioApi: { id: '1', name: 'APIO' } } };
			return { ...node, type: `test.${node.name}`, typeVersion: 1, parameters: {} };
		});
	const types: Record<string, INodeType> = { ...OUR_TYPES };
	for (const node of live) if (!ourType(node)) types[node.type] = actor(node, standIns[node.name] ?? handOn);
	const nodeTypes = {
		getByName: (type: string) => types[type],
		getByNameAndVersion: (type: string) => types[type],
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: live,
		connections,
		nodeTypes: nodeTypes as never,
		settings: { executionOrder: 'v1' },
		active: false,
	});
	const hooks = new ExecutionLifecycleHooks('trigger', '1', { id: 'test', name: 'test' } as never);
	let finished: IRun | undefined;
	hooks.addHandler('workflowExecuteAfter', (run) => {
		finished = run;
	});
	const additionalData = {
		hooks,
		credentialsHelper: new EngineCredentials({
			baseUrl,
			signInMethod: 'accessToken',
			accessToken: DEFAULT_ACCOUNT.m2mToken,
		}),
		executionId: '1',
		variables: {},
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		instanceBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/w',
		formWaitingBaseUrl: 'http://localhost/f',
	};
	const first = live.find((node) => node.name === start);
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }] },
	} as never);
	await new WorkflowExecute(additionalData as never, 'trigger', data).processRunExecutionData(workflow);
	if (!finished) throw new Error('The engine did not report the end of the execution');
	return finished;
}

function actor(node: INode, play: StandIn): INodeType {
	return {
		description: {
			displayName: node.name,
			name: node.name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			return [play(this.getInputData()).map((item, index) => ({ pairedItem: { item: index }, ...item }))];
		},
	};
}

/** Items of one output of a node that ran. */
export function itemsOf(run: IRun, node: string, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.[0]?.data?.main[output] ?? [];
}
