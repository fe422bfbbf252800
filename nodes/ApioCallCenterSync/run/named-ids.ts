/** Ids of people or call centers in a parameter: picked from a list, or from an expression as a list or as text. */

import type { INodeProperties } from 'n8n-workflow';
import { readIdList, type ReadIds } from '../../../lib/csv';
import type { OperationContext } from './operation';

interface NamedIds {
	/** Title case, singular. */
	readonly noun: string;
	readonly name: string;
	/** What is chosen by it, in a sentence. */
	readonly description: string;
	/** A method of `methods/load-options.ts`. */
	readonly loadOptionsMethod: string;
	/** Parameters beside tenant and group that the list depends on. */
	readonly dependsOn?: readonly string[];
	readonly displayOptions?: INodeProperties['displayOptions'];
}

const CHOOSE =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

export function idsParameter(parameter: NamedIds): INodeProperties {
	const { noun, description, loadOptionsMethod, dependsOn = [], ...nameAndConditions } = parameter;
	return {
		displayName: `${noun} Names or IDs`,
		...nameAndConditions,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['tenantId.value', 'groupId.value', ...dependsOn] },
		default: [],
		description: `${description} ${CHOOSE}`,
	};
}

/** Read like the ids of a source; a value that cannot be an id is refused. */
export function namedIds(
	{ execute, item, options }: OperationContext,
	parameter: INodeProperties,
): ReadIds<readonly string[]> {
	const value = execute.getNodeParameter(parameter.name, item, []);
	return readIdList(`parameter '${parameter.displayName}'`, value, options);
}
