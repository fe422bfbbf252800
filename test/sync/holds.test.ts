import { describe, expect, it } from '@jest/globals';
import { listKey } from '../../lib/sync/model/list';
import type { RejectedRow } from '../../lib/sync/model/row';
import { planRun, syncRun } from '../../lib/sync';
import { messageOf } from '../support/issue-text';
import { harness, ids, ownCallCenters, rejectedRow, row, rows, settings, source, supervised } from './world';

describe('authority', () => {
	it('leaves lists alone that the source does not name', async () => {
		const { platform, around } = harness();
		platform.set(supervised('named@x'), ids(2));
		platform.set(supervised('absent@x'), ids(3));
		await syncRun(source(rows(supervised('named@x'), ['agent1@x'])), settings(), around);
		expect(platform.members(supervised('absent@x'))).toEqual(ids(3));
		expect(platform.arrivals.every(({ ref }) => ref!.userId === 'named@x')).toBe(true);
	});

	it('refuses an empty source, and one without a usable row', async () => {
		const { platform, around } = harness();
		const empty = await syncRun(source([]), settings({ allowClear: true }), around);
		expect([empty.status, empty.reason!.code]).toEqual(['refused', 'emptySource']);
		const unusable = await planRun(source([], [rejectedRow()]), settings(), around);
		expect([unusable.status, unusable.reason!.code]).toEqual(['refused', 'unusableSource']);
		expect(platform.arrivals).toEqual([]);
	});

	it('refuses rows about something else', async () => {
		const { around } = harness();
		const other = await planRun(source(rows(ownCallCenters('a@x'), ['cc@x'])), settings(), around);
		expect(other.reason!.code).toBe('otherKind');
		const keyless = await planRun(source([row({ ...supervised(), callCenterId: null }, 'a@x')]), settings(), around);
		expect(keyless.reason!.code).toBe('wrongKey');
	});

	it('rejects a list named with nobody on it, and goes on with the others', async () => {
		const { platform, around } = harness();
		platform.set(supervised('a@x'), ids(2));
		platform.set(supervised('b@x'), ids(2));
		const result = await syncRun(
			source([row(supervised('a@x'), null, { line: 7 }), ...rows(supervised('b@x'), ['agent1@x'])]),
			settings(),
			around,
		);
		expect(platform.members(supervised('a@x'))).toEqual(ids(2));
		expect(platform.members(supervised('b@x'))).toEqual(['agent1@x']);
		expect(result.status).toBe('partial');
		const rejected = result.lists.find(({ ref }) => ref.userId === 'a@x')!;
		expect(rejected).toMatchObject({ outcome: 'rejected', code: 'emptyList' });
		expect(messageOf(rejected)).toContain('line 7');
	});
});

describe('a rejected row holds the removals of every list that it may mean', () => {
	const lists = [supervised('a@x', 'one@x'), supervised('a@x', 'two@x'), supervised('b@x', 'one@x')];

	it.each([
		['nothing of its key', {}, [0, 1, 2]],
		['the supervisor', { tenantId: 'T', groupId: 'G', userId: 'A@X' }, [0, 1]],
		['the call center', { callCenterId: 'ONE@x' }, [0, 2]],
		['all of its key', { tenantId: 't', groupId: 'g', userId: 'a@x', callCenterId: 'two@x' }, [1]],
		[
			'a supervisor whom no list has, and a call center',
			{ tenantId: 't', groupId: 'g', userId: 'c@x', callCenterId: 'one@x' },
			[0, 2],
		],
		['a supervisor whom no list has', { tenantId: 't', groupId: 'g', userId: 'c@x' }, [0, 1, 2]],
		[
			'a list that is not there, though its supervisor and call center are',
			{ tenantId: 't', groupId: 'g', userId: 'b@x', callCenterId: 'two@x' },
			[1, 2],
		],
		['a group that no list has', { tenantId: 't', groupId: 'gg', userId: 'b@x', callCenterId: 'one@x' }, [2]],
	] as Array<[string, Partial<RejectedRow>, number[]]>)('when it names %s', async (_, parts, held) => {
		const { platform, around } = harness();
		for (const ref of lists) platform.set(ref, ids(2));
		const wished = source(
			lists.flatMap((ref) => rows(ref, ['agent1@x', 'new@x'])),
			[rejectedRow(parts)],
		);
		const result = await syncRun(wished, settings(), around);
		lists.forEach((ref, index) => {
			const stays = held.includes(index) ? ['agent2@x'] : [];
			expect(platform.folded(ref)).toEqual(['agent1@x', ...stays, 'new@x']);
		});
		expect(result.status).toBe(held.length > 0 ? 'held' : 'applied');
		for (const list of result.lists) {
			for (const member of list.members.filter(({ outcome }) => outcome === 'held'))
				expect(messageOf(member)).toContain('line 88');
		}
	});

	it(
		'all of them, where the last row has no line end and names a list that is not there: the file may ' +
			'have been cut off',
		async () => {
			const { platform, around } = harness();
			for (const ref of lists) platform.set(ref, ids(2));
			const wished = [
				...lists.flatMap((ref) => rows(ref, ['agent1@x'])),
				row(supervised('b@x', 'tw'), 'agent1@x', { line: 99 }),
			];
			await syncRun({ ...source(wished), unendedLine: 99 }, settings(), around);
			for (const ref of lists) expect(platform.folded(ref)).toEqual(['agent1@x', 'agent2@x']);
		},
	);

	it.each([
		['a list and nobody on it', row(lists[0]!, null), []],
		[
			'a member who could not be read beside one who could',
			null,
			[rejectedRow({ ...lists[0], memberIds: ['agent1@x'] })],
		],
	])('and the last place of anybody, where it names %s', async (_, empty, rejected) => {
		const { platform, around } = harness();
		for (const ref of lists) platform.set(ref, ref === lists[0] ? ids(1) : ids(2));
		const others = lists.slice(1).flatMap((ref) => rows(ref, ['agent1@x']));
		await syncRun(source(empty === null ? others : [empty, ...others], rejected), settings(), around);
		for (const ref of lists.slice(1)) expect(platform.folded(ref)).toEqual(['agent1@x', 'agent2@x']);
	});

	it('and whoever is named in any of its cells, on every list', async () => {
		const { platform, around } = harness();
		const [one, other] = [supervised('a@x', 'cc@x'), { ...supervised('b@x', 'dd@x'), groupId: 'H' }];
		const all = ['agent1@x', 'agent2@x', 'agent3@x'];
		platform.set(one, all);
		platform.set(other, all);
		const rejected = rejectedRow({ ...one, idsInCells: ['other@x', 'AGENT2@x'] });
		await syncRun(source([...rows(one, all), ...rows(other, ['agent1@x'])], [rejected]), settings(), around);
		expect(platform.folded(other)).toEqual(['agent1@x', 'agent2@x']);
	});

	it('ignoring its call center where lists have none', async () => {
		const { platform, around } = harness();
		platform.set(ownCallCenters('a@x'), ['one@x', 'two@x']);
		const rejected = rejectedRow({ userId: 'a@x', callCenterId: 'nonsense' });
		const result = await syncRun(
			source(rows(ownCallCenters('a@x'), ['one@x']), [rejected]),
			settings({ kind: 'agentCallCenters' }),
			around,
		);
		expect(result.status).toBe('held');
		expect(platform.members(ownCallCenters('a@x'))).toEqual(['one@x', 'two@x']);
	});
});

describe('rows that cannot be followed', () => {
	it('contradictions are rejected with both lines, and hold the removals', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(3));
		const wished = source([
			row(supervised(), 'agent1@x', { action: 'add', line: 2 }),
			row(supervised(), 'AGENT1@x', { action: 'remove', line: 3 }),
			row(supervised(), 'agent2@x', { action: 'remove', line: 4 }),
			row(supervised(), 'new@x', { action: 'add', line: 5 }),
		]);
		const result = await syncRun(wished, settings({ mode: 'actionColumn' }), around);
		expect(platform.members(supervised())).toEqual([...ids(3), 'new@x']);
		const rejected = result.lists[0].members.find(({ code }) => code === 'conflictingRows');
		expect(rejected).toMatchObject({ outcome: 'rejected', lines: [2, 3] });
		expect(result.lists[0].members.find(({ member }) => member === 'agent2@x')).toMatchObject({
			outcome: 'held',
			change: 'remove',
		});
	});

	it('contradictions stay rejected, however often one side is repeated', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), []);
		const wished = source(
			(['add', 'remove', 'add'] as const).map((action) => row(supervised(), 'agent1@x', { action })),
		);
		await syncRun(wished, settings({ mode: 'actionColumn' }), around);
		expect(platform.members(supervised())).toEqual([]);
	});

	it('an action that the mode does not allow is rejected, never turned into its opposite', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(2));
		const wished = source([
			row(supervised(), 'agent1@x'),
			row(supervised(), 'leaver@x', { action: 'remove', line: 9 }),
		]);
		const result = await syncRun(wished, settings(), around);
		expect(platform.members(supervised())).toEqual(ids(2));
		expect(result.lists[0].members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['agent2@x', 'held', 'rowNotCarriedOut'],
			['leaver@x', 'rejected', 'actionNotInMode'],
		]);
	});

	it('a missing action is rejected where the action column decides', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), []);
		const result = await syncRun(source([row(supervised(), 'a@x')]), settings({ mode: 'actionColumn' }), around);
		expect(result.lists[0].members).toMatchObject([{ outcome: 'rejected', code: 'actionMissing' }]);
		expect(platform.writes).toBe(0);
	});
});

describe('checking users', () => {
	it("rejects unknown ids with their lines, holds the removals, and sends the directory's spelling", async () => {
		const { platform, around } = harness();
		platform.know(['sup@x', 'Agent1@x', 'Agent2@x', 'Anna@x']);
		platform.set(supervised(), ['Agent1@x', 'Agent2@x']);
		const wished = source([
			row(supervised(), 'agent1@x'),
			row(supervised(), 'anna@X'),
			row(supervised(), 'agnet2@x', { line: 88 }),
		]);
		const result = await syncRun(wished, settings({ checkUsers: true }), around);
		expect(platform.members(supervised())).toEqual(['Agent1@x', 'Agent2@x', 'Anna@x']);
		expect(result.status).toBe('partial');
		const [, agent2, typo] = result.lists[0].members;
		expect(agent2).toMatchObject({ member: 'Agent2@x', change: 'remove', outcome: 'held' });
		expect(typo).toMatchObject({
			member: 'agnet2@x',
			change: 'add',
			outcome: 'rejected',
			code: 'unknownMember',
			lines: [88],
		});
		expect(result.happened.reads).toBe(2);
	});

	it('knows agents of other groups by the lists they are on', async () => {
		const { platform, around } = harness();
		platform.know(['sup@x', 'boss@x']);
		platform.set(supervised(), ['elsewhere@y']);
		platform.set(supervised('boss@x'), []);
		const wished = source([row(supervised(), 'elsewhere@y'), row(supervised('boss@x'), 'Elsewhere@y')]);
		const result = await planRun(wished, settings({ checkUsers: true }), around);
		expect(result.plan!.lists.map(({ adds }) => adds.map(({ member }) => member))).toEqual([['elsewhere@y']]);
	});

	it(
		'rejects a list whose owner is unknown without asking for it, and fails lists whose directory is ' + 'silent',
		async () => {
			const { platform, around } = harness();
			platform.know(['sup@x']);
			platform.set(supervised(), []);
			const unknown = await planRun(
				source(rows(supervised('typo@x'), ['sup@x'])),
				settings({ checkUsers: true }),
				around,
			);
			expect(unknown.plan!.unplanned).toMatchObject([{ outcome: 'rejected', code: 'unknownOwner' }]);
			expect(platform.count('read')).toBe(0);
			platform.fault = ({ asked }) => (asked === 'users' ? 'unavailable' : null);
			const silent = await planRun(source(rows(supervised(), ['sup@x'])), settings({ checkUsers: true }), around);
			expect(silent.plan!.unplanned).toMatchObject([{ outcome: 'failed', code: 'directoryUnreadable' }]);
		},
	);
});

describe('checking users of a group', () => {
	it('does not check call centers, which are no users', async () => {
		const { platform, around } = harness();
		platform.know(['agent1@x']);
		platform.set(ownCallCenters('agent1@x'), []);
		platform.mayJoin.set(listKey(ownCallCenters('agent1@x')), ['cc@x']);
		const wished = source([row(ownCallCenters('agent1@x'), 'cc@x')]);
		const given = settings({ kind: 'agentCallCenters', checkUsers: true });
		expect((await planRun(wished, given, around)).plan?.lists).toMatchObject([
			{ adds: [{ member: 'cc@x' }], held: [] },
		]);
	});

	it('that is not answered because of a stop leaves lists not looked at', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), []);
		platform.fault = ({ asked }) => (asked === 'users' ? 'stopped' : null);
		const wished = source([row(supervised(), 'an@x')]);
		const { lists, status } = await planRun(wished, settings({ checkUsers: true }), around);
		expect([status, lists.map(({ outcome }) => outcome)]).toEqual(['stopped', ['notAttempted']]);
	});
});

describe('lists that cannot be read', () => {
	it('are reported and not written, and the others go on', async () => {
		const { platform, around } = harness();
		platform.set(supervised('here@x'), []);
		platform.set(supervised('ill@x'), ids(2));
		platform.fault = ({ ref }) => (ref?.userId === 'ill@x' ? 'unavailable' : null);
		const wished = source(['here@x', 'gone@x', 'ill@x'].flatMap((id) => rows(supervised(id), ['agent1@x'])));
		const result = await syncRun(wished, settings(), around);
		const outcomes = Object.fromEntries(result.lists.map(({ ref, outcome, code }) => [ref.userId, [outcome, code]]));
		expect(outcomes).toEqual({
			'here@x': ['applied', null],
			'gone@x': ['rejected', 'missingList'],
			'ill@x': ['failed', 'unreadableList'],
		});
		expect(platform.members(supervised('here@x'))).toEqual(['agent1@x']);
		expect(result.status).toBe('partial');
	});
});

describe('aliases', () => {
	it('rename members before anything else, in any case', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ['Mrs.New@x']);
		const result = await syncRun(
			source(rows(supervised(), ['MISS.OLD@x'])),
			settings({ aliases: { 'miss.old@x': 'mrs.new@x' } }),
			around,
		);
		expect(result.status).toBe('unchanged');
	});
});
