import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, planRun, rollBackRun, syncRun } from '../../lib/sync';
import type { Settings } from '../../lib/sync';
import type { ListRef } from '../../lib/sync/model/list';
import { listKey } from '../../lib/sync/model/list';
import type { Fault } from '../support/fake-platform';
import { messageOf } from '../support/issue-text';
import { harness, ownCallCenters, rejectedRow, row, rows, settings, source, supervised } from './world';

const OLD = supervised('s1@x', 'cc@x');
const NEW = supervised('s2@x', 'cc@x');

/** Agent a@x is to move from the old list to the new one; b@x and c@x stay where they are. */
function move() {
	const scene = harness();
	scene.platform.know(['a@x', 'b@x', 'c@x']);
	scene.platform.set(OLD, ['a@x', 'b@x']);
	scene.platform.set(NEW, ['c@x']);
	const wished = source([row(OLD, 'b@x', { line: 2 }), row(NEW, 'a@x', { line: 3 }), row(NEW, 'c@x', { line: 4 })]);
	return { ...scene, wished };
}

function whenAsked(ref: ListRef, ...asked: string[]) {
	return (fault: Fault) => (arrival: { asked: string; ref: ListRef | null }) =>
		arrival.ref !== null && listKey(arrival.ref) === listKey(ref) && asked.includes(arrival.asked) ? fault : null;
}

describe('whoever moves leaves the old list last', () => {
	it('after the new list shows them, whatever the order of the lists', async () => {
		for (const [from, to] of [
			[OLD, NEW],
			[NEW, OLD],
		]) {
			const { platform, around } = harness();
			platform.set(from, ['a@x', 'b@x']);
			platform.set(to, ['c@x']);
			const both = { ...around, concurrency: 1 };
			await syncRun(source([...rows(from, ['b@x']), ...rows(to, ['a@x', 'c@x'])]), settings({ concurrency: 1 }), both);
			const writes = platform.arrivals
				.filter(({ asked }) => asked !== 'read')
				.map(({ asked, ref }) => [asked, ref!.userId]);
			expect(writes).toEqual([
				['add', to.userId],
				['remove', from.userId],
			]);
		}
	});

	it('also where lists exchange members, without more requests', async () => {
		const { platform, around } = harness();
		platform.set(OLD, ['a@x', 'b@x']);
		platform.set(NEW, ['c@x', 'd@x']);
		const seen: string[][] = [];
		platform.meanwhile = () => seen.push([...platform.members(OLD), ...platform.members(NEW)]);
		const result = await syncRun(
			source([...rows(OLD, ['b@x', 'c@x']), ...rows(NEW, ['a@x', 'd@x'])]),
			settings(),
			around,
		);
		expect(result.status).toBe('applied');
		expect(platform.writes).toBe(4);
		for (const present of seen) expect(present).toEqual(expect.arrayContaining(['a@x', 'b@x', 'c@x', 'd@x']));
	});

	it.each([
		['refuses them', whenAsked(NEW, 'add', 'replace')('refused')],
		['is in doubt and never shows them', whenAsked(NEW, 'add', 'replace')('doubtBefore')],
		['cannot be written', whenAsked(NEW, 'add', 'replace')('unavailable')],
		['vanished', whenAsked(NEW, 'add', 'replace')('missing')],
		['stops the run', whenAsked(NEW, 'add', 'replace')('stopped')],
	])('and stays there if the new list %s', async (_, fault) => {
		const { platform, around, wished } = move();
		platform.fault = fault;
		const result = await syncRun(wished, settings(), around);
		expect(platform.members(OLD)).toEqual(['a@x', 'b@x']);
		const list = result.lists.find(({ ref }) => ref.userId === 's1@x')!;
		expect(['held', 'notAttempted']).toContain(list.members[0].outcome);
		if (list.outcome !== 'held') return;
		expect(list).toMatchObject({ code: 'moveFailed', facts: { list: { userId: 's2@x' } } });
		expect(messageOf(list)).toContain('supervisor s2@x');
	});

	it('and stays there if the new list was changed after the plan was approved', async () => {
		const { platform, around, wished } = move();
		const { plan } = await planRun(wished, settings(), around);
		platform.set(NEW, ['c@x', 'visitor@x']);
		const result = await applyPlanRun(plan, { planHash: plan!.hash, removals: 1 }, settings(), around);
		expect(platform.members(OLD)).toEqual(['a@x', 'b@x']);
		expect(result.lists.map(({ outcome, code }) => [outcome, code])).toEqual([
			['held', 'moveFailed'],
			['conflict', 'overtaken'],
		]);
	});

	it('and stays there in a roll back where the old list is not shown', async () => {
		const { platform, around, wished } = move();
		const run = await syncRun(wished, settings(), around);
		expect(platform.members(NEW)).toEqual(['c@x', 'a@x']);
		platform.fault = whenAsked(OLD, 'read')('unavailable');
		const back = await rollBackRun(run.journal, settings(), around);
		expect(platform.members(NEW)).toEqual(['c@x', 'a@x']);
		expect(back.lists.find(({ ref }) => ref.userId === 's2@x')!.members[0]).toMatchObject({
			outcome: 'held',
			code: 'rowNotCarriedOut',
		});
		platform.fault = whenAsked(OLD, 'add')('refused');
		await rollBackRun(run.journal, settings(), around);
		expect(platform.members(NEW)).toEqual(['c@x', 'a@x']);
		platform.fault = () => null;
		expect((await rollBackRun(run.journal, settings(), around)).status).toBe('applied');
		expect([platform.members(OLD), platform.members(NEW)]).toEqual([['b@x', 'a@x'], ['c@x']]);
	});
});

describe('a slip in the key of a row', () => {
	const lists = [OLD, supervised('s3@x', 'cc@x'), supervised('s1@x', 'other@x')];

	/** All lists have an agent who stays, one whom no row names any more, and a@x is on the first. */
	async function syncWith(damaged: ListRef, fault: Fault | null, more: Partial<Settings> = {}) {
		const { platform, around } = harness();
		lists.forEach((ref, index) => platform.set(ref, [`stays${index}@x`, `leaves${index}@x`]));
		platform.set(OLD, [...platform.members(OLD), 'a@x']);
		if (fault !== null) platform.fault = whenAsked(damaged, 'read')(fault);
		const wished = source([
			...lists.flatMap((ref, index) => rows(ref, [`stays${index}@x`])),
			row(damaged, 'a@x', { line: 70 }),
		]);
		const result = await syncRun(wished, settings(more), around);
		return { platform, result, stays: lists.map((ref, index) => platform.members(ref).includes(`leaves${index}@x`)) };
	}

	it.each([
		['supervisor', { ...OLD, userId: 's11@x' }, [true, true, false]],
		['call center', { ...OLD, callCenterId: 'cc1@x' }, [true, false, true]],
		['group', { ...OLD, groupId: 'gruop' }, [true, false, false]],
		['tenant', { ...OLD, tenantId: 'tenatn' }, [true, false, false]],
		['supervisor and call center', { ...OLD, userId: 'cc@x', callCenterId: 's1@x' }, [true, true, true]],
	])('%s: its agent stays, and so does everybody on the lists that it may mean', async (_, damaged, held) => {
		const { platform, result, stays } = await syncWith(damaged, null);
		expect(platform.members(OLD)).toContain('a@x');
		expect(stays).toEqual(held);
		expect(result.status).toBe('partial');
		const messages = result.lists.flatMap(({ members }) =>
			members.filter(({ outcome }) => outcome === 'held').map((member) => messageOf(member)),
		);
		for (const message of messages) expect(message).toContain('line 70');
	});

	it.each(['missing', 'unavailable', 'refused'] as const)(
		'holds as well where the list it names is %s',
		async (fault) => {
			const damaged = { ...OLD, userId: 's2@x' };
			const { platform } = await syncWith(damaged, fault);
			expect(platform.members(OLD)).toContain('a@x');
		},
	);

	it('holds the member on every list, in the spelling of any of them, and under its new name', async () => {
		const { platform, around } = harness();
		platform.set(OLD, ['b@x', 'New.Name@x']);
		const wished = source([...rows(OLD, ['b@x']), row(supervised('s9@x', 'elsewhere@x'), 'old.name@x')]);
		await syncRun(wished, settings({ aliases: { 'old.name@x': 'new.name@x' } }), around);
		expect(platform.members(OLD)).toContain('New.Name@x');
	});

	it('of a rejected row: a readable key that no list has holds the nearest lists', async () => {
		const { platform, around } = harness();
		lists.forEach((ref) => platform.set(ref, ['stays@x', 'a@x']));
		const rejected = rejectedRow({ tenantId: 'T', groupId: 'G', userId: 's11@x', callCenterId: 'cc@x' });
		await syncRun(
			source(
				lists.flatMap((ref) => rows(ref, ['stays@x'])),
				[rejected],
			),
			settings(),
			around,
		);
		expect(lists.map((ref) => platform.members(ref).includes('a@x'))).toEqual([true, true, false]);
	});

	it('of an agent, where lists are call centers of agents', async () => {
		const { platform, around } = harness();
		const list = ownCallCenters('a1@x');
		platform.set(list, ['one@x', 'two@x']);
		const wished = source([row(list, 'one@x'), row(ownCallCenters('a11@x'), 'two@x')]);
		await syncRun(wished, settings({ kind: 'agentCallCenters' }), around);
		expect(platform.members(list)).toEqual(['one@x', 'two@x']);
	});

	it('also where rows say add and remove', async () => {
		const { platform, around } = harness();
		platform.set(OLD, ['a@x', 'b@x']);
		const wished = source([
			row(OLD, 'a@x', { action: 'remove' }),
			row(supervised('s22@x', 'cc@x'), 'a@x', { action: 'add' }),
		]);
		await syncRun(wished, settings({ mode: 'actionColumn' }), around);
		expect(platform.members(OLD)).toEqual(['a@x', 'b@x']);
	});
});

describe('a row whose member is unknown', () => {
	/** x.maes@x is to move from the old list to the new one; his row there is damaged. y@x leaves for good. */
	function moved(damaged: string | null, more: Partial<Settings> = {}) {
		const { platform, around } = harness();
		platform.know(['x.maes@x', 'stays@x', 'other@x']);
		platform.set(OLD, ['x.maes@x', 'y.leaver@x', 'stays@x']);
		platform.set(NEW, ['other@x']);
		const good = [row(OLD, 'stays@x'), row(NEW, 'other@x')];
		const wished =
			damaged === null
				? source(good, [rejectedRow({ tenantId: 'T', groupId: 'G', userId: 's2@x', callCenterId: 'cc@x' })])
				: source([...good, row(NEW, damaged)]);
		return { platform, run: async () => await syncRun(wished, settings(more), around) };
	}

	it.each([
		['before anything is planned', true],
		['when it is refused', false],
	])('and does not exist, found %s: nobody leaves the last list', async (_, checkUsers) => {
		for (const damaged of ['x.mase@x', 'Fin', 's2@x']) {
			const { platform, run } = moved(damaged, { checkUsers });
			if (checkUsers) platform.know(['s1@x']);
			await run();
			expect(platform.members(OLD)).toEqual(['x.maes@x', 'y.leaver@x', 'stays@x']);
		}
		const { platform, run } = moved('new.hire@x', { checkUsers });
		platform.know(['s1@x', 's2@x', 'new.hire@x']);
		await run();
		expect(platform.members(OLD)).toEqual(['stays@x']);
	});

	it('because it is unreadable: nobody leaves the last list', async () => {
		const { platform, run } = moved(null);
		await run();
		expect(platform.members(OLD)).toEqual(['x.maes@x', 'y.leaver@x', 'stays@x']);
		const elsewhere = moved(null);
		elsewhere.platform.set(NEW, ['other@x', 'x.maes@x']);
		await elsewhere.run();
		expect(elsewhere.platform.members(OLD)).toEqual(['y.leaver@x', 'stays@x']);
	});

	it('because its cells changed places: it names everybody whose id stands in it', async () => {
		const { platform, around } = harness();
		platform.set(OLD, ['x.maes@x', 'stays@x']);
		platform.set(supervised('s2@x', 'far@x'), ['other@x']);
		const wished = source([
			row(OLD, 'stays@x'),
			row(supervised('s2@x', 'far@x'), 'other@x'),
			row(supervised('x.maes@x', 'far@x'), 's2@x'),
		]);
		await syncRun(wished, settings(), around);
		expect(platform.members(OLD)).toContain('x.maes@x');
	});
});
