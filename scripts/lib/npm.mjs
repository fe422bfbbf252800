/** npm as a child process that shows its progress, also where npm itself shows no progress bar (CI, pipes). */

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A line of progress at this pace: often enough to see life, seldom enough for a CI log. */
const HEARTBEAT_MS = 10_000;
/** The first so many characters of npm's complaints are shown, which say what is wrong; its own log has the rest. */
const SHOWN_ERROR_CHARACTERS = 3000;
/** Slow networks and busy registries: more attempts than npm's default of 2, each with npm's own long time-out. */
const FETCH_RETRIES = '5';

export function say(line) {
	process.stderr.write(`${line}\n`);
}

/**
 * Packages unpacked so far, scoped ones included: what can be seen of npm's work from outside. npm makes all the
 * folders first and fills them one by one, so a package counts when its package.json is there.
 */
function countPackages(folder) {
	const list = (path) => {
		try {
			return readdirSync(path).filter((name) => !name.startsWith('.'));
		} catch {
			return [];
		}
	};
	const modules = join(folder, 'node_modules');
	return list(modules)
		.flatMap((name) => (name.startsWith('@') ? list(join(modules, name)).map((inner) => join(name, inner)) : [name]))
		.filter((name) => existsSync(join(modules, name, 'package.json'))).length;
}

/**
 * `npm ci` without install scripts, exactly as the lockfile says.
 * @param {string} folder holds package.json and package-lock.json
 * @param {string} what for the progress lines, e.g. "development tools"
 * @param {number} expected packages at the top level, for the progress lines
 */
export async function npmCi(folder, what, expected) {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `--fetch-retries=${FETCH_RETRIES}`];
	const child = spawn('npm', ['ci', ...flags], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });

	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text) => {
		errors = (errors + text).slice(0, SHOWN_ERROR_CHARACTERS);
	});
	const heartbeat = setInterval(() => {
		say(`  ${what}: ${countPackages(folder)} of about ${expected} packages, ${seconds()} s`);
	}, HEARTBEAT_MS);
	// A child must not outlive us: a half-done install would go on in the background.
	const stop = () => child.kill('SIGTERM');
	process.once('exit', stop);

	try {
		const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
		if (code !== 0) {
			throw new Error(
				'Check the network and the npm registry ("npm ping"), then run the command again: ' +
					`npm ci in ${folder} ended with code ${code}.\n${errors.trim()}`,
			);
		}
	} finally {
		clearInterval(heartbeat);
		process.removeListener('exit', stop);
	}
	say(`  ${what}: ready after ${seconds()} s`);
}
