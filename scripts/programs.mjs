/**
 * Provides the programs beside n8n that end-to-end tests start: a browser, a mail server, and what n8n's queue
 * mode runs on.
 *
 *     node scripts/programs.mjs          installs what is missing, on Debian and its relatives
 *     node scripts/programs.mjs --json   tells on stdout where each is: { "chromium": "/usr/bin/chromium", ... }
 *
 * `npm test` and `npm run demo` need none of them.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { say } from './lib/npm.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** The Debian package that has each program, and the names of programs that do as well. */
const PROGRAMS = {
	chromium: { debianPackage: 'chromium', likewise: ['chromium-browser', 'google-chrome'] },
	'redis-server': { debianPackage: 'redis-server', likewise: ['valkey-server'] },
	postgres: { debianPackage: 'postgresql', likewise: [] },
	initdb: { debianPackage: 'postgresql', likewise: [] },
	dovecot: { debianPackage: 'dovecot-imapd', likewise: [] },
};
/** Debian keeps servers here, which is not on everybody's PATH. */
const SERVERS = '/usr/sbin';
/** Debian keeps PostgreSQL's programs apart by release and off PATH: `<release>/bin` in this folder. */
const POSTGRESQL_RELEASES = '/usr/lib/postgresql';
/** `SYSTEMD_OFFLINE` keeps the packages from starting their servers as services of the machine. */
const APT_ENVIRONMENT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' };

function postgresqlFolders() {
	if (!existsSync(POSTGRESQL_RELEASES)) return [];
	const newestFirst = readdirSync(POSTGRESQL_RELEASES).sort((a, b) => Number(b) - Number(a));
	return newestFirst.map((release) => join(POSTGRESQL_RELEASES, release, 'bin'));
}

function findPrograms() {
	const folders = [...(process.env.PATH ?? '').split(delimiter), SERVERS, ...postgresqlFolders()];
	const paths = Object.entries(PROGRAMS).map(([name, { likewise }]) => [
		name,
		[name, ...likewise].flatMap((file) => folders.map((folder) => join(folder, file))).find((path) => existsSync(path)),
	]);
	return Object.fromEntries(paths);
}

function missingPackages() {
	const programs = findPrograms();
	const missing = Object.entries(PROGRAMS).filter(([name]) => !programs[name]);
	return [...new Set(missing.map(([, { debianPackage }]) => debianPackage))];
}

function apt(...args) {
	const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], {
		env: APT_ENVIRONMENT,
		encoding: 'utf8',
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with code ${status}.\n${stderr?.trim()}`);
}

function install() {
	const missing = missingPackages();
	if (missing.length === 0) return;
	const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new Error(`Install what end-to-end tests need, then run the command again: "sudo ${command}", or likewise.`);
	}
	say(`Installing for end-to-end tests (once): ${missing.join(', ')}`);
	try {
		apt('update');
		apt('install', '-y', '--no-install-recommends', ...missing);
	} catch (error) {
		throw new Error(`Check the network, then run "${command}" by hand: ${error.message}`);
	}
}

try {
	mkdirSync(join(ROOT, '.cache'), { recursive: true });
	await withLock(join(ROOT, '.cache', 'programs.lock'), install, (pid) =>
		say(`Waiting for process ${pid}, which is installing the same programs`),
	);
	if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(findPrograms())}\n`);
} catch (error) {
	say(error.message);
	process.exit(1);
}
