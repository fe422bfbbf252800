/** Which requests a list takes, one after the other, and how a list is reported that was not written as planned. */

import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, FRESH_READ_MILLISECONDS, MAX_RESENDS, planRun, syncRun } from '../../lib/sync';
import type { Progress, RunResult } from '../../lib/sync';
import { asked, LIST, nthWrite, one } from './one-list';
import { harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

const OWN = ownCallCenters('agent@x');

function outcomes({ lists: [list] }: RunResult): string[] {
	return list.members.map(({ member, outcome }) => `${member} ${outcome}`);
}

describe('a list that is written change by change', () => {
	it('is left alone after a request that the platform could not carry out', async () => {
		const { platform, run } = one(['old@x'], ['a@x', 'b@x', 'c@x'], { maxEntries: 1 });
		platform.fault = nthWrite(2, 'unavailable');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'add 1', 'add 1']);
		expect(outcomes(result)).toEqual(['a@x applied', 'b@x failed', 'c@x notAttempted', 'old@x notAttempted']);
		expect(result.lists[0]).toMatchObject({ fallback: null, after: ['old@x', 'a@x'] });
	});

	it('is not asked for what somebody else has done meanwhile', async () => {
		const { platform, run } = one(['old@x'], ['a@x', 'b@x'], { maxEntries: 1 });
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['b@x']);
		};
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'add 1']);
		expect(outcomes(result)).toEqual(['a@x applied', 'b@x alreadyInPlace', 'old@x alreadyInPlace']);
	});

	it('gets the rest of a partly accepted request, and halves of a refused one', async () => {
		const { platform, run } = one([], ids(4));
		platform.fault = nthWrite(1, 'partial');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'add 4', 'read', 'add 2']);
		expect(result.lists[0]).toMatchObject({ outcome: 'applied', fallback: null });
		const other = one([], ids(4));
		other.platform.unknownIds = 'partial';
		other.platform.fault = ({ asked: what, members }) => (what === 'add' && members.length > 2 ? 'doubtBefore' : null);
		other.platform.add = ((add) => async (list, members) => {
			const reply = await add(list, members);
			return !reply.ok && members.length > 2
				? { ok: false as const, failure: { ...reply.failure, status: 207 } }
				: reply;
		})(other.platform.add.bind(other.platform));
		await other.run();
		expect(asked(other.platform)).toEqual(['read', 'add 4', 'read', 'add 2', 'add 2']);
		expect(other.platform.members(LIST)).toEqual(ids(4));
	});

	it('is not read after a refusal where a later answer shows it', async () => {
		const { platform, run } = one([], ids(4));
		platform.stubborn.add('agent2@x');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'add 4', 'add 2', 'add 1', 'add 1', 'add 2']);
		expect(result.lists[0].fallback).toBeNull();
	});

	it('counts repeats from zero after the list has changed', async () => {
		const { platform, run } = one([], ids(2));
		let writes = 0;
		platform.fault = ({ asked: what }) => (what === 'add' && (writes += 1) <= MAX_RESENDS + 2 ? 'doubtBefore' : null);
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'add' && moment === 'arrived' && platform.writes === MAX_RESENDS) platform.set(LIST, ['visitor@x']);
		};
		expect((await run()).lists[0].outcome).toBe('applied');
		expect(platform.writes).toBe(MAX_RESENDS + 3);
	});
});

describe('a list that was to be replaced reports why it was not', () => {
	const replaced = { forcedStrategy: 'replace', maxEntries: 8 } as const;

	it('as a whole, however many entries a request may have', async () => {
		const { platform, run } = one(['old@x'], ids(3), { ...replaced, maxEntries: 1 });
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'replace 3']);
		expect(result.lists[0]).toMatchObject({ strategy: 'replace', fallback: null });
	});

	it('because its read was too old', async () => {
		const { platform, clock, run } = one(ids(4), ['agent1@x', 'new@x'], replaced);
		const read = platform.read.bind(platform);
		platform.read = async (list) => {
			const reply = await read(list);
			await clock.sleep(FRESH_READ_MILLISECONDS + 1);
			return reply;
		};
		const result = await clock.run(run);
		// Planned to be read again, which takes as long.
		expect(asked(platform)).toEqual(['read', 'read', 'add 1', 'remove 3']);
		expect(result.lists[0]).toMatchObject({ strategy: 'incremental', fallback: { problem: 'tooOld', seconds: 5 } });
	});

	it('because somebody else changed it', async () => {
		const { platform, run } = one(ids(4), ['agent1@x', 'new@x'], replaced);
		platform.fault = nthWrite(1, 'doubtBefore');
		platform.meanwhile = ({ asked: what }, moment) => {
			if (what === 'replace' && moment === 'arrived') platform.set(LIST, [...ids(4), 'visitor@x']);
		};
		expect((await run()).lists[0]).toMatchObject({
			strategy: 'incremental',
			fallback: { problem: 'changedMeanwhile' },
		});
	});

	it('because a part of it was accepted', async () => {
		const { platform, run } = one(ids(4), ['agent1@x', 'new1@x', 'new2@x'], replaced);
		platform.fault = nthWrite(1, 'partial');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'replace 3', 'read', 'add 1', 'remove 1']);
		expect(result.lists[0]).toMatchObject({ strategy: 'incremental', fallback: { problem: 'partlyTaken' } });
	});

	it('because it was refused', async () => {
		const { platform, run } = one(ids(4), ['agent1@x', 'new1@x'], replaced);
		platform.fault = nthWrite(1, 'refused');
		const result = await run();
		expect(asked(platform)).toEqual(['read', 'replace 2', 'add 1', 'remove 3']);
		expect(result.lists[0]).toMatchObject({
			strategy: 'incremental',
			fallback: { problem: 'refused' },
			outcome: 'applied',
		});
	});
});

describe('a list that can only be replaced', () => {
	/** The request that is `refused`, and no other, is turned down whole. */
	function refusing(live: readonly string[], wished: readonly string[], refused: string) {
		const made = one(live, wished, {}, OWN);
		made.platform.know([...live, ...wished]);
		made.platform.stubborn.add(refused);
		return made;
	}

	it('is halved without asking the same again where only additions were refused', async () => {
		const { platform, run } = refusing([], ids(4), 'agent4@x');
		const result = await run();
		expect(asked(platform).filter((what) => what.startsWith('replace'))).toEqual([
			'replace 4',
			'replace 2',
			'replace 4',
			'replace 3',
			'replace 4',
		]);
		expect(platform.members(OWN)).toEqual(ids(3));
		expect(outcomes(result).at(-1)).toBe('agent4@x rejected');
	});

	it('gets the additions alone where additions and removals were refused together', async () => {
		const { platform, run } = refusing(['old@x', 'stays@x'], ['stays@x', 'new@x'], 'new@x');
		const result = await run();
		expect(asked(platform).filter((what) => what.startsWith('replace'))).toEqual(['replace 2', 'replace 3']);
		expect(platform.members(OWN)).toEqual(['old@x', 'stays@x']);
		expect(outcomes(result)).toEqual(['new@x rejected', 'old@x held']);
	});

	it('is sent again a bounded number of times for each plan, which are bounded as well', async () => {
		const { platform, run } = one([], ['new@x'], {}, OWN);
		platform.know(['new@x']);
		platform.fault = ({ asked: what }) => (what === 'replace' ? 'doubtBefore' : null);
		platform.meanwhile = ({ asked: what }, moment) => {
			// Somebody else comes after the second request.
			if (what === 'replace' && moment === 'arrived' && platform.writes === 2) platform.set(OWN, ['visitor@x']);
		};
		const result = await run();
		// Two for the first plan, before somebody came, and all of the second.
		expect(platform.writes).toBe(2 + (MAX_RESENDS + 1));
		expect(result.lists[0]).toMatchObject({ code: 'doubtUnresolved', foreign: { added: ['visitor@x'], removed: [] } });
	});
});

describe('a list whose turn comes late', () => {
	/** Two lists at a rate at which the second waits for minutes. */
	function slow() {
		const scene = harness({ expectedRate: () => 0.01 });
		const [first, second] = [ownCallCenters('a@x'), ownCallCenters('b@x')];
		for (const ref of [first, second]) scene.platform.set(ref, ['one@x']);
		scene.platform.know(['one@x', 'two@x', 'visitor@x']);
		const wished = source([first, second].flatMap((ref) => rows(ref, ['one@x', 'two@x'])));
		return { ...scene, first, second, wished };
	}

	it('is read again before it is written, and keeps what somebody added meanwhile', async () => {
		const { platform, around, second, wished } = slow();
		platform.meanwhile = ({ asked: what, ref }, moment) => {
			if (what === 'replace' && ref?.userId === 'a@x' && moment === 'arrived')
				platform.set(second, ['one@x', 'visitor@x']);
		};
		const result = await syncRun(wished, settings({ kind: second.kind, concurrency: 1 }), around);
		expect(result.plan!.lists.map(({ readAgain }) => readAgain ?? false)).toEqual([false, true]);
		expect(platform.arrivals.map(({ asked: what, ref }) => `${what} ${ref?.userId}`).slice(4)).toEqual([
			'replace a@x',
			'read a@x',
			'read b@x',
			'replace b@x',
			'read b@x',
		]);
		expect(platform.members(second)).toEqual(['one@x', 'visitor@x', 'two@x']);
		expect(result.lists[1]).toMatchObject({
			outcome: 'applied',
			before: ['one@x', 'visitor@x'],
			after: ['one@x', 'visitor@x', 'two@x'],
		});
	});

	it('goes after the lists that are replaced on the read of planning', async () => {
		const { platform, around, wished, first, second } = slow();
		platform.set(first, ['one@x', 'two@x']);
		const third = ownCallCenters('c@x');
		platform.set(third, ['one@x']);
		const all = source([...wished.rows, ...rows(third, ['one@x', 'two@x'])]);
		const { plan } = await planRun(all, settings({ kind: second.kind }), around);
		expect(plan!.lists.map(({ ref, readAgain }) => [ref.userId, readAgain])).toEqual([
			['b@x', undefined],
			['c@x', undefined],
		]);
		const result = await syncRun(all, settings({ kind: second.kind, concurrency: 1 }), around);
		expect(result.plan!.lists.map(({ ref, readAgain }) => [ref.userId, readAgain])).toEqual([
			['b@x', undefined],
			['c@x', true],
		]);
	});
});

describe('an approved plan', () => {
	async function approved(more: Parameters<typeof settings>[0] = {}) {
		const scene = harness();
		const [from, to] = [supervised('from@x'), supervised('to@x')];
		scene.platform.set(from, ['mover@x', 'stays@x']);
		scene.platform.set(to, []);
		const wished = source([...rows(from, ['stays@x']), ...rows(to, ['mover@x'])]);
		const { plan } = await planRun(wished, settings(more), scene.around);
		const arrived = scene.platform.arrivals.length;
		const apply = async () =>
			await applyPlanRun(
				plan,
				{ planHash: plan!.hash, removals: 1 },
				settings({ ...more, concurrency: 1 }),
				scene.around,
			);
		const requests = () =>
			scene.platform.arrivals.slice(arrived).map(({ asked: what, ref }) => `${what} ${ref?.userId}`);
		return { ...scene, from, to, apply, requests };
	}

	it('reads each list just before it is written, after the additions that its removals wait for', async () => {
		const { apply, requests } = await approved();
		expect((await apply()).status).toBe('applied');
		expect(requests()).toEqual(['read to@x', 'add to@x', 'read from@x', 'remove from@x']);
	});

	it('has no state of a list that it did not read', async () => {
		const { platform, apply, to } = await approved();
		platform.fault = ({ asked: what }) => (what === 'add' ? 'stopped' : null);
		const { status, lists } = await apply();
		expect(status).toBe('stopped');
		expect(lists.map(({ ref, outcome, before, after }) => [ref.userId, outcome, before, after])).toEqual([
			['from@x', 'notAttempted', ['mover@x', 'stays@x'], null],
			['to@x', 'notAttempted', [], []],
		]);
		expect(platform.members(to)).toEqual([]);
	});
});

it('a plan without changes has no progress of writing to report', async () => {
	const seen: string[] = [];
	const { platform, around } = harness({ onProgress: ({ phase }: Progress) => seen.push(phase) });
	platform.set(LIST, ['a@x']);
	await syncRun(source(rows(LIST, ['a@x'])), settings(), around);
	expect(new Set(seen)).toEqual(new Set(['reading']));
});
