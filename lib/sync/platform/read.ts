/** What the platform has now: one read per list, several side by side. */

import { pLimit } from '../../vendor/p-limit';
import type { ListRef } from '../model/list';
import type { Members } from '../model/members';
import { membersOf } from '../model/members';
import type { Failure, ReadResult } from './platform';
import type { RequestLog, RunPlatform } from './run-platform';

/** A list as it was seen, and when: the moment its request left, so that its age is never understated. */
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

/** @param at when it was asked for, as far as the asking side can tell */
export function viewOf(reply: ReadResult & { readonly ok: true }, at: number): View {
	return { members: membersOf(reply.members), at: reply.askedAt ?? at };
}

/** Runs `work` for every entry with at most `concurrency` side by side; results in the order of the entries. */
export async function inLanes<Entry, Result>(
	entries: readonly Entry[],
	concurrency: number,
	work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const limit = pLimit(Math.max(1, Math.floor(concurrency) || 1));
	return await Promise.all(entries.map(async (entry) => await limit(async () => await work(entry))));
}
