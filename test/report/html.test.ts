import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { htmlReport, viewRun } from '../../lib/report';
import { escapeHtml, html } from '../../lib/report/html/escape';
import { MOST } from '../../lib/report/html/sections';
import { done, finding, member, outcome, planned, plannedList, ref, rejectedRow } from './runs';

const ATTACK = `"><img src=x onerror=alert(1)><script>alert('2')</script>\`\${7*7}\u202Etxt`;

function attacked() {
	const where = ref(ATTACK, ATTACK);
	const lists = [plannedList(where, [ATTACK], [], { reason: ATTACK, held: [{ member: ATTACK, change: 'remove', code: ATTACK, reason: ATTACK }] })];
	const breach = { guard: 'removalsTotal' as const, list: null, measured: 1, limit: 0, message: ATTACK };
	return done(
		{ lists, breaches: [breach] },
		[outcome(where, 'failed', [member(ATTACK, 'add', 'failed', { code: ATTACK, message: ATTACK })], { message: ATTACK, foreign: { added: [ATTACK], removed: [ATTACK] } })],
		{ status: 'partial', reason: { code: 'x', message: ATTACK } },
		{ rejected: [rejectedRow(3, { [ATTACK]: ATTACK }, { message: ATTACK })], findings: [finding({ message: ATTACK })] },
	);
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

	it('escapes for text and attributes alike', () => {
		expect(escapeHtml(`<a b="c" d='e'>&\`\u0000`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;');
		expect(html`<p title="${'"'}">${['<', html`<b>${'>'}</b>`, null, 3]}</p>`.text).toBe('<p title="&quot;">&lt;<b>&gt;</b>3</p>');
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
		expect(page).toContain('prefers-color-scheme:dark');
		expect(page).toContain('@media print');
		expect(page).toContain('@media (max-width:640px)');
		expect(page).toContain('name="viewport"');
	});

	it('puts breaches on top, and names conflicts with what somebody else changed', () => {
		const page = htmlReport(viewRun(attacked()));
		expect(page.indexOf('<h2>Guards</h2>')).toBeGreaterThan(0);
		expect(page.indexOf('<h2>Guards</h2>')).toBeLessThan(page.indexOf('class="tiles"'));
		const touched = done({ lists: [plannedList(ref('s@x'), ['a@x'], [])] }, [
			outcome(ref('s@x'), 'conflict', [member('a@x', 'add', 'conflict', { message: 'Changed meanwhile.' })], { foreign: { added: ['new@x'], removed: ['gone@x'] } }),
		]);
		const text = htmlReport(viewRun(touched));
		expect(text).toContain('Changed by somebody else meanwhile');
		expect(text).toMatch(/added <code>new@x<\/code>.*removed <code>gone@x<\/code>/);
	});

	it('draws a bar of additions and one of removals for each call center', () => {
		const lists = [plannedList(ref('s@x', 'sales@cc'), ['a@x', 'b@x'], ['c@x']), plannedList(ref('t@x', 'sales@cc'), ['d@x'], [])];
		const page = htmlReport(viewRun(planned({ lists })));
		expect(page.match(/<rect/g)).toHaveLength(2);
		expect(page).toContain('>sales@cc</text>');
		expect(page).toContain('>+3</text>');
		expect(page).toContain('>−1</text>');
	});

	it('tells the same message once, with a count', () => {
		const rejected = Array.from({ length: 40 }, (_, index) => rejectedRow(index + 2, { supervisor: `s${index}@x` }));
		const page = htmlReport(viewRun(planned({}, { rejected })));
		expect(page).toContain('40 times:');
		expect(page).toContain('and 32 more');
	});

	it('compares forecast and what happened', () => {
		const page = htmlReport(viewRun(attacked()));
		expect(page).toContain('Forecast and what happened');
	});

	it('stays usable with thousands of lists, and says what it left out', () => {
		const lists = Array.from({ length: 5000 }, (_, index) =>
			plannedList(ref(`supervisor.${index}@acme.example`), Array.from({ length: 60 }, (_unused, k) => `agent.${k}@acme.example`), []),
		);
		const page = htmlReport(viewRun(planned({ lists })));
		expect(page.match(/<td data-sort="supervisor/g)).toHaveLength(MOST.lists);
		expect(page).toContain(`${(5000 - MOST.lists).toLocaleString('en-US')} more lists in the plan.`);
		expect(page).toContain(`${60 - MOST.membersPerList} more changes in the plan.`);
		expect(page.length).toBeLessThan(3_000_000);
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
});
