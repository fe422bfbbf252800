/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the pages */
/** The tables in docs/ say what the tables in the code say: `npm run docs` writes them. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect, it } from '@jest/globals';

import { PAGES, withTables } from '../../scripts/docs/generated';

const ROOT = resolve(__dirname, '../..');

it.each(PAGES)('%s is as "npm run docs" writes it', (page) => {
	const text = readFileSync(join(ROOT, page), 'utf8');
	expect(text).toBe(withTables(page, text));
});

it.each(PAGES)('%s loses no table unnoticed', (page) => {
	expect(() => withTables(page, '# A page without markers')).toThrow('lacks the markers');
});
