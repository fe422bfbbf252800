/**
 * Gives n8n's `sqlite3` package its native half. The package itself fetches a binary from outside the npm registry or
 * compiles for a minute. `@appthreat/sqlite3`, a maintained fork of the same Node-API addon, ships its binaries in
 * its npm tarball; one of them is put where `sqlite3` looks. Where that one does not load (an older C library), the
 * addon is compiled.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { say } from './npm.mjs';

const BUILD_TOOLS = ['python3', 'make', 'g++'];
/** Opens a database and asks it something: loading alone would not show a wrong binary. */
const PROBE = `new (require('sqlite3').Database)(':memory:', function (error) {
	if (error) throw error;
	this.get('SELECT 1 AS one', (failed, row) => process.exit(!failed && row.one === 1 ? 0 : 1));
})`;

function works(folder, node) {
	return spawnSync(node, ['-e', PROBE], { cwd: folder, stdio: 'ignore' }).status === 0;
}

function placePrebuilt(folder) {
	const modules = join(folder, 'node_modules');
	const prebuilt = join(
		modules,
		'@appthreat',
		'sqlite3',
		'prebuilds',
		`${process.platform}-${process.arch}`,
		'@appthreat+sqlite3.glibc.node',
	);
	if (!existsSync(prebuilt)) return;
	const target = join(modules, 'sqlite3', 'build', 'Release');
	mkdirSync(target, { recursive: true });
	copyFileSync(prebuilt, join(target, 'node_sqlite3.node'));
}

function compile(folder, node) {
	const missing = BUILD_TOOLS.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0);
	if (missing.length > 0) {
		throw new Error(
			`Install ${missing.join(', ')} (Debian: apt-get install -y build-essential python3): sqlite3 must be ` +
				'compiled here.',
		);
	}
	say('  sqlite3: compiling (about a minute)');
	const nodeHome = dirname(dirname(node));
	execFileSync('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'inherit'],
		env: {
			...process.env,
			PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
			npm_config_nodedir: nodeHome,
			npm_config_build_from_source: 'true',
		},
	});
}

/**
 * @param {string} folder where n8n was installed with npm
 * @param {string} node the Node.js that will run it
 */
export function provideSqlite(folder, node) {
	placePrebuilt(folder);
	if (works(folder, node)) return;
	compile(folder, node);
	if (!works(folder, node)) throw new Error(`Report this: sqlite3 was compiled in ${folder} but does not load.`);
}
