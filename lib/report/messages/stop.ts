/** Why a run ended early. */

import { counted } from '../../number-format';
import type { Stop } from '../../stop';
import type { Facts } from '../../sync';

/** Short forms, for lines without room for the message. */
const STOP_LABELS: Readonly<Record<Stop['problem'], string>> = {
	cancelled: 'The execution was cancelled',
	timeLimit: "The workflow's time-out was near",
	pollTooLong: 'The poll reached its time limit',
	retryAfterTooLong: 'The platform asks to wait longer than a run may wait',
	noProgress: 'The platform refused every request because of its request limit',
	platformDown: 'The platform kept failing, and later single attempts failed as well',
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
			return (
				`${STOP_LABELS.cancelled}. The run waited for the answers to requests already sent. ` +
				'Run it again to continue.'
			);
		case 'timeLimit':
			return `${STOP_LABELS.timeLimit}, so the run ended early. Run it again to continue.`;
		case 'pollTooLong':
			return `The poll reached its limit of ${stop.minutes} minutes: watch fewer lists with one trigger.`;
		case 'retryAfterTooLong':
			return (
				`The platform asks to wait ${inWords(stop.waitSeconds)}, longer than the ${inWords(stop.maxSeconds)} that a ` +
				'run may wait. Run it again after that time.'
			);
		case 'noProgress':
			return (
				`The platform refused every request for ${inWords(stop.seconds)} because of its request limit. Run it again ` +
				'when the platform is less busy, or ask its administrator for a higher limit.'
			);
		case 'platformDown':
			return (
				`The platform kept failing, and ${counted(stop.probes, 'later single attempt')} failed as well. ` +
				`Run it again when the platform works.${stop.said && ` The last failure: ${stop.said}`}`
			);
		case 'signedOut':
			return `${STOP_LABELS.signedOut}. Check the credential, then run it again.`;
		case 'signInRefused':
			if (stop.status === null) return stop.said;
			return `${SIGN_IN_REFUSED}. Check the credential, then run it again. The platform said: ${stop.said}`;
	}
}

function inWords(seconds: number): string {
	if (seconds < 600) return counted(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return `${minutes} minutes`;
	const hours = Math.round(minutes / 60);
	const days = Math.round(hours / 24);
	if (days > 365) return 'more than a year';
	return hours < 48 ? `${hours} hours` : `${days} days`;
}
