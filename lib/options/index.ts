/**
 * The options of the node APIO Call Center Sync: each once, in the table of its topic. The node's fields, the reading
 * of them, the engine's defaults and docs/options.md come from these tables.
 */

export type { ChoiceOption, OperationName, Option, OptionTable, RowField, RowsOption, ShownFor } from './option';
export { MATCHING } from './matching';
export { readOptions, ruleOf } from './read';
export {
	DEFAULT_LIMITS,
	DEFAULT_OPTIONS,
	engineOptions,
	OPTIONS,
	TOPICS,
	type EngineOptions,
	type Options,
} from './tables';
export { RATE_LIMIT } from './rate-limit';
