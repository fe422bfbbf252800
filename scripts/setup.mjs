/**
 * Installs what the other commands need, if it is not there yet. Uses nothing but Node.js and npm, so that every
 * command works on a fresh clone: `npm test` and the others run this first.
 */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTopLevel, isInstalled } from './lib/lockfile.mjs';
import { withLock } from './lib/lock.mjs';
import { npmCi, say } from './lib/npm.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** `require` of ES modules and other things that the tools rely on; the same figure as "engines" in package.json. */
const OLDEST_NODE = [20, 19];

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
	say(
		`Install Node.js ${OLDEST_NODE.join('.')} or newer and run the command again: this is Node.js ` +
			`${process.versions.node}.`,
	);
	process.exit(1);
}

async function install() {
	if (isInstalled(ROOT)) return;
	say('Installing the development tools (once; again when package-lock.json changes)');
	await npmCi(ROOT, 'development tools', countTopLevel(ROOT));
}

checkNode();
if (!isInstalled(ROOT)) {
	mkdirSync(join(ROOT, '.cache'), { recursive: true });
	try {
		await withLock(join(ROOT, '.cache', 'setup.lock'), install, (pid) =>
			say(`Waiting for the set-up of process ${pid}`),
		);
	} catch (error) {
		say(error.message);
		process.exit(1);
	}
}
