/**
 * What n8n checks before it verifies a community node, before anything is published: the configuration of its own
 * scanner over the source and over the packed package, and the packed package loads as n8n loads it. Needs dist (npm
 * run build).
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// The scanner has no "exports" map, so this path is not promised: its version is pinned in package.json.
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { packPackage } from './pack.mjs';
import { verifyPackage } from './verify-package.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];

function unpack(tarball) {
	const folder = mkdtempSync(join(tmpdir(), 'scan-package-'));
	execFileSync('tar', ['xzf', tarball, '-C', folder]);
	return { folder, packageFolder: join(folder, 'package') };
}

async function scan(what, folder, patterns) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	return passed ? [] : [`${what}: ${[message, details].filter(Boolean).join('\n')}`];
}

const { folder, packageFolder } = unpack(packPackage());
const problems = [
	...(await scan('source', ROOT, SOURCE_FILE_PATTERNS)),
	...(await scan('package', packageFolder, PUBLISHED_FILE_PATTERNS)),
	...(await verifyPackage(packageFolder)),
];
rmSync(folder, { recursive: true, force: true });

if (problems.length > 0) {
	process.stdout.write(`Correct what n8n's package scanner would refuse:\n${problems.join('\n')}\n`);
	process.exitCode = 1;
} else {
	process.stdout.write('Scan: no error in source and package; every file named in the n8n section loads.\n');
}
