import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { customDataKey, shortened } from '../../../nodes/ApioCallCenterSync/run/status-line';
import { progressLine, reportProgress, stoppedLine } from '../../../nodes/ApioCallCenterSync/run/progress-lines';
import { VirtualClock } from '../../../tools/virtual-clock';

function listener(mode: string) {
	const log: string[] = [];
	const ui: string[] = [];
	const execute = {
		getMode: () => mode,
		logger: { info: (line: string) => log.push(line) },
		sendMessageToUI: (line: string) => ui.push(line),
	};
	return { log, ui, execute: execute as unknown as IExecuteFunctions };
}

/** 100 lists in 50 seconds of virtual time, and then ten seconds in which the platform lets nothing through. */
async function tellAll(mode: string) {
	const clock = new VirtualClock();
	const heard = listener(mode);
	await clock.run(async () => {
		const reporter = reportProgress(heard.execute, clock);
		for (let done = 1; done <= 100; done++) {
			await clock.sleep(500);
			reporter.update({ phase: 'reading', done, total: 120, members: null });
		}
		await clock.sleep(11_000);
		reporter.end();
		await clock.sleep(60_000);
	});
	return heard;
}

describe('progress', () => {
	it('says what is done, left, the rate and the time to go', () => {
		expect(progressLine({ phase: 'reading', done: 1200, total: 5000, members: null }, 120)).toBe(
			'reading lists: 1,200 of 5,000 done, 3,800 left, 10.0 a second, about 6 min 20 s to go',
		);
		expect(progressLine({ phase: 'reading', done: 0, total: 5, members: null }, 0)).toBe(
			'reading lists: 0 of 5 done, 5 left',
		);
		expect(progressLine({ phase: 'reading', done: 5, total: 5, members: null }, 1)).toBe(
			'reading lists: 5 of 5 done, 0 left',
		);
		const members = {
			kind: 'supervisedAgents' as const,
			added: 100,
			removed: 20,
			alreadyInPlace: 0,
			notMade: 0,
			left: 380,
		};
		expect(progressLine({ phase: 'writing', done: 3, total: 12, members }, 12)).toBe(
			'writing: 120 of 500 changes done, 380 left, 10.0 a second, about 38 s to go (3 of 12 lists done)',
		);
		expect(progressLine(null, 3)).toBe('reading the source');
	});

	it('never reduces the total: failed changes are counted, and changes that others made count as done', () => {
		const members = {
			kind: 'supervisedAgents' as const,
			added: 90,
			removed: 20,
			alreadyInPlace: 10,
			notMade: 30,
			left: 350,
		};
		expect(progressLine({ phase: 'writing', done: 1, total: 1, members }, 15)).toBe(
			'writing: 120 of 500 changes done, 30 not possible, 350 left, 10.0 a second, about 35 s to go (1 of 1 list done)',
		);
	});

	it('comes at a steady, modest pace, also while nothing moves, and ends with the run', async () => {
		const { log } = await tellAll('trigger');
		expect(log).toHaveLength(6);
		expect(log[5]).toContain('reading lists: 100 of 120 done');
	});

	it('reports the answers that are awaited after a run ends early', async () => {
		const clock = new VirtualClock();
		const { ui, execute } = listener('manual');
		await clock.run(async () => {
			const reporter = reportProgress(execute, clock);
			reporter.update({ phase: 'reading', done: 1, total: 120, members: null });
			expect(reporter.stop()).toMatch(/^Stopped early/);
			await clock.sleep(3_000);
			reporter.end();
		});
		expect(ui).toEqual(['stopping: waiting for the answers to requests already sent']);
	});

	it('goes to the editor in manual runs only, more often', async () => {
		const { log, ui } = await tellAll('manual');
		expect([log.length, ui.length]).toEqual([6, 30]);
		expect((await tellAll('trigger')).ui).toEqual([]);
	});
});

describe('the line of a run that was stopped', () => {
	it('says what was done by then, in every phase', () => {
		const members = {
			kind: 'supervisedAgents' as const,
			added: 8,
			removed: 1,
			alreadyInPlace: 0,
			notMade: 0,
			left: 1240,
		};
		expect(stoppedLine({ phase: 'writing', done: 4, total: 12, members })).toBe(
			'Stopped early: 4 of 12 lists done, 8 agents added, 1 removed; 1,240 changes not attempted or still ' +
				'running. Run it again to continue.',
		);
		expect(stoppedLine({ phase: 'writing', done: 4, total: 12, members: { ...members, notMade: 2 } })).toContain(
			'8 agents added, 1 removed, 2 not possible; 1,240 changes',
		);
		expect(stoppedLine({ phase: 'reading', done: 3, total: 12, members: null })).toBe(
			'Stopped early, while reading lists (3 of 12 lists done): nothing written.',
		);
		expect(stoppedLine(null)).toBe('Stopped early, while reading the source: nothing written.');
	});
});

describe('the value of the custom data', () => {
	it('keeps the beginning and the figures at the end, and is never longer than n8n takes without a complaint', () => {
		expect(shortened('3 lists changed')).toBe('3 lists changed');
		const long = shortened(`Stopped early (${'because '.repeat(60)}): 3 lists changed`);
		expect(long).toHaveLength(255);
		expect(long).toMatch(/^Stopped early \(because .*….*\): 3 lists changed$/);
	});
});

describe('the key of the custom data', () => {
	it.each([
		['APIO Call Center Sync', 'APIO_Call_Center_Sync'],
		['  Sync (1) ', 'Sync_1'],
		['Équipe de nuit', 'Equipe_de_nuit'],
		['同步', 'APIO_Call_Center_Sync'],
		['x'.repeat(80), 'x'.repeat(50)],
	])('of %j is %j, which every n8n takes', (name, key) => {
		expect(customDataKey(name)).toBe(key);
	});
});
