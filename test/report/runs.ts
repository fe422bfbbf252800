/** Builds runs as the engine hands them back, for the report's tests. */

import type { Finding, RejectedRow } from '../../lib/sync/model/row';
import type { ReportInput, SourceShape } from '../../lib/report';
import { NO_ISSUE, type Journal, type ListOutcome, type MemberOutcome } from '../../lib/sync/documents/journal';
import type { Facts, Issue } from '../../lib/sync/model/issue';
import type { ListRef } from '../../lib/sync/model/list';
import type { Breach, Plan, PlannedList } from '../../lib/sync/documents/plan';
import type { RunResult } from '../../lib/sync/result';

export function ref(userId: string, callCenterId: string | null = 'support@cc.example'): ListRef {
	const kind = callCenterId === null ? 'agentCallCenters' : 'supervisedAgents';
	return { kind, tenantId: 'acme', groupId: 'brussels', userId, callCenterId };
}

/** What the platform said when it turned something down. */
export function refused(said: string, platformCode = 'apio-2') {
	return { code: 'refusedByPlatform', facts: { platformCode, said } } as const;
}

export const CANCELLED = { code: 'stopped', facts: { problem: 'cancelled' } } as const;

/** The platform turned the sign-in down. */
export function signInRefused(said: string) {
	return { code: 'stopped', facts: { problem: 'signInRefused', platformCode: 'http-401', status: 401, said } } as const;
}

/** A spreadsheet made something else of an id. */
export function mangled(value: string, column: string | null = 'agent') {
	return { column, code: 'mangledId', facts: { problem: 'spreadsheet', value } } as const;
}

/** More removals than a list or a run may suffer. */
export const TOO_MANY = {
	list: { kind: 'supervisedAgents', removals: 4, live: 12, limit: 3, percent: 30, max: 10 },
	total: { removals: 4, live: 12, limit: 3, percent: 10, max: 200, runs: 1 },
} as const satisfies { readonly list: Facts<'removalsPerList'>; readonly total: Facts<'removalsTotal'> };

export function plannedList(
	where: ListRef,
	adds: string[],
	removes: string[],
	more: Partial<PlannedList> = {},
): PlannedList {
	return {
		ref: where,
		stage: 1,
		before: removes,
		beforeHash: 'b',
		adds: adds.map((member, index) => ({ member, lines: [index + 2] })),
		removes: removes.map((member) => ({ member, lines: [] })),
		held: [],
		strategy: 'incremental',
		reason: { problem: 'incrementalTakesNoMore', requests: 2, readAgain: false },
		writes: 2,
		reads: 0,
		...more,
	};
}

export interface PlanParts {
	lists?: PlannedList[];
	unchanged?: ListRef[];
	breaches?: Breach[];
	verdict?: Plan['guards']['verdict'];
	rejectedRows?: number;
	forecast?: Plan['forecast'];
}

function plan({
	lists = [],
	unchanged = [],
	breaches = [],
	verdict = 'pass',
	rejectedRows = 0,
	forecast,
}: PlanParts): Plan {
	const own = lists.filter((list) => list.stage === 1);
	const changing = (list: PlannedList) => list.adds.length + list.removes.length > 0;
	const sum = (count: (list: PlannedList) => number) => own.reduce((total, list) => total + count(list), 0);
	return {
		format: 'n8n-nodes-apio/plan',
		version: 2,
		createdAt: '2026-11-23T22:00:00.000Z',
		validUntil: '2026-11-23T23:00:00.000Z',
		platform: 'https://apio.example/api/v1',
		kind: 'supervisedAgents',
		mode: 'mirror',
		origin: 'source',
		maxEntries: 50,
		source: { rows: 100, rejectedRows, lists: lists.length + unchanged.length, members: 90 },
		lists,
		unplanned: [],
		unchanged,
		totals: {
			listsToChange: own.filter(changing).length,
			prerequisites: lists.filter((list) => list.stage === 0 && changing(list)).length,
			unchanged: unchanged.length,
			adds: sum((list) => list.adds.length),
			removes: sum((list) => list.removes.length),
			held: sum((list) => list.held.length),
			liveMembers: 90,
		},
		guards: { verdict, breaches },
		forecast: forecast ?? {
			reads: 0,
			writes: lists.length,
			planningReads: lists.length + unchanged.length,
			seconds: 1,
		},
		hash: 'a'.repeat(64),
		seal: 'c'.repeat(64),
	};
}

export function outcome(
	where: ListRef,
	word: ListOutcome['outcome'],
	members: MemberOutcome[],
	more: Partial<ListOutcome> = {},
): ListOutcome {
	return {
		ref: where,
		outcome: word,
		...NO_ISSUE,
		strategy: 'incremental',
		reason: { problem: 'incrementalTakesNoMore', requests: 2, readAgain: false },
		fallback: null,
		before: [],
		after: null,
		foreign: { added: [], removed: [] },
		members,
		requests: [],
		...more,
	} as ListOutcome;
}

export function member(
	id: string,
	change: 'add' | 'remove',
	word: MemberOutcome['outcome'],
	issue: Issue | typeof NO_ISSUE = NO_ISSUE,
	lines: number[] = [],
): MemberOutcome {
	return { member: id, change, outcome: word, lines, ...issue };
}

function journal(lists: ListOutcome[]): Journal {
	return {
		format: 'n8n-nodes-apio/journal',
		version: 2,
		platform: 'https://apio.example/api/v1',
		kind: 'supervisedAgents',
		planHash: 'a'.repeat(64),
		startedAt: '2026-11-23T22:00:10.000Z',
		finishedAt: '2026-11-23T22:01:00.000Z',
		stopped: null,
		lists,
		seal: 'd'.repeat(64),
	};
}

export function planned(parts: PlanParts, source: Partial<NonNullable<ReportInput['source']>> = {}): ReportInput {
	const made = plan(parts);
	const result: RunResult = {
		status: 'planned',
		reason: null,
		plan: made,
		journal: null,
		lists: [],
		happened: { reads: made.forecast.planningReads, writes: 0, milliseconds: 900 },
	};
	return { operation: 'plan', result, source: { rejected: [], findings: [], ...source } };
}

export function done(
	parts: PlanParts,
	outcomes: ListOutcome[],
	more: Partial<RunResult> = {},
	source: Partial<NonNullable<ReportInput['source']>> = {},
): ReportInput {
	const result: RunResult = {
		status: 'applied',
		reason: null,
		plan: plan(parts),
		journal: journal(outcomes),
		lists: outcomes,
		happened: { reads: 500, writes: 12, milliseconds: 50_000 },
		...more,
	};
	return { operation: 'sync', result, source: { rejected: [], findings: [], ...source } };
}

export function rejectedRow(line: number, cells: Record<string, string>, more: Partial<RejectedRow> = {}): RejectedRow {
	return {
		line,
		item: 0,
		problems: [{ column: 'agent', code: 'blankCell', facts: { problem: 'noValue', field: 'agent' } }],
		moreProblems: 0,
		cells,
		tenantId: 'acme',
		groupId: 'brussels',
		userId: cells.supervisor ?? null,
		callCenterId: null,
		memberIds: [],
		...more,
	};
}

export function finding(more: Partial<Finding> = {}): Finding {
	return {
		level: 'warning',
		code: 'encodingAssumed',
		facts: { problem: 'notUtf8' },
		line: null,
		column: null,
		...more,
	} as Finding;
}

export const SHAPE: SourceShape = {
	delimiter: ';',
	columns: ['supervisor', 'call_center', 'agent'],
	mapping: { supervisor: 'supervisor', callCenter: 'call_center', agent: 'agent' },
	mode: 'mirror',
	words: null,
};
