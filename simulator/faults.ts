/** Which fault a request gets, if any: by script (the nth request that matches) or by seeded chance. */

import type { SimulatorRequest } from './exchange';
import { SeededRandom } from '../tools/seeded-random';
import { retryAfterIn, type RetryAfterForm } from './retry-after';
import type { ListEdit } from './third-party';

/**
 * - `statusBefore`, `statusAfter`: this status (default 503) without and with the request carried out; `body` may be
 *   HTML.
 * - `resetBefore`, `resetAfter`: the connection breaks without and with the request carried out.
 * - `unanswered`: the request gets lost: neither carried out nor answered.
 * - `slow`: the answer takes `ms` longer; `late`: the request is carried out only then, even if the client has gone.
 * - `drip`: carried out, but the body of the answer comes byte by byte, `ms` apart.
 * - `loseSessions`: all gateway sessions and access tokens are void from now on, this request's included.
 * - `unauthorized`, `forbidden`, `throttle`: this one request gets 401, 403 or 429 (with `retryAfter` as it is given).
 * - `malformed`: carried out, but the answer is not JSON. `truncated`: carried out, but the answer breaks off.
 * - `partialContent`: carried out, but the answer is 206 with the first half of its list.
 * - `partly`: of the entries that a POST or DELETE names only the first half is carried out, and the answer is 207.
 * - `twice`: a proxy sends the request again, and the client gets the second answer.
 * - `thirdParty`: somebody else edits a list just before or after; `random`: the list that the request is about.
 */
export type Fault =
	| { kind: 'statusBefore' | 'statusAfter'; status?: number; body?: string; headers?: Record<string, string> }
	| {
			kind:
				| 'resetBefore'
				| 'resetAfter'
				| 'unanswered'
				| 'loseSessions'
				| 'unauthorized'
				| 'forbidden'
				| 'malformed'
				| 'truncated';
	  }
	| { kind: 'partialContent' | 'partly' | 'twice' }
	| { kind: 'slow'; ms: number; late?: boolean }
	| { kind: 'drip'; ms: number }
	| { kind: 'throttle'; retryAfter?: string }
	| { kind: 'thirdParty'; edit: ListEdit | 'random'; when?: 'before' | 'after' };

/** Bytes of an answer with a few entries. */
const TYPICAL_ANSWER_BYTES = 500;

export type FaultKind = Fault['kind'];

export interface RequestMatch {
	/** One method or several, e.g. `['PUT', 'POST']`. */
	method?: string | string[];
	/** Regular expression, tried on the decoded path with its prefix. */
	path?: string;
}

export interface FaultRule {
	fault: Fault;
	match?: RequestMatch;
	/** Only these of the matching requests, counted from 1. */
	nth?: number | number[];
	/** At most so many times. */
	times?: number;
	/** Chance of each time, 0 to 1. */
	probability?: number;
}

/** Kinds that chance can bring; `slowLate` is `slow` with `late`. */
export type ChanceKind = FaultKind | 'slowLate';

export interface ChanceFaults {
	seed: number;
	/** Chance of each kind for each matching request; together at most 1. */
	probabilities: Partial<Record<ChanceKind, number>>;
	match?: RequestMatch;
	/** Default 500, 502, 503, 504. */
	statuses?: number[];
	/** From and to, for the slow ones. Default 1 s to 60 s. A dripping answer takes about as long. */
	slowMs?: [number, number];
	/** Values of Retry-After to choose from; undefined: none sent. Default none and "1". */
	retryAfter?: Array<string | undefined>;
	/** The same for answers with status 503. Default none. */
	retryAfter503?: Array<string | undefined>;
	/** How numbers among these are sent. Default `seconds`. */
	retryAfterForm?: RetryAfterForm;
}

export interface FaultPlan {
	/** The first rule that fits wins; every rule counts its matches. */
	rules?: FaultRule[];
	chance?: ChanceFaults;
}

interface Rule {
	rule: FaultRule;
	fits: (request: SimulatorRequest, path: string) => boolean;
	matched: number;
	fired: number;
}

export class Faults {
	private readonly rules: Rule[];
	private readonly random: SeededRandom;
	private readonly chanceFits: Rule['fits'];

	/** Throws a plain Error for probabilities beyond 1 and for a path that is no regular expression. */
	constructor(
		readonly plan: FaultPlan,
		seed: number,
	) {
		this.rules = (plan.rules ?? []).map((rule) => ({ rule, fits: matcher(rule.match), matched: 0, fired: 0 }));
		this.random = new SeededRandom(plan.chance?.seed ?? seed);
		this.chanceFits = matcher(plan.chance?.match);
		const total = Object.values(plan.chance?.probabilities ?? {}).reduce((sum, chance) => sum + chance, 0);
		if (total > 1 + 1e-9) throw new Error(`The probabilities of faults add up to ${total}, more than 1`);
	}

	next(request: SimulatorRequest, path: string, now: number): Fault | null {
		let chosen: Fault | null = null;
		for (const entry of this.rules) {
			if (!entry.fits(request, path)) continue;
			entry.matched++;
			if (chosen || !this.due(entry)) continue;
			entry.fired++;
			chosen = entry.rule.fault;
		}
		return chosen ?? this.byChance(request, path, now);
	}

	private due({ rule, matched, fired }: Rule): boolean {
		if (rule.times !== undefined && fired >= rule.times) return false;
		if (typeof rule.nth === 'number' && rule.nth !== matched) return false;
		if (Array.isArray(rule.nth) && !rule.nth.includes(matched)) return false;
		return rule.probability === undefined || this.random.next() < rule.probability;
	}

	private byChance(request: SimulatorRequest, path: string, now: number): Fault | null {
		const { chance } = this.plan;
		if (!chance || !this.chanceFits(request, path)) return null;
		let draw = this.random.next();
		for (const [kind, probability] of Object.entries(chance.probabilities) as Array<[ChanceKind, number]>) {
			draw -= probability;
			if (draw < 0) return this.make(kind, chance, now);
		}
		return null;
	}

	private make(kind: ChanceKind, chance: ChanceFaults, now: number): Fault {
		switch (kind) {
			case 'statusBefore':
			case 'statusAfter':
				return this.failure(kind, chance, now);
			case 'slow':
			case 'slowLate':
				return {
					kind: 'slow',
					ms: this.random.integer(...(chance.slowMs ?? [1000, 60000])),
					late: kind === 'slowLate',
				};
			case 'drip':
				return { kind, ms: this.random.integer(...(chance.slowMs ?? [1000, 60000])) / TYPICAL_ANSWER_BYTES };
			case 'throttle':
				return { kind, retryAfter: this.retryAfter(chance.retryAfter ?? [undefined, '1'], chance, now) };
			case 'thirdParty':
				return { kind, edit: 'random', when: this.random.next() < 0.5 ? 'before' : 'after' };
			default:
				return { kind };
		}
	}

	private failure(kind: 'statusBefore' | 'statusAfter', chance: ChanceFaults, now: number): Fault {
		const status = this.random.pick(chance.statuses ?? [500, 502, 503, 504]);
		const retryAfter =
			status === 503 && chance.retryAfter503 ? this.retryAfter(chance.retryAfter503, chance, now) : undefined;
		return { kind, status, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }) };
	}

	private retryAfter(
		choices: Array<string | undefined>,
		{ retryAfterForm = 'seconds' }: ChanceFaults,
		now: number,
	): string | undefined {
		const chosen = this.random.pick(choices);
		return chosen !== undefined && /^\d+$/.test(chosen) ? retryAfterIn(retryAfterForm, Number(chosen), now) : chosen;
	}
}

function matcher(match: RequestMatch = {}): Rule['fits'] {
	const methods = match.method === undefined ? null : new Set([match.method].flat());
	const path = match.path === undefined ? null : new RegExp(match.path);
	return (request, decoded) => (!methods || methods.has(request.method)) && (!path || path.test(decoded));
}
