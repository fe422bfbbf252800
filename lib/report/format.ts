/** How times, figures and texts from outside are written in every report. */

import { counted, formatNumber, listed } from '../number-format';

export { counted, formatNumber, listed };

/** `52 s`, `3 min 20 s`, `2 h 5 min`; at least `1 s`. */
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

/** As the report's script writes points in time in the reader's own zone. */
const MOMENT = new Intl.DateTimeFormat('en-GB', {
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	hour: '2-digit',
	minute: '2-digit',
	timeZoneName: 'short',
	timeZone: 'UTC',
});

/** `23 Nov 2026, 23:30 UTC`. */
export function moment(iso: string): string {
	return MOMENT.format(new Date(iso));
}

/**
 * Text for a page or a message: without control characters, which HTML forbids, and without those that turn the
 * direction of writing, which make text look like another.
 */
export function withoutControls(text: string): string {
	return text.replace(/[^\P{Cc}\n\r\t]|\p{Bidi_Control}/gu, '');
}
