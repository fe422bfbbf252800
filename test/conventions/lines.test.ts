/** Lines that fit a window. Prettier breaks code, but neither comments, nor texts, nor regular expressions. */

import { expect, it } from '@jest/globals';
import { filesUnder, textOf } from './sources';

const MAX_COLUMNS = 120;
const COLUMNS_OF_A_TAB = 2;

it(`no line of code is longer than ${MAX_COLUMNS} columns`, () => {
	const long = filesUnder('.', ['.ts', '.mjs', '.cjs', '.js']).flatMap((path) =>
		textOf(path)
			.split('\n')
			.map((line, index) => ({ place: `${path}:${index + 1}`, columns: displayWidth(line) }))
			.filter(({ columns }) => columns > MAX_COLUMNS),
	);
	expect(long).toEqual([]);
});

function displayWidth(line: string): number {
	return line.replaceAll('\t', ' '.repeat(COLUMNS_OF_A_TAB)).length;
}
