/** What both faces share behind the records: checks each record's shape, has rows built, and sums up. */

import { beginsLikeFooter, fieldNearColumn, fieldOfColumn } from './aliases';
import { addedColumnsIn } from './correction-columns';
import { named, suspectedDelimiter } from './delimiter';
import { FindingLog } from './findings';
import { unguarded } from './formula-guard';
import { FIELD_NAMES, uniqueNames, type HeaderMatch } from './header';
import { isBlank, shown } from './ids';
import type { CsvFormat, CsvSource, Field, ReadFailure, ReadOptions, ReadResult } from './options';
import { hasSwallowedRows, type UnclosedQuote } from './records';
import { NOTHING_KNOWN, RejectLog, type Place, type Problem } from './rejects';
import { RowBuilder } from './rows';

export interface IntakeSetting {
	/** The header as it stands. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
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
	readonly #unit: 'line' | 'item';
	/** Columns that this package added to a CSV of rejected rows. Where there are any, it guarded the cells as well. */
	readonly #added: ReadonlySet<number>;
	#records = 0;
	#blankRows = 0;
	#firstBlankRow = 0;

	constructor(setting: IntakeSetting) {
		const { match, options, findings, delimiter } = setting;
		this.#setting = setting;
		this.#unit = delimiter === null ? 'item' : 'line';
		this.#names = uniqueNames(setting.names);
		this.#added = addedColumnsIn(setting.names);
		this.#rejects = new RejectLog(this.#names, findings);
		this.#rows = new RowBuilder({ names: this.#names, match, options, findings, rejects: this.#rejects, unit: this.#unit });
		this.#judgeUnusedColumns();
	}

	/** One record below the header; `lines` is how many it fills. */
	record(record: readonly string[], line: number, lines: number, item: number): void {
		const cells = this.#added.size === 0 ? record : record.map((cell) => unguarded(cell, this.#setting.delimiter ?? ITEM_DELIMITER));
		if (isBlankRecord(cells)) {
			if (this.#blankRows++ === 0) this.#firstBlankRow = line;
			return;
		}
		const width = this.#names.length;
		const place: Place = { cells: cells.length > width && cells.slice(width).every(isBlank) ? cells.slice(0, width) : cells, line, item };
		if (this.#isWish(place, lines)) this.#records++;
	}

	/** The quotation mark that swallowed the rest of the file. */
	unclosedQuote({ line, reason }: UnclosedQuote, item: number): void {
		const what = reason === 'quoteNotClosed' ? 'is never closed' : 'opened a cell too large to be one';
		this.#records++;
		this.#reject({ cells: [], line, item }, 'unclosedQuote', `The quotation mark opened here ${what}, so the rest of the file could not be read. Close it, or double it where it belongs to the text.`);
	}

	/** Why it makes no sense to read on; null while it does. */
	failure(): ReadFailure | null {
		return this.#rejects.failure();
	}

	finish(format: CsvFormat | null): ReadResult {
		const rows = this.#rows.finish();
		const failure = this.failure();
		if (failure !== null) return { ok: false, failure };
		const { findings, match } = this.#setting;
		if (this.#blankRows > 0) {
			const count = this.#blankRows === 1 ? 'A blank row was' : `${this.#blankRows.toLocaleString('en-US')} blank rows, of which this is the first, were`;
			findings.add('blankRow', this.#firstBlankRow, null, `${count} left out.`);
		}
		if (this.#records === 0) {
			const message = this.#unit === 'line' ? 'There is a header but no row below it.' : 'There are no items with data in them.';
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
			source: { rows, rejected: this.#rejects.rows(), findings: findings.all(this.#unit), records: this.#records, columns: this.#names, mapping, format },
		};
	}

	/** False for what is no row: totals, closing lines, the header once more. */
	#isWish(place: Place, lines: number): boolean {
		const { cells, line } = place;
		const { delimiter, findings, names } = this.#setting;
		if (delimiter !== null && lines > 1 && (cells.length !== names.length || hasSwallowedRows(cells, delimiter, names.length))) {
			const message = `A quotation mark opened in line ${line} swallowed the lines up to ${line + lines - 1}. Close it, or double it where it belongs to the text.`;
			this.#reject(place, 'unclosedQuote', message);
			return true;
		}
		if (cells.length !== names.length) return this.#isRagged(place);
		if (cells[0] === names[0] && names.every((name, column) => name === cells[column])) {
			findings.add('repeatedHeader', line, null, 'The header is repeated here; the line was left out.');
			return false;
		}
		return this.#rows.add(place) || this.#footer(place);
	}

	/** A cell too many or too few may have moved all others, so none can be trusted to name the row's list. */
	#isRagged(place: Place): boolean {
		const { cells } = place;
		const width = this.#names.length;
		const delimiter = this.#setting.delimiter ?? ',';
		if (cells.length < width && beginsLikeFooter(cells.find((cell) => !isBlank(cell)) ?? '')) return this.#footer(place);
		const suspect = suspectedDelimiter(cells, width, delimiter);
		if (suspect !== null) {
			const message = `The row seems to be separated by ${named(suspect)}, the header is by ${named(delimiter)}. Use one separator in the whole file.`;
			this.#reject(place, 'wrongDelimiter', message);
			return true;
		}
		const advice =
			cells.length > width
				? 'Put a cell that has the separator in it between quotation marks, or remove the separator.'
				: 'Add what is missing; if it is the last row, the file may have been cut off.';
		this.#reject(place, 'raggedRow', `The row has ${counted(cells.length)}, the header ${counted(width)}. ${advice}`);
		return true;
	}

	#reject(place: Place, code: Problem['code'], message: string): void {
		this.#rejects.add(place, { code, column: null, message }, NOTHING_KNOWN);
	}

	#footer({ cells, line }: Place): false {
		const text = shown(cells.find((cell) => !isBlank(cell)) ?? '');
		this.#setting.findings.add('footerRow', line, null, `${text} looks like a total or closing line; it was left out.`);
		return false;
	}

	#judgeUnusedColumns(): void {
		const { match, findings, headerLine } = this.#setting;
		for (const index of match.unused) {
			if (this.#added.has(index)) continue;
			const name = this.#names[index] ?? '';
			const near = fieldOfColumn(name) === null ? fieldNearColumn(name) : null;
			if (near !== null && match.columns[near] === undefined) {
				const message = `The column ${shown(name)} was left out. If it is the ${FIELD_NAMES[near]}, correct its name or set it by hand.`;
				findings.add('suspectColumn', headerLine, name, message);
			} else {
				findings.add('unknownColumn', headerLine, name, `The column ${shown(name)} is not needed and was left out.`);
			}
		}
	}
}

/** Also Ctrl-Z, which ends the files of old programs. */
function isBlankRecord(cells: readonly string[]): boolean {
	return cells.every(isBlank) || (cells.length === 1 && cells[0] === '\u001a');
}

function counted(cells: number): string {
	return cells === 1 ? '1 cell' : `${cells} cells`;
}
