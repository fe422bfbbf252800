/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console,
   @n8n/community-nodes/no-dangerous-functions
   -- a command: arguments in, a process for each file, words and an exit code out */
/**
 * `npm run mutation [-- <file>...] [--test <file>]... [--changed] [--minutes N] [--lanes N] [--write]`: see
 * docs/mutation.md.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { changedFiles } from './changed';
import { LEAST_SCORE, mutatedFiles, NOT_COPIED, ROOT, STRICT, testsFor } from './files';
import { judge, type Mutant, type Survivor, type Verdict } from './judge';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		changed: { type: 'boolean', default: false },
		test: { type: 'string', multiple: true },
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
	if (positionals.length > 0) return positionals;
	if (!values.changed) return all;
	const changed = changedFiles();
	const order = (file: string) => (STRICT.includes(file) ? 0 : 1);
	return changed.filter((file) => all.includes(file)).sort((a, b) => order(a) - order(b));
}

/** What became of the mutants; `late` where the time is up first, `broken` where there is no telling. */
function mutantsOf(file: string, seconds: number): Promise<Mutant[] | 'late' | 'broken'> {
	const result = join(RESULTS, `${file.replace(/\//g, '-')}.json`);
	rmSync(result, { force: true });
	const child = spawn(process.execPath, [join(__dirname, 'run-file.mjs'), file, values.lanes, result], {
		cwd: ROOT,
		// A group of its own, so that Stryker's own processes end with it.
		detached: true,
		env: { ...process.env, TESTS: (values.test ?? testsFor(file)).join(' '), NOT_COPIED: NOT_COPIED.join(' ') },
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

function told(file: string, { standing, score, killed, listed, alive, outdated }: Verdict): string {
	const bar = STRICT.includes(file) ? 'all' : `${LEAST_SCORE} %`;
	return [
		`${standing.padEnd(6)} ${file}: ${score.toFixed(1)} % of ${killed + alive.length} mutants killed ` +
			`(bar: ${bar}), ${listed} listed`,
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

async function main(): Promise<void> {
	const until = Date.now() + Number(values.minutes) * 60_000;
	const files = wanted();
	mkdirSync(RESULTS, { recursive: true });
	const leftOut: string[] = [];
	let failed = 0;
	for (const file of files) {
		const seconds = (until - Date.now()) / 1_000;
		const mutants = seconds < LEAST_SECONDS ? 'late' : await mutantsOf(file, seconds);
		if (mutants === 'late') {
			leftOut.push(file);
			continue;
		}
		if (mutants === 'broken') {
			failed += 1;
			console.log(`FAILED ${file}: it could not be mutated, see above; all its tests must pass first`);
			continue;
		}
		const verdict = judge(file, mutants, SURVIVORS[file] ?? []);
		if (verdict.standing === 'FAILED') failed += 1;
		console.log(told(file, verdict));
		if (values.write) list(file, verdict);
	}
	if (leftOut.length > 0) console.log(`Left out, because the time was up: ${leftOut.join(', ')}`);
	console.log(`${files.length - leftOut.length} of ${files.length} files mutated, ${failed} below the bar`);
	process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
