/**
 * `npm run build`: tsc checks the types, and esbuild makes one readable file of credential, nodes, lib and the
 * libraries behind lib/vendor. It is one file, because all classes that n8n loads share the state of its modules (rate
 * limiters, sign-ins); and it has the libraries, because n8n verifies only packages that need no others at run time.
 * Where package.json names a file for n8n, that file takes its class out of the bundle.
 */

const { spawn } = require('node:child_process');
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { build: esbuild } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { loadedClasses } = require('./scripts/lib/manifest.mjs');

const ROOT = __dirname;
const DIST = join(ROOT, 'dist');
const BUNDLE = join(DIST, 'bundle.js');
const SOURCES = ['credentials/**/*.ts', 'nodes/**/*.ts', 'lib/**/*.ts'];
const ASSETS = ['icons/**/*.svg', 'credentials/**/*.{svg,png,json}', 'nodes/**/*.{svg,png,json}'];

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
	const heading = 'bundle.js contains code of the following packages.\n';
	writeFileSync(join(DIST, 'THIRD_PARTY_NOTICES.txt'), [heading, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

/** A module that exports every class that n8n loads. */
function exportsOf(classes) {
	return classes
		.map(({ file, className }) => {
			const source = file.replace(/^dist\//, './').replace(/\.js$/, '');
			return `export { ${className} } from '${source}';`;
		})
		.join('\n');
}

function writeEntry({ file, className }) {
	const folder = join(ROOT, dirname(file));
	const bundle = relative(folder, BUNDLE).replaceAll('\\', '/');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(ROOT, file), `exports.${className} = require('${bundle}').${className};\n`);
}

async function bundle() {
	const classes = loadedClasses(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
	const { metafile } = await esbuild({
		absWorkingDir: ROOT,
		stdin: { contents: exportsOf(classes), resolveDir: ROOT, sourcefile: 'package.json' },
		outfile: BUNDLE,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		// Reviewers and n8n's scanner read what is published.
		minify: false,
		charset: 'utf8',
		// Else each becomes a call of RegExp, which scripts/regexes.mjs cannot look into.
		supported: { 'regexp-unicode-property-escapes': true },
		metafile: true,
		tsconfig: 'tsconfig.json',
		logLevel: 'warning',
	});
	writeNotices(Object.keys(metafile.inputs));
	classes.forEach(writeEntry);
}

function assets() {
	return src(ASSETS, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

function verify() {
	const program = join(ROOT, 'scripts', 'verify-package.mjs');
	return runNode(program, ['.'], 'Make every file that "n8n" in package.json names load as n8n loads it:');
}

const build = series(clean, types, parallel(bundle, assets), verify);

exports.clean = clean;
exports.types = types;
exports.bundle = parallel(bundle, assets);
exports.build = build;
exports.watch = series(build, () => watch([...SOURCES, ...ASSETS], series(types, parallel(bundle, assets))));
exports.default = build;
