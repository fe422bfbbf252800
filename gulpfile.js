/**
 * `npm run build`: credentials, nodes and lib become readable JavaScript in `dist`, file by file, so that both nodes
 * share the same modules at run time. Only `lib/vendor`, the one door for libraries, is bundled, because n8n verifies
 * only packages that need no others at run time.
 */

const { spawn } = require('node:child_process');
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { build: esbuild } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');

const ROOT = __dirname;
const DIST = join(ROOT, 'dist');
const VENDOR = join('lib', 'vendor');
const SOURCES = ['credentials/**/*.ts', 'nodes/**/*.ts', 'lib/**/*.ts'];
const ASSETS = ['icons/**/*.svg', 'credentials/**/*.{svg,png,json}', 'nodes/**/*.{svg,png,json}', 'lib/**/*.json'];

/** An error that gulp shows without the stack of this file, so that its first line is the advice. */
function advise(message) {
	return Object.assign(new Error(message), { showStack: false });
}

/** Runs a Node.js program; where it fails, `advice` comes first and what it printed after it. */
function runNode(program, args, advice) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
		let printed = '';
		child.stdout.setEncoding('utf8').on('data', (text) => {
			printed += text;
		});
		child.once('error', reject);
		child.once('close', (code) => (code === 0 ? resolve() : reject(advise(`${advice}\n${printed}`))));
	});
}

async function clean() {
	rmSync(DIST, { recursive: true, force: true });
}

function types() {
	const compiler = require.resolve('typescript/bin/tsc');
	return runNode(compiler, ['-p', 'tsconfig.build.json'], 'Correct these types (npm run typecheck shows them again):');
}

/** The package that a bundled file came from, e.g. "zod" or "@scope/name". */
function packageOf(path) {
	return path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
}

/** Bundling copies other people's code, and their licences ask for their notices to come with it. */
function writeNotices(bundledFiles) {
	const packages = [...new Set(bundledFiles.map(packageOf).filter(Boolean))].sort();
	const notices = packages.map((name) => {
		const folder = join(ROOT, 'node_modules', name);
		const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
		if (!file) throw advise(`Add the licence of ${name} by hand: the package has no licence file.`);
		return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
	});
	const heading = 'This package contains code of the following packages, in lib/vendor.\n';
	writeFileSync(join(DIST, 'THIRD_PARTY_NOTICES.txt'), [heading, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

async function vendor() {
	const doors = readdirSync(join(ROOT, VENDOR)).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
	const { metafile } = await esbuild({
		absWorkingDir: ROOT,
		entryPoints: doors.map((name) => join(VENDOR, name)),
		outdir: join(DIST, VENDOR),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// Reviewers and n8n's scanner read what is published.
		minify: false,
		metafile: true,
		tsconfig: 'tsconfig.json',
		logLevel: 'warning',
	});
	writeNotices(Object.keys(metafile.inputs));
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

function verify() {
	const program = join(ROOT, 'scripts', 'verify-package.mjs');
	return runNode(program, ['.'], 'Make every file that "n8n" in package.json names load as n8n loads it:');
}

const build = series(clean, types, parallel(vendor, assets), verify);

exports.clean = clean;
exports.types = types;
exports.bundle = parallel(vendor, assets);
exports.build = build;
exports.watch = series(build, () => watch([...SOURCES, ...ASSETS], series(types, parallel(vendor, assets))));
exports.default = build;
