import { prepareApplyPlan, type Issue } from '../../../lib/sync';
import { documentParameters, documentSettings, readDocument } from '../run/documents';
import { endedRun, refused, type Operation, type OperationContext } from '../run/operation';

/** Writes exactly a reviewed plan; the engine refuses a plan that differs from the approved one. */
export const applyPlan: Operation = {
	parameters: [
		...documentParameters('plan', 'the operation Plan'),
		{
			displayName: 'Approved Plan Hash',
			name: 'approvedHash',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 4f2c9a…',
			description: "The field 'planHash' of the approved summary. The node refuses a plan with another hash.",
		},
		{
			displayName: 'Approved Removals',
			name: 'approvedRemovals',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description:
				"How many removals were approved: the field 'removalsToApprove' of the summary. The node refuses another " +
				'number.',
		},
	],

	async prepare(context) {
		const { execute, item, connect, settings } = context;
		if (context.asTool && isFilledInByAgent(context)) return endedRun(refused(SELF_APPROVED));
		const plan = await readDocument(execute, item, 'plan');
		if (!plan.ok) return endedRun(refused(plan.issue));
		const approval = {
			planHash: (execute.getNodeParameter('approvedHash', item) as string).trim(),
			removals: execute.getNodeParameter('approvedRemovals', item) as number,
		};
		const { baseUrl, runContext, pace } = await connect();
		const runSettings = settings(documentSettings(plan.value, baseUrl));
		const prepared = await prepareApplyPlan(plan.value, approval, runSettings, runContext);
		return { source: null, mode: null, pace, prepared };
	},
};

const SELF_APPROVED: Issue = { code: 'approvalMissing', facts: { problem: 'filledInByAgent' } };

/** The presence of an argument is no approval: a value that the agent chose does not show that a person approved. */
function isFilledInByAgent({ execute, item }: OperationContext): boolean {
	return ['approvedHash', 'approvedRemovals'].some((name) =>
		String(execute.getNodeParameter(name, item, '', { rawExpressions: true })).includes('$fromAI'),
	);
}
