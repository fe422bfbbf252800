/** One run's way to the platform: n8n's transport, rate limited for the platform, as the engine's `Platform`. */

import type { IExecuteFunctions } from 'n8n-workflow';
import { apioPlatform } from '../../../lib/apio';
import { rateLimitedTransport, rateLimiterFor } from '../../../lib/rate-limit';
import type { Progress, Surroundings } from '../../../lib/sync/result';
import { n8nClock } from '../../shared/clock';
import { connect } from '../../shared/n8n-transport';
import type { Pace } from './finished';
import { limitsIn, type SyncOptions } from './options';

export interface RunConnection {
	readonly baseUrl: string;
	readonly surroundings: Surroundings;
	readonly pace: () => Pace;
}

/** @throws NodeOperationError when the credential's Base URL cannot be one */
export async function connectRun(
	execute: IExecuteFunctions,
	options: SyncOptions,
	signal: AbortSignal,
	onProgress: (progress: Progress) => void,
): Promise<RunConnection> {
	const { baseUrl, transport } = await connect(execute, { signal });
	const limiter = rateLimiterFor(baseUrl, n8nClock, Math.random);
	const limited = rateLimitedTransport(transport, limiter, { signal, limits: limitsIn(options) });
	return {
		baseUrl,
		surroundings: {
			platform: apioPlatform(limited),
			clock: n8nClock,
			signal,
			expectedRate: () => limited.run.expectedRate(),
			onProgress,
		},
		pace: () => ({
			...limited.run.statistics,
			perSecond: limiter.expectedRate(),
			boundByRate: limiter.isBoundByRate,
			maxPerSecond: options.maxRate,
		}),
	};
}
