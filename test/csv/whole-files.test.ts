/** What is reported of a file as a whole: its item, its titles, its encoding, and a record that is too large. */

import { expect, test } from '@jest/globals';
import { readCsv, readCsvBuffer } from '../../lib/csv';
import { MAX_RECORD_BYTES } from '../../lib/csv/limits';
import { codes, SETTINGS, source, sourceOf } from './reading';

const HEADER = 'Supervisor;Call center;Agent';
const ROW = 'jan;cc1;an\n';

test('rows and rejected rows have the item that the file came with', () => {
	const file = `${HEADER}\n${ROW}jan;cc1;#REF!\n`;
	for (const [item, expected] of [
		[undefined, 0],
		[3, 3],
	] as const) {
		const { rows, rejected } = source(file, { item });
		expect([...rows, ...rejected].map((row) => row.item)).toEqual([expected, expected]);
	}
});

test('a title is reported with the text of all its cells', () => {
	const { findings } = source(`Agents;; of HR\n;;\n${HEADER}\n${ROW}`);
	expect(findings).toMatchObject([{ code: 'titleRow', line: 1, facts: { value: 'Agents  of HR' } }]);
});

test('bytes of another encoding are reported at the first of them', () => {
	const bytes = Buffer.concat([Buffer.from(`${HEADER};Note\n${ROW.trim()};`), Buffer.from([0xe9, 10])]);
	expect(source(bytes).findings).toMatchObject([
		{ code: 'unknownColumn' },
		{ code: 'encodingAssumed', line: 2, facts: { problem: 'notUtf8' } },
	]);
});

test('a record that is too large ends the reading, and is reported once', async () => {
	const large = `"${'x'.repeat(MAX_RECORD_BYTES + 1)}"`;
	const bytes = Buffer.from(`${HEADER}\n${ROW}jan;cc1;${large}\njan;cc1;bea\n`);
	const chunks = [bytes.subarray(0, 300_000), bytes.subarray(300_000, 600_000), bytes.subarray(600_000)];
	for (const result of [readCsvBuffer(bytes, SETTINGS), await readCsv(chunks, SETTINGS)]) {
		const read = sourceOf(result);
		expect(read.records).toBe(2);
		expect(read.rejected).toMatchObject([
			{ line: 3, problems: [{ code: 'unclosedQuote', facts: { problem: 'tooLargeRow' } }], moreProblems: 0 },
		]);
		expect(codes(read)).toEqual(['unclosedQuote@3']);
		expect(read.rows).toHaveLength(1);
	}
});
