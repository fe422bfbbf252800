/**
 * The nightly sync as somebody builds it from n8n's own nodes: CSV, one item for each list, a GET for each, a
 * comparison, and a PUT of the wanted list where it differs. Two Code nodes keep it short; it knows no guards, no
 * report and no second look.
 */

import type { WorkflowData, WorkflowNode } from '../../tools/n8n';
import { PLACE } from '../n8n/job';
import { chain, HTTP_REQUEST_VERSION, MEASURED, node, readFile, type CredentialRef } from '../n8n/workflows';

/** Requests a second that whoever builds the workflow allows; null: as fast as n8n goes. */
export type Pace = number | null;

/** What a refused request leads to, as n8n's nodes offer it. */
export type OnError = keyof typeof ON_ERROR;

const ON_ERROR = {
	/** The most tries and the longest pause that there are. A try is the whole node with all its items. */
	retry: { retryOnFail: true, maxTries: 5, waitBetweenTries: 5_000 },
	/** The item is given up, and the others go on. */
	goOn: { onError: 'continueRegularOutput' },
};

export interface Way {
	readonly pace: Pace;
	readonly onError: OnError;
}

export function ownNodes(csvFile: string, baseUrl: string, credential: CredentialRef, way: Way): WorkflowData {
	return chain("n8n's own nodes", [
		readFile(csvFile),
		node('Rows', 'n8n-nodes-base.extractFromFile', 1, null, { operation: 'csv', options: {} }),
		code('Lists', ONE_ITEM_FOR_EACH_LIST(baseUrl)),
		request(`${MEASURED} read`, credential, way, { method: 'GET', url: '={{ $json.url }}' }),
		code('Compare', WHERE_WANTED_AND_LIVE_DIFFER),
		request(`${MEASURED} write`, credential, way, {
			method: 'PUT',
			url: '={{ $json.url }}',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json.body }}',
		}),
	]);
}

const ONE_ITEM_FOR_EACH_LIST = (baseUrl: string) => `
const base = ${JSON.stringify(`${baseUrl}/tenants/${PLACE.tenantId}/groups/${PLACE.groupId}/users/`)};
const lists = new Map();
for (const { json } of $input.all()) {
	const services = base + encodeURIComponent(json.supervisor) + '/services/call_centers/';
	const url = services + encodeURIComponent(json['call center']) + '/supervised_agents/';
	if (!lists.has(url)) lists.set(url, []);
	lists.get(url).push(json.agent);
}
return [...lists].map(([url, wanted]) => ({ json: { url, wanted } }));
`;

const WHERE_WANTED_AND_LIVE_DIFFER = `
const lists = $('Lists').all();
return $input.all().flatMap(({ json }, index) => {
	const { url, wanted } = lists[index].json;
	if (json.error) return [];
	const live = new Set(json.supervised_agents.map(({ userId }) => userId));
	if (live.size === wanted.length && wanted.every((agent) => live.has(agent))) return [];
	return [{ json: { url, body: { supervised_agents: wanted.map((userId) => ({ userId })) } } }];
});
`;

function code(name: string, jsCode: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.code', 2, null, { jsCode });
}

function request(name: string, credential: CredentialRef, { pace, onError }: Way, parameters: object): WorkflowNode {
	const options = pace === null ? {} : { batching: { batch: { batchSize: pace, batchInterval: 1_000 } } };
	const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: 'apioApi' };
	const sends = node(name, 'n8n-nodes-base.httpRequest', HTTP_REQUEST_VERSION, credential, {
		...parameters,
		...authentication,
		options,
	});
	return { ...sends, ...ON_ERROR[onError] };
}
