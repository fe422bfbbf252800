/** One list, from the plan to its outcome. Nobody else in this run writes to it meanwhile. */

import { ChunkedWork, contested, inDoubt, notTaken } from './chunks';
import type { ListOutcome } from '../documents/journal';
import { foldId } from '../model/list';
import { heldOutcome, Ledger, type Direction, type Entry } from './change-tracker';
import { MAX_REPLANS, MAX_RESENDS, PARTIAL_SUCCESS } from '../model/limits';
import { ListRequests, notDone } from './list-requests';
import type { View } from '../platform/read';
import { listOutcome } from './outcome';
import type { HeldChange, PlannedList } from '../documents/plan';
import type { Failure } from '../platform/platform';
import type { RequestLog, Session } from '../platform/session';
import { foreignText } from '../words';

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
}

export class ListWriter {
	readonly #task: ListTask;
	readonly #session: Session;
	readonly #ledger: Ledger;
	readonly #requests: ListRequests;
	readonly #work: ChunkedWork;
	#strategy;
	#reason;
	/**
	 * Whether the list was prepared for writing; false where nothing more is sent for it. Null before the first write.
	 */
	#open: boolean | null = null;

	constructor(task: ListTask, session: Session) {
		const { planned, view, log, maxEntries, freshMilliseconds } = task;
		this.#task = task;
		this.#session = session;
		this.#ledger = new Ledger(planned.adds, planned.removes, view);
		this.#requests = new ListRequests(planned.ref, this.#ledger, session, log, freshMilliseconds);
		this.#work = new ChunkedWork(this.#ledger, this.#requests, maxEntries);
		this.#strategy = planned.strategy;
		this.#reason = planned.reason;
		this.hold(task.blocked);
	}

	/** Makes the planned changes of these directions, additions first. */
	async write(directions: readonly Direction[]): Promise<void> {
		if (this.#session.halt !== null || !directions.some((direction) => this.#ledger.pending(direction).length > 0))
			return;
		this.#open ??= await this.prepare();
		if (this.#open) this.#open = await this.make(directions);
	}

	/** Keeps back changes that something else has to go before, and did not. */
	hold(changes: Iterable<HeldChange>): void {
		for (const { member, change, outcome, code, reason } of changes) {
			const entry = this.#ledger.entry(change, foldId(member));
			if (entry !== undefined) this.#ledger.decide([entry], { outcome: outcome ?? 'held', code, message: reason });
		}
	}

	/** Whether the list, as last seen, has the member. */
	shows(folded: string): boolean {
		return this.seen && !this.#requests.unknown && this.#ledger.view.members.has(folded);
	}

	outcome(): ListOutcome {
		const { planned, log } = this.#task;
		return listOutcome({
			ref: planned.ref,
			strategy: this.#strategy,
			reason: this.#reason,
			before: this.#requests.before ?? this.#ledger.view,
			after: this.#requests.unknown || !this.seen ? null : this.#ledger.view,
			foreign: this.#ledger.foreign,
			members: [...this.#ledger.outcomes(), ...planned.held.map(heldOutcome)],
			requests: log,
		});
	}

	/** Whether this run has seen the list: a plan made earlier says how it was then. */
	private get seen(): boolean {
		return this.#task.first !== 'compare' || this.#ledger.looks > 0;
	}

	private async prepare(): Promise<boolean> {
		const { first } = this.#task;
		if (first === 'trust') return true;
		if (!(await this.#requests.look())) return false;
		return first === 'again' || this.notOvertaken();
	}

	/**
	 * A reviewed plan is applied exactly or not at all: where somebody else did part of it, the rest is written; where
	 * they did anything else, the list is left to them and named as a conflict.
	 */
	private notOvertaken(): boolean {
		const { added, removed } = this.#ledger.contraryForeign;
		if (added.length + removed.length === 0) return true;
		const message =
			`Somebody else changed this list after it was planned (${foreignText({ added, removed })}). ` +
			'Nothing was written to it: plan again, and review what is left to do.';
		this.#ledger.decide(this.#ledger.pending(), { outcome: 'conflict', code: 'overtaken', message });
		return false;
	}

	/** False where nothing more is to be sent for this list. */
	private async make(directions: readonly Direction[]): Promise<boolean> {
		this.holdRemovalsIfAdditionsFailed();
		const pending = () => directions.flatMap((direction) => this.#ledger.pending(direction));
		let refused: Failure | null = null;
		if (this.#strategy === 'replace') {
			const end = await this.replaceWhole(pending);
			if (end === 'done' || end === 'over') return end === 'done';
			refused = end;
		}
		// What was refused as a whole is halved at once where it was all of one direction: the same again would be refused
		// again.
		const alike =
			this.#requests.kind.incremental || new Set(pending().map(({ direction }) => direction)).size > 1 ? null : refused;
		for (const direction of directions) {
			if (direction === 'remove') this.holdRemovalsIfAdditionsFailed();
			if (!(await this.#work.all(direction, alike))) return false;
		}
		return true;
	}

	/**
	 * `done`; `over` where nothing more is to be sent; or what is left to the chunks: null, or the refusal that led
	 * there.
	 */
	private async replaceWhole(pending: () => Entry[]): Promise<'done' | 'over' | Failure | null> {
		const { kind } = this.#requests;
		for (let resends = 0, replans = 0; ; ) {
			if (!this.#requests.fresh) {
				if (kind.incremental)
					return this.fallBack(
						`the list was read more than ${this.#requests.freshMilliseconds / 1000} s before its turn came`,
					);
				if (!(await this.#requests.look())) return 'over';
			}
			const changes = pending();
			if (changes.length === 0) return 'done';
			const sent = await this.#requests.replace(changes);
			const left = pending();
			if (sent.now === 'over') return 'over';
			if (sent.now === 'seen') {
				this.#ledger.decide(left, notTaken());
				return 'done';
			}
			if (sent.now === 'refused') {
				this.fallBack('the platform refused it');
				return sent.failure;
			}
			if (left.length === 0) return 'done';
			if (sent.now === 'late') {
				resends += 1;
				if (resends <= MAX_RESENDS) continue;
				this.#ledger.decide(left, notDone(sent.failure));
				return 'over';
			}
			if (sent.failure.status === PARTIAL_SUCCESS) {
				this.fallBack('the platform took only a part of it');
				return left.length < changes.length ? null : sent.failure;
			}
			if (sent.changed) {
				if (kind.incremental) return this.fallBack('somebody else is changing the list');
				replans += 1;
				if (replans <= MAX_REPLANS) continue;
				this.#ledger.decide(left, contested(this.#ledger));
				return 'over';
			}
			resends += 1;
			if (resends <= MAX_RESENDS) continue;
			this.#ledger.decide(left, inDoubt(sent.failure));
			return 'over';
		}
	}

	private fallBack(why: string): null {
		const { incremental } = this.#requests.kind;
		if (incremental) this.#strategy = 'incremental';
		const instead = incremental ? 'incremental was used' : 'it was written in smaller steps';
		this.#reason = `${this.#task.planned.reason} In the event ${instead}, because ${why}.`;
		return null;
	}

	/** Additions first; if one of them did not succeed, it may have been a mistake for somebody who is still there. */
	private holdRemovalsIfAdditionsFailed(): void {
		const failed = this.#ledger.entries.filter(
			(entry) => entry.direction === 'add' && entry.verdict !== null && !this.#ledger.done(entry),
		);
		if (failed.length === 0) return;
		const names = failed.map(({ change }) => change.member);
		const message =
			`Held because ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''} could not be ` +
			'added to the list.';
		this.#ledger.decide(this.#ledger.pending('remove'), { outcome: 'held', code: 'additionFailed', message });
	}
}
