import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { htmlReport, markdownReport, rowsToCorrect, viewRun } from '../../lib/report';
import { LIMITS, escapeHtml, html } from '../../lib/report/html/markup';
import { fewForeign, NAMED_IN_AN_ISSUE } from '../../lib/sync';
import { escapeMarkdown } from '../../lib/report/markdown';
import { issueSchema, type Issue } from '../../lib/sync/model/issue';
import { breachesOf } from '../../lib/sync/plan/guards';
import { STRICT, settings } from '../sync/world';
import {
	CANCELLED,
	SHAPE,
	TOO_MANY,
	done,
	finding,
	mangled,
	member,
	outcome,
	planned,
	plannedList,
	ref,
	refused,
	rejectedRow,
	signInRefused,
} from './runs';

const ATTACKS = `"><img src=x onerror=alert(1)><script>alert('2')</script>\`\${7*7}\u202Etxt`;

function attacked(ATTACK = ATTACKS) {
	const where = ref(ATTACK, ATTACK);
	const lists = [
		plannedList(where, [ATTACK], [], {
			reason: { problem: 'replaceHindered', requests: 2, by: { problem: 'unseenMember', member: ATTACK } },
			held: [{ member: ATTACK, change: 'remove', code: 'stillSupervised', facts: { agent: ATTACK } }],
		}),
	];
	return done(
		{
			lists,
			breaches: [
				{ code: 'removalsTotal', facts: TOO_MANY.total, list: null },
				{ code: 'protectedMember', facts: { members: { first: [ATTACK], more: 0 } }, list: where },
			],
		},
		[
			outcome(where, 'failed', [member(ATTACK, 'add', 'failed', refused(ATTACK, ATTACK))], {
				...refused(`${ATTACK}!`, ATTACK),
				foreign: { added: [ATTACK], removed: [ATTACK] },
			}),
		],
		{ status: 'partial', reason: signInRefused(ATTACK) },
		{
			rejected: [rejectedRow(3, { [ATTACK]: ATTACK }, { problems: [mangled(ATTACK, ATTACK)] })],
			findings: [finding({ code: 'unknownColumn', facts: { name: ATTACK }, level: 'info' })],
		},
	);
}

/** A run that a guard stopped for so many lists. */
function breached(count: number) {
	const refs = Array.from({ length: count }, (_, index) => ref(`s${index}@x`));
	const guarded = refs.map((where) => ({
		ref: where,
		liveCount: 12,
		adds: new Map(),
		removes: new Map(['1', '2', '3', '4'].map((id) => [id, { member: id, lines: [] }])),
		prerequisite: false,
	}));
	const breaches = breachesOf(
		{ lists: guarded, unchanged: [], liveMembers: 10_000, source: null, named: { lists: 0, notShown: 0 } },
		settings({ limits: STRICT }),
	);
	const input = planned({
		breaches: breaches.filter(({ list }) => list !== null),
		verdict: 'abort',
		lists: refs.map((where) => plannedList(where, [], ['1', '2', '3', '4'])),
	});
	return { ...input, result: { ...input.result, status: 'aborted' as const } };
}

describe('HTML report', () => {
	it('escapes every text', () => {
		const page = htmlReport(viewRun(attacked()));
		expect(page).not.toContain('<img');
		expect(page.match(/<script/g)).toHaveLength(1);
		expect(page).not.toContain('\u202E');
		expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
		// No attribute was broken out of: outside tags' quotes no quotation mark of the attack is left.
		expect(page).not.toMatch(/data-sort="[^"]*"[^>\s/]/);
	});

	it('has the same tags, whatever its texts are', () => {
		const tags = (page: string) => [...page.matchAll(/<(\/?[a-z!][^\s>]*)[^>]*>/gi)].map(([, name]) => name);
		const plain = tags(htmlReport(viewRun(attacked('x'))));
		const markup = fc.array(
			fc.constantFrom(
				'<',
				'>',
				'"',
				"'",
				'`',
				'&',
				'=',
				'/',
				'a',
				' ',
				'<b>',
				'-->',
				'<!--',
				'</script>',
				'${x}',
				'\u0000',
				'\u202E',
			),
			{ maxLength: 10 },
		);
		fc.assert(
			fc.property(
				fc.oneof(
					markup.map((parts) => parts.join('')),
					fc.string({ unit: 'binary' }),
				),
				(text) => {
					expect(tags(htmlReport(viewRun(attacked(`x${text}x`))))).toEqual(plain);
				},
			),
		);
	});

	it('escapes for text and attributes alike', () => {
		expect(escapeHtml(`<a b="c" d='e'>&\`\u0000`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;');
		expect(html`<p title="${'"'}">${['<', html`<b>${'>'}</b>`, null, 3]}</p>`.text).toBe(
			'<p title="&quot;">&lt;<b>&gt;</b>3</p>',
		);
	});

	it('is self-contained and lets nothing but its own script run', () => {
		const page = htmlReport(viewRun(attacked()));
		expect(page).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\//i);
		expect(page).not.toMatch(/@import|url\(/i);
		const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
		expect(page).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
		expect(page).toContain("default-src 'none'");
	});

	it('is made for light, dark, paper and phone', () => {
		const page = htmlReport(viewRun(planned({})));
		expect(page).toContain('prefers-color-scheme: dark');
		expect(page).toContain('@media print');
		expect(page).toContain('@media (max-width: 640px)');
		expect(page).toContain('name="viewport"');
	});

	it('says first what happened, then the figures, then what to do, and only then why', () => {
		const page = htmlReport(viewRun(attacked()));
		const order = [
			'<h1>Nothing applied, ',
			'class="tiles"',
			'<h2>What to do</h2>',
			'<h2>Guards</h2>',
			'<h2>Could not be done</h2>',
			'<h2>Lists</h2>',
		].map((part) => page.indexOf(part));
		expect(order).not.toContain(-1);
		expect(order).toEqual([...order].sort((a, b) => a - b));
	});

	it('names the members whom others added and removed', () => {
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', { code: 'undoneMeanwhile', facts: {} })], {
				foreign: { added: ['new@x'], removed: ['gone@x'] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).toMatch(/Changed by others in the meantime.*added new@x; removed gone@x/);
	});

	it('does not name them twice if a conflict names them', () => {
		const issue: Issue = { code: 'overtaken', facts: { foreign: fewForeign({ added: ['new@x'], removed: [] }) } };
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', issue)], {
				foreign: { added: ['new@x'], removed: [] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).not.toContain('Changed by others in the meantime');
	});

	it('names all of them if a conflict names only the first ones', () => {
		const added = Array.from({ length: NAMED_IN_AN_ISSUE + 1 }, (_, index) => `new${index}@x`);
		const foreign = { added, removed: [] };
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(
				ref('s@x'),
				'conflict',
				[member('a@x', 'add', 'conflict', { code: 'overtaken', facts: { foreign: fewForeign(foreign) } })],
				{
					foreign,
				},
			),
		]);
		expect(htmlReport(viewRun(touched))).toMatch(/Changed by others in the meantime.*added new0@x.*new5@x/);
	});

	it('shows each guard once, on one screen, without repeating the advice', () => {
		const page = htmlReport(viewRun(breached(40)));
		expect(page).toContain('40 lists would lose too many members at once:');
		expect(page.match(/would be removed, over the limit of 3\./g)).toHaveLength(40);
		expect(page.split('<details>')[0].match(/would be removed, over the limit/g)).toHaveLength(LIMITS.breachesVisible);
		expect(page.match(/raise &#39;Maximum Removals per List/g)).toHaveLength(1);
	});

	it('names the limits that stopped an approved plan, which passed when it was planned', () => {
		const { result, source } = planned({});
		const breaches = breached(1).result.plan!.guards.breaches;
		const page = htmlReport(
			viewRun({ operation: 'applyPlan', source, result: { ...result, status: 'aborted', breaches } }),
		);
		expect(page).toContain('1 list would lose too many members at once:');
	});

	it('draws a bar of additions and one of removals for each call center, and none for nothing', () => {
		const lists = [
			plannedList(ref('s@x', 'sales@cc'), ['a@x', 'b@x'], ['c@x']),
			plannedList(ref('t@x', 'support@cc'), ['d@x'], []),
		];
		const bars = (page: string) =>
			[...page.matchAll(/<i class="(add|remove)" style="width:([\d.]+)%"/g)].map(
				([, kind, width]) => `${kind} ${width}`,
			);
		expect(bars(htmlReport(viewRun(planned({ lists }))))).toEqual(['add 100', 'remove 50', 'add 50']);
		const failed = lists.map((list) => outcome(list.ref, 'failed', [member('a@x', 'add', 'failed')]));
		expect(bars(htmlReport(viewRun(done({ lists }, failed))))).toEqual([]);
	});

	it('shows the same message once, with a count', () => {
		const rejected = Array.from({ length: 40 }, (_, index) => rejectedRow(index + 2, { supervisor: `s${index}@x` }));
		const page = htmlReport(viewRun(planned({}, { rejected })));
		expect(page).toContain('40 times');
		expect(page).toContain('lines 2, 3, 4, 5, 6, 7, 8, 9 and 32 more');
	});

	it('shows each row and member with its own value and line', () => {
		const bad = [
			[12, '1.23E+11'],
			[34, '4.56E+10'],
			[56, '7.89E+12'],
		] as const;
		const rejected = bad.map(([line, id]) => rejectedRow(line, { agent: id }, { problems: [mangled(id)] }));
		const where = [ref('s@x', 'cc1'), ref('s@x', 'cc12')];
		const gone = (index: number) =>
			({ code: 'missingList', facts: { problem: 'meanwhile', list: where[1], said: `Error 400${index}.` } }) as const;
		const failed = where.map((list, index) =>
			outcome(list, 'failed', [member(`a${index}@x`, 'add', 'failed', gone(index), [index + 2])]),
		);
		const page = htmlReport(
			viewRun(
				done(
					{ lists: where.map((list, index) => plannedList(list, [`a${index}@x`], [])) },
					failed,
					{ status: 'partial' },
					{ rejected },
				),
			),
		);
		for (const [line, id] of bad)
			expect(page).toContain(
				`<li>agent: &quot;${id}&quot; is a value that a spreadsheet has changed. Format the column as text, enter ` +
					`the value again and export again.<div class="soft">line ${line}</div></li>`,
			);
		// The list cc1 has its message in full: its name is only a part of the name in it.
		expect(page).toContain(
			'<li>Supervisor s@x in call center cc12 no longer exists on the platform. Error 4000.<div ' +
				'class="soft">s@x in cc1: +a0@x</div></li>',
		);
		expect(page).toContain(
			'<li>The list no longer exists on the platform. Error 4001.<div class="soft">s@x in cc12: ' + '+a1@x</div></li>',
		);
	});

	it('does not take a name for shown because a longer name contains it', () => {
		const issue: Issue = { code: 'overtaken', facts: { foreign: fewForeign({ added: ['jan@x'], removed: [] }) } };
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', issue)], {
				foreign: { added: ['an@x'], removed: [] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).toContain('added an@x');
	});

	it.each(['constructor', '__proto__', 'toString'])('reads the code %s of a document as a code', (code) => {
		expect(issueSchema.safeParse({ code, facts: {} }).success).toBe(false);
		const why = { code: 'joinableUnreadable', facts: { agent: code, said: null } } as const;
		const lists = [plannedList(ref('s@x'), ['a@x'], [], { held: [{ member: 'h@x', change: 'remove', ...why }] })];
		const failed = outcome(ref('s@x'), 'failed', [member('a@x', 'add', 'failed', refused('For a reason.', code))]);
		const view = viewRun(done({ lists }, [failed]));
		const page = htmlReport(view);
		const text = markdownReport(view);
		expect(page).toContain('<li>The platform refused this: For a reason.');
		expect(text).toContain('- The platform refused this: For a reason.');
		expect(page).toContain(`<li>The call centers that ${code} may join could not be read. Run again.`);
		expect(text).toContain(
			`- ${escapeMarkdown(`The call centers that ${code} may join could not be read. Run again.`)}`,
		);
		expect(rowsToCorrect(view, SHAPE)).toMatchObject([{ code }]);
	});

	it.each([
		[1, 'row rejected', 'rejected row'],
		[2, 'rows rejected', '2 rejected rows'],
	])('keeps singular and plural apart with %d', (count, tile, step) => {
		const lists = [plannedList(ref('s@x'), ['a@x', 'b@x'].slice(0, count), [])];
		const page = htmlReport(
			viewRun(
				planned({ lists }, { rejected: Array.from({ length: count }, (_, index) => rejectedRow(index + 2, {})) }),
			),
		);
		expect(page).toContain(`>${count}</b><span>${tile}<`);
		expect(page).toContain(`>${count}</b><span>${count === 1 ? 'agent' : 'agents'} to add<`);
		expect(page).toContain(`Correct the ${step} in the source`);
	});

	it('writes all points in time in one form, which its script turns into the zone of the reader', () => {
		const page = htmlReport(viewRun(planned({ lists: [plannedList(ref('s@x'), ['a@x'], [])] })));
		expect(page).toContain('until <time datetime="2026-11-23T23:00:00.000Z">23 Nov 2026, 23:00 UTC</time>');
		const text = page.replace(/<[^>]*>/g, ' ');
		expect(text.match(/2026/g)).toHaveLength(text.match(/23 Nov 2026, \d\d:\d\d UTC/g)!.length);
	});

	it('compares forecast and what happened', () => {
		expect(htmlReport(viewRun(attacked()))).toMatch(
			/<dt>Forecast<\/dt><dd>about 2 requests, .*<dt>Actual<\/dt><dd>512 requests, 50 s/,
		);
	});

	it('shows additions and removals without a click, and counts completed changes, not planned ones', () => {
		const lists = [
			plannedList(ref('s@x'), ['a@x', 'b@x'], [], {
				held: [{ member: 'h@x', change: 'remove', code: 'stillSupervised', facts: { agent: 'h@x' } }],
			}),
		];
		const page = htmlReport(
			viewRun(
				done({ lists }, [
					outcome(ref('s@x'), 'failed', [
						member('a@x', 'add', 'applied'),
						member('b@x', 'add', 'failed', refused('No.')),
					]),
				]),
			),
		);
		expect(page).toMatch(
			/b@x<\/bdi> <span class="badge bad">Failed.*h@x<\/bdi> <span class="badge warn">Held.*a@x<\/bdi>/,
		);
		expect(page).toContain('<td class="n add" data-sort="1"');
		expect(page).toContain('1 of 3 done');
	});

	it('stays usable with thousands of lists, and says what it leaves out', () => {
		const lists = Array.from({ length: 5000 }, (_, index) =>
			plannedList(
				ref(`supervisor.${index}@acme.example`),
				Array.from({ length: 60 }, (_unused, k) => `agent.${k}@acme.example`),
				[],
			),
		);
		const page = htmlReport(viewRun(planned({ lists })));
		expect(page.match(/<td data-sort="supervisor/g)).toHaveLength(LIMITS.lists);
		expect(page).toContain(
			`The first ${LIMITS.lists} of 5,000 lists, the worst on top; the other 4,500 are in the plan and in the ` +
				'output Changes.',
		);
		expect(page).toContain(`${60 - LIMITS.membersPerList} more changes in the plan.`);
		expect(page.length).toBeLessThan(3_000_000);
	});

	it('says once that a run that ended while reading wrote nothing, and does not repeat it for each list', () => {
		const unread = ['s@x', 't@x'].map((id) => outcome(ref(id), 'notAttempted', [], CANCELLED));
		const page = htmlReport(
			viewRun(
				done({}, unread, {
					status: 'stopped',
					plan: null,
					journal: null,
					reason: CANCELLED,
				}),
			),
		);
		expect(page).toContain('<h1>Stopped early, nothing written</h1>');
		expect(page).toContain('The run did not reach 2 lists.');
		expect(page).not.toContain('<table');
		expect(page.match(/The execution was cancelled\./g)).toHaveLength(1);
	});

	it('leaves out user and password of a base URL', () => {
		const input = planned({});
		const plan = { ...input.result.plan!, platform: 'https://joe:hunter2@apio.example/api/v1?token=abc' };
		const page = htmlReport(viewRun({ ...input, result: { ...input.result, plan } }));
		expect(page).toContain('https://apio.example/api/v1');
		expect(page).not.toMatch(/hunter2|token=abc/);
	});

	it('says what is needed to approve the plan', () => {
		const page = htmlReport(viewRun(planned({ lists: [plannedList(ref('s@x'), [], ['a@x', 'b@x'])] })));
		expect(page).toContain('a'.repeat(64));
		expect(page).toContain('the plan hash and 2 removals');
	});

	it('asks for no approval of a stopped or a completed run', () => {
		expect(htmlReport(viewRun(breached(1)))).not.toContain('To approve');
		expect(htmlReport(viewRun(attacked()))).not.toContain('To approve');
	});
});
