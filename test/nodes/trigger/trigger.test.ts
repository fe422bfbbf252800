/** APIO Call Center Trigger on n8n's own poll functions, against the simulated platform. */

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { forgetRateLimiters } from '../../../lib/rate-limit';
import type { Simulator } from '../../../simulator';
import type { Fault } from '../../../simulator/faults';
import { ActiveTrigger, fetchTestEvent } from '../../support/engine';
import '../../support/fast';
import { acme, AN, ELS, JAN, LEA, SALES, startAcme, SUPPORT, changesIn, TOM, triggerOn } from './harness';

let simulator: Simulator;
beforeEach(async () => {
	forgetRateLimiters();
	simulator = await startAcme();
});
afterEach(async () => await simulator.stop());

const supervised = (userId: string, change: { add?: string[]; remove?: string[] }, callCenterId = SALES) =>
	simulator.edit({ kind: 'supervisedAgents', userId, callCenterId, ...change });
const seats = (userId: string, change: { add?: string[]; remove?: string[] }) =>
	simulator.edit({ kind: 'agentCallCenters', userId, ...change });

const ofAn = { watch: 'supervisedAgents', memberIds: AN };

describe('changes of lists', () => {
	it('returns nothing at first, then additions and removals with names, list and times', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		expect(await trigger.activate()).toBeNull();
		supervised(AN, { add: [ELS], remove: [JAN] });
		const items = (await trigger.poll()) ?? [];
		expect(changesIn(items)).toEqual([
			'left supervisedAgents jan.peeters an.claes sales',
			'joined supervisedAgents els.maes an.claes sales',
		]);
		const [left] = items;
		expect(left.json).toMatchObject({
			userName: 'Jan Peeters',
			tenantId: 'acme',
			groupId: 'brussels',
			text: `Jan Peeters (${JAN}) was removed from supervisor ${AN} in call center ${SALES}.`,
		});
		const [previous, detected] = [left.json.previousPollAt, left.json.detectedAt].map((time) =>
			Date.parse(String(time)),
		);
		expect(previous).toBeLessThan(detected);
		expect(await trigger.poll()).toBeNull();
	});

	it('watches the call centers of agents', async () => {
		const trigger = new ActiveTrigger(
			triggerOn(simulator, { watch: 'agentCallCenters', memberIds: [JAN, ELS] as never }),
		);
		await trigger.activate();
		seats(ELS, { add: [SUPPORT] });
		seats(JAN, { remove: [SUPPORT] });
		const items = await trigger.poll();
		expect(changesIn(items)).toEqual([
			'left agentCallCenters jan.peeters - support',
			'joined agentCallCenters els.maes - support',
		]);
		expect(items?.[1].json).toMatchObject({ callCenterName: 'Support' });
	});

	it('takes names of call centers and people, and refuses one that is not unique', async () => {
		const named = {
			callCenterId: { __rl: true, mode: 'callCenterName', value: 'sales' },
			specifyMembers: 'rows',
			members: { member: [{ id: { __rl: true, mode: 'personName', value: 'Claes, An' } }] },
		};
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'supervisedAgents', ...named }));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		expect(changesIn(await trigger.poll())).toEqual(['joined supervisedAgents els.maes an.claes sales']);
		const nobody = { ...named, callCenterId: { __rl: true, mode: 'callCenterName', value: 'Sale' } };
		await expect(trigger.change(triggerOn(simulator, { watch: 'callCenterAgents', ...nobody }))).rejects.toThrow(
			"'Call Center' names no call center",
		);
	});

	it('watches the agents of a call center', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenterAgents' }));
		await trigger.activate();
		seats(TOM, { remove: [SALES] });
		expect(changesIn(await trigger.poll())).toEqual(['left callCenterAgents tom.wouters - sales']);
	});
});

describe('all lists of a call center', () => {
	it('says that the platform lists no supervisors, and refuses to watch only a part', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenter' }));
		await expect(trigger.activate()).rejects.toThrow('does not list');
		expect(trigger.stored).toEqual({});
	});

	it('takes supervisors from the parameter on such a platform', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenter', memberIds: `${AN}, ${LEA}` }));
		await trigger.activate();
		supervised(LEA, { add: [TOM] });
		seats(ELS, { remove: [SALES] });
		expect(changesIn(await trigger.poll())).toEqual([
			'left callCenterAgents els.maes - sales',
			// Whoever is no agent of the call center is on no list of its supervisors.
			'left supervisedAgents els.maes lea.wouters sales',
			'joined supervisedAgents tom.wouters lea.wouters sales',
		]);
	});

	it('finds supervisors if the platform lists them', async () => {
		simulator.setSettings({ listsSupervisors: true });
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenter' }));
		await trigger.activate();
		supervised(AN, { add: [TOM] });
		supervised(LEA, { remove: [JAN] });
		const items = await trigger.poll();
		expect(changesIn(items)).toEqual([
			'joined supervisedAgents tom.wouters an.claes sales',
			'left supervisedAgents jan.peeters lea.wouters sales',
		]);
		expect(items?.[0].json).toMatchObject({ supervisorName: 'An Claes' });
	});

	it('reports added and removed supervisors, with the agents on their lists', async () => {
		const before = acme();
		delete before.tenants[0].groups[0].callCenters?.[0].supervisors?.[LEA];
		simulator.setSettings({ listsSupervisors: true });
		simulator.reset(before);
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenter' }));
		await trigger.activate();
		simulator.reset(acme());
		expect(changesIn(await trigger.poll())).toEqual([
			'joined callCenterSupervisors - lea.wouters sales',
			'joined supervisedAgents jan.peeters lea.wouters sales',
			'joined supervisedAgents els.maes lea.wouters sales',
		]);
		simulator.reset(before);
		expect(changesIn(await trigger.poll())).toEqual([
			'left callCenterSupervisors - lea.wouters sales',
			'listVanished supervisedAgents - lea.wouters sales notListed',
		]);
		simulator.reset(acme());
		supervised(LEA, { remove: [ELS] });
		expect(changesIn(await trigger.activate())).toEqual([
			'joined callCenterSupervisors - lea.wouters sales',
			'listReturned supervisedAgents - lea.wouters sales',
			'left supervisedAgents els.maes lea.wouters sales',
		]);
	});
});

describe('a supervisor who is removed from the call center', () => {
	const without = acme();
	delete without.tenants[0].groups[0].callCenters?.[0].supervisors?.[LEA];

	it.each([
		['supervisedAgents', false, 'missing'],
		['callCenter', false, 'missing'],
		['callCenter', true, 'notListed'],
	])('is reported if %s is watched (supervisors listed: %s) as %s', async (watch, listsSupervisors, reason) => {
		simulator.setSettings({ listsSupervisors });
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch, memberIds: `${AN}, ${LEA}` }));
		await trigger.activate();
		simulator.reset(without);
		const gone = listsSupervisors ? ['left callCenterSupervisors - lea.wouters sales'] : [];
		expect(changesIn(await trigger.poll())).toEqual([
			...gone,
			`listVanished supervisedAgents - lea.wouters sales ${reason}`,
		]);
		expect(await trigger.poll()).toBeNull();
		simulator.reset(acme());
		supervised(LEA, { remove: [ELS] });
		expect(changesIn(await trigger.poll()).slice(gone.length)).toEqual([
			'listReturned supervisedAgents - lea.wouters sales',
			'left supervisedAgents els.maes lea.wouters sales',
		]);
	});

	it('cannot be chosen at first', async () => {
		simulator.reset(without);
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'supervisedAgents', memberIds: `${AN}, ${LEA}` }));
		await expect(trigger.activate()).rejects.toMatchObject({ description: expect.stringContaining(LEA) as unknown });
	});
});

describe('the list of a new supervisor', () => {
	const before = acme();
	delete before.tenants[0].groups[0].callCenters?.[0].supervisors?.[LEA];

	it.each<[string, Fault]>([
		['missing', { kind: 'statusBefore', status: 404, body: '{"errors":[{"message":"User not found"}]}' }],
		['unread', { kind: 'malformed' }],
	])('that is %s at first is reported completely by the next poll', async (_, fault) => {
		simulator.setSettings({ listsSupervisors: true });
		simulator.reset(before);
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenter' }));
		await trigger.activate();
		simulator.reset(acme());
		simulator.setFaults({ rules: [{ fault, match: { path: 'lea.wouters' } }] });
		const came = (await trigger.poll()) ?? [];
		expect(changesIn(came)).toEqual(['joined callCenterSupervisors - lea.wouters sales']);
		simulator.setFaults({});
		const items = (await trigger.poll()) ?? [];
		expect(changesIn(items)).toEqual([
			'joined supervisedAgents jan.peeters lea.wouters sales',
			'joined supervisedAgents els.maes lea.wouters sales',
		]);
		expect(items[0].json.previousPollAt).toBe(came[0].json.previousPollAt);
	});
});

describe('availability', () => {
	it('of chosen agents, in all their call centers', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'availability', memberIds: JAN }));
		await trigger.activate();
		await putProfile(JAN, {
			agentACDState: 'Unavailable',
			call_centers: [{ serviceUserId: SUPPORT, available: true }],
		});
		const items = await trigger.poll();
		const changed = changesIn(items);
		expect(changed.length).toBeGreaterThan(0);
		expect(changed.every((line) => line.startsWith('availabilityChanged availability jan.peeters -'))).toBe(true);
		expect(items?.[0].json.text).toContain(JAN);
	});

	it('of all agents of a call center, with agents who join and leave', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenterAvailability' }));
		await trigger.activate();
		await putProfile(ELS, { agentACDState: 'Unavailable' });
		seats(TOM, { remove: [SALES] });
		const changed = changesIn(await trigger.poll());
		expect(changed).toContain('left callCenterAgents tom.wouters - sales');
		expect(changed.filter((line) => line.includes('els.maes'))).toHaveLength(1);
		expect(changed).toHaveLength(2);
	});

	async function putProfile(userId: string, body: object): Promise<void> {
		const { m2mToken } = simulator.account;
		const path = `/tenants/acme/groups/brussels/users/${encodeURIComponent(userId)}/services/call_centers/`;
		const answer = await fetch(simulator.coreUrl + path, {
			method: 'PUT',
			headers: { authorization: `Bearer ${m2mToken}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		expect(answer.status).toBe(200);
	}
});

describe('nothing twice, nothing lost', () => {
	it('across a restart, with what changed in between', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		expect(changesIn(await trigger.poll())).toHaveLength(1);
		supervised(AN, { add: [TOM] });
		expect(changesIn(await trigger.activate())).toEqual(['joined supervisedAgents tom.wouters an.claes sales']);
		expect(await trigger.activate()).toBeNull();
	});

	it('across a poll that fails, and says what to do', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		simulator.setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 400 } }] });
		await expect(trigger.poll()).rejects.toMatchObject({
			description: expect.stringContaining('the next poll that can read them returns their changes') as unknown,
		});
		simulator.setFaults({});
		expect(changesIn(await trigger.poll())).toEqual(['joined supervisedAgents els.maes an.claes sales']);
	});

	it('across a poll that reads only a part', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'supervisedAgents', memberIds: `${AN}, ${LEA}` }));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		supervised(LEA, { add: [TOM] });
		simulator.setFaults({ rules: [{ fault: { kind: 'malformed' }, match: { path: 'lea.wouters' } }] });
		expect(changesIn(await trigger.poll())).toEqual(['joined supervisedAgents els.maes an.claes sales']);
		simulator.setFaults({});
		expect(changesIn(await trigger.poll())).toEqual(['joined supervisedAgents tom.wouters lea.wouters sales']);
	});

	it('fails for a list among others that cannot be read for 15 minutes, also days after it was stored', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'supervisedAgents', memberIds: `${AN}, ${LEA}` }));
		await trigger.activate();
		simulator.setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 400 }, match: { path: 'lea.wouters' } }] });
		const realNow = Date.now.bind(Date);
		let later = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + later);
		const after = (minutes: number) => (later += minutes * 60_000);
		try {
			after(3 * 24 * 60);
			expect(await trigger.activate()).toBeNull();
			after(10);
			expect(await trigger.poll()).toBeNull();
			after(5);
			await expect(trigger.poll()).rejects.toMatchObject({ description: expect.stringContaining(LEA) as unknown });
			simulator.setFaults({});
			expect(await trigger.poll()).toBeNull();
		} finally {
			clock.mockRestore();
		}
	});

	it.each<[string, Fault, string]>([
		['missing', { kind: 'statusBefore', status: 404, body: '{"errors":[{"message":"User not found"}]}' }, 'missing'],
		['forbidden', { kind: 'forbidden' }, 'forbidden'],
	])('across a list that is %s for a while', async (_, fault, reason) => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'supervisedAgents', memberIds: `${AN}, ${LEA}` }));
		await trigger.activate();
		simulator.setFaults({ rules: [{ fault, match: { path: 'lea.wouters' } }] });
		expect(changesIn(await trigger.poll())).toEqual([`listVanished supervisedAgents - lea.wouters sales ${reason}`]);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.activate()).toBeNull();
		supervised(LEA, { add: [TOM], remove: [JAN] });
		simulator.setFaults({});
		expect(changesIn(await trigger.poll())).toEqual([
			'listReturned supervisedAgents - lea.wouters sales',
			'left supervisedAgents jan.peeters lea.wouters sales',
			'joined supervisedAgents tom.wouters lea.wouters sales',
		]);
	});

	it("does not take a proxy's page for an answer of the platform", async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		simulator.setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 404, body: '<html>nginx</html>' } }] });
		await expect(trigger.poll()).rejects.toThrow();
	});

	it('refuses to begin if a list of the baseline cannot be read', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { ...ofAn, memberIds: `${AN}, nobody@acme.example` }));
		await expect(trigger.activate()).rejects.toMatchObject({
			description: expect.stringContaining('nobody@acme.example') as unknown,
		});
	});

	it('keeps the baseline of unchanged parameters, and takes a new one for the others', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		supervised(LEA, { add: [TOM] });
		const both = triggerOn(simulator, { ...ofAn, memberIds: `${AN}, ${LEA}` });
		expect(changesIn(await trigger.change(both))).toEqual(['joined supervisedAgents els.maes an.claes sales']);
		supervised(LEA, { remove: [TOM] });
		expect(changesIn(await trigger.poll())).toEqual(['left supervisedAgents tom.wouters lea.wouters sales']);
	});

	it('takes a baseline of new lists also if they cannot be read at first', async () => {
		simulator.setSettings({ listsSupervisors: true });
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'callCenterAgents' }));
		await trigger.activate();
		seats(TOM, { remove: [SALES] });
		simulator.setFaults({ rules: [{ fault: { kind: 'malformed' }, match: { path: 'lea.wouters' } }] });
		expect(changesIn(await trigger.change(triggerOn(simulator, { watch: 'callCenter' })))).toEqual([
			'left callCenterAgents tom.wouters - sales',
		]);
		simulator.setFaults({});
		expect(await trigger.poll()).toBeNull();
		supervised(LEA, { remove: [ELS] });
		expect(changesIn(await trigger.poll())).toEqual(['left supervisedAgents els.maes lea.wouters sales']);
	});

	it('takes a new baseline on another platform, and keeps it with another account of the same platform', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		const other = await startAcme();
		other.edit({ kind: 'supervisedAgents', userId: AN, callCenterId: SALES, add: [TOM] });
		expect(await trigger.change({ credential: triggerOn(other, ofAn).credential })).toBeNull();
		other.edit({ kind: 'supervisedAgents', userId: AN, callCenterId: SALES, add: [ELS] });
		const { username, password } = other.account;
		const credential = { baseUrl: `${other.coreUrl}/`, signInMethod: 'corePassword', username, password };
		expect(changesIn(await trigger.change({ credential }))).toEqual([
			'joined supervisedAgents els.maes an.claes sales',
		]);
		await other.stop();
	});

	it('skips a poll while the previous one is running', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 200 } }] });
		const polls = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
		expect(polls.flatMap(changesIn)).toEqual(['joined supervisedAgents els.maes an.claes sales']);
		expect(await trigger.poll()).toBeNull();
	});

	it('lets the activating poll wait for a running one', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		simulator.setFaults({ rules: [{ fault: { kind: 'slow', ms: 200 } }] });
		const [under, activation] = await Promise.allSettled([
			trigger.poll(),
			trigger.change(triggerOn(simulator, { ...ofAn, memberIds: 'nobody@acme.example' })),
		]);
		expect(under).toMatchObject({ status: 'fulfilled', value: [{ json: { change: 'joined', userId: ELS } }] });
		expect(activation).toMatchObject({ status: 'rejected' });
	});

	it('takes a new baseline if the poll state cannot be read', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		trigger.stored = { 'node:Node under test': { watch: { version: 9 } } };
		expect(await trigger.activate()).toBeNull();
		supervised(AN, { add: [ELS] });
		expect(changesIn(await trigger.poll())).toHaveLength(1);
	});
});

describe('bounds', () => {
	it('refuses more lists than allowed, before it reads', async () => {
		const ids = Array.from({ length: 501 }, (_, n) => `a${n}@acme.example`);
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'agentCallCenters', memberIds: ids as never }));
		await expect(trigger.activate()).rejects.toThrow('500 lists and agents, but there are 501');
		expect(simulator.requests()).toEqual([]);
	});

	it('refuses to remember more members than allowed', async () => {
		const users = Array.from({ length: 5_001 }, (_, n) => `a${n}@acme.example`);
		const callCenters = [{ serviceUserId: SALES, agents: users }];
		const groups = [{ groupId: 'brussels', users: users.map((userId) => ({ userId })), callCenters }];
		const large = await startAcme({ world: { tenants: [{ tenantId: 'acme', groups }] } });
		const trigger = new ActiveTrigger(triggerOn(large, { watch: 'callCenterAgents' }));
		await expect(trigger.activate()).rejects.toThrow('5,000 members and states, but there are 5,001');
		await large.stop();
	});

	it('refuses to watch if nobody is chosen', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, { watch: 'agentCallCenters', memberIds: '' }));
		await expect(trigger.activate()).rejects.toThrow('Nothing to watch is chosen');
	});

	it('names the parameter that has no list of ids', async () => {
		const trigger = new ActiveTrigger(
			triggerOn(simulator, { watch: 'agentCallCenters', memberIds: { a: 1 } as never }),
		);
		await expect(trigger.activate()).rejects.toThrow("'Agents' is not a list of IDs");
	});
});

describe('fetch test event', () => {
	it('shows the newest state, and neither stores nor disturbs the baseline', async () => {
		const trigger = new ActiveTrigger(triggerOn(simulator, ofAn));
		await trigger.activate();
		supervised(AN, { add: [ELS] });
		const { items, staticData } = await fetchTestEvent(triggerOn(simulator, ofAn), trigger.stored);
		expect(changesIn(items)).toEqual([
			'joined supervisedAgents jan.peeters an.claes sales',
			'joined supervisedAgents els.maes an.claes sales',
		]);
		expect(staticData).toEqual(trigger.stored);
		expect(changesIn(await trigger.poll())).toEqual(['joined supervisedAgents els.maes an.claes sales']);
	});

	it('shows states of an availability', async () => {
		const { items } = await fetchTestEvent(triggerOn(simulator, { watch: 'availability', memberIds: JAN }));
		expect(changesIn(items).every((line) => line.includes(' ->'))).toBe(true);
		expect(items?.length).toBeGreaterThan(1);
	});

	it.each<[string, Fault]>([
		['missing', { kind: 'statusBefore', status: 404, body: '{"errors":[{"message":"User not found"}]}' }],
		['unread', { kind: 'malformed' }],
	])('shows the others if an agent of the call center is %s', async (_, fault) => {
		simulator.setFaults({ rules: [{ fault, match: { path: 'users/jan.peeters' } }] });
		const { items } = await fetchTestEvent(triggerOn(simulator, { watch: 'callCenterAvailability' }));
		const shown = changesIn(items);
		expect(shown).toContain('joined callCenterAgents jan.peeters - sales');
		expect(shown.some((line) => line.startsWith('availabilityChanged availability els.maes'))).toBe(true);
	});

	it('fails if a chosen one cannot be shown', async () => {
		const chosen = { ...ofAn, memberIds: `${AN}, nobody@acme.example` };
		await expect(fetchTestEvent(triggerOn(simulator, chosen))).rejects.toThrow('did not find');
	});

	it('says what is wrong', async () => {
		const chosen = { ...ofAn, memberIds: 'nobody@acme.example' };
		await expect(fetchTestEvent(triggerOn(simulator, chosen))).rejects.toThrow('did not find');
	});
});
