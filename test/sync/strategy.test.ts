import { describe, expect, test } from '@jest/globals';
import { FRESH_READ_MILLISECONDS, SOLE_WRITER_READ_MILLISECONDS } from '../../lib/sync';
import { emptyDraft, type Draft } from '../../lib/sync/plan/draft';
import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import { Spellings } from '../../lib/sync/plan/spellings';
import {
	chooseStrategy,
	replacesOnPlannedRead,
	requestsFor,
	type Choice,
	type StrategyContext,
} from '../../lib/sync/plan/strategy';
import { strategyMessage } from '../../lib/report';
import { ids, ownCallCenters, settings, supervised } from './world';

function draftOf(ref: ListRef, live: readonly string[], adds: readonly string[], removes: readonly string[]): Draft {
	const draft = emptyDraft(ref, listKey(ref), 1, { members: membersOf(live), at: 0 }, []);
	for (const member of adds) draft.adds.set(foldId(member), { member, lines: [2] });
	for (const member of removes) draft.removes.set(foldId(member), { member, lines: [] });
	return draft;
}

/** The choice, with its reason in words. */
function chosen(
	draft: Draft,
	more: Partial<StrategyContext> = {},
): Omit<Choice, 'reason'> & { readonly reason: string } {
	const spellings = new Spellings();
	spellings.learn(membersOf([...ids(20), 'new@x']));
	const choice = chooseStrategy(draft, {
		settings: settings({ maxEntries: 2 }),
		spellings,
		expectedAge: 0,
		removalsWait: false,
		...more,
	});
	return { ...choice, reason: strategyMessage(choice.reason, draft.ref.kind) };
}

/** Four to remove in chunks of two: two requests, and one for the newcomer. */
const THREE_REQUESTS = draftOf(supervised(), ids(5), ['new@x'], ids(4));

describe('requests for so many entries', () => {
	test.each([
		[0, 0, 0],
		[0, 5, 0],
		[1, 0, 1],
		[900, 0, 1],
		[900, -1, 1],
		[4, 5, 1],
		[5, 5, 1],
		[6, 5, 2],
		[3, 1, 3],
	])('%i in chunks of %i: %i', (entries, maxEntries, requests) => {
		expect(requestsFor(entries, maxEntries)).toBe(requests);
	});
});

test('a list of any length may be replaced where entries are unlimited', () => {
	const draft = draftOf(supervised(), ids(5), ['new@x'], ['agent1@x']);
	const strategy = (maxEntries: number) => chosen(draft, { settings: settings({ maxEntries }) }).strategy;
	expect([strategy(0), strategy(5), strategy(4)]).toEqual(['replace', 'replace', 'incremental']);
});

describe('a list that nothing is done to', () => {
	test.each([
		['incremental', supervised()],
		['replace', ownCallCenters('a@x')],
	])('costs nothing, and is called %s', (strategy, ref) => {
		for (const expectedAge of [0, 1e9]) {
			expect(chosen(draftOf(ref, ids(3), [], []), { expectedAge })).toEqual({
				strategy,
				reason: 'Nothing is written.',
				writes: 0,
				reads: 0,
				readAgain: false,
			});
		}
	});
});

describe('a list that can only be written whole', () => {
	const draft = draftOf(ownCallCenters('a@x'), ['one@x'], ['new@x'], []);

	test('is replaced and read back', () => {
		expect(chosen(draft)).toEqual({
			strategy: 'replace',
			reason: 'This kind of list can only be written whole.',
			writes: 1,
			reads: 1,
			readAgain: false,
		});
	});

	test.each([
		[false, FRESH_READ_MILLISECONDS / 2],
		[true, SOLE_WRITER_READ_MILLISECONDS / 2],
	])('is read again first where its read will be too old, sole writer %p: over %i ms', (soleWriter, most) => {
		const around = { settings: settings({ soleWriter }) };
		expect(chosen(draft, { ...around, expectedAge: most })).toMatchObject({ reads: 1, readAgain: false });
		expect(chosen(draft, { ...around, expectedAge: most + 1 })).toEqual({
			strategy: 'replace',
			reason:
				'This kind of list can only be written whole. The list is read again first, because the first read will be ' +
				'too old for an overwrite.',
			writes: 1,
			reads: 2,
			readAgain: true,
		});
	});
});

describe('a list is overwritten on nothing but the read of planning', () => {
	test.each([
		['replace', false, true],
		['replace', undefined, true],
		['replace', true, false],
		['incremental', undefined, false],
	] as const)('where it is written by %s, read again %p: %p', (strategy, readAgain, expected) => {
		expect(replacesOnPlannedRead({ strategy, readAgain })).toBe(expected);
	});
});

describe('a list that can be written both ways', () => {
	test('is replaced where that takes fewer requests', () => {
		expect(chosen(draftOf(supervised(), ids(6), [], ids(4)))).toEqual({
			strategy: 'replace',
			reason: 'Replace takes 1 request, and incremental would take 2.',
			writes: 1,
			reads: 0,
			readAgain: false,
		});
	});

	test('is replaced after a fresh read where both together are fewer requests', () => {
		expect(chosen(draftOf(supervised(), ids(6), [], ids(5)), { expectedAge: 1e9 })).toEqual({
			strategy: 'replace',
			reason:
				'Replace takes 2 requests, and incremental would take 3. The list is read again first, because the first ' +
				'read will be too old for an overwrite.',
			writes: 1,
			reads: 1,
			readAgain: true,
		});
	});

	test.each([
		[['new@x'], [], 0, 'Incremental takes 1 request, and a replace would take no fewer.'],
		[['new@x'], ['agent1@x'], 1e9, 'Incremental takes 2 requests, and a fresh read and a replace would take no fewer.'],
		[[], ids(4), 1e9, 'Incremental takes 2 requests, and a fresh read and a replace would take no fewer.'],
	])('gets %j added and %j removed', (adds, removes, expectedAge, reason) => {
		const choice = chosen(draftOf(supervised(), ids(6), adds, removes), { expectedAge });
		expect(choice).toEqual({
			strategy: 'incremental',
			reason,
			writes: adds.length + Math.ceil(removes.length / 2),
			reads: 0,
			readAgain: false,
		});
	});

	test.each([
		['replace', 'Replace was requested.', 1],
		['incremental', 'Incremental was requested.', 3],
	] as const)('is written by %s where that is asked for', (forcedStrategy, reason, writes) => {
		for (const draft of [THREE_REQUESTS]) {
			const choice = chosen(draft, { settings: settings({ maxEntries: 2, forcedStrategy }) });
			expect(choice).toEqual({ strategy: forcedStrategy, reason, writes, reads: 0, readAgain: false });
		}
		// Though the other way would take fewer or as many requests.
		expect(
			chosen(draftOf(supervised(), ids(2), ['new@x'], []), { settings: settings({ forcedStrategy }) }).strategy,
		).toBe(forcedStrategy);
	});
});

describe('a replace would take fewer requests, but', () => {
	const incremental = (draft: Draft, more: Partial<StrategyContext>) => {
		const { strategy, reason, reads } = chosen(draft, more);
		expect({ strategy, reads }).toEqual({ strategy: 'incremental', reads: 0 });
		return /^Incremental takes \d requests; a replace would take fewer, but (.*)\.$/.exec(reason)?.[1];
	};

	test.each(['addOnly', 'removeOnly', 'actionColumn'] as const)(
		'the source does not have the whole list in mode %s',
		(mode) => {
			expect(incremental(THREE_REQUESTS, { settings: settings({ maxEntries: 2, mode }) })).toBe(
				'the source does not have the whole list',
			);
		},
	);

	test('nobody would be left', () => {
		expect(incremental(draftOf(supervised(), ids(4), [], ids(4)), {})).toBe('it would send an empty list');
	});

	test('somebody may leave only after being added to another list', () => {
		expect(incremental(THREE_REQUESTS, { removalsWait: true })).toBe('its removals wait for additions to other lists');
	});

	test('it does not fit into one request', () => {
		const tooLong = (live: number, maxEntries: number) => draftOf(supervised(), ids(live), [], ids(maxEntries + 1));
		expect(incremental(tooLong(6, 2), { settings: settings({ maxEntries: 2 }) })).toBe(
			'the list of 3 is longer than the 2 entries allowed in a request',
		);
		expect(incremental(tooLong(4, 1), { settings: settings({ maxEntries: 1 }) })).toBe(
			'the list of 2 is longer than the 1 entry allowed in a request',
		);
		expect(chosen(tooLong(5, 2), { settings: settings({ maxEntries: 2 }) }).strategy).toBe('replace');
	});

	test('the platform has not shown an id', () => {
		const draft = draftOf(supervised(), ids(5), ['new@x', 'Stranger@x'], ids(5));
		expect(incremental(draft, { settings: settings({ maxEntries: 2 }) })).toBe(
			'Stranger@x has not been seen on the platform, and one unknown ID makes the whole request fail',
		);
	});
});
