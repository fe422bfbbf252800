/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   benchmarks print, and leave their results in files */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows as a table with aligned columns; numbers to the right. */
export function table(rows: ReadonlyArray<Readonly<Record<string, string | number>>>): string {
	if (rows.length === 0) return '(nothing)';
	const columns = Object.keys(rows[0]);
	const width = (column: string) => Math.max(column.length, ...rows.map((row) => String(row[column]).length));
	const cell = (column: string, value: string | number) =>
		typeof value === 'number' ? String(value).padStart(width(column)) : value.padEnd(width(column));
	const isNumber = (column: string) => rows.every((row) => typeof row[column] === 'number');
	const head = columns.map((column) =>
		isNumber(column) ? column.padStart(width(column)) : column.padEnd(width(column)),
	);
	const rule = columns.map((column) => '-'.repeat(width(column)));
	const body = rows.map((row) =>
		columns
			.map((column) => cell(column, row[column]))
			.join('  ')
			.trimEnd(),
	);
	return [head.join('  ').trimEnd(), rule.join('  '), ...body].join('\n');
}

/** Writes `bench/results/<name>.json` and says so. */
export function writeResults(name: string, results: unknown): void {
	const folder = join(__dirname, 'results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, '\t')}\n`);
	console.log(`\nFigures: bench/results/${name}.json`);
}
