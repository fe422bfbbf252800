/** Ids of people or call centers in a parameter: a text with separators, or a list from an expression. */

import type { INodeProperties } from 'n8n-workflow';
import { readIdList, type ReadIds } from '../../../lib/csv';
import type { OperationContext } from './operation';

interface NamedIds {
	/** Title case, plural. */
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly example: string;
	readonly displayOptions?: INodeProperties['displayOptions'];
}

export function idsParameter({ example, ...parameter }: NamedIds): INodeProperties {
	return { ...parameter, type: 'string', default: '', placeholder: `e.g. ${example}` };
}

/** Read as the ids of a source are; what cannot be an id is refused. */
export function namedIds(
	{ execute, item, options }: OperationContext,
	parameter: INodeProperties,
): ReadIds<readonly string[]> {
	const value = execute.getNodeParameter(parameter.name, item, '');
	return readIdList(`parameter '${parameter.displayName}'`, value, options);
}
