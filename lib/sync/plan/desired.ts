/**
 * The rows of the source by list. The desired state of a list is computed when the list is planned and is not kept, so
 * that a million rows are never in memory as desired lists.
 */

import { DesiredList, type NamedList } from './desired-list';
import { foldId, listKey, type ListRef, type Settings, type Source, type SourceRow } from '../model';

/** The desired lists of one source. */
export class Desired {
	/** Sorted by key, so that the result does not depend on the order of the rows. */
	readonly lists: readonly NamedList[];
	readonly byKey: ReadonlyMap<string, NamedList>;
	readonly #aliases: ReadonlyMap<string, string>;
	readonly #mode: Settings['mode'];

	constructor(source: Source, settings: Settings) {
		this.#aliases = new Map(Object.entries(settings.aliases).map(([from, to]) => [foldId(from), to]));
		this.#mode = settings.mode;
		this.byKey = byList(source.rows);
		this.lists = [...this.byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
	}

	/** The new id of a renamed member, or the id itself. */
	renamed(id: string): string {
		return this.#aliases.get(foldId(id)) ?? id;
	}

	of(list: NamedList): DesiredList {
		return new DesiredList(list, this.#mode, this.#aliases);
	}
}

/** Groups rows by the `ListRef` object that they share, so that a key is folded once per list and not once per row. */
function byList(rows: readonly SourceRow[]): Map<string, NamedList> {
	const byKey = new Map<string, NamedList>();
	const byRef = new Map<ListRef, NamedList>();
	for (const row of rows) {
		let list = byRef.get(row.list);
		if (list === undefined) {
			const key = listKey(row.list);
			list = byKey.get(key) ?? { ref: row.list, key, rows: [], memberless: [], defaulted: [] };
			byKey.set(key, list);
			byRef.set(row.list, list);
		}
		for (const part of row.defaulted ?? []) if (!list.defaulted.includes(part)) list.defaulted.push(part);
		if (row.memberId === null) list.memberless.push(row.line);
		else list.rows.push(row);
	}
	return byKey;
}
