/** Workflows for tests, in as few words as they need. */

import { randomUUID } from 'node:crypto';
import type { WorkflowData, WorkflowNode } from '../../../tools/n8n';

export const TRIGGER = 'Start';

/** A reference to a stored credential, as nodes carry it. */
export type CredentialRef = Readonly<Record<string, { readonly id: string; readonly name: string }>>;

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Readonly<Record<string, unknown>> = {},
	more: Readonly<Record<string, unknown>> & { readonly credentials?: CredentialRef } = {},
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters, ...more };
}

export function apioNode(
	name: string,
	type: 'apioCallCenter' | 'apioCallCenterSync' | 'apioCallCenterTrigger',
	parameters: Readonly<Record<string, unknown>>,
	credential: { readonly id: string; readonly name: string },
): WorkflowNode {
	return node(name, `n8n-nodes-apio.${type}`, 1, parameters, {
		credentials: { apioApi: { id: credential.id, name: credential.name } },
	});
}

/** A node that hands on what it gets. */
export function noOperation(name: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.noOp', 1);
}

/** The nodes one after the other by their first outputs. */
export function inARow(name: string, ...nodes: readonly WorkflowNode[]): WorkflowData {
	const all = nodes.map((each, n): WorkflowNode => ({ ...each, position: [n * 220, 0] }));
	const links = all.slice(1).map((each, n) => [all[n].name, { main: [[{ node: each.name, type: 'main', index: 0 }]] }]);
	return { name, nodes: all, connections: Object.fromEntries(links), settings: { executionOrder: 'v1' } };
}

/** A manual trigger called `Start` and the nodes after it, one after the other by their first outputs. */
export function chain(name: string, ...nodes: readonly WorkflowNode[]): WorkflowData {
	return inARow(name, node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1), ...nodes);
}

/** Reads a file from n8n's files folder into the binary field `data`. */
export function readFileNode(name: string, path: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.readWriteFile', 1, { operation: 'read', fileSelector: path, options: {} });
}

/** Answers with the last node's first item (`lastNode`), or at once. */
export function webhookNode(path: string, responseMode: 'lastNode' | 'onReceived' = 'lastNode'): WorkflowNode {
	return node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode, options: {} },
		{
			webhookId: randomUUID(),
		},
	);
}
