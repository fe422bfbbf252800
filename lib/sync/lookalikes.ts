/**
 * Finds ids that one slip of the keyboard makes alike: a character lost, added, changed, or swapped with its neighbour. Two ids
 * count as alike where taking at most one character from each makes them equal (the index of SymSpell), so that looking one up
 * costs as many steps as it has characters, however many ids there are.
 */

export class Lookalikes {
	readonly #ids = new Map<string, string[]>();

	constructor(ids: Iterable<string>) {
		for (const id of ids) {
			for (const variant of variantsOf(id)) {
				const others = this.#ids.get(variant);
				if (others === undefined) this.#ids.set(variant, [id]);
				else others.push(id);
			}
		}
	}

	/** The ids that look like this one, itself included if it is one of them. */
	of(id: string): Set<string> {
		const found = new Set<string>();
		for (const variant of variantsOf(id)) for (const other of this.#ids.get(variant) ?? []) found.add(other);
		return found;
	}
}

/** The id, and the id without each of its characters. */
function variantsOf(id: string): Set<string> {
	const variants = new Set([id]);
	for (let at = 0; at < id.length; at += 1) variants.add(id.slice(0, at) + id.slice(at + 1));
	return variants;
}
