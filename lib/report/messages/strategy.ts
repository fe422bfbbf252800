/** Messages about the strategy of a list and its reason. */

import { counted } from '../../number-format';
import { KINDS, type KindName, type Fallback, type StrategyReason } from '../../sync';

/** @param fallback why the run used another strategy than planned */
export function strategyMessage(reason: StrategyReason, kind: KindName, fallback: Fallback | null = null): string {
	const planned = plannedMessage(reason);
	if (fallback === null) return planned;
	const instead = KINDS[kind].incremental ? 'incremental was used' : 'it was written in smaller steps';
	return `${planned} During the run ${instead}, because ${fallbackText(fallback)}.`;
}

function plannedMessage(reason: StrategyReason): string {
	switch (reason.problem) {
		case 'nothingWritten':
			return 'Nothing is written.';
		case 'onlyWhole':
			return `This kind of list can only be written whole.${freshRead(reason)}`;
		case 'replaceForced':
			return `Replace was requested.${freshRead(reason)}`;
		case 'incrementalForced':
			return 'Incremental was requested.';
		case 'incrementalTakesNoMore': {
			const other = reason.readAgain ? 'a fresh read and a replace' : 'a replace';
			return `Incremental takes ${counted(reason.requests, 'request')}, and ${other} would take no fewer.`;
		}
		case 'replaceTakesFewer': {
			const { requests, incremental } = reason;
			return (
				`Replace takes ${counted(requests, 'request')}, and incremental would take ${incremental}.` + freshRead(reason)
			);
		}
		case 'replaceHindered': {
			const requests = counted(reason.requests, 'request');
			return `Incremental takes ${requests}; a replace would take fewer, but ${hindrance(reason.by)}.`;
		}
	}
}

function freshRead({ readAgain }: { readonly readAgain: boolean }): string {
	return readAgain ? ' The list is read again first, because the first read will be too old for an overwrite.' : '';
}

function hindrance(by: Extract<StrategyReason, { readonly problem: 'replaceHindered' }>['by']): string {
	switch (by.problem) {
		case 'partOfList':
			return 'the source does not have the whole list';
		case 'emptyList':
			return 'it would send an empty list';
		case 'removalsWait':
			return 'its removals wait for additions to other lists';
		case 'tooLong':
			return `the list of ${by.size} is longer than the ${counted(by.max, 'entry', 'entries')} allowed in a request`;
		case 'unseenMember':
			return `${by.member} has not been seen on the platform, and one unknown ID makes the whole request fail`;
	}
}

function fallbackText(fallback: Fallback): string {
	switch (fallback.problem) {
		case 'tooOld':
			return `the list had been read more than ${fallback.seconds} s before the write`;
		case 'refused':
			return 'the platform refused it';
		case 'partlyTaken':
			return 'the platform took only a part of it';
		case 'changedMeanwhile':
			return 'the list changed while it was written';
	}
}
