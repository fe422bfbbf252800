/**
 * `npm pack` into .cache/pack, from what is built in dist. Prints the tarball's path.
 *
 *     node scripts/pack.mjs
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKED = join(ROOT, '.cache', 'pack');

/** @returns {string} absolute path of the tarball */
export function packPackage() {
	if (!existsSync(join(ROOT, 'dist'))) throw new Error('Run "npm run build" first: there is no dist to pack.');
	rmSync(PACKED, { recursive: true, force: true });
	mkdirSync(PACKED, { recursive: true });
	const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', PACKED], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return join(PACKED, JSON.parse(printed)[0].filename);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${packPackage()}\n`);
