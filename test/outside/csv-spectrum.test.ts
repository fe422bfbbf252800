/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the suite's files */
/** csv-spectrum (npm, BSD-2-Clause): CSV files, and the objects that they are. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cut, filled } from './reading';
import { holdAgainst, type Case } from './suite';

const FOLDER = dirname(require.resolve('csv-spectrum/package.json'));

function objects(file: Uint8Array): Array<Record<string, string>> {
	const [header = [], ...rows] = filled(cut(file));
	return rows.map((cells) => Object.fromEntries(cells.map((cell, column) => [header[column] ?? '', cell])));
}

const cases = readdirSync(join(FOLDER, 'csvs')).map((file): Case => {
	const name = file.replace(/\.csv$/, '');
	const expected: unknown = JSON.parse(readFileSync(join(FOLDER, 'json', `${name}.json`), 'utf8'));
	const input = readFileSync(join(FOLDER, 'csvs', file));
	return { name, input, expected, actual: () => objects(input) };
});

holdAgainst('csv-spectrum', cases, [
	{ reason: 'Line ends inside quotation marks become one LF, whatever the file has', cases: ['newlines_crlf'] },
	{ reason: "The suite's own JSON has another phone number than its CSV", cases: ['location_coordinates'] },
]);
