/** Why a run ended early. */

import type { Stop } from '../../stop';
import type { Facts } from '../../sync';

/** In a few words, for a line that has no room for the message. */
const STOP_LABELS: Readonly<Record<Stop['problem'], string>> = {
	cancelled: 'The execution was cancelled',
	timeLimit: "The workflow's time-out was near, so the run ended in good order before it",
	pollTooLong: 'The poll took as long as it may',
	retryAfterTooLong: 'The platform asks to wait longer than a run may wait',
	noProgress: 'The platform refused every request because of its request limit',
	platformDown: 'The platform kept failing, and single attempts spread over time failed as well',
	signedOut: 'The platform no longer accepts the sign-in, also after renewing it',
};

export function stopLabel({ problem }: Facts<'stopped'>): string {
	return problem === 'signInRefused' ? SIGN_IN_REFUSED : STOP_LABELS[problem];
}

const SIGN_IN_REFUSED = 'The platform does not accept the sign-in';

/** What happened and how to go on. */
export function stopMessage(stop: Facts<'stopped'>): string {
	switch (stop.problem) {
		case 'cancelled':
			return `${STOP_LABELS.cancelled}. Requests already sent were waited for; run it again to go on.`;
		case 'timeLimit':
			return `${STOP_LABELS.timeLimit}. Requests already sent were waited for; run it again to go on.`;
		case 'pollTooLong':
			return `The poll ran for ${stop.minutes} minutes, and may not run longer: watch fewer lists with one trigger.`;
		case 'retryAfterTooLong':
			return (
				`The platform asks to wait ${inWords(stop.waitSeconds)}, longer than the ${inWords(stop.maxSeconds)} that a ` +
				'run may wait. Run it again after that time to go on.'
			);
		case 'noProgress':
			return (
				`The platform refused every request for ${inWords(stop.seconds)} because of its request limit. Run it again ` +
				'when the platform is less busy, or ask its administrator for a higher limit.'
			);
		case 'platformDown':
			return (
				`The platform kept failing, and ${stop.probes} single attempts spread over time failed as well. Run it ` +
				`again once the platform works to go on. The last failure: ${stop.said}`
			);
		case 'signedOut':
			return `${STOP_LABELS.signedOut}. Check the credential, then run it again to go on.`;
		case 'signInRefused':
			if (stop.status === null) return stop.said;
			return `${SIGN_IN_REFUSED}. Check the credential, then run it again to go on. The platform said: ${stop.said}`;
	}
}

function inWords(seconds: number): string {
	if (seconds < 600) return `${seconds} seconds`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return `${minutes} minutes`;
	const hours = Math.round(minutes / 60);
	const days = Math.round(hours / 24);
	if (days > 365) return 'more than a year';
	return hours < 48 ? `${hours} hours` : `${days} days`;
}
