/** Looks up the texts of a source in one group. */

import { CallCenterIndex, type Match, matchText, type NameParts, UserIndex } from '../match';
import {
	type Candidate,
	fewOf,
	foldId,
	type ListRef,
	type LookupIssue,
	type MatchCounts,
	type Matching,
	type Source,
} from '../model';
import { groupKey } from './lists-not-shown';
import type { GroupRef } from './listings';
import type { Planning } from './planning';

/** What a text of the source stands for. */
export interface Meant {
	readonly id: string | null;
	/** Why `id` is null: the text matches none or several. */
	readonly issue: LookupIssue | null;
	/** The ids that the text may stand for. */
	readonly candidates: readonly string[];
}

/** Looks every text up once. */
export class GroupLookup {
	readonly #people = new Map<string, Match>();
	readonly #callCenters = new Map<string, Match>();
	/** By what the platform itself shows of an id; filled when it is asked for. */
	readonly #texts = new Map<string, string>();

	private constructor(
		private readonly group: GroupRef,
		private readonly matching: Matching,
		private readonly users: UserIndex | null,
		private readonly callCenters: CallCenterIndex | null,
		private readonly defaultCallCenterId: string | undefined,
	) {}

	/** Null if one of the listings that are needed is not shown. */
	static async read(
		group: ListRef,
		matching: Matching,
		{ rows, defaultCallCenterId }: Source,
		{ listings }: Planning,
	): Promise<GroupLookup | null> {
		const { people, callCenters, country } = matching;
		const key = groupKey(group);
		const namesCallCenters =
			callCenters === 'name' &&
			rows.some(({ list, memberId }) => {
				const text = list.callCenterId ?? memberId;
				return text !== null && text !== defaultCallCenterId && groupKey(list) === key;
			});
		const [users, named] = await Promise.all([
			people === 'userId' ? null : listings.users(group),
			namesCallCenters ? listings.callCenters(group) : null,
		]);
		if (users?.ok === false || named?.ok === false) return null;
		return new GroupLookup(
			group,
			matching,
			users === null || people === 'userId' ? null : new UserIndex(users.entries, { attribute: people, country }),
			named === null ? null : new CallCenterIndex(named.entries),
			defaultCallCenterId,
		);
	}

	get scope(): GroupRef {
		const { tenantId, groupId } = this.group;
		return { tenantId, groupId };
	}

	person(text: string): Meant {
		const { users, matching, group } = this;
		if (users === null || matching.people === 'userId') return asId(text);
		const by = matching.people;
		return this.meant(this.match(this.#people, users, text), (candidates) =>
			candidates.length === 0
				? { code: 'personNotFound', facts: { value: text, by, tenantId: group.tenantId, groupId: group.groupId } }
				: { code: 'personAmbiguous', facts: { value: text, by, candidates: fewOf(candidates) } },
		);
	}

	callCenter(text: string): Meant {
		const { callCenters, group } = this;
		if (callCenters === null || text === this.defaultCallCenterId) return asId(text);
		return this.meant(this.match(this.#callCenters, callCenters, text), (candidates) =>
			candidates.length === 0
				? { code: 'callCenterNotFound', facts: { value: text, tenantId: group.tenantId, groupId: group.groupId } }
				: { code: 'callCenterAmbiguous', facts: { value: text, candidates: fewOf(candidates) } },
		);
	}

	/** Null if the text stands for nobody, or for several. It is not counted among those looked up. */
	personId(text: string): string | null {
		return idFound(this.users, text);
	}

	callCenterId(text: string): string | null {
		return text === this.defaultCallCenterId ? text : idFound(this.callCenters, text);
	}

	/** Every user and call center that a text may stand for, because cells change places; and the text as an id. */
	anybody(text: string): readonly string[] {
		const found = [this.users, this.callCenters].flatMap((index) => {
			const match = index?.find(text) ?? ({ found: 'none' } as const);
			return match.found === 'one' ? [match.candidate] : match.found === 'several' ? match.candidates : [];
		});
		return [text, ...found.map(({ id }) => id)];
	}

	matchedIds(): Map<string, string> {
		const ids = [...this.#people.values(), ...this.#callCenters.values()].flatMap((match) =>
			match.found === 'one' ? match.candidate.id : [],
		);
		return new Map(ids.map((id) => [foldId(id), id]));
	}

	textOf(what: 'person' | 'callCenter', id: string): string {
		if (this.#texts.size === 0) {
			for (const [kind, matches] of [['person', this.#people] as const, ['callCenter', this.#callCenters] as const]) {
				for (const [text, match] of matches)
					if (match.found === 'one') this.#texts.set(`${kind} ${foldId(match.candidate.id)}`, text);
			}
		}
		const index = what === 'person' ? this.users : this.callCenters;
		return this.#texts.get(`${what} ${foldId(id)}`) ?? index?.textOf(id) ?? id;
	}

	partsOfName(userId: string): NameParts | null {
		return this.users?.partsOf(userId) ?? null;
	}

	/** Different users or call centers that were found; and different texts that were not, in whatever spelling. */
	counts(what: 'people' | 'callCenters'): MatchCounts {
		const { people, country } = this.matching;
		const attribute = what === 'callCenters' || people === 'userId' ? 'name' : people;
		const of: Record<Match['found'], Set<string>> = { one: new Set(), none: new Set(), several: new Set() };
		for (const [text, match] of what === 'people' ? this.#people : this.#callCenters)
			of[match.found].add(
				match.found === 'one' ? match.candidate.id : (matchText(text, { attribute, country }) ?? text),
			);
		return { matched: of.one.size, notFound: of.none.size, several: of.several.size };
	}

	private match(known: Map<string, Match>, index: UserIndex | CallCenterIndex, text: string): Match {
		let match = known.get(text);
		if (match === undefined) known.set(text, (match = index.find(text)));
		return match;
	}

	private meant(match: Match, issueOf: (candidates: readonly Candidate[]) => LookupIssue): Meant {
		if (match.found === 'one') return asId(match.candidate.id);
		const candidates = match.found === 'several' ? match.candidates : [];
		return { id: null, issue: issueOf(candidates), candidates: candidates.map(({ id }) => id) };
	}
}

function idFound(index: UserIndex | CallCenterIndex | null, text: string): string | null {
	if (index === null) return text;
	const match = index.find(text);
	return match.found === 'one' ? match.candidate.id : null;
}

function asId(id: string): Meant {
	return { id, issue: null, candidates: [id] };
}
