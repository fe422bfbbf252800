/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the pages */
/** Links between the pages of this repository lead to a file that exists, and to a heading that it has. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { filesUnder, textOf } from '../conventions/sources';
import { PAGES } from './pages';

const ROOT = resolve(__dirname, '../..');

interface Link {
	readonly path: string;
	readonly heading: string | undefined;
}

function linksOf(page: string): Link[] {
	const text = readFileSync(join(ROOT, page), 'utf8');
	return [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path, heading]) => ({
		path: path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path)),
		heading,
	}));
}

/** As GitHub names a heading in an address: lower case, no punctuation, hyphens for spaces. */
function headingsOf(page: string): string[] {
	const lines = readFileSync(join(ROOT, page), 'utf8').split('\n');
	return lines
		.filter((line) => /^#+ /.test(line))
		.map((line) =>
			line
				.replace(/^#+ /, '')
				.toLowerCase()
				.replace(/[^\p{Letter}\p{Number} _-]/gu, '')
				.trim()
				.replaceAll(' ', '-'),
		);
}

describe('links', () => {
	it.each(PAGES)('%s', (page) => {
		const dead = linksOf(page).filter(({ path, heading }) => {
			if (!existsSync(join(ROOT, path))) return true;
			return heading !== undefined && !headingsOf(path).includes(heading);
		});
		expect(dead).toEqual([]);
	});

	it('from the nodes and the credential lead to a page and a heading', () => {
		const addresses = ['nodes', 'credentials']
			.flatMap((folder) => filesUnder(folder, ['.ts', '.json']))
			.flatMap((path) => [
				...textOf(path).matchAll(/n8n-nodes-apio\/n8n-nodes-apio(?:\/blob\/main\/([^"'#]+))?(?:#([\w-]+))?["']/g),
			]);
		const dead = addresses.filter(([, page = 'README.md', heading]) => {
			return !existsSync(join(ROOT, page)) || (heading !== undefined && !headingsOf(page).includes(heading));
		});
		expect(addresses.length).toBeGreaterThan(5);
		expect(dead).toEqual([]);
	});

	it('show every picture of docs/images', () => {
		const shown = PAGES.flatMap((page) => linksOf(page).map(({ path }) => path));
		const pictures = filesUnder('docs/images', ['']);
		expect(pictures.length).toBeGreaterThan(4);
		expect(pictures.filter((path) => !shown.includes(path))).toEqual([]);
	});

	it('are found at all', () => {
		expect(linksOf('README.md').length).toBeGreaterThan(5);
	});
});
