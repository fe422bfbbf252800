/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the repository's folders */
/** What is mutated, by which tests, and how good they must be. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/**
 * Every mutant of these must be killed or stand in survivors.json with the reason: they decide whether somebody is
 * removed.
 */
export const STRICT = [
	'lib/sync/plan/guards.ts',
	'lib/sync/plan/strategy.ts',
	'lib/sync/plan/delta.ts',
	'lib/sync/plan/holds.ts',
	'lib/sync/plan/moves.ts',
	'lib/sync/apply/approval.ts',
	'lib/sync/model/canonical-json.ts',
	'lib/sync/documents/check.ts',
	'lib/sync/documents/plan-hash.ts',
];

/** Share of the mutants that must be killed in any other file, the listed ones aside. Percent. */
const LEAST_SCORE = 90;

/** Percent of the mutants that must be killed, the listed ones aside. */
export function barOf(file: string): number {
	return STRICT.includes(file) ? 100 : LEAST_SCORE;
}

/** Folders that the copy of the project lacks in which the mutants are tried: no test that kills them needs these. */
export const NOT_COPIED = ['.cache', 'dist', 'demo', 'examples', 'icons', 'tools/n8n', 'test/e2e'];

interface Module {
	readonly folder: string;
	/** Folders of tests, and of which files. */
	readonly tests: readonly string[];
	/**
	 * Tests that take long, are random or drive the nodes, which only jest loads. A mutant shall die by a test that says
	 * what is wrong, and at a cost that lets hundreds of them be tried.
	 */
	readonly without: readonly string[];
}

const MODULES: readonly Module[] = [
	{
		folder: 'lib/sync',
		tests: ['test/sync'],
		without: ['chaos.test.ts', 'nesting.test.ts', 'properties.test.ts', 'week.test.ts'],
	},
	{
		folder: 'lib/csv',
		tests: ['test/csv', 'test/outside', 'test/records'],
		without: ['large.test.ts', 'unique-names.test.ts'],
	},
];

/** Files of the modules, the strict ones first: they are looked at while there is time. */
export function mutatedFiles(): string[] {
	const missing = STRICT.filter((file) => !existsSync(join(ROOT, file)));
	if (missing.length > 0)
		throw new Error(`Correct STRICT in test/mutation/files.ts: there is no ${missing.join(', ')}.`);
	const others = MODULES.flatMap(({ folder }) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
	);
	return [...STRICT, ...others.filter((file) => file.endsWith('.ts') && !STRICT.includes(file))];
}

/** The test files that may kill the mutants of a file. */
export function testsFor(file: string): string[] {
	const module = MODULES.find(({ folder }) => file.startsWith(`${folder}/`));
	if (module === undefined) throw new Error(`${file} is in none of ${MODULES.map(({ folder }) => folder).join(', ')}.`);
	return module.tests.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.test.ts') && !module.without.includes(name))
			.map((name) => `${folder}/${name}`),
	);
}
