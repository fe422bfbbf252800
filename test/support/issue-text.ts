/** The message and the code of an issue, as people see them. */

import { messageOf as issueMessage, shownCode } from '../../lib/report';
import type { Issue } from '../../lib/sync/model/issue';
import type { ListRef } from '../../lib/sync/model/list';

/** An issue, or the outcome of a list or a member, which may have none. */
type MaybeIssue = Issue | { readonly code: null; readonly facts: null } | null;

/** Empty where there is no issue. */
export function messageOf(issue: MaybeIssue, beside?: ListRef): string {
	return issue === null || issue.code === null ? '' : issueMessage(issue, beside);
}

/** The code that outputs and files show. */
export function codeOf(issue: MaybeIssue): string | null {
	return issue === null || issue.code === null ? null : shownCode(issue);
}
