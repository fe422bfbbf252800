import { describe, expect, it } from '@jest/globals';
import type { Transport } from '../../lib/apio/transport';
import { parseCase, tryOut } from './cases';
import { exhaust, failuresText } from './exhaust';
import { REFERENCES } from './references';

/** `.ci/run` tries every kind, and pairs of them. */
describe('a fault at every request', () => {
	it.each(REFERENCES.map((reference) => [reference.name, reference] as const))(
		'%s keeps every promise',
		async (_, reference) => {
			const { singles, failing } = await exhaust(reference, { bound: { distance: 0, kinds: 'marked' } });
			expect(failuresText(failing, 5)).toBe('');
			expect(singles).toBeGreaterThan(100);
		},
		300_000,
	);
});

describe('a run that breaks a promise', () => {
	/** Sends a write once more, as it was, after a doubtful answer. */
	const transport =
		(honest: Transport): Transport =>
		async (request) => {
			const reply = await honest(request);
			return request.method !== 'GET' && reply.kind === 'noAnswer' && reply.maybeApplied
				? await honest(request)
				: reply;
		};

	it('is reported with the command that replays it', async () => {
		const [reference] = REFERENCES.filter(({ name }) => name === 'sync-replace');
		const { failing } = await exhaust(reference, { bound: { distance: 0, kinds: 'marked' }, sabotage: { transport } });
		const text = failuresText(failing, failing.length);
		expect(text).toContain('noBlindRepeat');
		const [, replay] = /npm run faults -- --case "([^"]*)"/.exec(text) ?? [];
		const { reference: again, faults } = parseCase(replay);
		expect(again.name).toBe('sync-replace');
		expect((await tryOut(again, faults, { transport })).violations).not.toEqual([]);
		expect((await tryOut(again, faults)).violations).toEqual([]);
	}, 300_000);

	it.each(['nowhere resetAfter@1', 'sync-chunks resetAfter@0', 'sync-chunks magic@1', 'sync-chunks resetAfter'])(
		'asks for what it knows where the case is "%s"',
		(text) => {
			expect(() => parseCase(text)).toThrow(/Known|no fault/);
		},
	);
});
