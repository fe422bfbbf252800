/** One run's way to the platform: n8n's transport, paced for the platform, as the engine's `Platform`. */

import type { IExecuteFunctions } from 'n8n-workflow';
import { apioPlatform } from '../../../lib/apio';
import { pacedTransport, pacerFor } from '../../../lib/rate-limit';
import type { Progress, Surroundings } from '../../../lib/sync';
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
	const pacer = pacerFor(baseUrl, n8nClock, Math.random);
	const paced = pacedTransport(transport, pacer, { signal, limits: limitsIn(options) });
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
