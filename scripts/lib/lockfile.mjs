/** Reads what a lockfile asks for and what npm says it has installed. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

function readJson(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return null;
	}
}

function isForThisMachine(entry) {
	const allows = (names, value) => {
		if (names === undefined) return true;
		const list = [names].flat();
		return list.includes(value) || list.every((name) => name.startsWith('!') && name !== `!${value}`);
	};
	// Which C library this is takes a look at the system; variants come in pairs, so neither is insisted on.
	return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && !entry.libc;
}

/** Of what may be absent, only the binaries made for this very machine are missed; others belong to other machines. */
function isNeededHere(entry) {
	return (entry.os !== undefined || entry.cpu !== undefined) && isForThisMachine(entry);
}

/** Package folders at the top of node_modules that the lockfile names for this machine. */
export function countTopLevel(folder) {
	const entries = Object.entries(readJson(join(folder, 'package-lock.json'))?.packages ?? {});
	return entries.filter(([path, entry]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && isForThisMachine(entry))
		.length;
}

/**
 * True when `node_modules` is what the lockfile asks for. npm writes `node_modules/.package-lock.json` as the last step
 * of an install, so an interrupted one does not count.
 */
export function isInstalled(folder) {
	const wanted = readJson(join(folder, 'package-lock.json'))?.packages;
	const present = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
	if (!wanted || !present) return false;
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === '') return true;
		if (present[path]) return present[path].version === entry.version && present[path].integrity === entry.integrity;
		return entry.peer === true || (entry.optional === true && !isNeededHere(entry));
	});
}

/** A short name for exactly these files' contents. */
export function hashFiles(paths) {
	const hash = createHash('sha256');
	for (const path of paths) hash.update(readFileSync(path)).update('\0');
	return hash.digest('hex').slice(0, 12);
}
