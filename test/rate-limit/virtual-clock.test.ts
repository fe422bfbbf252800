/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the clock is tested against the real event loop */
import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../tools/virtual-clock';

describe('VirtualClock', () => {
	test('moves only when everybody waits, and straight to the next due time', async () => {
		const clock = new VirtualClock(1_000);
		const seen: Array<[string, number]> = [];
		const task = async (name: string, ms: number) => {
			await clock.sleep(ms);
			// A long chain of microtasks must not be overtaken by the clock.
			for (let i = 0; i < 5_000; i++) await Promise.resolve();
			seen.push([name, clock.now()]);
		};
		await clock.run(async () => {
			await Promise.all([task('late', 3_600_000), task('a', 10), task('b', 10), task('soon', 5)]);
		});
		expect(seen).toEqual([
			['soon', 1_005],
			['a', 1_010],
			['b', 1_010],
			['late', 3_601_000],
		]);
	});

	test('waits for immediates and for real I/O before it advances', async () => {
		const clock = new VirtualClock(0);
		const at = await clock.run(async () => {
			const slept = clock.sleep(50);
			for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve));
			const before = clock.now();
			await slept;
			await new Promise<void>((resolve) => setTimeout(resolve, 5));
			return [before, clock.now()];
		});
		expect(at).toEqual([0, 50]);
	});

	test('an abort wakes a sleeper at once, without moving time', async () => {
		const clock = new VirtualClock(0);
		const stop = new AbortController();
		clock.after(7, () => stop.abort());
		const at = await clock.run(async () => {
			await clock.sleep(1_000, stop.signal);
			await clock.sleep(1_000, stop.signal);
			return clock.now();
		});
		expect(at).toBe(7);
	});

	test('says so when nothing can ever wake the run, and hands on its error', async () => {
		await expect(new VirtualClock(0, 20).run(async () => await new Promise(() => undefined))).rejects.toThrow(
			'Deadlock',
		);
		await expect(
			new VirtualClock().run(async () => {
				throw new Error('mine');
			}),
		).rejects.toThrow('mine');
	});
});
