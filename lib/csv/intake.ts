/** What both faces share behind the records: checks each record's shape, has rows built, and sums up. */

import { isClosingLine } from './closing-lines';
import { addedColumnsIn } from './correction-columns';
import { named, suspectedDelimiter } from './delimiter';
import { FindingLog } from './findings';
import { unguarded } from './formula-guard';
import { FIELD_NAMES, requiredFields, uniqueNames, type HeaderMatch } from './header';
import { isBlank, shown } from './ids';
import type { CsvFormat, CsvSource, Field, ReadFailure, ReadOptions, ReadResult } from './options';
import { hasSwallowedRows, ONE_LINE, type Form, type UnclosedQuote } from './records';
import { NOTHING_KNOWN, RejectLog, type Place, type Problem } from './rejects';
import { RowBuilder } from './rows';

export interface IntakeSetting {
	/** The header as it stands. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	/** Cells of a row: as many as the header has, or more of them, which are blank. */
	readonly width: number;
	readonly headerLine: number | null;
	readonly options: ReadOptions;
	readonly findings: FindingLog;
	/** Null for items, which have none: their cells are what they are, line breaks included. */
	readonly delimiter: string | null;
}

/** What a CSV of items is written with. */
export const ITEM_DELIMITER = ',';

export class Intake {
	readonly #setting: IntakeSetting;
	readonly #names: readonly string[];
	readonly #rejects: RejectLog;
	readonly #rows: RowBuilder;
	/** Columns without which no row can be read. */
	readonly #required: readonly number[];
	/** Columns that mean nothing here. */
	readonly #others: readonly number[];
	readonly #unit: 'line' | 'item';
	/** Columns that this package added to a CSV of rejected rows. Where there are any, it guarded the cells as well. */
	readonly #added: ReadonlySet<number>;
	#records = 0;
	#unendedLine: number | null = null;
	#blankRows = 0;
	#firstBlankRow = 0;

	constructor(setting: IntakeSetting) {
		const { match, options, findings, delimiter } = setting;
		this.#setting = setting;
		this.#unit = delimiter === null ? 'item' : 'line';
		this.#names = uniqueNames(setting.names);
		this.#added = addedColumnsIn(setting.names);
		this.#rejects = new RejectLog(this.#names, findings);
		const required = requiredFields(options).flatMap((field) => match.columns[field] ?? []);
		this.#required = required;
		const used = new Set(Object.values(match.columns));
		this.#others = setting.names.map((_, column) => column).filter((column) => !used.has(column));
		this.#rows = new RowBuilder({
			names: this.#names,
			match,
			options,
			required,
			findings,
			rejects: this.#rejects,
			unit: this.#unit,
		});
		for (const index of match.unused) {
			if (this.#added.has(index)) continue;
			const name = this.#names[index] ?? '';
			findings.add(
				'unknownColumn',
				setting.headerLine,
				name,
				`The column ${shown(name)} is not needed and was left out.`,
			);
		}
	}

	/** One record below the header. */
	record(record: readonly string[], line: number, item: number, form: Form = ONE_LINE): void {
		const cells =
			this.#added.size === 0
				? record
				: record.map((cell) => unguarded(cell, this.#setting.delimiter ?? ITEM_DELIMITER));
		const { width } = this.#setting;
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
		if (!this.#isWish(place, fits, form)) return;
		this.#records++;
		if (!form.ended) this.#unendedLine = line;
	}

	/** The quotation mark that swallowed the rest of the file. */
	unclosedQuote({ line, reason }: UnclosedQuote, item: number): void {
		const what = reason === 'quoteNotClosed' ? 'is never closed' : 'opened a cell too large to be one';
		this.#records++;
		this.#reject(
			{ cells: [], line, item, ended: false },
			'unclosedQuote',
			`The quotation mark opened here ${what}, so the rest of the file could not be read. Close it, or ` +
				'double it where it belongs to the text.',
		);
	}

	/**
	 * The last record of a file that ends within a character. It was cut off there; or a byte is missing further up, and
	 * then UTF-16 reads as other characters from there on, line ends included: the record has swallowed the rest.
	 */
	endsWithinCharacter(cells: readonly string[], line: number, item: number): void {
		this.#records++;
		this.#unendedLine = line;
		this.#reject(
			{ cells, line, item, ended: false },
			'invalidId',
			'The file ends within a character: it was cut off in this row, or a byte is missing in it, so that the rest of ' +
				'the file could not be read. Check whether the file is complete, and export it again.',
		);
	}

	/** Why it makes no sense to read on; null while it does. */
	failure(): ReadFailure | null {
		return this.#rejects.failure();
	}

	finish(format: CsvFormat | null): ReadResult {
		const rows = this.#rows.finish();
		const failure = this.failure() ?? this.#membersElsewhere();
		if (failure !== null) return { ok: false, failure };
		const { findings, match } = this.#setting;
		if (this.#blankRows > 0) {
			const count =
				this.#blankRows === 1
					? 'A blank row was'
					: `${this.#blankRows.toLocaleString('en-US')} blank rows, of which this is the first, were`;
			findings.add('blankRow', this.#firstBlankRow, null, `${count} left out.`);
		}
		if (this.#records === 0) {
			const message =
				this.#unit === 'line' ? 'There is a header but no row below it.' : 'There are no items with data in them.';
			findings.add('noRows', null, null, `${message} An empty source changes nothing; check what wrote it.`);
		}
		const column = (field: Field) => {
			const index = match.columns[field];
			return index === undefined ? null : (this.#names[index] ?? null);
		};
		const mapping: CsvSource['mapping'] = {
			supervisor: column('supervisor'),
			agent: column('agent'),
			callCenter: column('callCenter'),
			tenant: column('tenant'),
			group: column('group'),
			action: column('action'),
		};
		return {
			ok: true,
			source: {
				rows,
				rejected: this.#rejects.rows(),
				findings: findings.all(this.#unit),
				unendedLine: this.#unendedLine,
				records: this.#records,
				columns: this.#names,
				mapping,
				format,
			},
		};
	}

	/**
	 * A header whose names changed places would have every list of the file cleared. So where no row names a
	 * member, nothing may stand in a column that is not needed.
	 */
	#membersElsewhere(): ReadFailure | null {
		const found = this.#rows.columnBesideNobody(this.#others.filter((column) => !this.#added.has(column)));
		if (found === null) return null;
		const { column, place } = found;
		const member = FIELD_NAMES[this.#setting.options.kind === 'supervisedAgents' ? 'agent' : 'callCenter'];
		return {
			code: 'suspectColumn',
			message:
				`The column for the ${member} is blank in every row, and column ${shown(this.#names[column] ?? '')} has cells ` +
				`(${shown(place.cells[column] ?? '')}), so it may be the ${member}. Correct the column's name in the source; to ` +
				'clear lists, leave the other columns out.',
			line: place.line,
		};
	}

	/** False for what is no row: totals, closing lines, the header once more. */
	#isWish(place: Place, fits: boolean, { lines, closedAmiss }: Form): boolean {
		const { cells, line } = place;
		const { delimiter, findings, names, width } = this.#setting;
		if (delimiter !== null && lines > 1 && (!fits || closedAmiss || hasSwallowedRows(cells, delimiter, width))) {
			const message =
				`A quotation mark opened in line ${line} swallowed the lines up to ${line + lines - 1}. Close it, or ` +
				'double it where it belongs to the text.';
			this.#reject(place, 'unclosedQuote', message);
			return true;
		}
		if (
			cells[0] === names[0] &&
			cells.length >= names.length &&
			cells.every((cell, column) => (column < names.length ? cell === names[column] : isBlank(cell)))
		) {
			findings.add('repeatedHeader', line, null, 'The header is repeated here; the line was left out.');
			return false;
		}
		if (!fits) return this.#isRagged(place);
		if (delimiter !== null && this.#others.some((column) => isHalfQuoted(cells[column] ?? ''))) {
			this.#reject(
				place,
				'unclosedQuote',
				'A cell of this row has one character outside its quotation marks, so a separator may have moved. ' +
					'Correct the row.',
			);
			return true;
		}
		return this.#rows.add(place) || this.#closingLine(place);
	}

	/** A cell too many or too few may have moved all others, so none can be trusted to name the row's list. */
	#isRagged(place: Place): boolean {
		if (isClosingLine(place, this.#setting.width, this.#required)) return this.#closingLine(place);
		const { cells } = place;
		const { width } = this.#setting;
		const delimiter = this.#setting.delimiter ?? ',';
		const suspect = suspectedDelimiter(cells, width, delimiter);
		if (suspect !== null) {
			const message =
				`The row seems to be separated by ${named(suspect)}, the header is by ${named(delimiter)}. Use one ` +
				'separator in the whole file.';
			this.#reject(place, 'wrongDelimiter', message);
			return true;
		}
		const advice =
			cells.length >= width
				? 'Put a cell that has the separator in it between quotation marks, or remove the separator.'
				: 'Add what is missing; if it is the last row, the file may have been cut off.';
		const expected =
			width === this.#names.length
				? `the header ${counted(width)}`
				: `the other rows ${counted(width)}, of which the last are blank`;
		this.#reject(place, 'raggedRow', `The row has ${counted(cells.length)}, ${expected}. ${advice}`);
		return true;
	}

	#reject(place: Place, code: Problem['code'], message: string): void {
		this.#rejects.add(place, { code, column: null, message }, NOTHING_KNOWN);
	}

	#closingLine({ cells, line }: Place): false {
		const text = shown(cells.find((cell) => !isBlank(cell)) ?? '');
		this.#setting.findings.add('footerRow', line, null, `${text} looks like a total or closing line; it was left out.`);
		return false;
	}
}

/** Also Ctrl-Z, which ends the files of old programs. */
function isBlankRecord(cells: readonly string[]): boolean {
	return cells.every(isBlank) || (cells.length === 1 && cells[0] === '\u001a');
}

/**
 * `1"Maes"`: a character changed places with the separator beside it, and the other cell lost it. In an id, a quotation
 * mark is an error anyway.
 */
function isHalfQuoted(cell: string): boolean {
	if (cell.charCodeAt(1) !== QUOTE && cell.charCodeAt(cell.length - 2) !== QUOTE) return false;
	return /^(?:[^"]"[^"]*"|"[^"]*"[^"])$/.test(cell);
}

const QUOTE = 34;

function counted(cells: number): string {
	return cells === 1 ? '1 cell' : `${cells} cells`;
}
