/**
 * Loads a built package as n8n does: every file that the `n8n` section of its package.json names is required and its
 * class instantiated, and n8n's own loader takes the whole package. It is put in a folder where nothing but
 * n8n-workflow can be found beside it, so that a library that was not bundled shows up here and not at a user's.
 *
 *     node scripts/verify-package.mjs <folder with package.json and dist>
 */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadedClasses } from './lib/manifest.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

function iconsOf({ icon }) {
	return typeof icon === 'string' ? [icon] : Object.values(icon ?? {});
}

/** What is wrong with one file, or nothing. */
function problemsOf(load, folder, { file, className }) {
	const path = join(folder, file);
	if (!existsSync(path)) return [`${file}: is not there`];
	let instance;
	try {
		const Class = load(path)[className];
		if (typeof Class !== 'function') return [`${file}: does not export a class ${className}`];
		instance = new Class();
	} catch (error) {
		return [`${file}: ${error.stack ?? error}`];
	}
	const described = instance.description ?? instance;
	if (!described.name) return [`${file}: has no name`];
	return iconsOf(described)
		.filter((icon) => !existsSync(join(dirname(path), icon.replace(/^file:/, ''))))
		.map((icon) => `${file}: its icon ${icon} is not there`);
}

function copyPackage(from, to, name) {
	const folder = join(to, 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	for (const part of ['package.json', 'dist']) {
		if (existsSync(join(from, part))) cpSync(join(from, part), join(folder, part), { recursive: true });
	}
	symlinkSync(join(ROOT, 'node_modules', 'n8n-workflow'), join(to, 'node_modules', 'n8n-workflow'));
	return folder;
}

/**
 * n8n checks more than that a class can be made, e.g. where hints may stand; what its loader refuses is not in the
 * editor.
 */
async function refusedByN8n(folder) {
	const load = createRequire(join(ROOT, 'package.json'));
	load('reflect-metadata');
	const { PackageDirectoryLoader } = load('n8n-core');
	try {
		await new PackageDirectoryLoader(folder).loadAll();
		return [];
	} catch (error) {
		return [`n8n does not load the package: ${error.message}`];
	}
}

/** @returns {Promise<string[]>} one line per problem */
export async function verifyPackage(packageFolder) {
	const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
	const away = mkdtempSync(join(tmpdir(), 'verify-package-'));
	try {
		const folder = copyPackage(packageFolder, away, manifest.name);
		const load = createRequire(join(folder, 'package.json'));
		const named = loadedClasses(manifest);
		if (named.length === 0) return ['package.json: its "n8n" section names no file'];
		const problems = named.flatMap((one) => problemsOf(load, folder, one));
		return problems.length > 0 ? problems : await refusedByN8n(folder);
	} finally {
		rmSync(away, { recursive: true, force: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const problems = await verifyPackage(resolve(process.argv[2] ?? '.'));
	for (const problem of problems) process.stdout.write(`${problem}\n`);
	process.exitCode = problems.length === 0 ? 0 : 1;
}
