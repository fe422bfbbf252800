/**
 * The requests of one list, in sequence. A write is verified by the list itself: the one in the platform's answer, or
 * one that is read after it.
 */

import { type ListRef, MAX_DOUBT_READS, PARTIAL_SUCCESS, sameMembers } from '../model';
import {
	TOO_LATE,
	type Failure,
	readList,
	viewOf,
	type ListRead,
	type View,
	type RequestLog,
	type RunPlatform,
	type Write,
} from '../platform';
import type { ChangeTracker, TrackedChange } from './change-tracker';

/**
 * The outcome of a write. If the list was seen since, the tracker has the view.
 * - `seen`: accepted, and the list was seen since.
 * - `partial`: some of it may have been applied (207), and the list was seen since.
 * - `changed`, `unchanged`: in doubt, and the list was seen since; whether it is another one than before the write.
 * - `unverified`: accepted, but the list could not be read.
 * - `unknown`: in doubt, and the list could not be read.
 * - `late`: not sent, because the list's last read grew too old while the request waited for its turn.
 * - `refused`, `missing`, `forbidden`, `unavailable`, `stopped`: nothing was applied; see `FailureKind`.
 */
export type WriteOutcome =
	| { readonly kind: 'seen' }
	| {
			readonly kind:
				| 'partial'
				| 'changed'
				| 'unchanged'
				| 'unverified'
				| 'unknown'
				| 'late'
				| Exclude<Failure['kind'], 'doubt'>;
			readonly failure: Failure;
	  };

interface VerifiedWritesOptions {
	/** How old the read may be that a replace follows. */
	readonly freshMilliseconds: number;
	/** Requests, for the journal. */
	readonly log: RequestLog;
	/** Called with the changes that the list shows after a write of them, for progress within long lists. */
	readonly onShown: (changes: readonly TrackedChange[]) => void;
}

export class VerifiedWrites {
	/** The list just before the first write; null while nothing was written. */
	before: View | null = null;
	/** Whether a write of ours may have changed the list since it was last seen. */
	unverified = false;

	constructor(
		private readonly ref: ListRef,
		private readonly tracker: ChangeTracker,
		private readonly platform: RunPlatform,
		private readonly options: VerifiedWritesOptions,
	) {}

	/** Whether the list was seen recently enough to be overwritten. */
	get isFresh(): boolean {
		const age = this.platform.now() - this.tracker.view.at;
		// A negative age means that the clock was set back.
		return age >= 0 && age <= this.options.freshMilliseconds;
	}

	/** Reads the list. Null on success. */
	async read(): Promise<Failure | null> {
		const read = await readList(this.ref, this.platform, this.options.log);
		if (!read.ok) return read.failure;
		this.tracker.observe(read.view);
		return null;
	}

	/** Makes the changes: an add or a remove names them alone, a replace the whole list as it shall be. */
	async write(write: Write, changes: readonly TrackedChange[]): Promise<WriteOutcome> {
		const { tracker, platform, options } = this;
		const before = tracker.view;
		const isReplace = write === 'replace';
		const members = isReplace ? tracker.target(changes) : changes.map(({ change }) => change.member);
		const notAfter = isReplace ? before.at + options.freshMilliseconds : undefined;
		const at = platform.now();
		const reply = await platform.write(write, this.ref, members, options.log, notAfter);
		if (!reply.ok) return await this.afterFailure(changes, before, reply.failure);
		this.before ??= before;
		markSent(changes, false);
		const { members: answered } = reply;
		const read: ListRead =
			answered === null ? await this.readBack() : { ok: true, view: viewOf({ ok: true, members: answered }, at) };
		if (!read.ok) return this.unverifiedBy('unverified', read.failure);
		this.show(read.view, changes);
		return { kind: 'seen' };
	}

	private async afterFailure(changes: readonly TrackedChange[], before: View, failure: Failure): Promise<WriteOutcome> {
		if (failure.kind === 'unavailable' && failure.code === TOO_LATE) return { kind: 'late', failure };
		if (failure.kind === 'forbidden') return { kind: 'forbidden', failure };
		this.before ??= before;
		if (failure.kind === 'doubt') return await this.resolveDoubt(changes, before, failure);
		return { kind: failure.kind, failure };
	}

	/** The write may or may not have been applied: the list shows which. */
	private async resolveDoubt(changes: readonly TrackedChange[], before: View, failure: Failure): Promise<WriteOutcome> {
		markSent(changes, true);
		const read = await this.readBack();
		if (!read.ok) return this.unverifiedBy('unknown', failure);
		this.show(read.view, changes);
		// A change that the list does not show was not applied. If it appears later, somebody else made it.
		for (const change of changes) change.sent = this.tracker.isDone(change);
		if (failure.status === PARTIAL_SUCCESS) return { kind: 'partial', failure };
		return { kind: sameMembers(before.members, read.view.members) ? 'unchanged' : 'changed', failure };
	}

	/** Reads the list to learn what a write did. */
	private async readBack(): Promise<ListRead> {
		const { ref, platform, options } = this;
		let read = await readList(ref, platform, options.log);
		for (let reads = 1; reads < MAX_DOUBT_READS && !read.ok && read.failure.kind !== 'stopped'; reads += 1) {
			read = await readList(ref, platform, options.log);
		}
		return read;
	}

	private show(view: View, changes: readonly TrackedChange[]): void {
		this.tracker.observe(view);
		this.options.onShown(changes.filter((change) => this.tracker.isDone(change)));
	}

	private unverifiedBy(kind: 'unverified' | 'unknown', failure: Failure): WriteOutcome {
		this.unverified = true;
		return { kind, failure };
	}
}

function markSent(changes: readonly TrackedChange[], inDoubt: boolean): void {
	for (const change of changes) {
		change.sent = true;
		change.inDoubt = inDoubt;
	}
}
