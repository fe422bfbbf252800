/** The reason of a strategy, as data. */

import { z } from '../../vendor/zod';
import { variants } from './tagged-union';

const requests = z.number().int();
/** A replace needs a fresh read first, because the run's own read will be too old. */
const readAgain = z.boolean();

export const strategyReasonSchema = variants({
	nothingWritten: {},
	/** The kind knows nothing but replace. */
	onlyWhole: { readAgain },
	replaceForced: { readAgain },
	incrementalForced: {},
	incrementalTakesNoMore: { requests, readAgain },
	replaceTakesFewer: { requests, incremental: requests, readAgain },
	/** A replace would take fewer requests, and is not possible. */
	replaceHindered: {
		requests,
		by: variants({
			partOfList: {},
			emptyList: {},
			removalsWait: {},
			tooLong: { size: z.number().int(), max: z.number().int() },
			unseenMember: { member: z.string() },
		}),
	},
});
export type StrategyReason = z.infer<typeof strategyReasonSchema>;

/** Why a list was not replaced in the event, although that was planned. */
export const fallbackSchema = variants({
	tooOld: { seconds: z.number() },
	refused: {},
	partlyTaken: {},
	changedMeanwhile: {},
});
export type Fallback = z.infer<typeof fallbackSchema>;
