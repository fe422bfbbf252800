/** What a trigger remembers between two polls, as n8n stores it: plain JSON, checked when it is read again. */

import { foldId } from '../sync';
import { z } from '../vendor/zod';
import { hasMembers, subjectKey, subjectSchema } from './subject';

/** Id, and its value: the name of a member, or the state of an availability. Names may be empty. */
const entrySchema = z.tuple([z.string(), z.string()]);
export type Entry = Readonly<z.infer<typeof entrySchema>>;

const rememberedSchema = z.object({
	subject: subjectSchema,
	/** Null where it has been absent ever since it is known. */
	entries: z.array(entrySchema).nullable(),
	/** When it was last read: milliseconds since the epoch. */
	readAt: z.number(),
	/** Since when the platform does not show it; null while it does. */
	absentSince: z.number().nullable(),
});
export type Remembered = Readonly<z.infer<typeof rememberedSchema>>;

const pollStateSchema = z.object({
	version: z.literal(1),
	/** Normal base URL: what is remembered of one platform says nothing about another. */
	platform: z.string(),
	lists: z.array(rememberedSchema),
});
export type PollState = Readonly<z.infer<typeof pollStateSchema>>;

export function emptyPollState(platform: string): PollState {
	return { version: 1, platform, lists: [] };
}

/** An empty state if none is stored, or one of another platform; null if the stored one cannot be read. */
export function readPollState(stored: unknown, platform: string): PollState | null {
	if (stored === undefined) return emptyPollState(platform);
	const parsed = pollStateSchema.safeParse(stored);
	if (!parsed.success) return null;
	return parsed.data.platform === platform ? parsed.data : emptyPollState(platform);
}

export function byKey({ lists }: PollState): Map<string, Remembered> {
	return new Map(lists.map((list) => [subjectKey(list.subject), list]));
}

/** Entries over all lists. */
export function rememberedCount({ lists }: PollState): number {
	return lists.reduce((sum, { entries }) => sum + (entries?.length ?? 0), 0);
}

/** Names by folded id, as far as any list has them. */
export function namesIn(states: readonly PollState[]): Map<string, string> {
	const named = states.flatMap(({ lists }) =>
		lists.flatMap(({ subject, entries }) => (hasMembers(subject.kind) ? (entries ?? []) : [])),
	);
	return new Map(named.filter(([, name]) => name !== '').map(([id, name]) => [foldId(id), name]));
}
