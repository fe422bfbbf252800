/**
 * `node run-file.mjs <file> <lanes> <result>`: mutates one file, and writes what became of each mutant as JSON. `TESTS`
 * names the test files, `NOT_COPIED` the folders that they do not need.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const [file, lanes, result] = process.argv.slice(2);
/** Mutants that could not be run say nothing. */
const OUTCOMES = { Killed: true, Timeout: true, Survived: false, NoCoverage: false };

const source = readFileSync(file, 'utf8');
const lines = source.split('\n');
const stryker = new Stryker({
	mutate: [file],
	testRunner: 'jest-circus',
	plugins: [join(import.meta.dirname, 'jest-circus-runner.mjs')],
	testRunnerNodeArgs: ['--import', 'tsx'],
	coverageAnalysis: 'perTest',
	concurrency: Number(lanes),
	// Loops without an end run into Stryker's limit of hits. A mutant must not die because the machine is busy.
	timeoutMS: 60_000,
	// Not in the repository, where lint would find what is left of a run that was ended. Known by the process, so that it
	// can be taken away.
	tempDirName: join(tmpdir(), `mutation-${process.pid}`),
	ignorePatterns: process.env.NOT_COPIED.split(' '),
	reporters: [],
	allowEmpty: true,
	logLevel: 'error',
});
const mutants = await stryker.runMutationTest();
const reported = mutants
	.filter(({ status, fileName }) => status in OUTCOMES && relative(process.cwd(), fileName) === file)
	.map(({ mutatorName, location: { start, end }, replacement, status }) => ({
		mutator: mutatorName,
		line: lines[start.line - 1].trim(),
		from: between(start, end),
		to: replacement,
		killed: OUTCOMES[status],
		at: start.line,
	}));
writeFileSync(result, JSON.stringify(reported));

/** Lines from 1, columns from 1. */
function between(start, end) {
	const offset = ({ line, column }) =>
		lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
	return source.slice(offset(start), offset(end));
}
