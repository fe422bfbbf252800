/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the repository */
import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mutatedFiles, NOT_COPIED, REACHED, ROOT, STRICT, testsFor } from './files';
import { judge, type Mutant, type Survivor } from './judge';
import survivors from './survivors.json';

const LOOSE = 'lib/sync/apply/writing-progress.ts';

function mutant(killed: boolean, more: Partial<Mutant> = {}): Mutant {
	return {
		mutator: 'EqualityOperator',
		line: 'if (a < b) return;',
		from: 'a < b',
		to: 'a <= b',
		killed,
		at: 7,
		...more,
	};
}

const listed: Survivor = {
	mutator: 'EqualityOperator',
	line: 'if (a < b) return;',
	from: 'a < b',
	to: 'a <= b',
	reason: 'They are never equal.',
};

describe('a file is judged', () => {
	test('well where all its mutants are killed, or there are none', () => {
		expect(judge(STRICT[0]!, [mutant(true)], [])).toMatchObject({ standing: 'ok', score: 100, killed: 1, alive: [] });
		expect(judge(STRICT[0]!, [], [])).toMatchObject({ standing: 'ok', score: 100 });
	});

	test('by every single survivor where it is strict, by their share elsewhere', () => {
		const one = [...Array.from({ length: 9 }, () => mutant(true)), mutant(false)];
		expect(judge(STRICT[0]!, one, [])).toMatchObject({ standing: 'FAILED', score: 90, alive: [{ at: 7 }] });
		expect(judge(LOOSE, one, [])).toMatchObject({ standing: 'ok', score: 90 });
		expect(judge(LOOSE, [...one, mutant(false)], [], [LOOSE])).toMatchObject({ standing: 'FAILED', alive: [{}, {}] });
		expect(judge(LOOSE, [...one, mutant(false)], [], [])).toMatchObject({ standing: 'behind', alive: [{}, {}] });
	});

	test('without the survivors that are listed, each entry standing for one', () => {
		expect(judge(STRICT[0]!, [mutant(false, { at: 12 }), mutant(true)], [listed])).toMatchObject({
			standing: 'ok',
			score: 100,
			killed: 1,
			listed: 1,
			outdated: [],
		});
		expect(judge(STRICT[0]!, [mutant(false), mutant(false)], [listed])).toMatchObject({
			standing: 'FAILED',
			listed: 1,
			alive: [{}],
		});
		for (const other of [{ mutator: 'X' }, { line: 'x' }, { from: 'x' }, { to: 'x' }]) {
			expect(judge(STRICT[0]!, [mutant(false, other)], [listed])).toMatchObject({
				standing: 'FAILED',
				listed: 0,
				outdated: [listed],
			});
		}
	});

	test('with the entries told that are killed now or gone', () => {
		expect(judge(STRICT[0]!, [mutant(true)], [listed])).toMatchObject({
			standing: 'ok',
			listed: 0,
			outdated: [listed],
		});
		expect(judge(STRICT[0]!, [], [listed])).toMatchObject({ standing: 'ok', outdated: [listed] });
	});
});

describe('what is mutated', () => {
	test('are files that exist, the strict ones first, by tests that exist', () => {
		const files = mutatedFiles();
		expect(files.slice(0, STRICT.length)).toEqual(STRICT);
		expect(new Set(files).size).toBe(files.length);
		for (const file of REACHED) expect(files.slice(STRICT.length)).toContain(file);
		for (const file of files) {
			expect(existsSync(join(ROOT, file))).toBe(true);
			expect(testsFor(file).length).toBeGreaterThan(5);
		}
		expect(() => testsFor('nodes/x.ts')).toThrow('none of lib/sync, lib/csv');
	});

	test('is tried where every file is that its tests import', () => {
		const tests = new Set(['lib/sync/engine.ts', 'lib/csv/index.ts'].flatMap(testsFor));
		for (const test of tests) {
			const code = readFileSync(join(ROOT, test), 'utf8');
			for (const [, path] of code.matchAll(/ from '(\.[^']*)'/g)) {
				const file = relative(ROOT, join(ROOT, dirname(test), path!));
				expect(NOT_COPIED.filter((folder) => file.startsWith(`${folder}/`))).toEqual([]);
			}
		}
	});

	test('every listed survivor is of such a file and has a reason', () => {
		const files = mutatedFiles();
		for (const [file, entries] of Object.entries(survivors as Record<string, Survivor[]>)) {
			expect(files).toContain(file);
			for (const { reason } of entries) expect(reason.length).toBeGreaterThan(20);
		}
	});
});
