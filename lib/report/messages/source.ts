/** Messages about the source: its rows, the whole file, and the options for reading it. */

import { counted, formatNumber } from '../../number-format';
import { MATCHING } from '../../options';
import type {
	Candidate,
	Facts,
	FileIssue,
	IdIssue,
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

const DOUBLE_IT = 'Close it, or double it if it belongs to the text.';
const NOT_THE_ACTION =
	`The column is the action by its name or by ${optionName('columns')}: if it is something else, such as a date, ` +
	'rename it, or correct that option.';
const SAVE_AS = 'Open it in the spreadsheet program and save it as "CSV UTF-8", then send that file.';

const FORMATS: Readonly<Record<Extract<FileIssue, { code: 'notCsv' }>['facts']['format'], string>> = {
	workbook: `The file is a zip archive, such as an Excel (.xlsx) or LibreOffice (.ods) workbook, not a CSV. ${SAVE_AS}`,
	xls: `The file is an old Excel workbook (.xls), not a CSV. ${SAVE_AS}`,
	compressed: 'The file is compressed. Unpack it and send the CSV inside.',
	pdf: 'The file is a PDF, not a CSV. Export the list as CSV from the program that made it.',
	html:
		'The file is a web page, not a CSV. It may be a sign-in or error page of the exporting system. Check the ' +
		'download.',
	xml:
		"The file is XML, not a CSV. Export it as CSV, or convert it to items with n8n's XML node and use " +
		'input items as the source.',
	utf32: 'The file is text in UTF-32, which is not read. Export it as "CSV UTF-8".',
	json: 'The file is JSON, not a CSV. Read it with n8n\'s "Extract from File" node and use input items as the source.',
};

const DELIMITERS: Readonly<Record<string, string>> = {
	';': 'semicolons',
	',': 'commas',
	'\t': 'tabs',
	'|': 'pipes (|)',
};

export const SOURCE_MESSAGES: Messages<(FileIssue | RowIssue | LookupIssue | SourceIssue)['code'] | 'nobodyFound'> = {
	mangledId: ({ problem, value }) =>
		`${mangled({ problem, value })} ` +
		(problem === 'placeholder'
			? 'Enter the value and export again.'
			: 'Format the column as text, enter the value again and export again.'),
	severalValues: (facts) =>
		facts.problem === 'inOneId'
			? `${severalInOne(facts.value)} Give each its own row.`
			: 'The members are separated by different characters, and one of these may belong to an ID. Use one separator ' +
				'in the cell.',
	tooLongId: (facts) => `${tooLong(facts)} Correct the cell.`,
	invalidId: (facts) => {
		if (facts.problem === 'endsWithinCharacter')
			return (
				'The file ends within a character: it was cut off in this row, or a byte is missing and the rest of the file ' +
				'could not be read. Check whether the file is complete, and export it again.'
			);
		if (facts.problem === 'cutOff')
			return (
				`${quoted(facts.value)} is shorter than the other IDs of its kind, and the file ends without a line break, ` +
				'so it may have been cut off here. Complete the file, or end the line.'
			);
		return `${invalid(facts)} ${facts.problem === 'json' ? 'Enter the value only.' : 'Correct the cell.'}`;
	},
	wrongAttribute: ({ value, by }) =>
		`${quoted(value)} is not a valid ${ATTRIBUTE_NAMES[by]}. Correct the cell, or choose what the source has in ` +
		`'${MATCHING[by === 'name' ? 'matchCallCentersBy' : 'matchPeopleBy'].label}'.`,
	personNotFound: ({ value, by, ...scope }) =>
		`Nobody in ${scopeName(scope)} has the ${ATTRIBUTE_NAMES[by]} ${quoted(value)}. Correct the cell, or the user on ` +
		'the platform.',
	personAmbiguous: ({ value, by, candidates }) =>
		`Several people have the ${ATTRIBUTE_NAMES[by]} ${quoted(value)}: ${candidatesText(candidates)}. Give this row ` +
		'something that only one of them has.',
	callCenterNotFound: ({ value, ...scope }) =>
		`No call center in ${scopeName(scope)} is called ${quoted(value)}. Correct the cell, or the name on the platform.`,
	callCenterAmbiguous: ({ value, candidates }) =>
		`Several call centers are called ${quoted(value)}: ${candidatesText(candidates)}. Rename one of them, or use IDs.`,
	nobodyFound: ({ field, by, columns }) => {
		const from = columns.length === 0 ? '' : `, read from ${columns.map(quoted).join(' and ')}`;
		return (
			`No ${FIELD_NAMES[field]} of the source was found by the ${ATTRIBUTE_NAMES[by]}${from}. If the source has it ` +
			`in other columns, choose them in ${optionName('columns')}; if it has something else, choose that in ` +
			`'${MATCHING[by === 'name' ? 'matchCallCentersBy' : 'matchPeopleBy'].label}'.`
		);
	},
	blankCell: (facts) => {
		switch (facts.problem) {
			case 'noValue':
			case 'noMember':
				return `There is no ${FIELD_NAMES[facts.field]} in this row. Fill in the cell, or remove the row.`;
			case 'noAction':
				return `There is no action in this row. Enter add or remove. ${NOT_THE_ACTION}`;
			case 'emptyPlace':
				return 'There is no member between two separators. Fill it in, or remove a separator.';
			case 'cutOff':
				return (
					'The cell is blank and the file ends without a line break, so it may have been cut off here. Fill in the ' +
					'cell, or end the line.'
				);
			case 'loneBlank':
				return (
					`The cell is blank in this row only, so the default ${quoted(facts.fallback)} was not used. Fill in the ` +
					'cell.'
				);
		}
	},
	conflictingRows: (facts) =>
		facts.problem === 'otherRow'
			? `This row and ${facts.unit} ${facts.line} contradict each other about the same list and member, so neither ` +
				'is applied. Remove the wrong one.'
			: `The source adds and removes ${facts.member} (${linesText(facts.lines)}): keep one of the rows.`,
	raggedRow: ({ cells, header, named: columns, rows }) => {
		const quoteIt = 'Put a cell that contains the separator between quotation marks, or remove the separator.';
		if (cells === rows)
			return `The row has text behind its ${countedCells(header)}, where the other rows are blank. ${quoteIt}`;
		const expected =
			rows === header
				? `the header has ${countedCells(rows)}`
				: `the other rows have ${countedCells(rows)}${rows > header ? ', the last of them blank' : ''}`;
		const what = `The row has ${countedCells(cells)}, but ${expected}.`;
		if (cells > rows) return `${what} ${quoteIt}`;
		const missing = 'Add the missing cells, or remove a line that is not a row. The last row may have been cut off.';
		return rows === header && columns < header && cells >= columns
			? `${what} ${missing} If the rows are complete, remove the separators at the end of the header.`
			: `${what} ${missing}`;
	},
	unclosedQuote: (facts) => {
		switch (facts.problem) {
			case 'restOfFile':
				return (
					'The opening quotation mark here is never closed, so the rest of the file could not be read. ' + DOUBLE_IT
				);
			case 'tooLargeRow':
				return (
					'This row is larger than 1 MB, so the rest of the file could not be read. A quotation mark may be open in ' +
					'it, or a line break may be missing.'
				);
			case 'swallowedLines':
				return (
					`A quotation mark opened in line ${facts.from} joins the lines up to ${facts.to} into one cell. ` + DOUBLE_IT
				);
			case 'strayCharacter':
				return (
					'A cell of this row has one character outside its quotation marks, so a separator may have moved. ' +
					'Correct the row.'
				);
			case 'swallowedHeader': {
				const what = facts.isHeader ? "the header's own end included" : 'and the header may be among them';
				return (
					`A quotation mark opened in line ${facts.line} joins the lines below it into one cell, ${what}. ` + DOUBLE_IT
				);
			}
			case 'noHeader':
				return `The opening quotation mark here is not closed, so the header could not be read. ${DOUBLE_IT}`;
		}
	},
	unknownAction: ({ value }) =>
		`${quoted(value)} is not a known action. Enter add or remove (or a Dutch, French or German word for it). ` +
		NOT_THE_ACTION,
	wrongDelimiter: (facts) => {
		switch (facts.problem) {
			case 'row':
				return (
					`The row seems to be separated by ${delimiterName(facts.row)}, but the header by ` +
					`${delimiterName(facts.header)}. Use one separator in the whole file.`
				);
			case 'option':
				return (
					`The file is separated by ${delimiterName(facts.found)}, not by ${delimiterName(facts.option)} as ` +
					`${optionName('delimiter')} says. Set this option to 'Detect Automatically', or to the file's separator.`
				);
			case 'quotedLines':
				return (
					`Every line is one quoted cell, with the columns separated by ${delimiterName(facts.inner)} inside it: ` +
					'a spreadsheet program that expects another separator has saved the file. Send the original export, or ' +
					'import it there with the right separator first.'
				);
		}
	},
	encodingAssumed: (facts) =>
		facts.problem === 'zeros'
			? `The file has no byte order mark and was read as ${facts.encoding}, because of its zero bytes.`
			: 'This is the first line that is not UTF-8, so the file was read as Windows-1252, like old exports. ' +
				'Check a name with an accent, or export as "CSV UTF-8".',
	footerRow: ({ value }) => `${quoted(value)} looks like a total, page or closing line; it was left out.`,
	mixedEncoding: () =>
		'The file is UTF-8, but has other bytes from this line on: it was composed of files of different encodings. IDs ' +
		'with such characters are rejected. Export everything as "CSV UTF-8".',
	noRows: ({ unit }) => {
		const what = unit === 'line' ? 'There is a header but no row below it.' : 'There are no items with data.';
		return `${what} An empty source changes nothing. Check the export.`;
	},
	wrongSepLine: ({ said, found }) =>
		`The first line names ${delimiterName(said)} as the separator, but the file has ${delimiterName(found)}.`,
	blankRow: ({ count }) =>
		count === 1
			? 'A blank row was left out.'
			: `${formatNumber(count)} blank rows, of which this is the first, were left out.`,
	defaultUsed: ({ fallback }) => `The cell is blank, so the default ${quoted(fallback)} was used.`,
	duplicateRow: ({ unit, line }) => `The row is the same as ${unit} ${line}.`,
	repeatedHeader: () => 'The header is repeated here; the line was left out.',
	titleRow: ({ value }) => `${quoted(value)} stands above the header; it was left out.`,
	trimmedValue: ({ from, to }) => `${quoted(from)} was read as ${quoted(to)}.`,
	unknownColumn: ({ name }) => `The column ${quoted(name)} is not needed and was ignored.`,
	moreFindings: ({ of, more, unit, last }) =>
		`${counted(more, 'more finding')} with the code '${of}'.${last === null ? '' : ` The last is in ${unit} ${last}.`}`,

	ambiguousColumn: ({ field, names }) => {
		const several = `Several columns could be the ${FIELD_NAMES[field]}: ${names.map(quoted).join(', ')}.`;
		if (new Set(names.map((one) => one.trim().toLowerCase())).size < names.length)
			return `${several} Give them different names in the source, one of them that of the ${FIELD_NAMES[field]}.`;
		return (
			`${several} Choose one in ${optionName('columns')}, or rename the others. Only the chosen column is read: if ` +
			'the others have more members, give each member a row of its own; if they are parts of names, remove the ' +
			'column of whole names, or choose it.'
		);
	},
	binaryFile: ({ controls, bytes }) =>
		`The file is not text: of its first ${counted(bytes, 'byte')}, ${formatNumber(controls)} are control characters. ` +
		'Send a CSV, saved as "CSV UTF-8".',
	emptyFile: () => 'The file is empty and has no header. Check the export.',
	headerTooLong: ({ kilobytes }) =>
		`No line with text ends within the first ${kilobytes} kB, so no header was found: a quotation mark may be open ` +
		'there, or the file is not a CSV.',
	missingColumn: ({ missing, found, more, misspelt, wholeNotRead }) => {
		const columns =
			found.length === 0
				? 'no column names'
				: `the columns ${found.map(quoted).join(', ')}${more ? ' and others' : ''}`;
		const hint = misspelt === null ? '' : ` Is ${quoted(misspelt)} misspelt?`;
		const sentences = [...(wholeNotRead === null ? [] : [wholeNotReadText(wholeNotRead)]), ...missing.map(missingText)];
		return `${sentences.join(' ')} Found: ${columns}.${hint}`;
	},
	notCsv: ({ format }) => FORMATS[format],
	otherHeader: ({ unit, header }) =>
		`This ${unit} names the columns in another order than the header${header === null ? '' : ` in line ${header}`}, ` +
		'so what is below it would be read from the wrong columns. Put the columns of all parts in the same order. If it ' +
		'is a row, correct its cells that have names of columns.',
	rowsAboveHeader: ({ damaged, header }) =>
		`Line ${damaged} looks like a damaged header, so the rows between it and the header in line ${header} would be ` +
		`left out. Correct the header in line ${damaged}.`,
	suspectColumn: (facts) => {
		const name = FIELD_NAMES[facts.field];
		if (facts.problem === 'elsewhere')
			return (
				`The column for the ${name} is blank in every row, but column ${quoted(facts.name)} has cells ` +
				`(${quoted(facts.cell)}) and may be the ${name}. Correct the column's name in the source; to clear lists, ` +
				'remove the other columns.'
			);
		if (facts.problem === 'splitName')
			return (
				`The header has ${quoted(facts.name)} as two columns, but the rows have one (${quoted(facts.cell)}). Put the ` +
				'name in the header between quotation marks, or give the column a name without a comma.'
			);
		if (facts.problem === 'prefixBesideWhole')
			return (
				`Column ${quoted(facts.name)} has the ${name} (${quoted(facts.cell)}), but column ${quoted(facts.whole)} has ` +
				'whole names and is read without it. Put it into these names and remove its column, or give first and last ' +
				`name columns of their own. If the names have it already, choose ${quoted(facts.whole)} in ` +
				`${optionName('columns')}.`
			);
		const instead =
			facts.problem !== 'unnamedMembers' && facts.field !== 'action' && Object.hasOwn(DEFAULT_LABELS, facts.field)
				? `all rows would get the default ${name}`
				: 'the rows would be read without it';
		const advice = `Correct the column's name in the source, or choose the column in ${optionName('columns')}.`;
		const otherwise = facts.problem === 'hasDefault' ? ' If it is something else, remove it from the source.' : '';
		return `${suspicion(facts, name)}; ${instead}. ${advice}${otherwise}`;
	},
	tooManyRejected: ({ max, problems, moreProblems }) =>
		`More than ${formatNumber(max)} rows cannot be used, so this is probably the wrong file. The first one: ` +
		problemsText({ problems, moreProblems }),
	emptySource: () => `The source has no rows${NEVER_EVERYBODY}`,
	unusableSource: ({ rejected }) =>
		rejected === 1
			? `The source's only row cannot be used${NEVER_EVERYBODY}`
			: `None of the source's ${formatNumber(rejected)} rows can be used${NEVER_EVERYBODY}`,
	noMembers: () =>
		'No row of the source names a member, so nothing was planned: an empty column never means "remove everybody". ' +
		'Check the export.',
	correctionFile: () =>
		"The source is a CSV of rejected rows (it has a column that only such files have, like 'apio line'). It has " +
		"only a part of each list, so the mode 'Mirror' would remove all other members. Choose the mode 'Use Action " +
		"Column'. If the source is another file, rename that column.",
	rowsUnreadable: (facts) => {
		switch (facts.problem) {
			case 'empty':
				return "'Rows' is empty. Give a list of objects, one for each row.";
			case 'tooDeep':
				return (
					`'Rows' has more than ${facts.levels} nested levels, so it is not a list of rows. Give a list of objects, ` +
					'one for each row.'
				);
			case 'notJson':
				return "'Rows' is not JSON. Give a list of objects in JSON, one for each row.";
			case 'notRows':
				return "'Rows' has an entry that is not a row. Give a list of objects, one for each row.";
		}
	},
	invalidOption: (facts) => {
		switch (facts.problem) {
			case 'domain':
				return `${optionName('defaultDomain')} cannot be ${quoted(facts.value)}. Enter a domain like example.com.`;
			case 'wholeAndPart':
				return (
					`${optionName('columns')} has a column for the ${FIELD_NAMES[facts.whole]} and another for the ` +
					`${FIELD_NAMES[facts.part]}. Keep one of the two: the column of whole names, or those of first and last name.`
				);
			case 'columnOfTwoFields':
				return (
					`${optionName('columns')} has the column ${quoted(facts.value)} for the ${FIELD_NAMES[facts.first]} and ` +
					`for the ${FIELD_NAMES[facts.second]}. Choose a column of its own for each.`
				);
			case 'fieldMappedTwice':
				return (
					`${optionName('columns')} has two columns for the ${FIELD_NAMES[facts.field]}: ${quoted(facts.first)} and ` +
					`${quoted(facts.second)}. Only one can be read: choose one, and give each value a row of its own.`
				);
			case 'delimiter':
				return (
					`${optionName('delimiter')} cannot be ${quoted(facts.value)}: enter one character other than a quotation ` +
					'mark or a line break.'
				);
			case 'defaultId':
				return `'${DEFAULT_LABELS[facts.field]}' cannot be used: ${idProblem(facts.cause)} Enter one ID.`;
			case 'notText':
				return `${facts.option}: ${quoted(facts.value)} is not text. Give IDs, separated by commas or line breaks.`;
			case 'badId':
				return `${facts.option}: ${idProblem(facts.cause)} Correct it in the option.`;
			case 'noOldId':
				return `${facts.option}: ${quoted(facts.value)} lacks the ID in the source. Fill it in, or remove the pair.`;
			case 'noNewId':
				return `${facts.option}: ${quoted(facts.value)} lacks the ID on the platform. Fill it in, or remove the pair.`;
			case 'severalIds':
				return `${facts.option}: ${quoted(facts.value)} has several IDs, but one is expected. Give each its own pair.`;
			case 'twoNewIds':
				return (
					`${facts.option}: ${quoted(facts.value)} is renamed to ${quoted(facts.first)} and to ` +
					`${quoted(facts.second)}. Keep one of the two.`
				);
			case 'renamedTwice':
				return (
					`${facts.option}: ${quoted(facts.value)} is renamed to ${quoted(facts.next)}, and that to ` +
					`${quoted(facts.last)}. Give each the current ID on the platform.`
				);
		}
	},
};

type FactsOf<Code extends IdIssue['code']> = Extract<IdIssue, { readonly code: Code }>['facts'];

/** What is wrong with an id in an option, without what to do. */
function idProblem(issue: IdIssue): string {
	switch (issue.code) {
		case 'mangledId':
			return mangled(issue.facts);
		case 'severalValues':
			return severalInOne('value' in issue.facts ? issue.facts.value : '');
		case 'tooLongId':
			return tooLong(issue.facts);
		case 'invalidId':
			return invalid(issue.facts);
		case 'wrongAttribute':
			return `${quoted(issue.facts.value)} is not a valid ${ATTRIBUTE_NAMES[issue.facts.by]}.`;
	}
}

function mangled({ problem, value }: FactsOf<'mangledId'>): string {
	return problem === 'placeholder'
		? `${quoted(value)} is a placeholder for a missing value.`
		: `${quoted(value)} is a value that a spreadsheet has changed.`;
}

function severalInOne(value: string): string {
	return `${quoted(value)} looks like several values, but one is expected.`;
}

function tooLong({ value, characters, max }: FactsOf<'tooLongId'>): string {
	return `${quoted(value)} has ${formatNumber(characters)} characters; the platform takes at most ${max}.`;
}

function invalid(facts: FactsOf<'invalidId'>): string {
	if (facts.problem === 'endsWithinCharacter') return '';
	const value = quoted(facts.value);
	switch (facts.problem) {
		case 'noLetters':
			return `${value} has no letter and no digit.`;
		case 'control':
			return `${value} has a control character.`;
		case 'quotationMark':
			return `${value} has a stray quotation mark.`;
		case 'json':
			return `${value} is an object or a list as JSON, or a part of one.`;
		case 'unreadable':
			return `${value} has an unreadable character (the file mixes encodings).`;
		case 'closingLine':
			return `${value} is the text of a total, page or closing line.`;
		case 'incomplete':
			return `${value} is not a complete ID: it needs one @ between a name and a domain.`;
		case 'cutOff':
			return `${value} is incomplete.`;
	}
}

function missingText({ field, setByHand, hasDefault, known }: Facts<'missingColumn'>['missing'][number]): string {
	const name = FIELD_NAMES[field];
	const mapping = optionName('columns');
	if (setByHand !== null)
		return (
			`${mapping} names the column ${quoted(setByHand)} for the ${name}, but the source has no such column. ` +
			'Correct the name.'
		);
	const names = known.slice(0, KNOWN_NAMES_SHOWN).map(quoted).join(', ');
	const parts = known.some((one) => one.endsWith('full name'))
		? ' First and last name may be in columns of their own.'
		: '';
	return hasDefault
		? `Choose a ${name} in '${DEFAULT_LABELS[field]}', or add a column for it (${names} or the like).`
		: `There is no column for the ${name}. Name it ${names} or the like, or choose it in ${mapping}.${parts}`;
}

function wholeNotReadText({ part, name, whole }: NonNullable<Facts<'missingColumn'>['wholeNotRead']>): string {
	const mapping = optionName('columns');
	return (
		`${mapping} sets the column ${quoted(name)} as the ${FIELD_NAMES[part]}, so names are read from their parts, and ` +
		`not from column ${quoted(whole)}. Remove the entry to read ${quoted(whole)}, or give first and last name ` +
		'columns of their own.'
	);
}

/** Enough to see what is meant. */
const KNOWN_NAMES_SHOWN = 4;

const NEVER_EVERYBODY = ', so nothing was planned: an empty source never means "remove everybody". Check the export.';

function rowMessage(issue: RowIssue | LookupIssue): string {
	const message = SOURCE_MESSAGES[issue.code] as (facts: (RowIssue | LookupIssue)['facts']) => string;
	return message(issue.facts);
}

/** Above the rejected rows in a report. */
export const REJECTED_ROWS_HOLD =
	'A rejected row holds the removals of every list that it may mean, because it may name a member of that list.';

/** The problems of a row, each with its column. */
export function problemsText({ problems, moreProblems }: Pick<RejectedRow, 'problems' | 'moreProblems'>): string {
	const texts = problems.map(problemText);
	return [...new Set(texts), ...(moreProblems > 0 ? [`And ${formatNumber(moreProblems)} more.`] : [])].join(' ');
}

/** Rejected rows that an error names: an error must fit the editor's panel. */
const MOST_IN_ERROR = 3;

/** The first rejected rows in one line; empty if there are none. */
export function firstRejectedRows(rows: readonly RejectedRow[]): string {
	const lines = rows.slice(0, MOST_IN_ERROR).map((row) => `Line ${row.line}: ${problemsText(row)}`);
	return lines.join(' ');
}

function problemText({ column, ...issue }: RowProblem): string {
	return column === null ? rowMessage(issue) : `${column}: ${rowMessage(issue)}`;
}

type Suspicion = Exclude<
	Extract<FileIssue, { code: 'suspectColumn' }>['facts'],
	{ problem: 'elsewhere' | 'prefixBesideWhole' | 'splitName' }
>;

function suspicion(facts: Suspicion, field: string): string {
	switch (facts.problem) {
		case 'hasDefault':
			return (
				`Column ${quoted(facts.name)} has the default ${field} and other cells, such as ${quoted(facts.cell)}, and ` +
				`may be the ${field}`
			);
		case 'misspelt':
			return `The column ${quoted(facts.name)} may be the ${field}`;
		case 'unnamed':
		case 'unnamedMembers': {
			const name = facts.name === null ? 'no name' : `the name ${quoted(facts.name)}`;
			return `Column ${facts.column} has cells (${quoted(facts.cell)}) but ${name}, and may be the ${field}`;
		}
		case 'particles':
			return `Column ${quoted(facts.name)} has words such as ${quoted(facts.cell)}, and may be the ${field}`;
		case 'torn':
			return `The header seems to be split over lines ${facts.from} and ${facts.to}: both have the ${field}`;
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
