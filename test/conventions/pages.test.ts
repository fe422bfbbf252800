/** Whoever reads the code has nothing but this repository: what a file points to is in it. */

import { expect, it } from '@jest/globals';
import { filesUnder, textOf } from './sources';

it('every page that code or page names is in the repository', () => {
	const names = filesUnder('.', ['.md']).map((path) => path.slice(path.lastIndexOf('/') + 1));
	const missing = filesUnder('.', ['.ts', '.mjs', '.cjs', '.js', '.md']).flatMap((path) =>
		[...textOf(path).matchAll(/[\w-]+\.md\b/g)].flatMap(([name]) => (names.includes(name) ? [] : [`${path}: ${name}`])),
	);
	expect(missing).toEqual([]);
});
