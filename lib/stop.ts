/**
 * Why a run sends nothing more.
 * - `cancelled`: the execution was cancelled or timed out.
 * - `timeLimit`: the execution is about to time out, so the run ends while it can still hand back what was done.
 * - `retryAfterTooLong`: the platform asks for a longer wait than a run may take.
 * - `noProgress`: throttled all the time, for longer than a run may take.
 * - `platformDown`: it kept failing, probes included.
 * - `signedOut`: the sign-in was refused, also after renewing it.
 */
export type StopCode = 'cancelled' | 'timeLimit' | 'retryAfterTooLong' | 'noProgress' | 'platformDown' | 'signedOut';

export interface Stop {
	readonly code: StopCode;
	/** For people: what happened and how to go on. */
	readonly message: string;
}

export function cancelled(): Stop {
	return {
		code: 'cancelled',
		message: 'The execution was cancelled. Requests already sent were waited for; run it again to go on.',
	};
}

export function timeLimit(): Stop {
	return {
		code: 'timeLimit',
		message:
			"The workflow's time-out was near, so the run ended in good order before it. Requests already sent " +
			'were waited for; run it again to go on.',
	};
}

/**
 * Why `signal` aborted: the `Stop` that whoever aborted it gave as the reason, or else the plain cancellation of an
 * execution.
 */
export function stopIn({ reason }: AbortSignal): Stop {
	const given = reason as Partial<Stop> | undefined;
	// A DOMException, the usual reason, has a code as well: a number.
	return typeof given?.code === 'string' && typeof given.message === 'string' ? (given as Stop) : cancelled();
}

export function retryAfterTooLong(waitMs: number, maxMs: number): Stop {
	return {
		code: 'retryAfterTooLong',
		message:
			`The platform asks to wait ${inWords(waitMs)}, longer than the ${inWords(maxMs)} that a run may wait. ` +
			'Run it again after that time to go on.',
	};
}

export function noProgress(forMs: number): Stop {
	return {
		code: 'noProgress',
		message:
			`The platform refused every request for ${inWords(forMs)} because of its request limit. Run it again ` +
			'when the platform is less busy, or ask its administrator for a higher limit.',
	};
}

export function platformDown(probes: number): Stop {
	return {
		code: 'platformDown',
		message:
			`The platform kept failing, and ${probes} single attempts spread over time failed as well. Run it ` +
			'again once the platform works to go on.',
	};
}

export function signedOut(): Stop {
	return {
		code: 'signedOut',
		message:
			'The platform no longer accepts the sign-in, also after renewing it. Check the credential, then run ' +
			'it again to go on.',
	};
}

function inWords(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 600) return `${seconds} seconds`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return `${minutes} minutes`;
	const hours = Math.round(minutes / 60);
	const days = Math.round(hours / 24);
	if (days > 365) return 'more than a year';
	return hours < 48 ? `${hours} hours` : `${days} days`;
}
