/** Reads rows from n8n's input items, by the same rules as the records of a file. */

import { isTooDeep } from '../json-depth';
import { unescapedNames } from './correction-columns';
import { FindingLog } from './findings';
import { headerFailure, matchHeader } from './header';
import { suspectColumn } from './header-checks';
import { SourceReader, ITEM_DELIMITER } from './source-reader';
import { isBlank, textOfNumber } from './ids';
import { SAMPLE_RECORDS } from './limits';
import type { ReadOptions, ReadResult } from './options';
import { wrongOption } from './options-check';

export interface InputItem {
	readonly json: Readonly<Record<string, unknown>>;
	/** Index among the node's input items; by default its index in the array. */
	readonly item?: number;
}

/**
 * Reads each item as a record: its keys are the columns, an array's values are several members, and `line` is the
 * item's number from 1. Texts, numbers and booleans are read; null and absent are blank.
 */
export function readItems(items: readonly InputItem[], options: ReadOptions): ReadResult {
	const wrong = wrongOption(options);
	if (wrong !== null) return { ok: false, failure: wrong };
	const keys = columnNames(items);
	const names = unescapedNames(keys, ITEM_DELIMITER);
	const match = matchHeader(names, options);
	const cellsOf = ({ json }: InputItem) => keys.map((key) => cellOf(Object.hasOwn(json, key) ? json[key] : undefined));
	const head = items.slice(0, SAMPLE_RECORDS).map(cellsOf);
	const failure =
		items.length === 0
			? null
			: (headerFailure(names, match, options, null) ?? suspectColumn(names, match, head, options, null));
	if (failure !== null) return { ok: false, failure };
	const sourceReader = new SourceReader({
		names,
		match,
		width: names.length,
		headerLine: null,
		options,
		findings: new FindingLog(),
		delimiter: null,
	});
	for (const [index, one] of items.entries()) {
		const { item = index } = one;
		sourceReader.record(cellsOf(one), item + 1, item);
		if (sourceReader.failure() !== null) break;
	}
	return sourceReader.finish(null);
}

/** Every key of any item, in the order in which they turn up: items need not all have the same. */
function columnNames(items: readonly InputItem[]): string[] {
	const names = new Set<string>();
	for (const { json } of items) for (const name of Object.keys(json)) names.add(name);
	return [...names];
}

/** What is JSON is no id, so that no object is ever taken for one. */
const NESTED = '{"…"}';

/**
 * A value as the text of a cell. The members of an array are separated by line breaks. An array of null has an empty
 * member; an empty array names nobody. A value that is nested too deeply counts as an object.
 */
function cellOf(value: unknown): string {
	if (!Array.isArray(value)) return textOf(value);
	const texts = value.map(textOf);
	return texts.length === 1 && isBlank(texts[0] ?? '') ? '\n' : texts.join('\n');
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'number') return textOfNumber(value);
	if (typeof value !== 'object') return String(value);
	return isTooDeep(value) ? NESTED : JSON.stringify(value);
}
