import { expect, it } from '@jest/globals';
import { planRun } from '../../lib/sync';
import { harness, ids, rejectedRow, rows, settings, source, supervised } from './world';

/** Characters of a plan that holds `count` removals because of `count` rejected rows. */
async function planSize(count: number): Promise<number> {
	const { platform, around } = harness();
	platform.set(supervised('a@x'), ids(count + 1));
	const rejected = Array.from({ length: count }, (_, index) => rejectedRow({ line: index + 3, userId: 'a@x' }));
	const { plan } = await planRun(source(rows(supervised('a@x'), ['agent1@x']), rejected), settings(), around);
	expect(plan!.totals.held).toBe(count);
	return JSON.stringify(plan).length;
}

it('a plan grows with the rows and members, and not with their product', async () => {
	const [small, large] = [await planSize(300), await planSize(1_200)];
	expect(large / small).toBeLessThan(5);
});
