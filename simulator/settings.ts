/**
 * Everything that can be switched, above all where the documentation is silent. One place, with the reason of each
 * default.
 */

import type { RetryAfterForm } from './retry-after';

export interface SimulatorSettings {
	/**
	 * The platform's `ENRICH_CC_INFO`: names in call-center lists unless the request says otherwise. Documented default.
	 */
	enrichCcInfo: boolean;
	/**
	 * Whether GET takes parameters from a JSON body (documented) and from the query string (seen in Netaxis's own
	 * client).
	 */
	criteriaFromBody: boolean;
	criteriaFromQuery: boolean;
	/** APIO Core's proxy throws bodies of GET away. Whether a real one does is not known. */
	proxyDropsGetBody: boolean;
	/** Parameters, criteria and fields that the documentation does not list. */
	unknownFields: 'reject' | 'ignore';
	/** Whether another case of an id is the same id. Not documented; strict, so that a wrong spelling shows. */
	idCase: 'sensitive' | 'insensitive';
	/**
	 * Whether a group's call center lists its supervisors. No page documents that request (only the list of who could
	 * become one), but BroadWorks has it.
	 */
	listsSupervisors: boolean;
	/**
	 * Whether a user may leave a call center that does not allow users to join it. Documented is only that joining needs
	 * its leave, and that otherwise the group-level API has to add the agent.
	 */
	leavesUnjoinable: boolean;
	/** POST of an agent already supervised. */
	alreadyThere: 'error' | 'tolerate';
	/** DELETE of an agent not supervised. */
	notThere: 'error' | 'tolerate';
	/**
	 * An id in a written list that does not exist or is no agent of the call center: one BroadWorks request succeeds or
	 * fails as a whole, hence `reject`. `partial`: the others are applied, 207 and what was refused. `ignore`: the
	 * others, silently.
	 */
	badId: 'reject' | 'partial' | 'ignore';
	/** The same id twice in one written list. */
	duplicates: 'reject' | 'collapse';
	/** POST or DELETE of no agent at all: undefined in BroadWorks. */
	emptyChange: 'reject' | 'tolerate';
	/** 400 beyond it; null: no limit (none is documented). */
	maxEntriesPerRequest: number | null;
	maxListSize: number | null;
	/** Lists come in another order on every reading: their order is not documented. */
	unstableOrder: boolean;
	/** Adds `_record_internal_id` to every object of the gateway (audit page); the call-center page does not show it. */
	recordInternalId: boolean;
	/** Writes of supervised agents answer with the list ("Similar to GET"), or with `{}`. */
	writeAnswers: 'list' | 'empty';
	/** Documented paths end in a slash; Netaxis's own client omits it on GET. */
	trailingSlash: 'optional' | 'optionalOnGet' | 'required';
	/** Which Premium call centers lend their DNIS to a user: all within reach, or only those he or she is an agent of. */
	dnisScope: 'group' | 'assigned';
	/** "If true 'outgoingCallDNIS' is required": in the request itself, or is the stored one enough? */
	dnisRequiredInRequest: boolean;
	/** What `sensitiveUserDepartmentEquals` is compared with. */
	departmentMatch: 'name' | 'fullPath' | 'either';
	/** BroadWorks errors in `details.errors`: as a list, or as an object keyed "0" (client code fits both). */
	detailErrors: 'array' | 'object';
	/** The gateway's sign-in sets a second cookie, without which the session is not found. */
	loadBalancerCookie: boolean;
	/** Sliding life of a gateway session. */
	sessionSeconds: number;
	/** Life of APIO Core's access token ("minutes") and refresh token ("day(s)"). */
	accessTokenSeconds: number;
	refreshTokenSeconds: number;
	/** Every answer takes `latencyMs` plus a seeded random part of up to `latencyJitterMs`. */
	latencyMs: number;
	latencyJitterMs: number;
	quota: QuotaSettings | null;
	/** How many requests the platform works on at once; null: any number. */
	capacity: CapacitySettings | null;
	/** Seed of everything random while running: order, jitter, ids, random faults. */
	seed: number;
	/** How many requests and applied writes are remembered; the oldest are forgotten first. */
	logLimit: number;
}

export interface CapacitySettings {
	atOnce: number;
	/** More are answered 503, or wait until one of those before them is done. */
	beyond: 'refuse' | 'queue';
}

export interface QuotaSettings {
	/** Requests a second, for all clients together. */
	rate: number;
	/** Requests that may come at once after a pause. */
	burst: number;
	/** Other rates later on; `afterMs` counts from the first request that met this quota. */
	schedule?: Array<{ afterMs: number; rate: number }>;
	/** Form of Retry-After on 429; always in whole seconds, rounded up. */
	retryAfter?: RetryAfterForm | 'none';
	/** Always sends this text as Retry-After, for absurd values. */
	retryAfterText?: string;
	/**
	 * `x`: X-RateLimit-*; `fields`: RateLimit-Limit, -Remaining, -Reset; `structured`: RateLimit and RateLimit-Policy.
	 */
	rateLimitHeaders?: 'none' | 'x' | 'fields' | 'structured';
}

export const DEFAULT_SETTINGS: Readonly<SimulatorSettings> = {
	enrichCcInfo: false,
	criteriaFromBody: true,
	criteriaFromQuery: true,
	proxyDropsGetBody: false,
	unknownFields: 'reject',
	idCase: 'sensitive',
	listsSupervisors: false,
	leavesUnjoinable: false,
	alreadyThere: 'error',
	notThere: 'error',
	badId: 'reject',
	duplicates: 'reject',
	emptyChange: 'reject',
	maxEntriesPerRequest: null,
	maxListSize: null,
	unstableOrder: false,
	recordInternalId: false,
	writeAnswers: 'list',
	trailingSlash: 'optionalOnGet',
	dnisScope: 'group',
	dnisRequiredInRequest: true,
	departmentMatch: 'either',
	detailErrors: 'array',
	loadBalancerCookie: false,
	sessionSeconds: 1800,
	accessTokenSeconds: 300,
	refreshTokenSeconds: 86400,
	latencyMs: 0,
	latencyJitterMs: 0,
	quota: null,
	capacity: null,
	seed: 1,
	logLimit: 200000,
};
