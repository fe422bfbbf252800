/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the README */
/** Examples that a person runs by hand, each twice: first steps, single operations, the table to edit, drift. */

import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, type Execution, type Item } from '../../tools/n8n';
import { twice, useExamples, waitFor } from './support/use-examples';

const examples = useExamples();
const SALES = ['els.maes', 'jan.peeters', 'koen.jacobs'];

function itemsOf({ error, runs }: Execution, node: string, output = 0): readonly Item[] {
	expect(error).toBeNull();
	return runs[node]?.at(-1)?.outputs[output] ?? [];
}

test('the five minutes of the README, word for word', async () => {
	const [, steps] =
		/## First workflow in five minutes([\s\S]*?)\n## /.exec(readFileSync(join(REPOSITORY, 'README.md'), 'utf8')) ?? [];
	const cell = (field: string) => new RegExp(`\\| ${field} \\| \`?([^|\`]*[^|\` ])\`? \\|`).exec(steps)?.[1] ?? '';
	const [, file] = /examples\/([\w-]+)\.json\)\.\n/.exec(steps) ?? [];
	const [, summary] = /says\s+`([^`]*)`/.exec(steps) ?? [];
	const base = cell('Base URL').replace('http://127.0.0.1:4010', examples().simulator.url);
	expect(cell('Sign-In Method')).toBe('Access Token');
	const data = { baseUrl: base, signInMethod: 'accessToken', accessToken: cell('Access Token') };
	await examples().choose({ name: 'By the README', type: 'apioApi', data });
	const done = await examples().run(file, 'Start');
	expect(itemsOf(done, 'Plan')[0].json.summary).toBe(summary);
	expect(itemsOf(done, 'Report')[0].json.html).toContain('tom.wouters');
});

test('first steps: a sample file is planned, the report is shown, and nothing is written', async () => {
	await twice(async () => {
		const done = await examples().run('first-steps', 'Start');
		expect(itemsOf(done, 'Plan')[0].json).toMatchObject({
			status: 'planned',
			counts: { adds: { planned: 2 }, removes: { planned: 1 }, rejectedRows: 1 },
		});
		const { html } = itemsOf(done, 'Report')[0].json;
		expect(html).toMatch(/^<!doctype html>/i);
		for (const word of ['tom.wouters', 'koen.jacobs', '1,2E+11']) expect(html).toContain(word);
	});
	expect(examples().simulator.stats().appliedWrites).toBe(0);
});

test('agent settings: changed, and the same after a second run', async () => {
	await twice(async () => {
		const done = await examples().run('agent-settings', 'Start');
		expect(itemsOf(done, 'Get Settings Again')[0].json).toMatchObject({
			enableGuardTimer: true,
			guardTimerSeconds: 10,
			availableIn: ['sales@voice.acme.example'],
		});
	});
});

test('supervisor review: the list is seen and set, and the same after a second run', async () => {
	const seen: number[] = [];
	await twice(async () => {
		const done = await examples().run('supervisor-agents', 'Start');
		seen.push(itemsOf(done, 'See Agents').length);
		expect(itemsOf(done, 'Set the List')[0].json).toMatchObject({ success: true, agentCount: 3 });
		expect(examples().supervised('an.claes', 'sales')).toEqual(['els.maes', 'jan.peeters', 'tom.wouters']);
	});
	expect(seen).toEqual([3, 3]);
});

test('export, edit, plan back: an unchanged table changes nothing, a changed row is planned', async () => {
	await twice(async () => {
		const exported = await examples().run('export-to-table', 'Start');
		expect(itemsOf(exported, 'Export')[0].json).toMatchObject({ status: 'exported' });
		expect(itemsOf(exported, 'Into the Table')).toHaveLength(5);
		const unchanged = await examples().run('plan-the-table', 'Start');
		expect(itemsOf(unchanged, 'Plan')[0].json).toMatchObject({ status: 'unchanged', counts: { rows: 5 } });

		const rows = itemsOf(exported, 'Into the Table').map(({ json }) => json);
		const koen = rows.find(({ agentName }) => agentName === 'Koen Jacobs');
		await edit(Number(koen?.id), 'tom.wouters@voice.acme.example');
		const planned = await examples().run('plan-the-table', 'Start');
		expect(itemsOf(planned, 'Plan', 1)[0].json).toMatchObject({
			adds: [{ id: 'tom.wouters@voice.acme.example' }],
			removes: [{ id: 'koen.jacobs@voice.acme.example' }],
		});
		expect(itemsOf(planned, 'Report')[0].json.html).toContain('tom.wouters');
	});
	expect(examples().simulator.stats().appliedWrites).toBe(0);
});

/** Writes another agent into a row of the data table, as its page in n8n does. */
async function edit(row: number, agent: string): Promise<void> {
	const { rest } = examples().n8n;
	const filter = encodeURIComponent(JSON.stringify({ name: 'Call center lists' }));
	const found = await rest.call<{ data: Array<{ id: string; projectId: string }> }>(
		'GET',
		`/rest/data-tables-global?filter=${filter}`,
	);
	const [{ id, projectId }] = found.data;
	await rest.call('PATCH', `/rest/projects/${projectId}/data-tables/${id}/rows`, {
		filter: { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: row }] },
		data: { agent },
	});
}

test('drift watch: members added by hand are reported in the chat, and all in one mail', async () => {
	const { n8n, simulator, exampleServers } = examples();
	const { id, versionId } = await examples().activate('drift-watch');
	const messages: string[] = [];
	for (const [add, remove] of [
		['tom.wouters', 'els.maes'],
		['els.maes', 'tom.wouters'],
	]) {
		const [userId, callCenterId, ...agents] = ['an.claes', 'sales', add, remove].map(
			(one) => `${one}@voice.acme.example`,
		);
		simulator.edit({ kind: 'supervisedAgents', userId, callCenterId, add: [agents[0]], remove: [agents[1]] });
		// n8n polls an active workflow every five minutes, and once when it is activated.
		await n8n.rest.deactivate(id);
		await n8n.rest.activate(id, versionId);
		const { text } = await examples().mail(messages.length / 2 + 1);
		expect(text).toMatch(/was removed from supervisor[\s\S]*was put under supervisor/);
		await waitFor(() => exampleServers.chat[messages.length + 1], 'two messages in the chat');
		messages.push(...exampleServers.chat.slice(messages.length).map((message) => String(message.text)));
	}
	expect(messages.map((text) => text.split(' (')[0])).toEqual(['Els Maes', 'Tom Wouters', 'Tom Wouters', 'Els Maes']);
	await n8n.rest.deactivate(id);
	expect(examples().supervised('an.claes', 'sales')).toEqual(SALES);
});
