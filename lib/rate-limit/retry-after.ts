/**
 * `Retry-After` (RFC 9110, section 10.2.3): a number of seconds, or an HTTP date. Some proxies send both, as "date,
 * seconds". What makes no sense (negative, empty, words) counts as absent: the pacer then chooses its own pause.
 */

/**
 * `Date` has whole seconds and travels a while: clocks this close to each other count as one, and ours is the finer.
 */
const SAME_CLOCK_MS = 3_000;

/** Characters. The longest form of RFC 9110, section 5.6.7 has 33; an offset and a comment may follow. */
const LONGEST_DATE = 100;

const SECONDS = /^\d+(\.\d+)?$/;

/**
 * @param value the header as received, if it was
 * @param now local time, ms since the epoch
 * @param date the answer's own `Date` header: with it, a clock that is wrong on either side does no harm
 * @returns ms to wait from now, 0 for a date gone by; null where the header says nothing usable
 */
export function retryAfterMs(value: string | undefined, now: number, date?: string): number | null {
	if (value === undefined) return null;
	const text = value.trim();
	if (SECONDS.test(text)) return Number(text) * 1_000;

	const tail = /,\s*(\d+)$/.exec(text);
	if (tail) return Number(tail[1]) * 1_000;

	const at = httpDate(text);
	if (at === null) return null;
	return Math.max(0, at - timeThere(now, date));
}

/**
 * What time it is for whoever sent an answer with this `Date`, in ms since the epoch: moments that it names are meant
 * by that clock.
 */
export function timeThere(now: number, date: string | undefined): number {
	const theirs = httpDate(date);
	return theirs !== null && Math.abs(theirs - now) > SAME_CLOCK_MS ? theirs : now;
}

/** A date as HTTP writes it (all three forms name the month in letters), in ms since the epoch. */
function httpDate(text: string | undefined): number | null {
	if (text === undefined || text.length > LONGEST_DATE) return null;
	if (!/[A-Za-z]{3}/.test(text) || !/\d{2}:\d{2}:\d{2}/.test(text)) return null;
	const zoned = /GMT|UTC|[+-]\d{4}/.test(text) ? text : `${text} GMT`;
	const at = Date.parse(zoned);
	return Number.isNaN(at) ? null : at;
}
