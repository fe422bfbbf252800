/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   benchmarks print, and leave their results in files */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** What a figure of a benchmark must reach, and what it was. */
export interface Bar {
	readonly figure: string;
	readonly measured: string;
	readonly bar: string;
	readonly isReached: boolean;
}

export function atMost(figure: string, measured: number, most: number, digits = 2): Bar {
	return { figure, measured: measured.toFixed(digits), bar: `at most ${most}`, isReached: measured <= most };
}

export function atLeast(figure: string, measured: number, least: number, digits = 2): Bar {
	return { figure, measured: measured.toFixed(digits), bar: `at least ${least}`, isReached: measured >= least };
}

/** Writes `bench/results/<name>.json`, prints the bars, and lets the process exit with 1 where one is missed. */
export function writeResults(name: string, bars: readonly Bar[], results: object): void {
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(fileOf(name), `${JSON.stringify({ bars, ...results }, null, '\t')}\n`);
	console.log(`\n${barTable({ [name]: bars })}\n\nFigures: bench/results/${name}.json`);
	if (bars.some(({ isReached }) => !isReached)) process.exitCode = 1;
}

/** Those of its last run; null where that wrote none. */
export function barsOf(name: string): Bar[] | null {
	return existsSync(fileOf(name)) ? (JSON.parse(readFileSync(fileOf(name), 'utf8')) as { bars: Bar[] }).bars : null;
}

export function forgetResults(name: string): void {
	rmSync(fileOf(name), { force: true });
}

/** @param benchmarks the bars of each by its name; null for one that ended without results */
export function barTable(benchmarks: Readonly<Record<string, readonly Bar[] | null>>): string {
	return table(
		Object.entries(benchmarks).flatMap(([benchmark, bars]) =>
			(bars ?? [NO_RESULTS]).map(({ figure, measured, bar, isReached }) => ({
				benchmark,
				figure,
				measured,
				bar,
				verdict: isReached ? 'reached' : 'MISSED',
			})),
		),
	);
}

const NO_RESULTS: Bar = { figure: '(ended without results)', measured: '', bar: '', isReached: false };

const FOLDER = join(__dirname, 'results');

function fileOf(name: string): string {
	return join(FOLDER, `${name}.json`);
}
