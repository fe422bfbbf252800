import { describe, expect, it } from '@jest/globals';

import { apioPlatform } from '../../lib/apio';
import type { HttpReply } from '../../lib/apio/transport';
import type { ListRef } from '../../lib/sync/model/list';
import type { Platform } from '../../lib/sync/platform/platform';
import { answer, fakeTransport, silence } from './fake-transport';

const SUPERVISED: ListRef = {
	kind: 'supervisedAgents',
	tenantId: 't',
	groupId: 'g',
	userId: 'sup@x',
	callCenterId: 'cc@x',
};
const ASSIGNED: ListRef = {
	kind: 'agentCallCenters',
	tenantId: 't',
	groupId: 'g',
	userId: 'agent@x',
	callCenterId: null,
};
const GROUP = '/tenants/t/groups/g/';
const USER = `${GROUP}users/`;

function platformWith(...replies: HttpReply[]) {
	const { transport, asked } = fakeTransport(...replies);
	return { platform: apioPlatform(transport), asked };
}

describe('both kinds of list', () => {
	it("reads members in the platform's spelling and order", async () => {
		const agents = platformWith(
			answer(200, { supervised_agents: [{ userId: 'B@x' }, { userId: 'a@x' }], _record_internal_id: 'r' }),
		);
		expect(await agents.platform.read(SUPERVISED)).toEqual({ ok: true, members: ['B@x', 'a@x'] });
		const centers = platformWith(answer(200, { agentACDState: 'Available', call_centers: [{ serviceUserId: 'S@x' }] }));
		expect(await centers.platform.read(ASSIGNED)).toEqual({ ok: true, members: ['S@x'] });
		expect(centers.asked).toMatchObject([{ method: 'GET', path: `${USER}agent%40x/services/call_centers/` }]);
	});

	it('dates what it reads by the moment when the last request for it left', async () => {
		const platform = apioPlatform(async ({ onSend }) => {
			onSend?.(1_000);
			onSend?.(61_000);
			return answer(200, { supervised_agents: [] });
		});
		expect(await platform.read(SUPERVISED)).toEqual({ ok: true, members: [], askedAt: 61_000 });
	});

	it('writes each with its own request', async () => {
		const { platform, asked } = platformWith(answer(200, { supervised_agents: [{ userId: 'a@x' }] }));
		expect(await platform.replace(SUPERVISED, ['a@x'])).toEqual({ ok: true, members: ['a@x'] });
		expect(await platform.add(SUPERVISED, ['a@x'])).toEqual({ ok: true, members: ['a@x'] });
		expect(await platform.remove(SUPERVISED, ['b@x'])).toEqual({ ok: true, members: ['a@x'] });
		expect(await platform.replace(ASSIGNED, ['S@x'])).toEqual({ ok: true, members: null });
		expect(asked.map(({ method, body }) => [method, body])).toEqual([
			['PUT', { supervised_agents: [{ userId: 'a@x' }] }],
			['POST', { supervised_agents: [{ userId: 'a@x' }] }],
			['DELETE', { supervised_agents: [{ userId: 'b@x' }] }],
			['PUT', { list: true, call_centers: [{ serviceUserId: 'S@x' }] }],
		]);
	});

	it('asks what may be joined, and who is in the group', async () => {
		const joinable = platformWith(answer(200, { call_centers: [{ serviceUserId: 'S@x' }] }));
		expect(await joinable.platform.joinable(ASSIGNED)).toEqual({ ok: true, members: ['S@x'] });
		expect(joinable.asked[0].path).toBe(`${USER}agent%40x/services/call_centers/available/`);
	});

	it('lists users, call centers, and who supervises and answers in one', async () => {
		const ann = { userId: 'a@x', firstName: 'Ann', lastName: 'Maes', phoneNumber: '+3225126778', extension: 6778 };
		const entries = [{ ...ann, extension: '6778', emailAddress: '' }];
		const users = platformWith(answer(200, { users: [ann] }));
		expect(await users.platform.users('t', 'g')).toEqual({ ok: true, entries });
		const supervisors = platformWith(answer(200, { supervisors: [ann] }));
		expect(await supervisors.platform.supervisors('t', 'g', 'cc@x')).toEqual({ ok: true, entries });
		const agents = platformWith(answer(200, { agents: [ann] }));
		expect(await agents.platform.agents('t', 'g', 'cc@x')).toEqual({ ok: true, entries });
		const callCenters = platformWith(answer(200, { call_centers: [{ serviceUserId: 'cc@x' }] }));
		expect(await callCenters.platform.callCenters('t', 'g')).toEqual({
			ok: true,
			entries: [{ serviceUserId: 'cc@x', name: '' }],
		});
		expect([users, supervisors, agents, callCenters].map(({ asked }) => asked[0].path)).toEqual([
			USER,
			`${GROUP}services/call_centers/cc%40x/supervisors/`,
			`${GROUP}services/call_centers/cc%40x/agents/`,
			`${GROUP}services/call_centers/`,
		]);
	});

	it('lists nobody from an answer without ids, and says that a platform does not list supervisors', async () => {
		expect(await platformWith(answer(200, { users: [{ lastName: 'B' }] })).platform.users('t', 'g')).toMatchObject({
			ok: false,
			failure: { kind: 'unavailable', code: 'malformedAnswer' },
		});
		const refusal = answer(404, { errors: [{ code: 0, message: 'No such resource' }] });
		expect(await platformWith(refusal).platform.supervisors('t', 'g', 'cc@x')).toMatchObject({
			ok: false,
			failure: { kind: 'missing' },
		});
	});

	it('reads nothing from an answer that does not say who is on the list', async () => {
		for (const body of [
			{},
			{ supervised_agents: null },
			{ supervised_agents: [{ userId: 'a' }, { lastName: 'B' }] },
			'{"supervised_agents"',
			undefined,
		]) {
			expect(await platformWith(answer(200, body)).platform.read(SUPERVISED)).toMatchObject({
				ok: false,
				failure: { kind: 'unavailable', code: 'malformedAnswer' },
			});
		}
		expect(await platformWith(answer(200, {})).platform.read(ASSIGNED)).toMatchObject({
			ok: false,
			failure: { kind: 'unavailable' },
		});
	});

	it('takes a write whose answer does not carry the list as done and not yet proven', async () => {
		for (const body of [{}, { supervised_agents: [{ lastName: 'B' }] }]) {
			expect(await platformWith(answer(201, body)).platform.add(SUPERVISED, ['a'])).toEqual({
				ok: true,
				members: null,
			});
		}
	});

	it('refuses an argument that no request can carry', async () => {
		const { platform, asked } = platformWith(answer(200, {}));
		expect(await platform.add(SUPERVISED, [''])).toMatchObject({
			ok: false,
			failure: { kind: 'refused', code: 'invalidArgument' },
		});
		expect(asked).toEqual([]);
	});
});

const notFound = (what: string) =>
	answer(404, { errors: [{ code: 4, message: 'NOT_FOUND', details: { reason: `Not found: ${what}` } }] });

describe('kinds of failure, on reading and on writing', () => {
	it.each<[string, HttpReply, string, string]>([
		['400', answer(400, {}), 'refused', 'refused'],
		['401', answer(401, {}), 'stopped', 'stopped'],
		['403', answer(403, {}), 'forbidden', 'forbidden'],
		['403 until the password is changed', answer(403, { error: 'Change it', error_code: 1 }), 'stopped', 'stopped'],
		['404 of the owner', notFound('sup@x'), 'missing', 'missing'],
		['404 of the call center', notFound('cc@x'), 'missing', 'missing'],
		['404 of a member', notFound('member@x'), 'missing', 'refused'],
		['404 without words', answer(404), 'missing', 'missing'],
		["404 of an owner whose id ends as a member's does", notFound('other-member@x'), 'missing', 'missing'],
		['404 of somebody whose id goes on behind a member', notFound('member@x.example'), 'missing', 'missing'],
		[
			'404 of a member whose id goes on behind the owner',
			notFound("'member@x', asked for by sup@x.example"),
			'missing',
			'refused',
		],
		['409', answer(409), 'refused', 'refused'],
		['416', answer(416), 'refused', 'refused'],
		['422', answer(422), 'refused', 'refused'],
		['301', answer(301), 'refused', 'doubt'],
		['303', answer(303), 'refused', 'doubt'],
		['206', answer(206, { supervised_agents: [{ userId: 'member@x' }] }), 'unavailable', 'doubt'],
		['429', answer(429), 'unavailable', 'unavailable'],
		['408', answer(408), 'unavailable', 'doubt'],
		['500', answer(500), 'unavailable', 'doubt'],
		['501', answer(501), 'refused', 'refused'],
		['503', answer(503, '<html>'), 'unavailable', 'doubt'],
		['207', answer(207, {}), 'unavailable', 'doubt'],
		['malformed 2xx', answer(200, '{"superv'), 'unavailable', 'doubt'],
		['time-out', silence('timeout', true), 'unavailable', 'doubt'],
		['reset', silence('reset', true), 'unavailable', 'doubt'],
		['unreachable', silence('unreachable', false), 'unavailable', 'unavailable'],
		['signed out', silence('signIn', false), 'stopped', 'stopped'],
		['stopped', silence('stopped', false), 'stopped', 'stopped'],
	])('%s', async (_title, reply, onRead, onWrite) => {
		const kindOf = async (ask: (platform: Platform) => ReturnType<Platform['add']>) => {
			const result = await ask(platformWith(reply).platform);
			return result.ok ? 'ok' : result.failure.kind;
		};
		expect(await kindOf(async (platform) => await platform.read(SUPERVISED))).toBe(onRead);
		for (const write of ['replace', 'add', 'remove'] as const) {
			expect(await kindOf(async (platform) => await platform[write](SUPERVISED, ['member@x', 'ber@x']))).toBe(onWrite);
		}
	});

	it('takes words of its own about a status for nobody that the platform names', async () => {
		expect(await platformWith(answer(404)).platform.add(SUPERVISED, ['group'])).toMatchObject({
			failure: { kind: 'missing' },
		});
	});

	it("keeps the platform's code, status and words", async () => {
		const reply = answer(400, { errors: [{ code: 2, message: 'INVALID_PARAMETERS' }] });
		expect(await platformWith(reply).platform.add(SUPERVISED, ['a'])).toEqual({
			ok: false,
			failure: { kind: 'refused', code: 'apio-2', status: 400, message: 'INVALID_PARAMETERS', answeredBy: 'gateway' },
		});
	});
});

describe('a list that the answer shows only in part', () => {
	it.each([
		[{ total: 3 }],
		[{ totalCount: 250 }],
		[{ paging: { count: 3 } }],
		[{ next: '/api/v1/tenants/t/groups/g/?page=2' }],
		[{ pagination: { hasMore: true } }],
	])('is no list: %j', async (more) => {
		const body = { supervised_agents: [{ userId: 'a@x' }, { userId: 'b@x' }], ...more };
		const read = await platformWith(answer(200, body)).platform.read(SUPERVISED);
		expect(read).toMatchObject({
			ok: false,
			failure: { kind: 'unavailable', code: 'partOfList', message: expect.stringContaining('2 entries') },
		});
	});

	it.each([[{ total: 2 }], [{ next: null }], [{ hasMore: false, count: 2 }], [{ _record_internal_id: 17 }]])(
		'but %j says that it is whole',
		async (more) => {
			const body = { supervised_agents: [{ userId: 'a@x' }, { userId: 'b@x' }], ...more };
			expect(await platformWith(answer(200, body)).platform.read(SUPERVISED)).toMatchObject({
				ok: true,
				members: ['a@x', 'b@x'],
			});
		},
	);
});
