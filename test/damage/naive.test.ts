/** The exceptions are as narrow as their comments say. */

import { describe, expect, it } from '@jest/globals';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { settings } from '../sync/world';
import { textOf, type GoodFile, type Piece } from './file';
import { indistinguishable, recordsOf } from './naive';
import type { GoodWorld } from './world';

const KIND = 'supervisedAgents' as const;
const list = (userId: string, callCenterId: string): ListRef => ({
	kind: KIND,
	tenantId: 'T',
	groupId: 'G',
	userId,
	callCenterId,
});
const LISTS = [list('s1', 'cc1'), list('s2', 'cc1')];
const AGENTS = new Set(['jan', 'an', 'bea']);

const WORLD: GoodWorld = {
	seed: 0,
	kind: KIND,
	spec: { tenants: [] },
	simulator: {},
	settings: settings(),

	groups: [],
	domain: 'x',
	refs: new Map(LISTS.map((ref) => [listKey(ref), ref])),
	live: new Map(),
	desired: [],
	eligible: new Map(LISTS.map((ref) => [listKey(ref), AGENTS])),
};

function piece(role: Piece['role'], ...cells: string[]): Piece {
	return { role, cells, values: cells, end: '\n' };
}

const FILE: GoodFile = {
	encoding: 'utf8',
	delimiter: ';',
	newline: '\n',
	quoting: 'needed',
	columns: [
		{ role: 'supervisor', header: 'supervisor' },
		{ role: 'agent', header: 'agent' },
		{ role: 'callCenter', header: 'queue' },
		{ role: 'note', header: 'note' },
	],
	memberSeparator: null,
	trailing: 'none',
	fullColumns: [],
	options: { kind: KIND, tenantId: 'T', groupId: 'G', callCenterId: 'cc1' },
	pieces: [
		piece('header', 'supervisor', 'agent', 'queue', 'note'),
		piece('row', 's1', 'jan', 'cc1', 'n'),
		piece('row', 's1', 'an', 'cc1', ''),
		piece('row', 's2', 'jan', 'cc1', ''),
	],
	blankMeansDefault: new Set(),
};
const GOOD = textOf(FILE.pieces, ';');

function seenAs(damaged: string, world: Partial<GoodWorld> = {}, file: Partial<GoodFile> = {}): string | null {
	return indistinguishable(GOOD, damaged, { ...FILE, ...file }, { ...WORLD, ...world })?.as ?? null;
}

describe('damage that nobody can see', () => {
	it.each([
		['another agent who exists', GOOD.replace('s1;an;', 's1;bea;'), 'otherIds'],
		['another supervisor who has a list', GOOD.replace('s1;an;', 's2;an;'), 'otherIds'],
		['several who exist', GOOD.replace('s1;an;', 's1;bea,jan;'), 'otherIds'],
		['an end at a record', 'supervisor;agent;queue;note\ns1;jan;cc1;n\n', 'shorter'],
		['an end within a note', 'supervisor;agent;queue;note\ns1;jan;cc1;n\ns1;an;cc1;', 'shorter'],
	])('%s', (_, damaged, as) => expect(seenAs(damaged)).toBe(as));

	it('the end of a single row, which no other row shows', () => {
		const ended = 'supervisor;agent;queue;note\ns1;jan;cc1;n;\ns1;an;cc1;;\n';
		const seen = (damaged: string) =>
			indistinguishable(ended, damaged, { ...FILE, trailing: 'below' }, WORLD)?.as ?? null;
		expect(seen('supervisor;agent;queue;note\ns1;jan;cc1;n')).toBe('shorter');
		expect(seen('supervisor;agent;queue;note\ns1;jan;cc1;n;\ns1;an;cc1;')).toBeNull();
	});

	it('a list that is cleared, where that is allowed', () => {
		const cleared = GOOD.replace('s2;jan;', 's2;;');
		expect(seenAs(cleared)).toBeNull();
		expect(seenAs(cleared, { settings: { ...WORLD.settings, allowClear: true } })).toBe('clears');
		expect(seenAs(GOOD.replace('s1;an;', 's1;;'), { settings: { ...WORLD.settings, allowClear: true } })).toBeNull();
	});

	it('a blank cell, where the file has others that take the default', () => {
		const blank = GOOD.replace('s2;jan;cc1', 's1;bea;');
		expect(seenAs(blank)).toBeNull();
		expect(seenAs(blank, {}, { blankMeansDefault: new Set(['callCenter']) })).toBe('otherIds');
	});
});

describe('damage that can be seen', () => {
	it.each([
		['an agent who does not exist', GOOD.replace('s1;an;', 's1;ann;')],
		['a supervisor who does not exist', GOOD.replace('s1;an;', 's3;an;')],
		['a call center without such a list', GOOD.replace('s1;an;cc1', 's1;an;cc2')],
		['a blank cell', GOOD.replace('s1;an;cc1', 's1;an;')],
		['a place left empty in a cell of several', GOOD.replace('s1;an;', 's1;bea,;')],
		['another width', GOOD.replace('s1;an;cc1;', 's1;bea;cc1;;')],
		['a row too many', `${GOOD}s2;bea;cc1;\n`],
		['two rows that differ', GOOD.replace('s1;an;', 's1;bea;').replace('s2;jan;', 's2;bea;')],
		['another header', GOOD.replace('queue;note', 'note;queue')],
		['a quotation mark that is not closed', GOOD.replace('s1;an;', 's1;"an;')],
		['an end within the key', 'supervisor;agent;queue;note\ns1;jan;cc1;n\ns1;an;c'],
		['another note only', GOOD.replace(';n\n', ';m\n')],
	])('%s', (_, damaged) => expect(seenAs(damaged)).toBeNull());
});

describe('records by RFC 4180', () => {
	it('has quotation marks, delimiters and line ends in cells', () => {
		expect(recordsOf('a;"b;""c""\r\nd";e\r\n;;', ';')).toEqual([
			['a', 'b;"c"\r\nd', 'e'],
			['', '', ''],
		]);
		expect(recordsOf('a\n\n"b"', ';')).toEqual([['a'], [''], ['b']]);
	});

	it.each(['a"b', '"a"b', '"a', 'a;"b\n'])('refuses %j', (text) => expect(recordsOf(text, ';')).toBeNull());
});
