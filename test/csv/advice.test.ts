/** Sentences about a source say what was wrong where the reader of them can change it. */

import { describe, expect, test } from '@jest/globals';
import { codes, failure, pairs, source } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

describe('what is above the header', () => {
	test.each([';;;\n', ',,\n;;\n', '\n\n;\n', '|', ';;;\n'.repeat(40)])('a file without text is empty: %j', (file) => {
		expect(failure(file).code).toBe('emptyFile');
	});

	test.each(['\n', ';;\n', ',,,\n'])('any number of blank lines is passed over: %j', (blank) => {
		const read = source(`${blank.repeat(40)}${HEADER}\njan;an;cc1\n`);
		expect([pairs(read), read.format?.headerLine]).toEqual([['jan cc1 an'], 41]);
		expect(codes(read).filter((code) => !code.startsWith('titleRow'))).toEqual([]);
	});

	test('a quotation mark left open there is told', () => {
		expect(failure('"Supervisor;Agent;Call center\njan;an;cc1\n').code).toBe('unclosedQuote');
	});
});

describe('a row of another width', () => {
	const messages = (file: string) => source(file).rejected.map(({ message }) => message);

	test('with text where the other rows are blank', () => {
		expect(messages(`${HEADER}\njan;an;cc1;\njan;bea;cc1;\njan;chris;cc1;x\n`)).toEqual([
			'The row has text behind its 3 cells, where the other rows are blank. Put a cell that contains the separator ' +
				'between quotation marks, or remove the separator.',
		]);
	});

	test('below a header that alone ends with separators', () => {
		const advice = / If the rows are complete, remove the separators at the end of the header\.$/;
		expect(messages(`${HEADER};;\njan;an;cc1\n`)).toEqual([expect.stringMatching(advice)]);
		expect(messages(`${HEADER}\njan;an\n`)).toEqual([expect.not.stringMatching(advice)]);
		expect(messages(`${HEADER};\njan;an\n`)).toEqual([expect.not.stringMatching(advice)]);
	});
});

describe('an option that cannot be an id', () => {
	test.each([
		[
			{ tenantId: 'null' },
			`'Default Tenant' cannot be used: "null" is a placeholder for a missing value. Enter one ID.`,
		],
		[
			{ callCenterId: 'a@x, b@x' },
			`'Default Call Center' cannot be used: "a@x, b@x" looks like several values, but one is expected. Enter one ID.`,
		],
		[{ groupId: '--' }, `'Default Group' cannot be used: "--" has no letter and no digit. Enter one ID.`],
	])('is not spoken of as a cell: %j', (options, message) => {
		expect(failure(HEADER, options).message).toBe(message);
	});
});

test('names and phone numbers are not called IDs', () => {
	const told = source(`First name;Last name;Call center\nN/A;Maes;cc1\nJohn;NULL;cc1\n`, {
		kind: 'agentCallCenters',
		matching: { people: 'fullName', callCenters: 'id', country: null },
	}).rejected;
	expect(told).toHaveLength(2);
	for (const { message } of told) expect(message).not.toMatch(/\bIDs?\b/);
});
