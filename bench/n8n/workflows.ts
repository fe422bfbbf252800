/** The contenders as workflows. Each begins with the file it works on, and the node that is measured comes last. */

import type { WorkflowData, WorkflowNode } from '../../tools/n8n';
import { PLACE } from './job';

export const TRIGGER = 'Start';
/** What the names of the nodes begin with whose time counts, in every workflow. */
export const MEASURED = 'Measured';
/** The highest rate that the node offers, so that nothing but the code holds it back. */
export const UNLIMITED = { startRate: 10_000, maxRate: 10_000 };
/** Of n8n 2.41: what dragging the node into the editor gives. */
export const HTTP_REQUEST_VERSION = 4.5;

export interface CredentialRef {
	readonly id: string;
	readonly name: string;
}

/** The sync node, from HR's CSV file. */
export function syncNode(
	csvFile: string,
	credential: CredentialRef,
	concurrency: number,
	rates: object = UNLIMITED,
): WorkflowData {
	return chain("The package's sync node", [
		readFile(csvFile),
		ourNode(MEASURED, credential, { operation: 'sync', ...FROM_CSV, options: { ...rates, concurrency } }),
	]);
}

/** Plan, and then the plan's file applied, as if somebody had approved it in between. */
export function planAndApply(
	csvFile: string,
	credential: CredentialRef,
	concurrency: number,
	rates: object = UNLIMITED,
): WorkflowData {
	const options = { ...rates, concurrency };
	return chain('Plan, then apply it', [
		readFile(csvFile),
		ourNode(`${MEASURED} plan`, credential, { operation: 'plan', ...FROM_CSV, options }),
		ourNode(`${MEASURED} apply`, credential, {
			operation: 'applyPlan',
			planSource: 'binary',
			planBinaryProperty: 'plan',
			approvedHash: '={{ $json.planHash }}',
			approvedRemovals: '={{ $json.removalsToApprove }}',
			options,
		}),
	]);
}

const FROM_CSV = {
	kind: 'supervisedAgents',
	source: 'csv',
	binaryPropertyName: 'data',
	mode: 'mirror',
	tenantId: { __rl: true, mode: 'id', value: PLACE.tenantId },
	groupId: { __rl: true, mode: 'id', value: PLACE.groupId },
};

function ourNode(name: string, credential: CredentialRef, parameters: Record<string, unknown>): WorkflowNode {
	return node(name, 'n8n-nodes-apio.apioCallCenterSync', 1, credential, parameters);
}

/** The bare helper, from recorded requests. */
export function helper(requestsFile: string, credential: CredentialRef, concurrency: number): WorkflowData {
	return chain("n8n's HTTP helper", [
		...readRequests(requestsFile, 'Requests'),
		node(MEASURED, 'CUSTOM.helperProbe', 1, credential, { concurrency }),
	]);
}

/**
 * n8n's HTTP Request node, one recorded request for each item, as fast as it goes: a node for the reads and one for the
 * writes, so that what all have in common is no expression, and a read has no body.
 */
export function httpRequestNode(readsFile: string, writesFile: string, credential: CredentialRef): WorkflowData {
	const common = {
		url: '={{ $json.url }}',
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'apioApi',
		options: {},
	};
	return chain("n8n's HTTP Request node", [
		...readRequests(readsFile, 'Reads'),
		node(`${MEASURED} reads`, 'n8n-nodes-base.httpRequest', HTTP_REQUEST_VERSION, credential, {
			method: 'GET',
			...common,
		}),
		...readRequests(writesFile, 'Writes'),
		node(`${MEASURED} writes`, 'n8n-nodes-base.httpRequest', HTTP_REQUEST_VERSION, credential, {
			method: 'POST',
			...common,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json.body }}',
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
	const connections = nodes
		.slice(1)
		.map((next, index) => [nodes[index].name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }]);
	return { name, nodes, connections: Object.fromEntries(connections), settings: { executionOrder: 'v1' } };
}

/** Once, however many items come before it. */
export function readFile(path: string, name = 'Read file'): WorkflowNode {
	const read = node(name, 'n8n-nodes-base.readWriteFile', 1, null, {
		operation: 'read',
		fileSelector: path,
		options: {},
	});
	return { ...read, executeOnce: true };
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

function readRequests(file: string, what: string): WorkflowNode[] {
	return [
		readFile(file, `${what} file`),
		node(`${what} of file`, 'n8n-nodes-base.extractFromFile', 1, null, {
			operation: 'fromJson',
			destinationKey: 'requests',
			options: {},
		}),
		node(what, 'n8n-nodes-base.splitOut', 1, null, { fieldToSplitOut: 'requests', options: {} }),
	];
}
