import { describe, expect, it } from '@jest/globals';
import { viewRun, type ReportInput } from '../../lib/report';
import type { Breach } from '../../lib/sync/documents/plan';
import { nextSteps } from '../../lib/report/next-steps';
import { TOO_MANY, done, member, outcome, planned, plannedList, ref, rejectedRow, CANCELLED } from './runs';

const steps = (input: ReportInput) => nextSteps(viewRun(input));
const list = plannedList(ref('s@x'), ['a@x'], ['r@x']);

describe('what to do', () => {
	it('is nothing if everything is as desired', () => {
		const applied = done({ lists: [list] }, [
			outcome(list.ref, 'applied', [member('a@x', 'add', 'applied'), member('r@x', 'remove', 'applied')]),
		]);
		expect(steps(applied)).toEqual(['Nothing: no list needs a change.']);
	});

	it('is to approve a plan, with as many removals as it has', () => {
		expect(steps(planned({ lists: [list] }))[0]).toBe(
			"Read the changes. If they are right, apply the plan with the operation 'Apply Plan': enter its hash in " +
				"'Approved Plan Hash' and 1 in 'Approved Removals'.",
		);
		const nothing = planned({});
		expect(steps({ ...nothing, result: { ...nothing.result, status: 'unchanged' } })).toEqual([
			'Nothing: no list needs a change.',
		]);
	});

	it('gives each advice about guards once, also with other advice', () => {
		const breach: Breach = { code: 'removalsPerList', facts: TOO_MANY.list, list: list.ref };
		const input = planned({
			lists: [list],
			breaches: [
				breach,
				breach,
				{ code: 'removalsTotal', facts: TOO_MANY.total, list: null },
				{ code: 'protectedMember', facts: { members: { first: ['r@x'], more: 0 } }, list: list.ref },
			],
			verdict: 'abort',
		});
		const all = steps({ ...input, result: { ...input.result, status: 'aborted' } });
		expect(all).toHaveLength(2);
		expect(all[0]).toContain(
			"raise 'Maximum Removals in Total (%)', 'Maximum Removals in Total', 'Maximum Removals per List (%)' and",
		);
		expect(all[1]).toContain('Put protected members back');
	});

	it('names failures, conflicts, rejected rows and held removals separately, each once', () => {
		const why = { code: 'stillSupervised', facts: { agent: 'h@x' } } as const;
		const held = [{ member: 'h@x', change: 'remove' as const, ...why }];
		const mixed = done(
			{ lists: [{ ...list, held }] },
			[
				outcome(list.ref, 'conflict', [
					member('a@x', 'add', 'failed'),
					member('b@x', 'add', 'failed'),
					member('r@x', 'remove', 'conflict'),
				]),
			],
			{ status: 'partial' },
			{ rejected: [rejectedRow(3, {})] },
		);
		expect(steps(mixed).map((step) => step.slice(0, 12))).toEqual([
			'Failed (2): ',
			'Conflict (1)',
			'Correct the ',
			'Held (1): co',
		]);
	});

	it('is to run again after a stop, with what is left', () => {
		const stopped = done(
			{ lists: [list] },
			[outcome(list.ref, 'notAttempted', [member('a@x', 'add', 'notAttempted')])],
			{ status: 'stopped', reason: CANCELLED },
		);
		expect(steps(stopped)).toEqual(['Run it again: completed changes are not repeated, and 1 change is left.']);
	});

	it('is empty for a refusal, whose reason says it', () => {
		expect(
			steps(
				done({}, [], {
					status: 'refused',
					plan: null,
					journal: null,
					reason: { code: 'emptySource', facts: {} },
				}),
			),
		).toEqual([]);
	});
});
