import { describe, expect, it } from '@jest/globals';
import { summaryLine, viewRun, type ReportInput } from '../../lib/report';
import { TOO_MANY, done, member, outcome, planned, plannedList, ref, rejectedRow, CANCELLED } from './runs';

const line = (input: ReportInput) => summaryLine(viewRun(input));
const ids = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${prefix}${index}@x.example`);
const refs = (count: number) => Array.from({ length: count }, (_, index) => ref(`u${index}@x.example`));

describe('summary line before a run', () => {
	it('says what would change, what it takes and how long', () => {
		const lists = refs(12).map((where, index) =>
			plannedList(where, ids(`a${index}`, index === 0 ? 7 : 3), index < 3 ? ['r@x.example'] : []),
		);
		const input = planned(
			{
				lists,
				unchanged: refs(488).map((where) => ({ ...where, userId: `same-${where.userId}` })),
				forecast: { reads: 488, writes: 24, planningReads: 500, seconds: 52 },
			},
			{ rejected: [2, 3, 4, 5, 6].map((number) => rejectedRow(number, {})) },
		);
		expect(line(input)).toBe(
			'12 lists to change, 40 agents to add, 3 to remove, 488 unchanged, 5 rows rejected: 512 requests, about 52 s',
		);
	});

	it('uses the singular', () => {
		const input = planned(
			{
				lists: [plannedList(ref('s@x.example'), ['a@x.example'], [])],
				forecast: { reads: 0, writes: 1, planningReads: 1, seconds: 0.2 },
			},
			{ rejected: [rejectedRow(2, {})] },
		);
		expect(line(input)).toBe('1 list to change, 1 agent to add, 1 row rejected: 1 request, about 1 s');
	});

	it('names the noun of removals if nothing is added', () => {
		expect(line(planned({ lists: [plannedList(ref('s@x.example'), [], ['a@x.example', 'b@x.example'])] }))).toMatch(
			/^1 list to change, 2 agents to remove:/,
		);
	});

	it('says that there is nothing to change', () => {
		expect(line(planned({ unchanged: refs(3) }))).toMatch(/^nothing to change, 3 unchanged:/);
	});

	it('speaks of call centers for lists of agents', () => {
		const input = planned({ lists: [plannedList(ref('a@x.example', null), ['cc1@x', 'cc2@x'], [])] });
		const asAgents = {
			...input,
			result: { ...input.result, plan: { ...input.result.plan!, kind: 'agentCallCenters' as const } },
		};
		expect(line(asAgents)).toMatch(/^1 list to change, 2 call centers to add:/);
	});

	it('counts agents that are assigned first apart from the changes', () => {
		const first = { ...plannedList(ref('a@x.example', null), ['support@cc.example'], []), stage: 0 as const };
		const input = planned({ lists: [first, plannedList(ref('s@x.example'), ['a@x.example'], [])] });
		expect(line(input)).toMatch(/^1 list to change, 1 agent to add, 1 agent to assign first:/);
	});

	it('does not count a change that was rejected in planning as planned', () => {
		const held = [
			{
				member: 'ghost@x.example',
				change: 'add' as const,
				code: 'unknownMember' as const,
				facts: { problem: 'notOnPlatform' as const, member: 'ghost@x.example' },
				outcome: 'rejected' as const,
				lines: [4],
			},
		];
		const input = planned({ lists: [plannedList(ref('s@x.example'), ['a@x.example'], [], { held })] });
		expect(line(input)).toMatch(/^1 list to change, 1 agent to add, 1 change rejected:/);
	});
});

describe('summary line after a run', () => {
	const parts = {
		lists: [plannedList(ref('s@x.example'), ids('a', 3), ['r@x.example'])],
		forecast: { reads: 0, writes: 12, planningReads: 500, seconds: 1.2 },
	};

	it('compares the forecast with what happened', () => {
		const applied = [
			...ids('a', 3).map((id) => member(id, 'add', 'applied')),
			member('r@x.example', 'remove', 'applied'),
		];
		expect(line(done(parts, [outcome(ref('s@x.example'), 'applied', applied)]))).toBe(
			'1 list changed, 3 agents added, 1 removed: 512 requests (as forecast), 50 s (about 51 s forecast)',
		);
	});

	it('counts incomplete changes apart from completed ones', () => {
		const mixed = [
			member('a0@x.example', 'add', 'applied'),
			member('a1@x.example', 'add', 'alreadyInPlace'),
			member('a2@x.example', 'add', 'failed'),
			member('r@x.example', 'remove', 'conflict'),
		];
		expect(line(done(parts, [outcome(ref('s@x.example'), 'conflict', mixed)], { status: 'partial' }))).toMatch(
			/^1 list changed, 1 agent added, 1 already in place, 1 failed, 1 in conflict: /,
		);
	});

	it('forecasts only the requests of applying for an earlier plan', () => {
		const input = { ...done(parts, [outcome(ref('s@x.example'), 'unchanged', [])]), operation: 'applyPlan' as const };
		expect(line(input)).toMatch(/512 requests \(12 forecast\)/);
	});

	it('says why it was refused, aborted or stopped', () => {
		const refused = done({}, [], {
			status: 'refused',
			plan: null,
			journal: null,
			reason: { code: 'emptySource', facts: {} },
		});
		expect(line(refused)).toBe(
			'Refused, nothing written: The source has no rows, so nothing was planned: an empty source never means ' +
				'"remove everybody". Check the export.',
		);
		const aborted = planned(parts);
		expect(
			line({
				...aborted,
				result: {
					...aborted.result,
					status: 'aborted',
					reason: {
						code: 'guards',
						facts: {
							breaches: [{ code: 'removalsTotal', facts: TOO_MANY.total, list: null }],
							canHold: true,
						},
					},
				},
			}),
		).toMatch(/^A guard would stop this run: 1 list to change, 3 agents to add, 1 to remove:/);
		const stopped = done(
			parts,
			[outcome(ref('s@x.example'), 'notAttempted', [member('a0@x.example', 'add', 'notAttempted')])],
			{
				status: 'stopped',
				reason: CANCELLED,
			},
		);
		expect(line(stopped)).toMatch(/^Stopped early \(The execution was cancelled\): nothing changed, 1 not attempted:/);
		const unread = done({}, [], {
			status: 'stopped',
			plan: null,
			journal: null,
			reason: CANCELLED,
		});
		expect(line(unread)).toMatch(/^Stopped early \(The execution was cancelled\), nothing written: \d+ requests?, /);
	});
});
