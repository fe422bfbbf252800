/** Messages about how a list is written, and why. */

import { counted } from '../../number-format';
import { KINDS, type KindName, type Fallback, type StrategyReason } from '../../sync';

/** @param fallback why another strategy was used in the event */
export function strategyMessage(reason: StrategyReason, kind: KindName, fallback: Fallback | null = null): string {
	const planned = plannedMessage(reason);
	if (fallback === null) return planned;
	const instead = KINDS[kind].incremental ? 'incremental was used' : 'it was written in smaller steps';
	return `${planned} In the event ${instead}, because ${fallbackText(fallback)}.`;
}

function plannedMessage(reason: StrategyReason): string {
	switch (reason.problem) {
		case 'nothingWritten':
			return 'Nothing is written.';
		case 'onlyWhole':
			return `This kind of list can only be written whole.${freshRead(reason)}`;
		case 'replaceForced':
			return `Replace was asked for.${freshRead(reason)}`;
		case 'incrementalForced':
			return 'Incremental was asked for.';
		case 'incrementalTakesNoMore': {
			const other = reason.readAgain ? 'a fresh read and a replace' : 'a replace';
			return `Incremental takes ${counted(reason.requests, 'request')}, and ${other} would take no fewer.`;
		}
		case 'replaceTakesFewer': {
			const { requests, incremental } = reason;
			return (
				`Replace takes ${counted(requests, 'request')} where incremental takes ` + `${incremental}.${freshRead(reason)}`
			);
		}
		case 'replaceHindered': {
			const requests = counted(reason.requests, 'request');
			return `Incremental takes ${requests}; a replace would take fewer, but ${hindrance(reason.by)}.`;
		}
	}
}

function freshRead({ readAgain }: { readonly readAgain: boolean }): string {
	return readAgain
		? " It is read again first, because the run's own read will be too old to overwrite the list on it."
		: '';
}

function hindrance(by: Extract<StrategyReason, { readonly problem: 'replaceHindered' }>['by']): string {
	switch (by.problem) {
		case 'partOfList':
			return 'the source does not speak for the whole list';
		case 'emptyList':
			return 'it would send an empty list';
		case 'removalsWait':
			return 'its removals wait for additions to other lists';
		case 'tooLong':
			return `the list of ${by.size} is longer than the ${counted(by.max, 'entry', 'entries')} allowed in a request`;
		case 'unseenMember':
			return `${by.member} has not been seen on the platform, and one unknown ID fails the whole list`;
	}
}

function fallbackText(fallback: Fallback): string {
	switch (fallback.problem) {
		case 'tooOld':
			return `the list was read more than ${fallback.seconds} s before its turn came`;
		case 'refused':
			return 'the platform refused it';
		case 'partlyTaken':
			return 'the platform took only a part of it';
		case 'changedMeanwhile':
			return 'somebody else is changing the list';
	}
}
