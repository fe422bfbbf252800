/** How ids, columns, lists, lines and members are called in every message. */

import { counted, formatNumber, listed } from '../../number-format';
import { OPTIONS } from '../../options';
import {
	type CallCenterAttribute,
	type Candidate,
	fewOf,
	KINDS,
	type KindName,
	type ListRef,
	type Facts,
	type PersonAttribute,
} from '../../sync';

/** What a column means. */
export const FIELD_NAMES: Readonly<Record<Facts<'ambiguousColumn'>['field'], string>> = {
	supervisor: 'supervisor',
	agent: 'agent',
	callCenter: 'call center',
	tenant: 'tenant',
	group: 'group',
	action: 'action',
	supervisorFirstName: "supervisor's first name",
	supervisorLastName: "supervisor's last name",
	supervisorNamePrefix: "prefix of the supervisor's last name",
	agentFirstName: "agent's first name",
	agentLastName: "agent's last name",
	agentNamePrefix: "prefix of the agent's last name",
};

/** The kinds of list as the user chooses them. */
export const KIND_LABELS: Readonly<Record<KindName, string>> = {
	supervisedAgents: 'Agents of Supervisors',
	agentCallCenters: 'Call Centers of Agents',
};

/** The parameters of the node that hold a default of a column. */
type Defaulted = Extract<Facts<'invalidOption'>, { problem: 'defaultId' }>['field'];

export const DEFAULT_LABELS: Readonly<Partial<typeof FIELD_NAMES> & Record<Defaulted, string>> = {
	supervisor: 'Supervisor',
	agent: 'Agent',
	callCenter: 'Default Call Center',
	tenant: 'Default Tenant',
	group: 'Default Group',
	action: 'Action',
};

/** What people and call centers are matched by. */
export const ATTRIBUTE_NAMES: Readonly<Record<PersonAttribute | CallCenterAttribute, string>> = {
	userId: 'user ID',
	emailAddress: 'email address',
	phoneNumber: 'phone number',
	extension: 'extension',
	fullName: 'full name',
	id: 'ID',
	name: 'name',
};

/** `Jan Peeters (j.peeters@acme)`; the id alone where the platform shows no name, or the id as the name. */
export function named({ id, name }: Candidate): string {
	return name === '' || name === id ? id : `${name} (${id})`;
}

/** An option as the user sees it in the node: `'Protected Members'`. */
export function optionName(name: keyof typeof OPTIONS): string {
	return `'${OPTIONS[name].label}'`;
}

/** Text from outside, in quotation marks. */
export function quoted(text: string): string {
	return JSON.stringify(text);
}

/** `supervisor sup@x in call center cc@x`, or `agent a@x`. */
export function listName(ref: ListRef): string {
	return KINDS[ref.kind].keyedByCallCenter
		? `supervisor ${ref.userId} in call center ${ref.callCenterId ?? '?'}`
		: `agent ${ref.userId}`;
}

/** `anna@example.com in support@example.com`, for a list among others of its kind. */
export function listTitle({ userId, callCenterId }: ListRef, nameOf: (id: string) => string = () => ''): string {
	const owner = named({ id: userId, name: nameOf(userId) });
	return callCenterId === null ? owner : `${owner} in ${named({ id: callCenterId, name: nameOf(callCenterId) })}`;
}

/** `tenant acme`, `group brussels of tenant acme`. */
export function scopeName({
	tenantId,
	groupId,
}: {
	readonly tenantId: string;
	readonly groupId: string | null;
}): string {
	return groupId === null ? `tenant ${tenantId}` : `group ${groupId} of tenant ${tenantId}`;
}

/** `1 agent`, `2 agents`. */
export function countedMembers(count: number, kind: KindName): string {
	return counted(count, ...KINDS[kind].memberNoun);
}

/** The first few of something, and how many more. */
interface Few<Item> {
	readonly first: readonly Item[];
	readonly more: number;
}

/** `line 7`, `lines 7, 9 and 3 more`. */
export function linesText(lines: readonly number[]): string {
	return fewLinesText(fewOf(lines));
}

export function fewLinesText({ first, more }: Few<number>): string {
	if (first.length === 1 && more === 0) return `line ${first[0]}`;
	return `lines ${fewText({ first: first.map(String), more })}`;
}

/** `a@x, b@x and 3 more`. */
export function fewText({ first, more }: Few<string>): string {
	return more === 0 ? listed(first) : `${first.join(', ')} and ${formatNumber(more)} more`;
}

/** ` (added meanwhile: x; removed meanwhile: y)`; empty if nobody is known. */
export function inBrackets({ added, removed }: Facts<'overtaken'>['foreign']): string {
	const parts = [
		...(added.first.length > 0 ? [`added meanwhile: ${fewText(added)}`] : []),
		...(removed.first.length > 0 ? [`removed meanwhile: ${fewText(removed)}`] : []),
	];
	return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
