/** Progress in regular lines: into n8n's log always, and into the browser's console in manual runs. */

import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../../lib/clock';
import { counted, duration, formatNumber, memberNoun } from '../../../lib/report';
import type { Progress } from '../../../lib/sync';

/** Often enough to show progress, and seldom enough that the log of an hour stays readable. */
const LOG_EVERY_MS = 10_000;
/** More often than in the log, because the console is read live and not kept. */
const WATCHED_EVERY_MS = 2_000;

const STOPPING = 'stopping: waiting for the answers to requests already sent';

export interface ProgressReporter {
	readonly update: (progress: Progress) => void;
	/** Ends early: returns the line about what is done, and reports from now on the answers that are still awaited. */
	readonly stop: () => string;
	/** Nothing is reported any more. */
	readonly end: () => void;
}

/** Reports by the clock and not by what happens, so that a platform that lets nothing through is seen as well. */
export function reportProgress(execute: IExecuteFunctions, clock: Clock): ProgressReporter {
	const over = new AbortController();
	let latest: Progress | null = null;
	let began = clock.now();
	let stopping = false;
	const line = () => (stopping ? STOPPING : progressLine(latest, (clock.now() - began) / 1_000));
	const every = async (milliseconds: number, report: () => void) => {
		for (;;) {
			await clock.sleep(milliseconds, over.signal);
			if (over.signal.aborted) return;
			report();
		}
	};
	void every(LOG_EVERY_MS, () => execute.logger.info(`APIO call center sync: ${line()}`));
	if (execute.getMode() === 'manual') void every(WATCHED_EVERY_MS, () => execute.sendMessageToUI(line()));
	return {
		update: (progress) => {
			if (progress.phase !== latest?.phase) began = clock.now();
			latest = progress;
		},
		stop: () => {
			stopping = true;
			return stoppedLine(latest);
		},
		end: () => over.abort(),
	};
}

/**
 * `reading lists: 120 of 500 done, 380 left, 9.8 a second, about 39 s to go`; when writing, the same of changes,
 * because one list may have thousands: `writing: 120 of 500 changes done, 3 not possible, 377 left, 9.8 a second, about
 * 38 s to go (3 of 12 lists done)`. The total is the same from the first line to the last.
 */
export function progressLine(progress: Progress | null, seconds: number): string {
	if (progress === null) return 'reading the source';
	const { phase, done, total, members } = progress;
	if (members === null) return `${phase} lists: ${ofTotal(done, total, '')}, ${pace(done, total - done, seconds)}`;
	const { added, removed, alreadyInPlace, notMade, left } = members;
	const made = added + removed + alreadyInPlace;
	const changes = ofTotal(made, made + notMade + left, ' changes');
	return (
		`${phase}: ${changes}${notPossible(notMade)}, ${pace(made + notMade, left, seconds)} ` +
		`(${ofTotal(done, total, total === 1 ? ' list' : ' lists')})`
	);
}

function ofTotal(done: number, total: number, what: string): string {
	return `${formatNumber(done)} of ${formatNumber(total)}${what} done`;
}

function notPossible(notMade: number): string {
	return notMade > 0 ? `, ${formatNumber(notMade)} not possible` : '';
}

function pace(settled: number, left: number, seconds: number): string {
	const rate = seconds > 0 ? settled / seconds : 0;
	const timed = rate > 0 && left > 0 ? `, ${rate.toFixed(1)} a second, about ${duration(left / rate)} to go` : '';
	return `${formatNumber(left)} left${timed}`;
}

/** `Stopped early: 4 of 12 lists done, 8 agents added, 0 removed; 40 changes not attempted or still under way. …` */
export function stoppedLine(progress: Progress | null): string {
	if (progress === null) return 'Stopped early, while reading the source: nothing written.';
	const { done, total, members } = progress;
	const lists = `${formatNumber(done)} of ${counted(total, 'list')}`;
	if (members === null) return `Stopped early, while reading lists (${lists} done): nothing written.`;
	const { kind, added, removed, notMade, left } = members;
	const [singular, plural] = memberNoun(kind);
	const changes = `${counted(added, singular, plural)} added, ${formatNumber(removed)} removed${notPossible(notMade)}`;
	return (
		`Stopped early: ${lists} done, ${changes}; ${counted(left, 'change')} not attempted or still ` +
		'running. Run it again to continue.'
	);
}
