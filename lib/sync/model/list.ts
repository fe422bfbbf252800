/** The two kinds of list. A kind defines its lists and the writes that they allow; nothing else branches on it. */

import { z } from '../../vendor/zod';

export const kindNameSchema = z.enum(['supervisedAgents', 'agentCallCenters']);
export type KindName = z.infer<typeof kindNameSchema>;

export interface Kind {
	/** POST and DELETE exist beside PUT (call-center page: only supervised agents have them). */
	readonly incremental: boolean;
	/** The answer to a write carries the list as it now is; otherwise it is read back (assigning answers `{}`). */
	readonly answersWithList: boolean;
	/** Additions are checked against what the platform lets the owner join. */
	readonly asksJoinable: boolean;
	/** What a member is called in messages, singular and plural. */
	readonly memberNoun: readonly [string, string];
	/** Whether a list's key has a call center beside its owner. */
	readonly keyedByCallCenter: boolean;
	/** Members are people, who may move from one list to another. */
	readonly membersMove: boolean;
}

export const KINDS: Readonly<Record<KindName, Kind>> = {
	supervisedAgents: {
		incremental: true,
		answersWithList: true,
		asksJoinable: false,
		memberNoun: ['agent', 'agents'],
		keyedByCallCenter: true,
		membersMove: true,
	},
	agentCallCenters: {
		incremental: false,
		answersWithList: false,
		asksJoinable: true,
		memberNoun: ['call center', 'call centers'],
		keyedByCallCenter: false,
		membersMove: false,
	},
};

/** Names one list. `userId` is the supervisor or the agent; `callCenterId` only where the kind is keyed by it. */
export const listRefSchema = z.object({
	kind: kindNameSchema,
	tenantId: z.string().min(1),
	groupId: z.string().min(1),
	userId: z.string().min(1),
	callCenterId: z.string().min(1).nullable(),
});
export type ListRef = Readonly<z.infer<typeof listRefSchema>>;

/** Anything that folding might change: capitals, and whatever is beyond ASCII. */
const FOLDABLE = /[^!-@[-~]/;

/**
 * Ids are compared without regard to case, in one Unicode form. The form comes last, because small
 * letters may compose where capitals did not: what was folded is never changed by folding it again.
 */
export function foldId(id: string): string {
	return FOLDABLE.test(id) ? id.toLowerCase().normalize('NFC') : id;
}

/** The list's identity: equal for two refs that differ in case only. */
export function listKey(ref: ListRef): string {
	return [ref.kind, ref.tenantId, ref.groupId, ref.userId, ref.callCenterId ?? ''].map(foldId).join('\u0000');
}

/** In a stable order, each key made once. */
export function sortedByKey<Entry extends { readonly ref: ListRef }>(entries: readonly Entry[]): Entry[] {
	return entries
		.map((entry) => ({ entry, key: listKey(entry.ref) }))
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ entry }) => entry);
}
