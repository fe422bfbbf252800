/**
 * The issues of a run as data: a code, and facts as fields. There are no sentences here: `report/messages` has one for
 * every code, with what to do, and does not compile without it.
 *
 * Facts are JSON: plans and journals have them, and this schema validates them.
 */

import { z } from '../../vendor/zod';
import { NAMED_IN_AN_ISSUE } from './limits';
import { kindNameSchema, listRefSchema } from './list';
import { candidateSchema, personAttributeSchema } from './matching';
import { taggedUnion, variants } from './tagged-union';

export type Severity = 'error' | 'warning' | 'info';

interface Entry {
	readonly severity: Severity;
	readonly facts: z.ZodTypeAny;
}

function error<Facts extends z.ZodTypeAny>(facts: Facts) {
	return { severity: 'error', facts } as const;
}

function warning<Facts extends z.ZodTypeAny>(facts: Facts) {
	return { severity: 'warning', facts } as const;
}

function info<Facts extends z.ZodTypeAny>(facts: Facts) {
	return { severity: 'info', facts } as const;
}

const none = z.object({});
const text = z.string();
const count = z.number().int();
/** As an editor shows it, from 1; of input items, their number from 1. */
const line = z.number().int();
const lines = z.array(line);
/** What `line` counts. */
const unit = z.enum(['line', 'item']);
const field = z.enum(['supervisor', 'agent', 'callCenter', 'tenant', 'group', 'action']);
/** Also the parts of a name that have columns of their own. */
const columnField = z.enum([
	...field.options,
	...(['supervisorFirstName', 'supervisorLastName', 'supervisorNamePrefix'] as const),
	...(['agentFirstName', 'agentLastName', 'agentNamePrefix'] as const),
]);
const list = listRefSchema;
const scope = z.object({ tenantId: text, groupId: text });
const change = z.enum(['add', 'remove']);
/** The first few and how many more: an issue may be carried by each of thousands of members. */
const few = z.object({ first: z.array(text), more: count });
const fewLines = z.object({ first: lines, more: count });
const candidates = z.object({ first: z.array(candidateSchema), more: count });
const foreign = z.object({ added: few, removed: few });
/** The platform's own words. */
const said = text;

type Table = Readonly<Record<string, Entry>>;

/** The issues of a table: `{ code, facts }`, with the facts that belong to the code. */
type IssueIn<Codes extends Table> = {
	[Code in keyof Codes & string]: { readonly code: Code; readonly facts: z.infer<Codes[Code]['facts']> };
}[keyof Codes & string];

function schemaOf<Codes extends Table>(codes: Codes): z.ZodType<IssueIn<Codes>> {
	const options = Object.entries(codes).map(([code, { facts }]) => z.object({ code: z.literal(code), facts }));
	return taggedUnion('code', options) as unknown as z.ZodType<IssueIn<Codes>>;
}

const attribute = z.enum([...personAttributeSchema.exclude(['userId']).options, 'name']);

/** About an id, in a cell or an option. `value` is cut to what a message shows. */
const ID_ISSUES = {
	mangledId: error(variants({ placeholder: { value: text }, spreadsheet: { value: text } })),
	severalValues: error(variants({ inOneId: { value: text }, mixedSeparators: {} })),
	tooLongId: error(z.object({ value: text, characters: count, max: count })),
	invalidId: error(
		variants({
			noLetters: { value: text },
			control: { value: text },
			quotationMark: { value: text },
			json: { value: text },
			unreadable: { value: text },
			closingLine: { value: text },
			incomplete: { value: text },
			cutOff: { value: text },
			endsWithinCharacter: {},
		}),
	),
	/** By the form of the text alone. `by`: what people or call centers are matched by. */
	wrongAttribute: error(z.object({ value: text, by: attribute })),
};

export type IdIssue = IssueIn<typeof ID_ISSUES>;
const idIssueSchema: z.ZodType<IdIssue> = schemaOf(ID_ISSUES);

/** About a row of the source. */
export const ROW_ISSUES = {
	...ID_ISSUES,
	blankCell: error(
		variants({
			noValue: { field: columnField },
			noMember: { field },
			noAction: {},
			emptyPlace: {},
			cutOff: {},
			loneBlank: { fallback: text },
		}),
	),
	conflictingRows: error(variants({ otherRow: { unit, line }, sameList: { member: text, lines } })),
	/** `named`: cells of the header up to its last name. */
	raggedRow: error(z.object({ cells: count, header: count, named: count, rows: count })),
	unclosedQuote: error(
		variants({
			restOfFile: {},
			tooLargeRow: {},
			swallowedLines: { from: line, to: line },
			strayCharacter: {},
			swallowedHeader: { line, isHeader: z.boolean() },
			noHeader: {},
		}),
	),
	unknownAction: error(z.object({ value: text })),
	wrongDelimiter: error(
		variants({
			row: { row: text, header: text },
			option: { found: text, option: text },
			quotedLines: { inner: text },
		}),
	),
	encodingAssumed: warning(variants({ zeros: { encoding: text }, notUtf8: {} })),
	footerRow: warning(z.object({ value: text })),
	mixedEncoding: warning(none),
	noRows: warning(z.object({ unit })),
	wrongSepLine: warning(z.object({ said: text, found: text })),
	blankRow: info(z.object({ count })),
	defaultUsed: info(z.object({ fallback: text })),
	duplicateRow: info(z.object({ unit, line })),
	repeatedHeader: info(none),
	titleRow: info(z.object({ value: text })),
	trimmedValue: info(z.object({ from: text, to: text })),
	unknownColumn: info(z.object({ name: text })),
};

export type RowIssue = IssueIn<typeof ROW_ISSUES>;

/** About a row whose people or call center cannot be found in what the platform shows. */
const LOOKUP_ISSUES = {
	/** No user of the group has it. */
	personNotFound: error(z.object({ value: text, by: attribute, ...scope.shape })),
	personAmbiguous: error(z.object({ value: text, by: attribute, candidates })),
	/** No call center of the group has it. */
	callCenterNotFound: error(z.object({ value: text, ...scope.shape })),
	callCenterAmbiguous: error(z.object({ value: text, candidates })),
};

/** About all texts of a source that were looked up. */
const LOOKUP_FINDINGS = {
	/** Of no row: the columns probably hold something else. */
	nobodyFound: warning(z.object({ field, by: personAttributeSchema.or(z.literal('name')), columns: z.array(text) })),
};

export type LookupIssue = IssueIn<typeof LOOKUP_ISSUES>;
const rowProblemIssue: z.ZodType<RowIssue | LookupIssue> = schemaOf({ ...ROW_ISSUES, ...LOOKUP_ISSUES });
const rowProblem = z.object({ column: text.nullable() }).and(rowProblemIssue);

/** Why a source cannot be used as a whole. */
export const FILE_ISSUES = {
	unclosedQuote: ROW_ISSUES.unclosedQuote,
	wrongDelimiter: ROW_ISSUES.wrongDelimiter,
	ambiguousColumn: error(z.object({ field: columnField, names: z.array(text) })),
	binaryFile: error(z.object({ controls: count, bytes: count })),
	emptyFile: error(none),
	headerTooLong: error(z.object({ kilobytes: count })),
	missingColumn: error(
		z.object({
			/** `hasDefault`: the node has a parameter to choose it for all rows. */
			missing: z.array(
				z.object({
					field: columnField,
					setByHand: text.nullable(),
					hasDefault: z.boolean(),
					known: z.array(text),
				}),
			),
			found: z.array(text),
			more: z.boolean(),
			misspelt: text.nullable(),
			/** A part of a name is set by hand, so the column of whole names is not read. */
			wholeNotRead: z.object({ part: columnField, name: text, whole: text }).nullable(),
		}),
	),
	notCsv: error(z.object({ format: z.enum(['workbook', 'xls', 'compressed', 'pdf', 'html', 'xml', 'json', 'utf32']) })),
	/** A header further down with the columns in another order; `header` is the line of the first, null for items. */
	otherHeader: error(z.object({ unit, header: line.nullable() })),
	rowsAboveHeader: error(z.object({ damaged: line, header: line })),
	suspectColumn: error(
		variants({
			misspelt: { name: text, field: columnField },
			unnamed: { column: count, cell: text, name: text.nullable(), field: columnField },
			/** As a column beside that of the members, which would be left out. */
			unnamedMembers: { column: count, cell: text, name: text.nullable(), field },
			/** A column that is not needed has particles of last names. */
			particles: { name: text, cell: text, field: columnField },
			/** Unquoted, the comma in the name of a column of whole names made two columns of it. */
			splitName: { name: text, cell: text, field: columnField },
			/** A column of prefixes beside one of whole names. */
			prefixBesideWhole: { name: text, cell: text, whole: text, field: columnField },
			torn: { from: line, to: line, field },
			/** Among the cells of a column that is not needed is the default of the field, beside another id. */
			hasDefault: { name: text, cell: text, field },
			/** The column for the field is blank in every row, and this one has cells. */
			elsewhere: { name: text, cell: text, field },
		}),
	),
	tooManyRejected: error(z.object({ max: count, problems: z.array(rowProblem), moreProblems: count })),
	/** An option is refused before anything is read; `option` is its label. */
	invalidOption: error(
		variants({
			domain: { value: text },
			/** A name by hand in one column, and in those of its parts. */
			wholeAndPart: { whole: columnField, part: columnField },
			columnOfTwoFields: { value: text, first: columnField, second: columnField },
			fieldMappedTwice: { field: columnField, first: text, second: text },
			delimiter: { value: text },
			defaultId: { field, cause: idIssueSchema },
			notText: { option: text, value: text },
			badId: { option: text, cause: idIssueSchema },
			noOldId: { option: text, value: text },
			noNewId: { option: text, value: text },
			severalIds: { option: text, value: text },
			twoNewIds: { option: text, value: text, first: text, second: text },
			renamedTwice: { option: text, value: text, next: text, last: text },
		}),
	),
};

export type FileIssue = IssueIn<typeof FILE_ISSUES>;

/** Why a readable source is refused, and the issues of the source as a whole. */
const SOURCE_ISSUES = {
	emptySource: error(none),
	unusableSource: error(z.object({ rejected: count })),
	noMembers: error(none),
	correctionFile: error(none),
	/** Findings of one code beyond those that are kept; `last` is the line of the last one. */
	moreFindings: info(z.object({ of: text, more: count, unit, last: line.nullable() })),
	rowsUnreadable: error(variants({ empty: {}, tooDeep: { levels: count }, notJson: {}, notRows: {} })),
};

export type SourceIssue = IssueIn<typeof SOURCE_ISSUES>;

/** What the platform turned down when it was asked for it alone. */
const REFUSALS = {
	/** `platformCode` is a short machine word such as `apio-2` or `http-400`. */
	refusedByPlatform: error(z.object({ platformCode: text, said })),
	/** The platform does not let an agent leave a call center. */
	cannotLeave: error(z.object({ agent: text, callCenter: text, platformCode: text, said })),
	/** Accepted, and not on the list. */
	notTaken: error(none),
};

export type Refusal = IssueIn<typeof REFUSALS>;
export const refusalSchema: z.ZodType<Refusal> = schemaOf(REFUSALS);

export function isRefusal(code: string | null): code is Refusal['code'] {
	return code !== null && code in REFUSALS;
}

/** About one list, or one member of it. */
const LIST_ISSUES = {
	missingList: error(variants({ list: { list, said }, group: { list, said }, meanwhile: { list, said } })),
	forbidden: error(
		variants({
			read: { list, said },
			write: { said },
			notTried: { list, tried: count },
			allWrites: {},
			allReads: { lists: count, scopes: z.array(scope), first: z.object({ list, said }) },
		}),
	),
	unreadableList: error(variants({ planning: { list, said }, rollBack: { list, said }, writing: { list, said } })),
	directoryUnreadable: error(z.object({ list, said })),
	unknownOwner: error(z.object({ list })),
	/** Its owner is a user of another group, under whose path it is to be read. */
	otherGroup: error(z.object({ list })),
	/** Remove Everywhere: no user of the group, and on none of its lists. */
	unknownLeaver: error(z.object({ list })),
	/** Export: a source that names this id would be read as another one, or not at all. */
	notReadBack: error(z.object({ list, id: text })),
	unknownMember: error(variants({ notInGroup: { member: text, list, lines }, notOnPlatform: { member: text } })),
	joinableUnreadable: error(z.object({ agent: text, said: said.nullable() })),
	callCentersUnreadable: error(z.object({ agent: text, said })),
	cannotJoin: error(z.object({ agent: text, callCenter: text })),
	emptyList: error(z.object({ list, lines, mirror: z.boolean() })),
	conflictingRows: ROW_ISSUES.conflictingRows,
	actionMissing: error(z.object({ line })),
	actionNotInMode: error(z.object({ line, action: change })),
	/** Roll back: how the run left the list is not known. */
	unknownAfter: error(z.object({ list })),
	/** Roll back: somebody else changed the list after the run. */
	changedSince: error(z.object({ list, foreign })),
	prerequisiteFailed: error(z.object({ member: text, callCenter: text })),
	/** Apply Plan: somebody else changed the list after it was planned. */
	overtaken: error(z.object({ foreign })),
	undoneMeanwhile: error(none),
	contested: error(z.object({ foreign, plans: count })),
	/** Beside this run's own changes. */
	changedByOthers: info(z.object({ foreign })),
	/**
	 * Not asked for in this run, because the platform refused it in each of the last ones, the first of them `runs` runs
	 * ago. Asked for again in `within` runs.
	 */
	setApart: error(z.object({ runs: count, within: count, cause: refusalSchema })),
	platformFailed: error(z.object({ platformCode: text, said })),
	tooLate: error(none),
	doubtUnresolved: error(z.object({ times: count, said })),
	outcomeUnknown: error(z.object({ said })),
	/** `said` is null where the run ended before the list could be read back. */
	unverified: error(z.object({ said: said.nullable() })),
	/** Applied, as reading the list back showed after an answer that left it open. */
	confirmedByReadBack: info(none),
	...REFUSALS,
};

export type ListIssue = IssueIn<typeof LIST_ISSUES>;
export const listIssueSchema: z.ZodType<ListIssue> = schemaOf(LIST_ISSUES);

export function isListIssue(issue: Issue): issue is ListIssue {
	return issue.code in LIST_ISSUES;
}

/** What a guard measured. Percentages are those of the settings. */
const GUARD_ISSUES = {
	removalsPerList: error(
		z.object({ kind: kindNameSchema, removals: count, live: count, limit: count, percent: z.number(), max: count }),
	),
	protectedMember: error(z.object({ members: few })),
	removalsTotal: error(
		z.object({ removals: count, live: count, limit: count, percent: z.number(), max: count, runs: count }),
	),
	protectedLeaver: error(z.object({ members: few })),
	leavers: error(z.object({ people: count, limit: count, runs: count })),
	additionsTotal: error(z.object({ additions: count, limit: count, runs: count })),
	listsNotShown: error(z.object({ notShown: count, lists: count, limit: count, percent: z.number(), runs: count })),
	sourceShrank: error(
		z.object({
			what: z.enum(['rows', 'lists', 'members']),
			now: count,
			before: count,
			measured: z.number(),
			limit: z.number(),
		}),
	),
};

export type GuardCode = keyof typeof GUARD_ISSUES;
export type GuardIssue = IssueIn<typeof GUARD_ISSUES>;
export const guardIssueSchema: z.ZodType<GuardIssue> = schemaOf(GUARD_ISSUES);

/**
 * Why a row cannot be carried out: what the reader found wrong with it, or why its list or its change cannot be
 * planned.
 */
const blockedBy = z.union([
	z.object({ problems: z.array(rowProblem), moreProblems: count }),
	z.object({ issue: listIssueSchema }),
]);

export type BlockedBy = z.infer<typeof blockedBy>;

/** Why a removal is held, beside the guards. */
const HOLD_ISSUES = {
	rowNotCarriedOut: error(
		z.object({ lines: fewLines, means: z.enum(['list', 'member', 'anybody']), cause: blockedBy }),
	),
	stillSupervised: error(z.object({ agent: text })),
	moveFailed: error(z.object({ member: text, list })),
	additionFailed: error(variants({ sameList: { member: text, others: count }, lastPlace: { member: text, list } })),
};

export type HoldIssue = IssueIn<typeof HOLD_ISSUES>;

const invalidDocument = error(variants({ tooDeep: { levels: count }, other: {}, damaged: { at: text, what: text } }));
const unreadableDocument = error(
	variants({ noFile: { property: text }, empty: {}, tooDeep: { levels: count }, notJson: {} }),
);

/** Why a run was refused, was stopped by a guard, failed or ended early. */
const RUN_ISSUES = {
	wrongBaseUrl: error(variants({ notApio: { url: text, status: count.nullable(), said }, core: { url: text, said } })),
	unknownGroup: error(z.object({ lists: count, absent: z.array(scope), url: text, said })),
	unknownLists: error(z.object({ lists: count, found: z.array(scope), first: listIssueSchema })),
	missingLists: error(z.object({ lists: count, url: text, first: listIssueSchema })),
	/** No one cause; `others` lists have another reason than the first. */
	nothingPlanned: error(z.object({ lists: count, others: count, first: listIssueSchema })),
	/** Neither tenant nor group is chosen, and nothing else names them. */
	noGroup: error(none),
	groupNotShown: error(
		variants({
			missing: { ...scope.shape, url: text, said },
			forbidden: { ...scope.shape, said },
			unreadable: { ...scope.shape, said },
		}),
	),
	/** The platform does not list the supervisors of the call centers, and the user named none. */
	supervisorsNotListed: error(z.object({ ...scope.shape, said })),
	/** The platform does not list the supervisors, so only the lists of those whom the user named were read. */
	supervisorsAsNamed: info(z.object({ ...scope.shape, named: count, said })),
	/** The same in a run that has to find every list of a leaver. */
	othersNotLookedAt: error(z.object({ ...scope.shape, named: count, said })),
	/** A leaver supervises this list, and these members stay on it. */
	listToHandOver: info(z.object({ list, members: few })),
	/** The supervisors or the agents of this call center could not be read. */
	callCenterNotShown: error(
		z.object({ ...scope.shape, callCenter: text, what: z.enum(['supervisors', 'agents']), said }),
	),
	/** Somebody who was named has no list there. */
	noListOf: error(z.object({ ...scope.shape, kind: kindNameSchema, owner: text })),
	namesNotShown: info(z.object({ ...scope.shape, what: z.enum(['users', 'callCenters']), said })),
	otherKind: error(
		variants({
			row: { line, is: kindNameSchema, wanted: kindNameSchema },
			plan: { is: kindNameSchema, wanted: kindNameSchema },
			journal: { is: kindNameSchema, wanted: kindNameSchema },
		}),
	),
	wrongKey: error(z.object({ line, lacksCallCenter: z.boolean() })),
	otherPlatform: error(variants({ plan: { is: text, wanted: text }, journal: { is: text, wanted: text } })),
	invalidPlan: invalidDocument,
	invalidJournal: invalidDocument,
	otherVersion: error(z.object({ document: z.enum(['plan', 'journal']), found: text, read: count })),
	editedPlan: error(none),
	editedJournal: error(none),
	expiredPlan: error(z.object({ until: z.string().datetime() })),
	notApproved: error(none),
	otherPlanApproved: error(none),
	removalsNotApproved: error(z.object({ removals: count, approved: z.number().nullable() })),
	listInSeveralRuns: error(z.object({ list, items: z.array(count) })),
	guards: error(
		z.object({ breaches: z.array(z.object({ list: list.nullable() }).and(guardIssueSchema)), canHold: z.boolean() }),
	),
	/** As `Stop` in `lib/stop.ts`, or because the platform turned the sign-in down. */
	stopped: error(
		variants({
			cancelled: {},
			timeLimit: {},
			pollTooLong: { minutes: z.number() },
			retryAfterTooLong: { waitSeconds: count, maxSeconds: count },
			noProgress: { seconds: count },
			platformDown: { probes: count, said },
			signedOut: {},
			/** `status`: of the answer to a request; null where signing in failed, which `said` explains. */
			signInRefused: { platformCode: text, status: count.nullable(), said },
		}),
	),
	/** An AI agent asked for it, and no person approved it. */
	approvalMissing: error(
		variants({ removals: { removals: count }, filledInByAgent: {}, rollBack: {}, removeEverywhere: {} }),
	),
	planUnreadable: unreadableDocument,
	journalUnreadable: unreadableDocument,
	/** It could not begin: a parameter that cannot be read, a file that is not there. */
	notRun: error(z.object({ said: text })),
};

export type RunIssue = IssueIn<typeof RUN_ISSUES>;

export const ISSUES = {
	...FILE_ISSUES,
	...ROW_ISSUES,
	...LOOKUP_ISSUES,
	...LOOKUP_FINDINGS,
	...SOURCE_ISSUES,
	...LIST_ISSUES,
	...GUARD_ISSUES,
	...HOLD_ISSUES,
	...RUN_ISSUES,
};

export type Issue = IssueIn<typeof ISSUES>;
export type IssueCode = Issue['code'];
export type Facts<Code extends IssueCode> = Extract<Issue, { readonly code: Code }>['facts'];

export const issueSchema: z.ZodType<Issue> = schemaOf(ISSUES);

export function severityOf(code: IssueCode): Severity {
	return ISSUES[code].severity;
}

/** The issue alone, without the other fields of the object that has it. */
export function issueOf<Code extends IssueCode>({ code, facts }: { readonly code: Code; readonly facts: unknown }) {
	return { code, facts } as Extract<Issue, { readonly code: Code }>;
}

export function fewOf<Item>(items: readonly Item[]): { first: Item[]; more: number } {
	const first = items.slice(0, NAMED_IN_AN_ISSUE);
	return { first, more: items.length - first.length };
}

/** Changes by somebody else, as far as an issue names them. */
export function fewForeign(foreign: {
	readonly added: readonly string[];
	readonly removed: readonly string[];
}): Facts<'overtaken'>['foreign'] {
	return { added: fewOf(foreign.added), removed: fewOf(foreign.removed) };
}
