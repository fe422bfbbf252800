/** How lists, lines and members are called in the engine's messages. */

import { counted, listed } from '../figure';
import type { KindName, ListRef } from './model/list';
import { KINDS } from './model/list';
import { LINES_IN_A_MESSAGE, MEMBERS_IN_A_MESSAGE } from './model/limits';

/** `supervisor sup@x in call center cc@x`, or `agent a@x`. */
export function listName(ref: ListRef): string {
	return KINDS[ref.kind].keyedByCallCenter
		? `supervisor ${ref.userId} in call center ${ref.callCenterId ?? '?'}`
		: `agent ${ref.userId}`;
}

/** `1 agent`, `2 agents`. */
export function countedMembers(count: number, kind: KindName): string {
	return counted(count, ...KINDS[kind].memberNoun);
}

/** `line 7`, `lines 7, 9 and 3 more`. */
export function linesText(lines: readonly number[]): string {
	if (lines.length === 1) return `line ${lines[0]}`;
	return `lines ${listed(lines.map(String), LINES_IN_A_MESSAGE)}`;
}

/** `a@x, b@x and 3 more`. */
export function membersText(ids: readonly string[]): string {
	return listed(ids, MEMBERS_IN_A_MESSAGE);
}

/** `added meanwhile: x; removed meanwhile: y`. */
export function foreignText(foreign: {
	readonly added: readonly string[];
	readonly removed: readonly string[];
}): string {
	const parts: string[] = [];
	if (foreign.added.length > 0) parts.push(`added meanwhile: ${membersText(foreign.added)}`);
	if (foreign.removed.length > 0) parts.push(`removed meanwhile: ${membersText(foreign.removed)}`);
	return parts.join('; ');
}
