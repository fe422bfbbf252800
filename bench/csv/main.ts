/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- starts a process for each measurement and prints the figures */

/**
 * CSV to rows beside bare csv-parse on the same file, in turns (design.md section 7): time, memory, and a tenth of the rows.
 * `main.ts [rows] [rounds]`; 1,000,000 rows and 3 rounds by default.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { table, writeResults } from '../report';
import type { Measurement } from './measure';
import { writeSampleFile } from './sample-file';

const READERS = ['csv-parse/sync', 'csv-parse stream', 'readCsv', 'readCsv + lists'] as const;
type Reader = (typeof READERS)[number];
type Best = Readonly<Record<Reader, Measurement>>;

/** For reading and building the lists. */
const BAR = { timesBare: 1.5, timesATenth: 11, peakMegabytes: 400 };

async function main([rows = 1_000_000, rounds = 3]: readonly number[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'csv-bench-'));
	try {
		const program = join(folder, 'measure.js');
		buildSync({ entryPoints: [join(__dirname, 'measure.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20' });
		const small = await measureAll(program, folder, Math.round(rows / 10), rounds);
		const large = await measureAll(program, folder, rows, rounds);
		judge(rows, small, large);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The best of all rounds, since other work on the machine only ever adds time; but the worst memory. */
async function measureAll(program: string, folder: string, rows: number, rounds: number): Promise<Best> {
	const path = join(folder, `${rows}.csv`);
	const megabytes = writeSampleFile(path, rows) / 1e6;
	console.log(`${rows.toLocaleString('en-US')} rows, ${megabytes.toFixed(1)} MB, best of ${rounds}`);
	const best: Partial<Record<Reader, Measurement>> = {};
	for (let round = 0; round < rounds; round++) {
		for (const reader of READERS) {
			const measured = await measure(program, reader, path);
			const before = best[reader] ?? measured;
			best[reader] = {
				count: measured.count,
				milliseconds: Math.min(measured.milliseconds, before.milliseconds),
				cpuMilliseconds: Math.min(measured.cpuMilliseconds, before.cpuMilliseconds),
				peakMegabytes: Math.max(measured.peakMegabytes, before.peakMegabytes),
			};
		}
	}
	return best as Best;
}

/** In a process of its own, so that memory is one reader's alone and no code is warm. */
async function measure(program: string, reader: Reader, path: string): Promise<Measurement> {
	const child = spawn(process.execPath, [program, reader, path], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	for await (const text of child.stdout) printed += String(text);
	return JSON.parse(printed) as Measurement;
}

function judge(rows: number, small: Best, large: Best): void {
	const bare = Math.min(large['csv-parse/sync'].milliseconds, large['csv-parse stream'].milliseconds);
	const results = READERS.map((reader) => ({
		reader,
		seconds: round(large[reader].milliseconds / 1000),
		cpuSeconds: round(large[reader].cpuMilliseconds / 1000),
		timesBare: round(large[reader].milliseconds / bare),
		timesATenth: round(large[reader].milliseconds / small[reader].milliseconds),
		peakMegabytes: Math.round(large[reader].peakMegabytes),
	}));
	console.log(`\n${table(results)}`);
	writeResults('csv', { rows, bar: BAR, results });
	const whole = results[results.length - 1] as (typeof results)[number];
	for (const figure of Object.keys(BAR) as Array<keyof typeof BAR>) {
		if (whole[figure] <= BAR[figure]) continue;
		console.error(`${whole.reader}: ${figure} is ${whole[figure]}, the bar is ${BAR[figure]}.`);
		process.exitCode = 1;
	}
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}

void main(process.argv.slice(2).map(Number));
