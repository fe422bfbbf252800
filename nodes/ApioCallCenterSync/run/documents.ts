/**
 * A plan or a journal of an earlier run: the parameters that name it, and its reading. The engine checks
 * it.
 */

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTextTooDeep, MAX_LEVELS } from '../../../lib/json-depth';
import type { Facts, Issue, KindName } from '../../../lib/sync';
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
				{ name: 'Binary Field', value: 'binary', description: `The ${noun} file from the summary of ${made}` },
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

/** Why JSON cannot be read. */
export type JsonProblem = Exclude<Facts<'planUnreadable'>, { readonly problem: 'noFile' }>;

export type ReadJson = { ok: true; value: unknown } | { ok: false; facts: JsonProblem };

export type ReadDocument = { ok: true; value: unknown } | { ok: false; issue: Issue };

export async function readDocument(
	execute: IExecuteFunctions,
	item: number,
	noun: DocumentName,
): Promise<ReadDocument> {
	const source = execute.getNodeParameter(`${noun}Source`, item) as 'binary' | 'json';
	const code = noun === 'plan' ? 'planUnreadable' : 'journalUnreadable';
	const parsed = (value: unknown): ReadDocument => {
		const read = parsedJson(value);
		return read.ok ? read : { ok: false, issue: { code, facts: read.facts } };
	};
	if (source === 'json') return parsed(execute.getNodeParameter(`${noun}Json`, item));
	const property = execute.getNodeParameter(`${noun}BinaryProperty`, item) as string;
	if (execute.getInputData()[item]?.binary?.[property] === undefined)
		return { ok: false, issue: { code, facts: { problem: 'noFile', property } } };
	const bytes = await execute.helpers.getBinaryDataBuffer(item, property);
	return parsed(bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

/** Text as JSON; anything else as it is. */
export function parsedJson(value: unknown): ReadJson {
	if (typeof value !== 'string') return { ok: true, value };
	if (value.trim() === '') return { ok: false, facts: { problem: 'empty' } };
	if (isTextTooDeep(value)) return { ok: false, facts: { problem: 'tooDeep', levels: MAX_LEVELS } };
	try {
		return { ok: true, value: JSON.parse(value) as unknown };
	} catch {
		return { ok: false, facts: { problem: 'notJson' } };
	}
}

/** Plan and journal name their kind of list; the engine refuses a document that does not. */
export function documentSettings(document: unknown, platformUrl: string): OperationSettings {
	return { kind: kindOf(document), mode: 'mirror', platformUrl, lastRun: null };
}

function kindOf(document: unknown): KindName {
	const named = typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
	return named === 'agentCallCenters' ? named : 'supervisedAgents';
}
