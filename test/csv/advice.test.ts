/** Sentences about a source say what was wrong where the reader of them can change it. */

import { describe, expect, test } from '@jest/globals';
import { firstRejectedRows } from '../../lib/report';
import type { RejectedRow } from '../../lib/sync';
import { codes, failure, pairs, source } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

describe('what is above the header', () => {
	test.each([';;;\n', ',,\n;;\n', '\n\n;\n', '|', ';;;\n'.repeat(40)])('a file without text is empty: %j', (file) => {
		expect(failure(file).code).toBe('emptyFile');
	});

	test.each(['\n', ';;\n', ',,,\n'])('blank lines are skipped: %j', (blank) => {
		const read = source(`${blank.repeat(40)}${HEADER}\njan;an;cc1\n`);
		expect([pairs(read), read.format?.headerLine]).toEqual([['jan cc1 an'], 41]);
		expect(codes(read).filter((code) => !code.startsWith('titleRow'))).toEqual([]);
	});

	test('a quotation mark left open there is reported', () => {
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
	])('is not called a cell in the message: %j', (options, message) => {
		expect(failure(HEADER, options).message).toBe(message);
	});
});

test('names and phone numbers are not called IDs', () => {
	const rows = source(`First name;Last name;Call center\nN/A;Maes;cc1\nJohn;NULL;cc1\n`, {
		kind: 'agentCallCenters',
		matching: { people: 'fullName', callCenters: 'id', country: null },
	}).rejected;
	expect(rows).toHaveLength(2);
	for (const { message } of rows) expect(message).not.toMatch(/\bIDs?\b/);
});

test('a column that is taken for the action by its name is reported as such', () => {
	const rows = source(`${HEADER};Mutatie\njan;an;cc1;2026-01-01\njan;bea;cc1;\n`).rejected;
	expect(rows.map(({ message }) => message)).toEqual([
		expect.stringMatching(/is the action by its name or by 'Column Mapping': .* rename it, or correct that option/),
		expect.stringMatching(/is the action by its name or by 'Column Mapping': .* rename it, or correct that option/),
	]);
});

describe('several columns of one field', () => {
	test('with the same name cannot be chosen', () => {
		const { message } = failure('Supervisor;Agent;Agent;Call center\n');
		expect(message).toMatch(/Give them different names in the source/);
		expect(message).not.toMatch(/Choose one/);
	});

	test('may be parts of names', () => {
		const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
		const { message } = failure('Full name;First name;Last name;Call center\n', { kind: 'agentCallCenters', matching });
		expect(message).toMatch(/if they are parts of names, remove the column of whole names, or choose it\.$/);
	});
});

test.each([
	['agentCallCenters', /agent\. Name it "full name", "name", .* First and last name may be in columns of their own\./],
	['supervisedAgents', /supervisor\. Name it "supervisor full name", "supervisor name", /],
] as const)('a missing column of names of %s is not reported as one of ids', (kind, says) => {
	const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
	expect(failure('Foo;Call center\n', { kind, matching }).message).toMatch(says);
});

test('a web page may begin with its table', () => {
	expect(failure('<table><tr><td>Supervisor</td></tr></table>')).toMatchObject({
		code: 'notCsv',
		facts: { format: 'html' },
	});
});

test.each([
	...['2 rows selected.', '(2 row(s) affected)', 'Page: 1/3', 'page: 1 of 3', '*** End of report ***', '--- Einde ---'],
	...[
		'Generated on 2026-11-30 02:00',
		'Exported by HR at 02:00;;',
		'Exporté par RH le 30/11/2026;;',
		'Printed: 1/12/2026',
	],
])('%j is a closing line', (line) => {
	expect(codes(source(`${HEADER}\njan;an;cc1\n${line}\n`))).toEqual(['footerRow@3']);
});

test.each(['*** Einde ***', 'Printed: 1/12/2026', '***Total: 12***'])('%j in a row is rejected with it', (cell) => {
	for (const row of [`jan;${cell};cc1`, `${cell};an;cc1`])
		expect(source(`${HEADER}\n${row}\n`).rejected).toMatchObject([{ line: 2, code: 'invalidId' }]);
	expect(source(`${HEADER}\n${cell};an;\n`).rejected).toMatchObject([{ line: 2 }]);
});

test.each(['Reporting To', 'Supérieur'])('%j is a supervisor', (name) => {
	expect(pairs(source(`${name};Agent;Call center\njan;an;cc1\n`))).toEqual(['jan cc1 an']);
});

test.each(['https://acme.be', '*', '-', '.be', 'acme.be.', 'a..b', '/'])('%j is no domain', (defaultDomain) => {
	expect(failure(HEADER, { defaultDomain }).code).toBe('invalidOption');
});
test.each(['acme.be', '@acme', 'a-b.münchen.de', '10.0.0.1', ''])('%j is a domain', (defaultDomain) => {
	expect(failure('', { defaultDomain }).code).toBe('emptyFile');
});

test('line numbers are as in editors, and counts are formatted', () => {
	const row = {
		line: 1234,
		problems: [{ column: null, code: 'wrongAttribute', facts: { value: 'x', by: 'phoneNumber' } }],
	};
	const [first] = source(`${HEADER}\njan;a@;cc1\n`).rejected;
	const text = firstRejectedRows([{ ...first, ...row, moreProblems: 1234 } as RejectedRow]);
	expect(text).toMatch(/^Line 1234: "x" is not .* And 1,234 more\.$/);
});
