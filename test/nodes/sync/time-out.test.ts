import { describe, expect, it } from '@jest/globals';
import { harness } from './harness';
import { ANNA, BRAM, SALES, SUPPORT, csv, listRows, writes } from './platform';

const at = harness();
const file = csv([
	...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5]),
	...listRows(BRAM, SUPPORT, [5, 6]),
	...listRows(ANNA, SALES, [6, 7]),
]);

/** Seconds. One of them is the margin that the run leaves for what comes after it. */
const within = (executionTimeout: number) => ({ executionTimeout });

describe('a workflow with a time-out', () => {
	it('ends the run before it, and the next run goes on', async () => {
		at.simulator.setFaults({
			rules: [{ fault: { kind: 'slow', ms: 4_500 }, match: { method: ['PUT', 'POST', 'DELETE'] }, nth: 2 }],
		});
		const landed = await at.sync({ csv: file, settings: within(4), options: { concurrency: 1 } });
		expect(landed.status).toBe('success');
		// On a slow machine the time is up before the slow write is sent.
		const sent = writes(at.simulator).length;
		expect([1, 2]).toContain(sent);
		expect(landed.summary[0].json).toMatchObject({
			status: 'stopped',
			reason: { code: 'timeLimit' },
			counts: { adds: { done: sent }, notAttempted: 3 - sent },
		});
		expect(landed.summary[0].binary).toHaveProperty('journal');
		expect(landed.hints[0]).toMatchObject({ type: 'danger', message: expect.stringContaining('time-out was near') });
		expect(landed.customData.Sync).toMatch(/^Stopped early \(The workflow's time-out was near.* [12] not attempted/);

		const again = await at.sync({ csv: file, settings: within(600) });
		const left = 3 - sent;
		expect(again.summary[0].json).toMatchObject({
			status: 'applied',
			counts: { adds: { planned: left, done: left } },
		});
	});

	it('fails a run that could write nothing before it', async () => {
		at.simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 1_500 }, match: { method: 'GET' } }] });
		const landed = await at.sync({ csv: file, settings: within(2), options: { concurrency: 1 } });
		expect(landed.error).toMatchObject({
			message: 'The run ended before anything was written',
			description: expect.stringContaining('time-out was near'),
		});
		expect(writes(at.simulator)).toEqual([]);
	});

	it('does not disturb a run that is done in time', async () => {
		const landed = await at.sync({ csv: file, settings: within(600) });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
	});
});
