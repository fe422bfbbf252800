import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { htmlReport, markdownReport, viewRun } from '../../lib/report';
import { escapeHtml, html } from '../../lib/report/html/escape';
import { MOST } from '../../lib/report/html/most';
import { breachesOf } from '../../lib/sync/plan/guards';
import { STRICT, settings } from '../sync/world';
import { done, finding, member, outcome, planned, plannedList, ref, rejectedRow } from './runs';

const ATTACKS = `"><img src=x onerror=alert(1)><script>alert('2')</script>\`\${7*7}\u202Etxt`;

function attacked(ATTACK = ATTACKS) {
	const where = ref(ATTACK, ATTACK);
	const lists = [
		plannedList(where, [ATTACK], [], {
			reason: ATTACK,
			held: [{ member: ATTACK, change: 'remove', code: ATTACK, reason: ATTACK }],
		}),
	];
	const breach = { guard: 'removalsTotal' as const, list: null, measured: 1, limit: 0, message: ATTACK };
	return done(
		{ lists, breaches: [breach] },
		[
			outcome(where, 'failed', [member(ATTACK, 'add', 'failed', { code: ATTACK, message: ATTACK })], {
				message: ATTACK,
				foreign: { added: [ATTACK], removed: [ATTACK] },
			}),
		],
		{ status: 'partial', reason: { code: 'x', message: ATTACK } },
		{ rejected: [rejectedRow(3, { [ATTACK]: ATTACK }, { message: ATTACK })], findings: [finding({ message: ATTACK })] },
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
	it('escapes whatever it is given', () => {
		const page = htmlReport(viewRun(attacked()));
		expect(page).not.toContain('<img');
		expect(page.match(/<script/g)).toHaveLength(1);
		expect(page).not.toContain('\u202E');
		expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
		// No attribute was broken out of: outside tags' quotes no quotation mark of the attack is left.
		expect(page).not.toMatch(/data-sort="[^"]*"[^>\s/]/);
	});

	it('has the same tags whatever the texts in it are', () => {
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
			'<h1>Nothing applied, not all could be done</h1>',
			'class="tiles"',
			'<h2>What to do</h2>',
			'<h2>Guards</h2>',
			'<h2>Could not be done</h2>',
			'<h2>Lists</h2>',
		].map((part) => page.indexOf(part));
		expect(order).not.toContain(-1);
		expect(order).toEqual([...order].sort((a, b) => a - b));
	});

	it('names whom somebody else added and removed', () => {
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', { message: 'Changed meanwhile.' })], {
				foreign: { added: ['new@x'], removed: ['gone@x'] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).toMatch(/Changed by somebody else meanwhile.*added new@x; removed gone@x/);
	});

	it('does not name them a second time where the conflict does', () => {
		const message = 'Somebody else changed this list (added meanwhile: new@x).';
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', { message })], {
				foreign: { added: ['new@x'], removed: [] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).not.toContain('Changed by somebody else meanwhile');
	});

	it('keeps the guards to what fits a screen: each once, without repeating the way out', () => {
		const page = htmlReport(viewRun(breached(40)));
		expect(page).toContain('40 lists would lose too many members at once:');
		expect(page.match(/would go, over the limit of 3\./g)).toHaveLength(40);
		expect(page.split('<details>')[0].match(/would go, over the limit/g)).toHaveLength(MOST.breachesInSight);
		expect(page.match(/raise the limits per list/g)).toHaveLength(1);
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

	it('tells the same message once, with a count', () => {
		const rejected = Array.from({ length: 40 }, (_, index) =>
			rejectedRow(index + 2, { supervisor: `s${index}@x` }, { message: 'agent: There is no agent.' }),
		);
		const page = htmlReport(viewRun(planned({}, { rejected })));
		expect(page).toContain('40 times');
		expect(page).toContain('lines 2, 3, 4, 5, 6, 7, 8, 9 and 32 more');
	});

	it('says of each row and member what is true of it: its own value, its own line', () => {
		const message = (line: number, id: string) => `agent: "${id}" in line ${line} is no id.`;
		const bad = [
			[12, '1.23E+11'],
			[34, '4.56E+10'],
			[56, '7.89E+12'],
		] as const;
		const rejected = bad.map(([line, id]) => rejectedRow(line, { agent: id }, { message: message(line, id) }));
		const where = [ref('s@x', 'cc1'), ref('s@x', 'cc12')];
		const failed = where.map((list, index) =>
			outcome(list, 'failed', [
				member(`a${index}@x`, 'add', 'failed', {
					message: `The platform refused a${index}@x of supervisor s@x in call center cc12: error 400${index}.`,
					lines: [index + 2],
				}),
			]),
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
				`<li>agent: &quot;${id}&quot; in line ${line} is no id.<div class="soft">line ${line}</div></li>`,
			);
		// The list cc1 has its message in full: its name is only a part of the name in it.
		expect(page).toContain(
			'<li>The platform refused a0@x of supervisor s@x in call center cc12: error 4000.<div ' +
				'class="soft">s@x in cc1: +a0@x</div></li>',
		);
		expect(page).toContain(
			'<li>The platform refused a1@x of the list: error 4001.<div class="soft">s@x in cc12: +a1@x</div></li>',
		);
	});

	it('does not take a name for told because a longer one is', () => {
		const message = 'Somebody else changed this list (added meanwhile: jan@x).';
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', { message })], {
				foreign: { added: ['an@x'], removed: [] },
			}),
		]);
		expect(htmlReport(viewRun(touched))).toContain('added an@x');
	});

	it.each(['constructor', '__proto__', 'toString'])('takes the code %s of a document for a code', (code) => {
		const lists = [
			plannedList(ref('s@x'), [], [], {
				held: [{ member: 'h@x', change: 'remove', code, reason: 'Held for a reason.' }],
			}),
		];
		const view = viewRun(planned({ lists }));
		expect(htmlReport(view)).toContain('<li>Held for a reason.');
		expect(markdownReport(view)).toContain('- Held for a reason.');
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

	it('compares forecast and what happened', () => {
		expect(htmlReport(viewRun(attacked()))).toMatch(
			/<dt>Forecast<\/dt><dd>about 2 requests, .*<dt>Happened<\/dt><dd>512 requests, 50 s/,
		);
	});

	it('shows who is added and removed without a click, and counts what was done, not what was meant', () => {
		const lists = [
			plannedList(ref('s@x'), ['a@x', 'b@x'], [], {
				held: [{ member: 'h@x', change: 'remove', code: 'rejectedRow', reason: 'Held because of line 3.' }],
			}),
		];
		const page = htmlReport(
			viewRun(
				done({ lists }, [
					outcome(ref('s@x'), 'failed', [
						member('a@x', 'add', 'applied'),
						member('b@x', 'add', 'failed', { message: 'No.' }),
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

	it('stays usable with thousands of lists, and says what it left out', () => {
		const lists = Array.from({ length: 5000 }, (_, index) =>
			plannedList(
				ref(`supervisor.${index}@acme.example`),
				Array.from({ length: 60 }, (_unused, k) => `agent.${k}@acme.example`),
				[],
			),
		);
		const page = htmlReport(viewRun(planned({ lists })));
		expect(page.match(/<td data-sort="supervisor/g)).toHaveLength(MOST.lists);
		expect(page).toContain(
			`The first ${MOST.lists} of 5,000 lists, the worst on top; the other 4,500 are in the plan and in the ` +
				'output Changes.',
		);
		expect(page).toContain(`${60 - MOST.membersPerList} more changes in the plan.`);
		expect(page.length).toBeLessThan(3_000_000);
	});

	it(
		'says of a run that ended while it read that nothing was written, and not list by list what it did ' +
			'not come to',
		() => {
			const unread = ['s@x', 't@x'].map((id) => outcome(ref(id), 'notAttempted', [], { message: 'Cancelled.' }));
			const page = htmlReport(
				viewRun(
					done({}, unread, {
						status: 'stopped',
						plan: null,
						journal: null,
						reason: { code: 'cancelled', message: 'Cancelled.' },
					}),
				),
			);
			expect(page).toContain('<h1>Stopped early, nothing written</h1>');
			expect(page).toContain('The run did not come to 2 lists.');
			expect(page).not.toContain('<table');
			expect(page.match(/Cancelled\./g)).toHaveLength(1);
		},
	);

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

	it('asks for no approval of what a guard stopped or what is done already', () => {
		expect(htmlReport(viewRun(breached(1)))).not.toContain('To approve');
		expect(htmlReport(viewRun(attacked()))).not.toContain('To approve');
	});
});
