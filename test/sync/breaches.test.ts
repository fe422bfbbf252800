import { describe, expect, test } from '@jest/globals';
import { emptyDraft, type Draft } from '../../lib/sync/plan/draft';
import { breachesOf, holdBreaches, totalRemovalLimit, verdictOf } from '../../lib/sync/plan/guards';
import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import type { Breach } from '../../lib/sync/documents/plan';
import { heldMessage } from '../../lib/report';
import { messageOf } from '../support/issue-text';
import { ids, NO_LIMITS, ownCallCenters, settings, STRICT, supervised } from './world';

const changes = (members: readonly string[]) =>
	new Map(members.map((member) => [foldId(member), { member, lines: [] }]));

function list(ref: ListRef, liveCount: number, removes: readonly string[], adds: readonly string[] = []) {
	return { ref, liveCount, adds: changes(adds), removes: changes(removes), prerequisite: false };
}

/** Not compared with the last run unless `source` is given. */
function guarded(
	lists: Array<ReturnType<typeof list>>,
	liveMembers: number,
	source: { rows: number; lists: number; members: number } | null = null,
) {
	return { lists, unchanged: [], liveMembers, source, named: { lists: 0, notShown: 0 } };
}

/** With their messages. */
const withMessages = (breaches: readonly Breach[]) =>
	breaches.map((breach) => ({ ...breach, message: messageOf(breach) }));

const limits = (more: Partial<typeof NO_LIMITS>) => ({ limits: { ...NO_LIMITS, ...more } });

describe('what a breach says', () => {
	test.each([
		[
			20,
			7,
			{},
			'Too many removals: 7 of its 20 agents (35 %) would be removed, over the limit of 6 (30 % of 20, at most 10).',
		],
		[
			2000,
			1011,
			{ removalCountPerList: 1010, removalPercentPerList: 90 },
			'Too many removals: 1,011 of its 2,000 agents (50.6 %) would be removed, over the limit of 1,010 (90 % of ' +
				'2,000, at most 1,010).',
		],
		[
			5,
			2,
			{},
			'Too many removals: 2 of its 5 agents (40 %) would be removed, over the limit of 1 (30 % of 5, at most 10).',
		],
		[
			4,
			3,
			{},
			'Too many removals: 3 of its 4 agents (75 %) would be removed, over the limit of 2 (half of a ' +
				'list under 5, at most 10).',
		],
		[
			4,
			1,
			{ removalPercentPerList: 0 },
			'Too many removals: 1 of its 4 agents (25 %) would be removed, over the limit of 0 (0 % of 4, at most 10).',
		],
		[
			4,
			3,
			{ removalPercentPerList: 100, removalCountPerList: 2 },
			'Too many removals: 3 of its 4 agents (75 %) would be removed, over the limit of 2 (100 % of 4, at most 2).',
		],
		[
			4,
			3,
			{ removalPercentPerList: 99, removalCountPerList: 2 },
			'Too many removals: 3 of its 4 agents (75 %) would be removed, over the limit of 2 (half of a ' +
				'list under 5, at most 2).',
		],
		[
			4,
			3,
			{ removalPercentPerList: 1 },
			'Too many removals: 3 of its 4 agents (75 %) would be removed, over the limit of 2 (half of a ' +
				'list under 5, at most 10).',
		],
	])('of a list of %i that loses %i', (live, removals, more, message) => {
		const strict = {
			removalCountPerList: STRICT.removalCountPerList,
			removalPercentPerList: STRICT.removalPercentPerList,
		};
		const breaches = breachesOf(
			guarded([list(supervised(), live, ids(removals))], live),
			settings(limits({ ...strict, ...more })),
		);
		const { removalCountPerList: max, removalPercentPerList: percent } = { ...strict, ...more };
		expect(withMessages(breaches)).toEqual([
			{
				code: 'removalsPerList',
				list: supervised(),
				facts: { kind: 'supervisedAgents', removals, live, limit: expect.any(Number), percent, max },
				message,
			},
		]);
	});

	test('of protected members, one or several', () => {
		const of = (protectedMembers: string[], removes: string[]) =>
			withMessages(breachesOf(guarded([list(supervised(), 9, removes)], 9), settings({ protectedMembers }))).map(
				({ code, facts, message }) => [code, facts, message],
			);
		expect(of(['boss@x'], ['Boss@X', 'b@x'])).toEqual([
			[
				'protectedMember',
				{ members: { first: ['Boss@X'], more: 0 } },
				'Protected: Boss@X would be removed, but must stay.',
			],
		]);
		expect(of(['b@x', 'boss@x', 'c@x'], ['Boss@X', 'b@x'])).toEqual([
			[
				'protectedMember',
				{ members: { first: ['b@x', 'Boss@X'], more: 0 } },
				'Protected: b@x and Boss@X would be removed, but must stay.',
			],
		]);
		expect(of(['c@x'], ['b@x'])).toEqual([]);
		expect(of([], ['b@x'])).toEqual([]);
	});

	test('of removals in total', () => {
		const lists = [list(supervised('a@x'), 600, ids(100)), list(supervised('b@x'), 600, ids(21))];
		expect(
			withMessages(
				breachesOf(guarded(lists, 1200), settings(limits({ removalPercentTotal: 10, removalCountTotal: 200 }))),
			),
		).toEqual([
			{
				code: 'removalsTotal',
				list: null,
				facts: { removals: 121, live: 1200, limit: 120, percent: 10, max: 200, runs: 1 },
				message:
					'Too many removals: 121 of 1,200 members (10.1 %) would be removed, over the limit of 120 (10 % of 1,200, ' +
					'at least 5, at most 200).',
			},
		]);
	});

	test('of additions, prerequisites aside', () => {
		const lists = [
			list(supervised('a@x'), 0, [], ids(2)),
			list(supervised('b@x'), 0, [], ids(1)),
			list(ownCallCenters('agent1@x'), 0, [], ['cc@x']),
		];
		expect(withMessages(breachesOf(guarded(lists, 0), settings(limits({ additionCountTotal: 2 }))))).toEqual([
			{
				code: 'additionsTotal',
				list: null,
				facts: { additions: 3, limit: 2, runs: 1 },
				message: 'Too many additions: 3 members would be added, over the limit of 2.',
			},
		]);
		expect(breachesOf(guarded(lists, 0), settings(limits({ additionCountTotal: 3 })))).toEqual([]);
	});

	test('of a source that shrank', () => {
		const lastRun = { rows: 1200, lists: 2, members: 10 };
		const breaches = breachesOf(
			guarded([], 0, { rows: 900, lists: 1, members: 10 }),
			settings({ ...limits({ shrinkPercent: 20 }), lastRun }),
		);
		expect(withMessages(breaches)).toEqual([
			{
				code: 'sourceShrank',
				list: null,
				facts: { what: 'rows', now: 900, before: 1200, measured: 25, limit: 20 },
				message:
					'The source shrank: 900 rows against 1,200 in the last applied run, 25 % less, over the limit of 20 %.',
			},
			{
				code: 'sourceShrank',
				list: null,
				facts: { what: 'lists', now: 1, before: 2, measured: 50, limit: 20 },
				message: 'The source shrank: 1 list against 2 in the last applied run, 50 % less, over the limit of 20 %.',
			},
		]);
	});

	test('nothing of a last run that had nothing', () => {
		const lastRun = { rows: 0, lists: -1, members: 0 };
		expect(
			breachesOf(
				guarded([], 0, { rows: 0, lists: 0, members: 0 }),
				settings({ ...limits({ shrinkPercent: -100 }), lastRun }),
			),
		).toEqual([]);
		expect(
			breachesOf(guarded([], 0, { rows: 0, lists: 0, members: 0 }), settings(limits({ shrinkPercent: 0 }))),
		).toEqual([]);
	});
});

describe('lists of the source that are not shown', () => {
	const shown = (lists: number, notShown: number) => ({ ...guarded([], 0), named: { lists, notShown } });

	test('are reported with their share', () => {
		expect(withMessages(breachesOf(shown(2000, 401), settings(limits({ listsNotShownPercent: 20 }))))).toEqual([
			{
				code: 'listsNotShown',
				list: null,
				facts: { lists: 2000, notShown: 401, limit: 400, percent: 20, runs: 1 },
				message:
					'Too many lists are not shown: 401 of the 2,000 lists that the source names (20.1 %) do not exist on ' +
					'the platform, are forbidden or cannot be read, over the limit of 400 (20 %, at least 2).',
			},
		]);
		expect(breachesOf(shown(2000, 400), settings(limits({ listsNotShownPercent: 20 })))).toEqual([]);
	});

	test('may be as many as the floor where there are few, and none where none may', () => {
		expect(breachesOf(shown(3, 2), settings(limits({ listsNotShownPercent: 1 })))).toEqual([]);
		expect(breachesOf(shown(3, 3), settings(limits({ listsNotShownPercent: 1 })))).toMatchObject([
			{ facts: { limit: 2 } },
		]);
		for (const percent of [0, -1])
			expect(breachesOf(shown(3, 1), settings(limits({ listsNotShownPercent: percent })))).toMatchObject([
				{ facts: { notShown: 1, limit: 0 } },
			]);
	});
});

describe('several runs of one execution', () => {
	const own = guarded([list(supervised('a@x'), 20, ids(1)), list(supervised('b@x'), 20, [])], 40);
	/** The first list loses more in another run, and so does one that this run does not have. */
	const all = guarded(
		[list({ ...supervised('A@x') }, 20, ids(7)), list(supervised('b@x'), 20, []), list(supervised('c@x'), 20, ids(9))],
		60,
	);
	const strict = settings(
		limits({ removalPercentPerList: 30, removalCountPerList: 10, removalPercentTotal: 10, removalCountTotal: 200 }),
	);

	test('count together: what a list loses in all of them, and what all lists lose', () => {
		const breaches = breachesOf(own, strict, { runs: 3, all });
		expect(breaches).toMatchObject([
			{ code: 'removalsPerList', list: { userId: 'A@x' }, facts: { removals: 7 } },
			{ code: 'removalsTotal', list: null, facts: { removals: 16 } },
		]);
		expect(messageOf(breaches[1])).toMatch(/^Too many removals in 3 runs together: 16 of 60 members/);
	});

	test('are named in the messages of additions and of lists not shown as well', () => {
		const adding = { ...guarded([list(supervised(), 0, [], ids(3))], 0), named: { lists: 9, notShown: 9 } };
		const headings = (runs: number) =>
			breachesOf(adding, settings(limits({ additionCountTotal: 2, listsNotShownPercent: 20 })), {
				runs,
				all: adding,
			}).map((breach) => messageOf(breach).split(':')[0]);
		expect(headings(2)).toEqual([
			'Too many additions in 2 runs together',
			'Too many lists are not shown in 2 runs together',
		]);
		expect(headings(1)).toEqual(['Too many additions', 'Too many lists are not shown']);
	});

	test('are one where there is no other: its own lists count', () => {
		expect(breachesOf(own, strict, { runs: 1, all: own })).toEqual([]);
		expect(breachesOf(own, strict)).toEqual([]);
		const losing = guarded([list(supervised('a@x'), 20, ids(7)), list(supervised('a@x'), 20, [])], 400);
		expect(breachesOf(losing, strict, { runs: 1, all: guarded([], 400) })).toMatchObject([
			{ code: 'removalsPerList', facts: { removals: 7 } },
		]);
	});
});

describe('removals in total', () => {
	test('are none where 0 % is allowed, though a floor is there for more', () => {
		expect(totalRemovalLimit(100, { ...NO_LIMITS, removalPercentTotal: 0 })).toBe(0);
		expect(totalRemovalLimit(100, { ...NO_LIMITS, removalPercentTotal: -1 })).toBe(0);
		expect(totalRemovalLimit(100, { ...NO_LIMITS, removalPercentTotal: 1 })).toBe(5);
	});
});

const EXCEEDED = {
	removalsPerList: { kind: 'supervisedAgents', removals: 2, live: 3, limit: 1, percent: 30, max: 10 },
	protectedMember: { members: { first: ['agent2@x'], more: 0 } },
	removalsTotal: { removals: 2, live: 6, limit: 1, percent: 10, max: 1, runs: 1 },
	additionsTotal: { additions: 2, limit: 1, runs: 1 },
} as const;

function breach(code: keyof typeof EXCEEDED, ref: ListRef | null): Breach {
	return { code, facts: EXCEEDED[code], list: ref } as Breach;
}

describe('the verdict', () => {
	test.each([
		[[], 'abort', 'pass'],
		[[], 'hold', 'pass'],
		[['removalsTotal'], 'abort', 'abort'],
		[['removalsTotal'], 'hold', 'hold'],
		[['additionsTotal'], 'hold', 'abort'],
		[['removalsTotal', 'additionsTotal'], 'hold', 'abort'],
	] as Array<[Array<keyof typeof EXCEEDED>, 'abort' | 'hold', string]>)(
		'on %j, set to %s, is %s',
		(guards, onBreach, verdict) => {
			expect(
				verdictOf(
					guards.map((guard) => breach(guard, null)),
					settings({ onBreach }),
				),
			).toBe(verdict);
		},
	);
});

describe('holding', () => {
	const drafts = (): Draft[] =>
		[supervised('a@x'), supervised('b@x')].map((ref) => {
			const draft = emptyDraft(ref, listKey(ref), 1, { members: membersOf(ids(3)), at: 0 }, []);
			for (const member of ids(2)) draft.removes.set(member, { member, lines: [] });
			return draft;
		});
	const heldOf = (all: readonly Draft[]) =>
		all.map(({ held, removes }) => [held.map(({ member }) => member), [...removes.keys()]]);

	test('concerns the list of the breach, and says why and how to go on', () => {
		const all = drafts();
		// Of another run, so that it is the same list and not the same object.
		holdBreaches(all, [breach('removalsPerList', { ...all[1]!.ref, userId: 'B@x' })], settings());
		expect(heldOf(all)).toEqual([
			[[], ids(2)],
			[ids(2), []],
		]);
		const held = all[1]!.held[0]!;
		expect(held).toEqual({
			member: 'agent1@x',
			lines: [],
			change: 'remove',
			outcome: 'held',
			code: 'removalsPerList',
			facts: EXCEEDED.removalsPerList,
		});
		expect(heldMessage(held)).toBe(
			'Too many removals: 2 of its 3 agents (66.7 %) would be removed, over the limit of 1 (half of a list under 5, ' +
				"at most 10). Check that the source is complete and right. If it is, raise 'Maximum Removals per List (%)' " +
				"and 'Maximum Removals per List' (100 % also lifts the rule for lists under 5) for this run.",
		);
	});

	test('concerns all lists where the breach does', () => {
		const all = drafts();
		holdBreaches(all, [breach('removalsTotal', null)], settings());
		expect(heldOf(all)).toEqual([
			[ids(2), []],
			[ids(2), []],
		]);
	});

	test('concerns nobody but the protected where they are the breach', () => {
		const all = drafts();
		holdBreaches(
			all,
			[breach('protectedMember', all[0]!.ref)],
			settings({ protectedMembers: ['AGENT2@x', 'other@x'] }),
		);
		expect(heldOf(all)).toEqual([
			[['agent2@x'], ['agent1@x']],
			[[], ids(2)],
		]);
	});
});
