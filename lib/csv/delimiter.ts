/**
 * Finding the delimiter and the header, by trying: the right delimiter is the one with which a line of the head becomes
 * the header that the kind needs, and the rows below it are as wide. Statistics alone are fooled by titles, notes and
 * members listed in one cell.
 */

import { tokenizer } from '../vendor/csv-parse';
import { namesAsMeant } from './correction-columns';
import { headerFailure, isComplete, matchHeader, type HeaderMatch } from './header';
import { isBlank, shown } from './ids';
import { MAX_RECORD_BYTES, SAMPLE_RECORDS } from './limits';
import type { CsvOptions, ReadFailure } from './options';

/** In the order in which a draw is decided: commas and bars are the likeliest to stand inside cells. */
const CANDIDATES = [';', '\t', ',', '|'];

export interface Layout {
	readonly delimiter: string;
	/** Index of the header among the file's records, blank ones and a `sep=` line included. */
	readonly headerRecord: number;
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	/** Line of the `sep=` line, which is always the first, or null. */
	readonly hasSepLine: boolean;
	/** What the `sep=` line said where it was wrong. */
	readonly wrongSep: string | null;
}

interface Trial extends Layout {
	readonly headerLine: number;
	/** Share of the records below the header that are as wide as it, from 0 to 1. */
	readonly regularity: number;
}

/** The layout of a file by its head in UTF-8; `complete` says that the head is all of it. */
export function findLayout(head: Uint8Array, complete: boolean, options: CsvOptions): Layout | ReadFailure {
	const sep = sepOf(head);
	const stated = options.delimiter ?? sep;
	const others = CANDIDATES.filter((candidate) => candidate !== stated);
	const trials = (stated === null ? others : [stated]).map((delimiter) => tryDelimiter(head, complete, delimiter, sep !== null, options));
	const best = trials.reduce((a, b) => (isBetter(b, a) ? b : a));
	if (best.names.length === 0) {
		return { code: 'emptyFile', message: 'The file is empty: there is not even a header. Check the export that wrote it.', line: null };
	}
	if (isComplete(best.match)) return best;
	if (stated !== null && best.match.ambiguous.length === 0) {
		const better = others.map((delimiter) => tryDelimiter(head, complete, delimiter, sep !== null, options)).find((trial) => isComplete(trial.match));
		if (better !== undefined && options.delimiter === undefined) return { ...better, wrongSep: stated };
		if (better !== undefined) {
			const message = `The file is separated by ${named(better.delimiter)}, not by ${named(stated)} as set by hand. Change that setting, or clear it.`;
			return { code: 'wrongDelimiter', message, line: better.headerLine };
		}
	}
	return wholeLinesQuoted(best, options) ?? (headerFailure(best.names, best.match, options, best.headerLine) as ReadFailure);
}

/** A delimiter in words. */
export function named(delimiter: string): string {
	const names: Readonly<Record<string, string>> = { ';': 'semicolons', ',': 'commas', '\t': 'tabs', '|': 'bars (|)' };
	return names[delimiter] ?? shown(delimiter);
}

/** The delimiter by which a row falls into as many cells as it should, where it has one cell only. */
export function suspectedDelimiter(cells: readonly string[], width: number, delimiter: string): string | null {
	if (cells.length !== 1 || width < 2) return null;
	const [cell = ''] = cells;
	return CANDIDATES.find((candidate) => candidate !== delimiter && cell.split(candidate).length === width) ?? null;
}

function tryDelimiter(head: Uint8Array, complete: boolean, delimiter: string, hasSepLine: boolean, options: CsvOptions): Trial {
	const records: string[][] = [];
	const lastLines: number[] = [];
	const sample = tokenizer({ delimiter, maxRecordBytes: MAX_RECORD_BYTES, maxRecords: SAMPLE_RECORDS }, (cells, lastLine) => {
		records.push(cells);
		lastLines.push(lastLine);
	});
	sample.feed(head);
	// The last record of a head that was cut is cut as well.
	if (complete) sample.end();
	let best: Trial | null = null;
	records.forEach((record, headerRecord) => {
		const headerLine = (lastLines[headerRecord - 1] ?? 0) + 1;
		if (record.every(isBlank) || (hasSepLine && headerRecord === 0)) return;
		const names = namesAsMeant(record, delimiter);
		const match = matchHeader(names, options);
		const regularity = shareAsWide(records.slice(headerRecord + 1), names.length);
		const trial: Trial = { delimiter, headerRecord, names, match, hasSepLine, wrongSep: null, headerLine, regularity };
		if (best === null || rank(trial) > rank(best)) best = trial;
	});
	return best ?? { delimiter, headerRecord: 0, names: [], match: matchHeader([], options), hasSepLine, wrongSep: null, headerLine: 1, regularity: 0 };
}

/** A header that serves beats everything; then what was recognized. The earliest of equals stays. */
function rank(trial: Trial): number {
	return (isComplete(trial.match) ? 100 : 0) + trial.match.recognized;
}

function isBetter(a: Trial, b: Trial): boolean {
	if (rank(a) !== rank(b)) return rank(a) > rank(b);
	if (a.regularity !== b.regularity) return a.regularity > b.regularity;
	return a.names.length > b.names.length;
}

/** One column wide is no evidence: any file is that with a delimiter that it does not have. */
function shareAsWide(records: readonly string[][], width: number): number {
	const filled = records.filter((cells) => !cells.every(isBlank));
	if (width < 2 || filled.length === 0) return 0;
	return filled.filter((cells) => cells.length === width).length / filled.length;
}

/** Excel's own first line `sep=;`, which other programs write to please it; also quoted. */
function sepOf(head: Uint8Array): string | null {
	const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16)).toString('utf8');
	return /^"?sep=([^\r\n"])"?[;,\t ]*(\r|\n|$)/i.exec(start)?.[1] ?? null;
}

/** A comma file that was opened in a semicolon Excel and saved again has every line as one quoted cell. */
function wholeLinesQuoted(trial: Trial, options: CsvOptions): ReadFailure | null {
	const filled = trial.names.filter((name) => !isBlank(name));
	const [only = ''] = filled;
	if (filled.length !== 1) return null;
	const inner = CANDIDATES.find((candidate) => isComplete(matchHeader(only.replace(/"/g, '').split(candidate), options)));
	if (inner === undefined) return null;
	return {
		code: 'wrongDelimiter',
		message:
			`Every line is one quoted cell, with the columns separated by ${named(inner)} inside it: the file was opened and saved by a ` +
			'spreadsheet program that expects another separator. Send the original export, or import it there with the right separator first.',
		line: trial.headerLine,
	};
}
