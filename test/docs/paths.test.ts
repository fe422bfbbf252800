/** Every file and folder of the repository that a page names is there: pages grow old where code moves. */

import { describe, expect, it } from '@jest/globals';

import { filesUnder } from '../conventions/sources';
import { PAGES, quotedIn } from './pages';

const FILES = filesUnder('.', ['']);

/** Made by a command, and in no clone. */
const MADE: readonly string[] = ['bench/results/', 'dist/'];

const FOLDERS = 'lib|nodes|credentials|simulator|tools|examples|demo|bench|docs|scripts|test';
/** `lib/csv`, `test/conventions/`. */
const UNDER_A_FOLDER = new RegExp(`^(${FOLDERS})/[\\w./-]*$`);
/** `guards.ts`, `plan/guards.ts`. */
const FILE = /^[\w./-]+\.(ts|mjs|cjs|md)$/;

/** What has a place to be filled in, such as `<name>`, is none. */
function isPath(text: string): boolean {
	return (UNDER_A_FOLDER.test(text) || FILE.test(text)) && !MADE.some((folder) => text.startsWith(folder));
}

function exists(path: string): boolean {
	const bare = path.replace(/\/$/, '');
	return FILES.some((file) => `/${file}`.endsWith(`/${bare}`) || `/${file}`.includes(`/${bare}/`));
}

describe('paths', () => {
	it.each(PAGES)('%s', (page) => {
		expect(quotedIn(page).filter((text) => isPath(text) && !exists(text))).toEqual([]);
	});

	it('are found at all', () => {
		expect(quotedIn('docs/architecture.md').filter(isPath).length).toBeGreaterThan(50);
	});
});
