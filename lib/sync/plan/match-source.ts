/**
 * Converts a source with names or numbers to one with the platform's ids. Every text is looked up in the group that its
 * row names. A row whose text matches nobody or several is rejected, and holds removals like any other rejected row
 * (`holds.ts`).
 */

import {
	type Finding,
	foldId,
	KINDS,
	listKey,
	type ListRef,
	type Matching,
	type MatchCounts,
	mergedPartialRows,
	type MatchSummary,
	type PartialRow,
	type RejectedRow,
	type RowProblem,
	severityOf,
	shownProblems,
	type Source,
	type SourceRow,
} from '../model';
import type { NameParts } from '../match';
import { mapConcurrently } from '../platform';
import { GroupLookup, type Meant } from './group-lookup';
import { groupKey } from './lists-not-shown';
import type { GroupRef } from './listings';
import type { Planning } from './planning';

export interface MatchedSource {
	/** Rows of groups whose users or call centers are not shown stay as they are: their lists cannot be planned. */
	readonly source: Source;
	readonly summary: MatchSummary;
	readonly textOf: TextOf;
	/** First and last name by which a source with both is to name somebody; null if the platform does not show two. */
	readonly partsOfName: (group: GroupRef, userId: string) => NameParts | null;
	readonly elsewhere: Elsewhere;
}

/**
 * What a row in the words of people would mean in the other groups of the source, as ids: its group may be what is
 * wrong with it. Groups in which its words stand for nobody are left out.
 */
export type Elsewhere = (list: ListRef, memberIds: readonly string[]) => PartialRow[];

/** What the source calls an id, or would call it; the id itself if the platform shows nothing to match it by. */
export type TextOf = (group: GroupRef, what: 'person' | 'callCenter', id: string) => string;

/** @returns null if the source has the platform's ids */
export async function matchSource(source: Source, planning: Planning): Promise<MatchedSource | null> {
	const { matching } = planning.settings;
	if (matching === undefined) return null;
	const lookups = await readLookups(source, matching, planning);
	const matched = new SourceMatcher(source, lookups, matching.people).run();
	for (const lookup of lookups.values()) planning.spellings.learn(lookup.matchedIds());
	return matchedSource(matched, lookups, matching);
}

async function readLookups(source: Source, matching: Matching, planning: Planning): Promise<Map<string, GroupLookup>> {
	const refs = new Map(source.rows.map(({ list }) => [groupKey(list), list]));
	const lookups = new Map<string, GroupLookup>();
	await mapConcurrently([...refs], planning.settings.concurrency, async ([key, ref]) => {
		const lookup = await GroupLookup.read(ref, matching, source, planning);
		if (lookup !== null) lookups.set(key, lookup);
	});
	return lookups;
}

/** A function of its own, because what its result refers to lasts as long as the run, and the cells must not. */
function matchedSource(source: Source, lookups: ReadonlyMap<string, GroupLookup>, matching: Matching): MatchedSource {
	const textOf: TextOf = (group, what, id) => lookups.get(groupKey(group))?.textOf(what, id) ?? id;
	return {
		source,
		summary: summaryOf([...lookups.values()], matching),
		textOf,
		partsOfName: (group, userId) => lookups.get(groupKey(group))?.partsOfName(userId) ?? null,
		elsewhere: (list, memberIds) => {
			const memberKind = KINDS[list.kind].keyedByCallCenter ? 'person' : 'callCenter';
			const { userId, callCenterId } = list;
			const texts = {
				userId: textOf(list, 'person', userId),
				callCenterId: callCenterId === null ? null : textOf(list, 'callCenter', callCenterId),
				members: memberIds.map((id) => textOf(list, memberKind, id)),
			};
			return inOtherGroups(list, texts, lookups);
		},
	};
}

/** A list and its members in the words of the source. */
interface Words {
	readonly userId: string;
	readonly callCenterId: string | null;
	readonly members: readonly string[];
}

function inOtherGroups(own: GroupRef, texts: Words, lookups: ReadonlyMap<string, GroupLookup>): PartialRow[] {
	return [...lookups].flatMap(([key, lookup]): PartialRow[] => {
		if (key === groupKey(own)) return [];
		const userId = lookup.personId(texts.userId);
		const memberIds = texts.members.flatMap((text) => lookup.anybody(text).slice(1));
		if (userId === null && memberIds.length === 0) return [];
		const callCenterId = texts.callCenterId === null ? null : lookup.callCenterId(texts.callCenterId);
		return [{ ...lookup.scope, userId, callCenterId, memberIds: [...(userId === null ? [] : [userId]), ...memberIds] }];
	});
}

function summaryOf(lookups: readonly GroupLookup[], { people, callCenters }: Matching): MatchSummary {
	const sum = (what: 'people' | 'callCenters'): MatchCounts => {
		const all = lookups.map((lookup) => lookup.counts(what));
		const of = (name: keyof MatchCounts) => all.reduce((total, counts) => total + counts[name], 0);
		return { matched: of('matched'), notFound: of('notFound'), several: of('several') };
	};
	return {
		...(people === 'userId' ? {} : { people: { by: people, ...sum('people') } }),
		...(callCenters === 'id' ? {} : { callCenters: { by: callCenters, ...sum('callCenters') } }),
	};
}

/** The list that the texts of a key stand for. */
interface MeantList {
	/** Null if they do not stand for one. */
	readonly ref: ListRef | null;
	readonly problems: readonly RowProblem[];
	readonly partial: PartialRow;
}

/** A list and the rows about its members so far. */
interface KnownList {
	readonly ref: ListRef;
	/** Folded member to the number of its row. */
	readonly members: Map<string, number>;
	/** Numbers of rows that name no member. */
	readonly memberless: number[];
}

type MatchedField = 'supervisor' | 'agent' | 'callCenter';

class SourceMatcher {
	readonly #rows: Array<SourceRow | null> = [];
	/** By line, as a row with several members is one row. */
	readonly #rejected = new Map<number, RejectedRow>();
	readonly #meantLists = new Map<ListRef, MeantList>();
	readonly #lists = new Map<string, KnownList>();
	/** Fields of which a text was found. */
	readonly #found = new Set<MatchedField>();
	/** By field: texts that were not. */
	readonly #notFound = new Map<MatchedField, Set<string>>();

	constructor(
		private readonly source: Source,
		private readonly lookups: ReadonlyMap<string, GroupLookup>,
		private readonly people: Matching['people'],
	) {}

	run(): Source {
		for (const row of this.source.rejected) this.#rejected.set(row.line, this.withIds(row));
		for (const row of this.source.rows) this.add(row);
		this.rejectMemberless();
		const rows = this.#rows.filter((row) => row !== null);
		const rejected = [...this.#rejected.values()].sort((a, b) => a.line - b.line);
		// Nobody reads the cells of rows from here on, and there may be a million.
		return {
			...this.source,
			rows,
			rejected,
			findings: [...this.source.findings, ...this.nobodyFound()],
			cellsOf: undefined,
		};
	}

	private add(row: SourceRow): void {
		const lookup = this.lookups.get(groupKey(row.list));
		if (lookup === undefined) {
			this.#rows.push(row);
			return;
		}
		const list = this.meantList(row.list, lookup);
		const { keyedByCallCenter } = KINDS[row.list.kind];
		const member =
			row.memberId === null ? null : keyedByCallCenter ? lookup.person(row.memberId) : lookup.callCenter(row.memberId);
		const memberField = keyedByCallCenter ? 'agent' : 'callCenter';
		const memberProblems = problemsOf(member, this.columnOf(memberField));
		if (row.memberId !== null && member !== null) this.note(memberField, row.memberId, member);
		const problems = [...list.problems, ...memberProblems];
		if (list.ref === null || problems.length > 0) {
			const text = row.memberId;
			const named = text === null ? [] : [...(member?.candidates ?? []), ...lookup.anybody(text)];
			const partial = { ...list.partial, memberIds: [...list.partial.memberIds, ...named] };
			const { userId, callCenterId } = row.list;
			const texts = { userId, callCenterId, members: text === null ? [] : [text] };
			this.reject(row, problems, partial, inOtherGroups(row.list, texts, this.lookups));
			return;
		}
		this.addMatched({ ...row, list: list.ref, memberId: member?.id ?? null });
	}

	/** Two texts may stand for one list and one member: then they are a repetition, or contradict each other. */
	private addMatched(row: SourceRow): void {
		const list = this.known(row.list);
		const number = this.#rows.length;
		const own = row.list === list.ref ? row : { ...row, list: list.ref };
		if (own.memberId === null) {
			list.memberless.push(number);
			this.#rows.push(own);
			return;
		}
		const folded = foldId(own.memberId);
		const earlier = list.members.get(folded);
		const first = earlier === undefined ? null : this.#rows[earlier];
		if (earlier === undefined) {
			list.members.set(folded, number);
			this.#rows.push(own);
			return;
		}
		if (first?.action === own.action) return;
		const lines = [...new Set([first?.line ?? own.line, own.line])];
		const facts = { problem: 'sameList', member: own.memberId, lines } as const;
		const problems = [{ column: null, code: 'conflictingRows', facts } as const];
		if (first !== null) {
			this.#rows[earlier] = null;
			this.reject(first, problems, partialOf(first));
		}
		this.reject(own, problems, partialOf(own));
	}

	/** Beside rows with members a blank cell is a slip, as the reader has it for rows that spell their list alike. */
	private rejectMemberless(): void {
		for (const { ref, members, memberless } of this.#lists.values()) {
			if (members.size === 0) continue;
			const field = KINDS[ref.kind].keyedByCallCenter ? 'agent' : 'callCenter';
			const facts = { problem: 'noMember', field } as const;
			for (const number of memberless) {
				const row = this.#rows[number] as SourceRow;
				this.#rows[number] = null;
				this.reject(row, [{ column: this.columnOf(field), code: 'blankCell', facts }], partialOf(row));
			}
		}
	}

	private known(ref: ListRef): KnownList {
		const key = listKey(ref);
		let list = this.#lists.get(key);
		if (list === undefined) this.#lists.set(key, (list = { ref, members: new Map(), memberless: [] }));
		return list;
	}

	private meantList(ref: ListRef, lookup: GroupLookup): MeantList {
		let list = this.#meantLists.get(ref);
		if (list !== undefined) return list;
		const owner = lookup.person(ref.userId);
		const callCenter = ref.callCenterId === null ? null : lookup.callCenter(ref.callCenterId);
		const ownerField = KINDS[ref.kind].keyedByCallCenter ? 'supervisor' : 'agent';
		const problems = [
			...problemsOf(owner, this.columnOf(ownerField)),
			...problemsOf(callCenter, this.columnOf('callCenter')),
		];
		const { tenantId, groupId, userId, callCenterId } = ref;
		this.note(ownerField, userId, owner);
		if (callCenterId !== null && callCenter !== null) this.note('callCenter', callCenterId, callCenter);
		const id = owner.id;
		list = {
			ref: id === null || callCenter?.id === null ? null : { ...ref, userId: id, callCenterId: callCenter?.id ?? null },
			problems,
			partial: {
				tenantId,
				groupId,
				userId: id,
				callCenterId: callCenter?.id ?? null,
				memberIds: [userId, callCenterId].flatMap((text) => (text === null ? [] : lookup.anybody(text))),
			},
		};
		this.#meantLists.set(ref, list);
		return list;
	}

	private note(field: MatchedField, text: string, { issue }: Meant): void {
		if (this.#found.has(field)) return;
		const texts = this.#notFound.get(field) ?? new Set();
		if (issue?.code === 'personNotFound' || issue?.code === 'callCenterNotFound')
			this.#notFound.set(field, texts.add(foldId(text)));
		else this.#found.add(field);
	}

	/** If nobody at all is found, the column probably holds something else. A single text may be a slip. */
	private nobodyFound(): Finding[] {
		const { mapping = {} } = this.source;
		return [...this.#notFound].flatMap(([field, texts]): Finding[] => {
			if (this.#found.has(field) || texts.size < 2) return [];
			const parts =
				field === 'callCenter'
					? []
					: (['FirstName', 'NamePrefix', 'LastName'] as const).map((part) => mapping[`${field}${part}`]);
			const columns = [mapping[field], ...parts].filter((column) => column != null);
			const facts = { field, by: field === 'callCenter' ? 'name' : this.people, columns } as const;
			return [{ level: severityOf('nobodyFound'), line: null, column: null, code: 'nobodyFound', facts }];
		});
	}

	/** What a row that the reader rejected may mean, as ids. */
	private withIds(row: RejectedRow): RejectedRow {
		const { tenantId, groupId, userId, callCenterId, memberIds } = row;
		const lookup =
			tenantId === null || groupId === null ? undefined : this.lookups.get(groupKey({ tenantId, groupId }));
		const texts = [userId, callCenterId, ...memberIds].filter((text) => text !== null);
		const words = { userId: userId ?? '', callCenterId, members: memberIds };
		const elsewhere =
			tenantId === null || groupId === null ? [] : inOtherGroups({ tenantId, groupId }, words, this.lookups);
		return {
			...row,
			elsewhere,
			userId: userId === null ? null : (lookup?.personId(userId) ?? null),
			callCenterId: callCenterId === null ? null : (lookup?.callCenterId(callCenterId) ?? null),
			memberIds: [...new Set(texts.flatMap((text) => this.anybody(text, lookup)))],
		};
	}

	/** In every group that the source names, if it is not known in which. */
	private anybody(text: string, lookup: GroupLookup | undefined): readonly string[] {
		const lookups = lookup === undefined ? [...this.lookups.values()] : [lookup];
		return lookups.flatMap((one) => one.anybody(text));
	}

	/** Of a name in two columns, that of the last name. */
	private columnOf(field: MatchedField): string | null {
		const { mapping = {} } = this.source;
		const lastName = field === 'callCenter' ? null : mapping[`${field}LastName`];
		return mapping[field] ?? lastName ?? null;
	}

	private reject(
		{ line, item }: SourceRow,
		problems: readonly RowProblem[],
		partial: PartialRow,
		elsewhere: readonly PartialRow[] = [],
	): void {
		const earlier = this.#rejected.get(line);
		const all = distinct([...(earlier?.problems ?? []), ...problems]);
		const { problems: shown, moreProblems } = shownProblems(all);
		const cells = earlier?.cells ?? this.source.cellsOf?.(line) ?? {};
		const known = { ...partial, ...this.withoutDefaults(cells), memberIds: [...new Set(partial.memberIds)] };
		this.#rejected.set(line, {
			line,
			item,
			problems: shown,
			moreProblems: (earlier?.moreProblems ?? 0) + moreProblems,
			cells,
			...(earlier === undefined ? known : mergedPartialRows(earlier, known)),
			elsewhere: [...(earlier?.elsewhere ?? []), ...elsewhere],
		});
	}

	/** Parts of the key that come from a default for a blank cell: it may be blank because the other cells moved. */
	private withoutDefaults(cells: Readonly<Record<string, string>>): Partial<PartialRow> {
		const isBlank = (field: 'tenant' | 'group' | 'callCenter') => {
			const column = this.source.mapping?.[field] ?? null;
			return column !== null && !/[\p{L}\p{N}]/u.test(cells[column] ?? '');
		};
		return {
			...(isBlank('tenant') ? { tenantId: null } : {}),
			...(isBlank('group') ? { groupId: null } : {}),
			...(isBlank('callCenter') ? { callCenterId: null } : {}),
		};
	}
}

function problemsOf(meant: Meant | null, column: string | null): RowProblem[] {
	return meant === null || meant.issue === null ? [] : [{ column, ...meant.issue }];
}

function partialOf({ list, memberId }: SourceRow): PartialRow {
	const { tenantId, groupId, userId, callCenterId } = list;
	return { tenantId, groupId, userId, callCenterId, memberIds: memberId === null ? [] : [memberId] };
}

function distinct(problems: readonly RowProblem[]): RowProblem[] {
	return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
