/** Damaged rows in files that leave cells blank for a default: what the row meant keeps its members. */

import { expect, it } from '@jest/globals';
import { readCsvBuffer } from '../../lib/csv';
import { syncRun } from '../../lib/sync';
import { harness, ids, row, settings, source, supervised } from './world';

const [FIRST, DEFAULT, OTHER] = [supervised('s1@x', 'c1@x'), supervised('s1@x', 'main@x'), supervised('s2@x', 'c1@x')];

/** Who is on the first list after a sync of the rows; a2 is also on another list. */
async function firstList(lines: readonly string[]): Promise<string[]> {
	const { platform, around } = harness();
	platform.set(FIRST, ['a1@x', 'a2@x']);
	platform.set(DEFAULT, ['b1@x', 'b2@x']);
	platform.set(OTHER, ['a2@x']);
	platform.know(['a1@x', 'a2@x', 'b1@x', 'b2@x']);
	const text = ['Supervisor;Agent;Call center;Note', ...lines, 's2@x;a2@x;c1@x;', ''].join('\n');
	const options = { kind: 'supervisedAgents', tenantId: 'T', groupId: 'G', callCenterId: 'main@x' } as const;
	const read = readCsvBuffer(Buffer.from(text), options);
	if (!read.ok) throw new Error(read.failure.code);
	await syncRun(read.source, settings(), around);
	return platform.members(FIRST);
}

const HABIT = ['s1@x;a1@x;c1@x;', 's1@x;b1@x;;', 's1@x;b2@x;;'];

it('a row of another member is removed where nothing is damaged', async () => {
	expect(await firstList(HABIT)).toEqual(['a1@x']);
});

it.each([
	['a total', 'Total: 7;;;'],
	['a row that is rejected', 's1@x;b"1;;'],
])('a single blank cell is a slip, also beside %s', async (_, line) => {
	expect(await firstList(['s1@x;a1@x;c1@x;', 's1@x;a2@x;;', line])).toEqual(['a1@x', 'a2@x']);
});

it.each([
	['whose separator moved', 's1@x;a2@xc1@x;;'],
	['that lost two cells', 's1@x;;;'],
	['whose call center stands in place of its agent', 's1@x;c1@x;;'],
])('a row may have meant any list of its supervisor %s', async (_, line) => {
	expect(await firstList([...HABIT, line])).toEqual(['a1@x', 'a2@x']);
});

it.each([
	['with a blank cell may have meant any list of its supervisor', { defaulted: ['callCenterId'] as const }, ids(2)],
	['with the default written in full means its own list', {}, ids(1)],
])('a row that the mode does not allow %s', async (_, more, left) => {
	const { platform, around } = harness();
	platform.set(FIRST, ids(2));
	platform.set(DEFAULT, ['b1@x']);
	const all = [row(FIRST, 'agent1@x'), row(DEFAULT, 'b1@x', more), row(DEFAULT, 'x@x', { action: 'remove', ...more })];
	await syncRun(source(all), settings(), around);
	expect(platform.members(FIRST)).toEqual(left);
});
