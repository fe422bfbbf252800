/**
 * Why nothing of a source could be planned. Such a run fails. The lists seldom have separate causes: they share an
 * address, a tenant, a group or a right. The answers of the platform show which of these is wrong.
 */

import { type Facts, type Issue, type ListIssue, type ListRef, MAX_GROUP_PROBES } from '../model';
import type { Unplanned } from './draft';
import { groupKey } from './lists-not-shown';
import type { DraftedLists, Planning } from './planning';
import type { Failure, FailureKind } from '../platform';

/**
 * Null where anything was planned, or is as it should be; a roll back that meets conflicts has seen its lists as well.
 */
export async function nothingPlannedCause(
	{
		drafts,
		unchanged,
		unplanned,
	}: Pick<DraftedLists, 'drafts' | 'unplanned'> & { readonly unchanged: readonly unknown[] },
	{ listings, settings }: Pick<Planning, 'listings' | 'settings'>,
): Promise<Issue | null> {
	if (drafts.length > 0 || unchanged.length > 0 || unplanned.length === 0) return null;
	if (unplanned.some(({ outcome }) => outcome === 'conflict')) return null;
	const failures = unplanned.flatMap(({ failure }) => failure ?? []);
	const issues = unplanned.map(({ issue }) => issue);
	if (failures.length < unplanned.length) return nothingPlannedIssue(issues);
	const [{ status, message: said }] = failures;
	const lists = unplanned.length;
	const url = settings.platformUrl;
	if (failures.every(isNotFromApi)) return { code: 'wrongBaseUrl', facts: { problem: 'notApio', url, status, said } };
	if (every(failures, 'forbidden')) {
		const scopes = [...new Map(unplanned.map(({ ref }) => [groupKey(ref), scopeOf(ref)])).values()];
		return {
			code: 'forbidden',
			facts: {
				problem: 'allReads',
				lists,
				scopes: scopes.length > MAX_GROUP_PROBES ? [] : scopes,
				first: { list: unplanned[0].ref, said },
			},
		};
	}
	if (!every(failures, 'missing')) return nothingPlannedIssue(issues);
	if (failures.every(({ answeredBy }) => answeredBy === 'core'))
		return { code: 'wrongBaseUrl', facts: { problem: 'core', url, said } };

	const { found, absent } = await probeGroups(unplanned, listings);
	if (absent.length > 0 && found.length === 0) return { code: 'unknownGroup', facts: { lists, absent, url, said } };
	if (found.length > 0 && absent.length === 0)
		return { code: 'unknownLists', facts: { lists, found, first: issues[0] } };
	return { code: 'missingLists', facts: { lists, url, first: issues[0] } };
}

/** No one cause: how many lists have the first one's, and how many another. */
export function nothingPlannedIssue(issues: readonly ListIssue[]): Issue {
	const [first] = issues;
	const others = issues.filter(({ code }) => code !== first.code).length;
	return { code: 'nothingPlanned', facts: { lists: issues.length, others, first } };
}

export type Scope = Facts<'unknownGroup'>['absent'][number];

/** Which of the first few groups the platform knows. */
async function probeGroups(
	unplanned: readonly Unplanned[],
	listings: Planning['listings'],
): Promise<{ found: Scope[]; absent: Scope[] }> {
	const found: Scope[] = [];
	const absent: Scope[] = [];
	for (const { ref } of new Map(unplanned.map((entry) => [groupKey(entry.ref), entry])).values()) {
		if (found.length + absent.length >= MAX_GROUP_PROBES) break;
		const reply = await listings.users(ref);
		if (reply.ok) found.push(scopeOf(ref));
		else if (reply.failure.kind === 'missing') absent.push(scopeOf(ref));
		else break;
	}
	return { found, absent };
}

function scopeOf({ tenantId, groupId }: ListRef): Scope {
	return { tenantId, groupId };
}

/** Why the group itself is not shown: the address, the ids or the right. */
export function groupNotShown(scope: Scope, failure: Failure, url: string): Issue {
	const { kind, status, message: said, answeredBy } = failure;
	if (isNotFromApi(failure)) return { code: 'wrongBaseUrl', facts: { problem: 'notApio', url, status, said } };
	if (kind === 'missing' && answeredBy === 'core')
		return { code: 'wrongBaseUrl', facts: { problem: 'core', url, said } };
	if (kind === 'missing') return { code: 'groupNotShown', facts: { problem: 'missing', ...scope, url, said } };
	const problem = kind === 'forbidden' ? 'forbidden' : 'unreadable';
	return { code: 'groupNotShown', facts: { problem, ...scope, said } };
}

/** No answer of the API itself: a web page or text where lists should be, or a redirection. */
function isNotFromApi({ answeredBy, status, kind }: Failure): boolean {
	return answeredBy === 'other' && status !== null && (status === 404 || status < 400) && kind !== 'doubt';
}

function every(failures: readonly Failure[], kind: FailureKind): boolean {
	return failures.every((failure) => failure.kind === kind);
}
