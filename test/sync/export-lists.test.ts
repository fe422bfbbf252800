/** What an export of a group's lists, or of a source's, has in it, and what it says is missing. */

import { describe, expect, it } from '@jest/globals';
import { exportLists, type ExportSettings, type ExportWish } from '../../lib/sync/export-lists';
import type { Arrival } from '../support/fake-platform';
import { harness, ownCallCenters, rejectedRow, row, settings, source, supervised } from './world';

const SCOPE = { tenantId: 'T', groupId: 'G' };
const [ONE, TWO, THREE] = ['one@x', 'two@x', 'three@x'];
const [SUP, BOSS] = ['sup@x', 'boss@x'];
const USERS = [SUP, BOSS, 'an@x', 'bea@x'];

/** Two call centers with a list of `sup@x` each, and one of `boss@x` in the first; `an@x` has call centers. */
function group() {
	const scene = harness();
	const { platform } = scene;
	platform.know(USERS);
	platform.details.set('an@x', { firstName: 'An', lastName: 'Maes' });
	platform.groupCallCenters = [
		{ serviceUserId: ONE, name: ' Desk ' },
		{ serviceUserId: TWO, name: '' },
	];
	platform.callCenterSupervisors = new Map([
		[ONE, ['SUP@x', BOSS]],
		[TWO, [SUP]],
	]);
	platform.callCenterAgents.set(ONE, ['AN@x', 'bea@x']);
	platform.callCenterAgents.set(TWO, ['an@x']);
	platform.set(supervised(SUP, ONE), ['an@x', 'bea@x']);
	platform.set(supervised(BOSS, ONE), []);
	platform.set(supervised(SUP, TWO), ['an@x']);
	platform.set(ownCallCenters('an@x'), [ONE, TWO]);
	platform.set(ownCallCenters('bea@x'), [ONE]);
	return scene;
}

type Scene = ReturnType<typeof harness>;

async function exported(scene: Scene, wish: ExportWish, more: Partial<ExportSettings> = {}) {
	const result = await exportLists(wish, { ...settings(), notReadBack: () => null, ...more }, scene.around);
	return {
		...result,
		lists: result.lists.map(({ ref, outcome, code }) => [ref.userId, ref.callCenterId, outcome, code]),
		facts: result.lists.map(({ facts }) => facts),
		members: result.exported?.lists.map(({ ref, members }) => [ref.userId, ref.callCenterId, ...members]),
		nameOf: result.exported?.nameOf,
		notices: result.notices ?? [],
		linesOf: [...(result.lines?.values() ?? [])],
	};
}

function inGroup(callCenters: readonly string[] = [], owners: readonly string[] = [], named?: readonly string[]) {
	return { from: 'group', scope: SCOPE, search: { callCenters, owners, named } } as const satisfies ExportWish;
}

function failing(scene: Scene, asked: Arrival['asked'], at: number, kind: 'forbidden' | 'missing' | 'unavailable') {
	let count = 0;
	scene.platform.fault = (arrival) => (arrival.asked === asked && (count += 1) === at ? kind : null);
}

const ALL = [
	[BOSS, ONE],
	[SUP, ONE, 'an@x', 'bea@x'],
	[SUP, TWO, 'an@x'],
];

describe('an export of a group', () => {
	it('has every list, sorted, in the spelling of the platform, and writes nothing', async () => {
		const scene = group();
		const result = await exported(scene, inGroup());
		expect(result.members).toEqual(ALL);
		expect(result).toMatchObject({
			status: 'exported',
			reason: null,
			lists: [],
			notices: [],
			plan: null,
			journal: null,
		});
		expect(result.exported?.kind).toBe('supervisedAgents');
		expect(scene.platform.writes).toBe(0);
		expect(scene.platform.reads).toBe(2 + 2 + 3);
	});

	it('knows the names that the platform shows, whatever the case of an id', async () => {
		const { nameOf } = await exported(group(), inGroup());
		expect([nameOf?.('AN@x'), nameOf?.(ONE), nameOf?.('bea@x'), nameOf?.('who@x')]).toEqual([
			'An Maes',
			'Desk',
			'',
			'',
		]);
	});

	it('keeps a name that any answer has', async () => {
		const scene = group();
		scene.platform.details.set(SUP, { firstName: 'Sofie' });
		expect((await exported(scene, inGroup())).nameOf?.(SUP)).toBe('Sofie');
		const supervisors = await scene.platform.supervisors('T', 'G', TWO);
		if (!supervisors.ok) throw new Error('They are listed.');
		const entries = supervisors.entries.map((user) => ({ ...user, lastName: 'Maes' }));
		scene.platform.supervisors = async () => ({ ok: true, entries });
		failing(scene, 'users', 1, 'forbidden');
		expect((await exported(scene, inGroup())).nameOf?.(SUP)).toBe('Maes');
	});

	it('reports its progress', async () => {
		const scene = group();
		const progress: string[] = [];
		const onProgress = (now: { phase: string; done: number; total: number }) =>
			progress.push(`${now.phase} ${now.done}/${now.total}`);
		await exportLists(
			inGroup(),
			{ ...settings({ concurrency: 1 }), notReadBack: () => null },
			{ ...scene.around, onProgress },
		);
		expect(progress).toEqual([
			...['finding 0/1', 'finding 1/1', 'reading 0/3', 'reading 1/3', 'reading 2/3', 'reading 3/3'],
		]);
	});

	it('has only the call centers and the supervisors that are asked for', async () => {
		expect((await exported(group(), inGroup([ONE]))).members).toEqual([ALL[0], ALL[1]]);
		expect((await exported(group(), inGroup([], ['Sup@X']))).members).toEqual([ALL[1], ALL[2]]);
		expect((await exported(group(), inGroup([TWO.toUpperCase(), TWO], [SUP]))).members).toEqual([ALL[2]]);
	});

	it('names supervisors of whom there is no list, once each', async () => {
		const result = await exported(group(), inGroup([TWO], [BOSS, BOSS.toUpperCase(), SUP]));
		expect(result).toMatchObject({
			status: 'partial',
			notices: [{ code: 'noListOf', facts: { ...SCOPE, kind: 'supervisedAgents', owner: BOSS } }],
		});
		expect(result.notices).toHaveLength(1);
	});

	it('reports a supervisor of another group, whose list no request reads', async () => {
		const scene = group();
		scene.platform.callCenterSupervisors?.set(TWO, [SUP, 'carl@y']);
		const result = await exported(scene, inGroup());
		expect(result).toMatchObject({ status: 'partial', lists: [['carl@y', TWO, 'rejected', 'otherGroup']] });
		expect(result.members).toEqual(ALL);
		expect(scene.platform.count('read')).toBe(3);
	});

	it('asks for every list where the users are not shown, and says that names are missing', async () => {
		const scene = group();
		scene.platform.callCenterSupervisors?.set(TWO, [SUP, 'carl@y']);
		scene.platform.set(supervised('carl@y', TWO), []);
		failing(scene, 'users', 1, 'forbidden');
		const result = await exported(scene, inGroup());
		expect(result.members).toEqual([ALL[0], ['carl@y', TWO], ['SUP@x', ONE, 'an@x', 'bea@x'], ALL[2]]);
		expect(result.notices).toMatchObject([{ code: 'namesNotShown', facts: { ...SCOPE, what: 'users' } }]);
	});

	it('fails where the call centers are not shown, unless they are named', async () => {
		const scene = group();
		failing(scene, 'callCenters', 1, 'missing');
		expect(await exported(scene, inGroup())).toMatchObject({
			status: 'failed',
			reason: { code: 'groupNotShown' },
		});
		failing(scene, 'callCenters', 1, 'missing');
		const named = await exported(scene, inGroup([ONE]));
		expect(named.members).toHaveLength(2);
		expect(named.notices).toMatchObject([{ code: 'namesNotShown', facts: { what: 'callCenters' } }]);
	});

	it('says which list is not shown, and which cannot be read back', async () => {
		const scene = group();
		scene.platform.drop(supervised(SUP, TWO));
		const notReadBack: ExportSettings['notReadBack'] = ({ userId }, members) =>
			userId === BOSS && [...members].length === 0 ? BOSS : null;
		const result = await exported(scene, inGroup(), { notReadBack });
		expect(result.members).toEqual([ALL[1]]);
		expect(result.lists).toEqual([
			[SUP, TWO, 'rejected', 'missingList'],
			[BOSS, ONE, 'rejected', 'notReadBack'],
		]);
		expect(result.status).toBe('partial');
		expect(result.facts).toEqual([expect.objectContaining({}), { list: supervised(BOSS, ONE), id: BOSS }]);
	});

	it('fails where no list can be read back, or none is shown', async () => {
		const refused = await exported(group(), inGroup([TWO]), { notReadBack: () => SUP });
		expect(refused).toMatchObject({
			status: 'failed',
			reason: { code: 'nothingPlanned', facts: { lists: 1, others: 0, first: { code: 'notReadBack' } } },
		});
		const scene = group();
		scene.platform.fault = ({ asked }) => (asked === 'read' ? 'forbidden' : null);
		expect(await exported(scene, inGroup())).toMatchObject({
			status: 'failed',
			reason: { code: 'forbidden', facts: { problem: 'allReads', lists: 3 } },
		});
	});

	it('fails where there is no list and a call center does not show who supervises there', async () => {
		const scene = group();
		failing(scene, 'supervisors', 1, 'unavailable');
		expect(await exported(scene, inGroup([ONE]))).toMatchObject({
			status: 'failed',
			reason: { code: 'callCenterNotShown', facts: { callCenter: ONE } },
		});
	});

	it('does not fail for missing names where there is no list', async () => {
		const scene = group();
		scene.platform.groupCallCenters = [];
		failing(scene, 'users', 1, 'forbidden');
		expect(await exported(scene, inGroup())).toMatchObject({ status: 'exported', members: [], notices: [{}] });
	});

	it('has no list where there is none', async () => {
		const scene = group();
		scene.platform.groupCallCenters = [];
		expect(await exported(scene, inGroup())).toMatchObject({ status: 'exported', members: [], notices: [] });
	});

	it('ends at once where it is stopped, with what was not read', async () => {
		const controller = new AbortController();
		const scene = group();
		scene.platform.fault = ({ asked }) => {
			if (asked === 'read') controller.abort();
			return null;
		};
		const around = { ...scene.around, signal: controller.signal };
		const result = await exported({ ...scene, around }, inGroup(), { concurrency: 1 });
		expect(result.status).toBe('stopped');
		expect(result.exported).toBeUndefined();
		expect(result.lists.map(([, , outcome]) => outcome)).toEqual(['notAttempted', 'notAttempted']);
		expect(scene.platform.count('read')).toBe(1);
	});

	it('reports no supervisor as without a list where it is stopped, or cannot look for lists', async () => {
		const controller = new AbortController();
		const scene = group();
		scene.platform.fault = ({ asked }) => {
			if (asked === 'supervisors') controller.abort();
			return null;
		};
		const around = { ...scene.around, signal: controller.signal };
		const stopped = await exported({ ...scene, around }, inGroup([], [SUP, BOSS]));
		expect([stopped.status, stopped.notices.filter(({ code }) => code === 'noListOf')]).toEqual(['stopped', []]);
		const hidden = group();
		failing(hidden, 'callCenters', 1, 'forbidden');
		const failed = await exported(hidden, inGroup([], [SUP]));
		expect(failed.notices.map(({ code }) => code)).toEqual(['namesNotShown']);
	});
});

describe('where the platform does not list supervisors', () => {
	function unlisted() {
		const scene = group();
		scene.platform.callCenterSupervisors = null;
		return scene;
	}

	it('the named supervisors are looked for in each call center', async () => {
		const scene = unlisted();
		const result = await exported(scene, inGroup([], [SUP], [BOSS, SUP]));
		expect(result.members).toEqual(ALL);
		expect(result.lists).toEqual([]);
		expect(scene.platform.count('read')).toBe(4);
		expect(scene.platform.count('supervisors')).toBe(2);
		expect(result.notices).toMatchObject([{ code: 'supervisorsAsNamed', facts: { ...SCOPE, named: 1 } }]);
		// That there may be other lists is no fault of this run.
		expect(result.status).toBe('exported');
	});

	it('the export fails where nobody is named', async () => {
		expect(await exported(unlisted(), inGroup())).toMatchObject({
			status: 'failed',
			reason: { code: 'supervisorsNotListed', facts: SCOPE },
			notices: [],
		});
	});

	it('a supervisor without any list is reported', async () => {
		const { notices } = await exported(unlisted(), inGroup([], [SUP, 'who@x']));
		expect(notices.map(({ code }) => code)).toEqual(['supervisorsAsNamed', 'noListOf']);
	});

	it('a list that is forbidden or could not be read is reported all the same', async () => {
		const scene = unlisted();
		failing(scene, 'read', 1, 'forbidden');
		const result = await exported(scene, inGroup([ONE], [SUP, BOSS]), { concurrency: 1 });
		expect(result.lists).toEqual([[SUP, ONE, 'rejected', 'forbidden']]);
	});

	it('one call center that is gone does not mean that supervisors are not listed', async () => {
		const scene = group();
		failing(scene, 'supervisors', 1, 'missing');
		const result = await exported(scene, inGroup());
		expect(result.members).toEqual([ALL[2]]);
		expect(result.notices).toMatchObject([
			{ code: 'callCenterNotShown', facts: { ...SCOPE, callCenter: ONE, what: 'supervisors' } },
		]);
		expect(result.status).toBe('partial');
	});

	it('nor does one that cannot be read now', async () => {
		const scene = group();
		scene.platform.groupCallCenters = [{ serviceUserId: THREE, name: '' }, ...scene.platform.groupCallCenters];
		failing(scene, 'supervisors', 1, 'unavailable');
		const result = await exported(scene, inGroup());
		expect(result.members).toEqual(ALL);
		expect(result.notices).toMatchObject([{ code: 'callCenterNotShown', facts: { callCenter: THREE } }]);
	});

	it('two refusals mean it, whatever the other call centers answer', async () => {
		const scene = group();
		const more = ['a@x', 'b@x'].map((serviceUserId) => ({ serviceUserId, name: '' }));
		scene.platform.groupCallCenters = [...more, ...scene.platform.groupCallCenters];
		expect(await exported(scene, inGroup())).toMatchObject({ reason: { code: 'supervisorsNotListed' } });
		expect(scene.platform.count('supervisors')).toBe(2);
	});
});

describe("an export of agents' call centers", () => {
	const kind = 'agentCallCenters' as const;

	it('has the agents of all call centers, each once', async () => {
		const scene = group();
		const result = await exported(scene, inGroup(), { kind });
		expect(result.members).toEqual([
			['an@x', null, ONE, TWO],
			['bea@x', null, ONE],
		]);
		expect(scene.platform.reads).toBe(2 + 2 + 2);
	});

	it('looks for nobody where agents are named', async () => {
		const scene = group();
		const result = await exported(scene, inGroup([], ['AN@x', 'an@x']), { kind });
		expect(result.members).toEqual([['an@x', null, ONE, TWO]]);
		expect(scene.platform.count('agents')).toBe(0);
		expect((await exported(group(), inGroup([TWO], ['an@x', 'bea@x']), { kind })).members).toHaveLength(1);
	});

	it('reports an agent who is named and has no list', async () => {
		const result = await exported(group(), inGroup([], ['an@x', 'who@x']), { kind });
		expect(result.lists).toEqual([['who@x', null, 'rejected', 'missingList']]);
		expect(result.notices).toEqual([]);
	});

	it('says which call center does not show its agents', async () => {
		const scene = group();
		failing(scene, 'agents', 1, 'forbidden');
		const result = await exported(scene, inGroup(), { kind, concurrency: 1 });
		expect(result.members).toEqual([['an@x', null, ONE, TWO]]);
		expect(result.notices).toMatchObject([{ code: 'callCenterNotShown', facts: { callCenter: ONE, what: 'agents' } }]);
	});

	it('knows the name of an agent of another group, and does not read the list', async () => {
		const scene = group();
		scene.platform.callCenterAgents.set(TWO, ['carl@y']);
		const result = await exported(scene, inGroup(), { kind });
		expect(result.lists).toEqual([['carl@y', null, 'rejected', 'otherGroup']]);
	});
});

describe('an export of the lists of a source', () => {
	const wish = (...args: Parameters<typeof source>): ExportWish => ({ from: 'source', source: source(...args) });

	it('has each list that the source names, in the spelling of the platform', async () => {
		const scene = group();
		const rows = [row(supervised('Sup@X', ONE), null), row(supervised(SUP, ONE.toUpperCase()), 'an@x')];
		const result = await exported(scene, wish(rows));
		expect(result.members).toEqual([ALL[1]]);
		expect(result.status).toBe('exported');
		expect(scene.platform.reads).toBe(2 + 1);
	});

	it('asks each group once, and names the lines of a list that is missing', async () => {
		const scene = group();
		const gone = supervised(BOSS, TWO);
		const other = { ...supervised(SUP, ONE), groupId: 'H' };
		scene.platform.set(other, ['bea@x']);
		const rows = [row(supervised(SUP, ONE), null), row(gone, null, { line: 7 }), row(other, null)];
		const result = await exported(scene, wish(rows));
		expect(scene.platform.count('users', 'callCenters')).toBe(4);
		expect(result.lists).toEqual([[BOSS, TWO, 'rejected', 'missingList']]);
		expect(result.linesOf).toEqual([[7]]);
		expect(result.status).toBe('partial');
	});

	it('has no lists that only rejected rows may mean', async () => {
		const result = await exported(group(), wish([row(supervised(SUP, ONE), null)], [rejectedRow()]));
		expect(result).toMatchObject({ status: 'partial', lists: [] });
	});

	it('fails for a source without rows, before anything is read', async () => {
		const scene = group();
		expect(await exported(scene, wish([]))).toMatchObject({ status: 'refused', reason: { code: 'emptySource' } });
		expect(scene.platform.arrivals).toEqual([]);
	});
});
