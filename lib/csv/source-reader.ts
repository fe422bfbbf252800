/** The part that `readCsv` and `readItems` share: checks the shape of each record, builds rows, makes the result. */

import { isClosingRecord } from './closing-records';
import { addedColumnsIn } from './correction-columns';
import { suspectedDelimiter } from './delimiter';
import { FindingLog } from './findings';
import { unescapeFormulas } from './formula-escape';
import { unnamedColumn, unnamedColumns } from './header-checks';
import { requiredColumns, uniqueNames, type HeaderMatch } from './header';
import { userRule } from './id-rules';
import { excerpt, IdRegister, isBlank } from './ids';
import { IgnoredPrefixes } from './ignored-prefixes';
import { MemberCells } from './member-cells';
import type { RowIssue } from '../sync';
import type { CsvFormat, CsvSource, ReadFailure, ReadOptions, ReadResult } from './options';
import { hasSwallowedRows, ONE_LINE, type Form, type UnreadableRest } from './record-parser';
import { NOTHING_READABLE, RejectLog, type Place } from './rejects';
import { RepeatedHeader } from './repeated-header';
import { RowBuilder } from './row-builder';

export interface SourceReaderSettings {
	/** The names of the header, unchanged. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	/** Cells of a row: as many as the header has; or more, which are blank; or fewer, if blank names end the header. */
	readonly width: number;
	readonly headerLine: number | null;
	readonly options: ReadOptions;
	readonly findings: FindingLog;
	/** Null for items, which have none: their cells may contain any character. */
	readonly delimiter: string | null;
}

/** Delimiter of a CSV that is made from items. */
export const ITEM_DELIMITER = ',';

export class SourceReader {
	readonly #settings: SourceReaderSettings;
	readonly #names: readonly string[];
	readonly #rejects: RejectLog;
	readonly #rows: RowBuilder;
	/** Columns without which no row can be read. */
	readonly #required: readonly number[];
	/** Columns without a meaning for the reader. */
	readonly #others: readonly number[];
	readonly #unit: 'line' | 'item';
	/** Columns that this package added to a CSV of rejected rows. If there are any, its formulas are escaped too. */
	readonly #added: ReadonlySet<number>;
	readonly #header: RepeatedHeader;
	#otherHeader: ReadFailure | null = null;
	readonly #prefixes: IgnoredPrefixes;
	/** Whether any column has no name of its own. */
	readonly #hasUnnamed: boolean;
	#unnamed: ReadFailure | null = null;
	/** The row before, for row numbers. */
	#before: readonly string[] = [];
	#records = 0;
	#unendedLine: number | null = null;
	#blankRows = 0;
	#firstBlankRow = 0;

	constructor(settings: SourceReaderSettings) {
		const { match, options, findings, delimiter } = settings;
		this.#settings = settings;
		this.#unit = delimiter === null ? 'item' : 'line';
		this.#names = uniqueNames(settings.names);
		this.#added = addedColumnsIn(settings.names);
		this.#prefixes = new IgnoredPrefixes(settings.names, match, options);
		this.#hasUnnamed = unnamedColumns(settings.names, match).length > 0;
		const ids = new MemberCells(new IdRegister(userRule(options)), false);
		// Where people or call centers are matched, the texts of rejected rows are looked up instead.
		this.#rejects = new RejectLog(this.#names, findings, (cells) =>
			options.matching === undefined ? cells.flatMap((cell) => ids.readableIn(cell)) : [],
		);
		this.#header = new RepeatedHeader(settings.names, match, options);
		const required = requiredColumns(match, options);
		this.#required = required;
		const used = new Set(Object.values(match.columns));
		this.#others = settings.names.map((_, column) => column).filter((column) => !used.has(column));
		this.#rows = new RowBuilder({
			names: this.#names,
			match,
			options,
			required,
			findings,
			rejects: this.#rejects,
			unit: this.#unit,
			delimiter,
		});
		for (const index of match.unused) {
			if (this.#added.has(index)) continue;
			const name = this.#names[index] ?? '';
			findings.add(settings.headerLine, name, { code: 'unknownColumn', facts: { name: excerpt(name) } });
		}
	}

	/** One record below the header. */
	record(record: readonly string[], line: number, item: number, form: Form = ONE_LINE): void {
		const cells =
			this.#added.size === 0
				? record
				: record.map((cell) => unescapeFormulas(cell, this.#settings.delimiter ?? ITEM_DELIMITER));
		const { width } = this.#settings;
		if (isBlankRecord(cells) && (form.ended || cells.length === 1 || cells.length >= width)) {
			if (this.#blankRows++ === 0) this.#firstBlankRow = line;
			return;
		}
		const fits =
			cells.length === width && (width === this.#names.length || cells.slice(this.#names.length).every(isBlank));
		const place: Place = {
			cells: fits && width > this.#names.length ? cells.slice(0, this.#names.length) : cells,
			line,
			item,
			ended: form.ended,
		};
		if (!this.#addRecord(place, fits, form)) return;
		this.#records++;
		if (!form.ended) this.#unendedLine = line;
	}

	/** Rejects the rest of the file where its records cannot be separated. */
	unreadableRest({ line, reason }: UnreadableRest, item: number): void {
		this.#records++;
		const facts = { problem: reason === 'quoteNotClosed' ? 'restOfFile' : 'tooLargeRow' } as const;
		this.#reject({ cells: [], line, item, ended: false }, { code: 'unclosedQuote', facts });
	}

	/**
	 * Rejects the last record of a file that ends within a character. Either the file is truncated there, or a byte is
	 * missing further up. Then the rest of a UTF-16 file reads as other characters, and this record contains all of it.
	 */
	endsWithinCharacter(cells: readonly string[], line: number, item: number): void {
		this.#records++;
		this.#unendedLine = line;
		this.#reject({ cells, line, item, ended: false }, { code: 'invalidId', facts: { problem: 'endsWithinCharacter' } });
	}

	/** The reason to stop reading; null if there is none. */
	failure(): ReadFailure | null {
		return this.#otherHeader ?? this.#unnamed ?? this.#rejects.failure();
	}

	finish(format: CsvFormat | null): ReadResult {
		const rows = this.#rows.finish();
		const failure = this.failure() ?? this.#prefixes.failure(this.#settings.headerLine) ?? this.#memberColumnMissed();
		if (failure !== null) return { ok: false, failure };
		const { findings, match } = this.#settings;
		if (this.#blankRows > 0)
			findings.add(this.#firstBlankRow, null, { code: 'blankRow', facts: { count: this.#blankRows } });
		if (this.#records === 0) findings.add(null, null, { code: 'noRows', facts: { unit: this.#unit } });
		const none = { supervisor: null, agent: null, callCenter: null, tenant: null, group: null, action: null };
		const named = Object.entries(match.columns).map(([field, index]) => [field, this.#names[index] ?? null]);
		const mapping = { ...none, ...(Object.fromEntries(named) as Partial<CsvSource['mapping']>) };
		return {
			ok: true,
			source: {
				rows,
				rejected: this.#rejects.rows(),
				findings: findings.all(this.#unit),
				unendedLine: this.#unendedLine,
				...this.#rows.lookup(),
				records: this.#records,
				columns: this.#names,
				mapping,
				format,
			},
		};
	}

	/**
	 * A header with swapped names would clear every list of the file. So if no row names a member, the other columns must
	 * be blank.
	 */
	#memberColumnMissed(): ReadFailure | null {
		const found = this.#rows.columnOfMissedMembers(this.#others.filter((column) => !this.#added.has(column)));
		if (found === null) return null;
		const { column, place } = found;
		const facts = {
			problem: 'elsewhere',
			field: this.#settings.options.kind === 'supervisedAgents' ? 'agent' : 'callCenter',
			name: excerpt(this.#names[column] ?? ''),
			cell: excerpt(place.cells[column] ?? ''),
		} as const;
		return { code: 'suspectColumn', facts, line: place.line };
	}

	/**
	 * Adds the rows of a record or rejects it. False for records that are no rows: closing lines, a repeated
	 * header.
	 */
	#addRecord(place: Place, fits: boolean, { lines, quoteClosedInText }: Form): boolean {
		const { cells, line } = place;
		const { delimiter, findings, headerLine, width } = this.#settings;
		if (delimiter !== null && lines > 1 && (!fits || quoteClosedInText || hasSwallowedRows(cells, delimiter, width))) {
			const facts = { problem: 'swallowedLines', from: line, to: line + lines - 1 } as const;
			this.#reject(place, { code: 'unclosedQuote', facts });
			return true;
		}
		const header = this.#header.kindOf(cells);
		if (header === 'other')
			this.#otherHeader ??= { code: 'otherHeader', facts: { unit: this.#unit, header: headerLine }, line };
		else if (header === 'same') findings.add(line, null, { code: 'repeatedHeader', facts: {} });
		if (header !== null) return false;
		if (!fits) return this.#rejectRagged(place);
		if (delimiter !== null && this.#others.some((column) => isHalfQuoted(cells[column] ?? ''))) {
			this.#reject(place, { code: 'unclosedQuote', facts: { problem: 'strayCharacter' } });
			return true;
		}
		if (!this.#rows.add(place)) return this.#closingLine(place);
		this.#prefixes.row(place.cells);
		if (this.#hasUnnamed) this.#checkUnnamed(place);
		return true;
	}

	/** The head may have only blank cells in a column without a name, and the rows below it others. */
	#checkUnnamed({ cells, line }: Place): void {
		const { names, match, options } = this.#settings;
		this.#unnamed ??= unnamedColumn(names, match, [this.#before, cells], options, line);
		this.#before = cells;
	}

	/** An extra or missing cell may have moved all others, so no cell is trusted to name the list. */
	#rejectRagged(place: Place): boolean {
		if (isClosingRecord(place, this.#settings.width, this.#required, this.#rows.numbersAreIds))
			return this.#closingLine(place);
		const { cells } = place;
		const { width } = this.#settings;
		const delimiter = this.#settings.delimiter ?? ',';
		const suspect = suspectedDelimiter(cells, width, delimiter);
		if (suspect !== null) {
			const facts = { problem: 'row', row: suspect, header: delimiter } as const;
			this.#reject(place, { code: 'wrongDelimiter', facts });
			return true;
		}
		const named = this.#settings.names.findLastIndex((name) => !isBlank(name)) + 1;
		const facts = { cells: cells.length, header: this.#names.length, named, rows: width };
		this.#reject(place, { code: 'raggedRow', facts });
		return true;
	}

	#reject(place: Place, issue: RowIssue): void {
		this.#rejects.add(place, null, issue, NOTHING_READABLE);
	}

	#closingLine({ cells, line }: Place): false {
		const value = excerpt(cells.find((cell) => !isBlank(cell)) ?? '');
		this.#settings.findings.add(line, null, { code: 'footerRow', facts: { value } });
		return false;
	}
}

/** Ctrl-Z counts as blank: old programs end their files with it. */
function isBlankRecord(cells: readonly string[]): boolean {
	return cells.every(isBlank) || (cells.length === 1 && cells[0] === '\u001a');
}

/**
 * `1"Maes"`: a separator and the character beside it were swapped, so the next cell lost that character. Ids are not
 * checked here: a quotation mark in an id is an error anyway.
 */
function isHalfQuoted(cell: string): boolean {
	if (cell.charCodeAt(1) !== QUOTE && cell.charCodeAt(cell.length - 2) !== QUOTE) return false;
	return /^(?:[^"]"[^"]*"|"[^"]*"[^"])$/.test(cell);
}

const QUOTE = 34;
