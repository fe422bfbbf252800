import { afterEach, describe, expect, test } from '@jest/globals';
import { forgetPacers, pacerFor } from '../../lib/pacing/registry';
import { MAX_CONCURRENCY, PACER_DEFAULTS, pacerSettings } from '../../lib/pacing';
import { seededRandom } from '../support/seeded-random';
import { VirtualClock } from '../support/virtual-clock';
import { answer, READ, scene, WRITE } from './support';

const OK = answer(200);

describe('one pacer per platform', () => {
	afterEach(forgetPacers);
	const clock = new VirtualClock();
	const of = (url: string, settings = {}) => pacerFor(url, settings, clock, seededRandom(1));

	test('whatever the spelling of the host and the end of the path', () => {
		expect(of('https://APIO.example/api/v1/')).toBe(of('https://apio.example/api/v1'));
		expect(of('https://apio.example/api/v1')).not.toBe(of('https://apio.example/api/v01/p1'));
		expect(of('https://apio.example')).not.toBe(of('http://apio.example'));
	});

	test('other settings begin anew', () => {
		const before = of('https://apio.example', { maxRate: 3 });
		expect(of('https://apio.example', { maxRate: 3 })).toBe(before);
		expect(of('https://apio.example', { maxRate: 4 })).not.toBe(before);
	});

	test('the platform unused for longest is forgotten first', () => {
		const [first, second] = [of('https://first.example'), of('https://second.example')];
		for (let i = 0; i < 49; i++) {
			of(`https://host-${i}.example`);
			expect(of('https://first.example')).toBe(first);
		}
		expect(of('https://second.example')).not.toBe(second);
	});
});

describe('two runs on one pacer', () => {
	test('share the rate by halves, though one asks for ten times as much at once', async () => {
		const { clock, platform, run } = scene([OK]);
		const [large, small] = [run(), run()];
		await clock.run(async () => {
			const ask = (paced: typeof large, name: string, count: number) =>
				Array.from({ length: count }, async () => await paced({ ...WRITE, path: `/${name}/` }));
			const all = ask(large, 'large', 500);
			await clock.sleep(1_000);
			await Promise.all([...all, ...ask(small, 'small', 50)]);
		});
		const paths = platform.exchanges.map(({ request }) => request.path);
		const from = paths.indexOf('/small/');
		const both = paths.slice(from, paths.lastIndexOf('/small/') + 1);
		expect(both.filter((path) => path === '/large/').length).toBeLessThanOrEqual(60);
		expect(both.filter((path) => path === '/large/').length).toBeGreaterThanOrEqual(40);
	});

	test('never have more in flight together than the setting says', async () => {
		for (const concurrency of [1, 4, 10]) {
			const { clock, platform, run } = scene([OK], { concurrency, startRate: 1_000, maxRate: 1_000 });
			const runs = [run(), run(), run()];
			await clock.run(async () => await Promise.all(Array.from({ length: 90 }, async (_, i) => await runs[i % 3](READ))));
			expect(platform.mostInFlight).toBe(concurrency);
		}
	});

	test('learn from each other: the second starts at the rate that the first has found', async () => {
		const { clock, pacer, run } = scene([OK]);
		await clock.run(async () => {
			const first = run();
			await Promise.all(Array.from({ length: 200 }, async () => await first(WRITE)));
		});
		expect(run().run.expectedRate()).toBe(pacer.expectedRate());
		expect(pacer.expectedRate()).toBeGreaterThan(PACER_DEFAULTS.startRate);
	});
});

test('settings of any kind are brought into range', () => {
	expect(pacerSettings()).toEqual(PACER_DEFAULTS);
	expect(pacerSettings({ maxRate: 2 })).toMatchObject({ startRate: 2, minRate: 0.2, maxRate: 2 });
	expect(pacerSettings({ concurrency: 99 }).concurrency).toBe(MAX_CONCURRENCY);
	expect(pacerSettings({ concurrency: 0.5, attempts: 0, startRate: NaN, maxRate: undefined })).toMatchObject({ concurrency: 1, attempts: 1, startRate: 5, maxRate: 20 });
	expect(pacerSettings({ startRate: 0, minRate: -1 }).minRate).toBeGreaterThan(0);
});

test('slow answers are counted', async () => {
	const { clock, pacer } = scene([OK]);
	const { pacedTransport } = await import('../../lib/pacing');
	let slow = true;
	const paced = pacedTransport(async () => {
		await clock.sleep(slow ? 5_001 : 300);
		slow = false;
		return OK;
	}, pacer);
	await clock.run(async () => [await paced(READ), await paced(READ)]);
	expect(paced.run.statistics).toEqual({ sent: 2, throttled: 0, retried: 0, slow: 1, heldMs: 0 });
});
