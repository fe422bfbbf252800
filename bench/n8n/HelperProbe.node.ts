/* eslint-disable @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields --
   a probe that only the benchmark sees */
/**
 * What n8n's own HTTP helper reaches: sends the requests of all input items through `httpRequestWithAuthentication`, so
 * many in flight at once, and does nothing else. The measure for the sync node's transport, rate limiter and engine;
 * never published.
 */

import pLimit from 'p-limit';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** One input item. `body` is absent where the request has none. */
interface Recorded {
	readonly method: IHttpRequestMethods;
	readonly url: string;
	readonly body?: IDataObject;
}

export class HelperProbe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Helper Probe',
		name: 'helperProbe',
		group: ['transform'],
		version: 1,
		description: "Sends recorded requests through n8n's HTTP helper",
		defaults: { name: 'Helper Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apioApi', required: true }],
		properties: [{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 10 }],
		usableAsTool: true,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const limit = pLimit(this.getNodeParameter('concurrency', 0) as number);
		const send = async ({ method, url, body }: Recorded) => {
			await this.helpers.httpRequestWithAuthentication.call(this, 'apioApi', {
				method,
				url,
				body,
				json: true,
				returnFullResponse: true,
			});
		};
		const requests = this.getInputData().map(({ json }) => json as unknown as Recorded);
		await Promise.all(requests.map(async (request) => await limit(send, request)));
		return [[{ json: { sent: requests.length }, pairedItem: requests.map((_, item) => ({ item })) }]];
	}
}
