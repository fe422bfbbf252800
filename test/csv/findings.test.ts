import { describe, expect, test } from '@jest/globals';
import { readCsvBuffer, type CsvOptions } from '../../lib/csv';
import { ROW_ISSUES } from '../../lib/sync/model/issue';
import { FINDINGS_PER_CODE } from '../../lib/csv/limits';
import { codes, pairs, SETTINGS, source, sourceOf } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

interface Case {
	/** Who writes such a file. */
	readonly by: string;
	readonly file: string | Uint8Array;
	readonly options?: Partial<CsvOptions>;
	/** Line of the finding. */
	readonly line: number | null;
	/** What is left to do. */
	readonly pairs: readonly string[];
	/** Of the rejected rows: line, then what is known of the list and member. */
	readonly rejected?: ReadonlyArray<readonly [number, string]>;
	readonly says: RegExp;
}

/** One file for every code; the type sees to it that none is forgotten. */
const FINDINGS: Readonly<Record<keyof typeof ROW_ISSUES, Case>> = {
	blankCell: {
		by: 'an HR system whose agent has no login yet',
		file: `${HEADER}\r\njan;an;cc1\r\njan;;cc1\r\n;bea;cc1\r\n`,
		line: 3,
		pairs: ['jan cc1 an'],
		rejected: [
			[3, 'jan@acme.be cc1@acme.be -'],
			[4, '- cc1@acme.be bea@acme.be'],
		],
		says: /no agent in this row/,
	},
	conflictingRows: {
		by: 'two departments that send their changes in one file',
		file: `${HEADER};Action\r\njan;an;cc1;add\r\njan;bea;cc1;add\r\nJAN;An;cc1;remove\r\njan;an;cc1;add\r\n`,
		line: 2,
		pairs: ['jan cc1 bea add'],
		rejected: [
			[2, 'jan@acme.be cc1@acme.be an@acme.be'],
			[4, 'jan@acme.be cc1@acme.be an@acme.be'],
			[5, 'jan@acme.be cc1@acme.be an@acme.be'],
		],
		says: /line 4 contradict each other/,
	},
	invalidId: {
		by: 'a database export with a control character pasted into a login',
		file: `${HEADER}\njan;a\u0001n;cc1\njan;bea@;cc1\njan;chris "cc" claes;cc1\n`,
		line: 2,
		pairs: [],
		rejected: [
			[2, 'jan@acme.be cc1@acme.be -'],
			[3, 'jan@acme.be cc1@acme.be -'],
			[4, 'jan@acme.be cc1@acme.be -'],
		],
		says: /control character/,
	},
	mangledId: {
		by: 'Excel, Belgian, after a person number had been opened as a number',
		file: `${HEADER}\r\njan;1,23E+11;cc1\r\njan;4.7E+09;cc1\r\njan;#N/A;cc1\r\njan;########;cc1\r\njan;an;cc1\r\n`,
		line: 2,
		pairs: ['jan cc1 an'],
		rejected: [
			[2, 'jan@acme.be cc1@acme.be -'],
			[3, 'jan@acme.be cc1@acme.be -'],
			[4, 'jan@acme.be cc1@acme.be -'],
			[5, 'jan@acme.be cc1@acme.be -'],
		],
		says: /"1,23E\+11" is a value that a spreadsheet has changed/,
	},
	raggedRow: {
		by: 'a script that joins cells with commas and never quotes',
		file: 'Name,Supervisor,Agent,Call center\r\nPeeters, An,jan,an,cc1\r\nBea,jan,bea,cc1\r\nChris,jan\r\n',
		line: 2,
		pairs: ['jan cc1 bea'],
		rejected: [
			[2, '- - -'],
			[4, '- - -'],
		],
		says: /has 5 cells, but the header has 4 cells/,
	},
	severalValues: {
		by: 'a person who put two supervisors in a cell',
		file: `${HEADER}\njan|piet;an;cc1\n`,
		line: 2,
		pairs: [],
		rejected: [[2, '- cc1@acme.be an@acme.be']],
		says: /several values/,
	},
	tooLongId: {
		by: 'a system that writes a note into the wrong column',
		file: `${HEADER}\njan;${'a'.repeat(153)};cc1\njan;${'b'.repeat(154)};cc1\n`,
		line: 3,
		pairs: [`jan cc1 ${'a'.repeat(153)}`],
		rejected: [[3, 'jan@acme.be cc1@acme.be -']],
		says: /162 characters; the platform takes at most 161/,
	},
	unclosedQuote: {
		by: 'a script that quotes a name and forgets the end',
		file: 'Supervisor;Agent;Call center;Name\r\njan;an;cc1;"An\r\njan;bea;cc1;Bea\r\n',
		line: 2,
		pairs: [],
		rejected: [[2, '- - -']],
		says: /quotation mark here is never closed/,
	},
	unknownAction: {
		by: 'an HR system with codes of its own',
		file: `${HEADER};Action\njan;an;cc1;Q7\njan;bea;cc1;\n`,
		line: 2,
		pairs: [],
		rejected: [
			[2, 'jan@acme.be cc1@acme.be an@acme.be'],
			[3, 'jan@acme.be cc1@acme.be bea@acme.be'],
		],
		says: /"Q7" is not a known action/,
	},
	wrongDelimiter: {
		by: 'two exports of different settings put together',
		file: `${HEADER}\r\njan;an;cc1\r\njan,bea,cc1\r\n`,
		line: 3,
		pairs: ['jan cc1 an'],
		rejected: [[3, '- - -']],
		says: /separated by commas, but the header by semicolons/,
	},
	encodingAssumed: {
		by: 'Excel, as CSV without UTF-8',
		file: Buffer.from(`${HEADER}\r\njan;an;cc1\r\n"jan";"b\u00e9a";cc1\r\n`, 'latin1'),
		line: 3,
		pairs: ['jan cc1 an', 'jan cc1 béa'],
		says: /Windows-1252/,
	},
	footerRow: {
		by: 'a report generator',
		file:
			`${HEADER}\r\njan;an;cc1\r\nTotaal: 1\r\nTotaal 1;;\r\nFin du rapport;;\r\nEnd of ` +
			'report\r\nTotal;bea;cc1\r\n',
		line: 3,
		pairs: ['jan cc1 an', 'Total cc1 bea'],
		says: /total, page or closing line/,
	},
	mixedEncoding: {
		by: 'a script that appends an old file to a new one',
		file: Buffer.concat([Buffer.from(`${HEADER}\njan;ré;cc1\n`), Buffer.from('jan;b\u00e9a;cc1\n', 'latin1')]),
		line: 3,
		pairs: ['jan cc1 ré'],
		rejected: [[3, 'jan@acme.be cc1@acme.be -']],
		says: /different encodings/,
	},
	noRows: {
		by: 'an export of which the query found nothing',
		file: `${HEADER}\r\n`,
		line: null,
		pairs: [],
		says: /no row below it/,
	},
	wrongSepLine: {
		by: 'a program that writes sep= for another country',
		file: `sep=,\r\n${HEADER}\r\njan;an;cc1\r\n`,
		line: 1,
		pairs: ['jan cc1 an'],
		says: /names commas as the separator, but the file has semicolons/,
	},
	wrongAttribute: {
		by: 'an HR system that has logins where email addresses were announced',
		file: 'Supervisor e-mail;E-mail;Call center\njan@acme.be;an.claes;cc1\njan@acme.be;bea@acme.be;cc1\n',
		options: { matching: { people: 'emailAddress', callCenters: 'id', country: null } },
		line: 2,
		pairs: ['jan cc1 bea'],
		rejected: [[2, 'jan@acme.be cc1@acme.be -']],
		says: /"an.claes" is not a valid email address/,
	},
	blankRow: {
		by: 'Excel, from a sheet with formatted rows below the table',
		file: `${HEADER}\r\njan;an;cc1\r\n;;\r\n\r\n \u00a0;;\r\n`,
		line: 3,
		pairs: ['jan cc1 an'],
		says: /3 blank rows/,
	},
	defaultUsed: {
		by: 'an HR system that fills the call center only where it differs',
		file: `${HEADER}\njan;an;\njan;an;cc2\njan;bea;\n`,
		options: { callCenterId: 'main' },
		line: 2,
		pairs: ['jan main an', 'jan cc2 an', 'jan main bea'],
		says: /default "main" was used/,
	},
	duplicateRow: {
		by: 'an HR system with one row per contract',
		file: `${HEADER}\r\nJan;An;cc1\r\njan@acme.be;an@ACME.be;CC1\r\njan;bea|Bea;cc1\r\n`,
		line: 3,
		pairs: ['Jan cc1 An', 'Jan cc1 bea'],
		says: /The row is the same as line 2/,
	},
	repeatedHeader: {
		by: 'exports put together with cat',
		file: `${HEADER}\njan;an;cc1\n${HEADER}\njan;bea;cc1\n`,
		line: 3,
		pairs: ['jan cc1 an', 'jan cc1 bea'],
		says: /header is repeated/,
	},
	titleRow: {
		by: 'a report generator',
		file: `Agents per supervisor;;\r\nPrinted;2026-01-31;\r\n;;\r\n${HEADER}\r\njan;an;cc1\r\n`,
		line: 1,
		pairs: ['jan cc1 an'],
		says: /"Agents per supervisor" stands above the header/,
	},
	trimmedValue: {
		by: 'a web page from which the list was copied',
		file: `${HEADER}\njan\u00a0; an\u200b;\u202acc1\u202c\njan;="0032";cc1\njan;'+3225551234;cc1\n`,
		line: 2,
		pairs: ['jan cc1 an', 'jan cc1 0032', 'jan cc1 +3225551234'],
		says: /was read as "jan@acme.be"/,
	},
	unknownColumn: {
		by: 'an HR system',
		file: `${HEADER};Birthday\njan;an;cc1;1990-01-31\n`,
		line: 1,
		pairs: ['jan cc1 an'],
		says: /"Birthday" is not needed/,
	},
};

describe('every finding, from a file that a real program would write', () => {
	test.each(Object.entries(FINDINGS) as Array<[keyof typeof ROW_ISSUES, Case]>)('%s', (code, expected) => {
		const read = source(expected.file, expected.options);
		const finding = read.findings.find((one) => one.code === code);
		expect(finding).toMatchObject({ level: ROW_ISSUES[code].severity, line: expected.line });
		expect(finding?.message).toMatch(expected.says);
		expect(pairs(read)).toEqual(expected.pairs);
		const rejected = read.rejected.map(({ line, userId, callCenterId, memberIds }) => [
			line,
			[userId, callCenterId, memberIds[0]].map((id) => id ?? '-').join(' '),
		]);
		expect(rejected).toEqual(expected.rejected ?? []);
	});
});

describe("line numbers are an editor's", () => {
	test('below quoted line breaks, titles and a sep= line', () => {
		const file =
			'sep=;\r\n"Agents\r\nper supervisor";;;\r\nSupervisor;Agent;Call ' +
			'center;Note\r\njan;an;cc1;"one\r\ntwo\rthree\nfour"\r\n\r\njan;bea;cc1;""\r\n';
		const read = source(file);
		expect(read.rows.map(({ line }) => line)).toEqual([5, 10]);
		expect(read.format?.headerLine).toBe(4);
		expect(codes(read)).toEqual(['titleRow@2', 'unknownColumn@4', 'blankRow@9']);
	});

	test('of an open quotation mark, in a later cell of its row', () => {
		const read = source('Supervisor;Agent;Call center;Note\njan;"an\nbea";cc1;"never closed\njan;chris;cc1;\n');
		expect(codes(read)).toContain('unclosedQuote@3');
	});

	test('of rows that an open quotation mark swallowed up to the next one', () => {
		const read = source(
			'Supervisor;Agent;Call ' +
				'center;Name\njan;an;cc1;An\njan;bea;cc1;"Bea\njan;chris;cc1;Chris\njan;dirk;cc1;"Dirk"\njan;eva;cc1;Eva\n',
		);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 eva']);
		expect(read.rejected).toMatchObject([
			{ line: 3, code: 'unclosedQuote', userId: null, callCenterId: null, memberIds: [] },
		]);
	});

	test('of rows swallowed between two unrelated quotation marks', () => {
		const read = source('Supervisor;Agent;Call center\njan;"an;cc1\npiet;bea";cc2\nrik;chris;cc3\n');
		expect(pairs(read)).toEqual(['rik cc3 chris']);
		expect(read.rejected).toMatchObject([{ line: 2, code: 'unclosedQuote', userId: null }]);
	});
});

describe('rejected rows', () => {
	test('keep their cells by the names of the columns, whatever those are', () => {
		const read = source(
			'Supervisor;Agent;Call center;;Agent name;Agent name;__proto__\njan;;cc1;;y;z;p\njan;an;cc1;;;;\n',
		);
		expect(Object.entries(read.rejected[0]?.cells ?? {})).toEqual([
			['Supervisor', 'jan'],
			['Agent', ''],
			['Call center', 'cc1'],
			['column 4', ''],
			['Agent name', 'y'],
			['Agent name (2)', 'z'],
			['__proto__', 'p'],
		]);
		expect(read.columns).toEqual([
			'Supervisor',
			'Agent',
			'Call center',
			'column 4',
			'Agent name',
			'Agent name (2)',
			'__proto__',
		]);
	});

	test('keep the cells beyond the header as well', () => {
		expect(source(`${HEADER}\njan;an;cc1;x\n`).rejected[0]?.cells).toEqual({
			Supervisor: 'jan',
			Agent: 'an',
			'Call center': 'cc1',
			'column 4': 'x',
		});
	});

	test('keep the cells of a row that is contradicted further down', () => {
		const read = source(`${HEADER};Action;Name\njan;an|bea;cc1;add;An\njan;an;cc1;remove;Ann\n`);
		expect(pairs(read)).toEqual(['jan cc1 bea add']);
		expect(read.rejected.map(({ cells }) => cells['Agent'] + '/' + cells['Name'])).toEqual(['an|bea/An', 'an/Ann']);
	});

	test('only the wrong member of several', () => {
		const read = source(`${HEADER}\njan;an|1.2E+10|bea;cc1\n`);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(read.rejected).toMatchObject([{ line: 2, code: 'mangledId', userId: 'jan@acme.be', memberIds: [] }]);
	});
});

describe('a list that is named without a member', () => {
	test('is read where no row names one', () => {
		expect(pairs(source(`${HEADER}\njan;;cc1\njan; ;CC1\npiet;an;cc1\n`))).toEqual(['jan cc1 -', 'piet cc1 an']);
	});

	test('is an error where another row names one, before or after it', () => {
		for (const rows of ['jan;;cc1\njan;an;cc1\n', 'jan;an;cc1\njan;;cc1\n']) {
			const read = source(`${HEADER}\n${rows}`);
			expect(pairs(read)).toEqual(['jan cc1 an']);
			expect(read.rejected).toMatchObject([{ code: 'blankCell', userId: 'jan@acme.be', memberIds: [] }]);
		}
	});

	test('is an error where the cell has the delimiter, as a damaged quotation mark leaves it', () => {
		const file = `${HEADER}\njan;"\t";cc1\npiet;an;cc1\n`;
		const read = source(file.replaceAll(';', '\t'));
		expect(pairs(read)).toEqual(['piet cc1 an']);
		expect(read.rejected).toMatchObject([{ code: 'blankCell', userId: 'jan@acme.be', memberIds: [] }]);
		expect(pairs(source(file))).toEqual(['jan cc1 -', 'piet cc1 an']);
	});

	test('is an error where there is an action', () => {
		expect(source(`${HEADER};Action\njan;;cc1;remove\n`).rejected).toMatchObject([
			{ code: 'blankCell', userId: 'jan@acme.be' },
		]);
	});
});

describe('findings that repeat', () => {
	test('are kept up to a hundred, then counted, with the last line', () => {
		const file = (rows: number) => `${HEADER}\n${'jan ;an;cc1\n'.repeat(rows)}`;
		const trimmed = source(file(100)).findings.filter(({ code }) => code === 'trimmedValue');
		expect(trimmed.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
		expect(codes(source(file(100)))).not.toContain('moreFindings');
		expect(source(file(101)).findings.filter(({ code }) => code === 'moreFindings')).toMatchObject([
			{
				level: 'info',
				line: null,
				column: null,
				facts: { of: 'trimmedValue', more: 1, unit: 'line', last: 102 },
			},
		]);
	});

	test('are kept up to a number and then counted', () => {
		const file = `${HEADER}\n${'jan ;an;cc1\n'.repeat(5000)}`;
		const { findings } = sourceOf(readCsvBuffer(Buffer.from(file), SETTINGS));
		expect(findings.filter(({ code }) => code === 'trimmedValue')).toHaveLength(FINDINGS_PER_CODE);
		expect(findings.find(({ code, line }) => code === 'moreFindings' && line === null)?.message).toBe(
			"4,900 more findings with the code 'trimmedValue'. The last is in line 5001.",
		);
	});
});
