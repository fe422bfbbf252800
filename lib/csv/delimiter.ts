/**
 * Detects the delimiter and the header by trial. With the right delimiter, a line of the head is a complete header and
 * the rows below it have the same width. Statistics alone fail on titles, notes and members listed in one cell.
 */

import { unescapedNames } from './correction-columns';
import { joinedColumn, suspectColumn, rowsAboveHeader, splitName, swallowedLines, type Sampled } from './header-checks';
import { headerFailure, isComplete, matchHeader, type HeaderMatch } from './header';
import { isBlank } from './ids';
import { HEAD_BYTES, SAMPLE_RECORDS } from './limits';
import type { CsvOptions, ReadFailure } from './options';
import { RecordParser, type UnreadableRest } from './record-parser';

/** The first one wins a tie: commas and bars are the likeliest inside cells. */
const CANDIDATES = [';', '\t', ',', '|'];

export interface Layout {
	readonly delimiter: string;
	/** Index of the header among the file's records, blank ones and a `sep=` line included. */
	readonly headerRecord: number;
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	/**
	 * Cells of a row: those of the header, and blank ones where every line of the file ends with separators; without the
	 * blank ones of the header where it alone does.
	 */
	readonly width: number;
	/** Line of the `sep=` line, which is always the first, or null. */
	readonly hasSepLine: boolean;
	/** The delimiter of a wrong `sep=` line, or null. */
	readonly wrongSep: string | null;
}

/** A record of the head as the header. */
interface Header extends Pick<Layout, 'headerRecord' | 'names' | 'match'> {
	readonly headerLine: number;
}

interface Trial extends Layout, Header {
	/** Share of the records below the header that are as wide as rows are, from 0 to 1. */
	readonly regularity: number;
	/** The records of the head, blank ones included. */
	readonly records: readonly Sampled[];
	/** The quotation mark that is never closed, if the head is the whole file. */
	readonly unclosed: UnreadableRest | null;
}

/** The layout of a file by its head in UTF-8; `complete` says that the head is all of it. */
export function findLayout(head: Uint8Array, complete: boolean, options: CsvOptions): Layout | ReadFailure {
	const sep = sepOf(head);
	const stated = options.delimiter ?? sep;
	const others = CANDIDATES.filter((candidate) => candidate !== stated);
	const trials = (stated === null ? others : [stated]).map((delimiter) =>
		tryDelimiter(head, complete, delimiter, sep !== null, options),
	);
	const best = trials.reduce((a, b) => (isBetter(b, a) ? b : a));
	if (best.names.length === 0 || blankStart(head).length === head.length) return noHeader(best, complete);
	if (isComplete(best.match)) return headerProblem(best, options) ?? best;
	if (stated !== null && best.match.ambiguous.length === 0) {
		const better = others
			.map((delimiter) => tryDelimiter(head, complete, delimiter, sep !== null, options))
			.find((trial) => isComplete(trial.match));
		if (better !== undefined && options.delimiter === undefined)
			return headerProblem(better, options) ?? { ...better, wrongSep: stated };
		if (better !== undefined) {
			const facts = { problem: 'option', found: better.delimiter, option: stated } as const;
			return { code: 'wrongDelimiter', facts, line: better.headerLine };
		}
	}
	return (
		quoteOpenFromStart(trials) ??
		wholeLinesQuoted(best, options) ??
		(headerFailure(best.names, best.match, options, best.headerLine) as ReadFailure)
	);
}

/** The delimiter by which a row falls into as many cells as it should, where it has one cell only. */
export function suspectedDelimiter(cells: readonly string[], width: number, delimiter: string): string | null {
	if (cells.length !== 1 || width < 2) return null;
	const [cell = ''] = cells;
	return CANDIDATES.find((candidate) => candidate !== delimiter && cell.split(candidate).length === width) ?? null;
}

function tryDelimiter(
	head: Uint8Array,
	complete: boolean,
	delimiter: string,
	hasSepLine: boolean,
	options: CsvOptions,
): Trial {
	const records: Sampled[] = [];
	const sample = new RecordParser(
		delimiter,
		(cells, line, { quoteClosedInText }) => records.push({ cells, line, quoteClosedInText }),
		SAMPLE_RECORDS + blankStart(head).split('\n').length,
	);
	sample.feed(head);
	// The last record of a head that was cut is cut as well.
	const unclosed = complete ? sample.end() : null;
	let best: Header | null = null;
	for (const [headerRecord, { cells, line }] of records.entries()) {
		if (cells.every(isBlank) || (hasSepLine && headerRecord === 0)) continue;
		const names = unescapedNames(cells, delimiter);
		const header = { headerRecord, headerLine: line, names, match: matchHeader(names, options) };
		if (best === null || score(header.match) > score(best.match)) best = header;
		// What looks like a header further down is the header once more, or a row.
		if (isComplete(header.match)) break;
	}
	best ??= { headerRecord: records.length, headerLine: 1, names: [], match: matchHeader([], options) };
	const below = records
		.slice(best.headerRecord + 1)
		.map(({ cells }) => cells)
		.filter((cells) => !cells.every(isBlank));
	const width = widthOfRows(below, best.names);
	const regularity = shareOfWidth(below, width);
	return { delimiter, ...best, width, hasSepLine, wrongSep: null, regularity, records, unclosed };
}

/**
 * Some programs end every line but the header with a separator, or several; others the header alone. Only what most
 * rows of the head have is the file's way, so that one row with a separator too many or too few is not taken for it.
 */
function widthOfRows(rows: ReadonlyArray<readonly string[]>, names: readonly string[]): number {
	const header = names.length;
	const narrow = widthWithoutLastSeparators(names);
	const counts = new Map<number, number>();
	for (const cells of rows) {
		const isWide = cells.length >= header && cells.slice(header).every(isBlank);
		if (isWide || (cells.length === narrow && !isBlank(cells.at(-1) ?? '')))
			counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
	}
	let width = header;
	for (const [cells, count] of counts) if (count >= 2 && count > (counts.get(width) ?? 0)) width = cells;
	return width;
}

/**
 * How many columns there are besides blank ones at the end of the header; the whole header if one of the others has no
 * name either: then a separator too many in the header may have shifted all names behind it.
 */
function widthWithoutLastSeparators(names: readonly string[]): number {
	const named = names.findLastIndex((name) => !isBlank(name)) + 1;
	return names.slice(0, named).some(isBlank) ? names.length : named;
}

/** Why a complete header cannot be trusted; null if it can. */
function headerProblem(
	{ records, headerRecord, headerLine, hasSepLine, names, match, width, delimiter }: Trial,
	options: CsvOptions,
): ReadFailure | null {
	const above = records.slice(hasSepLine ? 1 : 0, headerRecord).filter(({ cells }) => !cells.every(isBlank));
	const rows = records
		.slice(headerRecord + 1)
		.map(({ cells }) => cells)
		.filter((cells) => !cells.every(isBlank));
	const swallowed = [...above, records[headerRecord] as Sampled].flatMap(
		(one) => swallowedLines(one, delimiter, one.line === headerLine, width) ?? [],
	);
	return (
		swallowed[0] ??
		rowsAboveHeader(above, names, match, options, headerLine) ??
		splitName(names, match, rows, delimiter, headerLine) ??
		suspectColumn(names, match, rows, options, headerLine) ??
		(width > names.length ? joinedColumn(names, match, options, headerLine) : null)
	);
}

/** A quotation mark that opens a cell with one delimiter and is inside a cell with another. */
function quoteOpenFromStart(trials: readonly Trial[]): ReadFailure | null {
	const open = trials.find(
		({ names, records, unclosed }) => names.length === 0 && (unclosed !== null || records.length === 0),
	);
	if (open === undefined) return null;
	return { code: 'unclosedQuote', facts: { problem: 'noHeader' }, line: open.unclosed?.line ?? 1 };
}

function noHeader(best: Trial, complete: boolean): ReadFailure {
	if (best.unclosed !== null) return quoteOpenFromStart([best]) as ReadFailure;
	return complete
		? { code: 'emptyFile', facts: {}, line: null }
		: { code: 'headerTooLong', facts: { kilobytes: HEAD_BYTES / 1024 }, line: null };
}

/** What the head begins with: lines of blanks and separators, as spreadsheets save blank rows. */
function blankStart(head: Uint8Array): string {
	const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
	const end = text.search(/[^\s;,|]/);
	return end === -1 ? text : text.slice(0, end);
}

/** A complete header wins, then the number of recognized columns. The first of equals wins. */
function score(match: HeaderMatch): number {
	return (isComplete(match) ? 100 : 0) + match.recognized;
}

function isBetter(a: Trial, b: Trial): boolean {
	if (score(a.match) !== score(b.match)) return score(a.match) > score(b.match);
	if (a.regularity !== b.regularity) return a.regularity > b.regularity;
	return a.names.length > b.names.length;
}

/** One column wide is no evidence: any file is that with a delimiter that it does not have. */
function shareOfWidth(rows: ReadonlyArray<readonly string[]>, width: number): number {
	if (width < 2 || rows.length === 0) return 0;
	return rows.filter((cells) => cells.length === width).length / rows.length;
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
	const inner = CANDIDATES.find((candidate) =>
		isComplete(matchHeader(only.replace(/"/g, '').split(candidate), options)),
	);
	if (inner === undefined) return null;
	return { code: 'wrongDelimiter', facts: { problem: 'quotedLines', inner }, line: trial.headerLine };
}
