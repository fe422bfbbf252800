import { foldId } from '../sync';

/** Ids in their order, each once; ids that differ in case only are the same. */
export function withoutRepeats(ids: readonly string[]): string[] {
	const seen = new Set<string>();
	return ids.filter((id) => {
		const folded = foldId(id);
		return !seen.has(folded) && seen.add(folded);
	});
}
