/**
 * What the source asks for: its rows by list. What the rows of a list say together is worked out when its turn comes,
 * and let go after it: a million wishes are neither worked out in one go nor kept.
 */

import { DesiredList, type NamedList } from './desired-list';
import { foldId, listKey, type ListRef } from '../model/list';
import type { SourceRow } from '../model/row';
import type { Settings, Source } from '../result';

/** The wishes of one source, by list. */
export class Desired {
	/** In the order of their keys, so that no order of rows can be told from another. */
	readonly lists: readonly NamedList[];
	readonly #aliases: ReadonlyMap<string, string>;
	readonly #mode: Settings['mode'];

	constructor(source: Source, settings: Settings) {
		this.#aliases = new Map(Object.entries(settings.aliases).map(([from, to]) => [foldId(from), to]));
		this.#mode = settings.mode;
		this.lists = byList(source.rows).sort((a, b) => (a.key < b.key ? -1 : 1));
	}

	/** The id that a source's id stands for. */
	renamed(id: string): string {
		return this.#aliases.get(foldId(id)) ?? id;
	}

	of(list: NamedList): DesiredList {
		return new DesiredList(list, this.#mode, this.#aliases);
	}
}

/** By the object that rows share, so that a key is built and folded once and not for every row. */
function byList(rows: readonly SourceRow[]): NamedList[] {
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
		if (row.defaulted !== undefined) list.defaulted.push(...row.defaulted);
		if (row.memberId === null) list.memberless.push(row.line);
		else list.rows.push(row);
	}
	return [...byKey.values()];
}
