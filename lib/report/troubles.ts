/** Everything in a run that a person may have to act on, as occurrences to be grouped. */

import { listName, type Breach } from '../sync';
import { namesWhole, replaceWhole } from '../whole-names';
import type { Occurrence } from './grouped';
import type { ListView, MemberView, RunView } from './view';
import { sign, type Standing } from './words';

/** Members and whole lists in one of these standings. */
export function troublesOf(view: RunView, standings: readonly Standing[]): Occurrence[] {
	return view.lists.flatMap((list) => [
		...(list.members.length === 0 && standings.includes(list.standing) ? [wholeList(list)] : []),
		...list.members.filter((member) => standings.includes(member.standing)).map((member) => oneMember(list, member)),
	]);
}

export function heldOf(view: RunView): Occurrence[] {
	return view.lists.flatMap((list) =>
		list.held.map((held) => ({
			code: held.code,
			message: HELD_BY_GUARDS.get(held.code) ?? withoutList(held.reason, list),
			where: list.title,
			what: `${sign(held.change)}${held.member}`,
			ids: [held.member, ...idsOf(list)],
		})),
	);
}

/** The reason is the whole breach, which the guards' own section tells; here it would stand once for each list. */
const HELD_BY_GUARDS: ReadonlyMap<string, string> = new Map<Breach['guard'], string>([
	['removalsPerList', 'Too many removals on the list.'],
	['removalsTotal', 'Too many removals in total.'],
	['listsNotShown', 'Too many lists of the source are not shown.'],
	['sourceShrank', 'The source shrank.'],
	['protectedMember', 'Protected: never to be removed.'],
]);

export function isHeldByGuard(code: string): boolean {
	return HELD_BY_GUARDS.has(code);
}

export function rejectedRowsOf(view: RunView): Occurrence[] {
	return view.rejected.map((row) => ({
		code: row.code,
		message: row.message,
		where: row.line,
		what: null,
		ids: [...row.memberIds, row.userId ?? '', row.callCenterId ?? '', ...Object.values(row.cells)],
	}));
}

/** Findings that rejected no row: a rejected row is told as one, not twice, nor as one of so many more. */
export function findingsOf(view: RunView): Occurrence[] {
	const rejectedLines = new Set(view.rejected.map((row) => row.line));
	const told = ({ level, line }: RunView['findings'][number]) =>
		level === 'error' && view.rejected.length > 0 && (line === null || rejectedLines.has(line));
	return view.findings
		.filter((finding) => !told(finding))
		.map(({ code, message, line, column }) => ({
			code,
			message,
			where: line,
			what: line === null ? null : column,
			ids: [],
		}));
}

/** Lists that somebody else changed, but for those whose conflict says so already. */
export function foreignOf({ lists }: RunView): ListView[] {
	return lists.filter(({ foreign, standing, message, members }) => {
		const ids = [...foreign.added, ...foreign.removed];
		const said = standing === 'conflict' ? [message, ...members.map((member) => member.message)].join('\n') : '';
		return ids.some((id) => !namesWhole(said, id));
	});
}

function wholeList(list: ListView): Occurrence {
	return {
		code: list.code ?? list.standing,
		message: withoutList(list.message ?? '', list),
		where: list.title,
		what: null,
		ids: idsOf(list),
	};
}

function oneMember(list: ListView, member: MemberView): Occurrence {
	return {
		code: member.code ?? member.standing,
		message: withoutList(member.message ?? '', list),
		where: list.title,
		what: `${sign(member.change)}${member.member}`,
		ids: [member.member, ...idsOf(list)],
	};
}

function idsOf({ ref }: ListView): string[] {
	return [ref.userId, ref.callCenterId ?? ''];
}

/**
 * What stands beside the message names the list, and in a group the message would name the wrong one for all but the
 * first.
 */
export function withoutList(message: string, { ref }: ListView): string {
	const text = replaceWhole(message, listName(ref), 'the list');
	return text.startsWith('the list') ? `T${text.slice(1)}` : text;
}
