/** Everything in a run that a person may have to act on, as occurrences to be grouped. */

import { type Issue, foldId, severityOf } from '../sync';
import type { Occurrence } from './group-by-kind';
import { guardBriefly, heldMessage, isGuard, messageOf, named, problemsText, shownCode } from './messages';
import type { ListView, RunView } from './view';
import { sign } from './format';
import { CHANGE_STATUSES, type ChangeStatus } from './status';

/** Members and whole lists with one of these statuses. */
export function problemsOf(view: RunView, statuses: readonly ChangeStatus[]): Occurrence[] {
	return view.lists.flatMap((list) => {
		const occurrence = (issue: Issue | null, status: ChangeStatus, what: string | null): Occurrence => ({
			kind: issue === null ? status : kindOf(issue),
			message: issue === null ? CHANGE_STATUSES[status].label : messageOf(issue, list.ref),
			where: list.title,
			what,
		});
		return [
			...(list.members.length === 0 && statuses.includes(list.status)
				? [occurrence(list.issue, list.status, null)]
				: []),
			...list.members
				.filter(({ status }) => statuses.includes(status))
				.map(({ issue, status, change, member }) => occurrence(issue, status, sign(change) + memberName(view, member))),
		];
	});
}

export function heldOf(view: RunView): Occurrence[] {
	return view.lists.flatMap((list) =>
		list.held.map((held) => ({
			kind: kindOf(held),
			// The guards' own section has the whole breach; here it would appear once for each list.
			message: isGuard(held.code) ? guardBriefly(held.code) : heldMessage(held, list.ref),
			where: list.title,
			what: sign(held.change) + memberName(view, held.member),
		})),
	);
}

function memberName({ nameOf }: RunView, id: string): string {
	return named({ id, name: nameOf(id) });
}

export function rejectedRowsOf(view: RunView): Occurrence[] {
	return view.rejected.map((row) => ({
		kind: row.problems.map(kindOf).join(' '),
		message: problemsText(row),
		where: row.line,
		what: null,
	}));
}

/** Findings that rejected no row: a rejected row has its own place in the report. */
export function findingsOf(view: RunView): Occurrence[] {
	const rejectedLines = new Set(view.rejected.map((row) => row.line));
	const isRejectedRow = ({ level, line }: RunView['findings'][number]) =>
		level === 'error' && view.rejected.length > 0 && (line === null || rejectedLines.has(line));
	return view.findings
		.filter((finding) => !isRejectedRow(finding))
		.map((finding) => ({
			kind: kindOf(finding),
			message: messageOf(finding),
			where: finding.line,
			what: finding.line === null ? null : finding.column,
		}));
}

/** Lists that others changed, except those whose conflict already names the changes. */
export function foreignOf({ lists }: RunView): ListView[] {
	return lists.filter(({ foreign, status, issue, members }) => {
		const issues = status === 'conflict' ? [issue, ...members.map((member) => member.issue)] : [];
		const named = new Set(issues.flatMap(foreignIn));
		return [...foreign.added, ...foreign.removed].some((id) => !named.has(foldId(id)));
	});
}

/** The members whom the message of a conflict names. */
function foreignIn(issue: Issue | null): string[] {
	if (issue === null || !('foreign' in issue.facts)) return [];
	const { added, removed } = issue.facts.foreign;
	return [added, removed].flatMap((ids) => ids.first.map(foldId));
}

/** Equal for issues that differ only in ids, figures and places. */
function kindOf(issue: Issue): string {
	if (issue.code === 'setApart') return `${issue.code} ${kindOf(issue.facts.cause)}`;
	const problem = 'problem' in issue.facts ? issue.facts.problem : '';
	if (issue.code !== 'rowNotCarriedOut') return `${shownCode(issue)} ${problem}`;
	const { means, cause } = issue.facts;
	const causes = 'issue' in cause ? [cause.issue] : cause.problems;
	return `${issue.code} ${means} ${causes.map(kindOf).join(' ')}`;
}

/** Notices: what could not be read, and what belongs to no list and no row. */
export function noticesOf({ notices }: RunView, severity: 'error' | 'info'): Occurrence[] {
	return notices
		.filter(({ code }) => severityOf(code) === severity)
		.map((notice) => ({ kind: notice.code, message: messageOf(notice), where: null, what: null }));
}
