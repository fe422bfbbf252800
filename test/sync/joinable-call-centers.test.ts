/** Call centers that agents may join: asked only where one is to be added. */

import { expect, it } from '@jest/globals';
import { planRun } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { harness, ownCallCenters, row, settings, source } from './world';

const OWN = ownCallCenters('an@x');

function scene(live: readonly string[]) {
	const made = harness();
	made.platform.set(OWN, live);
	made.platform.mayJoin.set(listKey(OWN), ['New@x']);
	const run = async (...asked: readonly string[]) =>
		await planRun(
			source(asked.map((callCenter) => row(OWN, callCenter))),
			settings({ kind: 'agentCallCenters' }),
			made.around,
		);
	return { ...made, run };
}

it('they are asked for once where one is to be added, and sent as the platform spells them', async () => {
	const { run, platform } = scene(['old@x']);
	const { plan } = await run('old@x', 'new@x', 'other@x');
	expect(plan?.lists).toMatchObject([
		{
			adds: [{ member: 'New@x' }],
			held: [{ member: 'other@x', code: 'cannotJoin', facts: { agent: 'an@x', callCenter: 'other@x' } }],
		},
	]);
	expect(platform.count('joinable')).toBe(1);
});

it('they are not asked for where call centers are only taken away', async () => {
	const { run, platform } = scene(['old@x', 'older@x']);
	expect((await run('old@x')).plan?.lists).toMatchObject([{ removes: [{ member: 'older@x' }] }]);
	expect(platform.count('joinable')).toBe(0);
});

it('a list of which they could not be asked for because of a stop is not called failed', async () => {
	const { run, platform } = scene(['old@x']);
	platform.fault = ({ asked }) => (asked === 'joinable' ? 'stopped' : null);
	const { status, lists } = await run('old@x', 'new@x');
	expect([status, lists.map(({ outcome, code }) => [outcome, code])]).toEqual([
		'stopped',
		[['notAttempted', 'stopped']],
	]);
});
