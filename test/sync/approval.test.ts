import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, planRun, rollBackRun, syncRun } from '../../lib/sync';
import type { Approval, Plan, Settings } from '../../lib/sync';
import { sealed } from '../../lib/sync/model/canonical-json';
import { planHash } from '../../lib/sync/documents/plan-hash';
import { messageOf } from '../support/issue-text';
import { harness, ids, ownCallCenters, row, rows, settings, source, supervised, URL } from './world';

const LIST = supervised();

/** A reviewed plan that removes one of five and adds one. */
async function reviewed(more: Partial<Settings> = {}) {
	const scene = harness();
	scene.platform.set(LIST, ids(5));
	const planned = await planRun(source(rows(LIST, [...ids(4), 'new@x'])), settings(more), scene.around);
	const plan = JSON.parse(JSON.stringify(planned.plan)) as Plan;
	const apply = async (
		json: unknown,
		approval: unknown = { planHash: plan.hash, removals: 1 },
		now: Partial<Settings> = {},
	) => await applyPlanRun(json, approval as Approval, settings(now), scene.around);
	return { ...scene, plan, apply };
}

/** An edit by somebody who knows how seals are made. */
function resealed(plan: Plan, edit: (plan: Plan) => void): Plan {
	const content = structuredClone(plan);
	edit(content);
	return sealed({ ...content, seal: undefined }) as unknown as Plan;
}

describe('approval fails closed', () => {
	it.each([
		['no approval', undefined, 'notApproved'],
		['null', null, 'notApproved'],
		['an empty hash', { planHash: ' ', removals: 1 }, 'notApproved'],
		['true instead of a hash', { planHash: true, removals: 1 }, 'notApproved'],
		['another hash', { planHash: 'f'.repeat(64), removals: 1 }, 'otherPlanApproved'],
		['the seal instead of the hash', 'seal', 'otherPlanApproved'],
		['no number of removals', 'noRemovals', 'removalsNotApproved'],
		['fewer removals', { removals: 0 }, 'removalsNotApproved'],
		['more removals', { removals: 2 }, 'removalsNotApproved'],
		['removals as text', { removals: '1' }, 'removalsNotApproved'],
	])('with %s', async (_, given, code) => {
		const { platform, plan, apply } = await reviewed();
		const reads = platform.reads;
		const approval =
			given === 'seal'
				? { planHash: plan.seal, removals: 1 }
				: given === 'noRemovals'
					? { planHash: plan.hash, removals: null }
					: typeof given === 'object' && given !== null
						? { planHash: plan.hash, ...given }
						: given;
		const result = await applyPlanRun(plan, approval as Approval, settings(), {
			platform,
			clock: harness().clock,
			expectedRate: () => 1,
		});
		expect([result.status, result.reason?.code]).toEqual(['refused', code]);
		expect(platform.reads).toBe(reads);
		expect(platform.writes).toBe(0);
		expect((await apply(plan)).status).toBe('applied');
	});

	it('needs no number of removals where there are none, and refuses a wrong one', async () => {
		const { platform, around } = harness();
		platform.set(LIST, []);
		const { plan } = await planRun(source(rows(LIST, ['a@x'])), settings(), around);
		expect((await applyPlanRun(plan, { planHash: plan!.hash, removals: 3 }, settings(), around)).reason).toEqual({
			code: 'removalsNotApproved',
			facts: { removals: 0, approved: 3 },
		});
		expect(
			(await applyPlanRun(plan, { planHash: plan!.hash.toUpperCase(), removals: null }, settings(), around)).status,
		).toBe('applied');
	});
});

describe('a plan is refused', () => {
	it.each([
		['nothing', undefined],
		['null', null],
		['text that is not JSON', '{'],
		['a number', 7],
		['a list', []],
		['another document', { format: 'something/else', version: 1 }],
		['a plan without its lists', 'noLists'],
	])('where it is %s', async (_, json) => {
		const { plan, apply, platform } = await reviewed();
		const result = await apply(json === 'noLists' ? { ...plan, lists: undefined } : json);
		expect([result.status, result.reason!.code]).toEqual(['refused', 'invalidPlan']);
		expect(platform.writes).toBe(0);
	});

	const edits: Array<[string, (plan: Plan) => void]> = [
		['a longer life', (plan) => Object.assign(plan, { validUntil: '2099-01-01T00:00:00.000Z' })],
		[
			'a life of one millisecond more',
			(plan) => Object.assign(plan, { validUntil: new Date(Date.parse(plan.validUntil) + 1).toISOString() }),
		],
		['an addition', (plan) => plan.lists[0].adds.push({ member: 'eve@x', lines: [] })],
		['a removal', (plan) => plan.lists[0].removes.push({ member: 'agent1@x', lines: [] })],
		['a removal less', (plan) => plan.lists[0].removes.splice(0)],
		['another list', (plan) => Object.assign(plan.lists[0].ref, { userId: 'other@x' })],
		['a list twice', (plan) => plan.lists.push(structuredClone(plan.lists[0]))],
		['another pre-image', (plan) => plan.lists[0].before.push('eve@x')],
		['a guard waved through', (plan) => Object.assign(plan.totals, { liveMembers: 1e6 })],
		['another platform', (plan) => Object.assign(plan, { platform: 'https://evil.example' })],
	];

	it.each(edits)('edited: %s', async (_, edit) => {
		const { plan, apply, platform } = await reviewed();
		const edited = structuredClone(plan);
		edit(edited);
		expect((await apply(edited)).reason!.code).toBe('editedPlan');
		expect(platform.writes).toBe(0);
	});

	it.each(edits.slice(0, 8))('edited and sealed again: %s', async (_, edit) => {
		const { plan, apply, platform } = await reviewed();
		const unhashed = resealed(plan, edit);
		expect((await apply(unhashed)).reason!.code).toBe('editedPlan');
		const rehashed = resealed(plan, (content) => {
			edit(content);
			content.hash = planHash(content);
		});
		const result = await apply(rehashed);
		expect(result.status).toBe('refused');
		expect(['otherPlanApproved', 'editedPlan']).toContain(result.reason!.code);
		expect(platform.writes).toBe(0);
	});

	it('of another version, platform or kind, saying so', async () => {
		const { plan, apply, platform } = await reviewed();
		expect((await apply({ ...plan, version: 1 })).reason!.code).toBe('otherVersion');
		expect((await apply(plan, undefined, { platformUrl: 'https://other.example/api/v1' })).reason!.code).toBe(
			'otherPlatform',
		);
		expect((await apply(plan, undefined, { kind: 'agentCallCenters' })).reason!.code).toBe('otherKind');
		expect(platform.writes).toBe(0);
		expect((await apply(JSON.stringify(plan), undefined, { platformUrl: `${URL}/` })).status).toBe('applied');
	});

	it('that is too old, and not a millisecond before', async () => {
		const { clock, plan, apply, platform } = await reviewed({ planValidMinutes: 10 });
		await clock.run(async () => await clock.sleep(600_000));
		expect((await apply(structuredClone(plan))).status).toBe('applied');
		const other = await reviewed({ planValidMinutes: 10 });
		await other.clock.run(async () => await other.clock.sleep(600_001));
		expect((await other.apply(other.plan)).reason!.code).toBe('expiredPlan');
		expect(other.platform.writes).toBe(0);
		expect(platform.writes).toBeGreaterThan(0);
	});

	it('that a guard stopped, even where it was sealed again without its breaches', async () => {
		const { plan, apply, platform } = await reviewed();
		const stopped = resealed(plan, (content) => {
			content.guards = { verdict: 'abort', breaches: [] };
		});
		expect((await apply(stopped)).status).toBe('aborted');
		expect(platform.writes).toBe(0);
	});

	it('that was applied before: nothing is done twice', async () => {
		const { plan, apply, platform } = await reviewed();
		await apply(plan);
		const writes = platform.writes;
		const again = await apply(plan);
		expect(platform.writes).toBe(writes);
		expect(again.lists[0]).toMatchObject({ outcome: 'alreadyInPlace' });
	});
});

describe('a plan overtaken by somebody else', () => {
	it('leaves the list alone, and names the changes of others', async () => {
		const { plan, apply, platform } = await reviewed();
		platform.set(LIST, [...ids(5).slice(1), 'visitor@x']);
		const result = await apply(plan);
		expect(platform.writes).toBe(0);
		expect(result.status).toBe('partial');
		expect(result.lists[0]).toMatchObject({
			outcome: 'conflict',
			code: 'overtaken',
			foreign: { added: ['visitor@x'], removed: ['agent1@x'] },
		});
		expect(messageOf(result.lists[0])).toContain('added meanwhile: visitor@x; removed meanwhile: agent1@x');
	});

	it('writes the rest where others made a part of the planned changes', async () => {
		const { plan, apply, platform } = await reviewed();
		platform.set(LIST, [...ids(5), 'NEW@x']);
		const result = await apply(plan);
		expect(result.status).toBe('applied');
		expect(result.lists[0].members.map(({ member, outcome }) => [member, outcome])).toEqual([
			['new@x', 'alreadyInPlace'],
			['agent5@x', 'applied'],
		]);
		expect(platform.members(LIST)).toEqual([...ids(4), 'NEW@x']);
	});

	it('still applies its other lists', async () => {
		const { platform, around } = harness();
		for (const id of ['a@x', 'b@x']) platform.set(supervised(id), []);
		const wished = source(['a@x', 'b@x'].flatMap((id) => rows(supervised(id), ['new@x'])));
		const { plan } = await planRun(wished, settings(), around);
		platform.set(supervised('a@x'), ['visitor@x']);
		const result = await applyPlanRun(plan, { planHash: plan!.hash, removals: null }, settings(), around);
		expect(result.lists.map(({ outcome }) => outcome)).toEqual(['conflict', 'applied']);
	});
});

describe('the hash', () => {
	it('covers platform, kind, mode, expiry, changes and pre-images, and nothing else', async () => {
		const hashOf = async (more: Partial<Settings> = {}, live = ids(3), wished = ['agent1@x', 'new@x']) => {
			const { platform, around } = harness();
			platform.set(LIST, live);
			return (await planRun(source(rows(LIST, wished)), settings(more), around)).plan!.hash;
		};
		const hash = await hashOf();
		expect(await hashOf({ maxEntries: 1, concurrency: 1, forcedStrategy: 'replace', platformUrl: `${URL}/` })).toBe(
			hash,
		);
		expect(await hashOf({}, ['Agent3@x', 'AGENT1@x', 'agent2@x'])).toBe(hash);
		const others = [
			await hashOf({ platformUrl: 'https://other.example' }),
			await hashOf({ mode: 'addOnly' }),
			await hashOf({}, ids(4)),
			await hashOf({}, ids(3), ['agent1@x', 'newer@x']),
			await hashOf({ planValidMinutes: 5 }),
		];
		expect(new Set([hash, ...others]).size).toBe(6);
		// The same one addition, under another mode or to another list as it was seen, is another plan.
		const additions = [
			await hashOf({ mode: 'addOnly' }),
			await hashOf({}, ['agent1@x']),
			await hashOf({ mode: 'addOnly' }, ['agent1@x']),
		];
		expect(new Set(additions).size).toBe(3);
	});

	it('is equal whether a list is named by a file or by items', async () => {
		const { platform, around } = harness();
		platform.set(LIST, ids(3));
		const file = source(rows(LIST, ['agent1@x', 'new@x']));
		const items = source(['new@x', 'agent1@x'].map((id, item) => row(LIST, id, { item, line: item + 1 })));
		const [one, other] = [await planRun(file, settings(), around), await planRun(items, settings(), around)];
		expect(other.plan!.hash).toBe(one.plan!.hash);
		expect(other.plan!.seal).not.toBe(one.plan!.seal);
	});
});

describe('roll back', () => {
	async function applied() {
		const scene = harness();
		scene.platform.set(LIST, ids(5));
		scene.platform.set(supervised('other@x'), []);
		const wished = source([...rows(LIST, [...ids(4), 'new@x']), ...rows(supervised('other@x'), ['new@x'])]);
		const result = await syncRun(wished, settings(), scene.around);
		return { ...scene, journal: JSON.parse(JSON.stringify(result.journal)) };
	}

	it('leaves a list alone that somebody changed since, names them, and undoes the others', async () => {
		const { platform, around, journal } = await applied();
		platform.set(LIST, [...ids(4), 'new@x', 'visitor@x']);
		const result = await rollBackRun(journal, settings(), around);
		expect(platform.folded(LIST)).toEqual([...ids(4), 'new@x', 'visitor@x'].sort());
		expect(platform.members(supervised('other@x'))).toEqual([]);
		expect(result.status).toBe('partial');
		expect(result.lists.find(({ outcome }) => outcome === 'conflict')).toMatchObject({
			code: 'changedSince',
			foreign: { added: ['visitor@x'], removed: [] },
		});
	});

	it('undoes only what this run applied itself', async () => {
		const { platform, around } = harness();
		platform.set(LIST, ['old@x']);
		platform.alreadyThere = 'refuse';
		platform.meanwhile = ({ index }, moment) => {
			if (index === 1 && moment === 'arrived') platform.set(LIST, ['old@x', 'theirs@x']);
		};
		const run = await syncRun(source(rows(LIST, ['old@x', 'theirs@x', 'ours@x'])), settings(), around);
		await rollBackRun(run.journal, settings(), around);
		expect(platform.folded(LIST)).toEqual(['old@x', 'theirs@x']);
	});

	it('is guarded like any other run', async () => {
		const { platform, around } = harness();
		platform.set(LIST, ['old@x']);
		const run = await syncRun(source(rows(LIST, ['old@x', ...ids(9)])), settings(), around);
		const state = platform.state();
		const strict = {
			removalPercentPerList: 30,
			removalCountPerList: 10,
			removalPercentTotal: 100,
			removalCountTotal: 100,
			leaverCount: 1e9,
			additionCountTotal: 0,
			shrinkPercent: 20,
			listsNotShownPercent: 20,
		};
		const result = await rollBackRun(
			run.journal,
			settings({ limits: strict, lastRun: { rows: 1e6, lists: 1e6, members: 1e6 } }),
			around,
		);
		expect(result.status).toBe('aborted');
		expect(result.plan!.guards.breaches.map(({ code }) => code)).toEqual(['removalsPerList']);
		expect(platform.state()).toBe(state);
	});

	it('refuses a journal that is edited, of another platform or kind, or no journal', async () => {
		const { around, journal } = await applied();
		const edited = structuredClone(journal);
		edited.lists[0].members[0].outcome = 'applied';
		edited.lists[0].members[0].member = 'agent1@x';
		const codes = [
			await rollBackRun(edited, settings(), around),
			await rollBackRun(
				sealed({ ...journal, seal: undefined, lists: [...journal.lists, journal.lists[0]] }),
				settings(),
				around,
			),
			await rollBackRun(journal, settings({ platformUrl: 'https://other.example' }), around),
			await rollBackRun(journal, settings({ kind: 'agentCallCenters' }), around),
			await rollBackRun({ ...journal, version: 9 }, settings(), around),
			await rollBackRun('no journal', settings(), around),
		].map(({ status, reason }) => [status, reason!.code]);
		expect(codes).toEqual(
			['editedJournal', 'editedJournal', 'otherPlatform', 'otherKind', 'otherVersion', 'invalidJournal'].map((code) => [
				'refused',
				code,
			]),
		);
	});

	it('leaves a list alone whose state after the run is not known', async () => {
		const list = ownCallCenters('agent@x');
		const { platform, around } = harness();
		platform.set(list, []);
		platform.know(['cc@x']);
		platform.fault = ({ index }) => (index > 2 ? 'unavailable' : null);
		const more = { kind: 'agentCallCenters' as const };
		const run = await syncRun(source(rows(list, ['cc@x'])), settings(more), around);
		platform.fault = () => null;
		const result = await rollBackRun(run.journal, settings(more), around);
		expect(platform.members(list)).toEqual(['cc@x']);
		expect(result.status).toBe('partial');
		expect(result.lists).toMatchObject([{ outcome: 'conflict', code: 'unknownAfter' }]);
	});

	it('of a journal with nothing applied changes nothing', async () => {
		const { platform, around } = harness();
		platform.set(LIST, []);
		platform.stubborn.add('new@x');
		const run = await syncRun(source(rows(LIST, ['new@x'])), settings(), around);
		const writes = platform.writes;
		expect((await rollBackRun(run.journal, settings(), around)).status).toBe('unchanged');
		expect(platform.writes).toBe(writes);
	});
});
