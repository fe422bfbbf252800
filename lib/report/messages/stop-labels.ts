/** Why a run ended early, in a few words for a line that has no room for the message. */

import type { StopCode } from '../../stop';

export const STOP_LABELS: Readonly<Record<StopCode, string>> = {
	cancelled: 'The execution was cancelled',
	timeLimit: "The workflow's time-out was near, so the run ended in good order before it",
	retryAfterTooLong: 'The platform asks to wait longer than a run may wait',
	noProgress: 'The platform refused every request because of its request limit',
	platformDown: 'The platform kept failing, and single attempts spread over time failed as well',
	signedOut: 'The platform no longer accepts the sign-in, also after renewing it',
};

/** @param cause a `StopCode`, or the code of an answer that turned the sign-in down, such as `http-401` */
export function stopLabel(cause: string): string {
	return Object.hasOwn(STOP_LABELS, cause)
		? STOP_LABELS[cause as StopCode]
		: 'The platform does not accept the sign-in';
}
