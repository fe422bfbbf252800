/**
 * Why a run sends nothing more; `lib/report/messages` has the sentences.
 * - `cancelled`: the execution was cancelled or timed out.
 * - `timeLimit`: the execution is about to time out, so the run ends while it can still hand back what was done.
 * - `pollTooLong`: a poll of the trigger took as long as it may.
 * - `retryAfterTooLong`: the platform asks for a longer wait than a run may take.
 * - `noProgress`: throttled all the time, for longer than a run may take.
 * - `platformDown`: it kept failing, probes included; `said` is how it failed last, for people.
 * - `signedOut`: the sign-in was refused, also after renewing it.
 */
export type Stop =
	| { readonly problem: 'cancelled' }
	| { readonly problem: 'timeLimit' }
	| { readonly problem: 'pollTooLong'; readonly minutes: number }
	| { readonly problem: 'retryAfterTooLong'; readonly waitSeconds: number; readonly maxSeconds: number }
	| { readonly problem: 'noProgress'; readonly seconds: number }
	| { readonly problem: 'platformDown'; readonly probes: number; readonly said: string }
	| { readonly problem: 'signedOut' };

/**
 * Why `signal` aborted: the `Stop` that whoever aborted it gave as the reason, or else the plain cancellation of an
 * execution.
 */
export function stopIn({ reason }: AbortSignal): Stop {
	const given = reason as Partial<Stop> | undefined;
	return typeof given?.problem === 'string' ? (given as Stop) : { problem: 'cancelled' };
}
