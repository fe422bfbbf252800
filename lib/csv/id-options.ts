/**
 * Options that take ids of people and call centers: read exactly as the ids of a file are, and refused where a file's
 * row would be rejected.
 */

import { foldId } from '../sync';
import { isBlank, readId, shown } from './ids';
import type { ReadOptions } from './options';
import { wrongDomain } from './options-check';
import { userRule } from './rows';

/** `message` names the option and the value that cannot be used, and says how to go on. */
export type ReadIds<Ids> = { readonly ok: true; readonly ids: Ids } | { readonly ok: false; readonly message: string };

type Domain = Pick<ReadOptions, 'defaultDomain'>;

/** Whatever may stand between ids in a file, in one cell or between cells. */
const SEPARATOR = /[;,|\t\r\n]/;

/**
 * The ids in the text of an option, or in a list of texts; places left blank are passed over. `option` is its name, for
 * messages.
 */
export function readIdList(option: string, value: unknown, options: Domain): ReadIds<readonly string[]> {
	const wrong = wrongDomain(options);
	if (wrong !== null) return { ok: false, message: wrong };
	const ids: string[] = [];
	for (const text of Array.isArray(value) ? (value as unknown[]) : [value]) {
		if (text === null || text === undefined) continue;
		if (typeof text !== 'string' && typeof text !== 'number')
			return {
				ok: false,
				message: `${option}: ${shown(String(text))} is no text. Give ids, separated by commas or line breaks.`,
			};
		for (const place of String(text).split(SEPARATOR)) {
			if (isBlank(place)) continue;
			const read = readId(place, userRule(options));
			if ('code' in read) return { ok: false, message: `${option}: ${read.message}` };
			ids.push(read.id);
		}
	}
	return { ok: true, ids };
}

/**
 * Old id to new id. Each id has one new id, and a new id is not renamed again: neither which of two is meant nor where
 * a chain shall end is guessed. Pairs without anything in them are passed over.
 */
export function readRenamedIds(
	option: string,
	pairs: ReadonlyArray<{ readonly from?: unknown; readonly to?: unknown }>,
	options: Domain,
): ReadIds<Readonly<Record<string, string>>> {
	const refused = (what: string) => ({ ok: false, message: `${option}: ${what}` }) as const;
	const renamed = new Map<string, readonly [from: string, to: string]>();
	for (const pair of pairs) {
		const from = readIdList(option, pair.from, options);
		const to = readIdList(option, pair.to, options);
		if (!from.ok) return from;
		if (!to.ok) return to;
		if (from.ids.length === 0 && to.ids.length === 0) continue;
		const [old, ...others] = from.ids;
		const [id, ...more] = to.ids;
		if (old === undefined)
			return refused(
				`${shown(id ?? '')} is the new id of nobody. Fill in the id that it has in the source, or remove the pair.`,
			);
		if (id === undefined) return refused(`${shown(old)} has no new id. Fill it in, or remove the pair.`);
		if (others.length > 0 || more.length > 0)
			return refused(
				`${shown([...from.ids, ...to.ids].join(', '))} are several ids where one is expected. Give each a ` +
					'pair of its own.',
			);
		if (foldId(old) === foldId(id)) continue;
		const earlier = renamed.get(foldId(old));
		if (earlier !== undefined && foldId(earlier[1]) !== foldId(id))
			return refused(`${shown(old)} is renamed to ${shown(earlier[1])} and to ${shown(id)}. Keep one of the two.`);
		renamed.set(foldId(old), [old, id]);
	}
	for (const [old, id] of renamed.values()) {
		const next = renamed.get(foldId(id));
		if (next !== undefined)
			return refused(
				`${shown(old)} is renamed to ${shown(id)}, and that to ${shown(next[1])}. Say for each the id that it ` +
					'has on the platform now.',
			);
	}
	return { ok: true, ids: Object.fromEntries(renamed.values()) };
}
