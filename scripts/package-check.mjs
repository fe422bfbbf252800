/**
 * What a package's users and reviewers rely on before it is published:
 *
 * - publint finds nothing wrong with package.json and the packed files,
 * - every entry of the lockfiles has a checksum (lockfile-lint),
 * - two builds in two folders give the same tarball, byte for byte.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCKFILES = ['package-lock.json', 'tools/n8n/current/package-lock.json', 'tools/n8n/oldest/package-lock.json'];

/** Runs a program of node_modules in the folder; gives what it printed where it failed, else null. */
function complaintOf(folder, program, ...args) {
	try {
		execFileSync(join(ROOT, 'node_modules', '.bin', program), args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
		return null;
	} catch (error) {
		return `${error.stdout}${error.stderr}`.trim();
	}
}

function sourceFiles() {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
	return listed.toString('utf8').split('\0').filter(Boolean);
}

/** Builds a copy of the sources in a new folder. */
function buildCopy(folder) {
	for (const file of sourceFiles()) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		cpSync(join(ROOT, file), join(folder, file));
	}
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	execFileSync('node_modules/.bin/gulp', ['build', '-L'], { cwd: folder, stdio: 'pipe' });
}

/** SHA-256 of the tarball. */
function tarballHash(folder) {
	const packer = [join(folder, 'scripts', 'pack.mjs')];
	const tarball = execFileSync(process.execPath, packer, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
	return createHash('sha256').update(readFileSync(tarball)).digest('hex');
}

function problemsOfBuilds() {
	const parent = mkdtempSync(join(tmpdir(), 'package-check-'));
	try {
		const folders = ['one', 'another'].map((name) => join(parent, name));
		folders.forEach(buildCopy);
		const [one, another] = folders.map(tarballHash);
		const differ = `Two builds of the same sources gave different tarballs: SHA-256 ${one} and ${another}.`;
		return [complaintOf(folders[0], 'publint', '--strict'), one === another ? null : differ];
	} finally {
		rmSync(parent, { recursive: true, force: true });
	}
}

const problems = [
	...LOCKFILES.map((path) =>
		complaintOf(ROOT, 'lockfile-lint', '--type', 'npm', '--validate-integrity', '--path', path),
	),
	...problemsOfBuilds(),
].filter((problem) => problem !== null);

if (problems.length > 0) {
	process.stdout.write(`Correct these before a release:\n${problems.join('\n')}\n`);
	process.exitCode = 1;
} else {
	process.stdout.write('Package: publint and lockfile-lint find nothing, and two builds give the same tarball.\n');
}
