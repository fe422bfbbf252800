/** The requests of one list: what the list shows after each, and what is known where it shows nothing. */

import { describe, expect, it } from '@jest/globals';
import { ChangeTracker } from '../../lib/sync/apply/change-tracker';
import { VerifiedWrites } from '../../lib/sync/apply/verified-writes';
import { foldId } from '../../lib/sync';
import { MAX_DOUBT_READS } from '../../lib/sync/model/limits';
import { membersOf } from '../../lib/sync/model/members';
import { RunPlatform, type RequestLog } from '../../lib/sync/platform';
import { TOO_LATE } from '../../lib/sync/platform/platform';
import { harness, ownCallCenters, supervised } from './world';

const FRESH = 5_000;
const LIST = supervised();
const OWN = ownCallCenters('an@x');

function writing(list = LIST, live: readonly string[] = ['old@x'], adds: readonly string[] = ['new@x', 'other@x']) {
	const made = harness();
	made.platform.set(list, live);
	const view = { members: membersOf(live), at: made.clock.now() };
	const changes = (ids: readonly string[]) => ids.map((member) => ({ member, lines: [] }));
	const tracker = new ChangeTracker(changes(adds), changes(['old@x']), view);
	const log: RequestLog = [];
	const shown: string[][] = [];
	const writes = new VerifiedWrites(list, tracker, new RunPlatform(made.around), {
		freshMilliseconds: FRESH,
		log,
		onShown: (seen) => shown.push(seen.map(({ folded }) => folded)),
	});
	const find = (direction: 'add' | 'remove', member: string) => {
		const change = tracker.find(direction, foldId(member));
		if (change === undefined) throw new Error(`There is no change of ${member}.`);
		return change;
	};
	return { ...made, view, tracker, log, shown, writes, find, requests: () => log.map(({ write }) => write) };
}

describe('a list is seen recently enough to be overwritten', () => {
	it('for as long as is set, and not where the clock was set back', async () => {
		const { writes, clock, tracker } = writing();
		const fresh = [writes.isFresh];
		await clock.run(async () => {
			await clock.sleep(FRESH);
			fresh.push(writes.isFresh);
			await clock.sleep(1);
			fresh.push(writes.isFresh);
			await writes.read();
			fresh.push(writes.isFresh);
		});
		expect(fresh).toEqual([true, true, false, true]);
		tracker.observe({ members: new Map(), at: clock.now() + 1 });
		expect(writes.isFresh).toBe(false);
	});

	it('and a replace has the end of that time', async () => {
		const { writes, platform, find, view } = writing(OWN);
		const calls: unknown[] = [];
		platform.replace = async (...given: unknown[]) => {
			calls.push(given);
			return { ok: true, members: ['new@x', 'other@x'] };
		};
		expect(await writes.write('replace', [find('add', 'new@x'), find('remove', 'old@x')])).toEqual({ kind: 'seen' });
		expect(calls).toEqual([[OWN, ['new@x'], view.at + FRESH]]);
	});
});

describe('a write that is accepted', () => {
	it('is verified by its answer, with the changes that were made', async () => {
		const { writes, platform, find, shown, view, tracker, requests } = writing();
		platform.stubborn.add('other@x');
		platform.unknownIds = 'ignore';
		const both = [find('add', 'new@x'), find('add', 'other@x')];
		expect(await writes.write('add', both)).toEqual({ kind: 'seen' });
		expect([shown, requests(), [...tracker.view.members.keys()]]).toEqual([[['new@x']], ['add'], ['old@x', 'new@x']]);
		expect(both.map(({ sent, inDoubt }) => [sent, inDoubt])).toEqual([
			[true, false],
			[true, false],
		]);
		expect(writes.before).toEqual(view);
		await writes.write('remove', [find('remove', 'old@x')]);
		expect(writes.before).toEqual(view);
	});

	it('is read where its answer has no list, again if that fails, and then is not verified', async () => {
		const read = writing(OWN);
		expect(await read.writes.write('replace', [read.find('add', 'new@x')])).toEqual({ kind: 'seen' });
		expect(read.requests()).toEqual(['replace', 'read']);
		const failing = writing(OWN);
		failing.platform.fault = ({ asked }) => (asked === 'read' ? 'unavailable' : null);
		expect(await failing.writes.write('replace', [failing.find('add', 'new@x')])).toMatchObject({ kind: 'unverified' });
		expect(failing.requests()).toEqual(['replace', ...Array.from({ length: MAX_DOUBT_READS }, () => 'read')]);
		expect(failing.writes.unverified).toBe(true);
		const stopped = writing(OWN);
		stopped.platform.fault = ({ asked }) => (asked === 'read' ? 'stopped' : null);
		expect(await stopped.writes.write('replace', [stopped.find('add', 'new@x')])).toMatchObject({ kind: 'unverified' });
		expect(stopped.platform.count('read')).toBe(1);
	});
});

describe('a write that fails', () => {
	it.each(['refused', 'missing', 'unavailable'] as const)('is %s, and nothing of it was applied', async (kind) => {
		const { writes, platform, find, view, shown } = writing();
		platform.fault = () => kind;
		expect(await writes.write('add', [find('add', 'new@x')])).toMatchObject({ kind, failure: { kind } });
		expect([writes.before, writes.unverified, shown]).toEqual([view, false, []]);
	});

	it.each([
		['forbidden', 'forbidden', 'x'],
		['unavailable', 'late', TOO_LATE],
	] as const)('as %s is %s, and the list was never written', async (kind, expected, code) => {
		const { writes, platform, find } = writing();
		const failure = { kind, code, status: null, message: '' };
		platform.add = async () => ({ ok: false, failure });
		expect(await writes.write('add', [find('add', 'new@x')])).toEqual({ kind: expected, failure });
		expect(writes.before).toBeNull();
	});
});

describe('a write of which it is not known whether it was applied', () => {
	it('was applied or not, as the list shows', async () => {
		for (const [fault, kind, sent] of [
			['doubtAfter', 'changed', true],
			['doubtBefore', 'unchanged', false],
		] as const) {
			const { writes, platform, find, shown, requests } = writing();
			platform.fault = ({ asked }) => (asked === 'add' ? fault : null);
			const change = find('add', 'new@x');
			expect(await writes.write('add', [change])).toMatchObject({ kind });
			expect([requests(), shown, change.sent, change.inDoubt]).toEqual([
				['add', 'read'],
				[sent ? ['new@x'] : []],
				sent,
				true,
			]);
		}
	});

	it('was applied in part, where the platform says so', async () => {
		const { writes, platform, find, shown } = writing();
		platform.fault = ({ asked }) => (asked === 'add' ? 'partial' : null);
		const both = [find('add', 'new@x'), find('add', 'other@x')];
		expect(await writes.write('add', both)).toMatchObject({ kind: 'partial', failure: { status: 207 } });
		expect([shown, both.map(({ sent }) => sent)]).toEqual([[['new@x']], [true, false]]);
	});

	it('stays unknown where the list cannot be read', async () => {
		const { writes, platform, find, tracker } = writing();
		platform.fault = ({ asked }) => (asked === 'add' ? 'doubtAfter' : 'unavailable');
		const change = find('add', 'new@x');
		expect(await writes.write('add', [change])).toMatchObject({ kind: 'unknown', failure: { kind: 'doubt' } });
		expect([writes.unverified, change.sent, change.inDoubt, tracker.viewCount]).toEqual([true, true, true, 0]);
	});
});
