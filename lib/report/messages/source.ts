/** Messages about the source: its rows, the file as a whole, and the options that it is read with. */

import { formatNumber } from '../../number-format';
import { MATCHING } from '../../options';
import type {
	Candidate,
	Facts,
	FileIssue,
	LookupIssue,
	RowIssue,
	SourceIssue,
	RejectedRow,
	RowProblem,
} from '../../sync';
import type { Messages } from './message';
import {
	ATTRIBUTE_NAMES,
	DEFAULT_LABELS,
	FIELD_NAMES,
	fewText,
	linesText,
	named,
	optionName,
	quoted,
	scopeName,
} from './names';

const DOUBLE_IT = 'Close it, or double it where it belongs to the text.';
const SAVE_AS = 'Open it in the spreadsheet program and save it as "CSV UTF-8", then send that file.';

const FORMATS: Readonly<Record<Extract<FileIssue, { code: 'notCsv' }>['facts']['format'], string>> = {
	workbook:
		'The file is a zip archive, which is what an Excel (.xlsx) or LibreOffice (.ods) workbook is, not a ' +
		`CSV. ${SAVE_AS}`,
	xls: `The file is an old Excel workbook (.xls), not a CSV. ${SAVE_AS}`,
	compressed: 'The file is compressed. Unpack it and send the CSV inside.',
	pdf: 'The file is a PDF, not a CSV. Export the list as CSV from the program that made it.',
	html:
		'The file is a web page, not a CSV: often the sign-in or error page of the system that was asked for ' +
		'the export. Check that download.',
	xml:
		"The file is XML, not a CSV. Export it as CSV, or convert it to items with n8n's XML node and use " +
		'input items as the source.',
	json: 'The file is JSON, not a CSV. Read it with n8n\'s "Extract from File" node and use input items as the source.',
};

const DELIMITERS: Readonly<Record<string, string>> = {
	';': 'semicolons',
	',': 'commas',
	'\t': 'tabs',
	'|': 'pipes (|)',
};

export const SOURCE_MESSAGES: Messages<(FileIssue | RowIssue | LookupIssue | SourceIssue)['code']> = {
	mangledId: ({ problem, value }) =>
		problem === 'placeholder'
			? `${quoted(value)} is what a program writes where it has no ID. Enter the ID and export once more.`
			: `${quoted(value)} is what a spreadsheet made of an ID. Format the column as text, enter the ID again and ` +
				'export once more.',
	severalValues: (facts) =>
		facts.problem === 'inOneId'
			? `${quoted(facts.value)} looks like several values where one is expected. Give each its own row.`
			: 'Different separators stand between the members, so one of them may stand within an ID. Use the same ' +
				'one throughout the cell.',
	tooLongId: ({ value, characters, max }) =>
		`${quoted(value)} has ${characters} characters; the platform takes at most ${max}. Correct the cell.`,
	invalidId: (facts) => {
		if (facts.problem === 'endsWithinCharacter')
			return (
				'The file ends within a character: it was cut off in this row, or a byte is missing in it, so that the rest ' +
				'of the file could not be read. Check whether the file is complete, and export it again.'
			);
		const { problem, value } = facts;
		switch (problem) {
			case 'noLetters':
				return `${quoted(value)} has no letter and no digit in it. Correct the cell.`;
			case 'control':
				return `${quoted(value)} has a control character in it. Correct the cell.`;
			case 'quotationMark':
				return `${quoted(value)} has a stray quotation mark in it. Correct the cell.`;
			case 'json':
				return `${quoted(value)} is an object or a list as JSON, or a part of one. Give the ID alone.`;
			case 'unreadable':
				return (
					`${quoted(value)} has a character that could not be read in it (the file mixes encodings). ` +
					'Correct the cell.'
				);
			case 'closingLine':
				return `${quoted(value)} is what a report writes in a total or closing line, and no ID. Correct the cell.`;
			case 'incomplete':
				return (
					`${quoted(value)} is not a complete ID: one @ with a name before and a domain behind it is expected. ` +
					'Correct the cell.'
				);
			case 'cutOff':
				return (
					`${quoted(value)} is shorter than the other IDs of its kind, and no line end stands behind it, so the ` +
					'file may have been cut off here. Complete the file, or end the line.'
				);
		}
	},
	wrongAttribute: ({ value, by }) =>
		`${quoted(value)} is no ${ATTRIBUTE_NAMES[by]}. Correct the cell, or choose what the source has in ` +
		`'${MATCHING[by === 'name' ? 'matchCallCentersBy' : 'matchPeopleBy'].label}'.`,
	personNotFound: ({ value, by, ...scope }) =>
		`Nobody in ${scopeName(scope)} has the ${ATTRIBUTE_NAMES[by]} ${quoted(value)}. Correct the cell, or what the ` +
		'platform has.',
	personAmbiguous: ({ value, by, candidates }) =>
		`Several people have the ${ATTRIBUTE_NAMES[by]} ${quoted(value)}: ${candidatesText(candidates)}. Give this row ` +
		'something that only one of them has.',
	callCenterNotFound: ({ value, ...scope }) =>
		`No call center in ${scopeName(scope)} is called ${quoted(value)}. Correct the cell, or the name on the platform.`,
	callCenterAmbiguous: ({ value, candidates }) =>
		`Several call centers are called ${quoted(value)}: ${candidatesText(candidates)}. Rename one of them, or use IDs.`,
	blankCell: (facts) => {
		switch (facts.problem) {
			case 'noValue':
			case 'noMember':
				return `There is no ${FIELD_NAMES[facts.field]} in this row. Fill in the cell, or remove the row.`;
			case 'noAction':
				return 'There is no action in this row. Say add or remove.';
			case 'emptyPlace':
				return 'A place between separators is left empty. Fill it in, or remove the separator.';
			case 'cutOff':
				return (
					'The cell is blank and no line end stands behind it, so the file may have been cut off here. Fill in ' +
					'the cell, or end the line.'
				);
			case 'loneBlank':
				return (
					`The cell is blank in this row alone, so the default ${quoted(facts.fallback)} was not taken for ` +
					'it. Fill in the cell.'
				);
		}
	},
	conflictingRows: (facts) =>
		facts.problem === 'otherRow'
			? `This row and ${facts.unit} ${facts.line} ask for the opposite for the same list and member, so neither ` +
				'is done. Remove the wrong one.'
			: `${facts.member} is asked to be added and to be removed (${linesText(facts.lines)}): keep one of the rows.`,
	raggedRow: ({ cells, header, rows }) => {
		const advice =
			cells >= rows
				? 'Put a cell that has the separator in it between quotation marks, or remove the separator.'
				: 'Add what is missing, or remove a line that is no row. The last line may have been cut off.';
		const expected =
			rows === header
				? `the header ${countedCells(rows)}`
				: `the other rows ${countedCells(rows)}, of which the last are blank`;
		return `The row has ${countedCells(cells)}, ${expected}. ${advice}`;
	},
	unclosedQuote: (facts) => {
		switch (facts.problem) {
			case 'restOfFile': {
				const what = facts.tooLarge ? 'opened a cell too large to be one' : 'is never closed';
				return `The quotation mark opened here ${what}, so the rest of the file could not be read. ${DOUBLE_IT}`;
			}
			case 'swallowedLines':
				return `A quotation mark opened in line ${facts.from} swallowed the lines up to ${facts.to}. ${DOUBLE_IT}`;
			case 'strayCharacter':
				return (
					'A cell of this row has one character outside its quotation marks, so a separator may have moved. ' +
					'Correct the row.'
				);
			case 'swallowedHeader': {
				const what = facts.isHeader ? "the header's own end included" : 'and the header may be among them';
				return `A quotation mark opened in line ${facts.line} swallowed the lines below it, ${what}. ${DOUBLE_IT}`;
			}
			case 'noHeader':
				return `A quotation mark that is opened here is not closed, so the header could not be read. ${DOUBLE_IT}`;
		}
	},
	unknownAction: ({ value }) =>
		`${quoted(value)} is no known action. Say add or remove (or the like in Dutch, French or German).`,
	wrongDelimiter: (facts) => {
		switch (facts.problem) {
			case 'row':
				return (
					`The row seems to be separated by ${delimiterName(facts.row)}, the header is by ` +
					`${delimiterName(facts.header)}. Use one separator in the whole file.`
				);
			case 'option':
				return (
					`The file is separated by ${delimiterName(facts.found)}, not by ${delimiterName(facts.option)} as ` +
					`${optionName('delimiter')} says. Set it to 'Detect Automatically', or to what the file has.`
				);
			case 'quotedLines':
				return (
					`Every line is one quoted cell, with the columns separated by ${delimiterName(facts.inner)} inside it: ` +
					'the file was opened and saved by a spreadsheet program that expects another separator. Send the ' +
					'original export, or import it there with the right separator first.'
				);
		}
	},
	encodingAssumed: (facts) =>
		facts.problem === 'zeros'
			? `The file has no byte order mark and was taken for ${facts.encoding}, by its zeros.`
			: 'This is the first line that is no UTF-8, so the file was taken for Windows-1252, as old exports are. ' +
				'Check a name with an accent; to be sure, export as "CSV UTF-8".',
	footerRow: ({ value }) => `${quoted(value)} looks like a total or closing line; it was left out.`,
	mixedEncoding: () =>
		'The file is UTF-8, but from this line on it has bytes that are not: it was put together from files ' +
		'of different encodings. IDs with such characters are rejected; export everything as "CSV UTF-8".',
	noRows: ({ unit }) => {
		const what = unit === 'line' ? 'There is a header but no row below it.' : 'There are no items with data in them.';
		return `${what} An empty source changes nothing. Check the export that wrote it.`;
	},
	wrongSepLine: ({ said, found }) =>
		`The first line says that the file is separated by ${delimiterName(said)}, but it is by ${delimiterName(found)}.`,
	blankRow: ({ count }) =>
		count === 1
			? 'A blank row was left out.'
			: `${formatNumber(count)} blank rows, of which this is the first, were left out.`,
	defaultUsed: ({ fallback }) => `The cell is blank, so the default ${quoted(fallback)} was taken.`,
	duplicateRow: ({ unit, line }) => `The same as ${unit} ${line}; one is enough.`,
	repeatedHeader: () => 'The header is repeated here; the line was left out.',
	titleRow: ({ value }) => `${quoted(value)} stands above the header; it was left out.`,
	trimmedValue: ({ from, to }) => `${quoted(from)} was read as ${quoted(to)}.`,
	unknownColumn: ({ name }) => `The column ${quoted(name)} is not needed and was left out.`,
	moreFindings: ({ of, more, unit, last }) =>
		`and ${formatNumber(more)} more of ${of}${last === null ? '' : `; the last is in ${unit} ${last}`}`,

	ambiguousColumn: ({ field, names }) =>
		`Several columns could be the ${FIELD_NAMES[field]}: ${names.map(quoted).join(', ')}. ` +
		`Choose one in ${optionName('columns')}, or rename the others. What is not chosen is not read: where the others ` +
		'have further values, give each a row of its own.',
	binaryFile: ({ controls, bytes }) =>
		`The file is not text: ${controls} of its first ${bytes} bytes are control characters. Send a ` +
		'CSV, saved as "CSV UTF-8".',
	emptyFile: () => 'The file is empty: there is not even a header. Check the export that wrote it.',
	headerTooLong: ({ kilobytes }) =>
		`No line with text ends within the first ${kilobytes} kB, so there is no header to be found: a quotation mark ` +
		'may have been left open there, or the file is no CSV.',
	missingColumn: ({ missing, found, more, misspelt }) => {
		const columns =
			found.length === 0
				? 'no column names'
				: `the columns ${found.map(quoted).join(', ')}${more ? ' and others' : ''}`;
		const hint = misspelt === null ? '' : ` Is ${quoted(misspelt)} misspelt?`;
		return `${missing.map(missingText).join(' ')} Found: ${columns}.${hint}`;
	},
	notCsv: ({ format }) => FORMATS[format],
	rowsAboveHeader: ({ damaged, header }) =>
		`Line ${damaged} looks like a damaged header, and rows stand between it and the header in line ${header}, so ` +
		'they would be left out. Correct the header in the first of the two lines.',
	suspectColumn: (facts) => {
		const name = FIELD_NAMES[facts.field];
		if (facts.problem === 'elsewhere')
			return (
				`The column for the ${name} is blank in every row, and column ${quoted(facts.name)} has cells ` +
				`(${quoted(facts.cell)}), so it may be the ${name}. Correct the column's name in the source; to clear lists, ` +
				'leave the other columns out.'
			);
		const instead =
			facts.field === 'action' ? 'the rows would be read without it' : `all rows would take the default ${name}`;
		const advice = `Correct the column's name in the source, or choose the column in ${optionName('columns')}.`;
		return `${suspicion(facts, name)}; ${instead}. ${advice}`;
	},
	tooManyRejected: ({ max, problems, moreProblems }) =>
		`More than ${formatNumber(max)} rows cannot be used, so this is most likely not the file it should be. The first ` +
		`one: ${problemsText({ problems, moreProblems })}`,
	emptySource: () => `The source has no rows${NEVER_EVERYBODY}`,
	unusableSource: ({ rejected }) =>
		rejected === 1
			? `The source's only row cannot be used${NEVER_EVERYBODY}`
			: `None of the source's ${formatNumber(rejected)} rows can be used${NEVER_EVERYBODY}`,
	noMembers: () =>
		'No row of the source names a member, so nothing was planned: a column without any cells never means that ' +
		'everybody is to be removed. Check the export.',
	correctionFile: () =>
		"The source is a CSV of rejected rows (it has a column that only such files have, like 'apio line'). It names " +
		"only a part of each list, so the mode 'Mirror' would remove all others. Choose the mode 'Use Action Column'; " +
		'if the source is something else, rename that column.',
	rowsUnreadable: (facts) => {
		switch (facts.problem) {
			case 'empty':
				return "'Rows' is empty. Give a list of objects, one for each row.";
			case 'tooDeep':
				return (
					`'Rows' is nested in more than ${facts.levels} levels, which no list of rows is. Give a list of objects, ` +
					'one for each row.'
				);
			case 'notJson':
				return "'Rows' is not JSON. Give a list of objects in JSON, one for each row.";
			case 'notRows':
				return "'Rows' has something in it that is no row. Give a list of objects, one for each row.";
		}
	},
	invalidOption: (facts) => {
		switch (facts.problem) {
			case 'domain':
				return `${optionName('defaultDomain')} cannot be ${quoted(facts.value)}. Enter a domain like example.com.`;
			case 'delimiter':
				return (
					`${optionName('delimiter')} cannot be ${quoted(facts.value)}: it must be one character, and no quotation ` +
					'mark or line break.'
				);
			case 'defaultId':
				return `'${DEFAULT_LABELS[facts.field]}' cannot be used: ${rowMessage(facts.cause)}`;
			case 'notText':
				return `${facts.option}: ${quoted(facts.value)} is no text. Give IDs, separated by commas or line breaks.`;
			case 'badId':
				return `${facts.option}: ${rowMessage(facts.cause)}`;
			case 'noOldId':
				return (
					`${facts.option}: ${quoted(facts.value)} is the new ID of nobody. Fill in the ID that it has in the ` +
					'source, or remove the pair.'
				);
			case 'noNewId':
				return `${facts.option}: ${quoted(facts.value)} has no new ID. Fill it in, or remove the pair.`;
			case 'severalIds':
				return (
					`${facts.option}: ${quoted(facts.value)} are several IDs where one is expected. Give each a pair of ` +
					'its own.'
				);
			case 'twoNewIds':
				return (
					`${facts.option}: ${quoted(facts.value)} is renamed to ${quoted(facts.first)} and to ` +
					`${quoted(facts.second)}. Keep one of the two.`
				);
			case 'renamedTwice':
				return (
					`${facts.option}: ${quoted(facts.value)} is renamed to ${quoted(facts.next)}, and that to ` +
					`${quoted(facts.last)}. Say for each the ID that it has on the platform now.`
				);
		}
	},
};

function missingText({ field, setByHand, hasDefault, known }: Facts<'missingColumn'>['missing'][number]): string {
	const name = FIELD_NAMES[field];
	const mapping = optionName('columns');
	if (setByHand !== null)
		return `${mapping} names the column ${quoted(setByHand)} for the ${name}, and there is none. Correct the name.`;
	const names = known.slice(0, KNOWN_NAMES_SHOWN).map(quoted).join(', ');
	return hasDefault
		? `Choose a ${name} in '${DEFAULT_LABELS[field]}', or add a column for it (${names} or the like).`
		: `There is no column for the ${name}. Name it ${names} or the like, or choose it in ${mapping}.`;
}

/** Enough to see what is meant. */
const KNOWN_NAMES_SHOWN = 4;

const NEVER_EVERYBODY =
	', so nothing was planned: an empty source never means that everybody is to be removed. Check the export.';

function rowMessage(issue: RowIssue | LookupIssue): string {
	const message = SOURCE_MESSAGES[issue.code] as (facts: (RowIssue | LookupIssue)['facts']) => string;
	return message(issue.facts);
}

/** Above the rejected rows in a report. */
export const REJECTED_ROWS_HOLD =
	'A rejected row holds back the removals of every list it touches: it may mean somebody who is on the list.';

/** All that is wrong with a row, each with its column. */
export function problemsText({ problems, moreProblems }: Pick<RejectedRow, 'problems' | 'moreProblems'>): string {
	const texts = problems.map(problemText);
	return [...new Set(texts), ...(moreProblems > 0 ? [`And ${moreProblems} more of the kind.`] : [])].join(' ');
}

/** Rejected rows that an error names: enough to see what is wrong, and an error still fits the editor's panel. */
const MOST_IN_ERROR = 3;

/** The first rejected rows in one line; empty where there are none. */
export function firstRejectedRows(rows: readonly RejectedRow[]): string {
	const lines = rows.slice(0, MOST_IN_ERROR).map((row) => `Line ${formatNumber(row.line)}: ${problemsText(row)}`);
	return lines.join(' ');
}

function problemText({ column, ...issue }: RowProblem): string {
	return column === null ? rowMessage(issue) : `${column}: ${rowMessage(issue)}`;
}

type Suspicion = Exclude<Extract<FileIssue, { code: 'suspectColumn' }>['facts'], { problem: 'elsewhere' }>;

function suspicion(facts: Suspicion, field: string): string {
	switch (facts.problem) {
		case 'hasDefault':
			return (
				`Column ${quoted(facts.name)} has the default ${field} among its cells, beside ${quoted(facts.cell)}, and ` +
				`may be the ${field}`
			);
		case 'misspelt':
			return `The column ${quoted(facts.name)} may be the ${field}`;
		case 'unnamed': {
			const name = facts.name === null ? 'no name' : `the name ${quoted(facts.name)}`;
			return `Column ${facts.column} has cells (${quoted(facts.cell)}) but ${name}, and may be the ${field}`;
		}
		case 'torn':
			return `The header seems to be torn between lines ${facts.from} and ${facts.to}: the ${field} stands in both`;
	}
}

function delimiterName(delimiter: string): string {
	return DELIMITERS[delimiter] ?? quoted(delimiter);
}

function countedCells(cells: number): string {
	return cells === 1 ? '1 cell' : `${cells} cells`;
}

/** `Jan Peeters (j.peeters@acme), Jan Peeters (jan2@acme) and 3 more`. */
function candidatesText({ first, more }: { readonly first: readonly Candidate[]; readonly more: number }): string {
	return fewText({ first: first.map(named), more });
}
