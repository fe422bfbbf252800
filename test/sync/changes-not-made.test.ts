/** How changes are reported that were not made, or of which the outcome is unknown. */

import { describe, expect, it } from '@jest/globals';
import { syncRun } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { TOO_LATE } from '../../lib/sync/platform/platform';
import { harness, ownCallCenters, rows, settings, source, supervised } from './world';

const OWN = ownCallCenters('an@x');
const SAID = 'The fake platform says refused.';

async function sync(made: ReturnType<typeof harness>, list = OWN, wished: readonly string[] = ['one@x']) {
	const result = await made.clock.run(
		async () => await syncRun(source(rows(list, wished)), settings({ kind: list.kind }), made.around),
	);
	return result.lists.flatMap(({ members }) =>
		members.map(({ member, change, outcome, code, facts }) => [`${change} ${member}`, outcome, code, facts]),
	);
}

describe('what the platform refuses by itself', () => {
	it('is a call center that an agent cannot leave', async () => {
		const made = harness();
		made.platform.set(OWN, ['one@x', 'two@x']);
		made.platform.stubborn.add('two@x');
		const facts = { agent: 'an@x', callCenter: 'two@x', platformCode: 'fake-refused', said: SAID };
		expect(await sync(made)).toEqual([['remove two@x', 'rejected', 'cannotLeave', facts]]);
	});

	it('is a call center that an agent cannot have, or an agent that a supervisor keeps, with its message', async () => {
		const facts = { platformCode: 'fake-refused', said: SAID };
		const joining = harness();
		joining.platform.set(OWN, []);
		joining.platform.mayJoin.set(listKey(OWN), ['one@x']);
		joining.platform.stubborn.add('one@x');
		expect(await sync(joining)).toEqual([['add one@x', 'rejected', 'refusedByPlatform', facts]]);
		const keeping = harness();
		keeping.platform.set(supervised(), ['one@x', 'two@x']);
		keeping.platform.stubborn.add('two@x');
		expect(await sync(keeping, supervised())).toEqual([['remove two@x', 'rejected', 'refusedByPlatform', facts]]);
	});
});

it('a list that can only be replaced, and each time too late, is not written', async () => {
	const made = harness();
	made.platform.set(OWN, ['one@x', 'two@x']);
	made.platform.replace = async () => ({
		ok: false,
		failure: { kind: 'unavailable', code: TOO_LATE, status: null, message: '' },
	});
	expect(await sync(made)).toEqual([['remove two@x', 'failed', 'tooLate', {}]]);
	expect(made.platform.members(OWN)).toEqual(['one@x', 'two@x']);
});

it('a write that was accepted, and not read back because of a stop, is unverified', async () => {
	const made = harness();
	made.platform.set(OWN, ['one@x', 'two@x']);
	let written = false;
	made.platform.meanwhile = ({ asked }, moment) => {
		if (asked === 'replace' && moment === 'done') written = true;
	};
	made.platform.fault = ({ asked }) => (written && asked === 'read' ? 'stopped' : null);
	expect(await sync(made)).toEqual([['remove two@x', 'failed', 'unverified', { said: null }]]);
	expect(made.platform.members(OWN)).toEqual(['one@x']);
});

it('where nothing is to be changed, no progress of writing is reported', async () => {
	const made = harness();
	made.platform.set(supervised(), ['one@x']);
	const phases = async (wished: readonly string[]) => {
		const reported = new Set<string>();
		const around = { ...made.around, onProgress: ({ phase }: { readonly phase: string }) => reported.add(phase) };
		await syncRun(source(rows(supervised(), wished)), settings(), around);
		return [...reported];
	};
	expect(await phases(['one@x'])).toEqual(['reading']);
	expect(await phases(['one@x', 'two@x'])).toEqual(['reading', 'writing']);
});
