/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for the simulator, outside any node */
import { describe, expect, it } from '@jest/globals';
import { harness } from './harness';
import { ANNA, BRAM, SALES, SUPPORT, agent, csv, listRows, supervised, writes } from './platform';

const at = harness();
const file = csv([
	...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5]),
	...listRows(BRAM, SUPPORT, [5, 6]),
	...listRows(ANNA, SALES, [6, 7]),
]);

/** Cancels the execution once the simulator has seen a write. */
function atFirstWrite(cancel: () => void): void {
	const look = () => (writes(at.simulator).length > 0 ? cancel() : void setTimeout(look, 2));
	look();
}

describe('cancelling the execution', () => {
	it('stops new requests, lets the sent one finish and returns what was done', async () => {
		at.simulator.setSettings({ latencyMs: 60 });
		const landed = await at.sync({ csv: file, options: { concurrency: 1 }, onStart: atFirstWrite });
		expect(landed.status).toBe('canceled');
		expect(landed.summary[0].json).toMatchObject({
			status: 'stopped',
			reason: { code: 'cancelled' },
			counts: { adds: { done: 1 } },
		});
		expect(landed.summary[0].binary).toHaveProperty('journal');
		expect(landed.summary[0].binary).toHaveProperty('notAttempted');
		expect(writes(at.simulator)).toHaveLength(1);
	});

	it('leaves what was done by then with the cancelled execution, which keeps nothing else of the node', async () => {
		at.simulator.setSettings({ latencyMs: 60 });
		const { customData, uiMessages } = await at.sync({
			csv: file,
			mode: 'manual',
			options: { concurrency: 1 },
			onStart: atFirstWrite,
		});
		const stopped =
			'Stopped early: 0 of 3 lists done, 0 agents added, 0 removed; 3 changes not attempted or still ' +
			'running. Run it again to continue.';
		expect(customData).toEqual({ Sync: stopped });
		expect(uiMessages).toMatchObject([
			{ messages: [stopped] },
			{
				messages: [
					expect.stringMatching(
						/^Stopped early \(The execution was cancelled\): 1 list changed, 1 agent added, 2 not attempted/,
					),
				],
			},
		]);
	});

	it('a second run goes on where the first ended', async () => {
		at.simulator.setSettings({ latencyMs: 60 });
		await at.sync({ csv: file, options: { concurrency: 1 }, onStart: atFirstWrite });
		at.simulator.setSettings({ latencyMs: 0 });
		const again = await at.sync({ csv: file });
		expect(again.summary[0].json).toMatchObject({ status: 'applied', counts: { adds: { planned: 2, done: 2 } } });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4, 5].map(agent));
		expect(supervised(at.simulator, ANNA, SALES)).toEqual([6, 7].map(agent));
	});
});
