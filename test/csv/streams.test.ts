/** A file as a stream: in pieces of any size, yielding to others, and read no further than it has to be. */

import { describe, expect, test } from '@jest/globals';
import { readCsv, readCsvBuffer } from '../../lib/csv';
import { MAX_RECORD_BYTES } from '../../lib/csv/limits';
import { SETTINGS } from './reading';

const QUARTER = 256 * 1024;
const HEADER = 'Supervisor;Agent;Call center;Note\n';
/** A megabyte of long rows that say the same. */
const LARGE = Buffer.from(HEADER + `jan;an;cc1;${'x'.repeat(1_000)}\n`.repeat(1_000));

/** The pieces of a file; `taken` counts those that were asked for. */
function stream(bytes: Uint8Array, size: number) {
	const state = { taken: 0 };
	async function* pieces(): AsyncGenerator<Uint8Array> {
		for (let at = 0; at < bytes.length; at += size) {
			state.taken += 1;
			yield bytes.subarray(at, at + size);
		}
	}
	return { state, pieces: pieces() };
}

describe('a large file', () => {
	test.each([
		['in one piece', LARGE.length, 3],
		['in pieces of a quarter of a megabyte', QUARTER, 3],
		['in small pieces', 50_000, 3],
	])('yields to the event loop after each quarter of a megabyte: %s', async (_, size, times) => {
		let yields = 0;
		const yieldToOthers = async () => {
			yields += 1;
		};
		expect(LARGE.length).toBeGreaterThan(4 * QUARTER - 50_000);
		expect(LARGE.length).toBeLessThan(4 * QUARTER);
		const result = await readCsv(stream(LARGE, size).pieces, { ...SETTINGS, yieldToOthers });
		expect(yields).toBe(times);
		expect(result).toMatchObject({ ok: true, source: { records: 1_000, rows: [{ line: 2 }] } });
	});

	test('is the same from memory, and without yielding', async () => {
		const whole = readCsvBuffer(LARGE, SETTINGS);
		expect(whole).toMatchObject({ ok: true, source: { records: 1_000 } });
		expect(await readCsv([LARGE], SETTINGS)).toEqual(whole);
	});
});

describe('a stream is asked for no more', () => {
	test('once the file is refused', async () => {
		const { state, pieces } = stream(Buffer.from('%PDF-1.7\n'.repeat(100_000)), 40_000);
		expect(await readCsv(pieces, SETTINGS)).toMatchObject({
			ok: false,
			failure: { code: 'notCsv', facts: { format: 'pdf' } },
		});
		expect(state.taken).toBe(2);
	});

	test('where an option is wrong', async () => {
		const { state, pieces } = stream(LARGE, 1_000);
		expect(await readCsv(pieces, { ...SETTINGS, delimiter: ';;' })).toMatchObject({
			failure: { code: 'invalidOption' },
		});
		expect(state.taken).toBe(1);
	});

	test('after a quotation mark that swallows more than any cell has', async () => {
		const file = Buffer.from(`${HEADER}jan;an;cc1;\njan;"bea;cc1\n${'x'.repeat(2 * MAX_RECORD_BYTES)}`);
		const { state, pieces } = stream(file, 100_000);
		expect(await readCsv(pieces, SETTINGS)).toMatchObject({
			ok: true,
			source: {
				rows: [{ line: 2 }],
				rejected: [{ line: 3, problems: [{ code: 'unclosedQuote', facts: { problem: 'tooLargeRow' } }] }],
			},
		});
		expect(state.taken).toBeLessThan(13);
	});
});

test('an empty stream is an empty file', async () => {
	expect(await readCsv([], SETTINGS)).toMatchObject({ ok: false, failure: { code: 'emptyFile' } });
	expect(await readCsv([new Uint8Array(0)], SETTINGS)).toMatchObject({ ok: false, failure: { code: 'emptyFile' } });
});
