/** Progress at a steady, modest pace: into n8n's log always, and into the browser's console in manual runs. */

import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../../lib/pacing/clock';
import { duration, figure } from '../../../lib/report';
import type { Progress } from '../../../lib/sync/run';

/** Often enough to see that it moves, seldom enough that a run of an hour leaves a log to read. */
const EVERY_MILLISECONDS = 10_000;

export function progressTeller(execute: IExecuteFunctions, clock: Clock): (progress: Progress) => void {
	let phase: Progress['phase'] | null = null;
	let began = clock.now();
	let told = began;
	return (progress) => {
		const now = clock.now();
		if (progress.phase !== phase) {
			phase = progress.phase;
			began = now;
			told = now;
		}
		if (now - told < EVERY_MILLISECONDS) return;
		told = now;
		const line = progressLine(progress, (now - began) / 1000);
		execute.logger.info(`APIO call center sync: ${line}`);
		if (execute.getMode() === 'manual') execute.sendMessageToUI(line);
	};
}

/** `writing lists: 120 of 500 done, 380 left, 9.8 a second, about 39 s to go`. */
export function progressLine({ phase, done, total }: Progress, seconds: number): string {
	const rate = seconds > 0 ? done / seconds : 0;
	const left = Math.max(0, total - done);
	const pace = rate > 0 ? `, ${rate.toFixed(1)} a second, about ${duration(left / rate)} to go` : '';
	return `${phase} lists: ${figure(done)} of ${figure(total)} done, ${figure(left)} left${pace}`;
}
