import { describe, expect, test } from '@jest/globals';
import { readCsvBuffer, type CsvOptions } from '../../lib/csv';
import { FILE_ISSUES } from '../../lib/sync/model/issue';
import { MAX_REJECTED_ROWS } from '../../lib/csv/limits';
import { failure, SETTINGS } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

describe('every reason to refuse a file', () => {
	const xlsx = Buffer.concat([Buffer.from('504b030414000600080000002100', 'hex'), Buffer.from('[Content_Types].xml')]);
	const cases: Readonly<
		Record<
			keyof typeof FILE_ISSUES,
			ReadonlyArray<readonly [string, string | Uint8Array, RegExp, Partial<CsvOptions>?]>
		>
	> = {
		ambiguousColumn: [
			['two columns for agents', 'Supervisor,Agent,User ID,Call center\n', /"Agent", "User ID".*'Column Mapping'/],
		],
		binaryFile: [['junk', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256), /not text/]],
		emptyFile: [
			['no bytes', '', /has no header/],
			['a byte order mark', '\ufeff', /has no header/],
			['blank lines', '\r\n\r\n  \r\n', /has no header/],
			['blank UTF-16', Buffer.from('\ufeff\r\n', 'utf16le'), /has no header/],
		],
		headerTooLong: [['a header without an end', `${'Supervisor;'.repeat(7000)}\n`, /within the first 64 kB/]],
		invalidOption: [
			['a default domain with a space', `${HEADER}\n`, /'Default Domain'/, { defaultDomain: 'acme be' }],
			['a separator of two characters', `${HEADER}\n`, /one character/, { delimiter: ';;' }],
			['a tenant that is too long', `${HEADER}\n`, /'Default Tenant'.*30/, { tenantId: 't'.repeat(31) }],
		],
		missingColumn: [
			[
				'a column less',
				'Leidinggevende;Medewerker;Naam\njan;an;An\n',
				/call center.*Found: the columns "Leidinggevende", "Medewerker", "Naam"/,
			],
			['a misspelt column', 'Supervisor;Agent;Call cneter\n', /Is "Call cneter" misspelt/],
			['no header', 'jan;an;cc1\njan;bea;cc1\n', /Found: the columns "jan", "an", "cc1"/],
			['no tenant', `${HEADER}\n`, /^Choose a tenant in 'Default Tenant', or add a column for it/, { tenantId: '' }],
			[
				'a column set by hand that is not there',
				`${HEADER}\n`,
				/'Column Mapping' names the column "N\+1"/,
				{ columns: { supervisor: 'N+1' } },
			],
		],
		notCsv: [
			['an Excel workbook', xlsx, /\.xlsx.*save it as "CSV UTF-8"/],
			['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /\.xls/],
			['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /compressed/],
			['PDF', '%PDF-1.7\n', /PDF/],
			['a sign-in page', '\r\n<!DOCTYPE html>\n<html><title>Sign in</title>', /web page/],
			['XML', '\ufeff<?xml version="1.0"?>\n<agents/>', /XML/],
			['JSON', '[{"agent":"an"}]', /JSON/],
		],
		otherHeader: [
			[
				'two exports of different systems in one file',
				`${HEADER}\njan;an;cc1\nAgent;Supervisor;Queue\nbea;jan;cc1\n`,
				/another order than the header in line 1/,
			],
		],
		rowsAboveHeader: [
			[
				'a damaged header above the rows of the first of two exports',
				`Supervisr;Agent;Call center\njan;an;cc1\n${HEADER}\njan;bea;cc1\n`,
				/Line 1 looks like a damaged header.*line 3/,
			],
		],
		suspectColumn: [
			['a person who types the header', `${HEADER};Acton\njan;an;cc1;remove\n`, /"Acton" may be the action/],
			[
				'a group misspelt, and a default for it',
				`grup;${HEADER}\nghent;jan;an;cc1\n`,
				/"grup" may be the group; all rows would get the default/,
			],
			[
				'a tenant misspelt, and a default for it',
				`Tennant;${HEADER}\nacme2;jan;an;cc1\n`,
				/"Tennant" may be the tenant/,
			],
			[
				'a call center misspelt, and a default for it',
				'Supervisor;Agent;Call cener\njan;an;cc2\n',
				/may be the call center/,
				{ callCenterId: 'main' },
			],
			[
				'a column that lost its name',
				`;${HEADER}\nacme2;jan;an;cc1\nacme2;jan;bea;cc1\n`,
				/Column 1 has cells \("acme2"\) but no name, and may be the tenant/,
			],
			[
				'a name that a spreadsheet mangled',
				'Supervisor;Agent;1,23E+11\njan;an;cc2\n',
				/the name "1,23E\+11", and may be the call center/,
				{ callCenterId: 'main' },
			],
			['an action without a name', `${HEADER};\njan;an;cc1;add\njan;bea;cc1;remove\n`, /may be the action/],
		],
		tooManyRejected: [
			[
				'the wrong file',
				`${HEADER}\n${'jan;an\n'.repeat(MAX_REJECTED_ROWS + 1)}`,
				/More than 100,000 rows.*has 2 cells/,
			],
		],
		unclosedQuote: [
			[
				'an open quotation mark in the header',
				`Supervisor;Agent;"Call center\njan;an;cc1\n`,
				/not closed, so the header/,
			],
			[
				'one that swallowed rows',
				'Group;Supervisor;Agent;Call center;"Name\nghent;jan;an;cc1;"Maes, An"\nghent;jan;bea;cc1;"Bos, Bea"\n',
				/line 1 joins the lines below it/,
			],
			[
				'one in a title',
				`"Export of HR\n${HEADER}\njan;an;cc1"\n${HEADER}\njan;bea;cc1\n`,
				/the header may be among them/,
			],
		],
		wrongDelimiter: [
			['a separator set by hand', `${HEADER}\njan;an;cc1\n`, /by semicolons, not by commas/, { delimiter: ',' }],
			[
				'a comma file that a semicolon Excel saved',
				'"Supervisor,""Agent"",Call center"\r\n"jan,""an"",cc1"\r\n',
				/every line is one quoted cell/i,
			],
		],
	};

	test.each(
		(Object.keys(FILE_ISSUES) as Array<keyof typeof FILE_ISSUES>).flatMap((code) =>
			cases[code].map(([what, ...rest]) => [code, what, rest] as const),
		),
	)('%s: %s', (code, _, [file, says, options]) => {
		const refused = failure(file, options);
		expect(refused.code).toBe(code);
		expect(refused.message).toMatch(says);
	});

	test('exactly as many rejected rows as allowed are handed back', () => {
		const read = readCsvBuffer(Buffer.from(`${HEADER}\n${'jan;an\n'.repeat(MAX_REJECTED_ROWS)}`), SETTINGS);
		expect(read.ok && read.source.rejected.length).toBe(MAX_REJECTED_ROWS);
	});
});
