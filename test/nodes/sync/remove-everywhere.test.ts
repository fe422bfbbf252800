import { describe, expect, it } from '@jest/globals';
import { NodeConnectionTypes } from 'n8n-workflow';
import { DEFAULT_ACCOUNT, type CallCenterSpec, type WorldSpec } from '../../../simulator';
import { approved, harness } from './harness';
import { ANNA, BRAM, SALES, SUPPORT, agent, callCentersOf, smallWorld, supervised, writes } from './platform';

const GHENT = 'ghent@acme.example';
const CARL = 'carl.supervisor@acme.example';

/** The small world, in which Bram supervises agent 1 as well, who is in a call center of a second group, too. */
function world(support: Partial<CallCenterSpec> = {}): WorldSpec {
	const [{ groups, ...tenant }] = smallWorld().tenants;
	const [{ callCenters, ...brussels }] = groups;
	const [first, sales] = callCenters;
	const supervisors = { ...first.supervisors, [BRAM]: [agent(1), agent(5)] };
	const ghent = {
		groupId: 'ghent',
		users: [{ userId: CARL }],
		callCenters: [{ serviceUserId: GHENT, agents: [agent(1)], supervisors: { [ANNA]: [agent(1)] } }],
	};
	return {
		tenants: [
			{ ...tenant, groups: [{ ...brussels, callCenters: [{ ...first, supervisors, ...support }, sales] }, ghent] },
		],
	};
}

const at = harness(world, { listsSupervisors: true });
const leaver = { items: [{ json: { agent: agent(1) } }] };

function lists(): string[][] {
	return [
		supervised(at.simulator, ANNA, SUPPORT),
		supervised(at.simulator, BRAM, SUPPORT),
		supervised(at.simulator, ANNA, SALES),
		supervised(at.simulator, ANNA, GHENT),
	];
}

const GATEWAY = { username: DEFAULT_ACCOUNT.username, password: DEFAULT_ACCOUNT.password };

describe('Remove Everywhere', () => {
	it.each(['coreUrl', 'gatewayUrl'] as const)(
		'removes one leaver from every list, and nobody else (%s)',
		async (entryPoint) => {
			const credential =
				entryPoint === 'gatewayUrl'
					? { baseUrl: at.simulator.gatewayUrl, signInMethod: 'gatewayPassword', ...GATEWAY }
					: undefined;
			const landed = await at.removeEverywhere({ ...leaver, entryPoint, credential });
			expect(landed.error).toBeUndefined();
			expect(landed.summary[0].json).toMatchObject({
				operation: 'removeEverywhere',
				status: 'applied',
				counts: { removes: { planned: 3, done: 3 }, rejectedRows: 0 },
				notices: [],
			});
			expect(landed.summary[0].json.summary).toContain('1 person left 3 lists of supervisors and 3 call centers');
			expect(lists()).toEqual([[2, 3, 4].map(agent), [agent(5)], [agent(6)], []]);
			expect(callCentersOf(at.simulator, agent(1))).toEqual([]);
			expect(callCentersOf(at.simulator, agent(2))).toHaveLength(2);
		},
	);

	it("sends the platform's spelling of a person whom the source spells in another case", async () => {
		const shouted = await at.removeEverywhere({ items: [{ json: { agent: agent(1).toUpperCase() } }] });
		expect(shouted.summary[0].json).toMatchObject({ status: 'applied', counts: { removes: { done: 3 } } });
		expect(callCentersOf(at.simulator, agent(1))).toEqual([]);
	});

	it('sends what it forecast: the group, the lists found, and the writes', async () => {
		const { summary } = await at.removeEverywhere(leaver);
		const { forecast, happened } = summary[0].json as Record<string, Record<string, number>>;
		expect(happened.requests).toBe(forecast.requests);
		// Users, call centers, own list; supervisors of three call centers; four lists; three removals, one assignment and
		// its read-back.
		expect(happened.requests).toBe(3 + 3 + 4 + 3 + 2);
		expect(summary[0].json.summary).toContain('as forecast');
	});

	it('has nothing to do the second time', async () => {
		await at.removeEverywhere(leaver);
		const before = writes(at.simulator).length;
		expect((await at.removeEverywhere(leaver)).summary[0].json).toMatchObject({ status: 'unchanged' });
		expect(writes(at.simulator)).toHaveLength(before);
	});

	it('is undone by Roll Back: call centers first, then supervisors', async () => {
		const before = lists();
		const done = await at.removeEverywhere(leaver);
		const written = writes(at.simulator).length;
		const items = [{ json: {}, binary: done.summary[0].binary }];
		const undone = await at.rollBack({ items });
		expect(undone.summary[0].json).toMatchObject({ status: 'applied' });
		expect(lists()).toEqual(before);
		expect(callCentersOf(at.simulator, agent(1))).toHaveLength(3);
		expect(
			writes(at.simulator)
				.slice(written)
				.map(({ method }) => method),
		).toEqual(['PUT', 'POST', 'POST', 'POST']);
	});

	it('is planned, approved and applied', async () => {
		const before = lists();
		const planned = await at.removeEverywhere({ ...leaver, options: { planOnly: true } });
		expect(planned.summary[0].json).toMatchObject({ status: 'planned', removalsToApprove: 6 });
		expect(lists()).toEqual(before);
		const landed = await at.applyPlan(approved(planned));
		expect(landed.summary[0].json).toMatchObject({ status: 'applied' });
		expect(callCentersOf(at.simulator, agent(1))).toEqual([]);
	});

	it('names the lists that a leaver supervises, and empties none', async () => {
		const items = [{ json: { agent: BRAM } }];
		const { summary } = await at.removeEverywhere({ items });
		expect(summary[0].json).toMatchObject({ status: 'unchanged', notices: [{ code: 'listToHandOver' }] });
		expect(supervised(at.simulator, BRAM, SUPPORT)).toEqual([1, 5].map(agent));
		const quiet = await at.removeEverywhere({ items, options: { nameHandOver: false } });
		expect(quiet.summary[0].json.notices).toEqual([]);
	});
});

describe('Remove Everywhere of people as HR names them', () => {
	const named = {
		items: [{ json: { email: 'Jan.Peeters@acme.example' } }, { json: { email: 'nobody@acme.example' } }],
		parameters: { matchPeopleBy: 'emailAddress' },
	};

	it('finds a leaver by email address, and rejects a person whom it does not find', async () => {
		const spec = world();
		const [{ users }] = spec.tenants[0].groups;
		const person = { firstName: 'Jan', lastName: 'Peeters', emailAddress: 'jan.peeters@acme.example' };
		const all = users.map((user) => (user.userId === agent(1) ? { ...user, ...person } : user));
		spec.tenants[0].groups[0] = { ...spec.tenants[0].groups[0], users: all };
		at.simulator.reset(spec);
		const landed = await at.removeEverywhere(named);
		expect(landed.summary[0].json).toMatchObject({
			status: 'partial',
			counts: { removes: { done: 3 }, rejectedRows: 1 },
		});
		expect(landed.rejected.map(({ json }) => [json.code, json.line])).toEqual([['personNotFound', 2]]);
		expect(callCentersOf(at.simulator, agent(1))).toEqual([]);
		expect(String(landed.summary[0].json.markdown)).toContain('matched by email address: 1; not found: 1');
		const listings = at.simulator.requests().filter(({ path }) => path.endsWith('/users/'));
		expect(listings).toHaveLength(1);
	});

	it('removes nobody if nobody is found', async () => {
		const { error } = await at.removeEverywhere({ ...named, items: [named.items[1]] });
		expect(error?.message).toContain('nobody was removed');
		expect(writes(at.simulator)).toEqual([]);
	});
});

describe('Remove Everywhere of people who are not known', () => {
	it('rejects people whom the group does not have, and removes the others', async () => {
		const csv = `agent\n${agent(1)}\nagent11@acme.example\n1.2E+5\n`;
		const landed = await at.removeEverywhere({ csv });
		expect(landed.summary[0].json).toMatchObject({ status: 'partial', counts: { rejectedRows: 1 } });
		expect(landed.rejected.map(({ json }) => [json.code, json.line])).toEqual([
			['mangledId', 4],
			['unknownLeaver', 3],
		]);
		expect(lists()).toEqual([[2, 3, 4].map(agent), [agent(5)], [agent(6)], []]);
	});

	it('refuses a source that names nobody', async () => {
		const { error } = await at.removeEverywhere({ csv: 'agent\n1.2E+5\n' });
		expect(error?.message).toBe('The source cannot be used, so nobody was removed');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('keeps a person whom a row wants to add', async () => {
		const csv = `agent;action\n${agent(1)};add\n${agent(2)};remove\n`;
		const landed = await at.removeEverywhere({ csv });
		expect(landed.rejected.map(({ json }) => json.code)).toEqual(['actionNotInMode']);
		expect(lists()[0]).toEqual([1, 3, 4].map(agent));
	});

	it('keeps a person about whom two rows contradict each other', async () => {
		const csv = `agent;action\n${agent(1)};remove\n${agent(2)};remove\n${agent(1)};add\n`;
		const landed = await at.removeEverywhere({ csv });
		expect(landed.rejected.map(({ json }) => json.code)).toEqual(['conflictingRows', 'conflictingRows']);
		expect(lists()[0]).toEqual([1, 3, 4].map(agent));
	});

	it('ignores columns of an HR file that it does not need', async () => {
		const csv = `supervisor;call center;agent\n${ANNA};${SALES};${agent(1)}\n${BRAM};${SUPPORT};${agent(1)}\n`;
		expect((await at.removeEverywhere({ csv })).summary[0].json).toMatchObject({ status: 'applied' });
		expect(callCentersOf(at.simulator, ANNA)).toEqual([]);
		expect(lists()[0]).toEqual([2, 3, 4].map(agent));
	});
});

describe('guards of Remove Everywhere', () => {
	const many = (count: number) => ({
		items: Array.from({ length: count }, (_, n) => ({ json: { agent: agent(n + 1) } })),
	});

	it('count people', async () => {
		const { error } = await at.removeEverywhere({ ...many(3), options: { leaverCount: 2 } });
		expect(error?.description).toContain('3 people would leave all their lists, over the limit of 2');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('count them over all items of an execution', async () => {
		const parameters = { source: 'json', rowsJson: '={{ [{ agent: $json.agent }] }}' };
		const { error } = await at.removeEverywhere({ ...many(3), parameters, options: { leaverCount: 2 } });
		expect(error?.description).toContain('3 people');
		expect(writes(at.simulator)).toEqual([]);
	});

	it('count them in percent of the people on the lists', async () => {
		const { error } = await at.removeEverywhere(many(6));
		expect(error?.description).toContain('6 of 6 members');
		expect(error?.description).not.toContain('held');
		expect((await at.removeEverywhere(many(5))).summary[0].json).toMatchObject({ status: 'applied' });
	});

	it('keep protected people', async () => {
		const { error } = await at.removeEverywhere({
			...leaver,
			options: { protectedMembers: agent(1), onBreach: 'hold' },
		});
		expect(error?.description).toContain(`${agent(1)} would leave all lists`);
		expect(writes(at.simulator)).toEqual([]);
	});

	it('are checked again when the plan is applied', async () => {
		const planned = await at.removeEverywhere({ ...many(3), options: { planOnly: true } });
		const { error } = await at.applyPlan({ ...approved(planned), options: { leaverCount: 2 } });
		expect(error?.description).toContain('3 people');
		expect(writes(at.simulator)).toEqual([]);
	});
});

describe('a call center that the platform does not let an agent leave', () => {
	const closed = harness(() => world({ allowJoin: false }), { listsSupervisors: true });

	it('is reported with what an administrator has to do, and the rest is done', async () => {
		const landed = await closed.removeEverywhere(leaver);
		expect(landed.summary[0].json).toMatchObject({ status: 'partial' });
		expect(landed.rejected.map(({ json }) => [json.code, json.member])).toEqual([['cannotLeave', SUPPORT]]);
		expect(landed.rejected[0].json.message).toContain('at group level');
		expect(callCentersOf(closed.simulator, agent(1))).toEqual([SUPPORT]);
		expect(supervised(closed.simulator, ANNA, SUPPORT)).toEqual([2, 3, 4].map(agent));
	});

	it('is left if the platform allows it', async () => {
		closed.simulator.setSettings({ leavesUnjoinable: true });
		expect((await closed.removeEverywhere(leaver)).summary[0].json).toMatchObject({ status: 'applied' });
	});
});

describe('a platform that does not list supervisors', () => {
	const silent = harness(world);

	it('fails if no supervisor is named', async () => {
		const { error } = await silent.removeEverywhere(leaver);
		expect(error?.description).toContain("'Supervisor Names or IDs'");
		expect(writes(silent.simulator)).toEqual([]);
	});

	it('reads the lists of the named supervisors, and is not called complete', async () => {
		const parameters = { supervisorIds: ANNA.toUpperCase() };
		const landed = await silent.removeEverywhere({ ...leaver, parameters });
		expect(landed.summary[0].json).toMatchObject({ status: 'partial', notices: [{ code: 'othersNotLookedAt' }] });
		expect(landed.summary[0].json.summary).toContain('1 read incomplete');
		const [{ message }] = landed.summary[0].json.notices as unknown as Array<{ message: string }>;
		expect(message).toMatch(/only the lists of the named supervisor\. .* name all supervisors in '[^']+'\.$/);
		expect(landed.rejected.map(({ json }) => json.code)).toEqual(['othersNotLookedAt']);
		expect(supervised(silent.simulator, ANNA, SUPPORT)).toEqual([2, 3, 4].map(agent));
		const again = await silent.removeEverywhere({ ...leaver, parameters });
		expect(again.summary[0].json.status).toBe('partial');
	});

	it('says so of an approved plan as well', async () => {
		const parameters = { supervisorIds: ANNA };
		const planned = await silent.removeEverywhere({ ...leaver, parameters, options: { planOnly: true } });
		const landed = await silent.applyPlan(approved(planned));
		expect(landed.summary[0].json).toMatchObject({ status: 'partial', notices: [{ code: 'othersNotLookedAt' }] });
	});
});

describe('called by an AI agent', () => {
	const node = { rewireOutputLogTo: NodeConnectionTypes.AiTool } as const;

	it('plans, and removes nobody', async () => {
		const refused = await at.removeEverywhere({ ...leaver, node });
		expect(JSON.stringify(refused.run)).toContain('A person has to approve this first');
		const planned = await at.removeEverywhere({ ...leaver, node, options: { planOnly: true } });
		expect(JSON.stringify(planned.run)).toContain('"removalsToApprove":6');
		expect(writes(at.simulator)).toEqual([]);
	});
});
