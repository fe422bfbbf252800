/**
 * Every sentence about a run, made from typed issues: what happened, where, and how to go on. What the platform
 * answered is quoted as `lib/apio` words it.
 */

import { formatNumber } from '../../number-format';
import { type Facts, type Issue, listKey, type ListRef, type HiddenScope } from '../../sync';
import { GUARD_MESSAGES, guardMessage, isGuard, guardAdvice } from './guards';
import { LIST_MESSAGES } from './lists';
import type { Messages, Naming } from './message';
import { RUN_MESSAGES } from './run';
import { SOURCE_MESSAGES } from './source';
import { listName, scopeName } from './names';

export { STEPS, whatToDo } from './advice';
export {
	breachGroups,
	breachLine,
	mostSevereFirst,
	guardBriefly,
	guardsHeading,
	isGuard,
	guardAdvice,
	type BreachGroup,
} from './guards';
export { CREDENTIAL_TEST } from './credential';
export { failureAdvice, failureText } from './failure';
export { FAILURE_HEADINGS, HINTS, PICKER_TEXTS, type NotMade } from './node';
export { firstRejectedRows, problemsText, REJECTED_ROWS_HOLD } from './source';
export { readListsText } from './read-lists';
export { stopLabel } from './stop';
export { strategyMessage } from './strategy';
export { idInsteadOfName, matchLines, NAME_PROBLEMS, namesForbidden, type NamedKind } from './matching';
export { KIND_LABELS, listTitle, named, scopeName } from './names';
export { changeText, WATCH_FAILURES, WATCH_NOTES, watchedName, type Names } from './watch';

/** A code without a message does not compile. */
const MESSAGES: Messages<Issue['code']> = { ...SOURCE_MESSAGES, ...LIST_MESSAGES, ...GUARD_MESSAGES, ...RUN_MESSAGES };

/** @param beside the list whose name stands beside the message already */
export function messageOf(issue: Issue, beside?: ListRef): string {
	const key = beside === undefined ? null : listKey(beside);
	const name: Naming = (list, position) => {
		const named = listKey(list) === key ? 'the list' : listName(list);
		return position === 'start' ? `${named[0].toUpperCase()}${named.slice(1)}` : named;
	};
	const message = MESSAGES[issue.code] as (facts: Facts<Issue['code']>, name: Naming) => string;
	return message(issue.facts, name);
}

/** Why a change is held: by a guard, with how to go on. */
export function heldMessage(issue: Issue, beside?: ListRef): string {
	if (!isGuardIssue(issue)) return messageOf(issue, beside);
	return [guardMessage(issue), ...guardAdvice([issue.code], false)].join(' ');
}

/**
 * What stands in outputs as the code: the platform's own where it refused or failed, and the cause where a change was
 * set apart, a run ended early or was stopped by a guard.
 */
export function shownCode(issue: Issue): string {
	switch (issue.code) {
		case 'refusedByPlatform':
		case 'platformFailed':
			return issue.facts.platformCode;
		case 'setApart':
			return shownCode(issue.facts.cause);
		case 'stopped':
			return issue.facts.problem === 'signInRefused' ? issue.facts.platformCode : issue.facts.problem;
		case 'guards':
			return issue.facts.breaches[0]?.code ?? issue.code;
		case 'nothingPlanned':
			return issue.facts.others > 0 ? issue.code : issue.facts.first.code;
		default:
			return issue.code;
	}
}

function isGuardIssue(issue: Issue): issue is Extract<Issue, { readonly code: keyof typeof GUARD_MESSAGES }> {
	return isGuard(issue.code);
}

/** `All 12 lists of tenant acme are missing on the platform: check that ID.` */
export function hiddenScopeText(scope: HiddenScope): string {
	const { lists } = scope;
	const [all, are] = lists === 1 ? ['The only list', 'is'] : [`All ${formatNumber(lists)} lists`, 'are'];
	const found = `${all} of ${scopeName(scope)} ${are}`;
	return scope.why === 'missing'
		? `${found} missing on the platform: check ${scope.groupId === null ? 'that ID' : 'these IDs'}.`
		: `${found} forbidden to the account of the credential: check the IDs, or ask the platform's administrator for ` +
				'the right.';
}
