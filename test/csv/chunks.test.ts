import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCsv, readCsvBuffer } from '../../lib/csv';
import { decoderFor } from '../../lib/csv/decode';
import { LineEnds } from '../../lib/csv/line-ends';
import { HEAD_BYTES, MAX_RECORD_BYTES } from '../../lib/csv/limits';
import { RecordParser } from '../../lib/csv/record-parser';
import { SETTINGS } from './reading';

/** Pieces of which nasty files are made. */
const piece = fc.constantFrom(
	'jan',
	'An',
	'bé',
	'😀',
	'€',
	';',
	';',
	',',
	'\r\n',
	'\n',
	'\r',
	'"',
	'""',
	'";"',
	'"\r\n',
	' ',
	'\u00a0',
	'cc1',
	'1,2E+9',
	'add',
	'@',
);
const file = fc
	.tuple(fc.constantFrom('', 'sep=;\r\n', 'Titel\r\n'), fc.array(piece, { maxLength: 60 }))
	.map(([top, parts]) => `${top}Supervisor;Agent;Call center\r\njan;an;cc1\r\n${parts.join('')}`);
const encoded = fc
	.tuple(file, fc.constantFrom('utf8', 'utf8bom', 'utf16le', 'utf16be', 'latin1', 'mixed'))
	.map(([text, encoding]) => {
		if (encoding === 'utf8') return Buffer.from(text);
		if (encoding === 'utf8bom') return Buffer.from(`\ufeff${text}`);
		if (encoding === 'utf16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
		if (encoding === 'utf16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
		if (encoding === 'latin1') return Buffer.from(text, 'latin1');
		return Buffer.concat([Buffer.from(text), Buffer.from('\njan;ré;cc1\n'), Buffer.from(text, 'latin1')]);
	});

/** The bytes cut at the given places. */
async function* cut(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
	const edges = [0, ...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	for (let i = 1; i < edges.length; i++) yield bytes.subarray(edges[i - 1], edges[i]);
}

describe('the result does not depend on the chunks of bytes', () => {
	test('of small files, nasty ones', async () => {
		await fc.assert(
			fc.asyncProperty(encoded, fc.array(fc.nat(2000), { maxLength: 12 }), async (bytes, cuts) => {
				expect(await readCsv(cut(bytes, cuts), SETTINGS)).toEqual(readCsvBuffer(bytes, SETTINGS));
			}),
			{ numRuns: 300 },
		);
	});

	test('byte by byte', async () => {
		await fc.assert(
			fc.asyncProperty(encoded, async (bytes) => {
				const every = Array.from(bytes.keys());
				expect(await readCsv(cut(bytes, every), SETTINGS)).toEqual(readCsvBuffer(bytes, SETTINGS));
			}),
			{ numRuns: 100 },
		);
	});

	test('of files larger than the head, around its end', async () => {
		const rows = Array.from({ length: 2500 }, (_, row) => `jan;"agent é${row}\r\n";cc1;€😀`).join('\r\n');
		const bytes = Buffer.from(`Supervisor;Agent;Call center;Note\r\n${rows}`);
		expect(bytes.length).toBeGreaterThan(HEAD_BYTES);
		const whole = readCsvBuffer(bytes, SETTINGS);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: HEAD_BYTES - 40, max: HEAD_BYTES + 40 }), { maxLength: 6 }),
				async (cuts) => {
					expect(await readCsv(cut(bytes, cuts), SETTINGS)).toEqual(whole);
				},
			),
			{ numRuns: 20 },
		);
	});
});

describe('decoding', () => {
	test('line ends become LF, wherever a chunk ends', () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.constantFrom('\r', '\n', 'a', 'é'), { maxLength: 6 })), (chunks) => {
				const lineEnds = new LineEnds();
				const unified = Buffer.concat(chunks.map((chunk) => Buffer.from(lineEnds.unify(Buffer.from(chunk.join(''))))));
				expect(unified.toString()).toBe(chunks.flat().join('').replace(/\r\n?/g, '\n'));
			}),
			{ numRuns: 1000 },
		);
	});

	test("what is UTF-8 and what is not agrees with the platform's own strict decoder", () => {
		const bytes = fc.array(
			fc.oneof(
				fc.integer({ min: 0, max: 255 }),
				fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0xf4, 0x90),
			),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(bytes, (list) => {
				const input = Uint8Array.from(list.filter((byte) => byte !== 13));
				const decoder = decoderFor({ encoding: 'UTF-8', bomLength: 0, assumed: false });
				const output = Buffer.concat([decoder.push(input), decoder.end()]);
				let strict: string | null = null;
				try {
					strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
				} catch {
					// It is not UTF-8.
				}
				expect(decoder.firstBadLine === null).toBe(strict !== null);
				if (strict !== null) expect(output.toString()).toBe(strict);
			}),
			{ numRuns: 3000 },
		);
	});
});

describe('a record is too large by its own bytes, whatever the chunks', () => {
	const padded = (before: string, after: string, bytes: number) =>
		before + 'x'.repeat(bytes - before.length - after.length) + after;
	const rowOf: ReadonlyArray<[string, (bytes: number) => string]> = [
		['plain', (bytes) => padded('a;', ';c', bytes)],
		['in quotation marks', (bytes) => padded('a;"', '";c', bytes)],
		['of two lines', (bytes) => padded('a;"b\n', '";c', bytes)],
		['with a stray quotation mark', (bytes) => padded('a;b "c;', '', bytes)],
	];

	describe.each(rowOf)('%s', (_title, record) => {
		test.each([
			['with rows around it', 'j;k;l\n', '\nm;n;o\n'],
			['at the end of the file', 'j;k;l\n', ''],
			['after a cell of two lines', '"j\n";k;l\n', '\nm;n;o\n'],
		])('%s', (_place, before, after) => {
			const verdictOf = (bytes: number, size: number) => {
				const file = Buffer.from(before + record(bytes) + after);
				const records: string[][] = [];
				const reader = new RecordParser(';', (cells) => records.push(cells));
				let stopped: unknown = null;
				for (let at = 0; at < file.length && stopped === null; at += size)
					stopped = reader.feed(file.subarray(at, at + size));
				stopped ??= reader.end();
				return { records: records.length, stopped };
			};
			const line = before.split('\n').length;
			for (const size of [9_973, 262_144, 2_000_000]) {
				expect(verdictOf(MAX_RECORD_BYTES, size)).toEqual({ records: after === '' ? 2 : 3, stopped: null });
				for (const more of [1, 2, 5, 300_000])
					expect(verdictOf(MAX_RECORD_BYTES + more, size)).toEqual({
						records: 1,
						stopped: { line, reason: 'recordTooLarge' },
					});
			}
		});
	});
});
