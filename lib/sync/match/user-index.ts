/** The users of a group by one of their attributes. */

import { type Candidate, foldId } from '../model';
import type { UserInfo } from '../platform';
import { matchText, type TextRule } from './attribute';
import { lastAndFirst, nameOf } from './name';
import { type Match, TextIndex } from './text-index';

export class UserIndex {
	readonly #index = new TextIndex();
	readonly #rule: TextRule;
	/** By folded id. */
	readonly #texts = new Map<string, string>();

	/** A user whose attribute is empty is never found. */
	constructor(
		users: readonly UserInfo[],
		rule: TextRule & { readonly attribute: Exclude<TextRule['attribute'], 'name'> },
	) {
		this.#rule = rule;
		for (const user of users) {
			const { userId } = user;
			// The platform may show one user twice.
			const folded = foldId(userId);
			if (this.#texts.has(folded)) continue;
			this.#texts.set(folded, rule.attribute === 'fullName' ? lastCommaFirst(user) : user[rule.attribute]);
			const candidate: Candidate = { id: userId, name: fullName(user) };
			for (const text of rule.attribute === 'fullName' ? namesOf(user) : [matchText(user[rule.attribute], rule)])
				this.#index.add(text, candidate);
		}
	}

	find(text: string): Match {
		return this.#index.find(matchText(text, this.#rule));
	}

	/** What the platform shows of a user; null if that is nothing. */
	textOf(userId: string): string | null {
		return this.#texts.get(foldId(userId)) || null;
	}
}

/** `First Last`. */
export function fullName({ firstName, lastName }: Pick<UserInfo, 'firstName' | 'lastName'>): string {
	return [firstName, lastName]
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.join(' ');
}

/** `Last, First`, which no name in the other order is mistaken for; as `fullName` where that cannot be told. */
function lastCommaFirst(user: UserInfo): string {
	const [last, first] = [user.lastName.trim(), user.firstName.trim()];
	const isPlain = last !== '' && first !== '' && !`${last}${first}`.includes(',');
	return isPlain ? `${last}, ${first}` : fullName(user);
}

/** In either order, and as `Last, First`. */
function namesOf(user: UserInfo): Array<string | null> {
	const first = nameOf(user.firstName);
	const last = nameOf(user.lastName);
	if (first !== null && last !== null) return bothWays(first, last);
	const whole = first ?? last;
	// Whichever of its words are the last name: a namesake must not be overlooked because of how fields are filled.
	const words = whole?.split(' ') ?? [];
	const splits = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
	return [whole, ...splits.flatMap(([one, other]) => [...bothWays(one, other), lastAndFirst(one, other)])];
}

function bothWays(first: string, last: string): string[] {
	return [`${first} ${last}`, `${last} ${first}`, lastAndFirst(last, first)];
}
