import { describe, expect, it } from '@jest/globals';
import { FRESH_READ_MILLISECONDS, syncRun } from '../../lib/sync';
import type { Settings } from '../../lib/sync';
import { strategyMessage } from '../../lib/report';
import { asked, LIST, membersOf, one } from './one-list';
import { harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

/** An agent who is to get two call centers, of which the platform refuses one as long as it is stubborn. */
function ofTwoOneRefused() {
	const list = ownCallCenters('agent@x');
	const { platform, clock, run } = one([], ['one@x', 'two@x'], {}, list);
	platform.know(['one@x', 'two@x']);
	platform.stubborn.add('two@x');
	return { list, platform, clock, run, replace: platform.replace.bind(platform) };
}

describe('replace', () => {
	it('falls back to incremental for a list whose replace is refused', async () => {
		const { platform, run } = one(ids(4), ['agent1@x', 'new1@x', 'new2@x'], {
			maxEntries: 0,
			forcedStrategy: 'replace',
		});
		platform.stubborn.add('new2@x');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'replace 3', 'add 2', 'add 1', 'add 1', 'read']);
		expect(platform.members(LIST)).toEqual([...ids(4), 'new1@x']);
		expect(result.lists[0].strategy).toBe('incremental');
		expect(result.lists[0]).toMatchObject({ reason: { problem: 'replaceForced' }, fallback: { problem: 'refused' } });
		const { reason, fallback } = result.lists[0];
		expect(strategyMessage(reason!, LIST.kind, fallback)).toContain('refused');
	});

	it.each([
		[
			'falls back to incremental',
			(id: string) => supervised(id),
			['users', 'read', 'read', 'read', 'replace 2', 'add 1', 'remove 2'],
		],
		[
			'is read again',
			ownCallCenters,
			['users', 'read', 'read', 'read', 'joinable', 'joinable', 'replace 2', 'read', 'read', 'replace 2', 'read'],
		],
	] as Array<[string, typeof ownCallCenters, string[]]>)(
		'is not sent on a read that has become too old: the list %s',
		async (_, listOf, order) => {
			// The forecast knows nothing of a platform that takes a minute for the first write.
			const { platform, around, clock } = harness({ expectedRate: () => 1000 });
			const lists = [listOf('one@x'), listOf('two@x')];
			for (const list of lists) platform.set(list, ids(3));
			// Nobody leaves the last list.
			const third = listOf('three@x');
			platform.set(third, ids(3));
			platform.know([...ids(3), 'new@x', 'one@x', 'two@x', 'three@x']);
			const replace = platform.replace.bind(platform);
			platform.replace = async (list, members) => {
				const reply = await replace(list, members);
				await clock.sleep(FRESH_READ_MILLISECONDS + 1);
				return reply;
			};
			const wished = source([...lists.flatMap((list) => rows(list, ['agent1@x', 'new@x'])), ...rows(third, ids(3))]);
			const more = settings({ kind: lists[0].kind, concurrency: 1, forcedStrategy: 'replace', checkUsers: true });
			const result = await clock.run(async () => await syncRun(wished, more, around));
			expect(result.status).toBe('applied');
			expect(asked(platform)).toEqual(order);
			for (const list of lists) expect(platform.folded(list)).toEqual(['agent1@x', 'new@x']);
			expect(result.lists[1].strategy).toBe(order.includes('add 1') ? 'incremental' : 'replace');
		},
	);

	it('is not sent on a read that was asked for too long ago, however late its answer came', async () => {
		const { platform, clock, run } = one(ids(4), ['agent1@x', 'new@x'], { forcedStrategy: 'replace', maxEntries: 8 });
		const read = platform.read.bind(platform);
		platform.read = async (list) => {
			const reply = await read(list);
			await clock.sleep(FRESH_READ_MILLISECONDS + 1);
			return reply;
		};
		await clock.run(run);
		expect(platform.count('replace')).toBe(0);
		expect(platform.folded(LIST)).toEqual(['agent1@x', 'new@x']);
	});

	it(
		'is not tried again where somebody else is changing the list: the incremental requests have no such ' + 'gap',
		async () => {
			const { platform, run } = one(ids(4), ['agent1@x', 'new@x'], { forcedStrategy: 'replace', maxEntries: 8 });
			platform.fault = ({ asked: what }) => (what === 'replace' ? 'doubtBefore' : null);
			platform.meanwhile = ({ asked: what }, moment) => {
				if (what === 'replace' && moment === 'arrived') platform.set(LIST, [...ids(4), 'visitor@x']);
			};
			const result = await run();
			expect(asked(platform)).toEqual(['read', 'replace 2', 'read', 'add 1', 'remove 3']);
			expect(platform.folded(LIST)).toEqual(['agent1@x', 'new@x', 'visitor@x']);
			expect(result.lists[0].foreign.added).toEqual(['visitor@x']);
		},
	);

	it('in smaller steps is not sent on a read that has become too old either', async () => {
		const { list, platform, clock, run, replace } = ofTwoOneRefused();
		platform.replace = async (ref, members) => {
			const reply = await replace(ref, members);
			if (platform.writes === 1) {
				await clock.sleep(FRESH_READ_MILLISECONDS + 1);
				platform.set(list, ['visitor@x']);
			}
			return reply;
		};
		const result = await clock.run(run);
		expect(platform.members(list)).toEqual(['visitor@x', 'one@x']);
		expect(result.lists[0]).toMatchObject({ outcome: 'rejected', foreign: { added: ['visitor@x'], removed: [] } });
	});

	it(
		'is not sent on what a write answered to too long ago: the list is as old as the request that it ' + 'answers',
		async () => {
			const { list, platform, clock, run, replace } = ofTwoOneRefused();
			platform.replace = async (ref, members) => {
				const reply = await replace(ref, members);
				if (!reply.ok || !platform.stubborn.delete('two@x')) return reply;
				const answered = { ...reply, members: platform.members(ref) };
				platform.set(list, [...answered.members, 'visitor@x']);
				await clock.sleep(FRESH_READ_MILLISECONDS + 1);
				return answered;
			};
			await clock.run(run);
			expect(platform.folded(list)).toEqual(['one@x', 'two@x', 'visitor@x']);
		},
	);

	it('plans to read lists again that will wait too long for their turn, and forecasts it', async () => {
		const { platform, around } = harness({ expectedRate: () => 1 });
		const lists = ids(40, 'sup').map((id) => supervised(id));
		for (const ref of lists) platform.set(ref, [...ids(6), 'old1@x', 'old2@x']);
		const wished = source(lists.flatMap((ref) => rows(ref, [...ids(6), 'new@x'])));
		platform.know([...ids(6), 'new@x', 'old1@x', 'old2@x', ...ids(40, 'sup')]);
		const result = await syncRun(
			wished,
			settings({ checkUsers: true, maxEntries: 8, forcedStrategy: 'replace' }),
			around,
		);
		const again = result.plan!.lists.filter(({ readAgain }) => readAgain);
		expect(again.length).toBeGreaterThan(0);
		expect(again.length).toBeLessThan(40);
		expect(result.happened.reads).toBe(result.plan!.forecast.planningReads + result.plan!.forecast.reads);
		expect(result.plan!.forecast.reads).toBe(again.length);
	});

	it('goes before the lists written incrementally, while its read is fresh', async () => {
		const { platform, around } = harness();
		const lists = ids(3, 'sup').map((id) => supervised(id));
		for (const list of lists) platform.set(list, ids(3));
		platform.know([...ids(3), 'new@x', ...ids(3, 'sup')]);
		// The first list only gains a member; the others change one for another.
		const wished = source(lists.flatMap((list, index) => rows(list, [...ids(index === 0 ? 3 : 2), 'new@x'])));
		await syncRun(wished, settings({ checkUsers: true, concurrency: 1 }), around);
		expect(asked(platform).slice(4)).toEqual(['replace 3', 'replace 3', 'add 1']);
	});

	it('is never chosen for an empty list, even where clearing is allowed', async () => {
		const { platform, around } = harness();
		platform.set(LIST, ids(3));
		const cleared = source(rows(LIST, ['nobody']).map((entry) => ({ ...entry, memberId: null })));
		const result = await syncRun(cleared, settings({ allowClear: true, maxEntries: 2 }), around);
		expect(asked(platform)).toEqual(['read', 'remove 2', 'remove 1']);
		expect(strategyMessage(result.plan!.lists[0].reason, LIST.kind)).toContain('would send an empty list');
	});

	it('keeps members that are held', async () => {
		const { platform, around } = harness();
		platform.know([...ids(6), 'new1@x', 'new2@x', 'sup@x']);
		platform.set(LIST, ids(6));
		const wished = source(rows(LIST, ['agent1@x', 'agent2@x', 'new1@x', 'new2@x']));
		const limits = { protectedMembers: ['agent6@x'], onBreach: 'hold' as const, checkUsers: true };
		const result = await syncRun(wished, settings({ ...limits, forcedStrategy: 'replace' }), around);
		expect(platform.members(LIST)).toEqual(['agent1@x', 'agent2@x', 'agent6@x', 'new1@x', 'new2@x']);
		expect(membersOf(result, 'held')).toEqual(['agent6@x']);
	});

	it('has the reason why it was chosen or not', async () => {
		const reasonOf = async (more: Partial<Settings>, wished = ['agent1@x', 'new@x']) => {
			const { platform, run } = one(ids(4), wished, { checkUsers: true, ...more });
			platform.know([...ids(4), 'new@x', 'sup@x']);
			const [list] = (await run()).plan!.lists;
			return `${list.strategy}: ${strategyMessage(list.reason, LIST.kind)}`;
		};
		expect(await reasonOf({})).toBe('replace: Replace takes 1 request, and incremental would take 2.');
		expect(await reasonOf({}, [...ids(4), 'new@x'])).toMatch(/^incremental: .* no fewer\.$/);
		expect(await reasonOf({ maxEntries: 1 })).toMatch(/^incremental: .*longer than the 1 entry allowed/);
		expect(await reasonOf({ checkUsers: false })).toMatch(/^incremental: .*new@x has not been seen/);
		const { run } = one(['a@x', 'b@x'], ['c@x', 'd@x', 'e@x'], { mode: 'addOnly', maxEntries: 1 });
		const [list] = (await run()).plan!.lists;
		expect(strategyMessage(list.reason, LIST.kind)).toContain('does not have the whole list');
	});
});

describe('what somebody else does between read and write', () => {
	/**
	 * 500 lists at ten requests a second; somebody adds a visitor to each changed list, some seconds after it was read.
	 */
	async function edited(kind: Settings['kind'], seconds: number, more: Partial<Settings> = {}) {
		const { platform, clock, around } = harness();
		platform.latency = 400;
		const lists = ids(500, 'sup').map((id) => (kind === 'supervisedAgents' ? supervised(id) : ownCallCenters(id)));
		platform.know([...ids(500, 'sup'), 'visitor@x']);
		const changed = lists.filter((_, index) => index % 40 === 0);
		const wished = lists.flatMap((list, index) => {
			const own = ids(20, `m${index}-`);
			platform.set(list, own);
			platform.know([...own, `new${index}@x`]);
			return rows(list, changed.includes(list) ? [...own.slice(1), `new${index}@x`] : own);
		});
		const visits: Array<Promise<void>> = [];
		const visited = new Set<string>();
		platform.meanwhile = ({ asked: what, ref }, moment) => {
			if (
				what !== 'read' ||
				moment !== 'done' ||
				!changed.some(({ userId }) => userId === ref!.userId) ||
				visited.has(ref!.userId)
			)
				return;
			visited.add(ref!.userId);
			const visit = async () => {
				await clock.sleep(seconds * 1000);
				platform.set(ref!, [...platform.members(ref!), 'visitor@x']);
			};
			visits.push(visit());
		};
		const result = await clock.run(async () => {
			const run = await syncRun(source(wished), settings({ kind, maxEntries: 100, checkUsers: true, ...more }), around);
			await Promise.all(visits);
			return run;
		});
		expect(result.status).toBe('applied');
		return { result, overwritten: changed.filter((list) => !platform.members(list).includes('visitor@x')).length };
	}

	it.each([5, 10, 20])(
		'is not overwritten %s s after the read, whatever can be written to the list',
		async (seconds) => {
			for (const kind of ['supervisedAgents', 'agentCallCenters'] as const) {
				const { result, overwritten } = await edited(kind, seconds);
				expect([kind, overwritten]).toEqual([kind, 0]);
				expect(result.lists.some(({ foreign }) => foreign.added.includes('visitor@x'))).toBe(true);
			}
		},
	);

	it('may be overwritten within a minute where the run says that it is the sole writer', async () => {
		expect((await edited('agentCallCenters', 10, { soleWriter: true })).overwritten).toBeGreaterThan(0);
	});
});
