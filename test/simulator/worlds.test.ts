import { describe, expect, it } from '@jest/globals';

import { ApioServer, createWorld, type WorldSpec } from '../../simulator';

describe('seeded worlds', () => {
	it('are the same for the same options, and others for another seed', () => {
		expect(createWorld({ seed: 3 })).toEqual(createWorld({ seed: 3 }));
		expect(createWorld({ seed: 4 })).not.toEqual(createWorld({ seed: 3 }));
	});

	it('have the size asked for', () => {
		const world = createWorld({ tenants: 2, groups: 3, callCenters: 4, supervisors: 5, agents: 60 });
		const state = new ApioServer({ world }).state();
		expect(state).toMatchObject({ tenants: 2, groups: 6, users: 6 * 65, callCenters: 24 });
		expect(state.supervisedAgents).toHaveLength(30);
		expect(state.agentCallCenters).toHaveLength(6 * 65);
	});

	it('hold ids, names and numbers as companies have them', () => {
		const users = createWorld({ agents: 2000 }).tenants[0].groups[0].users;
		expect(new Set(users.map((user) => user.userId)).size).toBe(users.length);
		expect(new Set(users.map((user) => user.phoneNumber)).size).toBe(users.length);
		for (const user of users) {
			expect(user.userId).toMatch(/^[a-z.]+\.(sup)?\d+@voice\.example\.com$/);
			expect(user.phoneNumber).toMatch(/^\+[1-9]\d{7,14}$/);
		}
		expect(users.some((user) => /[éëüø]/.test(user.firstName ?? ''))).toBe(true);
		expect(users.some((user) => user.lastName === "D'Hondt")).toBe(true);
	});

	it('keep every list within its call center, and an agent under one supervisor of it', () => {
		const server = new ApioServer({
			world: createWorld({ agents: 300, supervisors: 12, callCenters: 5, callCentersPerSupervisor: 2 }),
		});
		const state = server.state();
		const placed = new Set<string>();
		for (const list of state.supervisedAgents) {
			for (const member of list.members) {
				const mine = state.agentCallCenters.find((each) => each.userId === member);
				expect(mine?.members).toContain(list.callCenterId);
				expect(placed.has(`${member} ${list.callCenterId}`)).toBe(false);
				placed.add(`${member} ${list.callCenterId}`);
			}
		}
		expect(placed.size).toBeGreaterThan(200);
	});

	it('follow the share of agents supervised at the start', () => {
		const count = (supervisedShare: number) =>
			new ApioServer({ world: createWorld({ agents: 200, supervisedShare }) })
				.state()
				.supervisedAgents.reduce((sum, list) => sum + list.members.length, 0);
		expect(count(0)).toBe(0);
		expect(count(0.5)).toBeLessThan(count(1));
		expect(createWorld({ agents: 0, supervisors: 0, callCenters: 0 }).tenants[0].groups[0]).toMatchObject({
			users: [],
			callCenters: [],
		});
	});
});

describe('a world that contradicts itself', () => {
	const world = (callCenter: object, users = ['a', 'b']): WorldSpec => ({
		tenants: [
			{
				tenantId: 't',
				groups: [
					{
						groupId: 'g',
						users: users.map((userId) => ({ userId })),
						callCenters: [{ serviceUserId: 'cc', ...callCenter }],
					},
				],
			},
		],
	});

	it.each<[string, WorldSpec]>([
		['User A is given twice', world({}, ['a', 'A'])],
		['names user c, who does not exist', world({ agents: ['c'] })],
		['names user c, who does not exist', world({ agents: ['a'], supervisors: { c: ['a'] } })],
		['b is supervised in cc but no agent of it', world({ agents: ['a'], supervisors: { a: ['b'] } })],
	])('is refused: %s', (message, spec) => {
		expect(() => new ApioServer({ world: spec })).toThrow(message);
	});
});
