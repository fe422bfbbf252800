/** The quota in the headers of an answer. */

type Headers = Readonly<Record<string, string>>;

/**
 * ms; `Date` has whole seconds and travels a while: clocks this close to each other count as one, and ours is finer.
 */
const SAME_CLOCK_MS = 3_000;

/** Characters. The longest form of RFC 9110, section 5.6.7 has 33; an offset and a comment may follow. */
const MAX_DATE_LENGTH = 100;

/**
 * s; longest window that is read as a rate. "5000 an hour" is a stock to draw from, and no reason to crawl at 1.4/s.
 */
const MAX_RATE_WINDOW_SECONDS = 10;

/**
 * `X-RateLimit-Reset` from these values on is a moment, in s or in ms since the epoch; below, it is seconds to wait.
 */
const EPOCH_SECONDS_FROM = 1_000_000_000;
const EPOCH_MILLISECONDS_FROM = 1_000_000_000_000;

/**
 * `Retry-After` (RFC 9110, section 10.2.3): a number of seconds, or an HTTP date. Some proxies send both, as "date,
 * seconds". What makes no sense (negative, empty, words) counts as absent: the limiter then chooses its own pause.
 *
 * @param value the header as received, if it was
 * @param now local time, ms since the epoch
 * @param date the answer's own `Date` header: with it, a clock that is wrong on either side does no harm
 * @returns ms to wait from now, 0 for a date gone by; null where the header says nothing usable
 */
export function retryAfterMs(value: string | undefined, now: number, date?: string): number | null {
	if (value === undefined) return null;
	const text = value.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;

	const seconds = /,\s*(\d+)$/.exec(text);
	if (seconds) return Number(seconds[1]) * 1_000;

	const at = httpDate(text);
	return at === null ? null : Math.max(0, at - senderTime(now, date));
}

/** The sender's time, in ms since the epoch: the moments that it names are meant by its own clock. */
function senderTime(now: number, date: string | undefined): number {
	const theirs = httpDate(date);
	return theirs !== null && Math.abs(theirs - now) > SAME_CLOCK_MS ? theirs : now;
}

/** A date as HTTP writes it (all three forms name the month in letters), in ms since the epoch. */
function httpDate(text: string | undefined): number | null {
	if (text === undefined || text.length > MAX_DATE_LENGTH) return null;
	if (!/[A-Za-z]{3}/.test(text) || !/\d{2}:\d{2}:\d{2}/.test(text)) return null;
	const zoned = /GMT|UTC|[+-]\d{4}/.test(text) ? text : `${text} GMT`;
	const at = Date.parse(zoned);
	return Number.isNaN(at) ? null : at;
}

/** The quota as the platform states it. */
export interface RateLimitState {
	/** Requests left before the reset. */
	readonly remaining: number | null;
	/** Milliseconds from now until the quota is renewed. */
	readonly resetMs: number | null;
	/** Requests a second that the stated policies allow at most, where their window is short enough to be a rate. */
	readonly ratePerSecond: number | null;
}

type Remaining = Pick<RateLimitState, 'remaining' | 'resetMs'>;

/**
 * Reads the three spellings in use:
 *
 * 1. `RateLimit: "name";r=50;t=30` with `RateLimit-Policy: "name";q=100;w=60`
 *    (draft-ietf-httpapi-ratelimit-headers-11);
 * 2. `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset` (the same draft up to -06; also
 *    `RateLimit: limit=, remaining=, reset=` of -07);
 * 3. `X-RateLimit-Limit`, `-Remaining`, `-Reset`, whose reset may be seconds, or a moment in epoch seconds or
 *    milliseconds.
 *
 * @param headers with names in lower case
 * @param localNow ms since the epoch
 * @returns null where the headers say nothing of a quota
 */
export function rateLimitState(headers: Headers, localNow: number): RateLimitState | null {
	const now = senderTime(localNow, headers.date);
	const remaining =
		structuredField(headers, now) ??
		separateFields(headers, 'ratelimit-', now) ??
		separateFields(headers, 'x-ratelimit-', now);
	const ratePerSecond = policyRate(headers);
	if (!remaining && ratePerSecond === null) return null;
	return { remaining: remaining?.remaining ?? null, resetMs: remaining?.resetMs ?? null, ratePerSecond };
}

/** Of several quotas, the one with the least remaining decides. */
function structuredField(headers: Headers, now: number): Remaining | null {
	const value = headers.ratelimit;
	if (value === undefined) return null;
	const draft07 = parameters(value.replace(/,/g, ';'));
	if (draft07.has('remaining')) {
		return { remaining: numberIn(draft07.get('remaining')), resetMs: resetMs(draft07.get('reset'), now) };
	}
	const quotas = listItems(value).map((item) => ({
		remaining: numberIn(item.get('r')),
		resetMs: resetMs(item.get('t'), now),
	}));
	const stated = quotas.filter((quota) => quota.remaining !== null);
	if (stated.length === 0) return null;
	return stated.reduce((least, quota) => (quota.remaining! < least.remaining! ? quota : least));
}

function separateFields(headers: Headers, prefix: string, now: number): Remaining | null {
	const remaining = numberIn(headers[`${prefix}remaining`]);
	const reset = resetMs(headers[`${prefix}reset`], now);
	return remaining === null && reset === null ? null : { remaining, resetMs: reset };
}

function policyRate(headers: Headers): number | null {
	const value = headers['ratelimit-policy'];
	if (value === undefined) return null;
	let rate: number | null = null;
	for (const policy of listItems(value)) {
		const quota = numberIn(policy.get('q')) ?? numberIn(policy.get(''));
		const window = numberIn(policy.get('w'));
		if (!quota || !window || window > MAX_RATE_WINDOW_SECONDS) continue;
		rate = Math.min(rate ?? Infinity, quota / window);
	}
	return rate;
}

/** Items of a structured-field list (RFC 9651), each as its parameters; a comma inside a quoted name parts nothing. */
function listItems(value: string): Array<Map<string, string>> {
	return (value.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map(parameters);
}

/** Parameters of one item; the bare item before them is kept under the empty name. */
function parameters(item: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const part of item.match(/(?:"[^"]*"|[^;"])+/g) ?? []) {
		const [name, ...rest] = part.split('=');
		if (rest.length === 0) found.set('', name.trim());
		else found.set(name.trim().toLowerCase(), rest.join('=').trim());
	}
	return found;
}

/** A number of 0 or more; draft-03 lists several ("100, 100;w=10"), of which the first is the one in force. */
function numberIn(text: string | undefined): number | null {
	const first = /^\s*"?(\d+(?:\.\d+)?)/.exec(text ?? '');
	return first ? Number(first[1]) : null;
}

function resetMs(text: string | undefined, now: number): number | null {
	const value = numberIn(text);
	if (value === null) return null;
	if (value >= EPOCH_MILLISECONDS_FROM) return Math.max(0, value - now);
	if (value >= EPOCH_SECONDS_FROM) return Math.max(0, value * 1_000 - now);
	return value * 1_000;
}
