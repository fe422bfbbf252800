import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';

export type DocumentSource = 'binary' | 'json';

/** A document of an earlier run: from the binary field it came in, or as JSON. */
function documentProperties(operation: Operation, noun: 'plan' | 'journal', made: string): INodeProperties[] {
	const show = { operation: [operation] };
	const Noun = noun === 'plan' ? 'Plan' : 'Journal';
	return [
		{
			displayName: `${Noun} Source`,
			name: `${noun}Source`,
			type: 'options',
			noDataExpression: true,
			displayOptions: { show },
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
			displayOptions: { show: { ...show, [`${noun}Source`]: ['binary'] } },
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
			displayOptions: { show: { ...show, [`${noun}Source`]: ['json'] } },
			default: '',
			placeholder: `e.g. {{ $('Plan').item.json.${noun} }}`,
			description: `The ${noun} of ${made}, unchanged`,
		},
	];
}

export const planProperties: INodeProperties[] = [
	...documentProperties('applyPlan', 'plan', 'the operation Plan'),
	{
		displayName: 'Approved Plan Hash',
		name: 'approvedHash',
		type: 'string',
		required: true,
		displayOptions: { show: { operation: ['applyPlan'] } },
		default: '',
		placeholder: 'e.g. 4f2c9a…',
		description:
			"The field 'planHash' of the summary that was approved. A plan with another hash is refused, so that " +
			'what is applied is what was read.',
	},
	{
		displayName: 'Approved Removals',
		name: 'approvedRemovals',
		type: 'number',
		displayOptions: { show: { operation: ['applyPlan'] } },
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			"How many removals were approved: the field 'removalsToApprove' of the summary. Another number than " +
			"the plan's is refused.",
	},
];

export const journalProperties: INodeProperties[] = documentProperties('rollBack', 'journal', 'an earlier run');
