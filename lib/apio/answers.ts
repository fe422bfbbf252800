/**
 * Shapes of the platform's answers. Tolerant: whatever is missing is absent, whatever is unknown is kept as it came.
 * Only what the package itself works with (lists, ids, names) has a type; no other field can make an answer fail.
 */

import { isObject } from './json';
import { valueSchema, z } from '../vendor/zod';

function answerWith<T extends z.ZodRawShape>(shape: T) {
	return z.object(shape).passthrough();
}

/** One entry of a list: texts by name, each absent where it is none, and whatever else the platform says. */
type Entry<Name extends string> = { [Field in Name]?: string } & { [field: string]: unknown };

/**
 * Absent where the answer has no such list: the caller decides whether that can be read as "nobody". Entries are read
 * without zod, which takes a kilobyte for each.
 */
function listOf<Name extends string>(names: readonly Name[]) {
	return valueSchema((list): Array<Entry<Name>> | undefined =>
		Array.isArray(list) && list.every(isObject) ? list.map((entry) => withTexts(entry, names)) : undefined,
	);
}

function withTexts<Name extends string>(entry: Readonly<Record<string, unknown>>, names: readonly Name[]): Entry<Name> {
	const known: readonly string[] = names;
	const read: Record<string, unknown> = {};
	for (const name of names) if (name in entry) read[name] = text(entry[name]);
	for (const name of Object.keys(entry)) if (!known.includes(name) && name !== '__proto__') read[name] = entry[name];
	return read as Entry<Name>;
}

/**
 * An id or a name; one that consists of digits may come as a number, and anything else is absent. So is a number with
 * more digits than JavaScript can distinguish, because it would be another's id.
 */
function text(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : undefined;
}

const DNIS = ['serviceUserId', 'name'] as const;
export type Dnis = Entry<(typeof DNIS)[number]>;

/** `name` only where it was asked for; `available` only in a profile; `priority` is text such as "5.0". */
const CALL_CENTER = ['serviceUserId', 'name'] as const;
export type CallCenterEntry = Entry<(typeof CALL_CENTER)[number]>;

/** Unset text fields are `""`; `department` is an object, `""` or absent. */
const USER = ['userId', 'lastName', 'firstName', 'phoneNumber', 'extension', 'emailAddress'] as const;
export type UserEntry = Entry<(typeof USER)[number]>;

const TENANT = ['tenantId', 'name'] as const;
export type TenantEntry = Entry<(typeof TENANT)[number]>;

const GROUP = ['groupId', 'groupName'] as const;
export type GroupEntry = Entry<(typeof GROUP)[number]>;

/** Settings of the agent beside the list; Broadsoft leaves many of them out, depending on its release and licences. */
export const agentProfile = answerWith({ call_centers: listOf(CALL_CENTER) });
export type AgentProfile = z.infer<typeof agentProfile>;

export const supervisedAgentsAnswer = answerWith({ supervised_agents: listOf(USER) });
export const callCentersAnswer = answerWith({ call_centers: listOf(CALL_CENTER) });
export const dnisAnswer = answerWith({ call_centers_dnis: listOf(DNIS) });
export const tenantsAnswer = answerWith({ tenants: listOf(TENANT) });
export const groupsAnswer = answerWith({ groups: listOf(GROUP) });
export const usersAnswer = answerWith({ users: listOf(USER) });
export const agentsAnswer = answerWith({ agents: listOf(USER) });
export const supervisorsAnswer = answerWith({ supervisors: listOf(USER) });

/** Whatever a write answers with. */
export const anyObject = answerWith({});

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
