/** What a trigger watches: a list, or the availability of an agent. */

import { foldId } from '../sync';
import { z } from '../vendor/zod';

/**
 * | Kind | Named by | Entries |
 * | --- | --- | --- |
 * | `supervisedAgents` | supervisor, call center | agents |
 * | `agentCallCenters` | agent | call centers |
 * | `callCenterAgents` | call center | agents |
 * | `callCenterSupervisors` | call center | supervisors |
 * | `availability` | agent; call center, or null for all of the agent's | `ACD_STATE` and call centers |
 */
export const subjectKind = z.enum([
	'supervisedAgents',
	'agentCallCenters',
	'callCenterAgents',
	'callCenterSupervisors',
	'availability',
]);
export type SubjectKind = z.infer<typeof subjectKind>;

export const subjectSchema = z.object({
	kind: subjectKind,
	tenantId: z.string(),
	groupId: z.string(),
	userId: z.string().nullable(),
	callCenterId: z.string().nullable(),
});
export type Subject = Readonly<z.infer<typeof subjectSchema>>;

/** The entry of an availability that holds the agent's ACD state; the others are ids of call centers. */
export const ACD_STATE = '';

/** Whether entries of this kind are members, whose value is a name, rather than states that change. */
export function hasMembers(kind: SubjectKind): boolean {
	return kind !== 'availability';
}

/** The same for another spelling of the same ids. */
export function subjectKey({ kind, tenantId, groupId, userId, callCenterId }: Subject): string {
	return [kind, tenantId, groupId, userId ?? '', callCenterId ?? ''].map(foldId).join('\u0000');
}
