/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console,
   @n8n/community-nodes/no-dangerous-functions
   -- a command: arguments in, a process for each file, words and an exit code out */
/**
 * `npm run mutation [-- <file>...] [--test <file>]... [--all-tests] [--changed] [--minutes N] [--lanes N] [--write]`:
 * see docs/mutation.md.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writePages } from '../../scripts/docs/write-pages';
import { codeHash } from './code-hash';
import { barOf, mutatedFiles, NOT_COPIED, ROOT, testsFor } from './files';
import { judge, type Mutant, type Survivor, type Verdict } from './judge';
import { isDue, percent, readScores, record, type Score } from './scores';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		changed: { type: 'boolean', default: false },
		test: { type: 'string', multiple: true },
		'all-tests': { type: 'boolean', default: false },
		minutes: { type: 'string', default: '600' },
		lanes: { type: 'string', default: '1' },
		write: { type: 'boolean', default: false },
	},
});

/** Too little to run the tests once and try a mutant. */
const LEAST_SECONDS = 20;

const RESULTS = join(ROOT, '.cache', 'mutation-results');
const LIST = join(__dirname, 'survivors.json');
const SURVIVORS = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, Survivor[]>;

function wanted(): string[] {
	const all = mutatedFiles();
	const unknown = positionals.filter((file) => !all.includes(file));
	if (unknown.length > 0) throw new Error(`Name files of lib/sync or lib/csv: there is no ${unknown.join(', ')}.`);
	const named = positionals.length > 0 ? positionals : all;
	if (!values.changed) return named;
	const scores = readScores();
	return named.filter((file) => isDue(file, sourceOf(file), scores[file]));
}

function sourceOf(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** Those of the last measurement, unless others are asked for. */
function testsOf(file: string): Score['tests'] {
	if (values['all-tests']) return 'all';
	return values.test ?? readScores()[file]?.tests ?? 'all';
}

/** What became of the mutants; `late` where the time is up first, `broken` where the run failed. */
function mutantsOf(file: string, tests: Score['tests'], seconds: number): Promise<Mutant[] | 'late' | 'broken'> {
	const result = join(RESULTS, `${file.replace(/\//g, '-')}.json`);
	rmSync(result, { force: true });
	const child = spawn(process.execPath, [join(__dirname, 'run-file.mjs'), file, values.lanes, result], {
		cwd: ROOT,
		// A group of its own, so that Stryker's own processes end with it.
		detached: true,
		env: {
			...process.env,
			TESTS: (tests === 'all' ? testsFor(file) : tests).join(' '),
			NOT_COPIED: NOT_COPIED.join(' '),
		},
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	let late = false;
	const timer = setTimeout(() => {
		late = true;
		process.kill(-(child.pid as number), 'SIGKILL');
	}, seconds * 1_000);
	return new Promise((resolve) => {
		child.once('close', (code) => {
			clearTimeout(timer);
			rmSync(join(tmpdir(), `mutation-${child.pid}`), { recursive: true, force: true });
			if (late) resolve('late');
			else resolve(code === 0 ? (JSON.parse(readFileSync(result, 'utf8')) as Mutant[]) : 'broken');
		});
	});
}

function verdictText(file: string, { standing, killed, of, listed, alive, outdated }: Verdict): string {
	return [
		`${standing.padEnd(6)} ${file}: ${percent({ killed, of }).toFixed(1)} % of ${of} mutants killed ` +
			`(bar: ${barOf(file)} %), ${listed} listed`,
		...alive.map((mutant) => `         ${file}:${mutant.at} ${spelt(mutant)}\n           in ${mutant.line}`),
		...outdated.map((survivor) => `         no longer alive, take it off the list: ${spelt(survivor)}`),
	].join('\n');
}

/** Puts what lives on the list, for the reasons to be written, and takes off it what does not. */
function list(file: string, { alive, outdated }: Verdict): void {
	const kept = (SURVIVORS[file] ?? []).filter((survivor) => !outdated.includes(survivor));
	const added = alive.map(({ mutator, line, from, to }) => ({ mutator, line, from, to, reason: '' }));
	SURVIVORS[file] = [...kept, ...added];
	if (SURVIVORS[file].length === 0) delete SURVIVORS[file];
	writeFileSync(LIST, `${JSON.stringify(SURVIVORS, null, '\t')}\n`);
}

function spelt({ mutator, from, to }: Pick<Mutant, 'mutator' | 'from' | 'to'>): string {
	const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 100);
	return `${mutator}: ${short(from)} -> ${short(to)}`;
}

/** Measures a file, prints and records the result. @returns whether it could be measured, and is at its bar */
async function measured(file: string, seconds: number): Promise<'late' | boolean> {
	const source = sourceOf(file);
	const tests = testsOf(file);
	const mutants = await mutantsOf(file, tests, seconds);
	if (mutants === 'late') return 'late';
	if (mutants === 'broken') {
		console.log(`FAILED ${file}: it could not be mutated, see above; all its tests must pass first`);
		return false;
	}
	const judged = () => judge(mutants, SURVIVORS[file] ?? [], barOf(file));
	console.log(verdictText(file, judged()));
	if (values.write) list(file, judged());
	const { standing, killed, of, listed } = judged();
	const code = codeHash(source);
	const date = new Date().toISOString().slice(0, 10);
	if (code !== null) record(file, { code, killed, of, listed, tests, date });
	return standing !== 'FAILED';
}

async function main(): Promise<void> {
	const until = Date.now() + Number(values.minutes) * 60_000;
	const files = wanted();
	mkdirSync(RESULTS, { recursive: true });
	const leftOut: string[] = [];
	let failed = 0;
	for (const file of files) {
		const seconds = (until - Date.now()) / 1_000;
		const result = seconds < LEAST_SECONDS ? 'late' : await measured(file, seconds);
		if (result === 'late') leftOut.push(file);
		else if (!result) failed += 1;
	}
	writePages();
	if (leftOut.length > 0) console.log(`Not measured, because the time was up: ${leftOut.join(', ')}`);
	console.log(`${files.length - leftOut.length} of ${files.length} files measured, ${failed} below the bar`);
	process.exitCode = failed === 0 && leftOut.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
