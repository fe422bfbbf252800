/** Runs the chosen operation for each item, under the rate limiter. */

import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Apio } from '../../lib/apio';
import { errorItem, toNodeError, withItem, type NamedParameter } from '../shared/errors';
import { connectRateLimited } from '../shared/rate-limited-connection';
import { OPERATIONS } from './actions';
import { NameLookup, resolveNames } from './names';
import { ItemParameters, type Operation } from './operation';

export async function route(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const signal = this.getExecutionCancelSignal?.();
	const apio: Apio = await connectRateLimited(this, { signal });

	const lookup = new NameLookup(apio);
	const output: INodeExecutionData[] = [];
	const items = this.getInputData();
	for (let index = 0; index < items.length; index++) {
		// Cancelled: the results so far are the output.
		if (signal?.aborted) break;
		try {
			const results = await runItem(this, apio, lookup, index);
			for (const json of results) output.push({ json, pairedItem: { item: index } });
		} catch (error) {
			if (!this.continueOnFail()) throw withItem(this.getNode(), error, index) as NodeOperationError;
			output.push(errorItem(withItem(this.getNode(), error, index), index));
		}
	}
	return output;
}

/** @throws NodeApiError or NodeOperationError that names item and parameters */
async function runItem(
	context: IExecuteFunctions,
	apio: Apio,
	lookup: NameLookup,
	index: number,
): Promise<IDataObject[]> {
	const item = new ItemParameters(context, index);
	const operation = operationOf(context, index);
	const named = await resolveNames(item, operation.description, lookup);
	const result = named.ok ? await operation.execute(apio, item) : named;
	if (result.ok) return result.value;
	throw toNodeError(context.getNode(), result.failure, { itemIndex: index, parameters: parametersOf(operation, item) });
}

function operationOf(context: IExecuteFunctions, index: number): Operation {
	const resource = context.getNodeParameter('resource', index);
	const name = context.getNodeParameter('operation', index);
	const operation = OPERATIONS[resource]?.[name];
	if (operation) return operation;
	throw new NodeOperationError(context.getNode(), `There is no operation '${name}' for the resource '${resource}'`, {
		itemIndex: index,
	});
}

function parametersOf(operation: Operation, item: ItemParameters): NamedParameter[] {
	const named = Object.entries(operation.names ?? {}).map(([argument, displayName]) => ({
		argument,
		displayName,
		values: item.valuesOf(argument),
	}));
	return [...item.ids, ...named];
}
