/** What HR wants, night and day: lists whose members come, go and move. */

import type { Source, SourceRow } from '../../lib/sync';
import type { Random } from '../../lib/clock';

const CALL_CENTER = 'support@acme.example';

type List = SourceRow['list'];

export class Company {
	readonly lists: readonly List[];
	readonly #wanted: Array<Set<string>>;
	readonly #rows: SourceRow[][];
	#hired: number;

	constructor(
		lists: number,
		members: number,
		private readonly random: Random,
	) {
		this.lists = Array.from(
			{ length: lists },
			(_, index): List => ({
				kind: 'supervisedAgents',
				tenantId: 'acme',
				groupId: 'brussels',
				userId: `supervisor${index}@acme.example`,
				callCenterId: CALL_CENTER,
			}),
		);
		this.#hired = lists * members;
		this.#wanted = this.lists.map(
			(_, index) => new Set(Array.from({ length: members }, (__, nth) => agent(index * members + nth))),
		);
		this.#rows = this.#wanted.map((_, index) => this.#rowsOf(index));
	}

	wanted(index: number): ReadonlySet<string> {
		return this.#wanted[index];
	}

	/** In turns somebody comes, goes, and moves to another list. */
	change(count: number): void {
		for (let nth = 0; nth < count; nth++) {
			const [from, to] = [this.#any(), this.#any()];
			const leaver = [...this.#wanted[from]][1];
			if (nth % 3 === 0) this.#wanted[to].add(agent(this.#hired++));
			else if (this.#wanted[from].size > 2 && leaver !== undefined) {
				this.#wanted[from].delete(leaver);
				if (nth % 3 === 1) this.#wanted[to].add(leaver);
			}
			for (const index of [from, to]) this.#rows[index] = this.#rowsOf(index);
		}
	}

	source(): Source {
		return { rows: this.#rows.flat(), rejected: [], findings: [] };
	}

	#any(): number {
		return Math.floor(this.random() * this.lists.length);
	}

	#rowsOf(index: number): SourceRow[] {
		const list = this.lists[index];
		return [...this.#wanted[index]].map((memberId) => ({ list, memberId, action: null, line: index + 2, item: 0 }));
	}
}

function agent(number: number): string {
	return `agent${number}@acme.example`;
}
