/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions, no-console
   -- starts a process for each measurement and prints the figures */

/**
 * CSV to rows and CSV to a plan beside bare csv-parse on the same file, in turns (docs/benchmarks.md): time, memory,
 * and a tenth of the rows. `main.ts [rows] [rounds]`; 1,000,000 rows and 5 rounds by default.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { atMost, table, writeResults, type Bar } from '../report';
import { median, ratios, shownSpread, type Spread } from '../statistics';
import type { Measurement } from './measure';
import { writeSampleFile } from './sample-file';

const CONTENDERS = [
	'csv-parse/sync',
	'csv-parse stream',
	'CSV to rows',
	'CSV to plan',
	'CSV to plan, first night',
] as const;
type Contender = (typeof CONTENDERS)[number];
/** csv-parse's two faces: the faster one counts. */
const BARE: readonly Contender[] = ['csv-parse/sync', 'csv-parse stream'];
type Rounds = Readonly<Record<Contender, readonly Measurement[]>>;

type Bars = Partial<Pick<Result, 'timesBare' | 'timesATenth' | 'peakMegabytes'>>;
const BARS: Partial<Record<Contender, Bars>> = {
	'CSV to plan': { timesBare: 1, timesATenth: 11, peakMegabytes: 400 },
	'CSV to plan, first night': { timesBare: 1.8, timesATenth: 11 },
};

const FIGURES: Readonly<Record<keyof Bars, string>> = {
	timesBare: 'time beside bare csv-parse',
	timesATenth: 'time beside a tenth of the rows',
	peakMegabytes: 'peak MB',
};

async function main([rows = 1_000_000, rounds = 5]: readonly number[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'csv-bench-'));
	try {
		const program = join(folder, 'measure.js');
		buildSync({
			entryPoints: [join(__dirname, 'measure.ts')],
			outfile: program,
			bundle: true,
			platform: 'node',
			target: 'node20',
		});
		const small = await measureAll(program, folder, Math.round(rows / 10), rounds);
		const large = await measureAll(program, folder, rows, rounds);
		judge(rows, small, large);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function measureAll(program: string, folder: string, rows: number, rounds: number): Promise<Rounds> {
	const path = join(folder, `${rows}.csv`);
	const megabytes = writeSampleFile(path, rows) / 1e6;
	console.log(`${rows.toLocaleString('en-US')} rows, ${megabytes.toFixed(1)} MB, ${rounds} rounds`);
	const measured = Object.fromEntries(CONTENDERS.map((contender) => [contender, [] as Measurement[]])) as Record<
		Contender,
		Measurement[]
	>;
	for (let round = 0; round < rounds; round++) {
		for (let turn = 0; turn < CONTENDERS.length; turn++) {
			// Who goes first changes with every round.
			const contender = CONTENDERS[(turn + round) % CONTENDERS.length] as Contender;
			measured[contender].push(await measure(program, contender, path, rows));
		}
	}
	return measured;
}

/** In a process of its own, so that memory is one contender's alone and no code is warm. */
async function measure(program: string, contender: Contender, path: string, rows: number): Promise<Measurement> {
	const child = spawn(process.execPath, [program, contender, path, String(rows)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	for await (const text of child.stdout) printed += String(text);
	return JSON.parse(printed) as Measurement;
}

interface Result {
	readonly contender: Contender;
	/** Times and ratios of times are of the best rounds: other work on the machine only ever adds time. */
	readonly seconds: number;
	readonly standInSeconds: number;
	readonly timesBare: number;
	readonly timesATenth: number;
	/** Processor time, round by round. */
	readonly cpuSeconds: number;
	readonly timesBareInCpu: Spread;
	/** The worst of all rounds. */
	readonly peakMegabytes: number;
}

function judge(rows: number, small: Rounds, large: Rounds): void {
	const results = CONTENDERS.map((contender) => resultOf(contender, small, large));
	console.log(`\n${table(results.map(row))}`);
	writeResults('csv', results.flatMap(barsOf), { rows, results, rounds: { small, large } });
}

function barsOf(result: Result): Bar[] {
	const bars = Object.entries(BARS[result.contender] ?? {}) as Array<[keyof Bars, number]>;
	return bars.map(([figure, bar]) => atMost(`${result.contender}: ${FIGURES[figure]}`, result[figure], bar));
}

function resultOf(contender: Contender, small: Rounds, large: Rounds): Result {
	const rounds = large[contender];
	const best = (measured: readonly Measurement[]) => Math.min(...measured.map(({ milliseconds }) => milliseconds));
	const cpu = rounds.map(({ cpuMilliseconds }) => cpuMilliseconds);
	return {
		contender,
		seconds: best(rounds) / 1000,
		standInSeconds: Math.min(...rounds.map(({ standInMilliseconds }) => standInMilliseconds)) / 1000,
		timesBare: best(rounds) / Math.min(...BARE.map((face) => best(large[face]))),
		timesATenth: best(rounds) / best(small[contender]),
		cpuSeconds: median(cpu) / 1000,
		timesBareInCpu: ratios(
			cpu,
			rounds.map((_, round) => Math.min(...BARE.map((face) => (large[face][round] as Measurement).cpuMilliseconds))),
		),
		peakMegabytes: Math.max(...rounds.map((round) => round.peakMegabytes)),
	};
}

const row = (result: Result) => ({
	contender: result.contender,
	'best s': round(result.seconds),
	'x bare': round(result.timesBare),
	'x a tenth': round(result.timesATenth),
	'cpu s': round(result.cpuSeconds),
	'x bare, cpu': shownSpread(result.timesBareInCpu),
	'stand-in s': round(result.standInSeconds),
	'peak MB': Math.round(result.peakMegabytes),
});

function round(value: number): number {
	return Math.round(value * 100) / 100;
}

void main(process.argv.slice(2).map(Number));
