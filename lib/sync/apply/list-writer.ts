/**
 * Writes one list: a queue of chunks, and one decision for everything that a request can lead to.
 *
 * A chunk holds the changes that one request makes. A replace is the first chunk of the queue and holds all changes of
 * the list. Chunks of additions come next, chunks of removals last; they make what is still to be made by then, so they
 * also take over from a replace that is given up. A refused chunk is halved until the members that the platform refuses
 * stand alone and the others are in: at most about 2 log2(n) requests for one bad member among n.
 *
 * Nobody else in this run writes to the list meanwhile.
 */

import type { ListOutcome } from '../documents/journal';
import type { HeldChange, PlannedList } from '../documents/plan';
import { MAX_REPLANS, MAX_RESENDS } from '../model/limits';
import { foldId, KINDS } from '../model/list';
import { chunksOf } from '../model/members';
import type { Failure } from '../platform/platform';
import type { View } from '../platform/read';
import type { RequestLog, RunPlatform, Write } from '../platform/run-platform';
import { ChangeTracker, heldOutcome, type Direction, type TrackedChange } from './change-tracker';
import * as messages from './messages';
import { listOutcome } from './outcome';
import { VerifiedWrites, type WriteOutcome } from './verified-writes';

export interface ListTask {
	readonly planned: PlannedList;
	/** The list as the plan saw it. */
	readonly view: View;
	/**
	 * What to do before writing. `trust`: the plan's read is this run's own. `again`: the same, but it will be too old.
	 * `compare`: the plan was made earlier, and a list that somebody changed since is left alone.
	 */
	readonly first: 'trust' | 'again' | 'compare';
	/** Changes that something else has to go before, and did not. */
	readonly blocked: readonly HeldChange[];
	/** Entries per request; 0 for no limit. */
	readonly maxEntries: number;
	/** How old the read may be that a replace follows. */
	readonly freshMilliseconds: number;
	readonly log: RequestLog;
	/** Told of changes that the list shows after a write of them. */
	readonly onShown: (changes: readonly TrackedChange[]) => void;
}

interface Chunk {
	/** A replace makes changes of both directions. Where the kind of list knows no other write, each chunk is sent as one. */
	readonly kind: Write;
	readonly changes: readonly TrackedChange[];
	/** Times it was sent again as it was. */
	readonly resends: number;
}

/** A change that was refused when it was sent alone, and how many views of the list there had been by then. */
interface RefusedAlone {
	readonly change: TrackedChange;
	readonly failure: Failure;
	readonly viewCount: number;
}

export class ListWriter {
	readonly #tracker: ChangeTracker;
	readonly #writes: VerifiedWrites;
	readonly #incremental: boolean;
	readonly #queue: Chunk[] = [];
	readonly #refusedAlone: RefusedAlone[] = [];
	/** What the platform said to a replace that the next chunk would only repeat. */
	#refusedReplace: Failure | null = null;
	/** Times that what is left was planned again; a replace that is given up does not count for the chunks. */
	#replans = 0;
	#strategy;
	#reason;
	/** Whether more may be written; null before the list was prepared for writing. */
	#open: boolean | null = null;

	constructor(
		private readonly task: ListTask,
		private readonly platform: RunPlatform,
	) {
		const { planned, view } = task;
		this.#tracker = new ChangeTracker(planned.adds, planned.removes, view);
		this.#writes = new VerifiedWrites(planned.ref, this.#tracker, platform, task);
		this.#incremental = KINDS[planned.ref.kind].incremental;
		this.#strategy = planned.strategy;
		this.#reason = planned.reason;
		this.hold(task.blocked);
	}

	/** Makes the planned changes of these directions, additions first. */
	async write(directions: readonly Direction[]): Promise<void> {
		if (this.platform.stop !== null || this.pending(directions).length === 0) return;
		this.#open ??= await this.prepare();
		if (this.#open) this.#open = await this.writeAll(directions);
	}

	/** Keeps back changes that something else has to go before, and did not. */
	hold(changes: Iterable<HeldChange>): void {
		for (const { member, change: direction, outcome, code, reason } of changes) {
			const change = this.#tracker.find(direction, foldId(member));
			if (change !== undefined) this.#tracker.decide([change], { outcome: outcome ?? 'held', code, message: reason });
		}
	}

	/** Whether the list, as last seen, has the member. */
	shows(folded: string): boolean {
		return this.isKnown && this.#tracker.view.members.has(folded);
	}

	outcome(): ListOutcome {
		const { planned, log } = this.task;
		return listOutcome({
			ref: planned.ref,
			strategy: this.#strategy,
			reason: this.#reason,
			before: this.#writes.before ?? this.#tracker.view,
			after: this.isKnown ? this.#tracker.view : null,
			foreign: this.#tracker.foreign,
			members: [...this.#tracker.outcomes(), ...planned.held.map(heldOutcome)],
			requests: log,
		});
	}

	/** Whether this run knows the list as it is: a plan made earlier says how it was then. */
	private get isKnown(): boolean {
		return !this.#writes.unproved && (this.task.first !== 'compare' || this.#tracker.viewCount > 0);
	}

	/** False where nothing may be written. */
	private async prepare(): Promise<boolean> {
		const { first } = this.task;
		if (first === 'trust') return true;
		if (!(await this.read())) return false;
		return first === 'again' || this.isAsPlanned();
	}

	/**
	 * A reviewed plan is applied exactly or not at all: where somebody else did part of it, the rest is written; where
	 * they did anything else, the list is left to them and named as a conflict.
	 */
	private isAsPlanned(): boolean {
		const foreign = this.#tracker.contraryForeign;
		if (foreign.added.length + foreign.removed.length === 0) return true;
		this.#tracker.decide(this.#tracker.pending(), messages.overtaken(foreign));
		return false;
	}

	/** False where nothing more is to be sent for this list. Everything below says so in the same way. */
	private async writeAll(directions: readonly Direction[]): Promise<boolean> {
		this.holdRemovalsIfAdditionsFailed();
		this.#refusedReplace = null;
		const kinds: readonly Write[] = this.#strategy === 'replace' ? ['replace', ...directions] : directions;
		for (const kind of kinds) {
			if (kind === 'remove') this.holdRemovalsIfAdditionsFailed();
			this.enqueue(kind, kind === 'replace' ? this.pending(directions) : this.#tracker.pending(kind));
			for (let chunk = this.#queue.shift(); chunk !== undefined; chunk = this.#queue.shift()) {
				if (!(await this.send(chunk))) return false;
			}
			if (!(await this.checkRefusedAlone())) return false;
		}
		return true;
	}

	private enqueue(kind: Write, changes: readonly TrackedChange[]): void {
		const size = this.#incremental ? this.task.maxEntries : 0;
		const parts = kind === 'replace' ? [changes] : chunksOf(changes, size);
		const chunks = parts.map((part): Chunk => ({ kind, changes: part, resends: 0 }));
		if (this.#refusedReplace !== null && chunks.length === 1) this.split(chunks[0], this.#refusedReplace);
		else this.#queue.push(...chunks);
	}

	private async send(chunk: Chunk): Promise<boolean> {
		const write = this.#incremental ? chunk.kind : 'replace';
		if (write === 'replace' && !this.#writes.isFresh) {
			if (this.#incremental)
				return this.fallBack({ why: 'readTooOld', freshMilliseconds: this.task.freshMilliseconds });
			if (!(await this.read())) return false;
		}
		const pending = this.left(chunk);
		if (pending.changes.length === 0) return true;
		return await this.decide(pending, await this.#writes.write(write, pending.changes));
	}

	/** What a request led to decides what comes next. */
	private async decide(chunk: Chunk, outcome: WriteOutcome): Promise<boolean> {
		switch (outcome.kind) {
			case 'seen':
				this.#tracker.decide(this.left(chunk).changes, messages.notTaken());
				return true;
			case 'late':
				return this.sendAgain(chunk, messages.tooLate());
			case 'missing':
				// The list, or only a member? The list itself knows.
				return (await this.read()) && this.afterRefusal(chunk, outcome.failure);
			case 'refused':
				return this.afterRefusal(chunk, outcome.failure);
			case 'partial':
				return this.afterPartialSuccess(chunk, outcome.failure);
			case 'changed':
				return this.planAgain(chunk);
			case 'unchanged':
				return this.sendAgain(chunk, messages.doubtUnresolved(outcome.failure));
			case 'unknown':
				return this.giveUp(chunk.changes, messages.outcomeUnknown(outcome.failure));
			case 'unverified':
				return this.giveUp(chunk.changes, messages.unverified(outcome.failure));
			case 'unavailable':
				return this.giveUp(chunk.changes, messages.unavailable(outcome.failure));
			case 'forbidden':
				return this.giveUp(this.#tracker.pending(), messages.forbidden(outcome.failure));
			case 'stopped':
				return false;
		}
	}

	/** The same request once more, a bounded number of times. */
	private sendAgain(chunk: Chunk, otherwise: messages.Decision): boolean {
		const left = this.left(chunk);
		if (left.changes.length === 0) return true;
		if (left.resends >= MAX_RESENDS) return this.giveUp(left.changes, otherwise);
		this.#queue.unshift({ ...left, resends: left.resends + 1 });
		return true;
	}

	/** Somebody else changed the list under our hands: what is left is made from the list as it is now. */
	private planAgain(chunk: Chunk): boolean {
		const left = this.left(chunk);
		if (left.changes.length === 0) return true;
		if (left.kind === 'replace' && this.#incremental) return this.fallBack({ why: 'changing' });
		this.#replans += 1;
		if (this.#replans > MAX_REPLANS) return this.giveUp(left.changes, messages.contested(this.#tracker.foreign));
		// A replace keeps its count of resends over new plans; the other chunks begin anew.
		this.#queue.unshift(left.kind === 'replace' ? left : { ...left, resends: 0 });
		return true;
	}

	private afterRefusal(chunk: Chunk, failure: Failure): boolean {
		if (chunk.kind === 'replace') this.fallBack({ why: 'refused' });
		return this.split(this.left(chunk), failure);
	}

	/** A whole answer: what the platform left out was turned down, if it took nothing else either. */
	private afterPartialSuccess(chunk: Chunk, failure: Failure): boolean {
		const left = this.left(chunk);
		if (left.changes.length === 0) return true;
		if (left.kind === 'replace') this.fallBack({ why: 'partial' });
		if (left.changes.length === chunk.changes.length) return this.split(left, failure);
		if (left.kind !== 'replace') this.#queue.unshift({ ...left, resends: 0 });
		return true;
	}

	/** Smaller requests find out which changes the platform refuses. A single change is put aside. */
	private split({ kind, changes }: Chunk, failure: Failure): true {
		if (kind === 'replace') {
			// The chunks of additions and removals take over. A chunk that is the same request again is halved unsent.
			const directions = new Set(changes.map(({ direction }) => direction));
			if (!this.#incremental && directions.size === 1) this.#refusedReplace = failure;
		} else if (changes.length > 1) {
			const middle = Math.ceil(changes.length / 2);
			const halves = [changes.slice(0, middle), changes.slice(middle)];
			this.#queue.unshift(...halves.map((half): Chunk => ({ kind, changes: half, resends: 0 })));
		} else {
			const { viewCount } = this.#tracker;
			for (const change of changes) this.#refusedAlone.push({ change, failure, viewCount });
		}
		return true;
	}

	/** "Already there" and "not there" look like refusals: the list says which they were. One read serves all. */
	private async checkRefusedAlone(): Promise<boolean> {
		const refused = this.#refusedAlone.splice(0).filter(({ change }) => this.#tracker.isPending(change));
		const unseen = refused.some(({ viewCount }) => viewCount === this.#tracker.viewCount);
		for (const { change, failure } of refused) this.#tracker.decide([change], messages.refused(failure));
		return unseen ? await this.read() : true;
	}

	/** Gives up a replace: the chunks that follow make what is left of it. */
	private fallBack(cause: messages.FallBackCause): true {
		if (this.#incremental) this.#strategy = 'incremental';
		this.#reason = messages.fallBackReason(this.task.planned.reason, this.#incremental, cause);
		this.#replans = 0;
		return true;
	}

	private giveUp(changes: readonly TrackedChange[], decision: messages.Decision): false {
		this.#tracker.decide(changes, decision);
		return false;
	}

	private async read(): Promise<boolean> {
		const failure = await this.#writes.read();
		if (failure === null) return true;
		if (failure.kind !== 'stopped')
			this.#tracker.decide(this.#tracker.pending(), messages.unreadable(this.task.planned.ref, failure));
		return false;
	}

	/** If an addition did not succeed, it may have been a mistake for somebody who is still there. */
	private holdRemovalsIfAdditionsFailed(): void {
		const failed = this.#tracker.changes.filter(
			(change) => change.direction === 'add' && change.decision !== null && !this.#tracker.isDone(change),
		);
		if (failed.length === 0) return;
		const held = messages.heldForAdditions(failed.map(({ change }) => change.member));
		this.#tracker.decide(this.#tracker.pending('remove'), held);
	}

	private pending(directions: readonly Direction[]): TrackedChange[] {
		return directions.flatMap((direction) => this.#tracker.pending(direction));
	}

	/** What of the chunk is still to be made. */
	private left(chunk: Chunk): Chunk {
		return { ...chunk, changes: chunk.changes.filter((change) => this.#tracker.isPending(change)) };
	}
}
