/** What a roll back wants of each list, by its entry in the journal and what the platform shows now. */

import { describe, expect, it } from '@jest/globals';
import type { Journal, ListOutcome } from '../../lib/sync/documents';
import type { ListRef, Settings } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { Listings, Spellings } from '../../lib/sync/plan';
import { draftRollBack } from '../../lib/sync/plan/roll-back-drafts';
import { RunPlatform } from '../../lib/sync/platform';
import { harness, ownCallCenters, settings, supervised } from './world';

const [A, B, C] = [supervised('a@x'), supervised('b@x'), supervised('c@x')];
const CENTER = 'cc@x';
const own = (agent: string) => ownCallCenters(agent);

type Change = readonly [member: string, change: 'add' | 'remove', outcome?: string];

/** A list of the journal as the run left it. */
function left(
	ref: ListRef,
	after: readonly string[] | null,
	changes: readonly Change[],
	writes: readonly string[] = ['add'],
) {
	const members = changes.map(([member, change, outcome = 'applied']) => ({ member, change, outcome, lines: [] }));
	return { ref, after, members, requests: writes.map((write) => ({ write })) } as unknown as ListOutcome;
}

async function drafted(
	made: ReturnType<typeof harness>,
	lists: readonly ListOutcome[],
	more: Partial<Settings> = {},
	onProgress?: (line: string) => void,
) {
	const around = {
		...made.around,
		onProgress: (now: { phase: string; done: number; total: number }) =>
			onProgress?.(`${now.phase} ${now.done}/${now.total}`),
	};
	const platform = new RunPlatform(around);
	const planning = {
		...{ settings: settings({ concurrency: 1, ...more }), platform, writes: true },
		...{ spellings: new Spellings(), listings: new Listings(platform) },
	};
	const result = await draftRollBack({ lists } as unknown as Journal, planning);
	return {
		...result,
		wanted: result.drafts.map(({ ref, stage, adds, removes }) => [
			...[ref.userId, stage],
			...[...adds.values()].map(({ member }) => `+${member}`),
			...[...removes.values()].map(({ member }) => `-${member}`),
		]),
		held: result.drafts.flatMap(({ ref, held }) =>
			held.map(({ member, change, outcome, code }) => [ref.userId, `${change} ${member}`, outcome, code]),
		),
		refused: result.unplanned.map(({ ref, outcome, issue }) => [ref.userId, outcome, issue.code, issue.facts]),
	};
}

function on(lists: ReadonlyArray<readonly [ListRef, readonly string[]]>): ReturnType<typeof harness> {
	const made = harness();
	for (const [ref, members] of lists) made.platform.set(ref, members);
	return made;
}

describe('what was applied', () => {
	it('is undone, in the spelling of the platform, and nothing else is', async () => {
		const made = on([
			[A, ['New@x', 'bea@x']],
			[B, ['an@x']],
		]);
		const result = await drafted(made, [
			left(
				A,
				['new@x', 'bea@x'],
				[
					['new@x', 'add'],
					['Old@x', 'remove'],
					['bea@x', 'add', 'alreadyInPlace'],
					['chris@x', 'remove', 'held'],
				],
			),
			left(B, ['an@x'], [['an@x', 'add', 'rejected']]),
			left(C, ['x@x'], []),
		]);
		expect(result.wanted).toEqual([['a@x', 1, '+Old@x', '-New@x']]);
		expect(result).toMatchObject({
			...{ liveMembers: 2, unread: [], unchanged: [], notRead: [], remembered: null },
			source: { rows: 0, rejectedRows: 0, lists: 1, members: 2 },
		});
		expect(made.platform.arrivals).toHaveLength(1);
	});

	it('is left where the list in the journal contradicts it', async () => {
		const lists = [
			left(
				A,
				['an@x'],
				[
					['bea@x', 'add'],
					['an@x', 'remove'],
				],
			),
		];
		expect((await drafted(on([[A, ['an@x']]]), lists)).wanted).toEqual([['a@x', 1]]);
	});

	it('is read list by list, with progress', async () => {
		const lines: string[] = [];
		const made = on([
			[A, ['new@x']],
			[B, ['new@x']],
		]);
		await drafted(made, [left(A, ['new@x'], [['new@x', 'add']]), left(B, ['new@x'], [['new@x', 'add']])], {}, (line) =>
			lines.push(line),
		);
		expect(lines).toEqual(['reading 0/2', 'reading 1/2', 'reading 2/2']);
	});
});

describe('a list is not undone', () => {
	const changes: Change[] = [['new@x', 'add']];

	it('of which it is not known how it was left, where anything was written', async () => {
		for (const write of ['add', 'remove', 'replace']) {
			const { refused } = await drafted(on([[A, ['new@x']]]), [left(A, null, [], ['read', write])]);
			expect(refused).toEqual([['a@x', 'conflict', 'unknownAfter', { list: A }]]);
		}
		const untouched = [left(A, null, [], ['read', 'joinable']), left(B, null, [], [])];
		expect((await drafted(on([]), untouched)).refused).toEqual([]);
		expect((await drafted(on([[A, []]]), [left(A, null, changes, [])])).refused).toHaveLength(1);
		// A list that is known and of which nothing was applied is no matter of a roll back.
		expect((await drafted(on([[A, []]]), [left(A, ['x@x'], [], ['add'])])).refused).toEqual([]);
	});

	it('that somebody else changed, with whom they added or removed', async () => {
		const made = on([[A, ['new@x', 'y@x', 'x@x']]]);
		const result = await drafted(made, [left(A, ['new@x', 'gone@x', 'also@x'], changes)]);
		expect(result.refused).toMatchObject([
			['a@x', 'conflict', 'changedSince', { list: A, foreign: { added: { first: ['x@x', 'y@x'] } } }],
		]);
		expect(result.unplanned[0]).toMatchObject({
			foreign: { added: ['x@x', 'y@x'], removed: ['also@x', 'gone@x'] },
			log: [{ write: 'read' }],
		});
	});

	it('that is not shown', async () => {
		const { refused, unplanned } = await drafted(on([]), [left(A, ['new@x'], changes)]);
		expect(refused).toMatchObject([['a@x', 'failed', 'unreadableList', { problem: 'rollBack', list: A }]]);
		expect(unplanned[0]).toMatchObject({ failure: { kind: 'missing' }, log: [{ write: 'read' }] });
	});

	it('that a stop left unread', async () => {
		const made = on([[A, ['new@x']]]);
		made.platform.fault = () => 'stopped';
		expect(await drafted(made, [left(A, ['new@x'], changes)])).toMatchObject({
			unread: [A],
			unplanned: [],
			drafts: [],
		});
	});

	it('whose call centers cannot be asked for, and whatever depends on it is held', async () => {
		const made = on([[own('an@x'), []]]);
		made.platform.fault = ({ asked }) => (asked === 'joinable' ? 'unavailable' : null);
		const lists = [left(own('an@x'), [], [[CENTER, 'remove']])];
		const result = await drafted(made, lists, { kind: 'agentCallCenters' });
		expect(result.refused).toMatchObject([['an@x', 'failed', 'joinableUnreadable', { agent: 'an@x' }]]);
		expect(result.drafts).toEqual([]);
	});
});

describe('members who moved', () => {
	const changes: Change[] = [
		['an@x', 'add'],
		['bea@x', 'add'],
	];

	it('stay where the list that they came from cannot be given back', async () => {
		const made = on([[A, ['an@x', 'bea@x', 'chris@x']]]);
		const from = left(
			B,
			['x@x'],
			[
				['AN@x', 'remove'],
				['bea@x', 'remove', 'held'],
				['x@x', 'add'],
			],
		);
		const result = await drafted(made, [left(A, ['an@x', 'bea@x', 'chris@x'], [...changes, ['chris@x', 'add']]), from]);
		expect(result.held).toEqual([['a@x', 'remove an@x', 'held', 'rowNotCarriedOut']]);
		expect(result.wanted).toEqual([['a@x', 1, '-bea@x', '-chris@x']]);
		const [{ facts }] = result.drafts[0].held;
		expect(facts).toMatchObject({ means: 'member', cause: { issue: { code: 'unreadableList' } } });
	});

	it('are not call centers of an agent, which do not move', async () => {
		const made = on([[own('an@x'), [CENTER]]]);
		const lists = [left(own('an@x'), [CENTER], [[CENTER, 'add']]), left(own('bea@x'), [], [[CENTER, 'remove']])];
		const result = await drafted(made, lists, { kind: 'agentCallCenters' });
		expect(result.held).toEqual([]);
		expect(result.wanted).toEqual([['an@x', 1, `-${CENTER}`]]);
	});
});

describe('an agent who was put in a call center for a supervisor', () => {
	const SUPERVISED = supervised('sup@x', CENTER);
	const joined = [
		left(
			own('an@x'),
			[CENTER, 'other@x'],
			[
				[CENTER, 'add'],
				['other@x', 'add'],
			],
		),
	];

	it('leaves the supervisor first', async () => {
		const made = on([
			[own('an@x'), [CENTER, 'other@x']],
			[SUPERVISED, ['an@x']],
		]);
		const result = await drafted(made, [...joined, left(SUPERVISED, ['an@x'], [['an@x', 'add']])]);
		expect(result.wanted).toEqual([
			['an@x', 1, `-${CENTER}`, '-other@x'],
			['sup@x', 0, '-an@x'],
		]);
	});

	it('stays in it while the supervisor keeps the agent', async () => {
		const made = on([
			[own('an@x'), [CENTER, 'other@x']],
			[SUPERVISED, ['an@x', 'new@x']],
		]);
		const kept = left(
			SUPERVISED,
			['an@x'],
			[
				['AN@x', 'add'],
				['x@x', 'remove'],
			],
		);
		const result = await drafted(made, [...joined, kept]);
		expect(result.held).toEqual([['an@x', `remove ${CENTER}`, 'held', 'stillSupervised']]);
		expect(result.wanted).toEqual([['an@x', 1, '-other@x']]);
		// Who was taken off there, and did not come, is no reason to stay.
		const removed = left(SUPERVISED, ['an@x'], [['an@x', 'remove']]);
		expect((await drafted(made, [...joined, removed])).held).toEqual([]);
	});

	it('joins it again before the supervisor, and is not put there without it', async () => {
		const lists = [
			left(own('an@x'), ['x@x'], [[CENTER, 'remove']]),
			left(
				SUPERVISED,
				[],
				[
					['An@x', 'remove'],
					['bea@x', 'remove'],
				],
			),
		];
		const both = on([
			[own('an@x'), ['x@x']],
			[SUPERVISED, []],
		]);
		both.platform.mayJoin.set(listKey(own('an@x')), [CENTER]);
		expect((await drafted(both, lists)).wanted).toEqual([
			['an@x', 0, `+${CENTER}`],
			['sup@x', 1, '+An@x', '+bea@x'],
		]);
		const alone = on([[SUPERVISED, []]]);
		const result = await drafted(alone, lists);
		expect(result.wanted).toEqual([['sup@x', 1, '+bea@x']]);
		expect(result.held).toEqual([['sup@x', 'add An@x', 'rejected', 'prerequisiteFailed']]);
		expect(result.drafts[0].held[0].facts).toEqual({ member: 'An@x', callCenter: CENTER });
	});

	it('who cannot come back keeps the list that the run added', async () => {
		const elsewhere = supervised('b@x', 'far@x');
		const made = on([
			[SUPERVISED, []],
			[elsewhere, ['an@x', 'bea@x']],
		]);
		const result = await drafted(made, [
			left(own('an@x'), ['x@x'], [[CENTER, 'remove']]),
			left(
				SUPERVISED,
				[],
				[
					['an@x', 'remove'],
					['bea@x', 'remove'],
				],
			),
			left(
				elsewhere,
				['an@x', 'bea@x'],
				[
					['an@x', 'add'],
					['bea@x', 'add'],
				],
			),
		]);
		expect(result.held).toContainEqual(['b@x', 'remove an@x', 'held', 'rowNotCarriedOut']);
		expect(result.wanted).toContainEqual(['b@x', 1, '-bea@x']);
	});
});
