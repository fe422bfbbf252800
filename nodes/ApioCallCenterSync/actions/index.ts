/** The operations of the node, and its parameters: the choice of an operation, what each reads, and the options. */

import type { INodeProperties } from 'n8n-workflow';
import type { OperationName } from '../../../lib/options';
import type { Operation } from '../run/operation';
import { optionsParameter } from '../run/options';
import { applyPlan } from './applyPlan.operation';
import { exportLists } from './export.operation';
import { plan } from './plan.operation';
import { removeEverywhere } from './removeEverywhere.operation';
import { rollBack } from './rollBack.operation';
import { sync } from './sync.operation';

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
	plan,
	applyPlan,
	sync,
	rollBack,
	export: exportLists,
	removeEverywhere,
};

const operationParameter: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Apply Plan',
			value: 'applyPlan',
			description: 'Apply exactly a reviewed plan',
			action: 'Apply plan',
		},
		{
			name: 'Export',
			value: 'export',
			description: 'Get the lists of a group, or those that a source names, as rows and as a CSV that a sync reads',
			action: 'Export lists of call centers',
			builderHint: {
				propertyHint:
					'Use Export to start without a file: the output Changes has one item per member, and the binary field ' +
					"'lists' of the summary is a CSV that Plan and Sync can read.",
			},
		},
		{
			name: 'Plan',
			value: 'plan',
			description: 'Compare the source with the platform and report what a sync would change, without writing anything',
			action: 'Plan sync of call centers',
			// On the option, because n8n's loader refuses a package with a hint on the operation itself.
			builderHint: {
				propertyHint:
					'Use Plan to preview and Sync for scheduled runs. For approval by a person: Plan, then a human ' +
					'approval step, then Apply Plan with the plan hash and the number of removals of the summary.',
			},
		},
		{
			name: 'Remove Everywhere',
			value: 'removeEverywhere',
			description: 'Remove people from every list of their group: from all supervisors and all call centers',
			action: 'Remove people from all call centers',
			builderHint: {
				propertyHint:
					"Use Remove Everywhere for leavers: rows need an agent and no call center. With the option 'Plan Only' a " +
					'person can approve it first, then Apply Plan.',
			},
		},
		{
			name: 'Roll Back',
			value: 'rollBack',
			description: 'Undo an earlier run from its journal, except lists that have changed since',
			action: 'Roll back sync of call centers',
		},
		{
			name: 'Sync',
			value: 'sync',
			description: 'Compare the source with the platform, check the guards and write the differences',
			action: 'Sync call centers',
		},
	],
	default: 'plan',
};

/** A parameter that several operations read stands once, shown for all of them. */
function operationParameters(): INodeProperties[] {
	const readBy = new Map<INodeProperties, string[]>();
	for (const [operation, { parameters }] of Object.entries(OPERATIONS)) {
		for (const parameter of parameters) readBy.set(parameter, [...(readBy.get(parameter) ?? []), operation]);
	}
	return [...readBy].map(([parameter, operation]) => ({
		...parameter,
		displayOptions: { show: { operation, ...parameter.displayOptions?.show } },
	}));
}

export const properties: INodeProperties[] = [operationParameter, ...operationParameters(), optionsParameter];
