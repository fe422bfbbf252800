/**
 * Why nothing of a source could be planned. Such a run is no success, and what has to be corrected is seldom each of
 * its lists: it is the address, the tenant, the group or the right that all of them share, told by what the platform
 * answered.
 */

import { counted } from '../../figure';
import type { Unplanned } from './draft';
import { MAX_GROUP_PROBES } from '../model/limits';
import { groupKey, scopeName } from './lists-not-shown';
import type { Drafting, Planning } from './planning';
import type { AnsweredBy, Failure, FailureKind } from '../platform/platform';
import type { RunResult } from '../result';

type Reason = NonNullable<RunResult['reason']>;

/**
 * Null where anything was planned, or is as it should be; a roll back that meets conflicts has seen its lists as well.
 */
export async function nothingPlanned(
	{ drafts, unchanged, unplanned }: Drafting,
	{ platform, settings }: Planning,
): Promise<Reason | null> {
	if (drafts.length > 0 || unchanged.length > 0 || unplanned.length === 0) return null;
	if (unplanned.some(({ outcome }) => outcome === 'conflict')) return null;
	const failures = unplanned.flatMap(({ failure }) => failure ?? []);
	const all = counted(unplanned.length, 'list');
	const [first] = unplanned;
	const url = settings.platformUrl;
	if (failures.length < unplanned.length) return several(unplanned);
	if (failures.every(notOfTheApi)) return strangerAt(url, failures[0]);
	if (all403(failures)) return forbidden(unplanned, all);
	if (!every(failures, 'missing')) return several(unplanned);
	if (failures.every(({ answeredBy }) => answeredBy === 'core')) return coreAt(url, failures[0]);

	const found: string[] = [];
	const absent: string[] = [];
	for (const { ref } of new Map(unplanned.map((entry) => [groupKey(entry.ref), entry])).values()) {
		if (found.length + absent.length >= MAX_GROUP_PROBES) break;
		const reply = await platform.users(ref.tenantId, ref.groupId);
		if (reply.ok) found.push(scopeName(ref));
		else if (reply.failure.kind === 'missing') absent.push(scopeName(ref));
		else break;
	}
	const none = `None of the ${all} that the source names exists on the platform`;
	if (absent.length > 0 && found.length === 0) {
		return {
			code: 'unknownGroup',
			message:
				`${none}, because it does not know ${absent.join(' or ')}. Correct tenant and group; where both are ` +
				`right, the Base URL of the credential (${url}) leads to another platform. It said: ` +
				`${failures[0].message}`,
		};
	}
	if (found.length > 0 && absent.length === 0) {
		return {
			code: 'unknownLists',
			message: `${none}, though it knows ${found.join(' and ')}: correct the other ids. ${first.message}`,
		};
	}
	return {
		code: 'missingLists',
		message:
			`${none}. Check tenant and group, then the other ids, and the Base URL of the credential (${url}). ` +
			`${first.message}`,
	};
}

/** A plan with nothing in it was made when nothing was to be seen; applying it is no success either. */
export function nothingInPlan(unplanned: ReadonlyArray<{ readonly code: string; readonly message: string }>): Reason {
	return several(unplanned);
}

/** Not told by a status of the API: a web page or text where lists should be, or a redirection. */
function notOfTheApi({ answeredBy, status, kind }: Failure): boolean {
	return (
		answeredBy === ('other' satisfies AnsweredBy) &&
		status !== null &&
		(status === 404 || status < 400) &&
		kind !== 'doubt'
	);
}

function strangerAt(url: string, { status, message }: Failure): Reason {
	const answer = status === null ? '' : ` (status ${status})`;
	return {
		code: 'wrongBaseUrl',
		message:
			`What answers at ${url}${answer} is not the API of APIO. Correct the Base URL of the credential, ` +
			'prefix included: it ends in /api/v1 at the gateway, and in /api/v01/p1 or the like at APIO Core. ' +
			`${message}`,
	};
}

function coreAt(url: string, { message }: Failure): Reason {
	return {
		code: 'wrongBaseUrl',
		message:
			`APIO Core answers at ${url}, but has no lists there. Correct the prefix in the Base URL of the ` +
			'credential: it ends in /api/v01/p1 or the like, one for each platform behind APIO Core. It said: ' +
			`${message}`,
	};
}

function forbidden(unplanned: readonly Unplanned[], all: string): Reason {
	const scopes = [...new Set(unplanned.map(({ ref }) => scopeName(ref)))];
	const where = scopes.length <= MAX_GROUP_PROBES ? ` (${scopes.join(', ')})` : '';
	return {
		code: 'forbidden',
		message:
			`The account of the credential may read none of the ${all} that the source names${where}. Correct ` +
			"tenant and group, ask the platform's administrator for the right, or use the credential of another " +
			`account. ${unplanned[0].message}`,
	};
}

/** No one cause: how often each, and the first in full. */
function several(unplanned: ReadonlyArray<{ readonly code: string; readonly message: string }>): Reason {
	const [first] = unplanned;
	const alike = unplanned.filter(({ code }) => code === first.code).length;
	const others = unplanned.length - alike;
	const more = others > 0 ? ` ${counted(others, 'list has another reason', 'lists have other reasons')}.` : '';
	const what =
		unplanned.length === 1
			? 'The only list could not be planned'
			: `None of the ${counted(unplanned.length, 'list')} could be planned`;
	return { code: others > 0 ? 'nothingPlanned' : first.code, message: `${what}. ${first.message}${more}` };
}

function every(failures: readonly Failure[], kind: FailureKind): boolean {
	return failures.every((failure) => failure.kind === kind);
}

function all403(failures: readonly Failure[]): boolean {
	return every(failures, 'forbidden');
}
