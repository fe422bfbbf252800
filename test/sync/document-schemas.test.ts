/** Every field of a plan, a journal and a memory is checked where the document comes in, and comes through as it is. */

import { describe, expect, it } from '@jest/globals';
import { checkMemory, memoryOf, shortHash, sourceInMemory, type Memory } from '../../lib/sync/documents';
import { journalSchema } from '../../lib/sync/documents/journal';
import { planSchema } from '../../lib/sync/documents/plan';
import { canonicalHash, sealed } from '../../lib/sync/model/canonical-json';
import { settings, supervised, URL } from './world';

const LIST = supervised();
const AT = '2026-11-30T12:00:00.000Z';
const CHANGE = { member: 'an@x', lines: [2] };
const EMPTY_LIST = { code: 'emptyList', facts: { list: LIST, lines: [7], mirror: true } };
const COUNTS = { matched: 1, notFound: 2, several: 3 };

const PLAN = {
	...{ format: 'n8n-nodes-apio/plan', version: 2, createdAt: AT, validUntil: AT, platform: URL },
	...{ kind: 'supervisedAgents', mode: 'mirror', origin: 'source', maxEntries: 3 },
	source: { rows: 1, rejectedRows: 2, lists: 3, members: 4 },
	lists: [
		{
			...{ ref: LIST, stage: 1, before: ['an@x'], beforeHash: 'x', adds: [CHANGE] },
			removes: [{ ...CHANGE, lastPlace: true }],
			held: [{ member: 'bea@x', change: 'remove', outcome: 'held', lines: [3], ...EMPTY_LIST }],
			...{ strategy: 'incremental', reason: { problem: 'incrementalForced' }, writes: 1, reads: 2, readAgain: true },
		},
	],
	unplanned: [{ ref: LIST, outcome: 'rejected', lines: [4], ...EMPTY_LIST }],
	unchanged: [LIST],
	readLists: { notRead: [LIST], lookEvery: 24, memory: 'used' },
	matched: { people: { by: 'emailAddress', ...COUNTS }, callCenters: { by: 'name', ...COUNTS } },
	names: [{ id: 'an@x', name: 'An' }],
	notices: [EMPTY_LIST],
	totals: { listsToChange: 1, unchanged: 2, prerequisites: 3, adds: 4, removes: 5, held: 6, liveMembers: 7 },
	guards: {
		verdict: 'hold',
		breaches: [{ list: LIST, code: 'leavers', facts: { people: 1, limit: 2, runs: 3 } }],
	},
	forecast: { reads: 1, writes: 2, planningReads: 3, seconds: 0.5 },
	...{ hash: 'x', seal: 'y' },
};

const JOURNAL = {
	...{ format: 'n8n-nodes-apio/journal', version: 2, platform: URL, kind: 'supervisedAgents', planHash: 'x' },
	...{ startedAt: AT, finishedAt: AT, stopped: EMPTY_LIST },
	lists: [
		{
			...{ ref: LIST, outcome: 'applied', ...EMPTY_LIST, strategy: 'replace', reason: { problem: 'replaceForced' } },
			...{ fallback: { problem: 'refused' }, before: ['an@x'], after: ['bea@x'] },
			foreign: { added: ['chris@x'], removed: ['dirk@x'] },
			members: [{ ...CHANGE, change: 'add', outcome: 'applied', ...EMPTY_LIST }],
			requests: [{ write: 'read', members: 0, at: AT, milliseconds: 1.5, result: 'ok', code: 'x' }],
		},
	],
	seal: 'y',
};
Object.assign(JOURNAL.lists[0].reason, { readAgain: true });

type Path = ReadonlyArray<string | number>;

/** Every place in a document that has a value, as the keys that lead to it. */
function placesIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const entries: Array<readonly [string | number, unknown]> = Array.isArray(value)
		? value.map((entry, index) => [index, entry] as const)
		: Object.entries(value);
	return [...(path.length > 0 ? [path] : []), ...entries.flatMap(([key, entry]) => placesIn(entry, [...path, key]))];
}

function edited<Document>(
	document: Document,
	path: Path,
	edit: (holder: Record<string, unknown>, key: string) => void,
) {
	const copy = structuredClone(document);
	const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
	edit(holder as Record<string, unknown>, String(path.at(-1)));
	return copy;
}

/** Places, joined by dots, where anything of another type, or nothing, is taken. */
function unchecked(document: object, takes: (json: unknown) => boolean): { wrong: string[]; absent: string[] } {
	const places = placesIn(document);
	const at = (path: Path) => path.join('.');
	const wrong = places.filter((path) =>
		takes(edited(document, path, (holder, key) => (holder[key] = Symbol.iterator))),
	);
	const absent = places
		.filter((path) => typeof path.at(-1) === 'string')
		.filter((path) => takes(edited(document, path, (holder, key) => delete holder[key])));
	return { wrong: wrong.map(at), absent: absent.map(at) };
}

function set(document: object, place: string, value: unknown) {
	const path = place.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
	return edited(document, path, (holder, key) => (holder[key] = value));
}

describe('a plan', () => {
	const takes = (json: unknown) => planSchema.safeParse(json).success;

	it('comes through as it is', () => {
		expect(planSchema.parse(PLAN)).toEqual(PLAN);
	});

	it('requires every field but the optional ones, each of its type', () => {
		expect(unchecked(PLAN, takes)).toEqual({
			wrong: [],
			absent: [
				...['lists.0.removes.0.lastPlace', 'lists.0.held.0.outcome', 'lists.0.held.0.lines', 'lists.0.readAgain'],
				...['unplanned.0.lines', 'readLists', 'matched', 'matched.people', 'matched.callCenters', 'names', 'notices'],
				'totals.prerequisites',
			],
		});
	});

	it.each<[string, readonly unknown[]]>([
		['mode', ['mirror', 'addOnly', 'removeOnly', 'actionColumn']],
		['kind', ['supervisedAgents', 'agentCallCenters']],
		['origin', ['source', 'journal', 'leavers']],
		['lists.0.stage', [0, 1]],
		['lists.0.strategy', ['replace', 'incremental']],
		['lists.0.held.0.change', ['add', 'remove']],
		['lists.0.held.0.outcome', ['held', 'rejected']],
		['unplanned.0.outcome', ['rejected', 'failed', 'conflict']],
		['readLists.memory', ['used', 'missing', 'damaged', 'other', 'old']],
		['matched.people.by', ['userId', 'emailAddress', 'phoneNumber', 'extension', 'fullName']],
		['matched.callCenters.by', ['id', 'name']],
		['guards.verdict', ['pass', 'hold', 'abort']],
		['guards.breaches.0.list', [null, LIST]],
	])('has at %s nothing but %j', (place, values) => {
		for (const value of values) expect([value, takes(set(PLAN, place, value))]).toEqual([value, true]);
		expect(takes(set(PLAN, place, 'another'))).toBe(false);
	});

	it.each<[string, unknown]>([
		['lists.0.ref.callCenterId', null],
		['names.0.name', ''],
		['maxEntries', 0],
		['forecast.seconds', 1.25],
	])('may have %s of %j', (place, value) => {
		expect(takes(set(PLAN, place, value))).toBe(true);
	});

	it.each<[string, unknown]>([
		['createdAt', 'today'],
		['validUntil', ''],
		['platform', ''],
		['maxEntries', -1],
		['maxEntries', 1.5],
		['source.rows', 1.5],
		['lists.0.adds.0.member', ''],
		['lists.0.adds.0.lines.0', 1.5],
		['lists.0.ref.userId', ''],
		['lists.0.ref.tenantId', ''],
		['lists.0.ref.groupId', ''],
		['lists.0.ref.callCenterId', ''],
		['lists.0.writes', 1.5],
		['names.0.id', ''],
		['matched.people.matched', -1],
		['totals.adds', 1.5],
		['version', 1],
		['version', 3],
		['format', 'n8n-nodes-apio/journal'],
	])('has no %s of %j', (place, value) => {
		expect(takes(set(PLAN, place, value))).toBe(false);
	});
});

describe('a journal', () => {
	const takes = (json: unknown) => journalSchema.safeParse(json).success;

	it('comes through as it is', () => {
		expect(journalSchema.parse(JOURNAL)).toEqual(JOURNAL);
	});

	it('has every field, and each of its type', () => {
		expect(unchecked(JOURNAL, takes)).toEqual({ wrong: [], absent: [] });
	});

	const WORDS = ['applied', 'alreadyInPlace', 'unchanged', 'rejected', 'conflict', 'held', 'notAttempted', 'failed'];

	it.each<[string, readonly unknown[]]>([
		['stopped', [null, EMPTY_LIST]],
		['lists.0.outcome', WORDS],
		['lists.0.members.0.outcome', WORDS],
		['lists.0.members.0.change', ['add', 'remove']],
		['lists.0.strategy', [null, 'replace', 'incremental']],
		['lists.0.reason', [null, { problem: 'nothingWritten' }]],
		[
			'lists.0.fallback',
			[
				null,
				{ problem: 'tooOld', seconds: 1.5 },
				...['refused', 'partlyTaken', 'changedMeanwhile'].map((problem) => ({ problem })),
			],
		],
		['lists.0.before', [null, []]],
		['lists.0.after', [null, []]],
		['lists.0.requests.0.write', ['read', 'replace', 'add', 'remove', 'joinable']],
		['lists.0.requests.0.result', ['ok', 'refused', 'missing', 'forbidden', 'unavailable', 'doubt', 'stopped']],
		['lists.0.requests.0.code', [null]],
	])('has at %s nothing but %j', (place, values) => {
		for (const value of values) expect([value, takes(set(JOURNAL, place, value))]).toEqual([value, true]);
		expect(takes(set(JOURNAL, place, 7))).toBe(false);
		if (typeof values.at(-1) === 'string') expect(takes(set(JOURNAL, place, 'another'))).toBe(false);
	});

	it('has no issue of a list or a member only where both its code and its facts are null', () => {
		for (const place of ['lists.0', 'lists.0.members.0']) {
			const none = set(set(JOURNAL, `${place}.code`, null), `${place}.facts`, null);
			expect(journalSchema.parse(none)).toEqual(none);
			expect(takes(set(JOURNAL, `${place}.code`, null))).toBe(false);
			expect(takes(set(JOURNAL, `${place}.facts`, null))).toBe(false);
		}
	});

	it.each([
		['startedAt', 'today'],
		['finishedAt', ''],
		['platform', ''],
		['lists.0.requests.0.at', 'now'],
		['lists.0.requests.0.members', 1.5],
		['version', 1],
		['format', 'n8n-nodes-apio/plan'],
	])('has no %s of %j', (place, value) => {
		expect(takes(set(JOURNAL, place, value))).toBe(false);
	});
});

describe('a reason of a strategy', () => {
	const takes = (reason: unknown) => planSchema.safeParse(set(PLAN, 'lists.0.reason', reason)).success;
	const hindered = (by: object) => ({ problem: 'replaceHindered', requests: 2, by });
	const REASONS = [
		{ problem: 'nothingWritten' },
		{ problem: 'onlyWhole', readAgain: true },
		{ problem: 'replaceForced', readAgain: false },
		{ problem: 'incrementalForced' },
		{ problem: 'incrementalTakesNoMore', requests: 1, readAgain: true },
		{ problem: 'replaceTakesFewer', requests: 1, incremental: 2, readAgain: true },
		...['partOfList', 'emptyList', 'removalsWait'].map((problem) => hindered({ problem })),
		hindered({ problem: 'tooLong', size: 1, max: 2 }),
		hindered({ problem: 'unseenMember', member: 'an@x' }),
	];

	it.each(REASONS)('is one of those that there are, with all its facts: %j', (reason) => {
		const { reason: parsed } = planSchema.parse(set(PLAN, 'lists.0.reason', reason)).lists[0];
		expect(parsed).toEqual(reason);
		expect(unchecked(reason, takes)).toEqual({ wrong: [], absent: [] });
	});

	it('is none of another name', () => {
		for (const reason of [{ problem: '' }, { problem: 'another' }, hindered({ problem: '' })])
			expect(takes(reason)).toBe(false);
	});
});

describe('a memory', () => {
	const OWNER = settings();
	const NOW = Date.parse(AT);
	const REFUSED = {
		...{ change: 'hash', times: 2, firstRun: 1, lastAt: 5 },
		cause: { code: 'refusedByPlatform', facts: { platformCode: 'apio-2', said: 'No.' } },
	};
	const made = (): Memory =>
		memoryOf(OWNER, 3, NOW, {
			lists: { [shortHash('list')]: ['members', 4, 2] },
			refused: { [shortHash('list')]: [REFUSED as never] },
			source: { rows: 1, lists: 2, members: 3 },
		});
	/** As one who knows how a seal is made would edit it. */
	const resealed = (json: unknown) => sealed({ ...(json as Memory), seal: undefined } as never);
	const state = (json: unknown, owner = OWNER, now = NOW) => checkMemory(json, owner, now).state;

	it('comes through as it is', () => {
		expect(checkMemory(JSON.parse(JSON.stringify(made())), OWNER, NOW)).toEqual({ state: 'used', memory: made() });
		expect(made()).toMatchObject({
			format: 'n8n-nodes-apio/memory',
			platform: URL,
			kind: 'supervisedAgents',
			mode: 'mirror',
			run: 3,
			writtenAt: AT,
		});
	});

	it('has every field, and each of its type', () => {
		// The seal is made anew.
		const content: Partial<Memory> = made();
		delete content.seal;
		const checked = unchecked(content, (json) => {
			try {
				return state(resealed(json)) === 'used';
			} catch {
				return false;
			}
		});
		// Not every list has an entry.
		const list = shortHash('list');
		expect(checked).toEqual({ wrong: [], absent: [`lists.${list}`, `refused.${list}`] });
	});

	it.each<[string, unknown]>([
		['run', 0],
		['run', 1.5],
		['writtenAt', 'today'],
		['platform', ''],
		['version', 1],
		['format', 'n8n-nodes-apio/plan'],
		['source.rows', -1],
		['source.lists', -1],
		['source.members', 0.5],
		[`lists.${shortHash('list')}.1`, -1],
		[`lists.${shortHash('list')}.2`, -1],
		[`lists.${shortHash('list')}.1`, 0.5],
		[`lists.${shortHash('list')}.2`, 0.5],
		[`refused.${shortHash('list')}.0.times`, 0],
		[`refused.${shortHash('list')}.0.firstRun`, 0],
		[`refused.${shortHash('list')}.0.lastAt`, -1],
		[`refused.${shortHash('list')}.0.times`, 1.5],
	])('has no %s of %j', (place, value) => {
		expect(state(resealed(set(made(), place, value)))).toBe('damaged');
	});

	it('is not used where it is missing, damaged, edited, or of something else', () => {
		expect([null, undefined].map((json) => state(json))).toEqual(['missing', 'missing']);
		expect([7, 'text', {}, { ...made(), run: 4 }].map((json) => state(json))).toEqual([
			...['damaged', 'damaged', 'damaged', 'damaged'],
		]);
		for (const other of [
			{ ...OWNER, platformUrl: 'https://other.example/api/v1' },
			{ ...OWNER, kind: 'agentCallCenters' as const },
			{ ...OWNER, mode: 'addOnly' as const },
		])
			expect(checkMemory(made(), other, NOW)).toEqual({ state: 'other', memory: null });
		expect(state(made(), { ...OWNER, platformUrl: ` ${URL.toUpperCase()}/` })).toBe('used');
	});

	it('expires after two days, except for the size of the source', () => {
		const days = (count: number) => NOW + count * 24 * 3_600_000;
		expect(state(made(), OWNER, days(2))).toBe('used');
		expect(checkMemory(made(), OWNER, days(2) + 1)).toEqual({ state: 'old', memory: null });
		expect(sourceInMemory(made(), OWNER)).toEqual({ rows: 1, lists: 2, members: 3 });
		expect(sourceInMemory(made(), { ...OWNER, mode: 'addOnly' })).toBeNull();
		expect(sourceInMemory(null, OWNER)).toBeNull();
	});

	it('may have no size of a source', () => {
		expect(state(resealed({ ...made(), source: null }))).toBe('used');
	});

	it('has short hashes, which differ for different values', () => {
		expect(shortHash({ a: 1 })).toMatch(/^[\w-]{12}$/);
		expect(shortHash({ a: 1 })).not.toBe(shortHash({ a: 2 }));
		// Of the hash in hexadecimal digits, whose first nine bytes they are.
		expect(Buffer.from(shortHash({ a: 1 }), 'base64url').toString('hex')).toBe(canonicalHash({ a: 1 }).slice(0, 18));
	});
});
