/** The headline of a report says what the counts show, for every way in which a run can end. */

import { describe, expect, it } from '@jest/globals';
import { htmlReport, markdownReport, summaryLine, viewRun, type ReportInput } from '../../lib/report';
import { headline } from '../../lib/report/headline';
import type { ListOutcome, MemberOutcome } from '../../lib/sync/documents/journal';
import { statusOf } from '../../lib/sync/apply';
import type { RunStatus } from '../../lib/sync/model';
import { CANCELLED, TOO_MANY, done, member, outcome, planned, plannedList, ref, refused, rejectedRow } from './runs';

type Word = MemberOutcome['outcome'];

const WORDS = ['applied', 'alreadyInPlace', 'failed', 'conflict', 'rejected', 'notAttempted'] as const;
const ROWS = (count: number) => Array.from({ length: count }, (_, index) => rejectedRow(index + 2, {}));
const STILL = { code: 'stillSupervised', facts: { agent: 'h@x' } } as const;

interface Counts extends Partial<Record<Word, number>> {
	readonly rows?: number;
	/** Removals. */
	readonly held?: number;
	readonly listsNotPlanned?: number;
	readonly unchanged?: number;
}

/** A run after writing, with so many changes of each outcome. */
function written(counts: Counts, status?: RunStatus): ReportInput {
	const members = WORDS.flatMap((word) =>
		Array.from({ length: counts[word] ?? 0 }, (_, index) =>
			member(`${word}${index}@x`, 'add', word, word === 'failed' ? refused('no') : undefined),
		),
	);
	const held = Array.from({ length: counts.held ?? 0 }, (_, index) => member(`h${index}@x`, 'remove', 'held', STILL));
	const all = [...members, ...held];
	const worst = (['failed', 'conflict', 'rejected', 'notAttempted', 'held', 'applied', 'alreadyInPlace'] as const).find(
		(word) => all.some((one) => one.outcome === word),
	);
	const missing = Array.from({ length: counts.listsNotPlanned ?? 0 }, (_, index) =>
		outcome(ref(`gone${index}@x`), 'failed', [], refused('missing')),
	);
	const outcomes: ListOutcome[] = [outcome(ref('s@x'), worst ?? 'unchanged', all), ...missing];
	const lists = [plannedList(ref('s@x'), ['a@x'], [])];
	const reason = status === 'stopped' ? CANCELLED : null;
	return done(
		{ lists },
		outcomes,
		{ status: status ?? statusOf(outcomes), reason },
		{ rejected: ROWS(counts.rows ?? 0) },
	);
}

/** A run that wrote nothing, because it was only a plan, or because there was nothing to write. */
function unwritten({ adds = 0, rows = 0, held = 0 }: { adds?: number; rows?: number; held?: number }): ReportInput {
	const members = Array.from({ length: adds }, (_, index) => `a${index}@x`);
	const all = Array.from({ length: held }, (_, index) => ({
		...{ member: `h${index}@x`, change: 'remove' as const, outcome: 'held' as const, lines: [] },
		...STILL,
	}));
	const lists = adds + held > 0 ? [plannedList(ref('s@x'), members, [], { held: all })] : [];
	const input = planned({ lists, unchanged: [ref('u@x')] }, { rejected: ROWS(rows) });
	return { ...input, result: { ...input.result, status: lists.length > 0 ? 'planned' : 'unchanged' } };
}

const said = (input: ReportInput) => headline(viewRun(input));

it.each<[Counts, string]>([
	[{ applied: 3 }, 'Applied'],
	[{ applied: 3, alreadyInPlace: 1 }, 'Applied'],
	[{ applied: 3, held: 2 }, 'Applied, 2 removals held'],
	[{ applied: 3, rows: 4 }, 'Applied, 4 rows rejected'],
	[{ applied: 3, failed: 1 }, 'Partly applied, 1 change failed'],
	[{ applied: 3, listsNotPlanned: 1 }, 'Partly applied, 1 list not planned'],
	[
		{ applied: 1, failed: 1, conflict: 2, rejected: 3, held: 4, notAttempted: 5, rows: 6 },
		'Partly applied, 1 change failed, 2 changes in conflict, 3 changes rejected',
	],
	[{ alreadyInPlace: 2 }, 'Already in place'],
	[{ alreadyInPlace: 2, failed: 1 }, 'Nothing applied, 1 change failed'],
	[{ failed: 2 }, 'Nothing applied, 2 changes failed'],
	[{ held: 1 }, 'Nothing applied, 1 removal held'],
	[{}, 'Nothing to change'],
	[{ rows: 4 }, 'Nothing to change, 4 rows rejected'],
])('after writing, %j: %s', (counts, expected) => expect(said(written(counts))).toBe(expected));

it.each<[Parameters<typeof unwritten>[0], string]>([
	[{}, 'Nothing to change'],
	[{ rows: 4 }, 'Nothing to change, 4 rows rejected'],
	[{ rows: 1 }, 'Nothing to change, 1 row rejected'],
	[{ held: 3 }, 'Nothing planned, 3 removals held'],
	[{ held: 3, rows: 1 }, 'Nothing planned, 3 removals held, 1 row rejected'],
	[{ adds: 2 }, 'Planned, nothing written'],
	[{ adds: 2, rows: 1 }, 'Planned, 1 row rejected'],
	[{ adds: 2, held: 1, rows: 1 }, 'Planned, 1 removal held, 1 row rejected'],
])('before writing, %j: %s', (counts, expected) => expect(said(unwritten(counts))).toBe(expected));

it.each<[RunStatus, ReportInput['operation'], string]>([
	['aborted', 'sync', 'Stopped by a guard, nothing written'],
	['aborted', 'applyPlan', 'Stopped by a guard, nothing written'],
	['aborted', 'plan', 'A guard would stop this run'],
	['refused', 'sync', 'Refused, nothing written'],
	['refused', 'plan', 'Refused, nothing planned'],
	['refused', 'export', 'Refused, nothing exported'],
	['failed', 'removeEverywhere', 'Failed, nothing written'],
	['failed', 'plan', 'Failed, nothing planned'],
	['stopped', 'rollBack', 'Stopped early, nothing written'],
	['stopped', 'plan', 'Stopped early, nothing planned'],
])('%s in %s: %s', (status, operation, expected) => {
	const input = unwritten({ adds: 1 });
	expect(said({ ...input, operation, result: { ...input.result, status } })).toBe(expected);
});

it('a run that was stopped while it wrote says what is left', () => {
	expect(said(written({ applied: 1, notAttempted: 4 }, 'stopped'))).toBe('Stopped early, 4 changes not attempted');
});

it('an export counts the lists that are missing in it', () => {
	const list = { ref: ref('s@x'), members: ['a@x'] };
	const of = (lists: Array<typeof list>): ReportInput => ({
		...done({}, [outcome(ref('gone@x'), 'failed', [], refused('missing'))], {
			...{ status: 'partial', plan: null, journal: null },
			exported: { kind: 'supervisedAgents', lists, nameOf: () => '' },
		}),
		operation: 'export',
	});
	expect(said(of([list]))).toBe('Exported, 1 list not exported');
	expect(said(of([]))).toBe('No lists exported, 1 list not exported');
});

/** Every combination of outcomes, with and without rejected rows, held removals and lost lists. */
function combinations(): Counts[] {
	const keys = [...WORDS, 'held', 'listsNotPlanned', 'rows'] as const;
	let all: Counts[] = [{}];
	for (const key of keys)
		all = all.flatMap((counts) => [0, key === 'applied' ? 2 : 1].map((n) => ({ ...counts, [key]: n })));
	return all;
}

describe('no headline claims what the counts deny', () => {
	const LEFT = ['failed', 'conflict', 'rejected', 'notAttempted', 'listsNotPlanned'] as const;
	const wants = (counts: Counts) => [...WORDS, 'held' as const].some((word) => (counts[word] ?? 0) > 0);

	it.each([...combinations()].map((counts) => [JSON.stringify(counts), counts] as const))('%s', (_, counts) => {
		const text = said(written(counts));
		const left = LEFT.some((word) => (counts[word] ?? 0) > 0);
		const [claim] = text.split(', ');
		expect(claim === 'Applied' || claim === 'Partly applied').toBe((counts.applied ?? 0) > 0);
		expect(claim === 'Partly applied').toBe((counts.applied ?? 0) > 0 && left);
		if (claim === 'Nothing to change') expect(wants(counts)).toBe(false);
		if (claim === 'Already in place') expect(left || (counts.held ?? 0) > 0).toBe(false);
		// Every figure in it is one of the counts, and at least the worst is shown.
		const figures = [...text.matchAll(/(\d+) (?:change|removal|list|row|thing)s? ([a-z ]+)/g)];
		const ofWord: Record<string, number | undefined> = {
			...{ failed: counts.failed, 'in conflict': counts.conflict, held: counts.held },
			...{ 'not attempted': counts.notAttempted, 'not planned': counts.listsNotPlanned },
		};
		for (const [whole, figure, word] of figures) {
			const expected = word === 'rejected' ? (whole.includes('row') ? counts.rows : counts.rejected) : ofWord[word];
			expect([whole, Number(figure)]).toEqual([whole, expected]);
		}
		const asides = [...LEFT, 'held' as const, 'rows' as const].filter((word) => (counts[word] ?? 0) > 0);
		expect(figures).toHaveLength(Math.min(3, asides.length));
	});
});

it('page, message and line of a run agree on how it ended', () => {
	const input = written({ applied: 1, rows: 4 });
	const view = viewRun(input);
	expect(htmlReport(view)).toContain('<h1>Applied, 4 rows rejected</h1>');
	expect(htmlReport(view)).toContain('<header class="warn">');
	expect(markdownReport(view)).toMatch(/^\*\*Applied, 4 rows rejected\*\*/);
	const aborted = unwritten({ adds: 1 });
	const breaches = [{ code: 'removalsTotal' as const, facts: TOO_MANY.total, list: null }];
	const reason = { code: 'guards' as const, facts: { breaches, canHold: true } };
	const stopped = viewRun({ ...aborted, result: { ...aborted.result, status: 'aborted', reason } });
	expect(summaryLine(stopped)).toMatch(/^A guard would stop this run: 1 list to change/);
});
