import { describe, expect, it } from '@jest/globals';
import { harness } from './harness';
import { fileText } from './engine';
import { ANNA, BRAM, SUPPORT, agent, csv, listRows, supervised, writes } from './platform';

const at = harness();

/** Takes three of four agents from one list, and adds one to another. */
const harsh = csv([...listRows(ANNA, SUPPORT, [1]), ...listRows(BRAM, SUPPORT, [5, 6])]);

describe('guards', () => {
	it('stop the run before the first write, and the node fails with what happened and what to do', async () => {
		const landed = await at.sync({ csv: harsh });
		expect(landed.status).toBe('error');
		expect(landed.error?.message).toContain('Guards stopped the run before the first write');
		expect(landed.error?.description).toContain(ANNA);
		expect(landed.error?.description).toContain("'When Guards Stop the Run'");
		expect(writes(at.simulator)).toEqual([]);
	});

	it('return the summary with the report if the option is set', async () => {
		const landed = await at.sync({ csv: harsh, options: { whenStopped: 'summary' } });
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'aborted', guards: { verdict: 'abort' } });
		expect(fileText(landed.summary[0].binary, 'report')).toContain('<h2>Guards</h2>');
		expect(landed.hints).toContainEqual(expect.objectContaining({ type: 'danger' }));
		expect(writes(at.simulator)).toEqual([]);
	});

	it('never fail a plan, whose purpose is the report', async () => {
		const landed = await at.plan({ csv: harsh });
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'aborted', removalsToApprove: 3 });
		expect(writes(at.simulator)).toEqual([]);
	});

	it('hold the removals and let the additions through if the option is set', async () => {
		const landed = await at.sync({ csv: harsh, options: { onBreach: 'hold' } });
		expect(landed.summary[0].json).toMatchObject({ counts: { adds: { done: 1 }, removes: { done: 0 }, held: 3 } });
		expect(supervised(at.simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 4].map(agent));
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
		expect(landed.hints.some(({ message }) => /held back for safety/.test(message))).toBe(true);
	});

	it('let changes through within the limits of the options', async () => {
		const landed = await at.sync({ csv: harsh, options: { removalPercentPerList: 100, removalPercentTotal: 100 } });
		expect(landed.summary[0].json).toMatchObject({ status: 'applied', counts: { removes: { done: 3 } } });
	});

	it('count additions if a limit is set', async () => {
		const landed = await at.sync({ csv: csv(listRows(BRAM, SUPPORT, [5, 6, 7])), options: { additionCountTotal: 1 } });
		expect(landed.error?.message).toContain('Guards stopped');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('keep protected members', async () => {
		const file = csv(listRows(ANNA, SUPPORT, [1, 2, 3]));
		const landed = await at.sync({
			csv: file,
			options: { protectedMembers: `x@acme.example,\n ${agent(4).toUpperCase()}`, whenStopped: 'summary' },
		});
		expect(supervised(at.simulator, ANNA, SUPPORT)).toContain(agent(4));
		expect(landed.summary[0].json).not.toMatchObject({ counts: { removes: { done: 1 } } });
	});

	it('clear no list unless it is allowed', async () => {
		const file = csv([[BRAM, SUPPORT, '']]);
		const options = { removalPercentPerList: 100, removalPercentTotal: 100 };
		await at.sync({ csv: file, options, node: { onError: 'continueRegularOutput' } });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([agent(5)]);
	});
});

describe('the shrink check', () => {
	const whole = csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 4, 5]), ...listRows(BRAM, SUPPORT, [5, 6])]);
	const broken = csv(listRows(BRAM, SUPPORT, [5]));
	const lenient = { removalPercentPerList: 100, removalPercentTotal: 100 };

	it('compares with the last applied run of the node', async () => {
		const staticData = {};
		await at.sync({ csv: whole, staticData });
		expect(JSON.stringify(staticData)).toMatch(/"rows":7/);
		const landed = await at.sync({ csv: broken, staticData, options: lenient });
		expect(landed.error?.message).toContain('Guards stopped');
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([5, 6].map(agent));
	});

	it('measures each default group apart, for a workflow that is started for each of many', async () => {
		const staticData = {};
		await at.sync({ csv: whole, staticData });
		const rows = [5, 6].map((n) => `${BRAM};${SUPPORT};${agent(n)};brussels`);
		const landed = await at.sync({
			csv: ['supervisor;call center;agent;group', ...rows].join('\n'),
			staticData,
			parameters: { groupId: { __rl: true, mode: 'id', value: 'ghent' } },
		});
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json.status).toBe('unchanged');
	});

	it('takes no measure from a plan or a stopped run', async () => {
		const staticData = {};
		await at.plan({ csv: whole, staticData });
		expect(JSON.stringify(staticData)).not.toMatch(/rows/);
		await at.sync({ csv: whole, staticData });
		await at.sync({ csv: broken, staticData, options: lenient });
		expect(JSON.stringify(staticData)).toMatch(/"rows":7/);
	});
});
