import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../../lib/csv';
import { MAX_RECORD_BYTES } from '../../lib/csv/limits';
import { ListMemberIndex } from '../../lib/csv/list-member-index';
import { SETTINGS, sourceOf } from './reading';

const LINE = 200;

/**
 * A file of so many bytes, made as it is read: every line 200 bytes, ten lists of a thousand different agents over and
 * over.
 */
async function* generated(bytes: number, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
	yield Buffer.from('Supervisor,Agent,Call center,Note\r\n');
	const linesPerChunk = 500;
	for (let line = 0; line * LINE < bytes; line += linesPerChunk) {
		const lines = Array.from({ length: linesPerChunk }, (_, i) => {
			const agent = (line + i) % 10_000;
			return `supervisor${agent % 10},agent${agent},cc1,`.padEnd(LINE - 2, 'x') + '\r\n';
		});
		const chunk = Buffer.from(lines.join(''));
		counted.bytes += chunk.length;
		yield chunk;
	}
}

describe('large files', () => {
	test('of 200 MB are streamed: every row is read, repeated ones are counted, not kept', async () => {
		const counted = { bytes: 0 };
		const source = sourceOf(await readCsv(generated(200_000_000, counted), SETTINGS));
		expect(counted.bytes).toBe(200_000_000);
		expect(source.records).toBe(1_000_000);
		expect(source.rows).toHaveLength(10_000);
		expect(source.findings.find(({ code, line }) => code === 'moreFindings' && line === null)?.message).toMatch(
			/^989,900 more findings with the code 'duplicateRow'. The last is in line 1000001.$/,
		);
	}, 300_000);

	test('with an open quotation mark at the top are refused at the maximum size of a row', async () => {
		const counted = { bytes: 0 };
		async function* spoilt() {
			yield Buffer.from('Supervisor,Agent,Call center,Note\r\njan,an,cc1,"note\r\n');
			yield* generated(50_000_000, counted);
		}
		const source = sourceOf(await readCsv(spoilt(), SETTINGS));
		expect(source.rejected).toMatchObject([{ line: 2, code: 'unclosedQuote', userId: null }]);
		expect(counted.bytes).toBeLessThan(2 * MAX_RECORD_BYTES);
	});

	test('without a line end are refused there as well', async () => {
		const counted = { bytes: 0 };
		async function* endless() {
			yield Buffer.from('Supervisor,Agent,Call center,Note\r\njan,an,cc1,note\r\n');
			for (; counted.bytes < 50_000_000; counted.bytes += 65_536) yield Buffer.alloc(65_536, 'x');
		}
		const source = sourceOf(await readCsv(endless(), SETTINGS));
		expect(source.rows).toHaveLength(1);
		expect(source.rejected).toMatchObject([{ line: 3, code: 'unclosedQuote', userId: null }]);
		expect(source.rejected[0].message).toMatch(/^This row is larger than 1 MB, .* a line break may be missing\.$/);
		expect(counted.bytes).toBeLessThan(2 * MAX_RECORD_BYTES);
	});

	test('leave the process time for others', async () => {
		let breaths = 0;
		const yieldToOthers = async () => {
			breaths++;
		};
		await readCsv(generated(10_000_000, { bytes: 0 }), { ...SETTINGS, yieldToOthers });
		expect(breaths).toBeGreaterThan(10);
	});

	test('end when their stream fails, with its error', async () => {
		async function* failing() {
			yield Buffer.from('Supervisor,Agent,Call center\n');
			throw new Error('connection lost');
		}
		await expect(readCsv(failing(), SETTINGS)).rejects.toThrow('connection lost');
	});
});

test('the list-member index finds every row again, and nothing else', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 5000, minLength: 3000 }), (pairs) => {
			const table = new ListMemberIndex();
			const expected = new Map<string, number>();
			let row = 0;
			for (const [list, member] of pairs) {
				const key = `${list} ${member}`;
				expect(table.claim(list, member, row)).toBe(expected.get(key) ?? -1);
				if (expected.has(key)) continue;
				expected.set(key, row);
				// Numbers may be left out, for rows without a member.
				row += 1 + (list % 2);
			}
		}),
		{ numRuns: 20 },
	);
});
