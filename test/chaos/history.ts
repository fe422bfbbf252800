/** The simulator's record of what it applied, by run: the truth that everything is checked against. */

import { foldId } from '../../lib/sync/model/list';
import type { AppliedChange } from '../../simulator';
import type { Simulation, Run } from './simulation';
import { listName, type Exchange } from './wire';

/** One change of one list, with the exchange that caused it where a run of ours did. */
export interface AppliedListChange {
	readonly list: string;
	readonly added: ReadonlySet<string>;
	readonly removed: ReadonlySet<string>;
	/** Everybody on the list when it was done. */
	readonly after: ReadonlySet<string>;
	readonly at: number;
	/** Null where somebody else did it. */
	readonly run: Run | null;
	readonly exchange: Exchange | null;
	/** The platform did it as a consequence of another change. */
	readonly cascade: boolean;
}

export function appliedChangesOf({ server, runs }: Simulation): AppliedListChange[] {
	const bySeq = new Map<number, readonly [Run, Exchange]>();
	for (const run of runs)
		for (const exchange of run.exchanges) if (exchange.seq !== null) bySeq.set(exchange.seq, [run, exchange]);
	return server
		.changes()
		.filter(({ kind, added, removed }) => kind !== 'agentProfile' && added.length + removed.length > 0)
		.map((change) => appliedChangeOf(change, bySeq.get(change.request ?? -1)));
}

function appliedChangeOf(change: AppliedChange, cause: readonly [Run, Exchange] | undefined): AppliedListChange {
	return {
		list: listName(change.kind, change.userId ?? '', change.callCenterId),
		added: new Set(change.added.map(foldId)),
		removed: new Set(change.removed.map(foldId)),
		after: new Set(change.after.map(foldId)),
		at: change.at,
		run: cause?.[0] ?? null,
		exchange: cause?.[1] ?? null,
		cascade: change.cascade,
	};
}

/** What the client had last been shown of the list when this request left. */
export function viewBefore(run: Run, { list, sent }: Exchange): Exchange | null {
	let view: Exchange | null = null;
	for (const earlier of run.exchanges) {
		if (earlier.list !== list || earlier.shown === null || earlier.answered > sent) continue;
		if (view === null || earlier.answered > view.answered) view = earlier;
	}
	return view;
}

/** Everything that the run was shown of the list, oldest first. */
export function viewsOf(run: Run, list: string): Exchange[] {
	return run.exchanges
		.filter((exchange) => exchange.list === list && exchange.shown !== null)
		.sort((a, b) => a.answered - b.answered);
}

export function writesOf(run: Run, list?: string): Exchange[] {
	return run.exchanges.filter((exchange) => exchange.write !== null && (list === undefined || exchange.list === list));
}

/** The lists that the platform showed to the run before its first write. */
export function shownBeforeWriting({ exchanges }: Run): Set<string> {
	const firstWrite = exchanges.find(({ write }) => write !== null)?.sent ?? Infinity;
	return new Set(
		exchanges
			.filter(({ list, shown, answered }) => list !== null && shown !== null && answered < firstWrite)
			.map(({ list }) => list ?? ''),
	);
}
