/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   a benchmark prints its tables, and returns its result as its exit code */

/**
 * A week of syncs every quarter of an hour, reading only changed lists beside reading all, in virtual time
 * (docs/benchmarks.md). `npx tsx bench/week/main.ts [lists] [runs] [seed]`
 */

import { DEFAULT_OPTIONS } from '../../lib/options';
import { atMost, table, writeResults } from '../report';
import { total } from '../statistics';
import { FULL_WEEK, runWeek, type WeekFigures, type WeekSize } from './week';

/**
 * Requests a run, by the middle run: the lists whose turn it is, a read and a write of two lists for each change, and
 * of one for each edit by somebody else.
 */
function mostRequests({ lists, changes, edits }: WeekSize): number {
	return lists / DEFAULT_OPTIONS.lookEvery + 4 * changes + 2 * edits;
}

const requestsOf = ({ reads, writes }: WeekFigures) => reads + writes;

async function main([lists, runs, seed]: readonly number[]): Promise<void> {
	const size = { ...FULL_WEEK, lists: lists ?? FULL_WEEK.lists, runs: runs ?? FULL_WEEK.runs };
	const from = performance.now();
	const changed = await runWeek(size, 'changed', seed ?? 1);
	const all = await runWeek(size, 'all', seed ?? 1);
	console.log(`${size.runs} runs of ${size.lists} lists of ${size.members}, ${size.changes} changes before each,`);
	console.log(
		`${changed.edits.made} edits by other people, 10 requests a second, faults and a killed run each night.\n`,
	);
	console.log(
		table(
			[changed, all].map((figures) => ({
				'lists read': figures.readLists,
				reads: figures.reads,
				writes: figures.writes,
				'requests a run': `${figures.requestsPerRun.median}, at most ${figures.requestsPerRun.most}`,
				'seconds a run': `${shown(figures.secondsPerRun.median)}, at most ${shown(figures.secondsPerRun.most)}`,
				'edit found after, at most': `${figures.edits.runsUntilFound} runs, ${minutes(figures)} min`,
				'lists wrong': figures.wrongLists,
			})),
		),
	);
	const share = requestsOf(changed) / requestsOf(all);
	console.log(`\nRequests: ${(share * 100).toFixed(1)} % of reading all. Memory: ${changed.memoryBytes} bytes.`);
	console.log(`It took ${Math.round((performance.now() - from) / 1000)} s.`);
	const wrong = total([changed, all].map(({ wrongLists }) => wrongLists));
	const removed = total([changed, all].map(({ wrongRemovals }) => wrongRemovals));
	const bars = [
		atMost('lists wrong at the end', wrong, 0, 0),
		atMost('removals of somebody whom the source wants', removed, 0, 0),
		atMost('runs until an edit is found', changed.edits.runsUntilFound, DEFAULT_OPTIONS.lookEvery, 0),
		atMost('requests of the middle run', changed.requestsPerRun.median, Math.floor(mostRequests(size)), 0),
	];
	writeResults('week', bars, { size, changed, all, share });
}

function shown(seconds: number): string {
	return seconds.toFixed(1);
}

function minutes({ edits: { minutesUntilFound: found } }: WeekFigures): string {
	return `${Math.round(found.most)} (median ${Math.round(found.median)})`;
}

void main(process.argv.slice(2).map(Number));
