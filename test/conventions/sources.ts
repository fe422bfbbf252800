/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the repository's files */
/** The repository's source files, and what each of them imports. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { preProcessFile } from 'typescript';

export const ROOT = join(__dirname, '..', '..');

/** Installed, built or kept for the next run; nobody writes in them. */
const NOT_SOURCES: readonly string[] = ['node_modules', 'dist', 'coverage', '.cache', '.git', 'results'];

/** Paths from the repository's root, of files whose names end in one of `endings`. */
export function filesUnder(folder: string, endings: readonly string[]): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return NOT_SOURCES.includes(entry.name) ? [] : filesUnder(path, endings);
		return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
	});
}

export function textOf(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

export interface Import {
	readonly from: string;
	/** A file of the repository as its path, anything else as it is named, e.g. `node:crypto`. */
	readonly to: string;
}

/** Of types as well: who needs another's types knows its insides. */
export function importsOf(path: string): Import[] {
	return preProcessFile(textOf(path), true, true).importedFiles.map(({ fileName }) => ({
		from: path,
		to: fileName.startsWith('.') ? fileAt(join(ROOT, dirname(path), fileName)) : fileName,
	}));
}

function fileAt(named: string): string {
	const found = [named, `${named}.ts`, join(named, 'index.ts')].find(
		(path) => existsSync(path) && statSync(path).isFile(),
	);
	return relative(ROOT, found ?? named);
}
