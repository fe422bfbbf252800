/** A connection whose requests keep to the one rate limiter that this process has for the platform. */

import type { CriteriaPlace } from '../../lib/apio';
import {
	rateLimitedTransport,
	rateLimiterFor,
	type RateLimitedTransport,
	type RateLimiter,
	type RunOptions,
} from '../../lib/rate-limit';
import { n8nClock } from './clock';
import { connect, type ApioContext } from './n8n-transport';

export interface RateLimitedConnection {
	readonly baseUrl: string;
	readonly criteriaIn: CriteriaPlace;
	readonly transport: RateLimitedTransport;
	readonly limiter: RateLimiter;
}

/** @throws NodeOperationError if the Base URL of the credential is invalid */
export async function connectRateLimited(context: ApioContext, options: RunOptions): Promise<RateLimitedConnection> {
	const { baseUrl, criteriaIn, transport } = await connect(context, { signal: options.signal });
	const limiter = rateLimiterFor(baseUrl, n8nClock, Math.random);
	return { baseUrl, criteriaIn, transport: rateLimitedTransport(transport, limiter, options), limiter };
}
