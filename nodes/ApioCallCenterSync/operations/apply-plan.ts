import { prepareApplyPlan } from '../../../lib/sync';
import { kindOf, readDocument } from '../run/documents';
import { APPROVAL_MISSING } from '../run/failure';
import { refused } from '../run/finished';
import { engineSettings } from '../run/options';
import { begunAndOver, type Context, type Perform } from './context';

const PARAMETERS = ['approvedHash', 'approvedRemovals'] as const;

/** Writes exactly what a reviewed plan says; the engine refuses whatever differs from what was approved. */
export const applyPlan: Perform = async (context) => {
	const { execute, item, options, asTool } = context;
	const ended = (result: ReturnType<typeof refused>) => begunAndOver('applyPlan', 'mirror', result);
	if (asTool && filledInByAgent(context)) return ended(refused(APPROVAL_MISSING, SELF_APPROVED));
	const document = await readDocument(execute, item, 'plan');
	if (!document.ok) return ended(refused('planUnreadable', document.message));

	const planHash = (execute.getNodeParameter('approvedHash', item) as string).trim();
	const removals = execute.getNodeParameter('approvedRemovals', item) as number;
	const { baseUrl, runContext, pace } = await context.connect();
	const settings = engineSettings(options, {
		kind: kindOf(document.value),
		mode: 'mirror',
		platformUrl: baseUrl,
		lastRun: null,
	});
	const prepared = await prepareApplyPlan(document.value, { planHash, removals }, settings, runContext);
	return { operation: 'applyPlan', source: null, mode: null, pace, prepared };
};

const SELF_APPROVED =
	'The approved hash and the approved removals are filled in by the AI agent itself, which is no ' +
	'approval by a person. Have a person approve the plan, and take both values from there.';

/** An argument being present is no approval: one that the agent may choose says nothing about a person. */
function filledInByAgent({ execute, item }: Context): boolean {
	return PARAMETERS.some((name) =>
		String(execute.getNodeParameter(name, item, '', { rawExpressions: true })).includes('$fromAI'),
	);
}
