/**
 * Works through changes of one direction in chunks. A refused chunk is halved until the members that the platform
 * refuses stand alone and the others are in: at most about 2 log2(n) requests for one bad member among n.
 */

import type { Direction, Entry, Ledger, Verdict } from './change-tracker';
import { MAX_REPLANS, MAX_RESENDS, PARTIAL_SUCCESS } from '../model/limits';
import { notDone, type ListRequests, type Sent } from './list-requests';
import { chunksOf } from '../model/members';
import type { Failure } from '../platform/platform';
import { foreignText } from '../words';

interface Chunk {
	readonly entries: readonly Entry[];
	/** Times it was sent again as it was. */
	readonly resends: number;
}

/** A member that was refused alone, and how many lists had been seen by then. */
interface Suspect {
	readonly entry: Entry;
	readonly failure: Failure;
	readonly looks: number;
}

export class ChunkedWork {
	#replans = 0;
	readonly #suspects: Suspect[] = [];

	constructor(
		private readonly ledger: Ledger,
		private readonly requests: ListRequests,
		/** Entries per request; 0 for no limit. */
		private readonly maxEntries: number,
	) {}

	/**
	 * Makes all pending changes of one direction. `refused`: the platform just refused exactly these as one request.
	 * False where nothing more is to be sent for this list.
	 */
	async all(direction: Direction, refused: Failure | null): Promise<boolean> {
		const pending = this.ledger.pending(direction);
		const size = this.requests.kind.incremental ? this.maxEntries : 0;
		const queue = chunksOf(pending, size).map(whole);
		if (refused !== null && queue.length === 1) this.narrow(queue.splice(0)[0].entries, refused, queue);
		for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
			if (!(await this.one(chunk, queue))) return false;
		}
		return await this.settleSuspects();
	}

	private async one({ entries, resends }: Chunk, queue: Chunk[]): Promise<boolean> {
		if (!this.requests.kind.incremental && !this.requests.fresh && !(await this.requests.look())) return false;
		const open = entries.filter((entry) => this.ledger.isPending(entry));
		if (open.length === 0) return true;
		const sent = await this.requests.change(open);
		const left = open.filter((entry) => this.ledger.isPending(entry));
		switch (sent.now) {
			case 'over':
				return false;
			case 'seen':
				this.ledger.decide(left, NOT_TAKEN);
				return true;
			case 'late':
				if (resends < MAX_RESENDS) queue.unshift({ entries: left, resends: resends + 1 });
				else this.ledger.decide(left, notDone(sent.failure));
				return resends < MAX_RESENDS;
			case 'refused':
				this.narrow(left, sent.failure, queue);
				return true;
			case 'doubted':
				return this.afterDoubt(left, open.length, resends, sent, queue);
		}
	}

	private afterDoubt(
		left: readonly Entry[],
		asked: number,
		resends: number,
		{ changed, failure }: Extract<Sent, { now: 'doubted' }>,
		queue: Chunk[],
	): boolean {
		if (left.length === 0) return true;
		// A partial success is a whole answer: what it left out was turned down, if it took nothing else either.
		if (failure.status === PARTIAL_SUCCESS) {
			if (left.length < asked) queue.unshift(whole(left));
			else this.narrow(left, failure, queue);
			return true;
		}
		if (changed) {
			this.#replans += 1;
			if (this.#replans <= MAX_REPLANS) queue.unshift(whole(left));
			else this.ledger.decide(left, contested(this.ledger));
			return this.#replans <= MAX_REPLANS;
		}
		if (resends < MAX_RESENDS) queue.unshift({ entries: left, resends: resends + 1 });
		else this.ledger.decide(left, inDoubt(failure));
		return resends < MAX_RESENDS;
	}

	/** Halves what was refused, or puts a single member aside as the culprit. */
	private narrow(entries: readonly Entry[], failure: Failure, queue: Chunk[]): void {
		if (entries.length > 1) {
			const middle = Math.ceil(entries.length / 2);
			queue.unshift(whole(entries.slice(0, middle)), whole(entries.slice(middle)));
			return;
		}
		for (const entry of entries) this.#suspects.push({ entry, failure, looks: this.ledger.looks });
	}

	/** "Already there" and "not there" look like refusals: the list says which they were. One read serves all. */
	private async settleSuspects(): Promise<boolean> {
		const suspects = this.#suspects.splice(0).filter(({ entry }) => this.ledger.isPending(entry));
		const unsettled = suspects.some(({ looks }) => looks === this.ledger.looks);
		for (const { entry, failure } of suspects) this.ledger.decide([entry], refusal(failure));
		return unsettled ? await this.requests.look() : true;
	}
}

const NOT_TAKEN: Verdict = {
	outcome: 'rejected',
	code: 'notTaken',
	message: 'The platform accepted the request, but its list does not show this change: check the id on the platform.',
};

function whole(entries: readonly Entry[]): Chunk {
	return { entries, resends: 0 };
}

export function notTaken(): Verdict {
	return NOT_TAKEN;
}

export function refusal(failure: Failure): Verdict {
	return { outcome: 'rejected', code: failure.code, message: `The platform refused this: ${failure.message}` };
}

export function inDoubt(failure: Failure): Verdict {
	const message =
		`Sent ${MAX_RESENDS + 1} times without a clear answer, and the list never showed it. ` + `${failure.message}`;
	return { outcome: 'failed', code: 'doubtUnresolved', message };
}

export function contested(ledger: Ledger): Verdict {
	const message =
		`Somebody else kept changing the list (${foreignText(ledger.foreign)}), so this was given up after ` +
		`${MAX_REPLANS} new plans.`;
	return { outcome: 'conflict', code: 'contested', message };
}
