/**
 * Writes one list: a queue of chunks, and one decision for every result of a request.
 *
 * A chunk holds the changes that one request makes. A replace is the first chunk of the queue and holds all changes of
 * the list. Chunks of additions come next, chunks of removals last. They make the changes that are left, so they also
 * replace a replace that failed. A refused chunk is halved until the members that the platform refuses
 * stand alone and the others are in: at most about 2 log2(n) requests for one bad member among n.
 *
 * Nobody else in this run writes to the list meanwhile.
 */

import type { ListOutcome, HeldChange, PlannedList } from '../documents';
import { issueOf, MAX_REPLANS, MAX_RESENDS, foldId, KINDS, chunksOf, type Fallback, type Strategy } from '../model';
import type { Failure, View, RequestLog, RunPlatform, Write } from '../platform';
import { ChangeTracker, heldOutcome, type Decision, type Direction, type TrackedChange } from './change-tracker';
import * as decisions from './decisions';
import { listOutcome } from './outcome';
import { VerifiedWrites, type WriteOutcome } from './verified-writes';

export interface ListTask {
	readonly planned: PlannedList;
	/** The list as the plan saw it. */
	readonly view: View;
	/**
	 * What to do before the first write. `trust`: nothing, because this run has just read the list. `again`: read it
	 * again, because that read will be too old. `compare`: read it, and write only if it is as the earlier plan saw it.
	 */
	readonly first: 'trust' | 'again' | 'compare';
	/** Changes whose prerequisite failed. */
	readonly blocked: readonly HeldChange[];
	/** Entries per request; 0 for no limit. */
	readonly maxEntries: number;
	/** How old the read may be that a replace follows. */
	readonly freshMilliseconds: number;
	readonly log: RequestLog;
	/** Called with the changes that the list shows after a write of them. */
	readonly onShown: (changes: readonly TrackedChange[]) => void;
}

interface Chunk {
	/**
	 * A replace makes changes of both directions. If the kind of list has no other write, each chunk is sent as one.
	 */
	readonly kind: Write;
	readonly changes: readonly TrackedChange[];
	/** Times that this request was sent again as it was. */
	readonly resends: number;
}

/** A change that was refused when it was sent alone, and how many views of the list there had been by then. */
interface RefusedAlone {
	readonly change: TrackedChange;
	readonly failure: Failure;
	readonly viewCount: number;
}

const ALL_SHOWN: Pick<ListWriter, 'shows'> = { shows: () => true };

export class ListWriter {
	readonly #tracker: ChangeTracker;
	readonly #writes: VerifiedWrites;
	readonly #incremental: boolean;
	readonly #queue: Chunk[] = [];
	readonly #refusedAlone: RefusedAlone[] = [];
	/** The refusal of a replace that the next chunk would only repeat. */
	#refusedReplace: Failure | null = null;
	/** How often what was left of the list was planned again, by whatever chunks. */
	#replans = 0;
	#strategy: Strategy;
	#fallback: Fallback | null = null;
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
		this.hold(task.blocked);
	}

	/** Makes the planned changes of these directions, additions first. */
	async write(directions: readonly Direction[]): Promise<void> {
		if (this.platform.stop !== null || this.pending(directions).length === 0) return;
		this.#open ??= await this.prepare();
		if (this.#open) this.#open = await this.writeAll(directions);
	}

	/** Holds changes whose prerequisite failed. */
	hold(changes: Iterable<HeldChange>): void {
		for (const held of changes) {
			const change = this.#tracker.find(held.change, foldId(held.member));
			if (change === undefined) continue;
			this.#tracker.decide([change], { ...issueOf(held), outcome: held.outcome ?? 'held' });
		}
	}

	/** Whether the list, as last seen, has the member. */
	shows(folded: string): boolean {
		return this.isKnown && this.#tracker.view.members.has(folded);
	}

	/** What `shows` says of the additions, without the rest of the writer. */
	shownAdditions(): Pick<ListWriter, 'shows'> {
		const additions = this.#tracker.changes.filter(({ direction }) => direction === 'add');
		const missing = additions.flatMap(({ folded }) => (this.shows(folded) ? [] : [folded]));
		if (missing.length === 0) return ALL_SHOWN;
		const notShown = new Set(missing);
		return { shows: (folded) => !notShown.has(folded) };
	}

	outcome(): ListOutcome {
		const { planned, log } = this.task;
		return listOutcome({
			ref: planned.ref,
			strategy: this.#strategy,
			reason: planned.reason,
			fallback: this.#fallback,
			before: this.#writes.before ?? this.#tracker.view,
			after: this.isKnown ? this.#tracker.view : null,
			foreign: this.#tracker.foreign,
			members: [...this.#tracker.outcomes(), ...planned.held.map(heldOutcome)],
			requests: log,
		});
	}

	/** Whether this run knows the list as it is: a plan made earlier says how it was then. */
	private get isKnown(): boolean {
		return !this.#writes.unverified && (this.task.first !== 'compare' || this.#tracker.viewCount > 0);
	}

	/** False if nothing may be written. */
	private async prepare(): Promise<boolean> {
		const { first } = this.task;
		if (first === 'trust') return true;
		if (!(await this.read())) return false;
		return first === 'again' || this.isAsPlanned();
	}

	/**
	 * A reviewed plan is applied exactly or not at all. If somebody else did a part of it, the rest is written. If they
	 * did anything else, the list is not written and is a conflict.
	 */
	private isAsPlanned(): boolean {
		const foreign = this.#tracker.contraryForeign;
		if (foreign.added.length + foreign.removed.length === 0) return true;
		this.#tracker.decide(this.#tracker.pending(), decisions.overtaken(foreign));
		return false;
	}

	/** False if nothing more is to be sent for this list, like the result of the methods below. */
	private async writeAll(directions: readonly Direction[]): Promise<boolean> {
		this.holdRemovalsIfAdditionsFailed();
		this.#refusedReplace = null;
		for (const kind of chunkKinds(this.#strategy, directions)) {
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
			if (this.#incremental) return this.fallBack({ problem: 'tooOld', seconds: this.task.freshMilliseconds / 1000 });
			if (!(await this.read())) return false;
		}
		const pending = this.pendingOf(chunk);
		if (pending.changes.length === 0) return true;
		return await this.decide(pending, await this.#writes.write(write, pending.changes));
	}

	/** Decides what follows the outcome of a request. */
	private async decide(chunk: Chunk, outcome: WriteOutcome): Promise<boolean> {
		switch (outcome.kind) {
			case 'seen':
				this.#tracker.decide(this.pendingOf(chunk).changes, decisions.NOT_TAKEN);
				return true;
			case 'late':
				return this.sendAgain(chunk, decisions.TOO_LATE_TO_REPLACE);
			case 'missing':
				// Reading the list shows whether the list or only a member is missing.
				return (await this.read()) && this.afterRefusal(chunk, outcome.failure);
			case 'refused':
				return this.afterRefusal(chunk, outcome.failure);
			case 'partial':
				return this.afterPartialSuccess(chunk, outcome.failure);
			case 'changed':
				return this.planAgain(chunk);
			case 'unchanged':
				return this.sendAgain(chunk, decisions.doubtUnresolved(outcome.failure));
			case 'unknown':
				return this.giveUp(chunk.changes, decisions.outcomeUnknown(outcome.failure));
			case 'unverified':
				return this.giveUp(chunk.changes, decisions.unverified(outcome.failure));
			case 'unavailable':
				return this.giveUp(chunk.changes, decisions.unavailable(outcome.failure));
			case 'forbidden':
				return this.giveUp(this.#tracker.pending(), decisions.forbidden(outcome.failure));
			case 'stopped':
				return false;
		}
	}

	/** The same request once more, a bounded number of times. */
	private sendAgain(chunk: Chunk, otherwise: Decision): boolean {
		const rest = this.pendingOf(chunk);
		if (rest.changes.length === 0) return true;
		if (rest.resends >= MAX_RESENDS) return this.giveUp(rest.changes, otherwise);
		this.#queue.unshift({ ...rest, resends: rest.resends + 1 });
		return true;
	}

	/** Somebody else changed the list meanwhile: the rest of the chunk is made from the list as it is now. */
	private planAgain(chunk: Chunk): boolean {
		const rest = this.pendingOf(chunk);
		if (rest.changes.length === 0) return true;
		if (rest.kind === 'replace' && this.#incremental) return this.fallBack({ problem: 'changedMeanwhile' });
		this.#replans += 1;
		if (this.#replans > MAX_REPLANS) return this.giveUp(rest.changes, decisions.contested(this.#tracker.foreign));
		// Made from another list, it is another request.
		this.#queue.unshift({ ...rest, resends: 0 });
		return true;
	}

	private afterRefusal(chunk: Chunk, failure: Failure): boolean {
		if (chunk.kind === 'replace') this.fallBack({ problem: 'refused' });
		return this.split(this.pendingOf(chunk), failure);
	}

	/** After status 207: if nothing of the chunk was applied, it counts as refused; otherwise the rest is sent again. */
	private afterPartialSuccess(chunk: Chunk, failure: Failure): boolean {
		const rest = this.pendingOf(chunk);
		if (rest.changes.length === 0) return true;
		if (rest.kind === 'replace') this.fallBack({ problem: 'partlyTaken' });
		if (rest.changes.length === chunk.changes.length) return this.split(rest, failure);
		if (rest.kind !== 'replace') this.#queue.unshift({ ...rest, resends: 0 });
		return true;
	}

	/** Halves a refused chunk, to find the changes that the platform refuses. A single change is put aside. */
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
		const { ref } = this.task.planned;
		for (const { change, failure } of refused)
			this.#tracker.decide([change], decisions.refusedAlone(ref, change, failure));
		return unseen ? await this.read() : true;
	}

	/** Gives up a replace: the chunks that follow make the rest of it. */
	private fallBack(cause: Fallback): true {
		if (this.#incremental) this.#strategy = 'incremental';
		this.#fallback = cause;
		return true;
	}

	private giveUp(changes: readonly TrackedChange[], decision: Decision): false {
		this.#tracker.decide(changes, decision);
		return false;
	}

	private async read(): Promise<boolean> {
		const failure = await this.#writes.read();
		if (failure === null) return true;
		if (failure.kind !== 'stopped')
			this.#tracker.decide(this.#tracker.pending(), decisions.unreadable(this.task.planned.ref, failure));
		return false;
	}

	/** A failed addition may be a misspelt id of a member who is on the list now. */
	private holdRemovalsIfAdditionsFailed(): void {
		const failed = this.#tracker.changes.filter(
			(change) => change.direction === 'add' && change.decision !== null && !this.#tracker.isDone(change),
		);
		if (failed.length === 0) return;
		const held = decisions.heldForAddition(failed[0].change.member, failed.length - 1);
		this.#tracker.decide(this.#tracker.pending('remove'), held);
	}

	private pending(directions: readonly Direction[]): TrackedChange[] {
		return directions.flatMap((direction) => this.#tracker.pending(direction));
	}

	/** The chunk with the changes that are still to be made. */
	private pendingOf(chunk: Chunk): Chunk {
		return { ...chunk, changes: chunk.changes.filter((change) => this.#tracker.isPending(change)) };
	}
}

/** In the order in which they are sent. */
function chunkKinds(strategy: Strategy, directions: readonly Direction[]): readonly Write[] {
	switch (strategy) {
		case 'replace':
			return ['replace', ...directions];
		case 'incremental':
			return directions;
	}
}
