/**
 * Installs a real n8n for tests and the demo, outside this package's node_modules and once per lockfile:
 *
 *     node scripts/n8n-runtime.mjs current      the newest n8n, with a Node.js of its own from the npm registry
 *     node scripts/n8n-runtime.mjs oldest       the oldest supported n8n, on the Node.js of this machine
 *     ... --json                                tells on stdout where it is, one line per n8n
 *
 * It lands in $XDG_CACHE_HOME (or ~/.cache) /n8n-nodes-apio/<name>-<hash of the lockfile>. A marker is written last, so
 * an install that was interrupted is done again.
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countTopLevel, hashFiles } from './lib/lockfile.mjs';
import { withLock } from './lib/lock.mjs';
import { npmCi, say } from './lib/npm.mjs';
import { provideSqlite } from './lib/sqlite.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COPIED = ['package.json', 'package-lock.json', '.npmrc'];
/** Node.js releases that each n8n accepts (its "engines"), and the room that the installed folder takes. */
const RUNTIMES = {
	current: { nodeMajors: [24, Infinity], gigabytes: 3.5 },
	oldest: { nodeMajors: [20, 24], gigabytes: 2.5 },
};
const GIGABYTE = 2 ** 30;

function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-apio');
}

/** The Node.js that runs this n8n: the one installed beside it, or this process's own where its release fits. */
function chooseNode(name, folder) {
	const packaged = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	if (existsSync(packaged)) return packaged;
	const [from, to] = RUNTIMES[name].nodeMajors;
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= from && major <= to) return process.execPath;
	throw new Error(
		`Run the command with Node.js ${from}${to === Infinity ? ' or newer' : ` to ${to}`}: the ${name} n8n needs it, ` +
			`this is ${process.versions.node}, and the npm registry has none for ${process.platform} ${process.arch}.`,
	);
}

function checkRoom(name, folder) {
	const { bavail, bsize } = statfsSync(dirname(folder));
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= RUNTIMES[name].gigabytes) return;
	throw new Error(
		`Make room in ${dirname(folder)} or point XDG_CACHE_HOME elsewhere: the ${name} n8n takes ` +
			`${RUNTIMES[name].gigabytes} GiB and ${free.toFixed(1)} GiB are free.`,
	);
}

function describe(name, folder) {
	const manifest = JSON.parse(readFileSync(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	return {
		name,
		folder,
		version: manifest.version,
		node: chooseNode(name, folder),
		bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function install(name, source, folder) {
	const { version } = JSON.parse(readFileSync(join(source, 'package-lock.json'), 'utf8')).packages['node_modules/n8n'];
	say(`Installing n8n ${version} for tests and demo (once, two or three minutes): ${folder}`);
	checkRoom(name, folder);
	mkdirSync(folder, { recursive: true });
	for (const file of COPIED) copyFileSync(join(source, file), join(folder, file));
	await npmCi(folder, `n8n ${version}`, countTopLevel(folder));

	const node = chooseNode(name, folder);
	provideSqlite(folder, node);
	const printed = execFileSync(node, [describe(name, folder).bin, '--version'], {
		cwd: folder,
		encoding: 'utf8',
	}).trim();
	if (!printed.endsWith(version))
		throw new Error(`Report this: n8n ${version} was installed but says it is ${printed}.`);
}

/**
 * @param {'current' | 'oldest'} name
 * @returns {Promise<{ name: string, folder: string, version: string, node: string, bin: string }>} absolute paths
 */
export async function ensureN8n(name) {
	const source = join(ROOT, 'tools', 'n8n', name);
	const folder = join(cacheFolder(), `${name}-${hashFiles(COPIED.map((file) => join(source, file)))}`);
	const marker = join(folder, 'ready');
	if (!existsSync(marker)) {
		mkdirSync(cacheFolder(), { recursive: true });
		const work = async () => {
			if (existsSync(marker)) return;
			await install(name, source, folder);
			writeFileSync(marker, `${new Date().toISOString()}\n`);
		};
		await withLock(`${folder}.lock`, work, (pid) =>
			say(`Waiting for process ${pid}, which is installing the same n8n`),
		);
	}
	return describe(name, folder);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
	const unknown = names.filter((name) => !(name in RUNTIMES));
	if (names.length === 0 || unknown.length > 0) {
		say(
			`Name one or more of ${Object.keys(RUNTIMES).join(', ')}: "${unknown.join(' ')}" is no n8n that the tests know.`,
		);
		process.exit(2);
	}
	try {
		for (const name of names) {
			const runtime = await ensureN8n(name);
			if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(runtime)}\n`);
		}
	} catch (error) {
		say(error.message);
		process.exit(1);
	}
}
