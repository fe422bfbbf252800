/** What people are told of an issue, for tests that look at the words. */

import { messageOf, shownCode } from '../../lib/report';
import type { Issue } from '../../lib/sync/model/issue';
import type { ListRef } from '../../lib/sync/model/list';

/** An issue, or what became of a list or a member. */
type Tells = Issue | { readonly code: null; readonly facts: null } | null;

/** Its message; empty where there is nothing to tell. */
export function told(issue: Tells, beside?: ListRef): string {
	return issue === null || issue.code === null ? '' : messageOf(issue, beside);
}

/** The code that outputs and files show of it. */
export function codeOf(issue: Tells): string | null {
	return issue === null || issue.code === null ? null : shownCode(issue);
}
