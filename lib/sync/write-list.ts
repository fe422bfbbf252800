/** One list, from the plan to its outcome. Nobody else in this run writes to it meanwhile. */

import { ChunkedWork, contested, inDoubt, notTaken } from './bisect';
import type { ListOutcome } from './journal-document';
import { heldOutcome, Ledger } from './ledger';
import { FRESH_READ_MILLISECONDS, MAX_REPLANS, MAX_RESENDS, PARTIAL_SUCCESS } from './limits';
import { ListRequests, notDone } from './list-requests';
import type { View } from './live';
import { listOutcome } from './outcome';
import type { HeldChange, PlannedList } from './plan-document';
import type { Failure } from './platform';
import type { RequestLog, Session } from './session';
import { foreignText } from './words';

export interface ListTask {
	readonly planned: PlannedList;
	/** The list as the plan saw it. */
	readonly view: View;
	/**
	 * What to do before writing. `trust`: the plan's read is this run's own. `again`: the same, but it will be too old.
	 * `compare`: the plan was made earlier, and a list that somebody changed since is left alone.
	 */
	readonly first: 'trust' | 'again' | 'compare';
	/** Changes that something else has to go before, and did not, by folded member. */
	readonly blocked: ReadonlyMap<string, HeldChange>;
	/** Entries per request; 0 for no limit. */
	readonly maxEntries: number;
	readonly log: RequestLog;
}

export async function writeList(task: ListTask, session: Session): Promise<ListOutcome> {
	return await new ListWriter(task, session).run();
}

class ListWriter {
	readonly #task: ListTask;
	readonly #session: Session;
	readonly #ledger: Ledger;
	readonly #requests: ListRequests;
	readonly #work: ChunkedWork;
	#strategy;
	#reason;

	constructor(task: ListTask, session: Session) {
		const { planned, view, log, maxEntries } = task;
		this.#task = task;
		this.#session = session;
		this.#ledger = new Ledger(planned.adds, planned.removes, view);
		this.#requests = new ListRequests(planned.ref, this.#ledger, session, log);
		this.#work = new ChunkedWork(this.#ledger, this.#requests, maxEntries);
		this.#strategy = planned.strategy;
		this.#reason = planned.reason;
	}

	async run(): Promise<ListOutcome> {
		if (this.#session.halt === null && (await this.prepare())) await this.write();
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
		const { first, blocked } = this.#task;
		for (const entry of this.#ledger.entries) {
			const block = blocked.get(entry.folded);
			if (block?.change === entry.direction) {
				this.#ledger.decide([entry], { outcome: block.outcome ?? 'held', code: block.code, message: block.reason });
			}
		}
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

	private async write(): Promise<void> {
		this.holdRemovalsIfAdditionsFailed();
		let refused: Failure | null = null;
		if (this.#strategy === 'replace') {
			const end = await this.replaceWhole();
			if (end === 'over') return;
			refused = end;
		}
		// What was refused as a whole is halved at once where it was all of one direction: the same again would be refused again.
		const directions = new Set(this.#ledger.pending().map(({ direction }) => direction));
		const alike = this.#requests.kind.incremental || directions.size > 1 ? null : refused;
		if (!(await this.#work.all('add', alike))) return;
		this.holdRemovalsIfAdditionsFailed();
		await this.#work.all('remove', alike);
	}

	/** `over`, or what is left to the chunks: null, or the refusal that led there. */
	private async replaceWhole(): Promise<'over' | Failure | null> {
		const { kind } = this.#requests;
		for (let resends = 0, replans = 0; ; ) {
			if (!this.#requests.fresh) {
				if (kind.incremental) return this.fallBack(`the list was read more than ${FRESH_READ_MILLISECONDS / 1000} s before its turn came`);
				if (!(await this.#requests.look())) return 'over';
			}
			const changes = this.#ledger.pending();
			if (changes.length === 0) return 'over';
			const sent = await this.#requests.replace(changes);
			const left = this.#ledger.pending();
			if (sent.now === 'over') return 'over';
			if (sent.now === 'seen') {
				this.#ledger.decide(left, notTaken());
				return 'over';
			}
			if (sent.now === 'refused') {
				this.fallBack('the platform refused it');
				return sent.failure;
			}
			if (left.length === 0) return 'over';
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
		const failed = this.#ledger.entries.filter((entry) => entry.direction === 'add' && entry.verdict !== null && !this.#ledger.done(entry));
		if (failed.length === 0) return;
		const names = failed.map(({ change }) => change.member);
		const message = `Held because ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''} could not be added to the list.`;
		this.#ledger.decide(this.#ledger.pending('remove'), { outcome: 'held', code: 'additionFailed', message });
	}
}

