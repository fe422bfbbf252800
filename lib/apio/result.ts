/** The result of a call of the client. Failures are data: the callers interpret them. */

import type { Stop } from '../stop';
import type { AnsweredBy } from '../sync';
import type { NoAnswerCause } from './transport';

/** One error of Broadsoft (BroadWorks) behind the platform, as APIO maps it. */
export interface ErrorDetail {
	readonly errorCode: string | null;
	/** `Warning` or `Error`. */
	readonly level: string | null;
	readonly summary: string | null;
	readonly detail: string | null;
}

/**
 * - `invalid`: an argument breaks a documented rule; nothing was sent.
 * - `refused`: the platform answered with another status than success.
 * - `partial`: 207, some of it was done.
 * - `unreadable`: a success whose body is not what the documentation promises (cut short, HTML, no list).
 * - `unanswered`: no whole answer came; `cause` and `maybeApplied` say more.
 */
export type ApioFailureKind = 'invalid' | 'refused' | 'partial' | 'unreadable' | 'unanswered';

/** Every way in which a call can fail, in one form. Holds no secret. */
export interface ApioFailure {
	readonly kind: ApioFailureKind;
	/** HTTP status, or null without an answer. */
	readonly status: number | null;
	/** A short machine word: `invalidArgument`, `apio-2`, `broadsoft-4008`, `http-404`, `timeout`, … */
	readonly code: string;
	/** For people: what the platform said, or else what happened. Empty where `stop` says why. */
	readonly message: string;
	/** What to do where no answer came, in sentences; null where there is nothing particular to do. */
	readonly advice: string | null;
	/** The platform's own words, as far as its answer has any that can be read. */
	readonly said: string | null;
	readonly details: readonly ErrorDetail[];
	/** `invalid` only: the argument by its documented name, e.g. `guardTimerSeconds` or `supervised_agents[2].userId`. */
	readonly argument: string | null;
	/** `invalid` only: what is wrong with the argument, as a sentence that begins with its name goes on. */
	readonly problem: string | null;
	/** `unanswered` only. */
	readonly cause: NoAnswerCause | null;
	/** Why the run sends nothing more; for the cause `stopped` only. */
	readonly stop: Stop | null;
	/** The system that answered, detected by the form of the answer; null without an answer. */
	readonly answeredBy: AnsweredBy | null;
	/** Whether a write may have been carried out all the same. */
	readonly maybeApplied: boolean;
}

export type Result<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: ApioFailure };

export function succeeded<T>(value: T): Result<T> {
	return { ok: true, value };
}

type Essentials = Pick<ApioFailure, 'kind' | 'code' | 'message'>;

export function failed(failure: Essentials & Partial<ApioFailure>): {
	readonly ok: false;
	readonly failure: ApioFailure;
} {
	return {
		ok: false,
		failure: {
			status: null,
			said: null,
			advice: null,
			details: [],
			argument: null,
			problem: null,
			cause: null,
			stop: null,
			answeredBy: null,
			maybeApplied: false,
			...failure,
		},
	};
}

/** @param argument its documented name; empty for the request as a whole */
export function invalid(argument: string, problem: string, code = 'invalidArgument'): Result<never> {
	return failed({ kind: 'invalid', code, argument, problem, message: `${argument || 'The request'} ${problem}` });
}
