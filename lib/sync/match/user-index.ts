/** The users of a group by one of their attributes. */

import { type Candidate, foldId } from '../model';
import type { UserInfo } from '../platform';
import { matchText, type TextRule } from './attribute';
import { lastAndFirst, nameOf } from './name';
import { type Match, TextIndex } from './text-index';

type UserRule = TextRule & { readonly attribute: Exclude<TextRule['attribute'], 'name'> };

export type NameParts = Pick<UserInfo, 'firstName' | 'lastName'>;

export class UserIndex {
	readonly #index = new TextIndex();
	readonly #rule: UserRule;
	/** By folded id. */
	readonly #users = new Map<string, UserInfo>();

	/** A user whose attribute is empty is never found. */
	constructor(users: readonly UserInfo[], rule: UserRule) {
		this.#rule = rule;
		for (const user of users) {
			const { userId } = user;
			// The platform may show one user twice.
			const folded = foldId(userId);
			if (this.#users.has(folded)) continue;
			this.#users.set(folded, user);
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
		const user = this.#users.get(foldId(userId));
		if (user === undefined) return null;
		const { attribute } = this.#rule;
		return (attribute === 'fullName' ? lastCommaFirst(user) : user[attribute]) || null;
	}

	/** The name in parts by which the user is found; null if the platform shows no two. */
	partsOf(userId: string): NameParts | null {
		const user = this.#users.get(foldId(userId));
		return user === undefined ? null : (bothNames(user) ?? dividedName(fullName(user)));
	}
}

/** `First Last`. */
export function fullName({ firstName, lastName }: NameParts): string {
	return [firstName, lastName]
		.map((name) => name.trim())
		.filter((name) => name !== '')
		.join(' ');
}

/** `Last, First`, which no name in the other order is mistaken for; as `fullName` where the order is unknown. */
function lastCommaFirst(user: UserInfo): string {
	const both = bothNames(user);
	return both === null ? fullName(user) : `${both.lastName}, ${both.firstName}`;
}

/** Null where one of the fields has no name. */
function bothNames(user: UserInfo): NameParts | null {
	const [firstName, lastName] = [undivided(user.firstName), undivided(user.lastName)];
	return nameOf(firstName) === null || nameOf(lastName) === null ? null : { firstName, lastName };
}

/** A name in one field is found however its words are divided. Null where it is one word. */
function dividedName(name: string): NameParts | null {
	const [firstName, ...others] = undivided(name)
		.split(' ')
		.filter((word) => nameOf(word) !== null);
	return firstName === undefined || others.length === 0 ? null : { firstName, lastName: others.join(' ') };
}

/** Without the signs at which a source's cell is divided (`Maes, Jr.`): names are compared without them. */
function undivided(name: string): string {
	return name.replace(/[\s,;"]+/g, ' ').trim();
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
