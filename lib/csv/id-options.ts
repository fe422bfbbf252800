/**
 * Options that take ids of people and call centers: read exactly as the ids of a file are, and refused where a file's
 * row would be rejected.
 */

import { foldId, type Facts, type Issue } from '../sync';
import { excerpt, isBlank, readId, textOfNumber } from './ids';
import type { ReadOptions } from './options';
import { wrongDomain } from './options-check';
import { userRule } from './id-rules';

/** An issue names the option and the value that cannot be used. */
export type ReadIds<Ids> =
	| { readonly ok: true; readonly ids: Ids }
	| { readonly ok: false; readonly issue: Issue & { readonly code: 'invalidOption' } };

type Domain = Pick<ReadOptions, 'defaultDomain'>;

/** Separators of ids in a file, within and between cells. */
const SEPARATOR = /[;,|\t\r\n]/;

/**
 * The ids in the text of an option, or in a list of texts; places left blank are passed over. `option` is its name, for
 * messages.
 */
export function readIdList(option: string, value: unknown, options: Domain): ReadIds<readonly string[]> {
	const wrong = wrongDomain(options);
	if (wrong !== null) return invalidOption(wrong);
	const ids: string[] = [];
	for (const text of Array.isArray(value) ? (value as unknown[]) : [value]) {
		if (text === null || text === undefined) continue;
		if (typeof text !== 'string' && typeof text !== 'number')
			return invalidOption({ problem: 'notText', option, value: excerpt(String(text)) });
		for (const entry of (typeof text === 'number' ? textOfNumber(text) : text).split(SEPARATOR)) {
			if (isBlank(entry)) continue;
			const read = readId(entry, userRule(options));
			if ('code' in read) return invalidOption({ problem: 'badId', option, cause: read });
			ids.push(read.id);
		}
	}
	return { ok: true, ids };
}

/**
 * Old id to new id. An id with two new ids is refused, and so is a new id that is renamed again: the reader does not
 * guess. Empty pairs are ignored.
 */
export function readRenamedIds(
	option: string,
	pairs: ReadonlyArray<{ readonly from?: unknown; readonly to?: unknown }>,
	options: Domain,
): ReadIds<Readonly<Record<string, string>>> {
	const renamed = new Map<string, readonly [from: string, to: string]>();
	for (const pair of pairs) {
		const from = readIdList(option, pair.from, options);
		const to = readIdList(option, pair.to, options);
		if (!from.ok) return from;
		if (!to.ok) return to;
		if (from.ids.length === 0 && to.ids.length === 0) continue;
		const [old, ...others] = from.ids;
		const [id, ...more] = to.ids;
		if (old === undefined) return invalidOption({ problem: 'noOldId', option, value: excerpt(id ?? '') });
		if (id === undefined) return invalidOption({ problem: 'noNewId', option, value: excerpt(old) });
		if (others.length > 0 || more.length > 0)
			return invalidOption({ problem: 'severalIds', option, value: excerpt([...from.ids, ...to.ids].join(', ')) });
		if (foldId(old) === foldId(id)) continue;
		const earlier = renamed.get(foldId(old));
		if (earlier !== undefined && foldId(earlier[1]) !== foldId(id))
			return invalidOption({
				problem: 'twoNewIds',
				option,
				value: excerpt(old),
				first: excerpt(earlier[1]),
				second: excerpt(id),
			});
		renamed.set(foldId(old), [old, id]);
	}
	for (const [old, id] of renamed.values()) {
		const next = renamed.get(foldId(id));
		if (next !== undefined)
			return invalidOption({
				problem: 'renamedTwice',
				option,
				value: excerpt(old),
				next: excerpt(id),
				last: excerpt(next[1]),
			});
	}
	return { ok: true, ids: Object.fromEntries(renamed.values()) };
}

function invalidOption(facts: Facts<'invalidOption'>) {
	return { ok: false, issue: { code: 'invalidOption', facts } } as const;
}
