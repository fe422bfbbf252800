/** The decisions on changes after the answer to a write, or to the read that verifies it. */

import { fewForeign, type ListRef, MAX_REPLANS, MAX_RESENDS } from '../model';
import type { Failure } from '../platform';
import type { Decision, Foreign, TrackedChange } from './change-tracker';

/** Accepted, and not on the list. */
export const NOT_TAKEN: Decision = { outcome: 'rejected', code: 'notTaken', facts: {} };

export const TOO_LATE_TO_REPLACE: Decision = { outcome: 'failed', code: 'tooLate', facts: {} };

/** Call centers are the only members that an administrator has to take from somebody in another place. */
export function refusedAlone(
	{ kind, userId: agent }: ListRef,
	{ direction, change: { member: callCenter } }: Pick<TrackedChange, 'direction' | 'change'>,
	{ code: platformCode, message: said }: Failure,
): Decision {
	return kind === 'agentCallCenters' && direction === 'remove'
		? { outcome: 'rejected', code: 'cannotLeave', facts: { agent, callCenter, platformCode, said } }
		: { outcome: 'rejected', code: 'refusedByPlatform', facts: { platformCode, said } };
}

export function unavailable({ code, message }: Failure): Decision {
	return { outcome: 'failed', code: 'platformFailed', facts: { platformCode: code, said: message } };
}

/** Rights are not given member by member, so nothing more is tried on the list. */
export function forbidden({ message }: Failure): Decision {
	return { outcome: 'failed', code: 'forbidden', facts: { problem: 'write', said: message } };
}

export function doubtUnresolved({ message }: Failure): Decision {
	return { outcome: 'failed', code: 'doubtUnresolved', facts: { times: MAX_RESENDS + 1, said: message } };
}

export function outcomeUnknown({ message }: Failure): Decision {
	return { outcome: 'failed', code: 'outcomeUnknown', facts: { said: message } };
}

export function unverified({ kind, message }: Failure): Decision {
	return { outcome: 'failed', code: 'unverified', facts: { said: kind === 'stopped' ? null : message } };
}

export function unreadable(list: ListRef, { kind, message }: Failure): Decision {
	const facts = { list, said: message };
	return kind === 'missing'
		? { outcome: 'failed', code: 'missingList', facts: { problem: 'meanwhile', ...facts } }
		: { outcome: 'failed', code: 'unreadableList', facts: { problem: 'writing', ...facts } };
}

/** Somebody else changed the list after it was planned. */
export function overtaken(foreign: Foreign): Decision {
	return { outcome: 'conflict', code: 'overtaken', facts: { foreign: fewForeign(foreign) } };
}

/** Somebody else keeps changing the list. */
export function contested(foreign: Foreign): Decision {
	return { outcome: 'conflict', code: 'contested', facts: { foreign: fewForeign(foreign), plans: MAX_REPLANS } };
}

/** @param others how many more could not be added to the list */
export function heldForAddition(member: string, others: number): Decision {
	return { outcome: 'held', code: 'additionFailed', facts: { problem: 'sameList', member, others } };
}
