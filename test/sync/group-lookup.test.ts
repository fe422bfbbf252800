/** What texts of a source stand for in one group. */

import { describe, expect, it } from '@jest/globals';
import type { Matching, Source, UserInfo } from '../../lib/sync';
import { Listings, Spellings } from '../../lib/sync/plan';
import { GroupLookup } from '../../lib/sync/plan/group-lookup';
import { RunPlatform } from '../../lib/sync/platform';
import type { SourceRow } from '../../lib/sync/model/row';
import { harness, ownCallCenters, row, settings, supervised } from './world';

const LIST = supervised('Sofie Maes', 'Sales');
const NAMES: Matching = { people: 'fullName', callCenters: 'name', country: null };
const SCOPE = { tenantId: 'T', groupId: 'G' };

function scene() {
	const made = harness();
	const named = (firstName: string, lastName: string): Partial<UserInfo> => ({ firstName, lastName });
	for (const [id, user] of [
		['sofie@x', named('Sofie', 'Maes')],
		['jan@x', named('Jan', 'Bos')],
		['jan2@x', named('Jan', 'Bos')],
		['an@x', { ...named('An', 'Claes'), phoneNumber: '+3225126778' }],
	] as const) {
		made.platform.know([id]);
		made.platform.details.set(id, user);
	}
	made.platform.groupCallCenters = [
		{ serviceUserId: 'cc@x', name: 'Sales' },
		{ serviceUserId: 'desk@x', name: 'Help Desk' },
		{ serviceUserId: 'desk2@x', name: 'help desk' },
	];
	return made;
}

async function lookup(
	matching: Matching = NAMES,
	rows: readonly SourceRow[] = [row(LIST, 'An Claes')],
	more: Partial<Source> = {},
	made = scene(),
) {
	const platform = new RunPlatform(made.around);
	const planning = {
		...{ settings: settings({ matching }), platform, writes: true },
		...{ spellings: new Spellings(), listings: new Listings(platform) },
	};
	const found = await GroupLookup.read(LIST, matching, { rows, rejected: [], findings: [], ...more }, planning);
	return {
		found: found as GroupLookup,
		shown: found !== null,
		asked: made.platform.arrivals.map(({ asked }) => asked),
	};
}

describe('of a group is read', () => {
	it('what the source does not name by ids', async () => {
		expect((await lookup()).asked.sort()).toEqual(['callCenters', 'users']);
		expect((await lookup({ ...NAMES, callCenters: 'id' })).asked).toEqual(['users']);
		expect((await lookup({ ...NAMES, people: 'userId' })).asked).toEqual(['callCenters']);
		expect((await lookup({ ...NAMES, people: 'userId', callCenters: 'id' })).asked).toEqual([]);
	});

	it('no call centers where all of them are the default, or rows of the group have none', async () => {
		const byDefault = { defaultCallCenterId: 'Sales' };
		expect((await lookup(NAMES, undefined, byDefault)).asked).toEqual(['users']);
		const own = ownCallCenters('An Claes');
		expect((await lookup(NAMES, [row(own, null)])).asked).toEqual(['users']);
		expect((await lookup(NAMES, [row(own, 'Sales')])).asked).toHaveLength(2);
		expect((await lookup(NAMES, [row({ ...LIST, groupId: 'H' }, 'An Claes')])).asked).toEqual(['users']);
	});

	it('but has no result if one of the listings is not shown', async () => {
		for (const hidden of ['users', 'callCenters'] as const) {
			const made = scene();
			made.platform.fault = ({ asked }) => (asked === hidden ? 'forbidden' : null);
			expect((await lookup(NAMES, undefined, {}, made)).shown).toBe(false);
		}
	});
});

describe('a text', () => {
	it('matches one, none, or several, which are candidates', async () => {
		const { found } = await lookup();
		expect(found.scope).toEqual(SCOPE);
		expect(found.person('Claes, An')).toEqual({ id: 'an@x', issue: null, candidates: ['an@x'] });
		expect(found.person('Who')).toEqual({
			...{ id: null, candidates: [] },
			issue: { code: 'personNotFound', facts: { value: 'Who', by: 'fullName', ...SCOPE } },
		});
		const jans = [
			{ id: 'jan2@x', name: 'Jan Bos' },
			{ id: 'jan@x', name: 'Jan Bos' },
		];
		expect(found.person('Jan Bos')).toEqual({
			...{ id: null, candidates: ['jan2@x', 'jan@x'] },
			issue: {
				code: 'personAmbiguous',
				facts: { value: 'Jan Bos', by: 'fullName', candidates: { first: jans, more: 0 } },
			},
		});
		expect(found.callCenter('SALES')).toEqual({ id: 'cc@x', issue: null, candidates: ['cc@x'] });
		expect(found.callCenter('Who').issue).toEqual({
			code: 'callCenterNotFound',
			facts: { value: 'Who', ...SCOPE },
		});
		expect(found.callCenter('Help Desk')).toMatchObject({
			...{ id: null, candidates: ['desk2@x', 'desk@x'] },
			issue: { code: 'callCenterAmbiguous', facts: { value: 'Help Desk' } },
		});
	});

	it('is an id where people or call centers are named by id, or where it is the default', async () => {
		const asIs = { id: 'Who', issue: null, candidates: ['Who'] };
		const { found: people } = await lookup({ ...NAMES, people: 'userId' });
		expect([people.person('Who'), people.personId('Who'), people.callCenterId('Who')]).toEqual([asIs, 'Who', null]);
		const { found: centers } = await lookup({ ...NAMES, callCenters: 'id' });
		expect([centers.callCenter('Who'), centers.callCenterId('Who'), centers.personId('Who')]).toEqual([
			asIs,
			'Who',
			null,
		]);
		const rows = [row(LIST, 'An Claes'), row({ ...LIST, callCenterId: 'Who' }, 'An Claes')];
		const { found } = await lookup(NAMES, rows, { defaultCallCenterId: 'Who' });
		expect([found.callCenter('Who'), found.callCenterId('Who')]).toEqual([asIs, 'Who']);
	});

	it('may mean anybody and anything that it names, and itself', async () => {
		const { found } = await lookup();
		expect(found.anybody('Jan Bos')).toEqual(['Jan Bos', 'jan2@x', 'jan@x']);
		expect(found.anybody('sales')).toEqual(['sales', 'cc@x']);
		expect(found.anybody('Who')).toEqual(['Who']);
		expect([found.personId('Jan Bos'), found.personId('An Claes')]).toEqual([null, 'an@x']);
		const { found: ids } = await lookup({ people: 'userId', callCenters: 'id', country: null });
		expect(ids.anybody('Sales')).toEqual(['Sales']);
	});
});

describe('what was looked up', () => {
	it('is reported in the spelling of the platform, and each once', async () => {
		const { found } = await lookup();
		for (const text of ['An Claes', 'Claes, An', 'Who', 'WHO', 'Jan Bos', 'Sofie Maes']) found.person(text);
		for (const text of ['Sales', 'sales', 'Help Desk', 'help-desk', 'Nothing']) found.callCenter(text);
		// Questions that are not about a row are not counted.
		found.personId('Nobody');
		found.anybody('Nothing else');
		expect([...found.matchedIds()].sort()).toEqual([
			['an@x', 'an@x'],
			['cc@x', 'cc@x'],
			['sofie@x', 'sofie@x'],
		]);
		expect(found.counts('people')).toEqual({ matched: 2, notFound: 1, several: 1 });
		expect(found.counts('callCenters')).toEqual({ matched: 1, notFound: 1, several: 1 });
	});

	it('is counted as the platform compares it', async () => {
		const { found } = await lookup({ people: 'phoneNumber', callCenters: 'name', country: 'BE' });
		for (const text of ['02 512 67 78', '+3225126778', '02 111 11 11', '02/111.11.11', 'no number', 'NO number'])
			found.person(text);
		expect(found.counts('people')).toEqual({ matched: 1, notFound: 3, several: 0 });
		const { found: byId } = await lookup({ ...NAMES, people: 'userId' });
		byId.callCenter('Nothing');
		byId.callCenter('nothing');
		expect(byId.counts('callCenters')).toEqual({ matched: 0, notFound: 1, several: 0 });
		expect(byId.counts('people')).toEqual({ matched: 0, notFound: 0, several: 0 });
	});

	it('is the text of the source, else of the platform, else the id', async () => {
		const { found } = await lookup();
		found.person('claes AN');
		found.callCenter('SALES');
		expect(found.textOf('person', 'AN@x')).toBe('claes AN');
		expect(found.textOf('person', 'sofie@x')).toBe('Maes, Sofie');
		expect(found.textOf('callCenter', 'cc@x')).toBe('SALES');
		expect(found.textOf('callCenter', 'desk@x')).toBe('Help Desk');
		expect(found.textOf('person', 'cc@x')).toBe('cc@x');
		expect(found.textOf('callCenter', 'an@x')).toBe('an@x');
		expect(found.partsOfName('an@x')).toEqual({ firstName: 'An', lastName: 'Claes' });
		expect(found.partsOfName('who@x')).toBeNull();
		const { found: ids } = await lookup({ people: 'userId', callCenters: 'id', country: null });
		expect([ids.textOf('person', 'an@x'), ids.textOf('callCenter', 'cc@x'), ids.partsOfName('an@x')]).toEqual([
			...['an@x', 'cc@x', null],
		]);
	});
});
