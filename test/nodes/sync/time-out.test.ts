import { describe, expect, it } from '@jest/globals';
import { bench } from './bench';
import { ANNA, BRAM, SALES, SUPPORT, csv, listRows, writes } from './platform';

const at = bench();
const file = csv([
	...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5]),
	...listRows(BRAM, SUPPORT, [5, 6]),
	...listRows(ANNA, SALES, [6, 7]),
]);

/** Leaves the run one second: the margin is a second as well. */
const settings = { executionTimeout: 2 };

describe('a workflow with a time-out', () => {
	it('ends the run before it, and the next run goes on', async () => {
		at.simulator.setFaults({
			rules: [{ fault: { kind: 'slow', ms: 3_000 }, match: { method: ['PUT', 'POST', 'DELETE'] }, nth: 2 }],
		});
		const landed = await at.sync({ csv: file, settings, options: { concurrency: 1 } });
		expect(landed.status).toBe('success');
		expect(landed.summary[0].json).toMatchObject({
			status: 'stopped',
			reason: { code: 'timeLimit' },
			counts: { adds: { done: 2 }, notAttempted: 1 },
		});
		expect(writes(at.simulator)).toHaveLength(2);
		expect(landed.summary[0].binary).toHaveProperty('journal');
		expect(landed.hints).toMatchObject([{ type: 'danger', message: expect.stringContaining('time-out was near') }]);
		expect(landed.customData.Sync).toMatch(/^Stopped early \(The workflow's time-out was near.* 1 not attempted/);

		const again = await at.sync({ csv: file, settings });
		expect(again.summary[0].json).toMatchObject({ status: 'applied', counts: { adds: { planned: 1, done: 1 } } });
	});

	it('fails a run that could write nothing before it', async () => {
		at.simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 1_500 }, match: { method: 'GET' } }] });
		const landed = await at.sync({ csv: file, settings, options: { concurrency: 1 } });
		expect(landed.error).toMatchObject({
			message: 'The run ended before anything was written',
			description: expect.stringContaining('time-out was near'),
		});
		expect(writes(at.simulator)).toEqual([]);
	});

	it('does not disturb a run that is done in time', async () => {
		const landed = await at.sync({ csv: file, settings });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
	});
});
