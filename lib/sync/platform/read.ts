/** Reads the live lists: one request per list, several concurrently. */

import { pLimit } from '../../vendor/p-limit';
import { type ListRef, type Members, membersOf } from '../model';
import type { Failure, ReadResult } from './platform';
import type { RequestLog, RunPlatform } from './run-platform';

/** A list as it was read. `at` is when the request was sent, so that its age is never understated. */
export interface View {
	readonly members: Members;
	readonly at: number;
}

export type ListRead = { readonly ok: true; readonly view: View } | { readonly ok: false; readonly failure: Failure };

/** Reads one list. */
export async function readList(ref: ListRef, platform: RunPlatform, log: RequestLog): Promise<ListRead> {
	const at = platform.now();
	const reply = await platform.read(ref, log);
	return reply.ok ? { ok: true, view: viewOf(reply, at) } : { ok: false, failure: reply.failure };
}

/** @param at when the request was made; used if the reply has no `askedAt` */
export function viewOf(reply: ReadResult & { readonly ok: true }, at: number): View {
	return { members: membersOf(reply.members), at: reply.askedAt ?? at };
}

/** Runs `work` for all entries, at most `concurrency` at once. The results are in the order of the entries. */
export async function mapConcurrently<Entry, Result>(
	entries: readonly Entry[],
	concurrency: number,
	work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const limit = pLimit(Math.max(1, Math.floor(concurrency) || 1));
	return await Promise.all(entries.map(async (entry) => await limit(async () => await work(entry))));
}
