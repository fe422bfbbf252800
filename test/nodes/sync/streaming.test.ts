/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps files on disk as n8n does, outside any node */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { harness } from './harness';
import { BRAM, SUPPORT, agent, csv, listRows, supervised } from './platform';

/** The container that n8n-core itself uses; npm may have put another copy at the top. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: abstract new (...args: never[]) => T): T; set(type: unknown, value: unknown): void };
};

const at = harness();
let folder: string;
let service: BinaryDataService;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'apio-binary-'));
	Container.set(BinaryDataConfig, {
		mode: 'filesystem',
		availableModes: ['filesystem'],
		localStoragePath: folder,
		signingSecret: '',
	});
	service = Container.get(BinaryDataService);
	await service.init();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that n8n keeps on disk', () => {
	it('is streamed, and the files of the summary are kept there too', async () => {
		const text = csv(listRows(BRAM, SUPPORT, [5, 6]));
		const stored = await service.store({ type: 'execution', workflowId: 't', executionId: '1' }, Buffer.from(text), {
			data: '',
			mimeType: 'text/csv',
			fileName: 'hr.csv',
		});
		const whole = jest.spyOn(service, 'getAsBuffer');
		const landed = await at.sync({ items: [{ json: {}, binary: { data: stored } }], parameters: { source: 'csv' } });
		expect(landed.error).toBeUndefined();
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		expect(stored.id).toBeDefined();
		expect(whole).not.toHaveBeenCalled();
		const report = await service.getAsBuffer(landed.summary[0].binary!.report);
		expect(report.toString('utf8')).toContain('<!DOCTYPE html>');
	});
});
