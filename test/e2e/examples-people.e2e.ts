/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the page with the command */
/** The examples that people and systems call, each twice: webhooks of HR, the approval form, the AI agent. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../tools/n8n';
import { EXAMPLE_HR_FILES, type Mail } from '../../simulator';
import { FormVisitor } from './support/form-visitor';
import { startScriptedModel, type Answer, type ScriptedModel } from './support/scripted-model';
import { twice, useExamples } from './support/use-examples';

const examples = useExamples();
const BEFORE = ['els.maes', 'jan.peeters', 'koen.jacobs'];

/** n8n answers a link in a mail only to what does not look like a program that previews mails. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const PATIENCE_MS = 30_000;

interface HrAnswer {
	readonly status: number;
	readonly body: {
		readonly status: string;
		readonly outcome: string;
		readonly rejected: ReadonlyArray<{ readonly message: string }>;
		readonly notices?: readonly string[];
	};
}

/** What the page's command posts. */
function postedByCurl(page: string): unknown {
	const [, json] = /```sh\ncurl [^`]*-d '([^']*)'/.exec(readFileSync(join(REPOSITORY, page), 'utf8')) ?? [];
	return JSON.parse(json);
}

async function post(path: string, body: unknown): Promise<HrAnswer> {
	const answer = await fetch(`${examples().n8n.baseUrl}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: answer.status, body: (await answer.json()) as HrAnswer['body'] };
}

async function follow({ html }: Mail, label: 'Approve' | 'Decline'): Promise<void> {
	const links = [...html.matchAll(/<a[^>]*href="([^"]*)"[^>]*>([^<]*)</g)];
	const [, address] = links.find(([, , words]) => words.trim() === label) ?? [];
	const press = async () => await fetch(String(address).replace(/&amp;/g, '&'), { headers: { 'user-agent': BROWSER } });
	// The mail is there a moment before its execution waits for the answer: until then n8n answers with an error.
	const deadline = Date.now() + PATIENCE_MS;
	let answer = await press();
	while (!answer.ok && Date.now() < deadline) answer = await press();
	expect(await answer.text()).toContain('Got it, thanks');
}

describe('onboarding by webhook', () => {
	const newHire = postedByCurl('examples/README.md') as { rows: Array<Record<string, string>> };
	const [mia] = newHire.rows;

	test('the agent is in the call center and under the supervisor; the same again changes nothing', async () => {
		const { id } = await examples().activate('new-hire-webhook');
		const answers = [await post('apio-new-hire', newHire), await post('apio-new-hire', newHire)];
		expect(answers.map(({ status, body }) => [status, body.status, body.rejected])).toEqual([
			[200, 'applied', []],
			[200, 'unchanged', []],
		]);
		expect(examples().supervised('an.claes', 'sales')).toEqual([...BEFORE, 'mia.janssens']);
		expect(examples().callCentersOf('mia.janssens')).toEqual(['sales']);
		await examples().n8n.rest.deactivate(id);
	});

	test('an empty, a wrong and a refused request are answered with their reasons, and change nothing', async () => {
		const { id } = await examples().activate('new-hire-webhook');
		const reception = { ...mia, 'call center': 'Reception', supervisor: 'bart.devos@acme.example' };
		const cases: Array<[body: unknown, status: number, reason: RegExp]> = [
			[{}, 422, /"rows", a list of at least one row/],
			[{ rows: [] }, 422, /"rows", a list of at least one row/],
			[[mia], 422, /"rows", a list of at least one row/],
			[{ rows: [{ ...mia, agent: '' }, 5] }, 422, /rows\[0\]: "agent" is missing.*rows\[1\]: "supervisor" is missing/],
			[{ rows: [{ ...mia, agent: 'nobody@acme.example' }] }, 422, /has the email address "nobody@acme\.example"/],
			[{ rows: [{ ...mia, 'call center': 'Salez' }] }, 422, /Salez/],
			[{ rows: [reception] }, 409, /may not join call center reception/],
			[{ rows: [{ ...mia, supervisor: 'bart.devos@acme.example' }] }, 409, /not a supervisor of call center/],
		];
		for (const [body, status, reason] of cases) {
			const answer = await post('apio-new-hire', body);
			expect([body, answer.status]).toEqual([body, status]);
			expect(answer.body.rejected.map(({ message }) => message).join(' ')).toMatch(reason);
		}
		expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);
		await examples().n8n.rest.deactivate(id);
	});
});

describe('offboarding by webhook', () => {
	const leavers = (...names: string[]) => ({ rows: names.map((name) => ({ agent: `${name}@acme.example` })) });

	test('one leaver is gone at once; the same again finds nothing', async () => {
		const { id } = await examples().activate('leaver-webhook');
		const first = await post('apio-leaver', leavers('koen.jacobs'));
		expect([first.status, first.body.outcome]).toEqual([200, expect.stringMatching(/^1 person left 1 list/)]);
		expect(first.body.notices?.join()).toContain('read only the lists of the 2 named supervisors');
		expect(first.body.notices?.join()).not.toContain('/tenants/');
		expect(examples().supervised('an.claes', 'sales')).toEqual(['els.maes', 'jan.peeters']);
		expect(examples().callCentersOf('koen.jacobs')).toEqual([]);
		const again = await post('apio-leaver', leavers('koen.jacobs'));
		expect([again.status, again.body.outcome]).toEqual([200, expect.stringMatching(/^nobody to remove/)]);
		for (const body of [{}, { rows: [{ agent: ' ' }] }, leavers('nobody')]) {
			const wrong = await post('apio-leaver', body);
			expect([wrong.status, wrong.body.rejected.length]).toEqual([422, 1]);
		}
		expect(examples().exampleServers.mails).toHaveLength(0);
		await examples().n8n.rest.deactivate(id);
	});

	test('several leavers wait for an approval by mail that names them; a second mail has the outcome', async () => {
		const { id } = await examples().activate('leaver-webhook');
		const several = leavers('jan.peeters', 'els.maes', 'sofie.mertens');
		expect((await post('apio-leaver', several)).status).toBe(202);
		const asked = await examples().mail(1);
		expect(asked.subject).toBe('Leavers: 6 removals to approve');
		expect(asked.html).toContain('Jan Peeters leaves An Claes in Sales');
		await follow(asked, 'Decline');
		const declined = await examples().mail(2);
		expect(declined.subject).toContain('not approved, nothing was changed');
		expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);

		expect((await post('apio-leaver', several)).status).toBe(202);
		await follow(await examples().mail(3), 'Approve');
		const outcome = await examples().mail(4);
		expect(outcome.subject).toMatch(/^Leavers: 3 people left 2 lists of supervisors and 3 call centers/);
		expect(outcome.text).toContain('Els Maes leaves An Claes in Sales');
		expect(examples().supervised('an.claes', 'sales')).toEqual(['koen.jacobs']);
		expect(examples().callCentersOf('sofie.mertens')).toEqual([]);
		await examples().n8n.rest.deactivate(id);
	});
});

describe('plan, approve, apply, roll back', () => {
	const FILE = EXAMPLE_HR_FILES.acme_brussels;
	const AFTER = ['els.maes', 'jan.peeters', 'mia.janssens', 'tom.wouters'];

	async function plan(content: string) {
		const visitor = new FormVisitor();
		await visitor.open(`${examples().n8n.baseUrl}/form/apio-plan`);
		return { visitor, page: await visitor.submit({ 'CSV file': { name: 'hr.csv', content } }) };
	}

	async function approve(removals: string, decision = 'Approve') {
		const { visitor, page } = await plan(FILE);
		expect(page.text).toMatch(
			/An Claes in Sales Add: Mia Janssens, Tom Wouters Remove: Koen Jacobs Bart Devos in Help Desk Add: Koen Jacobs/,
		);
		expect(page.text).toContain('Call centers of Mia Janssens Add: Sales Line 9: E-mail: "#N/A"');
		expect(page.text).toContain('Number of removals: 1');
		return { visitor, page: await visitor.submit({ Decision: decision, 'Number of removals': removals }) };
	}

	test('shows additions and removals, and ends on a page with the outcome', async () => {
		const { id } = await examples().activate('plan-approve-apply');
		await twice(async () => {
			const declined = await approve('0', 'Decline');
			expect([declined.page.ended, declined.page.text]).toEqual([
				'success',
				expect.stringContaining('Declined Nothing was written'),
			]);
			const wrong = await approve('7');
			expect(wrong.page.text).toMatch(/Nothing was written The plan makes 1 removal, but 7 were approved/);
			expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);

			const applied = await approve('1');
			expect(applied.page.text).toMatch(
				/^Applied 2 lists changed.*An Claes in Sales Added: Mia Janssens, Tom Wouters Removed: Koen Jacobs/,
			);
			expect(examples().supervised('an.claes', 'sales')).toEqual(AFTER);
			const back = await applied.visitor.submit({ Decision: 'Roll back' });
			expect([back.ended, back.text]).toEqual(['success', expect.stringContaining('Rolled back 2 lists changed')]);
			expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);
			expect(examples().callCentersOf('mia.janssens')).toEqual([]);
		});
		const kept = await (await approve('1')).visitor.submit({ Decision: 'Keep' });
		expect([kept.ended, kept.text]).toEqual(['success', expect.stringContaining('Kept 2 lists changed')]);
		expect(examples().supervised('an.claes', 'sales')).toEqual(AFTER);
		await examples().n8n.rest.deactivate(id);
	});

	test('says why there is nothing to approve', async () => {
		const { id } = await examples().activate('plan-approve-apply');
		const [header, row] = FILE.split('\r\n');
		const cases: Array<[content: string, words: RegExp]> = [
			[`${header}\r\n${row}`, /A guard stopped the plan .*Too many removals: 2 of its 3 agents/],
			['%PDF-1.7', /The file cannot be planned The file is a PDF/],
			['', /The file cannot be planned The file is empty/],
			[
				FILE.replace(/^.*(Koen|Tom|Mia|#N).*\r\n/gm, '').replace(
					/(jan.*)/,
					'$1\r\nan.claes@acme.example;koen.jacobs@acme.example;;Sales',
				),
				/Nothing to change/,
			],
		];
		for (const [content, words] of cases) {
			const { page } = await plan(content);
			expect([page.ended, page.text]).toEqual(['success', expect.stringMatching(words)]);
		}
		expect(examples().simulator.stats().appliedWrites).toBe(0);
		await examples().n8n.rest.deactivate(id);
	});
});

describe('an AI agent', () => {
	const row = { supervisor: 'An Claes', 'call center': 'Sales', agent: 'Tom Wouters' };
	const rows = (...all: object[]) => ({ rows: JSON.stringify(all) });

	let model: ScriptedModel;
	beforeAll(async () => {
		model = await startScriptedModel();
	});
	afterAll(async () => await model.stop());

	test('finds people by name, hears why it is refused, and adds nobody before a person approves', async () => {
		const apiKey = ['no', 'key'].join('-');
		await examples().choose({ name: 'Model', type: 'openAiApi', data: { apiKey, url: model.url, header: false } });
		const { id } = await examples().import('ai-agent-tools');
		const { rest } = examples().n8n;
		const start = async (...script: Answer[]) => {
			model.script.splice(0, Infinity, ...script, { say: 'Done.' });
			return await rest.start(id, 'Chat', { chatInput: 'Go on.', sessionId: '1', action: 'sendMessage' });
		};
		const ask = async (tool: string, values: object) => {
			const done = await rest.waitFor(await start({ tool, arguments: values }));
			expect([done.error, done.runs['AI Agent'].at(-1)?.outputs[0]?.[0].json.output]).toEqual([null, 'Done.']);
			return model.lastToolResult();
		};

		for (const n of [0, 1]) {
			examples().simulator.reset();
			const seen = await ask('See_Supervised_Agents', { supervisor: 'Claes An', call_center: 'sales' });
			for (const name of ['Peeters', 'Maes', 'Jacobs']) expect(seen).toContain(name);
			expect(await ask('See_Agent', { agent: 'Jan Peeters' })).toContain('sales@voice.acme.example');
			expect(await ask('See_Agent', { agent: 'Nobody Here' })).toContain('names no user of the group acme_brussels');
			expect(await ask('Plan_Changes', rows(row))).toContain('1 agent to add');
			expect(await ask('Plan_Changes', rows({ ...row, 'call center': 'Salez' }))).toMatch(/Line 1: .*Salez/);

			const add = { tool: 'Add_Agents', arguments: { toolParameters: rows(row), hitlParameters: {} } };
			const declined = await start(add);
			const mail = await examples().mail(2 * n + 1);
			expect(mail.html).toContain('Tom Wouters');
			expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);
			await follow(mail, 'Decline');
			expect((await rest.waitFor(declined)).error).toBeNull();
			expect(model.lastToolResult()).toContain('rejected');
			expect(examples().supervised('an.claes', 'sales')).toEqual(BEFORE);

			const approved = await start(add);
			await follow(await examples().mail(2 * n + 2), 'Approve');
			expect((await rest.waitFor(approved)).error).toBeNull();
			expect(model.lastToolResult()).toContain('1 agent added');
			expect(examples().supervised('an.claes', 'sales')).toEqual([...BEFORE, 'tom.wouters'].sort());
		}
	});
});
