import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_REPLANS, MAX_RESENDS, syncRun } from '../../lib/sync';
import type { Fault } from '../support/fake-platform';
import { messageOf } from '../support/issue-text';
import { asked, LIST, membersOf, nthWrite, one } from './one-list';
import { folded, harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

describe('incremental', () => {
	it('adds before it removes, in chunks no larger than allowed', async () => {
		const { platform, run } = one(ids(5, 'old'), ids(5, 'new'), {
			maxEntries: 2,
			mode: 'mirror',
			forcedStrategy: 'incremental',
		});
		expect((await run()).status).toBe('applied');
		expect(asked(platform)).toEqual(['read', 'add 2', 'add 2', 'add 1', 'remove 2', 'remove 2', 'remove 1']);
	});

	it.each([1, 2, 3, 4])('reads back where answer %i carries no list', async (n) => {
		const { platform, run } = one(ids(4, 'old'), ids(4, 'new'), { maxEntries: 2, forcedStrategy: 'incremental' });
		platform.fault = nthWrite(n, 'noList');
		expect((await run()).status).toBe('applied');
		expect(platform.count('read')).toBe(2);
	});

	it('counts nothing as done that the list does not show', async () => {
		const { platform, run } = one(['old@x'], ['good@x', 'ghost@x'], { forcedStrategy: 'incremental' });
		platform.know(['old@x', 'good@x']);
		platform.unknownIds = 'ignore';
		const result = await run();
		expect(result.lists[0].members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['ghost@x', 'rejected', 'notTaken'],
			['good@x', 'applied', null],
			['old@x', 'held', 'additionFailed'],
		]);
		expect(platform.members(LIST)).toEqual(['old@x', 'good@x']);
	});
});

describe('bisection', () => {
	it.each([
		['supervised agents', LIST, 'refuse'],
		['supervised agents, with partial answers', LIST, 'partial'],
		["an agent's call centers, by whole lists", ownCallCenters('agent@x'), 'refuse'],
	] as const)('finds exactly what the platform refuses: %s', async (_, list, manner) => {
		const setting = fc.record({
			wished: fc.integer({ min: 1, max: 17 }),
			bad: fc.subarray(ids(17), { maxLength: 4 }),
			maxEntries: fc.constantFrom(0, 3, 8),
			replace: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(setting, async ({ wished, bad, maxEntries, replace }) => {
				const forcedStrategy = replace ? 'replace' : 'incremental';
				const { platform, run } = one(['old@x'], ids(wished), { maxEntries, forcedStrategy }, list);
				platform.know([...ids(17), 'old@x']);
				platform.unknownIds = manner;
				for (const id of bad) platform.stubborn.add(id);
				const result = await run();
				const refused = folded(ids(wished).filter((id) => bad.includes(id)));
				expect(folded(membersOf(result, 'rejected'))).toEqual(refused);
				const taken = ids(wished).filter((id) => !bad.includes(id));
				// A partial answer to a replace has taken the old one off before anybody could hold it.
				const partialReplace = manner === 'partial' && replace && refused.length > 0;
				if (partialReplace) expect(platform.folded(list)).toEqual(expect.arrayContaining(folded(taken)));
				else expect(platform.folded(list)).toEqual(folded(refused.length > 0 ? [...taken, 'old@x'] : taken));
			}),
			{ numRuns: 120 },
		);
	});

	it('takes no more than about 2 log2 n requests for one bad member, and one look', async () => {
		for (const bad of ids(64)) {
			const { platform, run } = one([], ids(64));
			platform.stubborn.add(bad);
			await run();
			expect(platform.writes).toBeLessThanOrEqual(2 * 6 + 1);
			expect(platform.count('read')).toBeLessThanOrEqual(2);
		}
	});

	it('holds the removals of a list whose addition was refused', async () => {
		const { platform, run } = one(['anna@x'], ['ana@x']);
		platform.stubborn.add('ana@x');
		const result = await run();
		expect(platform.members(LIST)).toEqual(['anna@x']);
		expect(result.status).toBe('partial');
		expect(result.lists[0].members).toMatchObject([
			{
				member: 'ana@x',
				outcome: 'rejected',
				code: 'refusedByPlatform',
				facts: { platformCode: 'fake-refused' },
			},
			{ member: 'anna@x', outcome: 'held', code: 'additionFailed' },
		]);
	});

	it('finds removals that the platform refuses', async () => {
		const { platform, run } = one(ids(8), ['agent8@x']);
		platform.stubborn.add('agent3@x');
		const result = await run();
		expect(membersOf(result, 'rejected')).toEqual(['agent3@x']);
		expect(platform.members(LIST)).toEqual(['agent3@x', 'agent8@x']);
	});
});

describe('already there, and not there', () => {
	it('are settled by the list, with one read for all of them', async () => {
		const { platform, run } = one(['gone1@x', 'gone2@x', 'stays@x'], ['stays@x', 'came1@x', 'came2@x'], {
			maxEntries: 1,
		});
		platform.alreadyThere = 'refuse';
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['came1@x', 'came2@x', 'stays@x']);
		};
		const result = await run();
		expect(folded(membersOf(result, 'alreadyInPlace'))).toEqual(['came1@x', 'came2@x', 'gone1@x', 'gone2@x']);
		expect(asked(platform)).toEqual(['read', 'add 1', 'add 1', 'read']);
		expect(result.lists[0].foreign).toEqual({ added: ['came1@x', 'came2@x'], removed: ['gone1@x', 'gone2@x'] });
		expect(result.status).toBe('applied');
	});
});

describe('doubt', () => {
	const FAULTS: readonly Fault[] = ['doubtBefore', 'doubtAfter', 'partial', 'throws'];
	const ways = [
		['POST and DELETE', LIST, 'incremental'],
		['PUT', LIST, 'replace'],
		['PUT of call centers', ownCallCenters('agent@x'), 'replace'],
	] as const;
	const cases = ways
		.flatMap(([name, list, strategy]) =>
			FAULTS.flatMap((fault) => [1, 2, 3, 4].map((position) => [fault, position, name, list, strategy] as const)),
		)
		.filter(([, position, , , strategy]) => strategy === 'incremental' || position === 1);

	it.each(cases)(
		'%s at write %i is settled by reading the list: %s',
		async (fault, position, _, list, forcedStrategy) => {
			const { platform, run } = one(ids(4, 'old'), ids(4, 'new'), { maxEntries: 2, forcedStrategy }, list);
			platform.know([...ids(4, 'old'), ...ids(4, 'new')]);
			platform.fault = nthWrite(position, fault);
			const result = await run();
			expect(result.status).toBe('applied');
			expect(platform.folded(list)).toEqual(folded(ids(4, 'new')));
			expect(result.lists[0].foreign).toEqual({ added: [], removed: [] });
			const confirmed = result.lists[0].members.filter(({ code }) => code === 'confirmedByReadBack');
			expect(platform.writes).toBeGreaterThanOrEqual(position);
			if (fault === 'doubtBefore') expect(confirmed.length).toBe(0);
			else expect(confirmed.length).toBeGreaterThan(0);
		},
	);

	it.each(ways)('is settled however often it comes in a row: %s', async (_, list, forcedStrategy) => {
		for (const fault of FAULTS) {
			const { platform, run } = one(ids(4, 'old'), ids(4, 'new'), { maxEntries: 2, forcedStrategy }, list);
			platform.know([...ids(4, 'old'), ...ids(4, 'new')]);
			let writes = 0;
			platform.fault = ({ asked: what }) =>
				what !== 'read' && what !== 'joinable' && (writes += 1) <= MAX_RESENDS ? fault : null;
			expect((await run()).status).toBe('applied');
			expect(platform.folded(list)).toEqual(folded(ids(4, 'new')));
		}
	});

	it('never sends again what was applied', async () => {
		const { platform, run } = one([], ids(3), { maxEntries: 1 });
		platform.fault = ({ asked: what }) => (what === 'add' ? 'doubtAfter' : null);
		expect((await run()).status).toBe('applied');
		expect(platform.count('add')).toBe(3);
	});

	it('sends again a bounded number of times, and then says so', async () => {
		for (const list of [LIST, ownCallCenters('agent@x')]) {
			const { platform, run } = one(['old@x'], ['new@x'], {}, list);
			platform.know(['new@x']);
			platform.fault = ({ asked: what }) => (what === 'add' || what === 'replace' ? 'doubtBefore' : null);
			const result = await run();
			expect(platform.writes).toBe(MAX_RESENDS + 1);
			expect(result.lists[0].members[0]).toMatchObject({ outcome: 'failed', code: 'doubtUnresolved' });
			expect(platform.members(list)).toEqual(['old@x']);
		}
	});

	it('plans again from what is live when somebody else changed the list, and names the change', async () => {
		const { platform, run } = one(['old@x', 'stays@x'], ['stays@x', 'new1@x', 'new2@x'], { forcedStrategy: 'replace' });
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'done') platform.set(LIST, ['old@x', 'stays@x', 'visitor@x']);
		};
		platform.fault = nthWrite(1, 'doubtBefore');
		const result = await run();
		expect(platform.folded(LIST)).toEqual(['new1@x', 'new2@x', 'stays@x', 'visitor@x']);
		expect(result.lists[0]).toMatchObject({ outcome: 'applied', foreign: { added: ['visitor@x'], removed: [] } });
		expect(messageOf(result.lists[0])).toContain('visitor@x');
	});

	it('gives up a list that somebody else keeps changing', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one(['old@x'], ['old@x', 'new@x'], {}, list);
		platform.know(['new@x']);
		let visitors = 0;
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'replace' && moment === 'done') platform.set(list, ['old@x', `visitor${(visitors += 1)}@x`]);
		};
		platform.fault = ({ asked: what }) => (what === 'replace' ? 'doubtBefore' : null);
		const result = await run();
		expect(platform.writes).toBe(MAX_REPLANS + 1);
		expect(result.lists[0]).toMatchObject({ outcome: 'conflict', code: 'contested' });
	});

	it('counts how often a request is sent again from zero where the list is planned again', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one(['old@x'], ['old@x', 'new@x'], {}, list);
		platform.know(['new@x']);
		let writes = 0;
		platform.meanwhile = ({ asked: what }, moment) => {
			// The last time that the first request may be sent; the list is another one from then on.
			if (what === 'replace' && moment === 'done' && (writes += 1) === MAX_RESENDS + 1)
				platform.set(list, ['old@x', 'visitor@x']);
		};
		platform.fault = ({ asked: what }) => (what === 'replace' && writes < 2 * MAX_RESENDS + 1 ? 'doubtBefore' : null);
		const result = await run();
		expect(platform.writes).toBe(2 * (MAX_RESENDS + 1));
		expect(result.lists[0]).toMatchObject({ outcome: 'applied', foreign: { removed: [] } });
	});

	it('counts how often a list is planned again over the replace and the chunks after it', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one(['old@x'], ['old@x', 'new1@x', 'new2@x'], {}, list);
		platform.know(['new1@x', 'new2@x']);
		let writes = 0;
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'replace' && moment === 'done') platform.set(list, ['old@x', `visitor${(writes += 1)}@x`]);
		};
		// The replace is planned again once and then refused; somebody keeps changing the list under the chunks.
		platform.fault = ({ asked: what }) => (what !== 'replace' ? null : writes === 1 ? 'refused' : 'doubtBefore');
		const result = await run();
		expect(platform.writes).toBe(1 + 1 + MAX_REPLANS);
		expect(result.lists[0]).toMatchObject({ outcome: 'conflict', code: 'contested' });
	});

	it('reports an unknown outcome where the list cannot be read after a doubtful write', async () => {
		const { platform, run } = one([], ['new@x']);
		platform.fault = ({ index }) => (index === 0 ? null : index === 1 ? 'doubtAfter' : 'unavailable');
		const result = await run();
		expect(result.lists[0]).toMatchObject({ outcome: 'failed', code: 'outcomeUnknown', after: null });
	});

	it('reports as unverified what was accepted and could not be read back', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one([], ['new@x'], {}, list);
		platform.know(['new@x']);
		platform.fault = ({ index }) => (index > 2 ? 'unavailable' : null);
		expect((await run()).lists[0]).toMatchObject({ outcome: 'failed', code: 'unverified', after: null });
	});
});

describe('changes by others', () => {
	it('names what somebody else changed whenever an answer shows it', async () => {
		const { platform, run } = one(['stays@x', 'leaves@x'], ['stays@x', 'leaves@x', 'new@x']);
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['stays@x', 'visitor@x']);
		};
		const result = await run();
		expect(platform.members(LIST)).toEqual(['stays@x', 'visitor@x', 'new@x']);
		expect(result.lists[0].foreign).toEqual({ added: ['visitor@x'], removed: ['leaves@x'] });
	});

	it('does not overrule somebody who undoes a change while the run goes on', async () => {
		const { platform, run } = one([], ids(4), { maxEntries: 2 });
		platform.meanwhile = ({ index }, moment) => {
			if (index === 2 && moment === 'arrived') platform.set(LIST, ['agent2@x']);
		};
		const result = await run();
		expect(result.lists[0].outcome).toBe('conflict');
		expect(membersOf(result, 'conflict')).toEqual(['agent1@x']);
		expect(platform.folded(LIST)).toEqual(['agent2@x', 'agent3@x', 'agent4@x']);
	});

	it('does not report what somebody did and undid', async () => {
		const { platform, run } = one(['stays@x'], ['stays@x', ...ids(6)], { maxEntries: 2 });
		platform.meanwhile = ({ index, members }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['visitor@x']);
			if (index === 2 && moment === 'arrived') platform.set(LIST, ['stays@x', 'agent1@x', 'agent2@x']);
			expect(members.length).toBeLessThanOrEqual(2);
		};
		const result = await run();
		expect(result.lists[0]).toMatchObject({ outcome: 'applied', foreign: { added: [], removed: [] } });
	});

	it('does not write again what was done and undone, however the list is written', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one([], ['one@x', 'two@x'], {}, list);
		platform.know(['one@x', 'two@x']);
		const first = nthWrite(1, 'partial');
		const second = nthWrite(2, 'doubtBefore');
		platform.fault = (arrival) => {
			const faults = [first(arrival), second(arrival)];
			return faults[0] ?? faults[1];
		};
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'replace' && moment === 'done' && platform.writes === 2) platform.set(list, []);
		};
		const result = await run();
		expect(platform.members(list)).toEqual(['two@x']);
		expect(result.lists[0].members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['one@x', 'conflict', 'undoneMeanwhile'],
			['two@x', 'applied', null],
		]);
	});

	it('does not add again whom it saw added and then removed, when it plans the list again', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, run } = one([], ['one@x', 'two@x'], {}, list);
		platform.know(['one@x', 'two@x']);
		const faults = [nthWrite(1, 'doubtBefore'), nthWrite(2, 'doubtBefore')];
		platform.fault = (arrival) => faults.map((fault) => fault(arrival)).find(Boolean) ?? null;
		const others = [['one@x'], []];
		platform.meanwhile = ({ asked: what }, moment) => {
			const theirs = what === 'replace' && moment === 'done' ? others.shift() : undefined;
			if (theirs) platform.set(list, theirs);
		};
		const result = await run();
		expect(platform.members(list)).toEqual(['two@x']);
		expect(result.lists[0].members.map(({ member, outcome }) => [member, outcome])).toEqual([
			['one@x', 'conflict'],
			['two@x', 'applied'],
		]);
	});

	it('does not claim what somebody else did after our own request had come to nothing', async () => {
		const { platform, run } = one([], ['new@x']);
		platform.alreadyThere = 'refuse';
		platform.fault = nthWrite(1, 'doubtBefore');
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'add' && moment === 'arrived' && platform.writes === 2) platform.set(LIST, ['new@x']);
		};
		const result = await run();
		expect(result.lists[0]).toMatchObject({ outcome: 'alreadyInPlace', foreign: { added: ['new@x'], removed: [] } });
	});

	it('reports a list that vanished', async () => {
		const { platform, run } = one(ids(2), ['new@x']);
		platform.meanwhile = ({ index }) => {
			if (index === 1) platform.drop(LIST);
		};
		expect((await run()).lists[0]).toMatchObject({ outcome: 'failed', code: 'missingList' });
	});

	it('takes a member for refused that the platform calls missing', async () => {
		const { platform, run } = one([], ids(2));
		platform.fault = ({ asked: what, members }) => (what === 'add' && members.includes('agent2@x') ? 'missing' : null);
		const result = await run();
		expect(membersOf(result, 'applied')).toEqual(['agent1@x']);
		expect(membersOf(result, 'rejected')).toEqual(['agent2@x']);
	});
});

describe('lanes', () => {
	it('never have two requests for one list under way, and no more lists than allowed', async () => {
		const { platform, around, clock } = harness();
		platform.latency = 50;
		const lists = ids(9, 'sup').map((id) => supervised(id));
		for (const ref of lists) platform.set(ref, ids(3));
		const busy = new Map<string, number>();
		let most = 0;
		let twice = false;
		for (const name of ['read', 'add', 'remove', 'replace'] as const) {
			const inner = platform[name].bind(platform) as (...args: unknown[]) => Promise<never>;
			platform[name] = async (...args: unknown[]): Promise<never> => {
				const { userId } = args[0] as { userId: string };
				twice ||= busy.has(userId);
				busy.set(userId, 1);
				most = Math.max(most, busy.size);
				const reply = await inner(...args);
				busy.delete(userId);
				return reply;
			};
		}
		const wished = source(lists.flatMap((ref) => rows(ref, ['agent1@x', 'new@x'])));
		const result = await clock.run(async () => await syncRun(wished, settings({ concurrency: 3 }), around));
		expect(result.status).toBe('applied');
		expect(twice).toBe(false);
		expect(most).toBe(3);
	});

	it('a list that the platform fails does not stop the others', async () => {
		const { platform, around } = harness();
		for (const id of ids(3, 'sup')) platform.set(supervised(id), []);
		platform.fault = ({ ref, asked: what }) => (what === 'add' && ref!.userId === 'sup2@x' ? 'unavailable' : null);
		const result = await syncRun(
			source(ids(3, 'sup').flatMap((id) => rows(supervised(id), ['a@x']))),
			settings(),
			around,
		);
		expect(result.lists.map(({ outcome }) => outcome)).toEqual(['applied', 'failed', 'applied']);
		expect(result.status).toBe('partial');
	});
});
