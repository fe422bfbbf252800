/** Files that are no CSV, detected by their first bytes. */

import { describe, expect, test } from '@jest/globals';
import { refusedAsBinary } from '../../lib/csv/signatures';
import { failure, pairs, read, source } from './reading';

const HEADER = 'Supervisor;Agent;Call center\n';

describe('a file is refused by its beginning', () => {
	test.each([
		['workbook', '504b0304', '504b0506', '504b0708'],
		['xls', 'd0cf11e0a1b11ae1'],
		['compressed', '1f8b', '425a68', 'fd377a585a', '377abcaf', '28b52ffd', '52617221'],
		['pdf', '255044462d'],
		['utf32', 'fffe0000', '0000feff'],
	])('%s', (format, ...signatures) => {
		for (const signature of signatures) {
			const bytes = Buffer.concat([Buffer.from(signature, 'hex'), Buffer.from('more')]);
			expect(failure(bytes)).toMatchObject({ code: 'notCsv', facts: { format }, line: null });
			// Not further down.
			expect(failure(Buffer.concat([Buffer.from('x'), bytes])).code).not.toBe('notCsv');
		}
	});

	test.each([
		['html', '<!DOCTYPE html>', '<html lang="nl">', '\r\n  <HTML>', '<head>', '<body class="x">'],
		['xml', '<?xml version="1.0"?>', '\n\t<?xml?>', '<?XML?>'],
		['json', '{"agent":1}', '{\n  "a": 1}', '[{"agent":1}]', '[\n[1]]', '[ { }]', '  [[1,2]]'],
	])('%s', (format, ...texts) => {
		for (const text of texts)
			for (const bytes of [text, `\ufeff${text}`])
				expect([text, failure(bytes)]).toMatchObject([text, { code: 'notCsv', facts: { format }, line: null }]);
	});

	test.each(['a<html>', '<b>', '<htm', '{a}', '{}', '[]', '[1]', 'x{"a":1}', 'x[{', 'x<?xml?>', '< ?xml'])(
		'but not by %s, which is a header that lacks columns',
		(text) => {
			expect(failure(`${text}\n`).code).toBe('missingColumn');
		},
	);

	const utf32 = (text: string, little: boolean) => {
		const bytes = Buffer.alloc(text.length * 4);
		[...text].forEach((char, index) =>
			little ? bytes.writeUInt32LE(char.charCodeAt(0), 4 * index) : bytes.writeUInt32BE(char.charCodeAt(0), 4 * index),
		);
		return bytes;
	};

	test.each([true, false])('UTF-32, and not as UTF-16 nor as binary; little-endian: %s', (little) => {
		for (const text of [`${HEADER}jan;an;cc1\n`, 'Руководитель;Сотрудник\n', 'abc\n']) {
			for (const bytes of [utf32(`\ufeff${text}`, little), utf32(text, little)]) {
				const issue = failure(bytes);
				expect([issue.code, issue.message]).toEqual([
					'notCsv',
					expect.stringMatching(/UTF-32.*Export it as "CSV UTF-8"/),
				]);
			}
		}
	});

	test.each([true, false])('zeros alone do not make a file UTF-32; little-endian: %s', (little) => {
		const zeros = (share: number) => Buffer.concat([utf32('a'.repeat(100 - share), little), Buffer.alloc(4 * share)]);
		expect(failure(zeros(9))).toMatchObject({ code: 'notCsv', facts: { format: 'utf32' } });
		for (const share of [10, 100]) expect(failure(zeros(share)).code).toBe('binaryFile');
		expect(failure(Buffer.from('\0\0a')).code).toBe('binaryFile');
	});

	test('names of columns in brackets are none of these', () => {
		expect(pairs(source('[Supervisor];[Agent];[Call center]\njan;an;cc1\n'))).toEqual(['jan cc1 an']);
	});
});

describe('a file of control characters', () => {
	const bytes = (controls: number, length: number, control = 1) =>
		Uint8Array.from({ length }, (_, index) => (index < controls ? control : 0x61));

	test('is not text where more than one character in 33, and at least two, is one', () => {
		expect(refusedAsBinary(bytes(2, 65))).toEqual({
			code: 'binaryFile',
			facts: { controls: 2, bytes: 65 },
			line: null,
		});
		expect(refusedAsBinary(bytes(2, 66))).toBeNull();
		expect(refusedAsBinary(bytes(3, 98))).toMatchObject({ facts: { controls: 3, bytes: 98 } });
		expect(refusedAsBinary(bytes(3, 99))).toBeNull();
		expect(refusedAsBinary(bytes(1, 1))).toBeNull();
	});

	test('is text where these are ones that occur in text', () => {
		for (let control = 0; control <= 32; control++) {
			const isUsual = [9, 10, 11, 12, 13, 26, 27, 32].includes(control);
			expect([control, refusedAsBinary(bytes(9, 10, control)) === null]).toEqual([control, isUsual]);
		}
	});

	test('is read where a byte order mark says that it is text', () => {
		const file = `${HEADER}jan;a\u0001n;cc1\njan;b\u0002\u0003\u0004a;cc1\n`;
		expect(failure(file)).toMatchObject({ code: 'binaryFile', facts: { controls: 4, bytes: file.length } });
		for (const marked of [`\ufeff${file}`, Buffer.from(`\ufeff${file}`, 'utf16le'), Buffer.from(file, 'utf16le')])
			expect(read(marked)).toMatchObject({ ok: true, source: { rejected: [{ line: 2 }, { line: 3 }] } });
	});
});
