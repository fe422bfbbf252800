/**
 * What is done when a list cannot be read at once, is gone, or is changed back by somebody else while a doubt is
 * settled.
 */

import { describe, expect, it } from '@jest/globals';
import { FRESH_READ_MILLISECONDS, syncRun } from '../../lib/sync';
import type { Platform } from '../../lib/sync/platform/platform';
import { harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

const LIST = supervised();
const OWN = ownCallCenters('agent@x');

describe('a doubtful write', () => {
	it('is settled by a second read where the first fails', async () => {
		const { platform, around } = harness();
		platform.set(LIST, ids(2));
		platform.fault = ({ index }) => (index === 1 ? 'doubtAfter' : index === 2 ? 'unavailable' : null);
		const result = await syncRun(source(rows(LIST, [...ids(2), 'new@x'])), settings({}), around);
		expect(platform.arrivals.map(({ asked }) => asked)).toEqual(['read', 'add', 'read', 'read']);
		expect(result.lists[0].members).toMatchObject([
			{ member: 'new@x', outcome: 'applied', code: 'confirmedByReadBack' },
		]);
	});

	it('is not repeated where it was applied and somebody else undid it', async () => {
		const { platform, around } = harness();
		platform.know(['one@x', 'two@x']);
		platform.set(OWN, []);
		let replaces = 0;
		platform.fault = ({ asked }) => (asked === 'replace' && replaces < 3 ? 'doubtBefore' : null);
		platform.meanwhile = ({ asked }, moment) => {
			if (asked !== 'replace' || moment !== 'arrived') return;
			replaces += 1;
			// The first does half of it before its answer is lost; then somebody takes that half back.
			if (replaces === 1) platform.set(OWN, ['one@x']);
			if (replaces === 2) platform.set(OWN, []);
		};
		const result = await syncRun(source(rows(OWN, ['one@x', 'two@x'])), settings({ kind: OWN.kind }), around);
		expect(platform.members(OWN)).toEqual(['two@x']);
		expect(result.lists[0].members).toMatchObject([
			{ member: 'one@x', outcome: 'conflict', code: 'undoneMeanwhile' },
			{ member: 'two@x', outcome: 'applied' },
		]);
	});
});

it('a list that is gone when it is written is reported as gone, and left alone', async () => {
	const { platform, around } = harness();
	platform.set(LIST, ids(2));
	platform.meanwhile = ({ asked }, moment) => {
		if (asked === 'add' && moment === 'arrived') platform.drop(LIST);
	};
	const result = await syncRun(
		source(rows(LIST, [...ids(2), 'new1@x', 'new2@x'])),
		settings({ maxEntries: 8 }),
		around,
	);
	expect(platform.arrivals.map(({ asked }) => asked)).toEqual(['read', 'add', 'read']);
	expect(result.lists[0].members.map(({ outcome, code }) => [outcome, code])).toEqual([
		['failed', 'missingList'],
		['failed', 'missingList'],
	]);
});

it('a replace that was too late is not the first state in the journal', async () => {
	const { platform, around, clock } = harness();
	platform.know(['one@x', 'two@x']);
	platform.set(OWN, ['one@x']);
	const replace = platform.replace.bind(platform);
	let turns = 0;
	// As the rate limiter does: the request waits for its turn, and is not sent because its look has grown too old.
	const late: Platform['replace'] = async (list, members, notAfter) => {
		turns += 1;
		if (turns > 1) return await replace(list, members);
		await clock.sleep(FRESH_READ_MILLISECONDS + 1);
		expect(clock.now()).toBeGreaterThan(notAfter ?? Infinity);
		platform.set(OWN, ['one@x', 'visitor@x']);
		return { ok: false, failure: { kind: 'unavailable', code: 'tooLate', status: null, message: 'Too late.' } };
	};
	platform.replace = late as typeof platform.replace;
	const result = await clock.run(
		async () => await syncRun(source(rows(OWN, ['one@x', 'two@x'])), settings({ kind: OWN.kind }), around),
	);
	expect(result.lists[0].before).toEqual(['one@x', 'visitor@x']);
	expect(platform.folded(OWN)).toEqual(['one@x', 'two@x', 'visitor@x']);
});
