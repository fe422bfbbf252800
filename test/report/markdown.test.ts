import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MARKDOWN_CHARACTERS, markdownReport, viewRun } from '../../lib/report';
import { escapeMarkdown } from '../../lib/report/markdown';
import { done, mangled, member, outcome, planned, plannedList, ref, refused, rejectedRow } from './runs';

const manyLists = Array.from({ length: 300 }, (_, index) =>
	plannedList(ref(`supervisor.${index}@acme.example`), ['a@x'], []),
);

describe('Markdown report', () => {
	it('escapes what would become markup, and keeps a cell in its cell', () => {
		expect(escapeMarkdown('a|b `c` *d* [e](f) <g>\nh_i')).toBe('a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\<g\\> h\\_i');
		expect(escapeMarkdown('@channel see # 1')).toBe('@\u200Bchannel see \\# 1');
		expect(escapeMarkdown('- not a list')).toBe('\\- not a list');
		expect(escapeMarkdown('a\u202Eb\u0007')).toBe('ab');
		expect(escapeMarkdown('---')).toBe('\\---');
		expect(escapeMarkdown('12. no list either')).toBe('12\\. no list either');
		expect(escapeMarkdown('&lt; is no sign, R&D and & are')).toBe('\\&lt; is no sign, R\\&D and & are');
		const page = markdownReport(viewRun(planned({ lists: [plannedList(ref('a|b`@x', 'c|d@x'), ['m'], [])] })));
		expect(page).toContain('| a\\|b\\`@x in c\\|d@x | 1 | 0 | Planned |');
	});

	it('is cut at the stated size, and says how much was left out', () => {
		const page = markdownReport(viewRun(planned({ lists: manyLists })));
		expect(page.length).toBeLessThanOrEqual(MARKDOWN_CHARACTERS);
		const rows = page.match(/^\| supervisor/gm)?.length ?? 0;
		expect(rows).toBeGreaterThan(10);
		expect(page).toContain(`${300 - rows} more in the plan and the report.`);
	});

	it('never exceeds the given size, whatever its texts are', () => {
		const input = done(
			{ lists: manyLists },
			manyLists.map((list) => outcome(list.ref, 'failed', [member('a@x', 'add', 'failed', refused('No.'))])),
			{ status: 'partial' },
			{ rejected: [rejectedRow(2, {}, { problems: [mangled('m'.repeat(5000))] })] },
		);
		fc.assert(
			fc.property(fc.integer({ min: 50, max: 20_000 }), (size) => {
				expect(markdownReport(viewRun(input), size).length).toBeLessThanOrEqual(size);
			}),
		);
	});

	it('leaves nothing out if there is room', () => {
		const page = markdownReport(viewRun(planned({ lists: manyLists })), 100_000);
		expect(page.match(/^\| supervisor/gm)).toHaveLength(300);
		expect(page).not.toContain('more in the plan');
	});

	it('says how it ended once, then the figures, then what to do', () => {
		const [label, , figures, , title, , step] = markdownReport(
			viewRun(planned({ lists: manyLists.slice(0, 1) })),
		).split('\n');
		expect([label, title]).toEqual(['**Planned, nothing written**', '**What to do**']);
		expect(figures).toMatch(/^1 list to change, 1 agent to add:/);
		expect(step).toContain("enter its hash in 'Approved Plan Hash'.");
	});

	it('shows each row with its own message', () => {
		const rejected = [
			[12, '1.23E+11'],
			[34, '4.56E+10'],
		].map(([line, id]) => rejectedRow(Number(line), {}, { problems: [mangled(String(id))] }));
		const page = markdownReport(viewRun(planned({}, { rejected })));
		const advice = 'Format the column as text, enter the value again and export again.';
		expect(page).toContain(
			`- agent: "1.23E+11" is a value that a spreadsheet has changed. ${advice} (line 12)\n` +
				`- agent: "4.56E+10" is a value that a spreadsheet has changed. ${advice} (line 34)`,
		);
	});

	it('counts messages that it does not show in full, with their lines', () => {
		const rejected = [2, 3, 4, 5].map((line) => rejectedRow(line, {}, { problems: [mangled(`${line}E+11`)] }));
		expect(markdownReport(viewRun(planned({}, { rejected })))).toContain('- 2 more of the same kind (lines 4 and 5)');
	});

	it('escapes every character that a chat would act on', () => {
		const naughty = fc.array(
			fc.constantFrom(
				'|',
				'`',
				'*',
				'_',
				'[',
				']',
				'(',
				')',
				'<',
				'>',
				'#',
				'~',
				'{',
				'}',
				'\\',
				'\n',
				'@channel',
				'- ',
				'1. ',
				'x',
				' ',
			),
			{ minLength: 1, maxLength: 12 },
		);
		fc.assert(
			fc.property(naughty, (signs) => {
				const escaped = escapeMarkdown(signs.join(''));
				expect(escaped.replace(/\\[\\`*_{}[\]<>#|~.)+=-]/g, '')).not.toMatch(/[\\`*_{}[\]<>#|~\n]|@channel\b/);
			}),
		);
	});
});
