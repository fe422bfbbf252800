/** The issues that documents carry: an issue comes through a plan or a journal as it is, or is refused. */

import { describe, expect, test } from '@jest/globals';
import { NAMED_IN_AN_ISSUE } from '../../lib/sync';
import {
	type Facts,
	fewForeign,
	fewOf,
	guardIssueSchema,
	isListIssue,
	isRefusal,
	type Issue,
	type IssueCode,
	issueOf,
	issueSchema,
	listIssueSchema,
	refusalSchema,
	type Severity,
	severityOf,
} from '../../lib/sync/model/issue';
import { supervised } from './world';

const LIST = supervised();
const FEW = { first: ['x'], more: 3 };
const FOREIGN = { added: FEW, removed: FEW };

/** Of each code its severity and facts for each of its cases: documents of today are read tomorrow. */
const EXAMPLES: { readonly [Code in IssueCode]: readonly [Severity, ...Array<Facts<Code>>] } = {
	unclosedQuote: [
		'error',
		{ problem: 'restOfFile' },
		{ problem: 'tooLargeRow' },
		{ problem: 'swallowedLines', from: 3, to: 3 },
		{ problem: 'strayCharacter' },
		{ problem: 'swallowedHeader', line: 3, isHeader: true },
		{ problem: 'noHeader' },
	],
	wrongDelimiter: [
		'error',
		{ problem: 'row', row: 'x', header: 'x' },
		{ problem: 'option', found: 'x', option: 'x' },
		{ problem: 'quotedLines', inner: 'x' },
	],
	ambiguousColumn: [
		'error',
		{ field: 'supervisor', names: ['x'] },
		{ field: 'agent', names: ['x'] },
		{ field: 'callCenter', names: ['x'] },
		{ field: 'tenant', names: ['x'] },
		{ field: 'group', names: ['x'] },
		{ field: 'action', names: ['x'] },
		{ field: 'supervisorFirstName', names: ['x'] },
		{ field: 'supervisorLastName', names: ['x'] },
		{ field: 'supervisorNamePrefix', names: ['x'] },
		{ field: 'agentFirstName', names: ['x'] },
		{ field: 'agentLastName', names: ['x'] },
		{ field: 'agentNamePrefix', names: ['x'] },
	],
	binaryFile: ['error', { controls: 3, bytes: 3 }],
	emptyFile: ['error', {}],
	headerTooLong: ['error', { kilobytes: 3 }],
	missingColumn: [
		'error',
		{
			missing: [{ field: 'supervisor', setByHand: 'x', hasDefault: true, known: ['x'] }],
			found: ['x'],
			more: true,
			misspelt: 'x',
			wholeNotRead: null,
		},
		{
			missing: [{ field: 'supervisor', setByHand: null, hasDefault: true, known: ['x'] }],
			found: ['x'],
			more: true,
			misspelt: 'x',
			wholeNotRead: null,
		},
		{
			missing: [{ field: 'supervisor', setByHand: 'x', hasDefault: true, known: ['x'] }],
			found: ['x'],
			more: true,
			misspelt: null,
			wholeNotRead: null,
		},
		{
			missing: [],
			found: ['x'],
			more: true,
			misspelt: null,
			wholeNotRead: { part: 'agentNamePrefix', name: 'x', whole: 'x' },
		},
	],
	notCsv: [
		'error',
		{ format: 'workbook' },
		{ format: 'xls' },
		{ format: 'compressed' },
		{ format: 'pdf' },
		{ format: 'html' },
		{ format: 'xml' },
		{ format: 'json' },
		{ format: 'utf32' },
	],
	otherHeader: ['error', { unit: 'line', header: 3 }, { unit: 'item', header: 3 }, { unit: 'line', header: null }],
	rowsAboveHeader: ['error', { damaged: 3, header: 3 }],
	suspectColumn: [
		'error',
		{ problem: 'misspelt', name: 'x', field: 'supervisor' },
		{ problem: 'unnamed', column: 3, cell: 'x', name: 'x', field: 'supervisor' },
		{ problem: 'unnamed', column: 3, cell: 'x', name: null, field: 'supervisor' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'supervisor' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: null, field: 'supervisor' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'agent' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'callCenter' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'tenant' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'group' },
		{ problem: 'unnamedMembers', column: 3, cell: 'x', name: 'x', field: 'action' },
		{ problem: 'particles', name: 'x', cell: 'x', field: 'supervisor' },
		{ problem: 'prefixBesideWhole', name: 'x', cell: 'x', whole: 'x', field: 'supervisor' },
		{ problem: 'torn', from: 3, to: 3, field: 'supervisor' },
		{ problem: 'hasDefault', name: 'x', cell: 'x', field: 'supervisor' },
		{ problem: 'elsewhere', name: 'x', cell: 'x', field: 'supervisor' },
	],
	tooManyRejected: [
		'error',
		{
			max: 3,
			problems: [{ column: 'x', code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } }],
			moreProblems: 3,
		},
	],
	invalidOption: [
		'error',
		{ problem: 'domain', value: 'x' },
		{ problem: 'wholeAndPart', whole: 'supervisor', part: 'supervisor' },
		{ problem: 'columnOfTwoFields', value: 'x', first: 'supervisor', second: 'supervisor' },
		{ problem: 'fieldMappedTwice', field: 'supervisor', first: 'x', second: 'x' },
		{ problem: 'delimiter', value: 'x' },
		{
			problem: 'defaultId',
			field: 'supervisor',
			cause: { code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } },
		},
		{ problem: 'notText', option: 'x', value: 'x' },
		{ problem: 'badId', option: 'x', cause: { code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } } },
		{ problem: 'noOldId', option: 'x', value: 'x' },
		{ problem: 'noNewId', option: 'x', value: 'x' },
		{ problem: 'severalIds', option: 'x', value: 'x' },
		{ problem: 'twoNewIds', option: 'x', value: 'x', first: 'x', second: 'x' },
		{ problem: 'renamedTwice', option: 'x', value: 'x', next: 'x', last: 'x' },
	],
	mangledId: ['error', { problem: 'placeholder', value: 'x' }, { problem: 'spreadsheet', value: 'x' }],
	severalValues: ['error', { problem: 'inOneId', value: 'x' }, { problem: 'mixedSeparators' }],
	tooLongId: ['error', { value: 'x', characters: 3, max: 3 }],
	invalidId: [
		'error',
		{ problem: 'noLetters', value: 'x' },
		{ problem: 'control', value: 'x' },
		{ problem: 'quotationMark', value: 'x' },
		{ problem: 'json', value: 'x' },
		{ problem: 'unreadable', value: 'x' },
		{ problem: 'closingLine', value: 'x' },
		{ problem: 'incomplete', value: 'x' },
		{ problem: 'cutOff', value: 'x' },
		{ problem: 'endsWithinCharacter' },
	],
	wrongAttribute: [
		'error',
		{ value: 'x', by: 'emailAddress' },
		{ value: 'x', by: 'phoneNumber' },
		{ value: 'x', by: 'extension' },
		{ value: 'x', by: 'fullName' },
		{ value: 'x', by: 'name' },
	],
	blankCell: [
		'error',
		{ problem: 'noValue', field: 'supervisor' },
		{ problem: 'noMember', field: 'supervisor' },
		{ problem: 'noAction' },
		{ problem: 'emptyPlace' },
		{ problem: 'cutOff' },
		{ problem: 'loneBlank', fallback: 'x' },
	],
	conflictingRows: [
		'error',
		{ problem: 'otherRow', unit: 'line', line: 3 },
		{ problem: 'sameList', member: 'x', lines: [3] },
	],
	raggedRow: ['error', { cells: 3, header: 3, named: 3, rows: 3 }],
	unknownAction: ['error', { value: 'x' }],
	encodingAssumed: ['warning', { problem: 'zeros', encoding: 'x' }, { problem: 'notUtf8' }],
	footerRow: ['warning', { value: 'x' }],
	mixedEncoding: ['warning', {}],
	noRows: ['warning', { unit: 'line' }],
	wrongSepLine: ['warning', { said: 'x', found: 'x' }],
	blankRow: ['info', { count: 3 }],
	defaultUsed: ['info', { fallback: 'x' }],
	duplicateRow: ['info', { unit: 'line', line: 3 }],
	repeatedHeader: ['info', {}],
	titleRow: ['info', { value: 'x' }],
	trimmedValue: ['info', { from: 'x', to: 'x' }],
	unknownColumn: ['info', { name: 'x' }],
	personNotFound: ['error', { value: 'x', by: 'emailAddress', tenantId: 'x', groupId: 'x' }],
	personAmbiguous: [
		'error',
		{ value: 'x', by: 'emailAddress', candidates: { first: [{ id: 'x', name: 'x' }], more: 3 } },
	],
	callCenterNotFound: ['error', { value: 'x', tenantId: 'x', groupId: 'x' }],
	callCenterAmbiguous: ['error', { value: 'x', candidates: { first: [{ id: 'x', name: 'x' }], more: 3 } }],
	nobodyFound: [
		'warning',
		{ field: 'supervisor', by: 'userId', columns: ['x'] },
		{ field: 'supervisor', by: 'emailAddress', columns: ['x'] },
		{ field: 'supervisor', by: 'phoneNumber', columns: ['x'] },
		{ field: 'supervisor', by: 'extension', columns: ['x'] },
		{ field: 'supervisor', by: 'fullName', columns: ['x'] },
		{ field: 'supervisor', by: 'name', columns: ['x'] },
	],
	emptySource: ['error', {}],
	unusableSource: ['error', { rejected: 3 }],
	noMembers: ['error', {}],
	correctionFile: ['error', {}],
	moreFindings: ['info', { of: 'x', more: 3, unit: 'line', last: 3 }, { of: 'x', more: 3, unit: 'line', last: null }],
	rowsUnreadable: [
		'error',
		{ problem: 'empty' },
		{ problem: 'tooDeep', levels: 3 },
		{ problem: 'notJson' },
		{ problem: 'notRows' },
	],
	missingList: [
		'error',
		{ problem: 'list', list: LIST, said: 'x' },
		{ problem: 'group', list: LIST, said: 'x' },
		{ problem: 'meanwhile', list: LIST, said: 'x' },
	],
	forbidden: [
		'error',
		{ problem: 'read', list: LIST, said: 'x' },
		{ problem: 'write', said: 'x' },
		{ problem: 'notTried', list: LIST, tried: 3 },
		{ problem: 'allWrites' },
		{ problem: 'allReads', lists: 3, scopes: [{ tenantId: 'x', groupId: 'x' }], first: { list: LIST, said: 'x' } },
	],
	unreadableList: [
		'error',
		{ problem: 'planning', list: LIST, said: 'x' },
		{ problem: 'rollBack', list: LIST, said: 'x' },
		{ problem: 'writing', list: LIST, said: 'x' },
	],
	directoryUnreadable: ['error', { list: LIST, said: 'x' }],
	unknownOwner: ['error', { list: LIST }],
	otherGroup: ['error', { list: LIST }],
	unknownLeaver: ['error', { list: LIST }],
	notReadBack: ['error', { list: LIST, id: 'x' }],
	unknownMember: [
		'error',
		{ problem: 'notInGroup', member: 'x', list: LIST, lines: [3] },
		{ problem: 'notOnPlatform', member: 'x' },
	],
	joinableUnreadable: ['error', { agent: 'x', said: 'x' }, { agent: 'x', said: null }],
	callCentersUnreadable: ['error', { agent: 'x', said: 'x' }],
	cannotJoin: ['error', { agent: 'x', callCenter: 'x' }],
	emptyList: ['error', { list: LIST, lines: [3], mirror: true }],
	actionMissing: ['error', { line: 3 }],
	actionNotInMode: ['error', { line: 3, action: 'add' }, { line: 3, action: 'remove' }],
	unknownAfter: ['error', { list: LIST }],
	changedSince: ['error', { list: LIST, foreign: FOREIGN }],
	prerequisiteFailed: ['error', { member: 'x', callCenter: 'x' }],
	overtaken: ['error', { foreign: FOREIGN }],
	undoneMeanwhile: ['error', {}],
	contested: ['error', { foreign: FOREIGN, plans: 3 }],
	changedByOthers: ['info', { foreign: FOREIGN }],
	setApart: [
		'error',
		{ runs: 3, within: 3, cause: { code: 'refusedByPlatform', facts: { platformCode: 'x', said: 'x' } } },
	],
	platformFailed: ['error', { platformCode: 'x', said: 'x' }],
	tooLate: ['error', {}],
	doubtUnresolved: ['error', { times: 3, said: 'x' }],
	outcomeUnknown: ['error', { said: 'x' }],
	unverified: ['error', { said: 'x' }, { said: null }],
	confirmedByReadBack: ['info', {}],
	refusedByPlatform: ['error', { platformCode: 'x', said: 'x' }],
	cannotLeave: ['error', { agent: 'x', callCenter: 'x', platformCode: 'x', said: 'x' }],
	notTaken: ['error', {}],
	removalsPerList: [
		'error',
		{ kind: 'supervisedAgents', removals: 3, live: 3, limit: 3, percent: 3, max: 3 },
		{ kind: 'agentCallCenters', removals: 3, live: 3, limit: 3, percent: 3, max: 3 },
	],
	protectedMember: ['error', { members: FEW }],
	removalsTotal: ['error', { removals: 3, live: 3, limit: 3, percent: 3, max: 3, runs: 3 }],
	protectedLeaver: ['error', { members: FEW }],
	leavers: ['error', { people: 3, limit: 3, runs: 3 }],
	additionsTotal: ['error', { additions: 3, limit: 3, runs: 3 }],
	listsNotShown: ['error', { notShown: 3, lists: 3, limit: 3, percent: 3, runs: 3 }],
	sourceShrank: [
		'error',
		{ what: 'rows', now: 3, before: 3, measured: 3, limit: 3 },
		{ what: 'lists', now: 3, before: 3, measured: 3, limit: 3 },
		{ what: 'members', now: 3, before: 3, measured: 3, limit: 3 },
	],
	rowNotCarriedOut: [
		'error',
		{
			lines: { first: [3], more: 3 },
			means: 'list',
			cause: {
				problems: [{ column: 'x', code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } }],
				moreProblems: 3,
			},
		},
		{
			lines: { first: [3], more: 3 },
			means: 'member',
			cause: {
				problems: [{ column: 'x', code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } }],
				moreProblems: 3,
			},
		},
		{
			lines: { first: [3], more: 3 },
			means: 'anybody',
			cause: {
				problems: [{ column: 'x', code: 'mangledId', facts: { value: 'x', problem: 'placeholder' } }],
				moreProblems: 3,
			},
		},
		{
			lines: { first: [3], more: 3 },
			means: 'list',
			cause: { issue: { code: 'missingList', facts: { list: LIST, said: 'x', problem: 'list' } } },
		},
	],
	stillSupervised: ['error', { agent: 'x' }],
	moveFailed: ['error', { member: 'x', list: LIST }],
	additionFailed: [
		'error',
		{ problem: 'sameList', member: 'x', others: 3 },
		{ problem: 'lastPlace', member: 'x', list: LIST },
	],
	wrongBaseUrl: [
		'error',
		{ problem: 'notApio', url: 'x', status: 3, said: 'x' },
		{ problem: 'notApio', url: 'x', status: null, said: 'x' },
		{ problem: 'core', url: 'x', said: 'x' },
	],
	unknownGroup: ['error', { lists: 3, absent: [{ tenantId: 'x', groupId: 'x' }], url: 'x', said: 'x' }],
	unknownLists: [
		'error',
		{
			lists: 3,
			found: [{ tenantId: 'x', groupId: 'x' }],
			first: { code: 'missingList', facts: { list: LIST, said: 'x', problem: 'list' } },
		},
	],
	missingLists: [
		'error',
		{ lists: 3, url: 'x', first: { code: 'missingList', facts: { list: LIST, said: 'x', problem: 'list' } } },
	],
	nothingPlanned: [
		'error',
		{ lists: 3, others: 3, first: { code: 'missingList', facts: { list: LIST, said: 'x', problem: 'list' } } },
	],
	noGroup: ['error', {}],
	groupNotShown: [
		'error',
		{ problem: 'missing', tenantId: 'x', groupId: 'x', url: 'x', said: 'x' },
		{ problem: 'forbidden', tenantId: 'x', groupId: 'x', said: 'x' },
		{ problem: 'unreadable', tenantId: 'x', groupId: 'x', said: 'x' },
	],
	supervisorsNotListed: ['error', { tenantId: 'x', groupId: 'x', said: 'x' }],
	supervisorsAsNamed: ['info', { tenantId: 'x', groupId: 'x', named: 3, said: 'x' }],
	othersNotLookedAt: ['error', { tenantId: 'x', groupId: 'x', named: 3, said: 'x' }],
	listToHandOver: ['info', { list: LIST, members: FEW }],
	callCenterNotShown: [
		'error',
		{ tenantId: 'x', groupId: 'x', callCenter: 'x', what: 'supervisors', said: 'x' },
		{ tenantId: 'x', groupId: 'x', callCenter: 'x', what: 'agents', said: 'x' },
	],
	noListOf: ['error', { tenantId: 'x', groupId: 'x', kind: 'supervisedAgents', owner: 'x' }],
	namesNotShown: [
		'info',
		{ tenantId: 'x', groupId: 'x', what: 'users', said: 'x' },
		{ tenantId: 'x', groupId: 'x', what: 'callCenters', said: 'x' },
	],
	otherKind: [
		'error',
		{ problem: 'row', line: 3, is: 'supervisedAgents', wanted: 'supervisedAgents' },
		{ problem: 'plan', is: 'supervisedAgents', wanted: 'supervisedAgents' },
		{ problem: 'journal', is: 'supervisedAgents', wanted: 'supervisedAgents' },
	],
	wrongKey: ['error', { line: 3, lacksCallCenter: true }],
	otherPlatform: ['error', { problem: 'plan', is: 'x', wanted: 'x' }, { problem: 'journal', is: 'x', wanted: 'x' }],
	invalidPlan: [
		'error',
		{ problem: 'tooDeep', levels: 3 },
		{ problem: 'other' },
		{ problem: 'damaged', at: 'x', what: 'x' },
	],
	invalidJournal: [
		'error',
		{ problem: 'tooDeep', levels: 3 },
		{ problem: 'other' },
		{ problem: 'damaged', at: 'x', what: 'x' },
	],
	otherVersion: ['error', { document: 'plan', found: 'x', read: 3 }, { document: 'journal', found: 'x', read: 3 }],
	editedPlan: ['error', {}],
	editedJournal: ['error', {}],
	expiredPlan: ['error', { until: '2026-11-30T12:00:00.000Z' }],
	notApproved: ['error', {}],
	otherPlanApproved: ['error', {}],
	removalsNotApproved: ['error', { removals: 3, approved: 3 }, { removals: 3, approved: null }],
	listInSeveralRuns: ['error', { list: LIST, items: [3] }],
	guards: [
		'error',
		{
			breaches: [
				{
					list: LIST,
					code: 'removalsPerList',
					facts: { kind: 'supervisedAgents', removals: 3, live: 3, limit: 3, percent: 3, max: 3 },
				},
			],
			canHold: true,
		},
	],
	stopped: [
		'error',
		{ problem: 'cancelled' },
		{ problem: 'timeLimit' },
		{ problem: 'pollTooLong', minutes: 3 },
		{ problem: 'retryAfterTooLong', waitSeconds: 3, maxSeconds: 3 },
		{ problem: 'noProgress', seconds: 3 },
		{ problem: 'platformDown', probes: 3, said: 'x' },
		{ problem: 'signedOut' },
		{ problem: 'signInRefused', platformCode: 'x', status: 3, said: 'x' },
		{ problem: 'signInRefused', platformCode: 'x', status: null, said: 'x' },
	],
	approvalMissing: [
		'error',
		{ problem: 'removals', removals: 3 },
		{ problem: 'filledInByAgent' },
		{ problem: 'rollBack' },
		{ problem: 'removeEverywhere' },
	],
	planUnreadable: [
		'error',
		{ problem: 'noFile', property: 'x' },
		{ problem: 'empty' },
		{ problem: 'tooDeep', levels: 3 },
		{ problem: 'notJson' },
	],
	journalUnreadable: [
		'error',
		{ problem: 'noFile', property: 'x' },
		{ problem: 'empty' },
		{ problem: 'tooDeep', levels: 3 },
		{ problem: 'notJson' },
	],
	notRun: ['error', { said: 'x' }],
};

const CODES = Object.keys(EXAMPLES) as IssueCode[];

function examplesOf(code: IssueCode): Issue[] {
	const [, ...facts] = EXAMPLES[code];
	return facts.map((each) => issueOf({ code, facts: each }));
}

describe('an issue', () => {
	test.each(CODES)('comes through as it is: %s', (code) => {
		for (const issue of examplesOf(code)) expect(issueSchema.parse(issue)).toEqual(issue);
		expect(severityOf(code)).toBe(EXAMPLES[code][0]);
	});

	test.each(CODES)('is refused without one of its facts, or with another value: %s', (code) => {
		for (const { facts } of examplesOf(code))
			for (const fact of Object.keys(facts))
				for (const value of [undefined, Symbol.iterator]) {
					const edited = { code, facts: { ...facts, [fact]: value } };
					expect([fact, issueSchema.safeParse(edited).success]).toEqual([fact, false]);
				}
	});

	test('has no attribute where people are named by their ids', () => {
		const { code, facts } = examplesOf('wrongAttribute')[0]!;
		expect(issueSchema.safeParse({ code, facts: { ...facts, by: 'userId' } }).success).toBe(false);
	});

	test('is one of a list, of a guard, or what the platform refused, by its code', () => {
		const codesOf = (schema: typeof issueSchema) =>
			CODES.filter((code) => examplesOf(code).every((issue) => schema.safeParse(issue).success));
		const refusals = ['cannotLeave', 'notTaken', 'refusedByPlatform'];
		expect(codesOf(refusalSchema).sort()).toEqual(refusals);
		expect(CODES.filter(isRefusal).sort()).toEqual(refusals);
		expect(isRefusal(null)).toBe(false);
		const ofLists = codesOf(listIssueSchema);
		expect(ofLists).toEqual(expect.arrayContaining([...refusals, 'emptyList', 'forbidden', 'tooLate']));
		expect(ofLists).not.toContain('leavers');
		expect(CODES.filter((code) => examplesOf(code).every(isListIssue))).toEqual(ofLists);
		expect(codesOf(guardIssueSchema)).toEqual(expect.arrayContaining(['leavers', 'protectedMember', 'sourceShrank']));
		expect(codesOf(guardIssueSchema)).not.toContain('emptyList');
	});

	test('names the first few, and how many more there are', () => {
		const ids = Array.from({ length: NAMED_IN_AN_ISSUE + 2 }, (_, index) => `a${index}@x`);
		const first = ids.slice(0, NAMED_IN_AN_ISSUE);
		expect(fewOf(ids)).toEqual({ first, more: 2 });
		expect(fewForeign({ added: ids, removed: ['b@x'] })).toEqual({
			added: { first, more: 2 },
			removed: { first: ['b@x'], more: 0 },
		});
	});
});
