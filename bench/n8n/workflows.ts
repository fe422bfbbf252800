/** The contenders as workflows. Each begins with the file it works on, and the node that is measured comes last. */

import type { WorkflowData, WorkflowNode } from '../../test/n8n/driver';
import { PLACE } from './job';

export const TRIGGER = 'Start';
/** Name of the node whose time counts, in every workflow. */
export const MEASURED = 'Measured';
/** The pacer's ceilings, so that nothing but the code holds the sync node back. */
const UNLIMITED = { startRate: 1_000, maxRate: 1_000 };

export interface CredentialRef {
	readonly id: string;
	readonly name: string;
}

/** The sync node, from HR's CSV file. */
export function syncNode(csvFile: string, credential: CredentialRef, concurrency: number): WorkflowData {
	return chain("The package's sync node", [
		readFile(csvFile),
		node(MEASURED, 'n8n-nodes-apio.apioCallCenterSync', 1, credential, {
			operation: 'sync',
			kind: 'supervisedAgents',
			source: 'csv',
			binaryPropertyName: 'data',
			mode: 'mirror',
			tenantId: { __rl: true, mode: 'id', value: PLACE.tenantId },
			groupId: { __rl: true, mode: 'id', value: PLACE.groupId },
			options: { ...UNLIMITED, concurrency },
		}),
	]);
}

/** The bare helper, from recorded requests. */
export function helper(requestsFile: string, credential: CredentialRef, concurrency: number): WorkflowData {
	return chain("n8n's HTTP helper", [
		...readRequests(requestsFile),
		node(MEASURED, 'CUSTOM.helperProbe', 1, credential, { concurrency }),
	]);
}

/** n8n's HTTP Request node, one recorded request for each item, as fast as it goes. */
export function httpRequestNode(requestsFile: string, credential: CredentialRef): WorkflowData {
	return chain("n8n's HTTP Request node", [
		...readRequests(requestsFile),
		node(MEASURED, 'n8n-nodes-base.httpRequest', 4.2, credential, {
			method: '={{ $json.method }}',
			url: '={{ $json.url }}',
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'apioApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json.body ?? {} }}',
			options: {},
		}),
	]);
}

export function chain(name: string, steps: readonly WorkflowNode[]): WorkflowData {
	const trigger: WorkflowNode = {
		id: TRIGGER,
		name: TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodes = [trigger, ...steps.map((step, index): WorkflowNode => ({ ...step, position: [220 * (index + 1), 0] }))];
	const connections = nodes.slice(1).map((next, index) => [nodes[index].name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }]);
	return { name, nodes, connections: Object.fromEntries(connections), settings: { executionOrder: 'v1' } };
}

export function readFile(path: string): WorkflowNode {
	return node('Read file', 'n8n-nodes-base.readWriteFile', 1, null, { operation: 'read', fileSelector: path, options: {} });
}

export function node(
	name: string,
	type: string,
	typeVersion: number,
	credential: CredentialRef | null,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const credentials = credential === null ? undefined : { apioApi: { id: credential.id, name: credential.name } };
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, credentials };
}

function readRequests(file: string): WorkflowNode[] {
	return [
		readFile(file),
		node('Extract', 'n8n-nodes-base.extractFromFile', 1, null, { operation: 'fromJson', destinationKey: 'requests', options: {} }),
		node('Split out', 'n8n-nodes-base.splitOut', 1, null, { fieldToSplitOut: 'requests', options: {} }),
	];
}
