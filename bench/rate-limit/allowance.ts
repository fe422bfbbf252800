/** How a platform counts requests. Times are ms since the start. */
export interface Allowance {
	/** Whether a request that arrives `at` is granted; it counts if it is. Calls come in order of time. */
	grants(at: number): boolean;
}

/** A token bucket: `perSecond` may change with time, `burst` is what may come at once after a rest. */
export function tokenBucket(perSecond: (ms: number) => number, burst: number): Allowance {
	/** ms; finer than any change of the rate. */
	const step = 100;
	let tokens = burst;
	let filledAt = 0;
	return {
		grants(at) {
			while (filledAt < at) {
				const until = Math.min(at, filledAt + step);
				tokens = Math.min(burst, tokens + (perSecond(filledAt) * (until - filledAt)) / 1_000);
				filledAt = until;
			}
			if (tokens < 1) return false;
			tokens -= 1;
			return true;
		},
	};
}

/** So many requests in every period of the wall clock, as most gateways count. */
export function fixedWindow(requests: number, periodMs: number): Allowance {
	let window = -1;
	let used = 0;
	return {
		grants(at) {
			const now = Math.floor(at / periodMs);
			if (now !== window) [window, used] = [now, 0];
			if (used >= requests) return false;
			used++;
			return true;
		},
	};
}

/** So many requests in any period, whenever it begins. */
export function slidingWindow(requests: number, periodMs: number): Allowance {
	const granted: number[] = [];
	return {
		grants(at) {
			while (granted.length > 0 && granted[0] <= at - periodMs) granted.shift();
			if (granted.length >= requests) return false;
			granted.push(at);
			return true;
		},
	};
}
