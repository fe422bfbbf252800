export type { Clock, Random } from '../clock';
export { pacedTransport, type PacedTransport, type RunOptions } from './paced-transport';
export { PacedRun, SLOW_ANSWER_MS, type PaceStatistics } from './paced-run';
export { Pacer } from './pacer';
export { pacerFor } from './registry';
export type { RunLimits } from './run-limits';
export {
	DEFAULT_MAX_RATE,
	DEFAULT_START_RATE,
	FASTEST_RATE,
	MAX_CONCURRENCY,
	PACER_DEFAULTS,
	pacerSettings,
	type PacerSettings,
} from './settings';
export type { Stop, StopCode } from '../stop';
