/** Messages about the run as a whole: why it was refused or stopped by a guard, failed, or ended early. */

import { counted } from '../../number-format';
import { fewOf, type Facts, type RunIssue } from '../../sync';
import { moment } from '../format';
import { breachesText } from './guards';
import { listMessage } from './lists';
import type { Messages } from './message';
import { fewText, KIND_LABELS, scopeName } from './names';
import { stopMessage } from './stop';

export const RUN_MESSAGES: Messages<RunIssue['code']> = {
	wrongBaseUrl: (facts) => {
		if (facts.problem === 'core')
			return (
				`APIO Core answers at ${facts.url}, but has no lists there. Correct the prefix in the Base URL of the ` +
				'credential: it ends in /api/v01/p1 or the like, one for each platform behind APIO Core. It said: ' +
				facts.said
			);
		const answer = facts.status === null ? '' : ` (status ${facts.status})`;
		return (
			`The server at ${facts.url}${answer} is not the API of APIO. Correct the Base URL of the credential, prefix ` +
			'included: it ends in /api/v1 at the gateway, and in /api/v01/p1 or the like at APIO Core. ' +
			facts.said
		);
	},
	unknownGroup: ({ lists, absent, url, said }) =>
		`${noneOf(lists)}, because it does not know ${absent.map(scopeName).join(' or ')}. Correct tenant and group; ` +
		`if both are right, the Base URL of the credential (${url}) leads to another platform. It said: ${said}`,
	unknownLists: ({ lists, found, first }, name) =>
		`${noneOf(lists)}, although it knows ${found.map(scopeName).join(' and ')}: correct the other IDs. ` +
		listMessage(first, name),
	missingLists: ({ lists, url, first }, name) =>
		`${noneOf(lists)}. Check tenant and group, then the other IDs, and the Base URL of the credential (${url}). ` +
		listMessage(first, name),
	nothingPlanned: ({ lists, others, first }, name) => {
		const what =
			lists === 1 ? 'The only list could not be planned' : `None of the ${counted(lists, 'list')} could be planned`;
		const more = others > 0 ? ` ${counted(others, 'list has another reason', 'lists have other reasons')}.` : '';
		return `${what}. ${listMessage(first, name)}${more}`;
	},
	noGroup: () => "Choose 'Tenant' and 'Group': the node looks for lists in one group.",
	groupNotShown: (facts) => {
		const { problem, said } = facts;
		switch (problem) {
			case 'missing':
				return (
					`The platform does not know ${scopeName(facts)}. Correct tenant and group; if both are right, the Base ` +
					`URL of the credential (${facts.url}) leads to another platform. It said: ${said}`
				);
			case 'forbidden':
				return (
					`The account of the credential may not see the call centers of ${scopeName(facts)}: correct tenant and ` +
					"group, ask the platform's administrator for the right, or name the call centers. " +
					said
				);
			case 'unreadable':
				return `The call centers of ${scopeName(facts)} could not be read: ${said}`;
		}
	},
	supervisorsNotListed: ({ said }) =>
		`The platform does not list the supervisors of call centers, so their lists cannot be found. Name the ` +
		`supervisors in ${SUPERVISORS_FIELD}.${itSaid(said)}`,
	supervisorsAsNamed: ({ named, said }) =>
		`The platform does not list the supervisors of call centers, so the run looked only for the lists of ` +
		`${namedSupervisors(named)}.${itSaid(said)}`,
	othersNotLookedAt: ({ groupId, named, said }) =>
		'The platform does not list the supervisors of call centers, so the run read only the lists of ' +
		`${namedSupervisors(named)}. Other supervisors in group ${groupId} may still have these people: name all ` +
		`supervisors in ${SUPERVISORS_FIELD}.${itSaid(said)}`,
	listToHandOver: ({ list, members }) =>
		`${list.userId} leaves and still supervises ${fewText(members)} in call center ${list.callCenterId ?? '?'}: ` +
		'choose another supervisor for them.',
	callCenterNotShown: ({ callCenter, what, said }) =>
		`The ${what} of call center ${callCenter} could not be read, so none of their lists there was read: ${said}`,
	noListOf: ({ kind, owner, groupId }) =>
		`${owner} ${kind === 'supervisedAgents' ? 'supervises in' : 'is an agent of'} none of the call centers that were ` +
		`read in group ${groupId}: correct or remove the ID.`,
	namesNotShown: ({ what, groupId, said }) =>
		`The ${what === 'users' ? 'users' : 'call centers'} of group ${groupId} could not be read, so names are missing: ` +
		said,
	otherKind: (facts) => {
		switch (facts.problem) {
			case 'row':
				return (
					`Line ${facts.line} is about '${KIND_LABELS[facts.is]}', but the run is about ` +
					`'${KIND_LABELS[facts.wanted]}': read the source again for this kind of list.`
				);
			case 'plan':
			case 'journal': {
				const { problem: noun, is, wanted } = facts;
				return (
					`The ${noun} is about '${KIND_LABELS[is]}', but this run is about '${KIND_LABELS[wanted]}': choose ` +
					`the kind of list of the ${noun}.`
				);
			}
		}
	},
	wrongKey: ({ line, lacksCallCenter }) =>
		lacksCallCenter
			? `Line ${line} names no call center, and a supervisor has one list in each: add the column for it.`
			: `Line ${line} names a call center in addition to its agent's call centers: call centers are members here, ` +
				'not part of the list.',
	otherPlatform: ({ problem, is, wanted }) =>
		problem === 'plan'
			? `The plan was made for ${is}, but this run is on ${wanted}: use the credential that made the plan, or plan ` +
				'again.'
			: `The journal is of a run on ${is}, but this run is on ${wanted}: use the credential of that run.`,
	invalidPlan: (facts) => documentText('plan', facts),
	invalidJournal: (facts) => documentText('journal', facts),
	otherVersion: ({ document, found, read }) => {
		const what = `The ${document} has format version ${found}, and this version of the node reads ${read}`;
		return document === 'plan'
			? `${what}: make a new plan with this version.`
			: `${what}: roll back with the version of the node that wrote it.`;
	},
	editedPlan: () => 'The plan was changed after it was made: plan again, and review the new plan.',
	editedJournal: () => 'The journal was changed after the run: provide it exactly as the run returned it.',
	expiredPlan: ({ until }) => `The plan was valid until ${moment(until)}: plan again, and review the new plan.`,
	notApproved: () => "The plan is not approved: enter the hash of the reviewed plan in 'Approved Plan Hash'.",
	otherPlanApproved: () => 'The approved hash is that of another plan: review this plan, and approve its hash.',
	removalsNotApproved: ({ removals, approved }) => {
		const approval =
			approved === null
				? 'no number of removals was approved'
				: `${approved} ${approved === 1 ? 'was' : 'were'} approved`;
		const advice = `If the plan is right, enter ${removals} in 'Approved Removals'.`;
		return `The plan makes ${counted(removals, 'removal')}, but ${approval}. ${advice}`;
	},
	listInSeveralRuns: ({ list, items }, name) =>
		`Items ${fewText(fewOf(items.map(String)))} name the same list (${name(list)}), and would undo each other's ` +
		"changes. Put all rows of a list into one file, or pass all rows as input items with the source 'Input Items'.",
	guards: breachesText,
	stopped: stopMessage,
	approvalMissing: (facts) => {
		switch (facts.problem) {
			case 'removals':
				return (
					`The sync would make ${counted(facts.removals, 'removal')}, and an AI agent may not remove anybody without ` +
					"a person's approval. Use the operation 'Plan', have a person read it, and apply it in a workflow with " +
					"'Apply Plan'; or use the mode 'Add Only'."
				);
			case 'filledInByAgent':
				return (
					'The AI agent filled in the approved hash and the approved removals itself. Have a person approve the ' +
					'plan, and take both values from the approval step.'
				);
			case 'removeEverywhere':
				return (
					'Removing people from every list needs the approval of a person, so an AI agent may not do it. Set the ' +
					"option 'Plan Only', have a person read the plan, and apply it in a workflow with 'Apply Plan'."
				);
			case 'rollBack':
				return (
					'Rolling back undoes the work of a whole run, so an AI agent may not do it. Let a person run it in a ' +
					"workflow, or set the option 'Plan Only'."
				);
		}
	},
	planUnreadable: (facts) => unreadableText('plan', facts),
	journalUnreadable: (facts) => unreadableText('journal', facts),
	notRun: ({ said }) => said,
};

const SUPERVISORS_FIELD = "'Supervisor Names or IDs'";

function namedSupervisors(count: number): string {
	return count === 1 ? 'the named supervisor' : `the ${counted(count, 'named supervisor')}`;
}

/** @param said empty where the platform has no such request */
function itSaid(said: string): string {
	return said === '' ? '' : ` It said: ${said}`;
}

function noneOf(lists: number): string {
	const none = lists === 1 ? 'does not have the list' : `has none of the ${counted(lists, 'list')}`;
	return `The platform ${none} that the source names`;
}

function documentText(noun: 'plan' | 'journal', facts: Facts<'invalidPlan'>): string {
	switch (facts.problem) {
		case 'tooDeep':
			return (
				`The ${noun} has more than ${facts.levels} nested levels, so it is not valid: provide the ${noun} exactly as ` +
				'the run returned it.'
			);
		case 'other':
			return `This is not a ${noun} of this node: provide the ${noun} exactly as the run returned it.`;
		case 'damaged': {
			const where = facts.at === '' ? 'at its top' : `at ${facts.at}`;
			return `The ${noun} is damaged ${where} (${facts.what}): provide it exactly as the run returned it.`;
		}
	}
}

function unreadableText(noun: 'plan' | 'journal', facts: Facts<'planUnreadable'>): string {
	switch (facts.problem) {
		case 'noFile':
			return (
				`The input item has no file in the binary field '${facts.property}'. Connect the summary of the run that ` +
				`made the ${noun}, or name the field that holds it.`
			);
		case 'empty':
			return `The ${noun} is empty. Provide it exactly as the run returned it.`;
		case 'tooDeep':
			return (
				`The ${noun} has more than ${facts.levels} nested levels, so it is not valid. Provide it exactly as the run ` +
				'returned it.'
			);
		case 'notJson':
			return `The ${noun} is not JSON. Provide it exactly as the run returned it.`;
	}
}
