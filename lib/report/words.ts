/**
 * The words and figures of every report, so that the line, the page and the message say the same thing the same way.
 */

import { counted, figure, listed } from '../figure';
import type { OutcomeWord, RunStatus } from '../sync';

export { counted, figure, listed };

/** What a list or a member is shown as: an outcome, or `planned` where nothing was tried yet. */
export type Standing = OutcomeWord | 'planned';

/** Worst first: what a person has to look at stands on top of every table. */
export const STANDINGS: Readonly<Record<Standing, { readonly label: string; readonly severity: number }>> = {
	failed: { label: 'Failed', severity: 0 },
	conflict: { label: 'Conflict', severity: 1 },
	rejected: { label: 'Rejected', severity: 2 },
	held: { label: 'Held', severity: 3 },
	notAttempted: { label: 'Not attempted', severity: 4 },
	planned: { label: 'Planned', severity: 5 },
	applied: { label: 'Applied', severity: 6 },
	alreadyInPlace: { label: 'Already in place', severity: 7 },
	unchanged: { label: 'Unchanged', severity: 8 },
};

export const STATUS_LABELS: Readonly<Record<RunStatus, string>> = {
	planned: 'Planned, nothing written',
	unchanged: 'Nothing to change',
	applied: 'Applied',
	partial: 'Partly applied',
	held: 'Applied, removals held',
	aborted: 'Stopped by a guard, nothing written',
	refused: 'Refused, nothing written',
	failed: 'Failed, nothing written',
	stopped: 'Stopped early',
};

/** `52 s`, `3 min 20 s`, `2 h 5 min`; below a second `1 s`, because nobody plans around less. */
export function duration(seconds: number): string {
	const whole = Math.max(1, Math.round(seconds));
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return joinUnits(Math.floor(whole / 60), 'min', whole % 60, 's');
	const minutes = Math.round(whole / 60);
	return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joinUnits(major: number, majorUnit: string, minor: number, minorUnit: string): string {
	return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}

/** `+` and a minus as wide as it. */
export function sign(change: 'add' | 'remove'): string {
	return change === 'add' ? '+' : '−';
}

/** `2026-11-23 23:30 UTC`. */
export function moment(iso: string): string {
	return iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, '$1 $2 UTC');
}

/**
 * Text for a page or a message: without control characters, which HTML forbids, and without those that turn the
 * direction of writing, which make text look like another.
 */
export function withoutControls(text: string): string {
	return text.replace(/[^\P{Cc}\n\r\t]|\p{Bidi_Control}/gu, '');
}
