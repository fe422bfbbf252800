/** The trigger's sentences: one for each change, and the reasons of failed polls. */

import { formatNumber } from '../../number-format';
import { foldId } from '../../sync';
import { ACD_STATE, MAX_REMEMBERED, MAX_WATCHED, type Change, type Subject } from '../../watch';

/** Names by folded id. */
export type Names = ReadonlyMap<string, string>;

/** `Jan Peeters (jan@x)`, or the id alone. */
function named(id: string | null | undefined, names: Names): string {
	const known = id === null || id === undefined ? undefined : names.get(foldId(id));
	return known === undefined || known === id ? (id ?? '?') : `${known} (${id})`;
}

/** `the agents of An Claes (an@x) in sales@x`. */
export function watchedName({ kind, userId, callCenterId }: Subject, names: Names = new Map()): string {
	const user = named(userId, names);
	const callCenter = named(callCenterId, names);
	switch (kind) {
		case 'supervisedAgents':
			return `the agents of supervisor ${user} in call center ${callCenter}`;
		case 'agentCallCenters':
			return `the call centers of agent ${user}`;
		case 'callCenterAgents':
			return `the agents of call center ${callCenter}`;
		case 'callCenterSupervisors':
			return `the supervisors of call center ${callCenter}`;
		case 'availability':
			return `the availability of agent ${user}`;
	}
}

const ABSENCES = {
	missing: 'APIO does not find it',
	forbidden: 'the account of the credential may not see it',
	notListed: 'the call center no longer has this supervisor',
} as const;

/** One sentence about a change, for a chat or a mail. */
export function changeText(change: Change, names: Names): string {
	const { kind, subject, entry, from, to, reason } = change;
	switch (kind) {
		case 'listVanished':
			return `No longer shown: ${watchedName(subject, names)}, because ${ABSENCES[reason ?? 'missing']}.`;
		case 'listReturned':
			return `Shown again: ${watchedName(subject, names)}.`;
		case 'availabilityChanged':
			return availabilityText(
				named(subject.userId, names),
				named(entry?.[0], names),
				entry?.[0] === ACD_STATE,
				from,
				to,
			);
		case 'joined':
		case 'left':
			return memberText(subject, named(entry?.[0], names), kind === 'joined', names);
	}
}

function availabilityText(
	agent: string,
	callCenter: string,
	isAcdState: boolean,
	from: string | null,
	to: string | null,
): string {
	if (isAcdState) return `ACD state of ${agent}: ${to ?? 'none'}, before: ${from ?? 'none'}.`;
	if (to === null) return `${agent} is no longer in call center ${callCenter}.`;
	if (from === null) return `${agent} is in call center ${callCenter}, ${to}.`;
	return `${agent} is ${to} in call center ${callCenter}, before: ${from}.`;
}

function memberText({ kind, userId, callCenterId }: Subject, member: string, joined: boolean, names: Names): string {
	const callCenter = named(callCenterId, names);
	const user = named(userId, names);
	switch (kind) {
		case 'agentCallCenters':
			return joined ? `${user} was put in call center ${member}.` : `${user} was taken out of call center ${member}.`;
		case 'callCenterAgents':
			return joined ? `${member} was put in call center ${callCenter}.` : `${member} left call center ${callCenter}.`;
		case 'callCenterSupervisors':
			return joined
				? `${member} became supervisor of call center ${callCenter}.`
				: `${member} is no longer supervisor of call center ${callCenter}.`;
		default:
			return joined
				? `${member} was put under supervisor ${user} in call center ${callCenter}.`
				: `${member} was removed from supervisor ${user} in call center ${callCenter}.`;
	}
}

/** Why a poll fails. Each has a message of constant words, because n8n replaces messages that contain an error code. */
export const WATCH_FAILURES = {
	noSupervisors: {
		message: "This platform does not list a call center's supervisors: name them in 'Supervisors'",
		description:
			'APIO documents no request for them, and this platform refuses the one that others have. The trigger can watch ' +
			"only the lists of named supervisors. To watch the call center's agents alone, choose 'Agents of a Call " +
			"Center'.",
	},
	nobodyChosen: {
		message: 'Nothing to watch is chosen',
		description: "Name at least one agent or supervisor, by ID, from the list, or by 'One by One'.",
	},
	tooManyWatched: (count: number) => ({
		message:
			`One trigger can watch ${formatNumber(MAX_WATCHED)} lists and agents, but there are ` + formatNumber(count),
		description:
			'Each list and each agent is a request in every poll. Use several triggers, each with some of the call ' +
			'centers, supervisors or agents.',
	}),
	tooMuchRemembered: (count: number) => ({
		message:
			`One trigger can remember ${formatNumber(MAX_REMEMBERED)} members and states, but there are ` +
			formatNumber(count),
		description:
			"n8n keeps what the trigger remembers in the workflow's own record, which must stay small. Use several " +
			'triggers. Nothing was stored, and no item was returned.',
	}),
	unread: (first: string, more: number) =>
		`The poll could not read ${first}${more > 0 ? `, and ${formatNumber(more)} more` : ''}. Nothing is lost: the ` +
		'next poll that can read them returns their changes.',
} as const;

/** For n8n's log. */
export const WATCH_NOTES = {
	stillRunning: 'The previous poll is still running, so this one is skipped.',
	unreadableState:
		'What the trigger remembers cannot be read, so this poll records a new state. Changes since the last poll are ' +
		'not reported.',
	unread: (first: string, said: string, count: number) =>
		`This poll could not read ${formatNumber(count)} of the watched lists and agents, first ${first}: ${said}`,
} as const;
