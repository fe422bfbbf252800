import { describe, expect, it } from '@jest/globals';
import { viewRun } from '../../lib/report';
import { firstMessages, groupByKind, locationsText, type Occurrence } from '../../lib/report/group-by-kind';
import { findingsOf, heldOf, rejectedRowsOf, problemsOf } from '../../lib/report/problems';
import type { Issue } from '../../lib/sync/model/issue';
import { TOO_MANY, done, finding, mangled, member, outcome, plannedList, ref, refused, rejectedRow } from './runs';

const at = (where: Occurrence['where'], what: string | null = null, kind = 'x'): Occurrence => ({
	kind,
	message: 'No.',
	where,
	what,
});

function text(...occurrences: Occurrence[]): string {
	return locationsText(groupByKind(occurrences)[0].messages[0], 2);
}

describe('places of one message', () => {
	it('are lines, in singular and plural', () => {
		expect(text(at(7))).toBe('line 7');
		expect(text(at(7), at(9))).toBe('lines 7 and 9');
		expect(text(at(7), at(9), at(12))).toBe('lines 7, 9 and 1 more');
	});

	it('name a list once, however many of its members they mean', () => {
		expect(text(at('s@x in c@x', '+a@x'), at('s@x in c@x', '+b@x'), at('t@x in c@x', '−d@x'))).toBe(
			's@x in c@x: +a@x and +b@x; t@x in c@x: −d@x',
		);
	});

	it('are left out if the message names them itself', () => {
		expect(text(at(null))).toBe('');
	});

	it('are counted by kind, not by place', () => {
		const groups = groupByKind([at('t@x', '+c@x', 'else'), at('s@x', '+a@x'), at('s@x', '+b@x')]);
		expect(groups.map(({ count }) => count)).toEqual([2, 1]);
	});
});

describe('sentences of one kind', () => {
	const value = (line: number, id: string, kind = 'mangledId spreadsheet'): Occurrence => ({
		kind,
		message: `agent: "${id}" is no id (line ${line}).`,
		where: line,
		what: null,
	});
	const all = [value(3, '1.2E+11'), value(7, '4.5E+10'), value(9, '#N/A'), value(12, '#REF!')];

	it('stand together, each with its own value and line', () => {
		const groups = groupByKind(all);
		expect(groups).toHaveLength(1);
		expect(groups[0].count).toBe(4);
		expect(groups[0].messages.map((message) => `${message.text} ${locationsText(message, 5)}`)).toEqual([
			'agent: "1.2E+11" is no id (line 3). line 3',
			'agent: "4.5E+10" is no id (line 7). line 7',
			'agent: "#N/A" is no id (line 9). line 9',
			'agent: "#REF!" is no id (line 12). line 12',
		]);
	});

	it('stand apart from those of another kind, even with the same words', () => {
		const groups = groupByKind([...all, value(14, '1.2E+11', 'mangledId placeholder')]);
		expect(groups.map(({ count, messages }) => [count, messages.length])).toEqual([
			[4, 4],
			[1, 1],
		]);
	});

	it('are shown up to a limit, the others only as places', () => {
		const { first, others } = firstMessages(groupByKind(all)[0], 2);
		expect(first.map(({ text }) => text)).toEqual([all[0].message, all[1].message]);
		expect(others?.count).toBe(2);
		expect(locationsText(others!, 5)).toBe('lines 9 and 12');
		expect(firstMessages(groupByKind(all)[0], 3).others).toBeNull();
	});

	it('are shown once if they are equal', () => {
		const [{ messages }] = groupByKind([at(3), at(9)]);
		expect(messages).toMatchObject([{ text: 'No.', count: 2 }]);
	});
});

describe('of one kind are', () => {
	const held = (...issues: Issue[]) => {
		const all = issues.map((issue, index) => ({ member: `m${index}@x`, change: 'remove' as const, ...issue }));
		return heldOf(viewRun(done({ lists: [plannedList(ref('s@x'), ['a@x'], [], { held: all })] }, [])));
	};
	const failed = (...issues: Array<Issue | undefined>) => {
		const members = issues.map((issue, index) => member(`m${index}@x`, 'add', 'failed', issue));
		return problemsOf(viewRun(done({}, [outcome(ref('s@x'), 'failed', members)])), ['failed']);
	};
	const counts = (occurrences: readonly Occurrence[]) => groupByKind(occurrences).map(({ count }) => count);
	const blankRow = (line: number) => rejectedRow(line, {});

	it('rows with the same problems, whatever their values, and no others', () => {
		const rejected = [
			rejectedRow(2, {}, { problems: [mangled('1.2E+11')] }),
			rejectedRow(3, {}, { problems: [mangled('#N/A')] }),
			rejectedRow(4, {}, { problems: [{ ...mangled('none'), facts: { problem: 'placeholder', value: 'none' } }] }),
			blankRow(5),
			rejectedRow(6, {}, { problems: [mangled('#N/A'), ...blankRow(6).problems] }),
		];
		expect(counts(rejectedRowsOf(viewRun(done({}, [], {}, { rejected }))))).toEqual([2, 1, 1, 1]);
	});

	it('refusals with the same code of the platform, whatever it says', () => {
		expect(counts(failed(refused('No a@x.'), refused('No b@x.'), refused('No a@x.', 'apio-3'), undefined))).toEqual([
			2, 1, 1,
		]);
	});

	it('changes held for the same cause, whatever the lines and members', () => {
		const cause = (...problems: Parameters<typeof mangled>) => ({ problems: [mangled(...problems)], moreProblems: 0 });
		const row = (line: number, means: 'list' | 'member', value: string): Issue => {
			return { code: 'rowNotCarriedOut', facts: { lines: { first: [line], more: 0 }, means, cause: cause(value) } };
		};
		const silent: Issue = {
			code: 'rowNotCarriedOut',
			facts: {
				lines: { first: [9], more: 0 },
				means: 'list',
				cause: { issue: { code: 'actionMissing', facts: { line: 9 } } },
			},
		};
		const all = held(row(3, 'list', '1.2E+11'), row(4, 'list', '#N/A'), row(5, 'member', '#N/A'), silent);
		expect(counts(all)).toEqual([2, 1, 1]);
	});

	it('changes held by the same guard, in short', () => {
		const guard: Issue = { code: 'removalsPerList', facts: TOO_MANY.list };
		const other: Issue = { code: 'removalsPerList', facts: { ...TOO_MANY.list, removals: 5 } };
		const [{ messages, count }] = groupByKind(held(guard, other));
		expect([count, messages.map(({ text: message }) => message)]).toEqual([2, ['Too many removals on the list.']]);
	});

	it('findings of one code', () => {
		const findings = [
			finding({ code: 'unknownColumn', facts: { name: 'phone' } }),
			finding(),
			finding({ code: 'unknownColumn', facts: { name: 'note' } }),
		];
		expect(counts(findingsOf(viewRun(done({}, [], {}, { findings }))))).toEqual([2, 1]);
	});
});
