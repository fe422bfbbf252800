/** One run's way to the platform: n8n's transport, paced for the platform, as the engine's `Platform`. */

import type { IExecuteFunctions } from 'n8n-workflow';
import { apioPlatform } from '../../../lib/apio';
import type { Options } from '../../../lib/options';
import { pacedTransport, pacerFor } from '../../../lib/rate-limit';
import type { Progress, Surroundings } from '../../../lib/sync/result';
import { n8nClock } from '../../shared/clock';
import { connect } from '../../shared/n8n-transport';
import type { Pace } from './operation';
import { runLimits } from './options';

export interface RunConnection {
	readonly baseUrl: string;
	readonly surroundings: Surroundings;
	readonly pace: () => Pace;
}

/** @throws NodeOperationError when the credential's Base URL cannot be one */
export async function connectRun(
	execute: IExecuteFunctions,
	options: Options,
	signal: AbortSignal,
	onProgress: (progress: Progress) => void,
): Promise<RunConnection> {
	const { baseUrl, transport } = await connect(execute, { signal });
	const pacer = pacerFor(baseUrl, n8nClock, Math.random);
	const paced = pacedTransport(transport, pacer, { signal, limits: runLimits(options) });
	return {
		baseUrl,
		surroundings: {
			platform: apioPlatform(paced),
			clock: n8nClock,
			signal,
			expectedRate: () => paced.run.expectedRate(),
			onProgress,
		},
		pace: () => ({
			...paced.run.statistics,
			perSecond: pacer.expectedRate(),
			boundByRate: pacer.boundByRate,
			maxPerSecond: options.maxRate,
		}),
	};
}
