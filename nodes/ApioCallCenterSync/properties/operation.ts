import type { INodeProperties } from 'n8n-workflow';

export const OPERATIONS = ['plan', 'applyPlan', 'sync', 'rollBack'] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Operations that read a source of wishes; the others read a document of an earlier run. */
export const FROM_SOURCE: Operation[] = ['plan', 'sync'];

export const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Apply Plan',
			value: 'applyPlan',
			description: 'Write exactly what a reviewed plan says, and nothing else',
			action: 'Apply plan',
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
			name: 'Roll Back',
			value: 'rollBack',
			description: 'Undo an earlier run from its journal, except where somebody else has changed a list since',
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
