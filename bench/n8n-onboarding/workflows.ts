/** The contenders as webhooks: each answers when its requests to the platform are done. */

import type { WorkflowData, WorkflowNode } from '../../tools/n8n';
import { PLACE } from '../n8n/job';
import { HTTP_REQUEST_VERSION, node, UNLIMITED, type CredentialRef } from '../n8n/workflows';

export interface NewHire {
	readonly agent: string;
	readonly callCenter: string;
	readonly supervisor: string;
}

/** The webhook's address, below n8n's `/webhook/`. */
export interface Onboarding {
	readonly path: string;
	readonly workflow: WorkflowData;
}

/** The sync node on the one row that HR posts: puts the agent in the call center and under the supervisor. */
export function bySyncNode(credential: CredentialRef): Onboarding {
	const sync = node('Put in Place', 'n8n-nodes-apio.apioCallCenterSync', 1, credential, {
		operation: 'sync',
		kind: 'supervisedAgents',
		source: 'json',
		rowsJson:
			'={{ [{ agent: $json.body.agent, "call center": $json.body.callCenter, supervisor: $json.body.supervisor }] }}',
		mode: 'addOnly',
		tenantId: { __rl: true, mode: 'id', value: PLACE.tenantId },
		groupId: { __rl: true, mode: 'id', value: PLACE.groupId },
		options: { assignFirst: true, ...UNLIMITED },
	});
	return onboarding('sync-node', [sync], '={{ { ok: $json.status === "applied" } }}');
}

/**
 * The two writes and nothing else. The assignment names the new call center only, so that an agent who is in another
 * one leaves it: what the sync node reads the list for.
 */
export function byTwoRequests(credential: CredentialRef, baseUrl: string): Onboarding {
	const users = `${baseUrl}/tenants/${PLACE.tenantId}/groups/${PLACE.groupId}/users/`;
	const body = "$('New Hire').first().json.body";
	const steps = [
		request('Assign', credential, {
			method: 'PUT',
			url: `=${users}{{ encodeURIComponent(${body}.agent) }}/services/call_centers/`,
			jsonBody: `={{ { list: true, call_centers: [{ serviceUserId: ${body}.callCenter }] } }}`,
		}),
		request('Supervise', credential, {
			method: 'POST',
			url:
				`=${users}{{ encodeURIComponent(${body}.supervisor) }}/services/call_centers/` +
				`{{ encodeURIComponent(${body}.callCenter) }}/supervised_agents/`,
			jsonBody: `={{ { supervised_agents: [{ userId: ${body}.agent }] } }}`,
		}),
	];
	return onboarding('two-requests', steps, '={{ { ok: true } }}');
}

function request(name: string, credential: CredentialRef, parameters: object): WorkflowNode {
	return node(name, 'n8n-nodes-base.httpRequest', HTTP_REQUEST_VERSION, credential, {
		...parameters,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'apioApi',
		sendBody: true,
		specifyBody: 'json',
		options: {},
	});
}

function onboarding(path: string, steps: readonly WorkflowNode[], responseBody: string): Onboarding {
	const webhook = node('New Hire', 'n8n-nodes-base.webhook', 2, null, {
		httpMethod: 'POST',
		path,
		responseMode: 'responseNode',
		options: {},
	});
	const answer = node('Answer', 'n8n-nodes-base.respondToWebhook', 1.1, null, {
		respondWith: 'json',
		responseBody,
		options: {},
	});
	const nodes = [{ ...webhook, webhookId: path }, ...steps, answer];
	const connections = nodes
		.slice(1)
		.map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]);
	return { path, workflow: { name: path, nodes, connections: Object.fromEntries(connections) } };
}
