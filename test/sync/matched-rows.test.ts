/** What rows in the words of people mean: in their own group, in the others of the source, and when rejected. */

import { describe, expect, it } from '@jest/globals';
import type { RejectedRow, SourceRow } from '../../lib/sync/model/row';
import { planRun, type Matching, type Source, type UserInfo } from '../../lib/sync';
import type { ListRef } from '../../lib/sync/model/list';
import { harness, ownCallCenters, rejectedRow, row, settings, supervised } from './world';

const NAMES: Matching = { people: 'fullName', callCenters: 'name', country: null };

/** G has Sofie, An and two called Jan; H has another Sofie, and An under another id. Both have a call center Sales. */
const USERS: Readonly<Record<string, ReadonlyArray<readonly [id: string, first: string, last: string]>>> = {
	G: [
		['sofie@g', 'Sofie', 'Maes'],
		['an@g', 'An', 'Claes'],
		['jan@g', 'Jan', 'Bos'],
		['jan2@g', 'Jan', 'Bos'],
	],
	H: [
		['sofie@h', 'Sofie', 'Maes'],
		['an@h', 'An', 'Claes'],
	],
	I: [['eva@i', 'Eva', 'Dox']],
};

const MAPPING: Source['mapping'] = {
	supervisor: 'Chef',
	agent: 'Naam',
	callCenter: 'Wachtrij',
	tenant: null,
	group: 'Groep',
};

function at(groupId: string, userId = 'Sofie Maes', callCenterId = 'Sales'): ListRef {
	return { ...supervised(userId, callCenterId), groupId };
}

/** A platform with these users and call centers in each group. */
function scene() {
	const made = harness();
	const { platform } = made;
	platform.users = async (_tenant?: string, groupId = '') => ({
		ok: true,
		entries: (USERS[groupId] ?? []).map(
			([userId, firstName, lastName]): UserInfo => ({
				...{ userId, firstName, lastName },
				...{ phoneNumber: '', extension: '', emailAddress: '' },
			}),
		),
	});
	platform.callCenters = async (_tenant?: string, groupId = '') => ({
		ok: true,
		entries: [{ serviceUserId: `cc@${groupId.toLowerCase()}`, name: 'Sales' }],
	});
	return made;
}

/** The source with the platform's ids, and what stands beside it. */
async function matched(rows: readonly SourceRow[], rejected: readonly RejectedRow[] = [], more: Partial<Source> = {}) {
	const { around } = scene();
	const kind = rows[0].list.kind;
	const cellsOf = () => ({ Wachtrij: 'Sales', Groep: 'G' });
	const source: Source = { rows, rejected, findings: [], mapping: MAPPING, cellsOf, ...more };
	const result = await planRun(source, settings({ kind, matching: NAMES, mode: 'actionColumn' }), around);
	if (result.matched === undefined || result.matched === null) throw new Error(JSON.stringify(result.reason));
	return result.matched;
}

const add = (list: ListRef, memberId: string | null, line: number) => row(list, memberId, { action: 'add', line });
const GOOD = [add(at('G'), 'An Claes', 2), add(at('H'), 'An Claes', 3)];

describe('a row that the reader rejected', () => {
	it('means what its texts match in its group, and everybody they may name there', async () => {
		const { source } = await matched(GOOD, [
			rejectedRow({
				line: 9,
				tenantId: 'T',
				groupId: 'G',
				userId: 'Sofie Maes',
				callCenterId: 'Sales',
				memberIds: ['Jan Bos', 'Who'],
			}),
		]);
		expect(source.rejected).toMatchObject([
			{ line: 9, tenantId: 'T', groupId: 'G', userId: 'sofie@g', callCenterId: 'cc@g' },
		]);
		expect(source.rejected[0].memberIds).toEqual([
			...['Sofie Maes', 'sofie@g', 'Sales', 'cc@g', 'Jan Bos', 'jan2@g', 'jan@g', 'Who'],
		]);
		// The group may be what is wrong with it.
		expect(source.rejected[0].elsewhere).toEqual([
			{ tenantId: 'T', groupId: 'H', userId: 'sofie@h', callCenterId: 'cc@h', memberIds: ['sofie@h'] },
		]);
	});

	it('may mean people of every group where its own is unknown', async () => {
		for (const unknown of [{ tenantId: null }, { groupId: null }, { groupId: 'X' }]) {
			const key = { tenantId: 'T', groupId: 'G', userId: 'Sofie Maes', callCenterId: null, ...unknown };
			const { source } = await matched(GOOD, [rejectedRow({ ...key, memberIds: ['An Claes'] })]);
			expect(source.rejected[0]).toMatchObject({ userId: null, callCenterId: null });
			const ids = ['Sofie Maes', 'sofie@g', 'sofie@h', 'An Claes', 'an@g', 'an@h'];
			expect([...source.rejected[0].memberIds].sort()).toEqual(ids.sort());
		}
	});

	it('means nobody where nothing of it is readable', async () => {
		const { source } = await matched(GOOD, [rejectedRow({ tenantId: 'T', groupId: 'G' })]);
		expect(source.rejected[0]).toMatchObject({ userId: null, callCenterId: null, memberIds: [], elsewhere: [] });
	});

	it('and a row of the same line that matches nobody are one rejected row', async () => {
		const rejected = rejectedRow({ line: 4, tenantId: 'T', groupId: 'G', userId: 'Sofie Maes', callCenterId: 'Sales' });
		const { source } = await matched(
			[...GOOD, add(at('G'), 'Who', 4)],
			[{ ...rejected, cells: { Groep: 'G', Wachtrij: 'Sales', Naam: '#REF!' } }],
		);
		expect(source.rejected).toHaveLength(1);
		expect(source.rejected[0]).toMatchObject({
			line: 4,
			cells: { Groep: 'G', Wachtrij: 'Sales', Naam: '#REF!' },
			problems: [{ code: 'mangledId' }, { code: 'personNotFound', column: 'Naam' }],
			userId: 'sofie@g',
			callCenterId: 'cc@g',
		});
		expect(source.rejected[0].elsewhere).toHaveLength(2);
	});
});

describe('a row whose texts match nobody', () => {
	it('names its list, and whoever is meant in another group', async () => {
		const { source } = await matched([...GOOD, add(at('G'), 'Eva Dox', 4), add(at('I', 'Eva Dox'), 'Eva Dox', 5)]);
		expect(
			source.rejected.map(({ line, problems }) => [line, problems.map(({ column, code }) => [column, code])]),
		).toEqual([[4, [['Naam', 'personNotFound']]]]);
		expect(source.rejected[0]).toMatchObject({
			...{ tenantId: 'T', groupId: 'G', userId: 'sofie@g', callCenterId: 'cc@g' },
			memberIds: ['Sofie Maes', 'sofie@g', 'Sales', 'cc@g', 'Eva Dox'],
			elsewhere: [
				{ groupId: 'H', userId: 'sofie@h', callCenterId: 'cc@h', memberIds: ['sofie@h'] },
				{ groupId: 'I', userId: null, callCenterId: 'cc@i', memberIds: ['eva@i'] },
			],
		});
	});

	it('reports each of its columns, and the last name of a name in two', async () => {
		const rows = [...GOOD, add(at('G', 'Nobody', 'Nothing'), 'Who', 4)];
		const columnsOf = async (mapping: Source['mapping']) => {
			const { source } = await matched(rows, [], { mapping });
			return source.rejected[0].problems.map(({ column, code }) => [column, code]);
		};
		expect(await columnsOf(MAPPING)).toEqual([
			['Chef', 'personNotFound'],
			['Wachtrij', 'callCenterNotFound'],
			['Naam', 'personNotFound'],
		]);
		const divided = {
			...MAPPING,
			supervisor: null,
			agent: null,
			supervisorLastName: 'Chef 2',
			agentLastName: 'Naam 2',
		};
		expect((await columnsOf(divided as Source['mapping'])).map(([column]) => column)).toEqual([
			'Chef 2',
			'Wachtrij',
			'Naam 2',
		]);
		expect((await columnsOf(undefined)).map(([column]) => column)).toEqual([null, null, null]);
	});

	it('has no list where several people match, and names all of them', async () => {
		const { source } = await matched([...GOOD, add(at('G', 'Jan Bos'), 'An Claes', 4)]);
		expect(source.rejected[0]).toMatchObject({ userId: null, callCenterId: 'cc@g' });
		expect(source.rejected[0].memberIds).toEqual(
			expect.arrayContaining(['Jan Bos', 'jan@g', 'jan2@g', 'An Claes', 'an@g', 'cc@g']),
		);
		expect(new Set(source.rejected[0].memberIds).size).toBe(source.rejected[0].memberIds.length);
	});

	it('of several rows in one line is one rejected row, with each problem once', async () => {
		const rows = [...GOOD, add(at('G'), 'Who', 4), add(at('G'), 'Who', 4), add(at('G'), 'Whoever', 4)];
		const { source } = await matched(rows);
		expect(source.rejected.map(({ line, problems }) => [line, problems.map(({ facts }) => facts)])).toEqual([
			[4, [expect.objectContaining({ value: 'Who' }), expect.objectContaining({ value: 'Whoever' })]],
		]);
		expect(source.rejected[0].memberIds).toEqual(expect.arrayContaining(['Who', 'Whoever']));
	});

	it('counts the problems of a line that are too many to be shown', async () => {
		const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((text) => add(at('G'), `Who ${text}`, 4));
		const { source } = await matched([...GOOD, ...texts]);
		expect(source.rejected[0].problems).toHaveLength(5);
		expect(source.rejected[0].moreProblems).toBe(2);
	});

	it('does not name the parts of its key that a default gave for a blank cell', async () => {
		const cells = { Chef: 'Sofie Maes', Naam: 'Who', Wachtrij: ' ', Groep: '-' };
		const given = { cellsOf: () => cells };
		const { source } = await matched([...GOOD, add(at('G'), 'Who', 4)], [], given);
		expect(source.rejected[0]).toMatchObject({
			tenantId: 'T',
			groupId: null,
			userId: 'sofie@g',
			callCenterId: null,
			cells,
		});
		const full = { ...cells, Wachtrij: 'Sales', Groep: 'G' };
		const tenant = { ...MAPPING, tenant: 'Klant' };
		const whole = await matched([...GOOD, add(at('G'), 'Who', 4)], [], { cellsOf: () => full, mapping: tenant });
		expect(whole.source.rejected[0]).toMatchObject({ tenantId: null, groupId: 'G', callCenterId: 'cc@g' });
	});
});

describe('rows that mean one list and one member', () => {
	it('are one row, and rejected together where they contradict each other', async () => {
		const other = at('G', 'Maes, Sofie');
		const { source } = await matched([
			add(at('G'), 'An Claes', 2),
			add(other, 'Claes, An', 3),
			add(at('H'), 'An Claes', 4),
			row(at('H', 'Maes, Sofie'), 'Claes, An', { action: 'remove', line: 5 }),
			add(at('H', 'Sofie  Maes'), 'An Claes', 6),
		]);
		expect(source.rows.map(({ list, memberId, line }) => [list.userId, list.callCenterId, memberId, line])).toEqual([
			['sofie@g', 'cc@g', 'an@g', 2],
		]);
		const facts = (lines: number[]) => ({ problem: 'sameList', member: 'an@h', lines });
		expect(source.rejected).toMatchObject([
			{ line: 4, problems: [{ column: null, code: 'conflictingRows', facts: facts([4, 5]) }] },
			{ line: 5, problems: [{ code: 'conflictingRows', facts: facts([4, 5]) }] },
			{ line: 6, problems: [{ code: 'conflictingRows', facts: facts([6]) }] },
		]);
		expect(source.rejected[0]).toMatchObject({
			...{ tenantId: 'T', groupId: 'H', userId: 'sofie@h', callCenterId: 'cc@h', memberIds: ['an@h'] },
		});
	});

	it('share the list, whatever texts name it', async () => {
		const { source } = await matched([...GOOD, add(at('G', 'Maes, Sofie'), 'Sofie Maes', 4)]);
		expect(source.rows[2].list).toBe(source.rows[0].list);
	});

	it('that name nobody are rejected beside a row that does', async () => {
		const { source } = await matched([
			add(at('G', 'Maes, Sofie'), null, 2),
			add(at('G'), 'An Claes', 3),
			add(at('H'), null, 4),
		]);
		expect(source.rows.map(({ line }) => line)).toEqual([3, 4]);
		expect(source.rejected).toMatchObject([
			{
				line: 2,
				problems: [{ column: 'Naam', code: 'blankCell', facts: { problem: 'noMember', field: 'agent' } }],
				memberIds: [],
			},
		]);
	});
});

describe('call centers of agents', () => {
	const own = (groupId: string, name = 'An Claes'): ListRef => ({ ...ownCallCenters(name), groupId });

	it('are named in the column of call centers', async () => {
		const { source } = await matched([
			add(own('G'), 'sales', 2),
			add(own('G', 'Nobody'), 'Nothing', 3),
			add(own('G', 'Claes, An'), null, 4),
		]);
		expect(source.rows).toMatchObject([{ list: { userId: 'an@g', callCenterId: null }, memberId: 'cc@g' }]);
		expect(source.rejected.map(({ problems }) => problems.map(({ column, code }) => [column, code]))).toEqual([
			[
				['Naam', 'personNotFound'],
				['Wachtrij', 'callCenterNotFound'],
			],
			[['Wachtrij', 'blankCell']],
		]);
	});

	it('of a list mean those of the same name in another group', async () => {
		const { elsewhere } = await matched([add(own('G'), 'sales', 2), add(own('H'), 'SALES', 3)]);
		expect(elsewhere({ ...own('G'), userId: 'an@g' }, ['cc@g'])).toEqual([
			{ tenantId: 'T', groupId: 'H', userId: 'an@h', callCenterId: null, memberIds: ['an@h', 'cc@h'] },
		]);
	});
});

describe('a row that cannot be carried out', () => {
	/** In group H, both leave the list of Sofie, and stay with An. */
	async function held(more: readonly SourceRow[], listOfAn: readonly string[] | null = null) {
		const { platform, around } = scene();
		const [sofie, an] = [supervised('sofie@h', 'cc@h'), supervised('an@h', 'cc@h')].map((ref) => ({
			...ref,
			groupId: 'H',
		}));
		for (const ref of [sofie, an]) platform.set(ref, ['an@h', 'sofie@h']);
		platform.set(supervised('sofie@g', 'cc@g'), ['an@g']);
		if (listOfAn !== null) platform.set(supervised('an@g', 'cc@g'), listOfAn);
		const remove = (name: string) => row(at('H'), name, { action: 'remove' });
		const rows = [remove('An Claes'), remove('Sofie Maes'), add(at('H', 'An Claes'), 'An Claes', 4)];
		const staying = [add(at('H', 'An Claes'), 'Sofie Maes', 5), add(at('G'), 'An Claes', 6)];
		const source: Source = { rows: [...rows, ...staying, ...more], rejected: [], findings: [], mapping: MAPPING };
		const { plan } = await planRun(source, settings({ matching: NAMES, mode: 'actionColumn' }), around);
		return plan?.lists.find(({ ref }) => ref.userId === 'sofie@h')?.held.map(({ member, facts }) => [member, facts]);
	}

	it('holds whom it would mean in another group, where its list is not there', async () => {
		expect(await held([])).toEqual([]);
		expect(await held([add(at('G', 'An Claes'), 'An Claes', 9)], [])).toEqual([]);
		const members = await held([add(at('G', 'An Claes'), 'An Claes', 9)]);
		expect(members).toMatchObject([
			['an@h', { means: 'member', lines: { first: [9] }, cause: { issue: { code: 'missingList' } } }],
		]);
	});

	it('holds whom it would mean in another group, where it lacks its action', async () => {
		const members = await held([row(at('G', 'An Claes'), 'Sofie Maes', { line: 9 })], []);
		const facts = { means: 'member', lines: { first: [9] }, cause: { issue: { code: 'actionMissing' } } };
		expect(members).toMatchObject([
			['an@h', facts],
			['sofie@h', facts],
		]);
	});
});

describe('ids in the words of the source', () => {
	it('are the texts of the source, or those of its attribute', async () => {
		const { textOf, partsOfName, summary, elsewhere } = await matched(GOOD);
		const [group, other] = [at('G'), at('X')];
		expect(textOf(group, 'person', 'AN@g')).toBe('An Claes');
		expect(textOf(group, 'person', 'jan@g')).toBe('Bos, Jan');
		expect(textOf(group, 'callCenter', 'cc@g')).toBe('Sales');
		expect(textOf(other, 'person', 'an@g')).toBe('an@g');
		expect(partsOfName(group, 'an@g')).toEqual({ firstName: 'An', lastName: 'Claes' });
		expect(partsOfName(other, 'an@g')).toBeNull();
		expect(summary).toEqual({
			people: { by: 'fullName', matched: 4, notFound: 0, several: 0 },
			callCenters: { by: 'name', matched: 2, notFound: 0, several: 0 },
		});
		expect(elsewhere(at('G', 'sofie@g', 'cc@g'), ['an@g'])).toEqual([
			{ tenantId: 'T', groupId: 'H', userId: 'sofie@h', callCenterId: 'cc@h', memberIds: ['sofie@h', 'an@h'] },
		]);
		// In the other group both are called by none.
		expect(elsewhere(at('G', 'jan@g', 'cc@g'), ['jan2@g'])).toEqual([]);
	});
});
