/** What a run reports of each list and member that it could not change: the facts, and the platform's message. */

import { describe, expect, it } from '@jest/globals';
import { MAX_REPLANS, MAX_RESENDS, planRun, rollBackRun, syncRun } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import type { RunResult } from '../../lib/sync';
import { messageOf } from '../support/issue-text';
import { LIST, nthWrite, one } from './one-list';
import { harness, ids, ownCallCenters, row, rows, settings, source, supervised } from './world';

const OWN = ownCallCenters('agent@x');
const SAYS = (kind: string) => `The fake platform says ${kind}.`;

/** Of the first list, its issue; then of its members. */
function issuesOf({ lists: [list] }: RunResult) {
	return [list, ...list.members].map(({ outcome, code, facts }) => [outcome, code, facts]);
}

describe('of writes is reported', () => {
	it('that the account may not write', async () => {
		const { platform, run } = one(['old@x'], ['new@x', 'old@x']);
		platform.fault = nthWrite(1, 'forbidden');
		const result = await run();
		const issue = ['failed', 'forbidden', { problem: 'write', said: SAYS('forbidden') }];
		expect(issuesOf(result)).toEqual([issue, issue]);
		expect(result.lists[0]).toMatchObject({ before: ['old@x'], after: ['old@x'] });
	});

	it('that the platform failed or refused, with its code and its words', async () => {
		const { platform, run } = one([], ['new@x']);
		platform.fault = nthWrite(1, 'unavailable');
		const failed = ['failed', 'platformFailed', { platformCode: 'fake-unavailable', said: SAYS('unavailable') }];
		expect(issuesOf(await run())).toEqual([failed, failed]);
		const other = one(['old@x'], ['new@x']);
		other.platform.stubborn.add('new@x');
		const refused = ['rejected', 'refusedByPlatform', { platformCode: 'fake-refused', said: SAYS('refused') }];
		expect(issuesOf(await other.run())).toEqual([
			refused,
			refused,
			['held', 'additionFailed', { problem: 'sameList', member: 'new@x', others: 0 }],
		]);
	});

	it('how many others could not be added either', async () => {
		const { platform, run } = one(['old@x'], ['new@x', 'newer@x', 'newest@x']);
		for (const id of ['new@x', 'newer@x', 'newest@x']) platform.stubborn.add(id);
		expect(issuesOf(await run()).at(-1)).toEqual([
			'held',
			'additionFailed',
			{ problem: 'sameList', member: 'new@x', others: 2 },
		]);
	});

	it('how often it was tried', async () => {
		const { platform, run } = one([], ['new@x']);
		platform.fault = ({ asked }) => (asked === 'add' ? 'doubtBefore' : null);
		const doubt = ['failed', 'doubtUnresolved', { times: MAX_RESENDS + 1, said: SAYS('doubt') }];
		expect(issuesOf(await run())).toEqual([doubt, doubt]);
	});

	it('that it is not known, with the answer to the write or to the read behind it', async () => {
		const unknown = one([], ['new@x']);
		unknown.platform.fault = ({ index }) => (index === 0 ? null : index === 1 ? 'doubtAfter' : 'unavailable');
		expect(issuesOf(await unknown.run())[1]).toEqual(['failed', 'outcomeUnknown', { said: SAYS('doubt') }]);
		const unproved = one([], ['new@x'], {}, OWN);
		unproved.platform.know(['new@x']);
		unproved.platform.fault = ({ index }) => (index > 2 ? 'unavailable' : null);
		expect(issuesOf(await unproved.run())[1]).toEqual(['failed', 'unverified', { said: SAYS('unavailable') }]);
	});

	it('that the list is gone, or could not be read again', async () => {
		for (const [fault, issue] of [
			['missing', ['failed', 'missingList', { problem: 'meanwhile', list: LIST, said: SAYS('missing') }]],
			['unavailable', ['failed', 'unreadableList', { problem: 'writing', list: LIST, said: SAYS('unavailable') }]],
		] as const) {
			const { platform, run } = one([], ids(4));
			platform.fault = ({ index }) => (index === 1 ? 'missing' : index > 1 ? fault : null);
			expect(issuesOf(await run())).toEqual(Array.from({ length: 5 }, () => issue));
			expect(platform.writes).toBe(1);
		}
	});

	it('what somebody else keeps changing', async () => {
		const { platform, run } = one(['old@x'], ['old@x', 'new@x'], {}, OWN);
		platform.know(['new@x']);
		let visitors = 0;
		platform.meanwhile = ({ asked }, moment) => {
			if (asked === 'replace' && moment === 'done') platform.set(OWN, ['old@x', `visitor${(visitors += 1)}@x`]);
		};
		platform.fault = ({ asked }) => (asked === 'replace' ? 'doubtBefore' : null);
		const foreign = { added: { first: ['visitor4@x'], more: 0 }, removed: { first: [], more: 0 } };
		const contested = ['conflict', 'contested', { foreign, plans: MAX_REPLANS }];
		expect(issuesOf(await run())).toEqual([contested, contested]);
	});

	it('that the platform accepted it and does not show it', async () => {
		const { platform, run } = one([], ['new@x', 'other@x']);
		platform.unknownIds = 'ignore';
		platform.stubborn.add('new@x');
		expect(issuesOf(await run())).toEqual([
			['rejected', 'notTaken', {}],
			['rejected', 'notTaken', {}],
			['applied', null, null],
		]);
	});

	it('what others changed beside it, in the order of their names', async () => {
		const { platform, run } = one(['b@x', 'a@x', 'stays@x'], ['b@x', 'a@x', 'stays@x', 'new@x']);
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['z@x', 'y@x', 'stays@x']);
		};
		const { lists } = await run();
		expect(lists[0]).toMatchObject({
			outcome: 'applied',
			code: 'changedByOthers',
			facts: {
				foreign: { added: { first: ['y@x', 'z@x'], more: 0 }, removed: { first: ['a@x', 'b@x'], more: 0 } },
			},
			before: ['b@x', 'a@x', 'stays@x'],
			after: ['z@x', 'y@x', 'stays@x', 'new@x'],
		});
	});
});

describe('of planning is reported', () => {
	const plannedOf = async (scene: ReturnType<typeof harness>, all: ReturnType<typeof rows>, more = {}) =>
		await planRun(source(all), settings(more), scene.around);

	it('which lists could not be read, and why', async () => {
		const scene = harness();
		const [missing, forbidden, broken, fine] = ['m@x', 'n@x', 'o@x', 'p@x'].map((id) => supervised(id));
		for (const ref of [forbidden, broken, fine]) scene.platform.set(ref, []);
		scene.platform.fault = ({ ref }) =>
			ref?.userId === 'n@x' ? 'forbidden' : ref?.userId === 'o@x' ? 'unavailable' : null;
		const all = [missing, forbidden, broken, fine].flatMap((ref, index) => [
			row(ref, 'b@x', { line: index * 10 + 3 }),
			row(ref, 'a@x', { line: index * 10 + 2 }),
		]);
		const { plan, lists } = await plannedOf(scene, all);
		const factsOf = (list: typeof missing, problem: string, said: string) => ({ problem, list, said: SAYS(said) });
		expect(plan!.unplanned).toEqual([
			{
				ref: missing,
				outcome: 'rejected',
				code: 'missingList',
				facts: factsOf(missing, 'list', 'missing'),
				lines: [2, 3],
			},
			{
				ref: forbidden,
				outcome: 'rejected',
				code: 'forbidden',
				facts: factsOf(forbidden, 'read', 'forbidden'),
				lines: [12, 13],
			},
			{
				ref: broken,
				outcome: 'failed',
				code: 'unreadableList',
				facts: factsOf(broken, 'planning', 'unavailable'),
				lines: [22, 23],
			},
		]);
		expect(plan!.totals.liveMembers).toBe(0);
		expect(plan!.source).toEqual({ rows: 8, rejectedRows: 0, lists: 4, members: 8 });
		// The request that failed is in the journal of its list.
		const failed = lists.filter(({ outcome }) => outcome === 'rejected' || outcome === 'failed');
		expect(failed.map(({ requests }) => requests.map(({ write, result }) => `${write} ${result}`))).toEqual([
			['read missing'],
			['read forbidden'],
			['read unavailable'],
		]);
	});

	it('which groups, owners and agents the directory does not have', async () => {
		const scene = harness();
		const refs = [supervised('Sup@x'), supervised('ghost@x'), { ...supervised('sup@x'), groupId: 'H' }];
		for (const ref of refs) scene.platform.set(ref, ['seen@x']);
		scene.platform.users = async (...[, groupId]: [string?, string?]) =>
			groupId === 'G'
				? {
						ok: true,
						entries: ['SUP@x', 'Agent@x'].map((userId) => ({
							userId,
							firstName: '',
							lastName: '',
							phoneNumber: '',
							extension: '',
							emailAddress: '',
						})),
					}
				: { ok: false, failure: { kind: 'missing', code: 'x', status: 404, message: 'No such group.' } };
		const all = refs.flatMap((ref, index) =>
			['agent@x', 'SEEN@x', 'typo@x'].map((member, at) => row(ref, member, { line: 10 * index + at })),
		);
		const { plan, lists } = await plannedOf(scene, all, { checkUsers: true });
		expect(plan!.unplanned.map(({ code, facts, lines, outcome }) => [outcome, code, facts, lines])).toEqual([
			['rejected', 'unknownOwner', { list: refs[1] }, [10, 11, 12]],
			['rejected', 'missingList', { problem: 'group', list: refs[2], said: 'No such group.' }, [20, 21, 22]],
		]);
		// In the spelling of the directory, whatever the file has.
		const spelt = { ...refs[0], userId: 'SUP@x' };
		expect(plan!.lists[0].ref).toEqual(spelt);
		expect(plan!.lists[0].adds).toEqual([{ member: 'Agent@x', lines: [0] }]);
		expect(plan!.lists[0].held).toEqual([
			{
				member: 'typo@x',
				change: 'add',
				outcome: 'rejected',
				lines: [2],
				code: 'unknownMember',
				facts: { problem: 'notInGroup', member: 'typo@x', list: spelt, lines: [2] },
			},
		]);
		expect(plan!.source).toMatchObject({ lists: 3, members: 9 });
		expect(lists).toHaveLength(3);

		scene.platform.users = async () => ({
			ok: false,
			failure: { kind: 'unavailable', code: 'x', status: 503, message: 'Not now.' },
		});
		const { plan: other } = await plannedOf(scene, rows(refs[0], ['agent@x']), { checkUsers: true });
		expect(other!.unplanned).toMatchObject([
			{ outcome: 'failed', code: 'directoryUnreadable', facts: { list: refs[0], said: 'Not now.' }, lines: [2] },
		]);
	});

	it('which call centers an agent may not join, or could not be asked for', async () => {
		const scene = harness();
		scene.platform.set(OWN, ['one@x']);
		scene.platform.mayJoin.set(listKey(OWN), ['Two@x']);
		const kind = { kind: OWN.kind };
		const { plan } = await plannedOf(scene, rows(OWN, ['one@x', 'two@x', 'three@x']), kind);
		expect(plan!.lists[0].adds).toEqual([{ member: 'Two@x', lines: [3] }]);
		expect(plan!.lists[0].held).toMatchObject([
			{ code: 'cannotJoin', facts: { agent: 'agent@x', callCenter: 'three@x' }, lines: [4], outcome: 'rejected' },
		]);
		scene.platform.fault = ({ asked }) => (asked === 'joinable' ? 'unavailable' : null);
		const { plan: failed, lists } = await plannedOf(scene, rows(OWN, ['one@x', 'two@x']), kind);
		expect(failed!.unplanned).toMatchObject([
			{ outcome: 'failed', code: 'joinableUnreadable', facts: { agent: 'agent@x', said: SAYS('unavailable') } },
		]);
		expect(lists[0]).toMatchObject({ before: ['one@x'], after: ['one@x'] });
		expect(lists[0].requests.map(({ write, result }) => `${write} ${result}`)).toEqual([
			'read ok',
			'joinable unavailable',
		]);
		// Nothing is to be joined where nothing is added.
		const asked = scene.platform.count('joinable');
		await plannedOf(scene, rows(OWN, ['one@x']), kind);
		expect(scene.platform.count('joinable')).toBe(asked);
	});

	it('which agents could not be put in the call center first', async () => {
		const refused = async (agent: string, more: (scene: ReturnType<typeof harness>) => void) => {
			const scene = harness();
			scene.platform.set(LIST, []);
			more(scene);
			const { plan } = await plannedOf(scene, rows(LIST, [agent]), { assignFirst: true });
			expect(scene.platform.writes).toBe(0);
			return plan!.lists[0].held.map(({ outcome, lines, code, facts }) => [outcome, lines, code, facts]);
		};
		expect(await refused('nobody@x', () => undefined)).toEqual([
			['rejected', [2], 'unknownMember', { problem: 'notOnPlatform', member: 'nobody@x' }],
		]);
		const there = ({ platform }: ReturnType<typeof harness>) => platform.set(OWN, []);
		expect(
			await refused('agent@x', (scene) => {
				there(scene);
				scene.platform.fault = ({ ref }) => (ref?.kind === OWN.kind ? 'unavailable' : null);
			}),
		).toEqual([['rejected', [2], 'callCentersUnreadable', { agent: 'agent@x', said: SAYS('unavailable') }]]);
		expect(
			await refused('agent@x', (scene) => {
				there(scene);
				scene.platform.fault = ({ asked }) => (asked === 'joinable' ? 'unavailable' : null);
			}),
		).toEqual([['rejected', [2], 'joinableUnreadable', { agent: 'agent@x', said: null }]]);
		expect(
			await refused('agent@x', (scene) => {
				there(scene);
				scene.platform.mayJoin.set(listKey(OWN), ['other@x']);
			}),
		).toEqual([['rejected', [2], 'cannotJoin', { agent: 'agent@x', callCenter: 'cc@x' }]]);
	});

	it('which lists are named with nobody on them, or twice with other wishes', async () => {
		const scene = harness();
		scene.platform.set(LIST, ['old@x']);
		const nobody = [row(LIST, null, { line: 7 }), row(LIST, null, { line: 5 })];
		const empty = await plannedOf(scene, nobody);
		expect(empty.plan!.unplanned).toMatchObject([
			{ outcome: 'rejected', code: 'emptyList', facts: { list: LIST, lines: [7, 5], mirror: true }, lines: [7, 5] },
		]);
		expect(empty.lists[0]).toMatchObject({ before: ['old@x'], after: ['old@x'] });
		const adding = await plannedOf(scene, nobody, { mode: 'addOnly', allowClear: true });
		expect(adding.plan!.unplanned).toMatchObject([{ code: 'emptyList', facts: { mirror: false } }]);

		const both = [
			row(LIST, 'a@x', { line: 9, action: 'add' }),
			row(LIST, 'b@x', { line: 3 }),
			row(LIST, 'A@x', { line: 4, action: 'remove' }),
			row(LIST, 'a@x', { line: 5, action: 'add' }),
		];
		const { plan } = await plannedOf(scene, both, { mode: 'actionColumn' });
		expect(plan!.lists[0].held.map(({ member, code, facts, lines }) => [member, code, facts, lines])).toEqual([
			['A@x', 'conflictingRows', { problem: 'sameList', member: 'A@x', lines: [4, 9] }, [4, 9]],
			['b@x', 'actionMissing', { line: 3 }, [3]],
		]);
		const wrong = await plannedOf(scene, [row(LIST, 'old@x', { line: 8, action: 'remove' })], { mode: 'addOnly' });
		expect(wrong.plan!.lists[0].held).toMatchObject([
			{ change: 'remove', code: 'actionNotInMode', facts: { line: 8, action: 'remove' }, lines: [8] },
		]);
	});

	it.each([
		['emptySource', {}, []],
		['noMembers', {}, [row(LIST, null), row(supervised('b@x'), null)]],
		['otherKind', { problem: 'row', line: 4, is: OWN.kind, wanted: LIST.kind }, [row(OWN, 'a@x', { line: 4 })]],
		[
			'wrongKey',
			{ line: 6, lacksCallCenter: true },
			[row(LIST, 'a@x'), row({ ...LIST, callCenterId: null }, 'a@x', { line: 6 })],
		],
	])('why a source is refused as a whole: %s', async (code, facts, all) => {
		const scene = harness();
		const result = await plannedOf(scene, all);
		expect([result.status, result.reason]).toEqual(['refused', { code, facts }]);
		expect(messageOf(result.reason)).not.toBe('');
		expect(scene.platform.arrivals).toEqual([]);
	});
});

describe('of a roll back is reported', () => {
	it('which lists could not be read, or were changed since, by whom', async () => {
		const { platform, around } = harness();
		const [changed, broken] = [supervised('a@x'), supervised('b@x')];
		for (const ref of [changed, broken]) platform.set(ref, ['old@x']);
		const wished = source([changed, broken].flatMap((ref) => rows(ref, ['old@x', 'new@x'])));
		const { journal } = await syncRun(wished, settings(), around);
		platform.set(changed, ['z@x', 'y@x']);
		platform.fault = ({ ref }) => (ref?.userId === 'b@x' ? 'unavailable' : null);
		const { lists, plan } = await rollBackRun(journal, settings(), around);
		expect(lists.map(({ outcome, code, facts }) => [outcome, code, facts])).toEqual([
			[
				'conflict',
				'changedSince',
				{
					list: changed,
					foreign: { added: { first: ['y@x', 'z@x'], more: 0 }, removed: { first: ['new@x', 'old@x'], more: 0 } },
				},
			],
			['failed', 'unreadableList', { problem: 'rollBack', list: broken, said: SAYS('unavailable') }],
		]);
		expect(lists[0]).toMatchObject({
			before: ['z@x', 'y@x'],
			after: ['z@x', 'y@x'],
			foreign: { added: ['y@x', 'z@x'], removed: ['new@x', 'old@x'] },
		});
		expect(lists.map(({ requests }) => requests.length)).toEqual([1, 1]);
		expect(plan!.source).toEqual({ rows: 0, rejectedRows: 0, lists: 2, members: 2 });
	});

	it('who cannot come back to a list, and then stays on the one that the run put them on', async () => {
		const { platform, around } = harness();
		const [from, to] = [supervised('from@x'), supervised('to@x')];
		platform.set(from, ['mover@x', 'stays@x']);
		platform.set(to, ['other@x']);
		const wished = source([...rows(from, ['stays@x']), ...rows(to, ['other@x', 'mover@x', 'new@x'])]);
		const { journal, status } = await syncRun(wished, settings(), around);
		expect(status).toBe('applied');
		platform.fault = ({ ref }) => (ref?.userId === 'from@x' ? 'unavailable' : null);
		const undone = await rollBackRun(journal, settings(), around);
		expect(platform.folded(to)).toEqual(['mover@x', 'other@x']);
		const list = undone.lists.find(({ ref }) => ref.userId === 'to@x')!;
		expect(list.members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['new@x', 'applied', null],
			['mover@x', 'held', 'rowNotCarriedOut'],
		]);
		expect(list.members[1].facts).toMatchObject({ means: 'member', cause: { issue: { code: 'unreadableList' } } });
	});
});

it('while lists are read, how many of them are', async () => {
	const made = harness();
	const [first, second] = [supervised('s1@x', 'c1@x'), supervised('s2@x', 'c1@x')];
	for (const ref of [first, second]) made.platform.set(ref, ids(2));
	const progress: unknown[] = [];
	const around = { ...made.around, onProgress: (now: object) => progress.push({ ...now }) };
	await planRun(source([...rows(first, ids(2)), ...rows(second, ids(2))]), settings({ concurrency: 1 }), around);
	const reading = { phase: 'reading', total: 2, members: null };
	expect(progress).toEqual([0, 1, 2].map((done) => expect.objectContaining({ ...reading, done })));
});
