/** Messages about one list or one member: why it could not be planned or written, or why its removal is held. */

import { counted } from '../../number-format';
import { type BlockedBy, type HoldIssue, type ListIssue } from '../../sync';
import type { Messages, Naming } from './message';
import { problemsText, SOURCE_MESSAGES } from './source';
import { fewLinesText, foreignText, linesText, optionName, quoted, scopeName } from './names';

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
				return `${name(list, 'start')} does not exist on the platform any more. ${said}`;
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
					`Not tried, because the account of the credential may change no list of group ${facts.list.groupId}: the ` +
					`first ${facts.tried} were forbidden. Ask the platform's administrator for the right, then run again.`
				);
			case 'allWrites':
				return (
					'The account of the credential may read these lists and change none of them (403), so nothing was ' +
					"written. Ask the platform's administrator for the right, or use the credential of another account."
				);
			case 'allReads': {
				const { scopes, lists, first } = facts;
				const where = scopes.length > 0 ? ` (${scopes.map(scopeName).join(', ')})` : '';
				return (
					`The account of the credential may read none of the ${counted(lists, 'list')} that the source names` +
					`${where}. Correct tenant and group, ask the platform's administrator for the right, or use the credential ` +
					`of another account. ${LIST_MESSAGES.forbidden({ problem: 'read', ...first }, name)}`
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
		`${name(list, 'start')} is a list of another group, because ${list.userId} is not a user of group ` +
		`${list.groupId}: it was not looked at. Run this for that group as well.`,
	unknownLeaver: ({ list }) =>
		`${list.userId} is not a user of group ${list.groupId} and on none of the lists that were read, so nobody was ` +
		'removed for this: correct the ID in the source.',
	cannotLeave: ({ agent, callCenter, said }) =>
		`The platform does not let ${agent} leave call center ${callCenter}: an administrator has to remove the agent on ` +
		`the call center's own page (at group level); then run again. ${said}`,
	notReadBack: ({ list, id }, name) =>
		`${name(list, 'start')} was left out, because a source cannot name ${quoted(id)} as the platform does, and a ` +
		'sync of the exported list would change it. Rename it on the platform, or leave this list out of syncs.',
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
			? `What ${agent} may join could not be read; run again.`
			: `What ${agent} may join could not be read: ${said}`,
	callCentersUnreadable: ({ agent, said }) => `The call centers of ${agent} could not be read: ${said}`,
	cannotJoin: ({ agent, callCenter }) =>
		`${agent} may not join call center ${callCenter}: an administrator has to allow joining in the call center's ` +
		"settings, or add the agent on the call center's own page; then run again.",
	emptyList: ({ list, lines, mirror }, name) => {
		const what = `The source names ${name(list)} with nobody on it (${linesText(lines)})`;
		return mirror
			? `${what}. Name its members, take the list out of the source, or turn on ${optionName('allowClear')}.`
			: `${what}, and in this mode nothing follows from that. Name members, or take the row out.`;
	},
	actionMissing: ({ line }) => `Line ${line} has no action: say add or remove, or choose another 'Mode'.`,
	actionNotInMode: ({ line, action }) =>
		`Line ${line} says ${action}, which this mode does not do: choose the mode 'Use Action Column', or take the ` +
		'column out.',
	unknownAfter: ({ list }, name) =>
		`The journal does not know how the run left ${name(list)}, so nothing is undone there: plan from the source ` +
		'instead.',
	changedSince: ({ list, foreign }, name) =>
		`Somebody else changed ${name(list)} after the run (${foreignText(foreign)}), so nothing is undone there.`,
	prerequisiteFailed: ({ member, callCenter }) =>
		`${member} could not be put in call center ${callCenter} first, so it was not put under the supervisor.`,
	overtaken: ({ foreign }) =>
		`Somebody else changed this list after it was planned (${foreignText(foreign)}). Nothing was written to it: plan ` +
		'again, and review what is left to do.',
	undoneMeanwhile: () => 'Somebody else undid this while the run went on; it is left as they wanted it.',
	contested: ({ foreign, plans }) =>
		`Somebody else kept changing the list (${foreignText(foreign)}), so this was given up after ${plans} new plans.`,
	changedByOthers: ({ foreign }) => `Somebody else changed this list as well (${foreignText(foreign)}).`,
	notTaken: () =>
		'The platform accepted the request, but its list does not show this change: check the ID on the platform.',
	refusedByPlatform: ({ said }) => `The platform refused this: ${said}`,
	setApart: ({ runs, within, cause }, name) =>
		`Not asked for in this run: the platform has refused it for ${counted(runs, 'run')}. It is asked for again in ` +
		`${counted(within, 'run')} or a day after the last refusal, or at once when its row changes. The last time: ` +
		listMessage(cause, name),
	platformFailed: ({ said }) => `The platform could not do it; nothing was applied. ${said}`,
	tooLate: () =>
		'A whole list is written only soon after it was read, and the platform allows too few requests for that. Nothing ' +
		`was applied: raise ${optionName('maxRate')}, lower ${optionName('concurrency')}, or turn on ` +
		`${optionName('soleWriter')} if nobody else changes these lists.`,
	doubtUnresolved: ({ times, said }) =>
		`Sent ${times} times without a clear answer, and the list never showed it. ${said}`,
	outcomeUnknown: ({ said }) =>
		'It is not known whether this was applied, because the list could not be read after a doubtful answer; running ' +
		`again settles it. ${said}`,
	unverified: ({ said }) =>
		'The platform accepted this, but the list could not be read back to prove it; running again settles it.' +
		(said === null ? '' : ` ${said}`),
	confirmedByReadBack: () => 'The answer left open whether it was applied; the list shows that it was.',

	rowNotCarriedOut: ({ lines, means, cause }, name) => {
		const source = lines.first.length === 0 ? 'a change' : `${fewLinesText(lines)} of the source`;
		return `Held because of ${source}, which cannot be carried out and ${MEANS[means]}: ${causeText(cause, name)}`;
	},
	stillSupervised: ({ agent }) => `Held because ${agent} stays under a supervisor there.`,
	moveFailed: ({ member, list }, name) =>
		`Held because ${member} moves to ${name(list)}, and that list does not show it.`,
	additionFailed: (facts, name) =>
		facts.problem === 'sameList'
			? `Held because ${facts.member}${facts.others > 0 ? ` and ${facts.others} more` : ''} could not be added to ` +
				'the list.'
			: `Held because ${facts.member} could not be added to ${name(facts.list)}, and may stand for somebody ` +
				'who would be on no list any more, or on a list that would be empty.',
};

const MEANS = {
	list: 'may mean this list',
	member: 'names this member',
	anybody: 'may mean anybody who would be on no list any more, or somebody on a list that would be empty',
} as const;

export function listMessage(issue: ListIssue, name: Naming): string {
	const message = LIST_MESSAGES[issue.code] as (facts: ListIssue['facts'], name: Naming) => string;
	return message(issue.facts, name);
}

/** Behind a colon. */
function causeText(cause: BlockedBy, name: Naming): string {
	return 'issue' in cause ? listMessage(cause.issue, (list) => name(list)) : problemsText(cause);
}
