import { describe, expect, it } from '@jest/globals';

import {
	ApioServer,
	createInProcessFace,
	DEFAULT_ACCOUNT,
	documentationWorld,
	type Fault,
	type SimulatorSettings,
	type VirtualClock,
} from '../../simulator';
import { agents, START, SUPERVISED, TEST1, TEST2 } from './platform';

/** Time that passes only when somebody sleeps: the earliest sleeper wakes next. */
class TestClock implements VirtualClock {
	private time = START;
	private sleepers: Array<{ at: number; wake: () => void }> = [];
	private running = false;

	now(): number {
		return this.time;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => {
			this.sleepers.push({ at: this.time + ms, wake: resolve });
			signal?.addEventListener('abort', () => resolve());
			void this.run();
		});
	}

	private async run(): Promise<void> {
		if (this.running) return;
		this.running = true;
		while (this.sleepers.length > 0) {
			for (let i = 0; i < 20; i++) await Promise.resolve();
			this.sleepers.sort((a, b) => a.at - b.at);
			const next = this.sleepers.shift();
			if (!next) break;
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		this.running = false;
	}
}

function face(fault: Fault | null, settings: Partial<SimulatorSettings> = {}, timeoutMs?: number) {
	const server = new ApioServer({
		world: documentationWorld(),
		settings,
		faults: fault ? { rules: [{ fault, times: 1 }] } : {},
	});
	const clock = new TestClock();
	const send = createInProcessFace({
		server,
		clock,
		timeoutMs,
		headers: { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` },
	});
	const add = async (signal?: AbortSignal) =>
		await send({ method: 'POST', path: SUPERVISED, body: { ...agents(TEST2) }, signal });
	return { server, clock, send, add, members: () => server.state().supervisedAgents[0].members };
}

describe('in virtual time', () => {
	it('answers with parsed JSON', async () => {
		const { send } = face(null);
		const answer = await send({ method: 'GET', path: SUPERVISED, query: { sensitiveUserLastNameStarts: 'Test' } });
		expect(answer).toMatchObject({
			kind: 'answer',
			status: 200,
			body: { supervised_agents: [{ userId: TEST1 }] },
			headers: { 'content-type': 'application/json' },
		});
	});

	it('takes the latency from the clock, and no real time', async () => {
		const { add, clock } = face(null, { latencyMs: 3600000 });
		await add();
		expect(clock.now() - START).toBe(3600000);
	});

	it('spreads the latency by the seed', async () => {
		const times = async () => {
			const { send, clock } = face(null, { latencyMs: 100, latencyJitterMs: 50 });
			const marks: number[] = [];
			for (let i = 0; i < 5; i++) {
				const before = clock.now();
				await send({ method: 'GET', path: SUPERVISED });
				marks.push(clock.now() - before);
			}
			return marks;
		};
		const marks = await times();
		expect(await times()).toEqual(marks);
		expect(new Set(marks).size).toBeGreaterThan(1);
		for (const mark of marks) expect(mark >= 100 && mark <= 150).toBe(true);
	});

	it.each<[Fault, object, string[]]>([
		[{ kind: 'resetBefore' }, { kind: 'noAnswer', cause: 'reset', maybeApplied: true }, [TEST1]],
		[{ kind: 'resetAfter' }, { kind: 'noAnswer', cause: 'reset', maybeApplied: true }, [TEST1, TEST2]],
		[{ kind: 'truncated' }, { kind: 'noAnswer', cause: 'reset', maybeApplied: true }, [TEST1, TEST2]],
		[{ kind: 'slow', ms: 9000 }, { kind: 'noAnswer', cause: 'timeout', maybeApplied: true }, [TEST1, TEST2]],
		[{ kind: 'slow', ms: 4000 }, { kind: 'answer', status: 201 }, [TEST1, TEST2]],
		[{ kind: 'slow', ms: 4000, late: true }, { kind: 'answer', status: 201 }, [TEST1, TEST2]],
		[
			{ kind: 'statusAfter', status: 502, body: '<html></html>' },
			{ kind: 'answer', status: 502, body: '<html></html>' },
			[TEST1, TEST2],
		],
	])('replies as a client sees it: %j', async (fault, reply, after) => {
		const { add, members } = face(fault, {}, 5000);
		expect(await add()).toMatchObject(reply);
		expect(members()).toEqual(after);
	});

	it('gives up at the time-out, while a late platform still carries the request out', async () => {
		const { add, clock, members } = face({ kind: 'slow', ms: 9000, late: true }, {}, 5000);
		expect(await add()).toMatchObject({ kind: 'noAnswer', cause: 'timeout' });
		expect([clock.now() - START, members()]).toEqual([5000, [TEST1]]);
		await clock.sleep(4001);
		expect(members()).toEqual([TEST1, TEST2]);
	});

	it('stops when cancelled, before and while the request is under way', async () => {
		const before = face(null);
		expect(await before.add(AbortSignal.abort())).toMatchObject({ cause: 'stopped', maybeApplied: false });
		expect(before.server.stats().requests).toBe(0);
		const during = face({ kind: 'slow', ms: 60000 });
		const cancel = new AbortController();
		const sent = during.add(cancel.signal);
		cancel.abort();
		expect(await sent).toMatchObject({ cause: 'stopped', maybeApplied: true });
	});

	it('takes headers that change, and another base path', async () => {
		const server = new ApioServer({ world: documentationWorld() });
		const given = ['Bearer wrong', `Bearer ${DEFAULT_ACCOUNT.m2mToken}`];
		const send = createInProcessFace({
			server,
			clock: new TestClock(),
			headers: () => ({ authorization: given.shift() ?? '' }),
		});
		expect(await send({ method: 'GET', path: '/tenants/' })).toMatchObject({ status: 401 });
		expect(await send({ method: 'GET', path: '/tenants/' })).toMatchObject({ status: 200 });
		const gateway = createInProcessFace({ server, clock: new TestClock(), basePath: '/api/v1' });
		const { username, password } = DEFAULT_ACCOUNT;
		expect(await gateway({ method: 'POST', path: '/login/', body: { username, password } })).toMatchObject({
			status: 200,
			headers: { 'set-cookie': expect.stringContaining('sessionid=') },
		});
	});
});
