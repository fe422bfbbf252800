/**
 * Replace or incremental, for one list: the fewest requests that cannot overwrite what somebody else did, with the
 * reason in words (docs/engine.md).
 *
 * A replace sends what the list shall be: its live members without the removals and with the additions. Members held
 * back are live members, so a replace keeps them, and nothing is lost by holding and replacing in one run.
 */

import { counted } from '../../figure';
import type { Draft } from './draft';
import { hasChanges } from './draft';
import { KINDS } from '../model/list';
import { FRESH_READ_MILLISECONDS, SOLE_WRITER_READ_MILLISECONDS } from '../model/limits';
import type { Strategy } from '../documents/plan';
import type { Settings } from '../result';
import type { Spellings } from './spellings';

export interface Choice {
	readonly strategy: Strategy;
	readonly reason: string;
	readonly writes: number;
	/** Reads that go with applying the list at once: a second look before a replace, a look after it. */
	readonly reads: number;
	readonly readAgain: boolean;
}

export interface Circumstances {
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

export function chooseStrategy(draft: Draft, around: Circumstances): Choice {
	const kind = KINDS[draft.ref.kind];
	const idle = kind.incremental ? 'incremental' : 'replace';
	if (!hasChanges(draft))
		return { strategy: idle, reason: 'Nothing is written.', writes: 0, reads: 0, readAgain: false };
	const readBack = kind.answersWithList ? 0 : 1;
	// Half of what is allowed, so that a run twice as slow as forecast still writes what it planned.
	const readAgain = around.expectedAge > freshMilliseconds(around.settings) / 2;
	const replace = (reason: string): Choice => ({
		strategy: 'replace',
		reason: readAgain
			? `${reason} It is read again first, because the run's own read will be too old to overwrite the list on it.`
			: reason,
		writes: 1,
		reads: readBack + (readAgain ? 1 : 0),
		readAgain,
	});
	if (!kind.incremental) return replace('This kind of list can only be written whole.');

	const { maxEntries, forcedStrategy } = around.settings;
	const requests = requestsFor(draft.adds.size, maxEntries) + requestsFor(draft.removes.size, maxEntries);
	const incremental = (reason: string): Choice => ({
		strategy: 'incremental',
		reason,
		writes: requests,
		reads: 0,
		readAgain: false,
	});
	if (forcedStrategy === 'replace') return replace('Replace was asked for.');
	if (forcedStrategy === 'incremental') return incremental('Incremental was asked for.');

	const replaceCosts = readAgain ? 2 : 1;
	if (requests <= replaceCosts) {
		const asOften = readAgain ? 'a fresh read and a replace' : 'a replace';
		return incremental(`Incremental takes ${plural(requests)}, and ${asOften} would take no fewer.`);
	}
	const obstacle = obstacleToReplace(draft, around);
	if (obstacle !== null)
		return incremental(`Incremental takes ${plural(requests)}; a replace would take fewer, but ${obstacle}.`);
	return replace(`Replace takes ${plural(replaceCosts)} where incremental takes ${requests}.`);
}

/** Requests for so many entries in chunks of `maxEntries`; 0 for no limit. */
export function requestsFor(entries: number, maxEntries: number): number {
	if (entries === 0) return 0;
	return maxEntries <= 0 ? 1 : Math.ceil(entries / maxEntries);
}

function obstacleToReplace(draft: Draft, { settings, spellings, removalsWait }: Circumstances): string | null {
	const size = draft.view.members.size + draft.adds.size - draft.removes.size;
	if (settings.mode !== 'mirror') return 'the source does not speak for the whole list';
	if (size === 0) return 'it would send an empty list';
	if (removalsWait) return 'its removals wait for additions to other lists';
	if (settings.maxEntries > 0 && size > settings.maxEntries) {
		const most = counted(settings.maxEntries, 'entry', 'entries');
		return `the list of ${size} is longer than the ${most} allowed in a request`;
	}
	for (const [folded, { member }] of draft.adds) {
		if (!spellings.knows(folded))
			return `${member} has not been seen on the platform, and one unknown id fails the whole list`;
	}
	return null;
}

function plural(requests: number): string {
	return requests === 1 ? '1 request' : `${requests} requests`;
}
