import { timeThere } from './retry-after';

/**
 * The quota as the platform states it, in the three spellings in use:
 * 1. `RateLimit: "name";r=50;t=30` with `RateLimit-Policy: "name";q=100;w=60`
 * (draft-ietf-httpapi-ratelimit-headers-11), 2. `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset` (the same
 * draft up to -06; also `RateLimit: limit=, remaining=, reset=` of -07), 3. `X-RateLimit-Limit`, `-Remaining`,
 * `-Reset`, whose reset may be seconds, or a moment in epoch seconds or milliseconds.
 */
export interface RateLimitState {
	/** Requests left before the reset. */
	readonly remaining: number | null;
	/** Milliseconds from now until the quota is renewed. */
	readonly resetMs: number | null;
	/** Requests a second that the stated policies allow at most, where their window is short enough to be a speed. */
	readonly ratePerSecond: number | null;
}

/**
 * Longest window, in s, that is read as a speed. "5000 an hour" is a stock to draw from, and no reason to crawl at
 * 1.4/s.
 */
export const LONGEST_SPEED_WINDOW_S = 10;

const EPOCH_SECONDS_FROM = 1_000_000_000;
const EPOCH_MILLISECONDS_FROM = 1_000_000_000_000;

type Headers = Readonly<Record<string, string>>;

/** What the headers (names in lower case) say at local time `localNow`; null when they say nothing of a quota. */
export function rateLimitState(headers: Headers, localNow: number): RateLimitState | null {
	const now = timeThere(localNow, headers.date);
	const fields =
		structured(headers, now) ?? separate(headers, 'ratelimit-', now) ?? separate(headers, 'x-ratelimit-', now);
	const ratePerSecond = policyRate(headers);
	if (!fields && ratePerSecond === null) return null;
	return { remaining: fields?.remaining ?? null, resetMs: fields?.resetMs ?? null, ratePerSecond };
}

interface Fields {
	readonly remaining: number | null;
	readonly resetMs: number | null;
}

/** Of several quotas, the one with the least left decides. */
function structured(headers: Headers, now: number): Fields | null {
	const value = headers.ratelimit;
	if (value === undefined) return null;
	const keyed = parameters(value.replace(/,/g, ';'));
	if (keyed.has('remaining'))
		return { remaining: count(keyed.get('remaining')), resetMs: resetMs(keyed.get('reset'), now) };
	const quotas = members(value).map((item) => ({
		remaining: count(item.get('r')),
		resetMs: resetMs(item.get('t'), now),
	}));
	const stated = quotas.filter((quota) => quota.remaining !== null);
	return stated.length === 0
		? null
		: stated.reduce((least, quota) => (quota.remaining! < least.remaining! ? quota : least));
}

function separate(headers: Headers, prefix: string, now: number): Fields | null {
	const remaining = count(headers[`${prefix}remaining`]);
	const reset = resetMs(headers[`${prefix}reset`], now);
	return remaining === null && reset === null ? null : { remaining, resetMs: reset };
}

function policyRate(headers: Headers): number | null {
	const value = headers['ratelimit-policy'];
	if (value === undefined) return null;
	let rate: number | null = null;
	for (const policy of members(value)) {
		const quota = count(policy.get('q')) ?? count(policy.get(''));
		const window = count(policy.get('w'));
		if (!quota || !window || window > LONGEST_SPEED_WINDOW_S) continue;
		rate = Math.min(rate ?? Infinity, quota / window);
	}
	return rate;
}

/** Items of a structured-field list (RFC 9651); a comma inside a quoted name does not part them. */
function members(value: string): Array<Map<string, string>> {
	return (value.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map(parameters);
}

/** Parameters of one item; what stands before them is kept under the empty name. */
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
function count(text: string | undefined): number | null {
	const first = /^\s*"?(\d+(?:\.\d+)?)/.exec(text ?? '');
	return first ? Number(first[1]) : null;
}

function resetMs(text: string | undefined, now: number): number | null {
	const value = count(text);
	if (value === null) return null;
	if (value >= EPOCH_MILLISECONDS_FROM) return Math.max(0, value - now);
	if (value >= EPOCH_SECONDS_FROM) return Math.max(0, value * 1_000 - now);
	return value * 1_000;
}
