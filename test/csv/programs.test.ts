import { describe, expect, test } from '@jest/globals';
import { codes, pairs, source } from './reading';

/**
 * What each program writes for the same three wishes, byte for byte in what matters: encoding, delimiter, quotes, line
 * ends.
 */
const WISHES = ['jan cc1 an', 'jan cc1 bé', 'rené cc2 an'];

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

function utf16(text: string, order: 'LE' | 'BE', bom: boolean): Buffer {
	const bytes = Buffer.from(`${bom ? '\ufeff' : ''}${text}`, 'utf16le');
	return order === 'LE' ? bytes : bytes.swap16();
}

const TABLE = [
	['Supervisor', 'Agent', 'Call center'],
	['jan', 'an', 'cc1'],
	['jan', 'bé', 'cc1'],
	['rené', 'an', 'cc2'],
];

function text(delimiter: string, end: string, lastEnd = true, quote = (cell: string) => cell): string {
	return TABLE.map((row) => row.map(quote).join(delimiter)).join(end) + (lastEnd ? end : '');
}

const always = (cell: string) => `"${cell}"`;

describe('files as programs write them', () => {
	const files: ReadonlyArray<readonly [string, Uint8Array, string, string]> = [
		['Excel, English: CSV UTF-8', Buffer.concat([UTF8_BOM, Buffer.from(text(',', '\r\n'))]), 'UTF-8', ','],
		['Excel, English: CSV (comma delimited)', Buffer.from(text(',', '\r\n'), 'latin1'), 'Windows-1252', ','],
		['Excel, Belgian and German: CSV UTF-8', Buffer.concat([UTF8_BOM, Buffer.from(text(';', '\r\n'))]), 'UTF-8', ';'],
		['Excel, Belgian and German: CSV', Buffer.from(text(';', '\r\n'), 'latin1'), 'Windows-1252', ';'],
		['Excel: Unicode text', utf16(text('\t', '\r\n'), 'LE', true), 'UTF-16LE', '\t'],
		['Excel: text (tab delimited)', Buffer.from(text('\t', '\r\n'), 'latin1'), 'Windows-1252', '\t'],
		['Excel for Mac, old: CSV (Macintosh line ends)', Buffer.from(text(';', '\r'), 'latin1'), 'Windows-1252', ';'],
		['LibreOffice: UTF-8, comma', Buffer.from(text(',', '\n')), 'UTF-8', ','],
		['LibreOffice: quote all text cells', Buffer.from(text(';', '\n', true, always)), 'UTF-8', ';'],
		['LibreOffice: UTF-16', utf16(text(',', '\n'), 'LE', true), 'UTF-16LE', ','],
		['Google Sheets: no line end at the end', Buffer.from(text(',', '\r\n', false)), 'UTF-8', ','],
		['SAP: UTF-16 big endian, bars', utf16(text('|', '\r\n'), 'BE', true), 'UTF-16BE', '|'],
		['an HR system that writes sep=', Buffer.from(`sep=;\r\n${text(';', '\r\n')}`), 'UTF-8', ';'],
		['an HR system that writes "sep=" in quotes', Buffer.from(`"sep=|"\r\n${text('|', '\r\n')}`), 'UTF-8', '|'],
		[
			'PowerShell: Export-Csv with type line',
			Buffer.from(`#TYPE System.Management.Automation.PSCustomObject\r\n${text(',', '\r\n', true, always)}`),
			'UTF-8',
			',',
		],
		['SQL Server: UTF-16 without a mark', utf16(text('\t', '\r\n'), 'LE', false), 'UTF-16LE', '\t'],
		['a big endian host: UTF-16 without a mark', utf16(text(';', '\n'), 'BE', false), 'UTF-16BE', ';'],
		['a DOS program that ends with Ctrl-Z', Buffer.from(`${text(';', '\r\n')}\u001a`), 'UTF-8', ';'],
		[
			'line ends mixed by copying together',
			Buffer.from(text(';', '\r\n', false).replace('\r\n', '\n').replace('\r\nren', '\rren')),
			'UTF-8',
			';',
		],
	];

	test.each(files)('%s', (_, bytes, encoding, delimiter) => {
		const read = source(bytes);
		expect(pairs(read)).toEqual(WISHES);
		expect(read.format).toMatchObject({ encoding, delimiter });
		expect(read.rejected).toEqual([]);
		expect(read.findings.filter(({ level }) => level === 'error')).toEqual([]);
	});

	test('Windows-1252 keeps the characters that Latin-1 does not have', () => {
		const read = source(
			Buffer.concat([
				Buffer.from('Supervisor;Agent;Call center\r\nza'),
				Buffer.from([0x9e]),
				Buffer.from(';a;'),
				Buffer.from([0x80]),
				Buffer.from('1\r\n'),
			]),
		);
		expect(pairs(read)).toEqual(['zaž €1 a']);
		expect(codes(read)).toEqual(['encodingAssumed@2']);
	});
});

describe('the delimiter, where counting characters is fooled', () => {
	test('titles and remarks full of commas above a semicolon header', () => {
		const read = source('Report, made by HR, Brussels, 1,000 rows\n\nSupervisor;Agent;Call center\njan;an;cc1\n');
		expect(pairs(read)).toEqual(['jan cc1 an']);
		expect(codes(read)).toEqual(['titleRow@1']);
	});

	test('more members than columns in each cell', () => {
		expect(pairs(source('Supervisor;Agents;Call center\njan;an,bea,chris,dirk;cc1\n'))).toEqual([
			'jan cc1 an',
			'jan cc1 bea',
			'jan cc1 chris',
			'jan cc1 dirk',
		]);
		expect(pairs(source('Supervisor,Agents,Call center\njan,an|bea|chris,cc1\n'))).toEqual([
			'jan cc1 an',
			'jan cc1 bea',
			'jan cc1 chris',
		]);
		expect(pairs(source('Supervisor,Agents,Call center\njan,"an, bea,\nchris",cc1\n'))).toEqual([
			'jan cc1 an',
			'jan cc1 bea',
			'jan cc1 chris',
		]);
	});

	test('names with commas and amounts with commas', () => {
		expect(
			pairs(
				source(
					'Naam;Leidinggevende;Medewerker;Callcenter;Uren\n"Peeters, Jan";jan;an;cc1;7,5\nBos, An;jan;bea;cc1;8,0\n',
				),
			),
		).toEqual(['jan cc1 an', 'jan cc1 bea']);
	});

	test('letters that come as regularly as a delimiter', () => {
		const rows = Array.from({ length: 20 }, (_, row) => `leen.peeters${row};teele;eefje`);
		expect(source(['Medewerker;Teamleider;Belcentrum', ...rows].join('\n')).rows).toHaveLength(20);
	});

	test('set by hand', () => {
		const file = 'Supervisor^Agent^Call center\njan^an^cc1\n';
		expect(pairs(source(file, { delimiter: '^' }))).toEqual(['jan cc1 an']);
	});

	test('a head that ends within a row', () => {
		const rows = Array.from({ length: 3000 }, (_, row) => `jan;an${row};cc1;some text to fill the row`);
		expect(source(['Supervisor;Agent;Call center;Note', ...rows].join('\r\n')).rows).toHaveLength(3000);
	});
});

describe('headers', () => {
	test.each([
		['Supervisor', 'Agent', 'Call Center'],
		['SUPERVISOR_ID', 'agent-user-id', 'callCenterId'],
		['Team leader', 'Employee ID', 'Call centre'],
		['Leidinggevende', 'Medewerkers', 'Wachtrij'],
		['Responsable', 'Employé', 'Centre d’appels'],
		["Chef d'équipe", 'UTILISATEUR', "file d'attente"],
		['Vorgesetzter', 'Mitarbeiter', 'Callcenter'],
		['Teamleiter', 'Benutzer', 'Warteschlange'],
	])('%s, %s, %s', (supervisor, agent, callCenter) => {
		expect(pairs(source(`${callCenter};${supervisor};${agent}\ncc1;jan;an\n`))).toEqual(['jan cc1 an']);
	});

	test('set by hand, against the aliases', () => {
		const file = 'Supervisor,N+1,Agent,Call center\nx,jan,an,cc1\n';
		expect(pairs(source(file, { columns: { supervisor: 'n+1' } }))).toEqual(['jan cc1 an']);
	});

	test('tenant, group and action from columns', () => {
		const [row] = source(
			'Tenant;Groep;Leidinggevende;Agent;Call center;Actie\nother;ghent;jan;an;cc1;Verwijderen\n',
		).rows;
		expect(row).toMatchObject({ list: { tenantId: 'other', groupId: 'ghent' }, action: 'remove', line: 2, item: 0 });
	});

	test.each([
		['add', ['Add', 'toevoegen', 'Ajouter', 'HINZUFÜGEN', '+']],
		['remove', ['Remove', 'verwijderen', 'supprimer', 'Löschen', '-']],
	] as const)('action %s in four languages', (action, words) => {
		const rows = words.map((word, i) => `jan,a${i},cc1,${word}`);
		expect(source(['supervisor,agent,call center,action', ...rows].join('\n')).rows.map((row) => row.action)).toEqual(
			words.map(() => action),
		);
	});

	test("agents' call centers", () => {
		const { rows } = source('Agent;Call centers\nan;"cc1\ncc2"\n', { kind: 'agentCallCenters' });
		expect(rows.map(({ list: { userId, callCenterId }, memberId }) => [userId, callCenterId, memberId])).toEqual([
			['an@acme.be', null, 'cc1@acme.be'],
			['an@acme.be', null, 'cc2@acme.be'],
		]);
	});
});
