/**
 * A plan or a journal of an earlier run: the parameters that name it, and its reading. Whether it is a good one, the
 * engine decides.
 */

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTextTooDeep, MOST_LEVELS } from '../../../lib/json-depth';
import type { KindName } from '../../../lib/sync/model/list';
import type { OperationSettings } from './options';

type DocumentName = 'plan' | 'journal';

/** @param made what made it, in words */
export function documentParameters(noun: DocumentName, made: string): INodeProperties[] {
	const Noun = noun === 'plan' ? 'Plan' : 'Journal';
	return [
		{
			displayName: `${Noun} Source`,
			name: `${noun}Source`,
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Binary Field', value: 'binary', description: `The ${noun} file as the summary of ${made} carries it` },
				{
					name: 'JSON',
					value: 'json',
					description: `The ${noun} as JSON, for example kept in a database or a data table`,
				},
			],
			default: 'binary',
			description: `Where the ${noun} comes from`,
		},
		{
			displayName: 'Input Binary Field',
			name: `${noun}BinaryProperty`,
			type: 'string',
			required: true,
			displayOptions: { show: { [`${noun}Source`]: ['binary'] } },
			default: noun,
			placeholder: `e.g. ${noun}`,
			hint: `The name of the input field containing the ${noun} file`,
			description: `Field of the input item that holds the ${noun} file`,
		},
		{
			displayName: Noun,
			name: `${noun}Json`,
			type: 'json',
			required: true,
			displayOptions: { show: { [`${noun}Source`]: ['json'] } },
			default: '',
			placeholder: `e.g. {{ $('Plan').item.json.${noun} }}`,
			description: `The ${noun} of ${made}, unchanged`,
		},
	];
}

export type ReadDocument = { ok: true; value: unknown } | { ok: false; message: string };

export async function readDocument(
	execute: IExecuteFunctions,
	item: number,
	noun: DocumentName,
): Promise<ReadDocument> {
	const source = execute.getNodeParameter(`${noun}Source`, item) as 'binary' | 'json';
	if (source === 'json') return parsedJson(execute.getNodeParameter(`${noun}Json`, item), noun);
	const property = execute.getNodeParameter(`${noun}BinaryProperty`, item) as string;
	if (execute.getInputData()[item]?.binary?.[property] === undefined) {
		return {
			ok: false,
			message:
				`The input item has no file in the binary field '${property}'. Connect the summary of the run that ` +
				`made the ${noun}, or name the field that holds it.`,
		};
	}
	const bytes = await execute.helpers.getBinaryDataBuffer(item, property);
	return parsedJson(bytes.toString('utf8').replace(/^\uFEFF/, ''), noun);
}

/** Text as JSON; anything else as it is. @param noun what it is called in a message */
export function parsedJson(value: unknown, noun: string): ReadDocument {
	if (typeof value !== 'string') return { ok: true, value };
	if (value.trim() === '') return { ok: false, message: `The ${noun} is empty. Hand it over whole.` };
	if (isTextTooDeep(value))
		return {
			ok: false,
			message: `The ${noun} is nested in more than ${MOST_LEVELS} levels, which none is. Hand it over as it was made.`,
		};
	try {
		return { ok: true, value: JSON.parse(value) as unknown };
	} catch {
		return { ok: false, message: `The ${noun} is not JSON. Hand it over whole, as it was made.` };
	}
}

/** A plan and a journal know what they are about; where one does not say, the engine refuses it for that. */
export function documentSettings(document: unknown, platformUrl: string): OperationSettings {
	return { kind: kindOf(document), mode: 'mirror', platformUrl, lastRun: null };
}

function kindOf(document: unknown): KindName {
	const named = typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
	return named === 'agentCallCenters' ? named : 'supervisedAgents';
}
