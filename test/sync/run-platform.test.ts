/** The requests of a run: counted, recorded, none after a stop; and lists that are read side by side. */

import { describe, expect, it } from '@jest/globals';
import { mapConcurrently, readList, RunPlatform, viewOf, type RequestLog } from '../../lib/sync/platform';
import { TOO_LATE, type Failure } from '../../lib/sync/platform/platform';
import { harness, supervised } from './world';

const LIST = supervised();

function run(more: Parameters<typeof harness>[0] = {}) {
	const made = harness(more);
	made.platform.set(LIST, ['an@x']);
	made.platform.know(['an@x']);
	made.platform.groupCallCenters = [{ serviceUserId: 'cc@x', name: 'Sales' }];
	made.platform.callCenterSupervisors = new Map([['cc@x', ['sup@x']]]);
	made.platform.callCenterAgents.set('cc@x', ['an@x']);
	return { ...made, requests: new RunPlatform(made.around) };
}

function failing(failure: Partial<Failure>) {
	const made = run();
	const failed = { kind: 'refused', code: 'apio-2', status: 400, message: 'No.', ...failure } as const;
	made.platform.read = async () => ({ ok: false, failure: failed as Failure });
	made.platform.add = async () => ({ ok: false, failure: failed as Failure });
	return made;
}

describe('requests', () => {
	it('are counted by what they do, and hand back what the platform answers', async () => {
		const { requests, clock } = run();
		const log: RequestLog = [];
		expect(await requests.read(LIST, log)).toEqual({ ok: true, members: ['an@x'] });
		expect(await requests.joinable(LIST, log)).toEqual({ ok: true, members: ['an@x'] });
		expect(await requests.users('T', 'G')).toMatchObject({ ok: true, entries: [{ userId: 'an@x' }] });
		expect(await requests.callCenters('T', 'G')).toMatchObject({ entries: [{ serviceUserId: 'cc@x' }] });
		expect(await requests.supervisors('T', 'G', 'cc@x')).toMatchObject({ entries: [{ userId: 'sup@x' }] });
		expect(await requests.agents('T', 'G', 'cc@x')).toMatchObject({ entries: [{ userId: 'an@x' }] });
		expect(requests.happened()).toEqual({ reads: 6, writes: 0, milliseconds: 0 });
		expect(await requests.write('remove', LIST, ['an@x'], log)).toEqual({ ok: true, members: [] });
		expect(await requests.write('add', LIST, ['an@x'], log)).toMatchObject({ ok: true });
		expect(await requests.write('replace', LIST, [], log)).toMatchObject({ ok: true });
		await clock.run(async () => await clock.sleep(1_500));
		expect(requests.happened()).toEqual({ reads: 6, writes: 3, milliseconds: 1_500 });
		expect(log.map(({ write, members }) => [write, members])).toEqual([
			['read', 0],
			['joinable', 0],
			['remove', 1],
			['add', 1],
			['replace', 0],
		]);
	});

	it('are recorded with their time, their duration and what came of them', async () => {
		const { requests, clock, platform } = run();
		platform.latency = 250;
		const log: RequestLog = [];
		await clock.run(async () => {
			await clock.sleep(60_000);
			await requests.read(LIST, log);
			platform.fault = () => 'refused';
			await requests.write('add', LIST, ['bea@x'], log);
		});
		const at = (milliseconds: number) => new Date(requests.startedAt + milliseconds).toISOString();
		expect(log).toEqual([
			{ write: 'read', members: 0, at: at(60_000), milliseconds: 250, result: 'ok', code: null },
			{ write: 'add', members: 1, at: at(60_250), milliseconds: 250, result: 'refused', code: 'fake-refused' },
		]);
	});

	it('that were too late were not sent', async () => {
		const { requests } = failing({ kind: 'unavailable', code: TOO_LATE });
		const log: RequestLog = [];
		expect(await requests.write('add', LIST, ['bea@x'], log)).toMatchObject({ ok: false });
		expect([log, requests.happened().writes]).toEqual([[], 0]);
	});

	it('that throw are failures, and a write may have been applied', async () => {
		const { requests, platform } = run();
		platform.fault = () => 'throws';
		const failure = { code: 'platformThrew', status: null, message: 'The request ended in an unexpected Error.' };
		expect(await requests.read(LIST, [])).toEqual({ ok: false, failure: { kind: 'unavailable', ...failure } });
		expect(await requests.users('T', 'G')).toEqual({ ok: false, failure: { kind: 'unavailable', ...failure } });
		expect(await requests.write('add', LIST, ['b@x'], [])).toEqual({
			ok: false,
			failure: { kind: 'doubt', ...failure },
		});
		platform.read = async () => await Promise.reject('text');
		expect(await requests.read(LIST, [])).toMatchObject({
			failure: { message: 'The request ended in an unexpected string.' },
		});
	});
});

describe('a stop', () => {
	it('by the signal lets no request leave', async () => {
		const controller = new AbortController();
		const { requests, platform } = run({ signal: controller.signal });
		expect(requests.stop).toBeNull();
		controller.abort();
		const log: RequestLog = [];
		const code = requests.stop?.facts.problem;
		expect(await requests.read(LIST, log)).toEqual({
			ok: false,
			failure: { kind: 'stopped', status: null, code, message: '' },
		});
		expect(await requests.write('add', LIST, ['b@x'], log)).toMatchObject({ failure: { kind: 'stopped' } });
		expect([log, platform.arrivals, requests.happened()]).toEqual([[], [], { reads: 0, writes: 0, milliseconds: 0 }]);
		expect(requests.stop).toBe(requests.stop);
	});

	it('by the platform is reported with its reason, is no request, and stays the reason', async () => {
		const stop = { problem: 'cancelled' } as unknown as NonNullable<Failure['stop']>;
		const { requests, platform } = failing({ kind: 'stopped', stop });
		const log: RequestLog = [];
		await requests.read(LIST, log);
		expect(requests.stop).toEqual({ code: 'stopped', facts: stop });
		expect(log).toMatchObject([{ result: 'stopped' }]);
		expect(requests.happened()).toMatchObject({ reads: 0, writes: 0 });
		platform.read = async () => ({ ok: true, members: [] });
		expect(await requests.read(LIST, log)).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
	});

	it('by a refused sign-in is reported as such', async () => {
		const { requests } = failing({ kind: 'stopped' });
		await requests.write('add', LIST, ['b@x'], []);
		expect(requests.stop).toEqual({
			code: 'stopped',
			facts: { problem: 'signInRefused', platformCode: 'apio-2', status: 400, said: 'No.' },
		});
	});
});

it.each([
	[10, 10],
	[0.5, 0.5],
	[0, 1],
	[-1, 1],
	[NaN, 1],
	[Infinity, 1],
])('a rate of %d requests a second is expected to be %d', (rate, expected) => {
	expect(run({ expectedRate: () => rate }).requests.expectedRate()).toBe(expected);
});

describe('lists that are read', () => {
	it('are as old as their request, or as the platform says', async () => {
		const { requests, clock, platform } = run();
		platform.latency = 100;
		const at = clock.now();
		const read = await clock.run(async () => await readList(LIST, requests, []));
		expect(read).toEqual({ ok: true, view: { members: new Map([['an@x', 'an@x']]), at } });
		expect(viewOf({ ok: true, members: ['An@x'], askedAt: 7 }, 9)).toEqual({
			members: new Map([['an@x', 'An@x']]),
			at: 7,
		});
		platform.drop(LIST);
		expect(await clock.run(async () => await readList(LIST, requests, []))).toMatchObject({
			ok: false,
			failure: { kind: 'missing' },
		});
	});

	it.each([
		[1, 1],
		[3, 3],
		[2.9, 2],
		[0, 1],
		[-2, 1],
		[NaN, 1],
	])('with concurrency %d are %d at once, in their order', async (concurrency, most) => {
		let now = 0;
		let seen = 0;
		const results = await mapConcurrently([5, 4, 3, 2, 1], concurrency, async (entry) => {
			seen = Math.max(seen, (now += 1));
			for (let turn = 0; turn < entry; turn++) await Promise.resolve();
			now -= 1;
			return entry * 10;
		});
		expect([seen, results]).toEqual([most, [50, 40, 30, 20, 10]]);
	});
});
