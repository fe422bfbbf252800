/**
 * Shapes of the platform's answers. Tolerant: whatever is missing is absent, whatever is unknown is kept as it came.
 * Only what the package itself works with (lists, ids, names) has a type; no other field can make an answer fail.
 */

import { isObject } from './json';
import { z } from '../vendor/zod';

/**
 * An id or a name; one that consists of digits may come as a number, and anything else is absent. So is a number with
 * more digits than JavaScript tells apart, because it would be another's id. Not put together from zod's union and
 * catch, which take a kilobyte for each field of each member of each list.
 */
const text = z.unknown().transform((value): string | undefined => {
	if (typeof value === 'string') return value;
	return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : undefined;
});

function entry<T extends z.ZodRawShape>(shape: T) {
	return z.object(shape).passthrough();
}

/** Absent where the answer has no such list: the caller decides whether that can be read as "nobody". */
function listOf<T extends z.ZodTypeAny>(item: T) {
	return z.array(item).optional().catch(undefined);
}

const dnisEntry = entry({ serviceUserId: text, name: text });
export type Dnis = z.infer<typeof dnisEntry>;

/** `name` only where it was asked for; `available` only in a profile; `priority` is text such as "5.0". */
const callCenterEntry = entry({ serviceUserId: text, name: text });
export type CallCenterEntry = z.infer<typeof callCenterEntry>;

/** Unset text fields are `""`; `department` is an object, `""` or absent. */
const userEntry = entry({
	userId: text,
	lastName: text,
	firstName: text,
	phoneNumber: text,
	extension: text,
	emailAddress: text,
});
export type UserEntry = z.infer<typeof userEntry>;

const tenantEntry = entry({ tenantId: text, name: text });
export type TenantEntry = z.infer<typeof tenantEntry>;

const groupEntry = entry({ groupId: text, groupName: text });
export type GroupEntry = z.infer<typeof groupEntry>;

/** Settings of the agent beside the list; Broadsoft leaves many of them out, depending on its release and licences. */
export const agentProfile = entry({ call_centers: listOf(callCenterEntry) });
export type AgentProfile = z.infer<typeof agentProfile>;

export const supervisedAgentsAnswer = entry({ supervised_agents: listOf(userEntry) });
export const callCentersAnswer = entry({ call_centers: listOf(callCenterEntry) });
export const dnisAnswer = entry({ call_centers_dnis: listOf(dnisEntry) });
export const tenantsAnswer = entry({ tenants: listOf(tenantEntry) });
export const groupsAnswer = entry({ groups: listOf(groupEntry) });
export const usersAnswer = entry({ users: listOf(userEntry) });
export const agentsAnswer = entry({ agents: listOf(userEntry) });
export const supervisorsAnswer = entry({ supervisors: listOf(userEntry) });

/** Whatever a write answers with. */
export const anyObject = entry({});

/** Names that APIs give to how many entries there are, to how many pages, and to there being more of either. */
const TOTALS = ['total', 'totalCount', 'total_count', 'totalResults', 'totalElements', 'count'];
const PAGES = ['totalPages', 'total_pages'];
const MORE = ['next', 'nextPage', 'next_page', 'hasMore', 'has_more', 'truncated', 'partial'];
const WRAPPERS = ['paging', 'pagination', 'page', 'meta', 'links', '_links'];
const NOTHING_MORE = ['', '0', 'false'];

/**
 * Whether an answer says that its list of so many entries is only a part. The API documents no paging; a proxy in front
 * of it may do it all the same, and a list that is shown in part must not be taken for the whole.
 */
export function showsOnlyAPart(answer: Readonly<Record<string, unknown>>, entries: number): boolean {
	const places = [answer, ...WRAPPERS.map((name) => byName(answer[name]))].filter(isObject);
	return places.some(
		(place) =>
			TOTALS.some((name) => isAbove(place[name], entries)) ||
			PAGES.some((name) => isAbove(place[name], 1)) ||
			MORE.some((name) => isMore(place[name])),
	);
}

/** Links come by name, or as a list whose entries have their name in `rel`. */
function byName(wrapper: unknown): unknown {
	if (!Array.isArray(wrapper)) return wrapper;
	return { next: wrapper.find((link) => isObject(link) && link.rel === 'next') };
}

function isAbove(value: unknown, limit: number): boolean {
	return (typeof value === 'number' || typeof value === 'string') && Number(value) > limit;
}

/** @param value a flag, the number or address of a page, or a link as an object */
function isMore(value: unknown): boolean {
	if (isObject(value) && 'href' in value) return isMore(value.href);
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return typeof value === 'string' ? !NOTHING_MORE.includes(value.toLowerCase()) : Boolean(value);
}
