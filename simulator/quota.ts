/** The platform's request quota: one token bucket for all clients, with a rate that may change over time. */

import { retryAfterIn } from './retry-after';
import type { QuotaSettings } from './settings';

export interface QuotaVerdict {
	allowed: boolean;
	/** Rate-limit headers, and Retry-After where refused. */
	headers: Record<string, string>;
}

export class Quota {
	private tokens: number;
	private startedAt: number | null = null;
	private filledAt = 0;

	constructor(private readonly settings: QuotaSettings) {
		this.tokens = settings.burst;
	}

	/** Takes a token if there is one. A refused request costs none. */
	ask(now: number): QuotaVerdict {
		if (this.startedAt === null) {
			this.startedAt = now;
			this.filledAt = now;
		}
		this.fill(now);
		// Slightly below one, because of rounding in the sum of many small refills.
		const allowed = this.tokens >= 1 - 1e-9;
		if (allowed) this.tokens = Math.max(0, this.tokens - 1);
		const headers = this.rateLimitHeaders(now);
		if (!allowed) Object.assign(headers, this.retryAfter(now));
		return { allowed, headers };
	}

	/** Requests a second at this moment. */
	rateAt(now: number): number {
		const elapsed = now - (this.startedAt ?? now);
		let rate = this.settings.rate;
		for (const step of this.settings.schedule ?? []) if (elapsed >= step.afterMs) rate = step.rate;
		return rate;
	}

	/** Adds the tokens since the last call, in parts if the rate changed in between. */
	private fill(now: number): void {
		const start = this.startedAt ?? now;
		const changes = (this.settings.schedule ?? [])
			.map((step) => start + step.afterMs)
			.filter((at) => at > this.filledAt && at < now);
		for (const until of [...changes, now]) {
			if (until <= this.filledAt) continue;
			this.tokens = Math.min(
				this.settings.burst,
				this.tokens + ((until - this.filledAt) / 1000) * this.rateAt(this.filledAt),
			);
			this.filledAt = until;
		}
	}

	private secondsToNextToken(now: number): number {
		const rate = this.rateAt(now);
		return rate > 0 ? Math.max(0, (1 - this.tokens) / rate) : 60;
	}

	private retryAfter(now: number): Record<string, string> {
		const { retryAfter = 'seconds', retryAfterText } = this.settings;
		if (retryAfterText !== undefined) return { 'retry-after': retryAfterText };
		if (retryAfter === 'none') return {};
		const seconds = Math.max(1, Math.ceil(this.secondsToNextToken(now)));
		return { 'retry-after': retryAfterIn(retryAfter, seconds, now) };
	}

	private rateLimitHeaders(now: number): Record<string, string> {
		const remaining = String(Math.floor(this.tokens));
		const reset = String(Math.ceil((this.settings.burst - this.tokens) / Math.max(this.rateAt(now), 1e-9)));
		const limit = String(this.settings.burst);
		switch (this.settings.rateLimitHeaders ?? 'none') {
			case 'x':
				return { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset };
			case 'fields':
				return { 'ratelimit-limit': limit, 'ratelimit-remaining': remaining, 'ratelimit-reset': reset };
			case 'structured':
				return {
					'ratelimit-policy': `"default";q=${limit};w=1`,
					ratelimit: `"default";r=${remaining};t=${reset}`,
				};
			default:
				return {};
		}
	}
}
