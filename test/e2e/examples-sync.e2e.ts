/** The examples of scheduled syncs, each twice: HR's file by every way, the alert, corrected rows, many groups. */

import { expect, test } from '@jest/globals';
import { EXAMPLE_HR_FILES } from '../../simulator';
import type { Mail } from '../../simulator';
import { startMailbox } from '../../tools/n8n';
import { FormVisitor } from './support/form-visitor';
import { startSftpServer } from './support/sftp-server';
import { twice, useExamples, type Imported } from './support/use-examples';

const examples = useExamples();
const HR_FILE = EXAMPLE_HR_FILES.acme_brussels;
/** Whom the file leaves under each supervisor. */
const SALES = ['els.maes', 'jan.peeters', 'mia.janssens', 'tom.wouters'];
const HELP_DESK = ['koen.jacobs', 'lien.desmet', 'sofie.mertens'];
const BY_CHAT = { assignments: { assignments: [] as object[] } };

function expectSynced(): void {
	expect(examples().supervised('an.claes', 'sales')).toEqual(SALES);
	expect(examples().supervised('bart.devos', 'helpdesk')).toEqual(HELP_DESK);
	expect(examples().callCentersOf('mia.janssens')).toEqual(['sales']);
}

function attachment({ attachments }: Mail, name: string): string {
	const [found] = attachments.filter(({ fileName }) => fileName === name);
	return found?.content.toString('utf8') ?? `(none of ${attachments.map(({ fileName }) => fileName).join(', ')})`;
}

async function upload(path: string, field: string, content: string) {
	const visitor = new FormVisitor();
	await visitor.open(`${examples().n8n.baseUrl}/form/${path}`);
	return await visitor.submit({ [field]: { name: 'hr.csv', content } });
}

/** The report of the first run, and of the second, which changes nothing and has a row to correct all the same. */
async function expectReports(): Promise<void> {
	const first = await examples().mail(1);
	expect(first.to).toBe('telephony@acme.example');
	expect(first.subject).toMatch(/^Call center sync: 2 lists changed, 3 agents added, 1 removed/);
	expect(attachment(first, 'apio-sync-report.html')).toContain('Mia Janssens');
	expect(attachment(first, 'apio-sync-journal.json')).toContain('n8n-nodes-apio/journal');
	const second = await examples().mail(2);
	expect(second.subject).toMatch(/^Call center sync: nothing to change/);
	for (const mail of [first, second]) {
		expect(mail.text).toMatch(/Line 9: E-mail: "#N\/A"/);
		expect(attachment(mail, 'apio-sync-rejected-rows.csv')).toContain('Noor Aerts');
	}
}

test('nightly sync by HTTP: mails when something changed, and as long as a row has to be corrected', async () => {
	await twice(async () => {
		expect((await examples().run('nightly-sync', 'Every Night')).error).toBeNull();
	});
	expectSynced();
	await expectReports();
	const { hrFiles, mails } = examples().exampleServers;
	hrFiles.acme_brussels = HR_FILE.replace(/.*#N\/A.*\r\n/, '');
	expect((await examples().run('nightly-sync', 'Every Night')).error).toBeNull();
	expect(mails).toHaveLength(2);
});

test('nightly sync, reported in the chat', async () => {
	const tellBy = { ...BY_CHAT };
	const workflow = await examples().import('nightly-sync');
	const stored = await examples().n8n.rest.call<{ nodes: Array<{ name: string; parameters: typeof BY_CHAT }> }>(
		'GET',
		`/rest/workflows/${workflow.id}`,
	);
	const where = stored.nodes.find(({ name }) => name === 'Where to Tell')!.parameters;
	tellBy.assignments = {
		assignments: where.assignments.assignments.map((field) =>
			(field as { name: string }).name === 'tellBy' ? { ...field, value: 'chat' } : field,
		),
	};
	const parameters = { 'Where to Tell': { ...where, ...tellBy } };
	await twice(async () => {
		expect((await examples().run('nightly-sync', 'Every Night', { parameters })).error).toBeNull();
	});
	expectSynced();
	const { chat, mails } = examples().exampleServers;
	expect(chat.map(({ text }) => String(text).split('\n')[0])).toEqual([
		'**Applied, 1 row rejected**',
		'**Nothing to change, 1 row rejected**',
	]);
	expect(mails).toHaveLength(0);
});

test('nightly sync by form, and the alert when a guard stops a broken file', async () => {
	const alert = await examples().activate('sync-alert');
	const nightly = await examples().activate('nightly-sync', { settings: { errorWorkflow: alert.id } });
	await twice(async (run) => {
		const page = await upload('apio-hr-file', 'HR file', HR_FILE);
		expect(page.text).toBe('The file was received. The report comes by mail.');
		await examples().mail(run);
	});
	expectSynced();
	await expectReports();
	await twice(async (run) => {
		await upload('apio-hr-file', 'HR file', HR_FILE.split('\r\n').slice(0, 2).join('\r\n'));
		const mail = await examples().mail(run + 2);
		expect(mail.subject).toBe('Stopped: APIO: nightly sync from the HR export');
		expect(mail.text).toContain('Guards stopped the run before the first write');
		expect(mail.text).toContain('The source shrank: 1 row against 7');
		expect(mail.text).toContain(`/workflow/${nightly.id}/executions/`);
	});
	expectSynced();
	await deactivate(nightly, alert);
});

async function deactivate(...workflows: readonly Imported[]): Promise<void> {
	for (const { id } of workflows) await examples().n8n.rest.deactivate(id);
}

test('nightly sync by SFTP', async () => {
	const server = await startSftpServer('/export/call-center-agents.csv', () => Buffer.from(HR_FILE));
	const data = { host: '127.0.0.1', port: server.port, username: 'n8n', password: 'any' };
	await examples().choose({ name: 'HR', type: 'sftp', data });
	const lane = { enable: ['Every Night by SFTP', 'HR Export by SFTP'], disable: ['Every Night'] };
	try {
		await twice(async () => {
			expect((await examples().run('nightly-sync', 'Every Night by SFTP', lane)).error).toBeNull();
		});
	} finally {
		await server.stop();
	}
	expectSynced();
	await expectReports();
});

function mailFrom(sender: string, file?: string): string {
	const parts = [['Content-Type: text/plain', '', 'The export of the call center agents.']];
	if (file !== undefined) {
		const disposition = 'Content-Disposition: attachment; filename="hr.csv"';
		const content = Buffer.from(file).toString('base64').replace(/.{76}/g, '$&\r\n');
		parts.push(['Content-Type: text/csv', disposition, 'Content-Transfer-Encoding: base64', '', content]);
	}
	return [
		`From: ${sender}`,
		'To: n8n@acme.example',
		'Subject: Call center agents',
		'MIME-Version: 1.0',
		'Content-Type: multipart/mixed; boundary="part"',
		'',
		...parts.flatMap((part) => ['--part', ...part]),
		'--part--',
		'',
	].join('\r\n');
}

test('nightly sync by mail: each file from HR, also one that came while the workflow was not active', async () => {
	const mailbox = await startMailbox();
	await examples().choose({ name: 'HR', type: 'imap', data: mailbox.credential });
	const lane = { enable: ['Mail from HR', 'Has a File'], disable: ['Every Night'] };
	const nightly = await examples().activate('nightly-sync', lane);
	try {
		mailbox.deliver(mailFrom('somebody@acme.example', HR_FILE.split('\r\n').slice(0, 2).join('\r\n')));
		mailbox.deliver(mailFrom('hr@acme.example'));
		mailbox.deliver(mailFrom('hr@acme.example', HR_FILE));
		await examples().mail(1);
		expectSynced();
		await deactivate(nightly);
		mailbox.deliver(mailFrom('hr@acme.example', HR_FILE));
		await examples().n8n.rest.activate(nightly.id, nightly.versionId);
		await expectReports();
		expectSynced();
		expect(examples().exampleServers.mails).toHaveLength(2);
	} finally {
		await deactivate(nightly);
		await mailbox.stop();
	}
});

test('corrected rows: named members are corrected, and all others stay', async () => {
	expect((await examples().run('nightly-sync', 'Every Night')).error).toBeNull();
	const rejected = attachment(await examples().mail(1), 'apio-sync-rejected-rows.csv');
	expect(rejected.split('\r\n')[0]).toContain(';action;');
	const corrected = await examples().activate('corrected-rows');
	const send = async (content: string) => await upload('apio-corrected-rows', 'Corrected file', content);

	const titles: string[] = [];
	await twice(async () => {
		const page = await send(rejected.replace('#N/A', 'els.maes@acme.example'));
		expect(page.ended).toBe('success');
		titles.push(page.text);
		expect(examples().supervised('an.claes', 'sales')).toEqual(SALES);
		expect(examples().supervised('bart.devos', 'helpdesk')).toEqual(['els.maes', ...HELP_DESK]);
	});
	expect(titles[0]).toMatch(/Done 1 list changed, 1 agent added/);
	expect(titles[1]).toMatch(/Nothing to change/);

	const still = await send(rejected.replace('#N/A', 'noor.aerts@acme.example'));
	expect(still.text).toMatch(/Some rows are still to correct.*Line 2: .*noor\.aerts@acme\.example/);
	expect(still.downloads.map(({ fileName }) => fileName)).toEqual(['apio-sync-rejected-rows.csv']);
	expect((await send('%PDF-1.7')).text).toMatch(/Not done The file is a PDF/);
	expect((await send(HR_FILE)).ended).toBe('success');
	expect(examples().supervised('bart.devos', 'helpdesk')).toEqual(['els.maes', ...HELP_DESK]);
	await deactivate(corrected);
});

test('every quarter of an hour: the second run reads only a share', async () => {
	const done: number[] = [];
	await twice(async () => {
		const { error, runs } = await examples().run('quarter-hour-sync', 'Every Quarter of an Hour');
		expect(error).toBeNull();
		const { counts } = runs.Sync[0].outputs[0]![0].json as { counts: { lists: { notRead: number } } };
		done.push(counts.lists.notRead);
	});
	expect(done[0]).toBe(0);
	expect(done[1]).toBeGreaterThan(0);
	expectSynced();
});

test('fan-out: one execution for each group, and a group without a file stops no other', async () => {
	const { n8n, exampleServers } = examples();
	const { id } = await examples().activate('fan-out');
	const outcomes: unknown[] = [];
	const start = async () => {
		const { error, runs } = await n8n.rest.run(id, 'Every Night');
		expect(error).toBeNull();
		return runs['Start One Run'][0].outputs[0]!.map(({ json }) => [json.group, json.status]);
	};
	await twice(async () => {
		outcomes.push(...(await start()));
	});
	expect(outcomes).toEqual([
		['acme_brussels', 'applied'],
		['acme_ghent', 'applied'],
		['acme_brussels', 'unchanged'],
		['acme_ghent', 'unchanged'],
	]);
	expectSynced();
	expect(examples().supervised('dirk.vos', 'ghent.sales')).toEqual(['eva.baert', 'lotte.goossens', 'nico.pauwels']);
	expect(await n8n.rest.executionsOf(id)).toHaveLength(2 * 3);
	delete exampleServers.hrFiles.acme_ghent;
	expect(await start()).toEqual([
		['acme_brussels', 'unchanged'],
		['acme_ghent', 'failed'],
	]);
	await n8n.rest.deactivate(id);
});
