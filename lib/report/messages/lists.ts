/** Messages about one list or one member: why it was not planned or written, or why its removal is held. */

import { counted } from '../../number-format';
import { type BlockedBy, type HoldIssue, type ListIssue } from '../../sync';
import type { Messages, Naming } from './message';
import { problemsText, SOURCE_MESSAGES } from './source';
import { fewLinesText, inBrackets, linesText, optionName, quoted, scopeName } from './names';

export const LIST_MESSAGES: Messages<ListIssue['code'] | HoldIssue['code']> = {
	conflictingRows: SOURCE_MESSAGES.conflictingRows,
	missingList: ({ problem, list, said }, name) => {
		switch (problem) {
			case 'list':
				return (
					`${name(list, 'start')} does not exist on the platform: correct the IDs in the source, or create it ` +
					`first. ${said}`
				);
			case 'group':
				return (
					`Group ${list.groupId} of tenant ${list.tenantId} does not exist on the platform: correct the IDs. ` + said
				);
			case 'meanwhile':
				return `${name(list, 'start')} no longer exists on the platform. ${said}`;
		}
	},
	forbidden: (facts, name) => {
		switch (facts.problem) {
			case 'read':
				return (
					`The account of the credential may not read ${name(facts.list)}: correct the IDs in the source, or ask ` +
					`the platform's administrator for the right. ${facts.said}`
				);
			case 'write':
				return (
					"The account of the credential may not change this list: ask the platform's administrator for the right, " +
					`then run again. ${facts.said}`
				);
			case 'notTried':
				return (
					`Not tried, because the account of the credential may not change lists of group ${facts.list.groupId}: ` +
					`the first ${facts.tried} were forbidden. Ask the platform's administrator for the right, then run again.`
				);
			case 'allWrites':
				return (
					'The account of the credential may read these lists but not change them (403), so nothing was written. ' +
					"Ask the platform's administrator for the right, or use the credential of another account."
				);
			case 'allReads': {
				const { scopes, lists, first } = facts;
				const where = scopes.length > 0 ? ` (${scopes.map(scopeName).join(', ')})` : '';
				const refused = lists === 1 ? 'not read the list' : `read none of the ${counted(lists, 'list')}`;
				return (
					`The account of the credential may ${refused} that the source names${where}. Correct tenant and group, ` +
					"ask the platform's administrator for the right, or use the credential of another account. " +
					`Answer for ${name(first.list)}: ${first.said}`
				);
			}
		}
	},
	unreadableList: ({ problem, list, said }, name) => {
		switch (problem) {
			case 'planning':
				return `${name(list, 'start')} could not be read, so nothing was planned for it: ${said}`;
			case 'rollBack':
				return `${name(list, 'start')} could not be read: ${said}`;
			case 'writing':
				return `${name(list, 'start')} could not be read, so nothing more was written. ${said}`;
		}
	},
	directoryUnreadable: ({ list, said }) =>
		`The users or call centers of group ${list.groupId} could not be read, so nothing can be looked up there: ${said}`,
	unknownOwner: ({ list }) =>
		`${list.userId} is not a user of group ${list.groupId}: correct the ID in the source, or create the user first.`,
	otherGroup: ({ list }, name) =>
		`${name(list, 'start')} was not read, because ${list.userId} is a user of another group than ${list.groupId}. ` +
		'Run this for that group as well.',
	unknownLeaver: ({ list }) =>
		`${list.userId} is not a user of group ${list.groupId} and is on none of the lists that were read: correct the ` +
		'ID in the source.',
	cannotLeave: ({ agent, callCenter, said }) =>
		`The platform does not let ${agent} leave call center ${callCenter}: an administrator has to remove the agent on ` +
		`the call center's own page (at group level); then run again. ${said}`,
	notReadBack: ({ list, id }, name) =>
		`${name(list, 'start')} was not exported, because a source cannot hold the ID ${quoted(id)} unchanged. Rename it ` +
		'on the platform, or do not sync this list.',
	unknownMember: (facts) => {
		if (facts.problem === 'notOnPlatform')
			return `${facts.member} does not exist on the platform: correct the ID in the source, or create the user first.`;
		const asked = facts.lines.length > 0 ? ` (${linesText(facts.lines)})` : '';
		return (
			`${facts.member}${asked} is not a user of group ${facts.list.groupId}: correct the ID in the source, or create ` +
			'the user first.'
		);
	},
	joinableUnreadable: ({ agent, said }) =>
		said === null
			? `The call centers that ${agent} may join could not be read. Run again.`
			: `The call centers that ${agent} may join could not be read: ${said}`,
	callCentersUnreadable: ({ agent, said }) => `The call centers of ${agent} could not be read: ${said}`,
	cannotJoin: ({ agent, callCenter }) =>
		`${agent} may not join call center ${callCenter}: an administrator has to allow joining in the call center's ` +
		"settings, or add the agent on the call center's own page; then run again.",
	emptyList: ({ list, lines, mirror }, name) => {
		const what = `The source names ${name(list)} without members (${linesText(lines)})`;
		return mirror
			? `${what}. Name its members, remove the list from the source, or turn on ${optionName('allowClear')}.`
			: `${what}, which has no effect in this mode. Name members, or remove the row.`;
	},
	actionMissing: ({ line }) => `Line ${line} has no action: enter add or remove, or choose another 'Mode'.`,
	actionNotInMode: ({ line, action }) =>
		`Line ${line} says ${action}, which this mode does not do: choose the mode 'Use Action Column', or remove the ` +
		'column.',
	unknownAfter: ({ list }, name) =>
		`The journal does not have the state of ${name(list)} after the run, so this list is not undone. Plan from the ` +
		'source instead.',
	changedSince: ({ list, foreign }, name) =>
		`${name(list, 'start')} was changed after the run${inBrackets(foreign)}, so this list is not undone. Plan ` +
		'from the source instead.',
	prerequisiteFailed: ({ member, callCenter }) =>
		`${member} could not be assigned to call center ${callCenter}, so the agent was not put under the supervisor.`,
	overtaken: ({ foreign }) =>
		`This list was changed after the plan was made${inBrackets(foreign)}. Nothing was written to it. Plan again, ` +
		'and review the new plan.',
	undoneMeanwhile: () => 'Others undid this change during the run, and the run did not make it again.',
	contested: ({ foreign, plans }) =>
		`The list kept changing${inBrackets(foreign)}. The run stopped trying after ${counted(plans, 'new plan')}. Run ` +
		'again later.',
	changedByOthers: ({ foreign }) => `Others changed this list as well${inBrackets(foreign)}.`,
	notTaken: () =>
		'The platform accepted the request, but its list does not show this change: check the ID on the platform.',
	refusedByPlatform: ({ said }) => `The platform refused this: ${said}`,
	setApart: ({ runs, within, cause }, name) =>
		`Not tried in this run, because the platform refused it in ${counted(runs, 'run')}. The next attempt is in ` +
		`${counted(within, 'run')} or a week after the last refusal, or as soon as its row changes. Last refusal: ` +
		listMessage(cause, name),
	platformFailed: ({ said }) => `The platform failed, and nothing was applied. ${said}`,
	tooLate: () =>
		'A whole list is written only shortly after it was read, and the platform allows too few requests for that. ' +
		`Nothing was applied: raise ${optionName('maxRate')}, lower ${optionName('concurrency')}, or turn on ` +
		`${optionName('soleWriter')} if nobody else changes these lists.`,
	doubtUnresolved: ({ times, said }) =>
		`The request was sent ${times} times without a clear answer, and the list never showed the change. ${said}`,
	outcomeUnknown: ({ said }) =>
		'It is not known whether this was applied: the answer was unclear, and the list could not be read afterwards. ' +
		`Run again. ${said}`,
	unverified: ({ said }) =>
		'The platform accepted this, but the list could not be read back to verify it. Run again.' +
		(said === null ? '' : ` ${said}`),
	confirmedByReadBack: () => 'The answer was unclear, but the list shows that the change was applied.',

	rowNotCarriedOut: ({ lines, means, cause }, name) => {
		const source = lines.first.length === 0 ? 'a change' : `${fewLinesText(lines)} of the source`;
		const concerned = means === 'member' && lines.first.length > 1 ? 'name this member' : MEANS[means];
		return `Held because ${source} cannot be carried out and ${concerned}: ${causeText(cause, name)}`;
	},
	stillSupervised: ({ agent }) => `Held because ${agent} stays under a supervisor in this call center.`,
	moveFailed: ({ member, list }, name) =>
		`Held because ${member} moves to ${name(list)}, and that list does not show ${member}.`,
	additionFailed: (facts, name) =>
		facts.problem === 'sameList'
			? `Held because ${facts.member}${facts.others > 0 ? ` and ${facts.others} more` : ''} could not be added to ` +
				'the list.'
			: `Held because ${facts.member} could not be added to ${name(facts.list)}, and its row may have meant ` +
				'this member.',
};

const MEANS = {
	list: 'may mean this list',
	member: 'names this member',
	anybody: 'may mean any member, and this removal would leave the member on no list, or the list empty',
} as const;

export function listMessage(issue: ListIssue, name: Naming): string {
	const message = LIST_MESSAGES[issue.code] as (facts: ListIssue['facts'], name: Naming) => string;
	return message(issue.facts, name);
}

/** Behind a colon. */
function causeText(cause: BlockedBy, name: Naming): string {
	return 'issue' in cause ? listMessage(cause.issue, (list) => name(list)) : problemsText(cause);
}
