import { describe, expect, it } from '@jest/globals';
import { DEFAULT_ACCOUNT } from '../../../simulator';
import { harness } from './harness';
import { csvItem } from './engine';
import { ANNA, BRAM, SUPPORT, agent, csv, listRows, supervised, writes } from './platform';

const at = harness();
const good = csv(listRows(BRAM, SUPPORT, [5, 6]));

describe('a source that cannot be used', () => {
	it.each([
		['an empty file', ''],
		['only a header', 'supervisor;call center;agent\n'],
		['no such columns', 'a;b\n1;2\n'],
		['a zip', 'PK\u0003\u0004\u0000\u0000\u0000\u0000binary'],
	])('%s: fails with what happened and what to do, and writes nothing', async (_name, text) => {
		const landed = await at.sync({ csv: text });
		expect(landed.status).toBe('error');
		expect(landed.error?.message).toContain('The source cannot be used, so nothing was written');
		expect(landed.error?.description).toBeTruthy();
		expect(writes(at.simulator)).toEqual([]);
	});

	it('names the field that has no file', async () => {
		const landed = await at.sync({
			items: [{ json: {} }],
			parameters: { source: 'csv', binaryPropertyName: 'attachment' },
		});
		expect(landed.status).toBe('error');
		expect(`${landed.error?.message} ${landed.error?.description}`).toContain('attachment');
	});
});

describe('several files, of which a later one fails the node', () => {
	it.each([
		['because it is refused', csvItem('junk')],
		['because it cannot be run', { json: {} }],
	])('fails before any of them writes (%s)', async (_name, bad) => {
		const landed = await at.sync({ items: [csvItem(good), bad, csvItem(good)], parameters: { source: 'csv' } });
		expect(landed.status).toBe('error');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('says what the earlier files wrote if it fails while writing', async () => {
		at.simulator.setFaults({
			rules: [{ fault: { kind: 'forbidden' }, match: { method: ['POST', 'PUT'] }, nth: [2, 3, 4, 5, 6] }],
		});
		const landed = await at.sync({
			items: [csvItem(good), csvItem(csv(listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5])))],
			parameters: { source: 'csv' },
		});
		expect(landed.status).toBe('error');
		expect(landed.error?.description).toMatch(/What the runs before it wrote stays: Item 1 of 2: 1 list changed/);
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('does not mention the others if nothing was written', async () => {
		const landed = await at.sync({ items: [csvItem('junk'), csvItem(good)], parameters: { source: 'csv' } });
		expect(landed.error?.description).not.toContain('before it');
	});
});

describe('continue on fail', () => {
	const items = [csvItem('junk'), csvItem(good)];

	it('reports the refused run in a summary, and goes on with the next', async () => {
		const landed = await at.sync({ items, parameters: { source: 'csv' }, node: { onError: 'continueRegularOutput' } });
		expect(landed.error).toBeUndefined();
		expect(landed.summary.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['refused', [{ item: 0 }]],
			['applied', [{ item: 1 }]],
		]);
		expect(landed.summary[0].json).not.toHaveProperty('error');
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('sends the refused run to the error output, with its report', async () => {
		const landed = await at.sync({ items, parameters: { source: 'csv' }, node: { onError: 'continueErrorOutput' } });
		expect(landed.summary.map(({ json }) => json.status)).toEqual(['applied']);
		expect(landed.errors).toHaveLength(1);
		expect(landed.errors[0].json).toMatchObject({
			error: 'The source cannot be used, so nothing was written',
			details: { status: 'refused' },
		});
		expect(landed.errors[0].binary).toHaveProperty('report');
	});

	it('catches thrown errors as well', async () => {
		const landed = await at.sync({
			items: [{ json: { keep: 'me' } }],
			parameters: { source: 'csv' },
			node: { onError: 'continueRegularOutput' },
		});
		expect(landed.summary[0].json).toMatchObject({ status: 'refused', reason: { code: 'notRun' } });
		expect(landed.summary[0].json).not.toHaveProperty('keep');
	});

	it('never makes Retry On Fail run a sync again', async () => {
		const file = csv([...listRows(BRAM, SUPPORT, [5, 6, 8])]);
		const landed = await at.sync({ csv: file, node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(landed.summary[0].json).toMatchObject({ status: 'partial' });
		expect(at.simulator.requests().filter(({ method }) => method === 'GET').length).toBeLessThan(4);
	});
});

describe('a platform that lets nothing through', () => {
	it('fails if the sign-in is refused, without a secret in its message', async () => {
		const token = 'not-the-token-of-anybody';
		const landed = await at.sync({ csv: good, token });
		expect(landed.status).toBe('error');
		expect(JSON.stringify(landed.run)).not.toContain(token);
		expect(landed.error?.description).toMatch(/Check the credential.+The platform said: /);
		expect(writes(at.simulator)).toEqual([]);
	});

	it('returns what was done if the platform fails half way', async () => {
		at.simulator.setFaults({
			rules: [{ fault: { kind: 'unauthorized' }, match: { method: ['POST', 'PUT'] }, nth: [2, 3, 4, 5, 6] }],
		});
		const file = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5, 6]), ...listRows(BRAM, SUPPORT, [5, 6, 7])]);
		const landed = await at.sync({ csv: file, options: { concurrency: 1 } });
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'stopped', reason: { code: 'http-401' } });
		expect(landed.summary[0].binary).toHaveProperty('journal');
		expect(landed.hints).toContainEqual(expect.objectContaining({ type: 'danger' }));
	});

	it('keeps the secrets of the credential out of every output', async () => {
		const landed = await at.sync({
			csv: csv([...listRows(BRAM, SUPPORT, [5, 6, 8])]),
			options: { includeDocuments: true },
		});
		const files = landed.summary.flatMap(({ binary }) =>
			Object.values(binary ?? {}).map(({ data }) => Buffer.from(data, 'base64').toString()),
		);
		expect([JSON.stringify(landed.run), ...files].join('\n')).not.toContain(DEFAULT_ACCOUNT.m2mToken);
		expect(files.join('')).toContain('n8n-nodes-apio/journal');
	});
});
