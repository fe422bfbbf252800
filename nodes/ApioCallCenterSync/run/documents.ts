/**
 * A plan or a journal, as it comes in: from a binary field or as JSON. Whether it is a good one, the engine decides.
 */

import type { IExecuteFunctions } from 'n8n-workflow';
import { isTextTooDeep, MOST_LEVELS } from '../../../lib/json-depth';
import type { KindName } from '../../../lib/sync';
import type { DocumentSource } from '../properties/documents';

export type Document = { ok: true; value: unknown } | { ok: false; message: string };

export async function readDocument(
	execute: IExecuteFunctions,
	item: number,
	noun: 'plan' | 'journal',
): Promise<Document> {
	const source = execute.getNodeParameter(`${noun}Source`, item) as DocumentSource;
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
export function parsedJson(value: unknown, noun: string): Document {
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
export function kindOf(document: unknown): KindName {
	const named = typeof document === 'object' && document !== null && 'kind' in document ? document.kind : undefined;
	return named === 'agentCallCenters' ? named : 'supervisedAgents';
}
