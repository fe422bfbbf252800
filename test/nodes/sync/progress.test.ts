import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { progressLine, progressTeller } from '../../../nodes/ApioCallCenterSync/run/progress';
import { VirtualClock } from '../../support/virtual-clock';

function listener(mode: string) {
	const log: string[] = [];
	const ui: string[] = [];
	const execute = { getMode: () => mode, logger: { info: (line: string) => log.push(line) }, sendMessageToUI: (line: string) => ui.push(line) };
	return { log, ui, execute: execute as unknown as IExecuteFunctions };
}

/** 100 lists in 50 seconds of virtual time, told after each. */
async function tellAll(mode: string) {
	const clock = new VirtualClock();
	const heard = listener(mode);
	const tell = progressTeller(heard.execute, clock);
	await clock.run(async () => {
		for (let done = 1; done <= 100; done++) {
			await clock.sleep(500);
			tell({ phase: 'writing', done, total: 100 });
		}
	});
	return heard;
}

describe('progress', () => {
	it('says what is done, left, the rate and the time to go', () => {
		expect(progressLine({ phase: 'writing', done: 1200, total: 5000 }, 120)).toBe('writing lists: 1,200 of 5,000 done, 3,800 left, 10.0 a second, about 6 min 20 s to go');
		expect(progressLine({ phase: 'reading', done: 0, total: 5 }, 0)).toBe('reading lists: 0 of 5 done, 5 left');
	});

	it('comes at a steady, modest pace', async () => {
		const { log } = await tellAll('trigger');
		expect(log).toHaveLength(4);
		expect(log[0]).toContain('writing lists: ');
	});

	it('goes to the editor in manual runs only', async () => {
		expect((await tellAll('manual')).ui).toHaveLength(4);
		expect((await tellAll('trigger')).ui).toEqual([]);
	});
});
