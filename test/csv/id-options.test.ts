import { describe, expect, test } from '@jest/globals';
import { readIdList, readRenamedIds } from '../../lib/csv';
import { messageOf } from '../../lib/report';
import { source } from './reading';

const OPTION = "option 'Protected Members'";
const DOMAIN = { defaultDomain: 'acme.be' };

describe('a list of ids in an option', () => {
	test.each([
		['an, bea', ['an@acme.be', 'bea@acme.be']],
		['an;bea|chris\tdirk\r\neva\n', ['an@acme.be', 'bea@acme.be', 'chris@acme.be', 'dirk@acme.be', 'eva@acme.be']],
		[' an\u200b ; ="0032";\'+32255 ', ['an@acme.be', '0032@acme.be', '+32255@acme.be']],
		["'00123,'0032@other.be", ['00123@acme.be', '0032@other.be']],
		['an@other.be', ['an@other.be']],
		['re\u0301ne', ['r\u00e9ne@acme.be']],
		['', []],
		[' ,\n; ', []],
		[undefined, []],
		[4711, ['4711@acme.be']],
		[
			['an', 'bea, chris'],
			['an@acme.be', 'bea@acme.be', 'chris@acme.be'],
		],
	] as Array<[unknown, string[]]>)('%j', (value, ids) => {
		expect(readIdList(OPTION, value, DOMAIN)).toEqual({ ok: true, ids });
	});

	test.each([
		'an@',
		'an@acme.be bea@acme.be',
		'1.23E+11',
		'#N/A',
		'a"n',
		'""',
		'a\u0001n',
		'a'.repeat(162),
		true,
		{ id: 'an' },
	])('refuses %j, with its name and the value', (value) => {
		const read = readIdList(OPTION, ['an', value], DOMAIN);
		if (read.ok) throw new Error('It was read.');
		expect(messageOf(read.issue)).toContain(OPTION);
		expect(messageOf(read.issue)).toContain(
			typeof value === 'string' ? (JSON.stringify(value).split(',').at(-1) as string).slice(1, 5) : String(value),
		);
	});

	test.each([2 ** 60, 1e21, Infinity, NaN])('refuses %d, whose digits are lost', (value) => {
		const read = readIdList(OPTION, [value], DOMAIN);
		expect(read).toMatchObject({ ok: false, issue: { facts: { problem: 'badId', cause: { code: 'mangledId' } } } });
	});

	test('reads each id as a file does', () => {
		for (const text of [
			'An',
			' an\u00a0',
			'="007"',
			"'@x@y.be",
			'bé',
			'x@y.be',
			'an@',
			'#REF!',
			'\u202aan\u202c',
			'"an"',
		]) {
			const { rows } = source(`Supervisor;Agent;Call center\njan;"${text.replaceAll('"', '""')}";cc1\n`);
			const read = readIdList(OPTION, text, DOMAIN);
			expect(read.ok ? read.ids : []).toEqual(rows.map(({ memberId }) => memberId));
		}
	});

	test('refuses a default domain that is none', () => {
		expect(readIdList(OPTION, 'an', { defaultDomain: 'acme be' })).toMatchObject({
			ok: false,
			issue: { code: 'invalidOption', facts: { problem: 'domain', value: 'acme be' } },
		});
	});
});

describe('renamed ids', () => {
	const read = (...pairs: Array<readonly [unknown, unknown]>) =>
		readRenamedIds(
			"option 'Renamed IDs'",
			pairs.map(([from, to]) => ({ from, to })),
			DOMAIN,
		);

	test('get the default domain, and lose what is invisible', () => {
		expect(read(['a.peeters', ' a.janssens\u200b'], ['', undefined], ['__proto__', 'x@y'])).toEqual({
			ok: true,
			ids: Object.fromEntries([
				['a.peeters@acme.be', 'a.janssens@acme.be'],
				['__proto__@acme.be', 'x@y'],
			]),
		});
	});

	test('may be given twice, go to one person, or stay what they are', () => {
		expect(read(['a', 'c'], ['A', 'C'], ['b', 'c'], ['d', 'D'])).toEqual({
			ok: true,
			ids: { 'A@acme.be': 'C@acme.be', 'b@acme.be': 'c@acme.be' },
		});
	});

	test.each([
		[
			'two new ids for one',
			[
				['a', 'b'],
				['A', 'c'],
			],
			/"A@acme.be" is renamed to "b@acme.be" and to "c@acme.be"/,
		],
		[
			'a chain',
			[
				['b', 'c'],
				['a', 'B'],
			],
			/"a@acme.be" is renamed to "B@acme.be", and that to "c@acme.be"/,
		],
		[
			'a swap',
			[
				['a', 'b'],
				['b', 'a'],
			],
			/renamed to "b@acme.be", and that to "a@acme.be"/,
		],
		['half a pair', [['a', '']], /"a@acme.be" lacks the ID on the platform/],
		['the other half', [[undefined, 'b']], /"b@acme.be" lacks the ID in the source/],
		['several in one', [['a, b', 'c']], /several IDs, but one/],
		['what is no id', [['a', 'b@']], /"b@" is not a complete ID/],
	] as Array<[string, Array<[unknown, unknown]>, RegExp]>)('refuses %s', (_, pairs, says) => {
		const refused = read(...pairs);
		expect(refused.ok ? '' : messageOf(refused.issue)).toMatch(says);
		expect(refused.ok ? '' : messageOf(refused.issue)).toContain("option 'Renamed IDs'");
	});
});
