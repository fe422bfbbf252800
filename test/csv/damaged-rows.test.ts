import { describe, expect, test } from '@jest/globals';
import { codes, rejected, failure, pairs, source, sourceOfItems } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

describe('a column that a default stands in for', () => {
	test.each(['Plant', 'Group leader', 'Site', 'Charge'])('is not seen in %s', (name) => {
		expect(pairs(source(`${HEADER};${name}\njan;an;cc1;x\njan;bea;cc1;x\n`))).toHaveLength(2);
	});

	test.each([
		['0', '1'],
		['1', '2'],
		['3', '17'],
	])('is not seen in row numbers without a name (%s, %s), which statistics programs write', (first, second) => {
		expect(pairs(source(`,Supervisor,Agent,Call center\n${first},jan,an,cc1\n${second},jan,bea,cc1\n`))).toHaveLength(
			2,
		);
	});

	test('is not needed where the file has it', () => {
		expect(pairs(source(`Groep;Groups;${HEADER}\nghent;x;jan;an;cc1\n`))).toEqual(['jan cc1 an']);
	});

	test('is reported as missing in items as well', () => {
		expect(() => sourceOfItems([{ supervisor: 'jan', agent: 'an', 'call center': 'cc1', gruop: 'ghent' }])).toThrow(
			/suspectColumn.*"gruop" may be the group/,
		);
	});

	test('is torn from its first letters by a line end', () => {
		expect(failure(`ten\nant;${HEADER}\nacme2;jan;an;cc1\n`)).toMatchObject({
			code: 'suspectColumn',
			message: expect.stringMatching(/split over lines 1 and 2/),
		});
	});
});

describe('a quotation mark left open', () => {
	const header = 'Supervisor;Agent;Call center;Name';

	test.each([
		['rows of another width', 'jan;an;cc1;"Maes\njan;bea\njan;chris;cc1;"Claes"\n'],
		['blank lines', 'jan;an;cc1;"Maes\n\n\njan;chris;cc1;"Claes"\n'],
		['nothing but the end of its row', 'jan;an;cc1;"Maes\njan;chris;cc1;"Claes"\n'],
	])('swallows %s', (_, rows) => {
		const read = source(`${header}\n${rows}jan;dirk;cc1;"Dox"\n`);
		expect(pairs(read)).toEqual(['jan cc1 dirk']);
		expect(rejected(read)).toEqual(['unclosedQuote@2 - -']);
	});

	test('may be followed by another one in the same column', () => {
		const read = source(`${HEADER}\njan;"an;cc1\n\nx;y\npiet;bea";cc2\nrik;chris;cc3\n`);
		expect(pairs(read)).toEqual(['rik cc3 chris']);
		expect(rejected(read)).toEqual(['unclosedQuote@2 - -']);
	});

	test('within one line makes the row narrower', () => {
		expect(rejected(source(`${header}\n"jan;an;cc1;"Maes, An"\njan;bea;cc1;"Bos"\n`))).toEqual(['raggedRow@2 - -']);
	});

	test.each(['cc1;1"Maes"', 'cc;"Maes"1'])(
		'that a character changed places with shows that a separator moved: %s',
		(cells) => {
			expect(rejected(source(`${header}\njan;an;${cells}\n`))).toEqual(['unclosedQuote@2 - -']);
		},
	);

	test('elsewhere stays in its text', () => {
		const read = source(`${header}\njan;an;cc1;Jan "Jef" Maes\njan;bea;cc1;"Jef" Maes\njan;chris;cc1;5" screen\n`);
		expect([pairs(read).length, read.rejected]).toEqual([3, []]);
	});

	test('is not seen in texts that begin with a quotation', () => {
		const read = source(`${header}\njan;an;cc1;"""Jef"" Maes\nBrussels"\njan;bea;cc1;"one\ntwo"\n`);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(read.rejected).toEqual([]);
	});

	test.each(['""""""', '""""', '"=""  """', '"an""na"', '\' ""\''])('makes no id of %s', (cell) => {
		expect(rejected(source(`${HEADER}\njan;${cell};cc1\n`))).toEqual(['invalidId@2 jan cc1']);
	});
});

describe('closing lines', () => {
	const header = 'name;supervisor;agent;call center';
	const good = 'Maes;jan;an;cc1\n';

	test.each([
		'fin001;jan;;cc1',
		'total4;;bea;cc1',
		'som12;jan;bea;',
		'Ende;jan;bea;',
		'Ende;jan;;cc1',
		'Ende;;bea;cc1',
		'Ende;1001;2002;',
		'Ende;jan;bea',
		'Ende;1001;2002',
		'Fin;;120;cc1',
		';Total;1;',
		';ende;7;',
		';Total: 3;bea;cc1',
		';jan;Totaal 7;cc1',
		'"Total 4;jan;bea;cc1"',
		'Total 4,jan,bea,cc1',
	])('a row with a closing word in it is none: %s', (row) => {
		const read = source(`${header}\n${good}${row}\n`);
		expect(read.findings.map(({ code }) => code)).not.toContain('footerRow');
		expect(read.rejected).toMatchObject([{ line: 3 }]);
	});

	test.each([
		'Total: 1',
		'Total;1;;',
		'Total',
		'Einde rapport',
		'Ende;;;',
		'Totaal 7;;;',
		'TOTAL (12)',
		';Total: 120;;',
		'Total;1',
		'Fin du fichier;;;',
		';Total;;',
		'Page 1 of 3',
		'Seite 1/3;;;',
		'(2 rows affected)',
	])('of a report are left out: %s', (row) => {
		const read = source(`${header}\n${good}${row}\n`);
		expect(codes(read)).toContain('footerRow@3');
		expect(read.rejected).toEqual([]);
	});

	test('the last line without an end may be a row that was cut off', () => {
		expect(rejected(source(`${header}\n${good}Ende`))).toEqual(['raggedRow@3 - -']);
		expect(rejected(source(`${header}\n${good}Total`))).toEqual(['raggedRow@3 - -']);
		for (const row of ['Total: 1', 'Total 1', 'Einde rapport'])
			expect(rejected(source(`${header}\n${good}${row}`))).toEqual([]);
	});

	test('a list that is named without a member is none', () => {
		expect(pairs(source(`${header}\n${good};Ende;;cc1\n`))).toEqual(['jan cc1 an', 'Ende cc1 -']);
	});

	test('of files with two columns', () => {
		const read = source('Agent;Call center\nan;cc1\nTotal: 5\nTotal;5\nende;\nEnde\n', { kind: 'agentCallCenters' });
		expect(codes(read)).toContain('footerRow@3');
		expect(read.rejected.map(({ line }) => line)).toEqual([6]);
		expect(read.rows.map(({ line, memberId }) => [line, memberId])).toEqual([
			[2, 'cc1@acme.be'],
			[4, '5@acme.be'],
			[5, null],
		]);
	});
});

describe('several members in a cell', () => {
	test.each(['"a;;c"', '"a;c;"', '";a;c"', 'a,,c', 'a, ,c', 'a|c|', '"a\n\nc"', '"a\nc\n"'])(
		'a place left empty is a member that got lost: %s',
		(cell) => {
			const read = source(`${HEADER}\njan;${cell};cc1\n`);
			expect(pairs(read)).toEqual(['jan cc1 a', 'jan cc1 c']);
			expect(rejected(read)).toEqual(['blankCell@2 jan cc1']);
		},
	);

	test.each(['";"', '"\n"', ',', '" ; "'])('a cell of separators alone is not an empty list: %s', (cell) => {
		const read = source(`${HEADER}\njan;${cell};cc1\n`);
		expect(pairs(read)).toEqual([]);
		expect(rejected(read)).toEqual(['blankCell@2 jan cc1']);
	});

	test.each(['"a;\nb"', '"a,\r\nb"', '"a| \nb"', '"a\r\nb"', '"a; b"'])(
		'one separator with a line break behind it is one: %s',
		(cell) => {
			const read = source(`${HEADER}\njan;${cell};cc1\n`);
			expect(pairs(read)).toEqual(['jan cc1 a', 'jan cc1 b']);
			expect(read.rejected).toEqual([]);
		},
	);

	test('in items', () => {
		const item = (agent: unknown) => sourceOfItems([{ supervisor: 'jan', 'call center': 'cc1', agent }]);
		for (const agent of [['a', 'b'], 'a\r\nb', 'a;\r\nb', 'a\nb'])
			expect([pairs(item(agent)), item(agent).rejected]).toEqual([['jan cc1 a', 'jan cc1 b'], []]);
		expect(pairs(item([]))).toEqual(['jan cc1 -']);
		for (const agent of [
			['a', null],
			[null, 'a'],
			['a', ''],
		])
			expect([pairs(item(agent)), rejected(item(agent))]).toEqual([['jan cc1 a'], ['blankCell@1 jan cc1']]);
		for (const agent of [[null], [''], [null, null]])
			expect([pairs(item(agent)), rejected(item(agent))]).toEqual([[], ['blankCell@1 jan cc1']]);
	});

	test('nested without end in an item are an error of that item', () => {
		let nested: unknown = 'an';
		for (let i = 0; i < 100_000; i++) nested = [nested];
		const read = sourceOfItems([
			{ supervisor: 'jan', 'call center': 'cc1', agent: nested },
			{ supervisor: 'jan', 'call center': 'cc1', agent: 'bea' },
		]);
		expect([pairs(read), rejected(read)]).toEqual([['jan cc1 bea'], ['invalidId@1 jan cc1']]);
	});

	test('several bad ones are one rejected row, and each is reported', () => {
		const read = source(`${HEADER}\njan;1.2E+10|an|#N/A||b"c;cc1\n`);
		expect(rejected(read)).toEqual(['mangledId@2 jan cc1']);
		expect(
			read.findings
				.filter(({ level }) => level === 'error')
				.map(({ code }) => code)
				.sort(),
		).toEqual(['blankCell', 'invalidId', 'mangledId', 'mangledId']);
	});

	test.each(['；', '，', '｜', '、', '\u2028'])('with %s between them are not one id', (separator) => {
		expect(rejected(source(`${HEADER}\njan;an${separator}bea;cc1\n`))).toEqual(['severalValues@2 jan cc1']);
	});

	test.each(['"a;b\nc"', '"a, b; c"', 'a|b,c', '"a\nb\nc|d"'])(
		'of different separators one may stand within an id: %s',
		(cell) => {
			const read = source(`${HEADER}\njan;${cell};cc1\n`);
			expect(pairs(read).slice(0, 3)).toEqual(['jan cc1 a', 'jan cc1 b', 'jan cc1 c']);
			expect(rejected(read)).toEqual(['severalValues@2 jan cc1']);
		},
	);

	test('a rejected row has every id that can be read', () => {
		expect(rejected(source(`${HEADER}\n#N/A;an|bea;cc1\n#N/A;an||1.2E+10;cc1\n`))).toEqual([
			'mangledId@2 - cc1 an bea',
			'mangledId@3 - cc1 an',
		]);
	});
});

test('tenants and groups, and groups of different tenants, keep their own spelling', () => {
	const file = [
		`Tenant;Group;${HEADER}`,
		'ACME;acme;jan;an;cc1',
		'acme;ACME;jan;bea;cc1',
		'other;ACME;piet;an;cc1',
		'OTHER;acme;piet;bea;cc1',
		'ACME;acme;jan;chris;cc1\n',
	].join('\n');
	expect(
		source(file).rows.map(({ list: { tenantId, groupId }, memberId }) =>
			`${tenantId} ${groupId} ${memberId}`.replace('@acme.be', ''),
		),
	).toEqual(['ACME acme an', 'ACME acme bea', 'other ACME an', 'other ACME bea', 'ACME acme chris']);
	expect(new Set(source(file).rows.map(({ list }) => list)).size).toBe(2);
});

describe('a blank cell takes the default', () => {
	const options = { callCenterId: 'main' };

	test('where several rows have it blank, or there is one row only', () => {
		expect(pairs(source(`${HEADER}\njan;an;\njan;bea;cc2\njan;chris;\n`, options))).toEqual([
			'jan main an',
			'jan cc2 bea',
			'jan main chris',
		]);
		const lone = source(`${HEADER}\njan;an;\n`, options);
		expect([pairs(lone), codes(lone)]).toEqual([['jan main an'], ['defaultUsed@2']]);
	});

	test('but not where all other rows fill it', () => {
		const read = source(`Tenant;${HEADER}\n;jan;an|bea;\nacme;jan;chris;cc2\nacme;jan;dirk;cc2\n`, options);
		expect(pairs(read)).toEqual(['jan cc2 chris', 'jan cc2 dirk']);
		expect(read.rejected).toMatchObject([
			{
				line: 2,
				code: 'blankCell',
				tenantId: null,
				groupId: 'brussels',
				callCenterId: null,
				memberIds: ['an@acme.be', 'bea@acme.be'],
			},
		]);
		expect(codes(read)).not.toContain('defaultUsed@2');
	});
});

describe('a file that was cut off', () => {
	const known = (file: string, options = {}) =>
		rejected(source(`${HEADER}\njan;an;cc1\npiet;bea;cc2\n${file}`, options));

	test('within a row holds everything', () => {
		expect(known('jan;chris')).toEqual(['raggedRow@4 - -']);
		expect(known('jan;"chris')).toEqual(['unclosedQuote@4 - -']);
		expect(known('jan;chris;')).toEqual(['blankCell@4 - - chris']);
		expect(known('jan;chris;cc1@')).toEqual(['invalidId@4 - - chris']);
		expect(known('jan;chris;#N/A')).toEqual(['mangledId@4 - - chris']);
	});

	test('does not take the default, unless that is what the file does', () => {
		expect(known('jan;chris;', { callCenterId: 'main' })).toEqual(['blankCell@4 - - chris']);
		expect(pairs(source(`${HEADER}\njan;an;\npiet;bea;cc2\njan;chris;`, { callCenterId: 'main' }))).toEqual([
			'jan main an',
			'piet cc2 bea',
			'jan main chris',
		]);
	});

	test('does not clear a list', () => {
		const read = source('Supervisor;Call center;Agent\njan;cc1;an\npiet;cc1;');
		expect([pairs(read), rejected(read)]).toEqual([['jan cc1 an'], ['blankCell@3 - -']]);
		expect(rejected(source('Supervisor;Call center;Agents\njan;cc1;an\npiet;cc1;bea,'))).toEqual(['blankCell@3 - -']);
	});

	test('within the beginning of a row is no blank row', () => {
		const read = source('Note;Supervisor;Agent;Call center\n;jan;an;cc1\n;');
		expect(rejected(read)).toEqual(['raggedRow@3 - -']);
		expect(codes(source(`${HEADER}\njan;an;cc1\n;;`))).toContain('blankRow@3');
	});

	test('within an id, which the others show', () => {
		const file = (last: string) =>
			`Supervisor;Call center;Agent\njan@acme.be;cc1@acme.be;an@acme.be\njan@acme.be;cc1@acme.be;${last}`;
		const options = { defaultDomain: undefined };
		for (const last of ['bea@acme.b', 'bea@ac', 'bea'])
			expect(source(file(last), options).rejected).toMatchObject([{ line: 3, code: 'invalidId', userId: null }]);
		for (const last of ['bea@acme.be', 'bea@acme.com', 'bea\n', 'bea@ac\n'])
			expect(source(file(last), options).rejected).toEqual([]);
		expect(source(file('bea@ac')).rejected).toHaveLength(1);
		expect(source(file('bea')).rejected).toEqual([]);
	});

	test('or only has no line end: the line is reported', () => {
		expect(source(`${HEADER}\njan;an;cc1\njan;bea;cc1`).unendedLine).toBe(3);
		for (const end of ['\n', '\n\u001a', '\r\n', '\r'])
			expect(source(`${HEADER}\njan;an;cc1\njan;bea;cc1${end}`).unendedLine).toBeNull();
	});

	test('within a character', () => {
		const text = Buffer.from(`${HEADER}\njan;é;cc1\njan;bea;cc\u00e9`);
		expect(rejected(source(text.subarray(0, -1)))).toEqual(['invalidId@3 - -']);
		const wide = Buffer.from(`\ufeff${HEADER}\njan;bea;cc1`, 'utf16le');
		expect(rejected(source(wide.subarray(0, -1)))).toEqual(['invalidId@2 - -']);
	});
});

describe('bytes', () => {
	test('that are no UTF-8, in a file that says it is', () => {
		const read = source(
			Buffer.concat([Buffer.from(`\ufeff${HEADER}\njan;b`), Buffer.from([0xe9]), Buffer.from('a;cc1\njan;an;cc1\n')]),
		);
		expect([pairs(read), rejected(read), read.format?.encoding]).toEqual([
			['jan cc1 an'],
			['invalidId@2 jan cc1'],
			'UTF-8',
		]);
	});

	test('of the value zero within an id', () => {
		expect(rejected(source(`${HEADER}\njan;a\u0000n;cc1\njan;bea;cc\u0000\n${'jan;dirk;cc1\n'.repeat(9)}`))).toEqual([
			'invalidId@2 jan cc1',
			'invalidId@3 jan - bea',
		]);
	});
});

test.each(['-a', '+r', 'add+', 'a-'])('an action with a sign and a word is neither: %s', (action) => {
	expect(rejected(source(`${HEADER};Action\njan;an;cc1;${action}\n`))).toEqual(['unknownAction@2 jan cc1 an']);
});

test.each(['null', 'NULL', 'undefined', 'n/a', '[object Object]'])(
	'%s is what a program writes for nothing',
	(cell) => {
		expect(rejected(source(`${HEADER}\njan;${cell};cc1\n`))).toEqual(['mangledId@2 jan cc1']);
	},
);

test.each(["'", "''", '?', '-', '...', '@'])('an id has a letter or a digit, and so is not %s', (cell) => {
	expect(rejected(source(`${HEADER}\njan;${cell};cc1\n`))).toEqual(['invalidId@2 jan cc1']);
});

test('a protected blank cell is blank', () => {
	expect(rejected(source(`${HEADER}\n=""; ="an";cc1\n`))).toEqual(['blankCell@2 - cc1 an']);
});

test.each([
	['merged with the next', 'jan;an;cc1jan;bea;cc1\n'],
	['split in two', 'jan;a\nn;cc1\n'],
	['of other separators', 'jan,an,cc1\n'],
	['of one other separator', 'jan;an,cc1\n'],
	['of full-width separators', 'jan；an；cc1\n'],
	['within one pair of quotation marks', '"jan;an;cc1"\n'],
])('a row %s names no list', (_, rows) => {
	const read = source(`${HEADER}\n${rows}jan;chris;cc1\n`);
	expect(pairs(read)).toEqual(['jan cc1 chris']);
	for (const row of read.rejected) expect(row).toMatchObject({ userId: null, callCenterId: null });
	expect(read.rejected).not.toEqual([]);
});
