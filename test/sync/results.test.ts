/** The result of a run, by what was planned, what became of it, and why it ended. */

import { describe, expect, it } from '@jest/globals';
import type { ListOutcome, Plan } from '../../lib/sync/documents';
import type { DraftedLists } from '../../lib/sync/plan';
import { unplanned } from '../../lib/sync/plan/draft';
import { RunPlatform } from '../../lib/sync/platform';
import {
	breachReason,
	appliedResult,
	failedResult,
	measuredSource,
	nothingPlannedResult,
	plannedResult,
	refusedResult,
	stoppedResult,
	type RunResult,
} from '../../lib/sync/result';
import type { ListIssue } from '../../lib/sync/model/issue';
import { listKey } from '../../lib/sync/model/list';
import { harness, supervised } from './world';

const [A, B, C, D] = ['a@x', 'b@x', 'c@x', 'd@x'].map((id) => supervised(id));
const EMPTY = { code: 'emptySource', facts: {} } as const;
const REJECTED: ListIssue = { code: 'emptyList', facts: { list: B, lines: [2], mirror: true } };
const ERROR = { code: 'othersNotLookedAt', facts: { tenantId: 'T', groupId: 'G', named: 1, said: '' } };
const INFO = { code: 'supervisorsAsNamed', facts: { tenantId: 'T', groupId: 'G', named: 1, said: '' } };

function platform(stopped = false): RunPlatform {
	const controller = new AbortController();
	if (stopped) controller.abort();
	return new RunPlatform(harness({ signal: controller.signal }).around);
}

const LISTED = { ref: A, stage: 1, before: ['an@x'], adds: [{ member: 'x', lines: [] }], removes: [], held: [] };

function plan(more: object = {}): Plan {
	return {
		...{ platform: 'https://apio.example', kind: 'supervisedAgents', origin: 'source', hash: 'hash' },
		...{ lists: [LISTED], unplanned: [], unchanged: [], guards: { verdict: 'pass', breaches: [] } },
		source: { rows: 4, rejectedRows: 0, lists: 3, members: 2 },
		...more,
	} as unknown as Plan;
}

function drafted(): DraftedLists {
	const view = { members: new Map([['an@x', 'An@x']]), at: 0 };
	return {
		drafts: [{ ref: A, key: listKey(A), view, log: [{ write: 'read' }] }],
		unplanned: [unplanned(B, 'rejected', REJECTED)],
		unchanged: [{ ref: C, ids: ['c'], log: [] }],
		unread: [D],
	} as unknown as DraftedLists;
}

const outcomes = ({ lists }: RunResult) => lists.map(({ ref, outcome, code }) => [ref.userId, outcome, code]);

function outcome(word: string, write = 'add', result = 'ok', ref = A): ListOutcome {
	return { ref, outcome: word, code: null, members: [], requests: [{ write, result }] } as unknown as ListOutcome;
}

describe('a run that ended before there was a plan', () => {
	it('is refused or failed, with the reason', () => {
		const happened = { reads: 0, writes: 0, milliseconds: 0 };
		const nothing = { plan: null, journal: null, lists: [], reason: EMPTY, happened };
		expect(refusedResult(EMPTY, platform())).toEqual({ status: 'refused', ...nothing });
		expect(failedResult(EMPTY, platform())).toEqual({ status: 'failed', ...nothing });
		expect(refusedResult(EMPTY, platform(), plan()).plan).toEqual(plan());
	});

	it('was stopped, with what was looked at and what was not', () => {
		const result = stoppedResult(drafted(), platform(true));
		expect(result).toMatchObject({ status: 'stopped', reason: { code: 'stopped' }, plan: null, journal: null });
		expect(outcomes(result)).toEqual([
			['a@x', 'notAttempted', 'stopped'],
			['d@x', 'notAttempted', 'stopped'],
			['b@x', 'rejected', 'emptyList'],
			['c@x', 'unchanged', null],
		]);
		expect(result.lists[3].after).toEqual(['c']);
	});
});

describe('a plan that is not written', () => {
	it('has its lists as they were read, and the others', () => {
		const result = plannedResult(plan(), drafted(), platform());
		expect(result).toMatchObject({ status: 'planned', reason: null, journal: null });
		expect(outcomes(result)).toEqual([
			['a@x', 'notAttempted', null],
			['b@x', 'rejected', 'emptyList'],
			['c@x', 'unchanged', null],
		]);
		expect(result.lists[0]).toMatchObject({ before: ['an@x'], after: ['An@x'], requests: [{ write: 'read' }] });
	});

	it.each<[string, object]>([
		['planned', {}],
		['planned', { lists: [], unplanned: [{}] }],
		['unchanged', { lists: [] }],
		['unchanged', { lists: [], notices: [INFO] }],
		['partial', { lists: [], notices: [INFO, ERROR] }],
		['partial', { lists: [], origin: 'leavers', source: { rejectedRows: 1 } }],
		['unchanged', { lists: [], origin: 'leavers', source: { rejectedRows: 0 } }],
		['unchanged', { lists: [], origin: 'source', source: { rejectedRows: 1 } }],
	])('is %s where it has %j', (status, more) => {
		expect(plannedResult(plan(more), drafted(), platform()).status).toBe(status);
	});

	it('is aborted by its guards, which may hold removals instead but for leavers', () => {
		const breaches = [{ list: null, code: 'leavers', facts: { people: 2, limit: 1, runs: 1 } }];
		const guards = { verdict: 'abort', breaches };
		for (const [origin, canHold] of [
			['source', true],
			['journal', true],
			['leavers', false],
		] as const)
			expect(plannedResult(plan({ guards, origin }), drafted(), platform())).toMatchObject({
				...{ status: 'aborted', reason: { code: 'guards', facts: { breaches, canHold } } },
			});
		expect(plannedResult(plan({ guards: { verdict: 'hold', breaches } }), drafted(), platform()).status).toBe(
			'planned',
		);
		expect(breachReason([])).toEqual({ code: 'guards', facts: { breaches: [], canHold: true } });
	});

	it('has failed where nothing could be planned', () => {
		const result = nothingPlannedResult(EMPTY, plan({ lists: [] }), drafted(), platform());
		expect(result).toMatchObject({ status: 'failed', reason: EMPTY, journal: null });
		expect(result.lists).toHaveLength(2);
	});
});

describe('the size of a source counts', () => {
	const of = (status: RunResult['status'], verdict = 'pass') =>
		measuredSource({ status, plan: plan({ guards: { verdict } }) });

	it.each(['applied', 'unchanged', 'partial'] as const)('where the run is %s and no guard held it back', (status) => {
		expect(of(status)).toEqual({ rows: 4, lists: 3, members: 2 });
		for (const verdict of ['hold', 'abort']) expect(of(status, verdict)).toBeNull();
	});

	it.each(['planned', 'held', 'aborted', 'refused', 'failed', 'stopped'] as const)('not where it is %s', (status) => {
		expect(of(status)).toBeNull();
		expect(measuredSource({ status, plan: null })).toBeNull();
	});
});

describe('a plan that was written', () => {
	const applied = (lists: readonly ListOutcome[], more: object = {}, stopped = false) =>
		appliedResult(plan(more), lists, platform(stopped));

	it('has the status of its lists, unless something could not be read', () => {
		expect(applied([outcome('applied')])).toMatchObject({ status: 'applied', reason: null });
		expect(applied([outcome('held')]).status).toBe('held');
		expect(applied([outcome('applied')], { notices: [ERROR] }).status).toBe('partial');
		expect(applied([outcome('applied')], { origin: 'leavers', source: { rejectedRows: 2 } }).status).toBe('partial');
		expect(applied([outcome('applied')], { notices: [INFO] }).status).toBe('applied');
	});

	it('was stopped, whatever the outcome of its lists', () => {
		const result = applied([outcome('failed', 'add', 'forbidden')], {}, true);
		expect(result).toMatchObject({ status: 'stopped', reason: { code: 'stopped' }, journal: { stopped: {} } });
	});

	it('has failed where nothing was allowed to be written', () => {
		expect(applied([outcome('failed', 'add', 'forbidden')])).toMatchObject({
			...{ status: 'failed', reason: { code: 'forbidden', facts: { problem: 'allWrites' } } },
		});
		expect(applied([outcome('failed', 'add', 'forbidden'), outcome('applied', 'add', 'ok', B)]).status).toBe('partial');
	});

	it('has a journal of all lists with something to undo, if anything was to be changed', () => {
		const lists = [outcome('applied'), outcome('unchanged', 'read', 'ok', B), outcome('rejected', 'read', 'ok', C)];
		const { journal } = applied(lists);
		expect(journal).toMatchObject({ planHash: 'hash', kind: 'supervisedAgents', stopped: null });
		expect(journal?.lists.map(({ ref }) => ref)).toEqual([A, C]);
		expect(Date.parse(journal?.startedAt ?? '')).toBe(platform().startedAt);
		expect(applied(lists, { lists: [{ ...LISTED, adds: [] }] }).journal).toBeNull();
		expect(applied(lists, { lists: [] }).journal).toBeNull();
	});
});
