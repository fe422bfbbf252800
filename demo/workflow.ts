/** What a user would import: the credential, and a workflow that plans, syncs and keeps the report. */

import type { CredentialData, WorkflowData, WorkflowNode } from '../tools/n8n';
import { groupId, tenantId } from './platform';

const CREDENTIAL = { id: 'apioDemoCredent1', name: 'APIO demo platform' };
export const WORKFLOW_ID = 'apioDemoWorkflow';
export const NODES = { trigger: 'Start', plan: 'Plan', sync: 'Sync' } as const;

export interface SignIn {
	readonly baseUrl: string;
	readonly username: string;
	readonly password: string;
}

export function demoCredential({ baseUrl, username, password }: SignIn): CredentialData & { id: string } {
	return { ...CREDENTIAL, type: 'apioApi', data: { baseUrl, signInMethod: 'gatewayPassword', username, password } };
}

/**
 * Start -> HR file -> Plan (writes nothing) and then Sync -> report file. n8n runs the branches from top to bottom.
 * @param hrFile path of HR's CSV file
 * @param reportFile path that the HTML report of the sync is written to
 */
export function demoWorkflow(hrFile: string, reportFile: string): WorkflowData & { id: string } {
	const apio = (name: string, operation: 'plan' | 'sync', position: [number, number]): WorkflowNode => ({
		id: `apio-${operation}`,
		name,
		type: 'n8n-nodes-apio.apioCallCenterSync',
		typeVersion: 1,
		position,
		parameters: {
			operation,
			kind: 'supervisedAgents',
			source: 'csv',
			binaryPropertyName: 'data',
			mode: 'mirror',
			tenantId: { __rl: true, mode: 'id', value: tenantId },
			groupId: { __rl: true, mode: 'id', value: groupId },
			options: { defaultDomain: 'voice.example.com', startRate: 20, maxRate: 60 },
		},
		credentials: { apioApi: CREDENTIAL },
	});
	const file = (name: string, position: [number, number], parameters: Record<string, unknown>): WorkflowNode => ({
		id: name,
		name,
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		position,
		parameters,
	});
	const nodes: WorkflowNode[] = [
		{
			id: 'start',
			name: NODES.trigger,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 100],
			parameters: {},
		},
		file('HR file', [220, 100], { operation: 'read', fileSelector: hrFile, options: {} }),
		apio(NODES.plan, 'plan', [460, 0]),
		apio(NODES.sync, 'sync', [460, 200]),
		file('Keep report', [700, 200], {
			operation: 'write',
			fileName: reportFile,
			dataPropertyName: 'report',
			options: {},
		}),
	];
	const to = (...names: string[]) => ({ main: [names.map((node) => ({ node, type: 'main', index: 0 }))] });
	return {
		id: WORKFLOW_ID,
		name: 'Nightly HR sync (demo)',
		nodes,
		connections: {
			[NODES.trigger]: to('HR file'),
			'HR file': to(NODES.plan, NODES.sync),
			[NODES.sync]: to('Keep report'),
		},
		settings: { executionOrder: 'v1' },
	};
}
