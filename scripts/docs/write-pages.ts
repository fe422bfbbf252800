/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   writes the pages */
/** Writes the tables of docs/ that come from the code into their pages. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PAGES, withTables } from './generated';

const ROOT = resolve(__dirname, '../..');

export function writePages(): void {
	for (const page of PAGES) writeFileSync(join(ROOT, page), withTables(page, readFileSync(join(ROOT, page), 'utf8')));
}
