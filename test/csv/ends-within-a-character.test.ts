import { describe, expect, test } from '@jest/globals';
import { source } from './reading';

const TEXT = '\ufeffSupervisor;Agent;Call center;Note\njan;an;cc1;n/a\njan;bea;cc1;early\njan;chris;cc2;late\n';

function without(bytes: Buffer, at: number): Buffer {
	return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
}

const ENCODED = {
	'UTF-16LE': Buffer.from(TEXT, 'utf16le'),
	'UTF-16BE': Buffer.from(TEXT, 'utf16le').swap16(),
};

describe('a byte is missing in UTF-16, so that what follows reads as other characters, line ends included', () => {
	test.each(Object.entries(ENCODED))('%s: the row that swallows the rest is rejected', (_, bytes) => {
		const at = TEXT.indexOf('early') * 2 + 5;
		const read = source(without(bytes, at));
		expect(read.rows.map(({ memberId }) => memberId)).toEqual(['an@acme.be']);
		// Nothing is known of it: the row may have swallowed rows of any list.
		expect(read.rejected).toMatchObject([
			{ line: 3, code: 'invalidId', tenantId: null, groupId: null, userId: null, callCenterId: null, memberIds: [] },
		]);
		expect(read.unendedLine).toBe(3);
		expect(read.records).toBe(2);
	});

	test('so is the rest of the last line end', () => {
		const { rows, rejected } = source(ENCODED['UTF-16LE'].subarray(0, -1));
		expect(rows).toHaveLength(2);
		expect(rejected).toMatchObject([{ line: 4, code: 'invalidId' }]);
	});

	test('a whole file has no such row, with or without a line end', () => {
		for (const bytes of Object.values(ENCODED)) {
			expect(source(bytes)).toMatchObject({ rejected: [], unendedLine: null });
			expect(source(bytes.subarray(0, -2))).toMatchObject({ rejected: [], unendedLine: 4 });
		}
	});
});

describe('UTF-8 that ends within a character', () => {
	const accented = 'Supervisor;Agent;Call center;Note\njan;an;cc1;zoë\njan;bea;cc1;né';

	test('was cut off in its last row, whichever column that is', () => {
		const read = source(Buffer.from(accented).subarray(0, -1));
		expect(read.rows).toHaveLength(1);
		expect(read.rejected).toMatchObject([{ line: 3, code: 'invalidId', userId: null }]);
	});

	test('and not where a line end follows, or a byte of another encoding stands further up', () => {
		expect(source(accented).rejected).toEqual([]);
		const foreign = Buffer.concat([Buffer.from(accented.slice(0, -1)), Buffer.from([0xe9]), Buffer.from(' end\n')]);
		expect(source(foreign).rejected).toEqual([]);
		expect(source(Buffer.concat([Buffer.from(accented.slice(0, -1)), Buffer.from([0xe9, 10])])).rejected).toEqual([]);
	});
});
