/** Changes as items of n8n. */

import type { INodeExecutionData } from 'n8n-workflow';

import { changeText, type Names } from '../../lib/report';
import { foldId } from '../../lib/sync';
import { ACD_STATE, type Change, type Entry, type Observed, type Subject } from '../../lib/watch';

/** Enough to build the next nodes with. */
const MAX_SAMPLES = 50;

/** A flat item with the same fields for every kind of change; a field that does not apply is null. */
export function changeItem(change: Change, names: Names): INodeExecutionData {
	const { kind, subject, from, to, reason, previousPollAt, detectedAt } = change;
	const { userId, supervisorId, callCenterId } = idsOf(change);
	return {
		json: {
			change: kind,
			text: changeText(change, names),
			list: subject.kind,
			userId,
			userName: nameOf(userId, names),
			supervisorId,
			supervisorName: nameOf(supervisorId, names),
			callCenterId,
			callCenterName: nameOf(callCenterId, names),
			from,
			to,
			reason,
			tenantId: subject.tenantId,
			groupId: subject.groupId,
			previousPollAt: timeOf(previousPollAt),
			detectedAt: timeOf(detectedAt),
		},
	};
}

interface Ids {
	readonly userId: string | null;
	readonly supervisorId: string | null;
	readonly callCenterId: string | null;
}

function idsOf({ subject, entry }: Change): Ids {
	const { kind, userId, callCenterId } = subject;
	const id = entry === null || entry[0] === ACD_STATE ? null : entry[0];
	switch (kind) {
		case 'supervisedAgents':
			return { userId: id, supervisorId: userId, callCenterId };
		case 'callCenterAgents':
			return { userId: id, supervisorId: null, callCenterId };
		case 'callCenterSupervisors':
			return { userId: null, supervisorId: id, callCenterId };
		case 'agentCallCenters':
		case 'availability':
			return { userId, supervisorId: null, callCenterId: id };
	}
}

function nameOf(id: string | null, names: Names): string | null {
	return id === null ? null : (names.get(foldId(id)) ?? null);
}

function timeOf(milliseconds: number | null): string | null {
	return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** The current members, as if they had just been added, for the editor's test button. */
export function sampleChanges(observed: readonly Observed[], now: number): Change[] {
	const there = observed.flatMap(({ subject, observation }) =>
		observation.kind === 'read' ? observation.entries.map((entry) => sample(subject, entry, now)) : [],
	);
	return there.slice(0, MAX_SAMPLES);
}

function sample(subject: Subject, entry: Entry, now: number): Change {
	const isState = subject.kind === 'availability';
	return {
		kind: isState ? 'availabilityChanged' : 'joined',
		subject,
		entry,
		from: null,
		to: isState ? entry[1] : null,
		reason: null,
		previousPollAt: null,
		detectedAt: now,
	};
}
