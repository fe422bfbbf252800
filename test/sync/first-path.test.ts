import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, planRun, rollBackRun, syncRun } from '../../lib/sync';
import { folded, harness, ids, ownCallCenters, row, rows, settings, source, supervised } from './world';

describe('one list from start to end', () => {
	it('adds and removes, sends the spelling of the platform, and finds nothing to do the second time', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ['A@x', 'B@x', 'C@x']);
		platform.set(supervised('other@x'), ['D@x']);
		const wished = source([...rows(supervised(), ['a@X', 'b@x', 'd@x']), row(supervised('other@x'), 'd@x')]);
		const result = await syncRun(wished, settings(), around);
		expect(result.status).toBe('applied');
		expect(platform.members(supervised())).toEqual(['A@x', 'B@x', 'D@x']);
		expect(result.lists[0].members.map(({ member, change, outcome }) => [member, change, outcome])).toEqual([
			['D@x', 'add', 'applied'],
			['C@x', 'remove', 'applied'],
		]);
		const again = await syncRun(wished, settings(), around);
		expect(again.status).toBe('unchanged');
		expect(again.happened).toMatchObject({ reads: 2, writes: 0 });
	});

	it("writes an agent's call centers whole, reads them back, and asks what may be joined first", async () => {
		const { platform, around } = harness();
		const list = ownCallCenters('agent@x');
		platform.set(list, ['one@x', 'two@x']);
		platform.know(['one@x', 'two@x', 'Three@x']);
		const result = await syncRun(
			source(rows(list, ['one@x', 'three@x'])),
			settings({ kind: 'agentCallCenters' }),
			around,
		);
		expect(result.status).toBe('applied');
		expect(platform.arrivals.map(({ asked }) => asked)).toEqual(['read', 'joinable', 'replace', 'read']);
		expect(platform.members(list)).toEqual(['one@x', 'Three@x']);
	});

	it('plans, applies what was approved, and rolls it back', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(6));
		const before = platform.state();
		const wished = source(rows(supervised(), [...ids(5), 'new@x']));
		const planned = await planRun(wished, settings(), around);
		expect(planned.status).toBe('planned');
		expect(platform.state()).toBe(before);
		const plan = JSON.parse(JSON.stringify(planned.plan));
		const applied = await applyPlanRun(plan, { planHash: plan.hash, removals: 1 }, settings(), around);
		expect(applied.status).toBe('applied');
		expect(platform.folded(supervised())).toEqual(folded([...ids(5), 'new@x']));
		const undone = await rollBackRun(JSON.stringify(applied.journal), settings(), around);
		expect(undone.status).toBe('applied');
		expect(platform.state()).toBe(before);
		const redone = await rollBackRun(undone.journal, settings(), around);
		expect(redone.status).toBe('applied');
		expect(platform.folded(supervised())).toEqual(folded([...ids(5), 'new@x']));
	});
});
