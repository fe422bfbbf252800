/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the repository */
import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { codeHash } from './code-hash';
import { mutatedFiles, NOT_COPIED, ROOT, STRICT, testsFor } from './files';
import { judge, type Mutant, type Survivor } from './judge';
import { isDue, readScores, type Score } from './scores';
import survivors from './survivors.json';

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
		expect(judge([mutant(true)], [], 100)).toMatchObject({ standing: 'ok', killed: 1, of: 1, alive: [] });
		expect(judge([], [], 100)).toMatchObject({ standing: 'ok', killed: 0, of: 0 });
	});

	test('by every single survivor where it is strict, by their share elsewhere', () => {
		const one = [...Array.from({ length: 9 }, () => mutant(true)), mutant(false)];
		expect(judge(one, [], 100)).toMatchObject({ standing: 'FAILED', killed: 9, of: 10, alive: [{ at: 7 }] });
		expect(judge(one, [], 90)).toMatchObject({ standing: 'ok', killed: 9, of: 10 });
		expect(judge([...one, mutant(false)], [], 90)).toMatchObject({ standing: 'FAILED', alive: [{}, {}] });
	});

	test('without the survivors that are listed, each entry standing for one', () => {
		expect(judge([mutant(false, { at: 12 }), mutant(true)], [listed], 100)).toMatchObject({
			standing: 'ok',
			killed: 1,
			of: 1,
			listed: 1,
			outdated: [],
		});
		expect(judge([mutant(false), mutant(false)], [listed], 100)).toMatchObject({
			standing: 'FAILED',
			listed: 1,
			alive: [{}],
		});
		for (const other of [{ mutator: 'X' }, { line: 'x' }, { from: 'x' }, { to: 'x' }]) {
			expect(judge([mutant(false, other)], [listed], 100)).toMatchObject({
				standing: 'FAILED',
				listed: 0,
				outdated: [listed],
			});
		}
	});

	test('with the entries that are killed now or gone', () => {
		expect(judge([mutant(true)], [listed], 100)).toMatchObject({ standing: 'ok', listed: 0, outdated: [listed] });
		expect(judge([], [listed], 100)).toMatchObject({ standing: 'ok', outdated: [listed] });
	});
});

describe('a file is due to be measured', () => {
	const SOURCE = 'export const least = (a: number) => a < 3;\n';
	const score = (more: Partial<Score> = {}): Score => ({
		code: codeHash(SOURCE) ?? '',
		killed: 10,
		of: 10,
		listed: 0,
		tests: 'all',
		date: '2026-11-30',
		...more,
	});
	const [strict, loose] = [STRICT[0]!, 'lib/csv/ids.ts'];

	test('when its code is not what was measured, or was never measured', () => {
		expect(isDue(loose, SOURCE, score())).toBe(false);
		expect(isDue(loose, SOURCE.replace('<', '<='), score())).toBe(true);
		expect(isDue(loose, SOURCE, undefined)).toBe(true);
	});

	test('not for its types, its comments or its form, nor when it has nothing else', () => {
		const other = '/** Least. */\nexport const least = (\n\ta: 1 | 2,\n) => a < 3; // always\n';
		expect(isDue(loose, other, score())).toBe(false);
		expect(isDue(loose, `import { c } from './c';\n${SOURCE}\nexport { b } from './b';\n`, score())).toBe(false);
		const nothing = [
			"/** Names. */\nimport type { B } from './b';\nexport interface A { readonly b: B }\n",
			"export { a, type B } from './a';\nexport * from './b';\n",
		];
		for (const source of nothing) expect(isDue(loose, source, undefined)).toBe(false);
	});

	test('for another name of a property or a global, and not for another name of what it declares or imports', () => {
		const named = (name: string, property: string, global = 'Math') =>
			`import { ${name} } from './a';\nexport const b = { ${property}: ${name}(${global}.PI), ${name} };\n`;
		const code = codeHash(named('a', 'c')) ?? '';
		const renamed = named('q', 'c').replace('q };', 'a: q };').replace('const b', 'const p');
		expect(isDue(loose, renamed, score({ code }))).toBe(false);
		for (const other of [named('q', 'c'), named('a', 'd'), named('a', 'c', 'JSON')])
			expect(isDue(loose, other, score({ code }))).toBe(true);
	});

	test('when it was below its bar', () => {
		expect(isDue(strict, SOURCE, score({ killed: 9 }))).toBe(true);
		expect(isDue(loose, SOURCE, score({ killed: 9 }))).toBe(false);
		expect(isDue(loose, SOURCE, score({ killed: 8 }))).toBe(true);
		expect(isDue(loose, SOURCE, score({ killed: 0, of: 0 }))).toBe(false);
	});
});

describe('what is mutated', () => {
	test('are files that exist, the strict ones first, by tests that exist', () => {
		const files = mutatedFiles();
		expect(files.slice(0, STRICT.length)).toEqual(STRICT);
		expect(new Set(files).size).toBe(files.length);
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

	test('every listed survivor is of such a file, names a line of it and has a reason', () => {
		const files = mutatedFiles();
		for (const [file, entries] of Object.entries(survivors as Record<string, Survivor[]>)) {
			expect(files).toContain(file);
			const lines = readFileSync(join(ROOT, file), 'utf8')
				.split('\n')
				.map((line) => line.trim());
			for (const { reason, line } of entries) {
				expect(reason.length).toBeGreaterThan(20);
				expect(lines).toContain(line);
			}
		}
	});

	test('every score is of such a file, by tests that exist, and with the survivors that are listed', () => {
		const files = mutatedFiles();
		for (const [file, { listed, tests }] of Object.entries(readScores())) {
			expect(files).toContain(file);
			expect([file, listed]).toEqual([file, (survivors as Record<string, Survivor[]>)[file]?.length ?? 0]);
			for (const name of tests === 'all' ? [] : tests) expect(existsSync(join(ROOT, name))).toBe(true);
		}
	});
});
