/** The connection of one run: n8n's transport, rate limited for the platform, as the engine's `Platform`. */

import type { IExecuteFunctions } from 'n8n-workflow';
import { apioPlatform } from '../../../lib/apio';
import type { Options } from '../../../lib/options';
import type { RateLimitStatistics } from '../../../lib/rate-limit';
import type { Progress, RunContext } from '../../../lib/sync';
import { n8nClock } from '../../shared/clock';
import { connectRateLimited } from '../../shared/rate-limited-connection';
import { runLimits } from './options';

export interface Pace extends RateLimitStatistics {
	/** Requests a second that the platform takes, as measured by the run. */
	readonly perSecond: number;
	/** Whether its request limit is the cause, and not slow answers. */
	readonly boundByRate: boolean;
	/** What the user allows at most. */
	readonly maxPerSecond: number;
}

export interface RunConnection {
	readonly baseUrl: string;
	readonly runContext: RunContext;
	readonly pace: () => Pace;
}

/** @throws NodeOperationError when the credential's Base URL cannot be one */
export async function connectRun(
	execute: IExecuteFunctions,
	options: Options,
	signal: AbortSignal,
	onProgress: (progress: Progress) => void,
): Promise<RunConnection> {
	const { baseUrl, limiter, transport } = await connectRateLimited(execute, { signal, limits: runLimits(options) });
	return {
		baseUrl,
		runContext: {
			platform: apioPlatform(transport),
			clock: n8nClock,
			signal,
			expectedRate: () => transport.run.expectedRate(),
			onProgress,
		},
		pace: () => ({
			...transport.run.statistics,
			perSecond: limiter.expectedRate(),
			boundByRate: limiter.isBoundByRate,
			maxPerSecond: options.maxRate,
		}),
	};
}
