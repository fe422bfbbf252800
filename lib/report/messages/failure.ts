/** A failed request of a single operation or a poll: what happened, where, and how to go on. */

import { asksForNewPassword, type ApioFailure } from '../../apio';
import { stopLabel, stopMessage } from './stop';

/**
 * @param names of the parameters that are at fault, as the user sees them
 * @param itemIndex null where there are no items
 */
export function failureText(failure: ApioFailure, names: readonly string[], itemIndex: number | null): string {
	const item = itemIndex === null ? '' : ` [item ${itemIndex}]`;
	switch (failure.kind) {
		case 'invalid':
			return `${argumentProblem(failure, names)}${item}`;
		case 'refused': {
			const quoted = isOfValues(failure) ? inQuotes(names) : '';
			if (failure.status === 404)
				return `APIO did not find the value of ${quoted || 'the parameters'}${item}: ${failure.message}`;
			return `APIO refused the request${quoted && ` because of ${quoted}`}${item}: ${failure.message}`;
		}
		default:
			return `${failure.stop === null ? failure.message : stopLabel(failure.stop)}${item}`;
	}
}

/** Statuses about the connection to the platform, or about the length of a request. */
const OF_NO_VALUE: readonly (number | null)[] = [407, 413, 511];

/** Whether the platform may have refused the request because of its values. */
function isOfValues({ status }: ApioFailure): boolean {
	return !isRedirect(status) && !OF_NO_VALUE.includes(status);
}

function isRedirect(status: number | null): boolean {
	return status !== null && status >= 300 && status < 400;
}

/** The message about an argument, with the display name of its parameter. */
function argumentProblem({ argument, problem, message }: ApioFailure, [name]: readonly string[]): string {
	if (!argument) return message;
	const position = /\[(\d+)\]/.exec(argument)?.[1];
	const entry = position === undefined ? '' : ` (entry ${Number(position) + 1})`;
	return `'${name ?? argument}'${entry} ${problem}`;
}

const MAY_BE_APPLIED = 'The request may have been carried out: read the current state before you send it again.';

/** How to go on; the parameters as for `failureText`. */
export function failureAdvice(failure: ApioFailure, names: readonly string[]): string {
	const quoted = inQuotes(names);
	const hint = failure.maybeApplied ? ` ${MAY_BE_APPLIED}` : '';
	switch (failure.kind) {
		case 'invalid':
			// To look up a name, its group was read.
			return (
				`Nothing was ${failure.code.startsWith('nameNot') ? 'written' : 'sent'} to APIO. Change ` +
				`${quoted || 'the parameters'} and try again.`
			);
		case 'partial':
			return 'Read the current state to see which part was done, then send the rest again.';
		case 'unreadable':
			return failure.said === null
				? `Check the Base URL in the credential, and whether a proxy between n8n and APIO changes answers.${hint}`
				: `Remove the cause that the platform names, then try again.${hint}`;
		case 'unanswered':
			return `${adviceWithoutAnswer(failure)}${hint}`;
		case 'refused':
			return `${adviceAfterRefusal(failure, quoted)}${hint}`;
	}
}

function adviceWithoutAnswer({ cause, stop, advice }: ApioFailure): string {
	if (stop !== null) return stopMessage(stop);
	if (cause === 'signIn') return 'Open the credential, correct it and test it.';
	return advice ?? 'Try again when the platform can be reached.';
}

function adviceAfterRefusal(failure: ApioFailure, names: string): string {
	const { code, status } = failure;
	if (code === 'sizeLimitExceeded') return "Narrow the filters, or raise or remove 'Response Size Limit'.";
	if (asksForNewPassword(failure))
		return (
			'The password of this account must be changed first. Sign in to the portal once, change it, then enter the new ' +
			'one in the credential.'
		);
	if (status === 401) return 'Open the credential and test it: APIO no longer accepts its sign-in.';
	if (status === 403)
		return 'Ask the administrator of APIO for the right to do this, or use the credential of another account.';
	if (status === 404)
		return (
			`Double-check the spelling of ${names || 'the IDs'}, upper and lower case included, or pick from the ` +
			'list. The agent must belong to this tenant and group.'
		);
	if (status === 407 || status === 511)
		return 'Ask the administrator of the network or of n8n how n8n can reach the platform.';
	if (status === 413) return 'Send fewer members in one request.';
	if (status === 429) return 'APIO limits the number of requests. Try again later, or run fewer workflows at once.';
	if (status !== null && status >= 500) return 'The platform failed. Try again later.';
	if (isRedirect(status)) return 'Enter the address of the API itself as Base URL in the credential.';
	return `Double-check ${names || 'the values'} and try again.`;
}

function inQuotes(names: readonly string[]): string {
	return names.map((name) => `'${name}'`).join(', ');
}
