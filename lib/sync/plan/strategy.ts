/**
 * Replace or incremental, for one list: the fewest requests that cannot overwrite changes by others, with the reason
 * (docs/engine.md).
 *
 * A replace sends the new list: the live members without the removals and with the additions. Held members are live
 * members, so a replace keeps them.
 */

import { type Draft, hasChanges } from './draft';
import {
	KINDS,
	FRESH_READ_MILLISECONDS,
	SOLE_WRITER_READ_MILLISECONDS,
	type StrategyReason,
	type Settings,
	type Strategy,
} from '../model';
import type { Spellings } from './spellings';

export interface Choice {
	readonly strategy: Strategy;
	readonly reason: StrategyReason;
	readonly writes: number;
	/** Reads that go with applying the list at once: a second look before a replace, a look after it. */
	readonly reads: number;
	readonly readAgain: boolean;
}

export interface StrategyContext {
	readonly settings: Settings;
	readonly spellings: Spellings;
	/** Milliseconds between the list's read and the moment it is expected to be written. */
	readonly expectedAge: number;
	/** Whether its removals wait for additions to other lists. */
	readonly removalsWait: boolean;
}

/** How old the read may be that a replace follows, in milliseconds. */
export function freshMilliseconds({ soleWriter }: Pick<Settings, 'soleWriter'>): number {
	return soleWriter ? SOLE_WRITER_READ_MILLISECONDS : FRESH_READ_MILLISECONDS;
}

export function chooseStrategy(draft: Draft, context: StrategyContext): Choice {
	const kind = KINDS[draft.ref.kind];
	const defaultStrategy = kind.incremental ? 'incremental' : 'replace';
	if (!hasChanges(draft))
		return { strategy: defaultStrategy, reason: { problem: 'nothingWritten' }, writes: 0, reads: 0, readAgain: false };
	const readBack = kind.answersWithList ? 0 : 1;
	// Half of what is allowed, so that a run twice as slow as forecast still writes what it planned.
	const readAgain = context.expectedAge > freshMilliseconds(context.settings) / 2;
	const replace = (reason: StrategyReason): Choice => ({
		strategy: 'replace',
		reason,
		writes: 1,
		reads: readBack + (readAgain ? 1 : 0),
		readAgain,
	});
	if (!kind.incremental) return replace({ problem: 'onlyWhole', readAgain });

	const { maxEntries, forcedStrategy } = context.settings;
	const requests = requestsFor(draft.adds.size, maxEntries) + requestsFor(draft.removes.size, maxEntries);
	const incremental = (reason: StrategyReason): Choice => ({
		strategy: 'incremental',
		reason,
		writes: requests,
		reads: 0,
		readAgain: false,
	});
	const forced = (strategy: Strategy): Choice => {
		switch (strategy) {
			case 'replace':
				return replace({ problem: 'replaceForced', readAgain });
			case 'incremental':
				return incremental({ problem: 'incrementalForced' });
		}
	};
	if (forcedStrategy !== undefined) return forced(forcedStrategy);

	const replaceCosts = readAgain ? 2 : 1;
	if (requests <= replaceCosts) return incremental({ problem: 'incrementalTakesNoMore', requests, readAgain });
	const by = obstacleToReplace(draft, context);
	if (by !== null) return incremental({ problem: 'replaceHindered', requests, by });
	return replace({ problem: 'replaceTakesFewer', requests: replaceCosts, incremental: requests, readAgain });
}

/** Whether the list is overwritten on nothing but the read of planning, so that it is to be written soon after it. */
export function replacesOnPlannedRead({
	strategy,
	readAgain = false,
}: {
	readonly strategy: Strategy;
	readonly readAgain?: boolean;
}): boolean {
	switch (strategy) {
		case 'replace':
			return !readAgain;
		case 'incremental':
			return false;
	}
}

/** Requests for so many entries in chunks of `maxEntries`; 0 for no limit. */
export function requestsFor(entries: number, maxEntries: number): number {
	if (entries === 0) return 0;
	return maxEntries <= 0 ? 1 : Math.ceil(entries / maxEntries);
}

type Obstacle = Extract<StrategyReason, { readonly problem: 'replaceHindered' }>['by'];

function obstacleToReplace(draft: Draft, { settings, spellings, removalsWait }: StrategyContext): Obstacle | null {
	const size = draft.view.members.size + draft.adds.size - draft.removes.size;
	if (settings.mode !== 'mirror') return { problem: 'partOfList' };
	if (size === 0) return { problem: 'emptyList' };
	if (removalsWait) return { problem: 'removalsWait' };
	if (settings.maxEntries > 0 && size > settings.maxEntries)
		return { problem: 'tooLong', size, max: settings.maxEntries };
	for (const [folded, { member }] of draft.adds)
		if (!spellings.knows(folded)) return { problem: 'unseenMember', member };
	return null;
}
