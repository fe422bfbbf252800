/** Everything in a run that a person may have to act on, as occurrences to be grouped. */

import type { Occurrence } from './grouped';
import type { ListView, MemberView, RunView } from './view';
import type { Standing } from './words';

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
			// A breach begins with its list, which would be the wrong one for all others of the group; the place names each.
			message: held.reason.replace(/^\[[^\]]*\]\s/, ''),
			place: `${sign(held.change)}${held.member} (${list.title})`,
			ids: [held.member, list.ref.userId, list.ref.callCenterId ?? ''],
		})),
	);
}

export function rejectedRowsOf(view: RunView): Occurrence[] {
	return view.rejected.map((row) => ({
		code: row.code,
		message: row.message,
		place: `line ${row.line}`,
		ids: [row.memberId ?? '', row.userId ?? '', row.callCenterId ?? '', ...Object.values(row.cells)],
	}));
}

/** Findings that rejected no row: a rejected row is told as one, not twice. */
export function findingsOf(view: RunView): Occurrence[] {
	const rejectedLines = new Set(view.rejected.map((row) => `${row.line}\u0000${row.code}`));
	return view.findings
		.filter((finding) => finding.level !== 'error' || !rejectedLines.has(`${finding.line}\u0000${finding.code}`))
		.map((finding) => ({
			code: finding.code,
			message: finding.message,
			place: finding.line === null ? 'whole file' : `line ${finding.line}`,
			ids: [],
		}));
}

function wholeList(list: ListView): Occurrence {
	return {
		code: list.code ?? list.standing,
		message: list.message ?? '',
		place: list.title,
		ids: [list.ref.userId, list.ref.callCenterId ?? ''],
	};
}

function oneMember(list: ListView, member: MemberView): Occurrence {
	return {
		code: member.code ?? list.code ?? member.standing,
		message: member.message ?? list.message ?? '',
		place: `${sign(member.change)}${member.member} (${list.title})`,
		ids: [member.member, list.ref.userId, list.ref.callCenterId ?? ''],
	};
}

export function sign(change: 'add' | 'remove'): string {
	return change === 'add' ? '+' : '−';
}
