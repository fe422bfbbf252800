/** The pages of this repository, and what stands in them. */

import { filesUnder, textOf } from '../conventions/sources';

/** `.github/` aside: forms of the host. */
export const PAGES = filesUnder('.', ['.md']).filter((path) => !path.startsWith('.github'));

export interface Block {
	/** What stands behind the three backquotes; empty where nothing does. */
	readonly language: string;
	readonly text: string;
}

/** Blocks of code, those in lists included. */
export function blocksOf(page: string): Block[] {
	const parts = textOf(page).split(/^ *```(.*)\n([^]*?)^ *```$/m);
	const blocks: Block[] = [];
	for (let at = 0; at + 2 < parts.length; at += 3)
		blocks.push({ language: parts[at + 1], text: parts[at + 2].replace(/^ {3}/gm, '') });
	return blocks;
}

/** What stands between single backquotes, over the end of a line as well. */
export function quotedIn(page: string): string[] {
	const prose = textOf(page).replace(/^ *```[^]*?^ *```$/gm, '');
	return [...prose.matchAll(/`([^`]+)`/g)].map(([, quoted]) => quoted.replace(/\s+/g, ' '));
}
