/** All options of the node APIO Call Center Sync, and what the engine takes of them. */

import { GUARDS, LIMITS } from './guards';
import { MATCHING } from './matching';
import { defaultsOf, namesOf, type ValuesOf } from './option';
import { OUTPUT } from './output';
import { RATE_LIMIT } from './rate-limit';
import { SOURCE } from './source';
import { WRITING } from './writing';

export const TOPICS = {
	matching: MATCHING,
	limits: LIMITS,
	guards: GUARDS,
	source: SOURCE,
	writing: WRITING,
	rateLimit: RATE_LIMIT,
	output: OUTPUT,
};

export const OPTIONS = { ...LIMITS, ...GUARDS, ...SOURCE, ...WRITING, ...RATE_LIMIT, ...OUTPUT };

export type Options = ValuesOf<typeof OPTIONS>;

export const DEFAULT_OPTIONS: Options = defaultsOf(OPTIONS);

export type Limits = ValuesOf<typeof LIMITS>;

export const DEFAULT_LIMITS: Limits = defaultsOf(LIMITS);

/** Taken as they are; what else concerns the engine is read first (ids) or depends on the operation. */
const FOR_ENGINE = [
	'allowClear',
	'assignFirst',
	'checkUsers',
	'concurrency',
	'lookEvery',
	'maxEntries',
	'onBreach',
	'planValidMinutes',
	'readLists',
	'soleWriter',
] as const satisfies ReadonlyArray<keyof Options>;

export interface EngineOptions extends Pick<Options, (typeof FOR_ENGINE)[number]> {
	readonly limits: Limits;
}

export function engineOptions(options: Options): EngineOptions {
	return { ...pick(options, FOR_ENGINE), limits: pick(options, namesOf(LIMITS)) };
}

function pick<All, Name extends keyof All>(all: All, names: readonly Name[]): Pick<All, Name> {
	return Object.fromEntries(names.map((name) => [name, all[name]])) as Pick<All, Name>;
}
