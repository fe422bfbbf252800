import { describe, expect, it } from '@jest/globals';

import { createWorld, documentationWorld } from '../../simulator';
import { CENTER_B, CENTER_P, CENTER_S, FOO, Platform, reason, summary, TEST1, TEST2, type Json } from './platform';

const platform = () => new Platform();
const get = (path: string, body?: object) => platform().call('GET', path, { body });
const ids = (list: Json[]) => list.map((each) => each.userId as string);

describe('tenants, groups and users', () => {
	it('lists and shows tenants', () => {
		const tenant = { tenantId: 'foo', name: 'foo', type: 'Enterprise', defaultDomain: 'sip.netaxis.be' };
		expect(get('/tenants/').json).toEqual({ tenants: [tenant] });
		expect(get('/tenants/foo/').json).toEqual(tenant);
		expect(get('/tenants/', { type: 'ServiceProvider' }).json).toEqual({ tenants: [] });
		expect(get('/tenants/', { type: 'Other' }).status).toBe(400);
		expect(get('/tenants/', { sizeLimit: 0 }).status).toBe(400);
		expect(get('/tenants/nope/').status).toBe(404);
	});

	it('lists and shows groups', () => {
		expect(get('/tenants/foo/groups/').json.groups).toMatchObject([{ groupId: 'foogroup', tenantId: 'foo' }]);
		expect(get(`${FOO}/`).json).toMatchObject({ groupId: 'foogroup', userCount: 4 });
		expect(get('/tenants/foo/groups/nope/').status).toBe(404);
	});

	it('lists, filters and shows users', () => {
		expect(ids(get(`${FOO}/users/`).json.users)).toEqual(['foouser', 'fooSupervisorUser', TEST1, TEST2]);
		expect(ids(get(`${FOO}/users/`, { insensitiveUserIdContains: 'TEST2' }).json.users)).toEqual([TEST2]);
		expect(ids(get(`${FOO}/users/`, { insensitivePhoneNumberContains: '6778' }).json.users)).toEqual([TEST1]);
		expect(get(`${FOO}/users/foouser/`).json).toMatchObject({
			userId: 'foouser',
			lastName: 'User',
			tenantId: 'foo',
			groupId: 'foogroup',
			department: '',
		});
		expect(get(`${FOO}/users/nope/`).status).toBe(404);
	});

	it('searches users of the system and of a tenant', () => {
		expect(get('/search/users/', { insensitiveUserIdStarts: 'apio' }).json.users).toMatchObject([
			{ userId: TEST1, tenantId: 'foo' },
			{ userId: TEST2 },
		]);
		expect(ids(get('/tenants/foo/search/users/', { sensitiveUserLastNameEquals: 'Test2' }).json.users)).toEqual([
			TEST2,
		]);
		expect(get('/search/users/', { responseSizeLimit: 1 }).status).toBe(400);
	});

	it('resolves ids to objects', () => {
		const find = (parameters: object) => get('/search/objects/', parameters);
		expect(find({ tenant_id: 'foo' }).json).toMatchObject({ tenant: { tenantId: 'foo' } });
		expect(find({ tenant_id: 'foo', group_id: 'foogroup', user_id: 'foouser' }).json).toMatchObject({
			group: { groupId: 'foogroup' },
			user: { userId: 'foouser' },
		});
		expect(find({ tenant_id: 'foo', user_id: 'ApioUserTest1' }).json).toMatchObject({ user: { userId: TEST1 } });
		expect(find({ tenant_id: 'foo', user_id: CENTER_B, type: 'call center' }).json).toMatchObject({
			service: { serviceUserId: CENTER_B },
		});
		expect(find({ tenant_id: 'foo', user_id: CENTER_B, type: 'premium call center' }).status).toBe(404);
		expect(find({ tenant_id: 'foo', user_id: CENTER_B, type: 'hunt group' }).status).toBe(404);
		expect(find({ tenant_id: 'foo', user_id: 'foouser', group_id: 'nope' }).status).toBe(404);
		expect(find({ tenant_id: 'nope' }).status).toBe(404);
		expect(find({}).status).toBe(400);
		expect(find({ tenant_id: 'foo', type: 'planet' }).status).toBe(400);
	});
});

describe('call centers of a group', () => {
	it('lists the supervisors of one only if set so, because no page documents it', () => {
		const path = `${FOO}/services/call_centers/fooCallCenter/supervisors/`;
		expect(get(path).status).toBe(404);
		const offering = new Platform({ settings: { listsSupervisors: true } });
		const answer = offering.call('GET', path).json;
		expect(ids(answer.supervisors)).toEqual(['fooSupervisorUser']);
		expect(offering.call('GET', `${FOO}/services/call_centers/nope/supervisors/`).status).toBe(404);
	});

	it('lists and shows them', () => {
		expect(get(`${FOO}/services/call_centers/`).json.call_centers).toMatchObject([
			{ serviceUserId: CENTER_B, name: 'APIO Test Call Center B', type: 'Basic' },
			{ serviceUserId: CENTER_S },
			{ serviceUserId: CENTER_P, type: 'Premium' },
			{ serviceUserId: 'fooCallCenter' },
		]);
		expect(get(`${FOO}/services/call_centers/${CENTER_P}/`).json.callCenterInstance).toMatchObject({
			serviceUserId: CENTER_P,
			serviceInstanceProfile: { name: 'APIO Test Call Center P' },
			type: 'Premium',
		});
		expect(get(`${FOO}/services/call_centers/nope/`).status).toBe(404);
	});

	it('lists who could become agent or supervisor', () => {
		expect(
			get(`${FOO}/services/call_centers/agents/available/`, { type: 'Premium' }).json.available_agents,
		).toHaveLength(4);
		expect(get(`${FOO}/services/call_centers/agents/available/`, { type: 'Gold' }).status).toBe(400);
		expect(
			ids(
				get(`${FOO}/services/call_centers/supervisors/available/`, { sensitiveUserIdStarts: 'fooS' }).json
					.available_supervisors,
			),
		).toEqual(['fooSupervisorUser']);
	});

	it('lists and replaces the agents of one', () => {
		const apio = platform();
		const path = `${FOO}/services/call_centers/fooCallCenter/agents/`;
		expect(apio.call('GET', path).json.agents[0]).toEqual({
			userId: TEST1,
			lastName: 'Test1',
			firstName: 'Test1',
			weight: 0,
			phoneNumber: '+3225126778',
			extension: '5001',
			department: expect.objectContaining({ departmentName: 'test_department_initial' }),
			emailAddress: '',
			skillLevel: '1',
		});
		const answer = apio.call('PUT', path, {
			body: { agents: [{ userId: TEST2, weight: 40 }, { userId: 'foouser' }] },
		});
		expect(answer.json.agents).toMatchObject([
			{ userId: TEST2, weight: 40 },
			{ userId: 'foouser', weight: 0 },
		]);
		expect(apio.supervised()).toEqual([]);
		expect(apio.server.changes()).toMatchObject([
			{ kind: 'supervisedAgents', cascade: true },
			{ kind: 'callCenterAgents', removed: [TEST1], added: ['foouser'] },
		]);
	});

	it.each<[string, object]>([
		['an unknown user', { agents: [{ userId: 'nobody' }] }],
		['the same user twice', { agents: [{ userId: TEST1 }, { userId: TEST1 }] }],
		['a weight beyond 100', { agents: [{ userId: TEST1, weight: 101 }] }],
		['no list', {}],
	])('refuses to make agents of %s', (_, body) => {
		const apio = platform();
		const refused = apio.call('PUT', `${FOO}/services/call_centers/fooCallCenter/agents/`, { body });
		expect(refused.status).toBe(400);
		expect(apio.server.changes()).toEqual([]);
	});

	it('puts everybody of a skill-based call center at level 1 by a plain list of ids', () => {
		const apio = new Platform({ world: createWorld({ agents: 40, callCenters: 3 }) });
		const skilled = [...apio.server.world.allCallCenters()].find((callCenter) => callCenter.skillBased);
		const path = `/tenants/tenant1/groups/group1/services/call_centers/${skilled?.serviceUserId}/agents/`;
		const before: Json[] = apio.call('GET', path).json.agents;
		expect(new Set(before.map((agent) => agent.skillLevel)).size).toBeGreaterThan(1);
		const same = apio.call('PUT', path, {
			body: { agents: before.map(({ userId, skillLevel }) => ({ userId, skillLevel })) },
		});
		expect(same.json.agents).toEqual(before);
		const plain = apio.call('PUT', path, { body: { agents: before.map(({ userId }) => ({ userId })) } });
		expect(new Set(plain.json.agents.map((agent: Json) => agent.skillLevel))).toEqual(new Set(['1']));
		expect(
			reason(apio.call('PUT', path, { body: { agents: [{ userId: before[0].userId, skillLevel: 21 }] } })),
		).toContain('1 to 20');
	});

	it('names the unknown user as BroadWorks does', () => {
		const refused = platform().call('PUT', `${FOO}/services/call_centers/fooCallCenter/agents/`, {
			body: { agents: [{ userId: 'nobody' }] },
		});
		expect(summary(refused)).toBe('[Error 4008] User not found: nobody');
	});
});

describe('switches of every answer', () => {
	it('adds _record_internal_id to each object, another each time, and keeps the audit record', () => {
		const apio = new Platform({ settings: { recordInternalId: true } });
		const first = apio.call('GET', `${FOO}/users/foouser/`);
		const second = apio.call('GET', `${FOO}/users/foouser/`);
		expect(first.json._record_internal_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+\.\d{20}$/);
		expect(second.json._record_internal_id).not.toBe(first.json._record_internal_id);
		expect(apio.call('GET', '/tenants/nope/').json).toHaveProperty('_record_internal_id');
		const assigned = apio.call('PUT', `${FOO}/users/foouser/services/call_centers/`, {
			body: { list: true, call_centers: [] },
		});
		expect(Object.keys(assigned.json)).toEqual(['_record_internal_id']);
		const record = apio.call('GET', `/local/audit_records/${assigned.json._record_internal_id}/`);
		expect(record.json).toMatchObject({
			http_method: 'PUT',
			impacted_tenant_id: 'foo',
			impacted_user_id: 'foouser',
			status_code: 200,
			author_id: 'apio-admin',
			author_role: '16',
		});
		expect(apio.call('GET', '/local/audit_records/other/').status).toBe(404);
		expect(platform().call('GET', `${FOO}/users/foouser/`).json).not.toHaveProperty('_record_internal_id');
	});

	it('changes the order of lists on every reading when set to, and nothing else', () => {
		const read = (unstableOrder: boolean) => {
			const apio = new Platform({ world: createWorld({ agents: 30 }), settings: { unstableOrder } });
			return Array.from({ length: 3 }, () => ids(apio.call('GET', '/tenants/tenant1/groups/group1/users/').json.users));
		};
		const [first, second, third] = read(true);
		expect(first).not.toEqual(second);
		expect([...first].sort()).toEqual([...third].sort());
		expect(read(false)[0]).toEqual(read(false)[2]);
	});

	it.each<['optional' | 'optionalOnGet' | 'required', number, number]>([
		['optional', 200, 200],
		['optionalOnGet', 200, 404],
		['required', 404, 404],
	])('trailing slash %s: GET without gives %i, PUT without %i', (trailingSlash, read, write) => {
		const apio = new Platform({ settings: { trailingSlash } });
		const path = `${FOO}/users/foouser/services/call_centers`;
		expect([apio.call('GET', path).status, apio.call('PUT', path, { body: {} }).status]).toEqual([read, write]);
		expect(apio.call('GET', `${path}/`).status).toBe(200);
	});
});

describe('the records', () => {
	it('never hold a secret', () => {
		const world = documentationWorld();
		const account = {
			username: 'u',
			password: 'pass-word-1',
			userLevel: 16 as const,
			m2mToken: ['a', 'machine', 'token'].join('-'),
		};
		const apio = new Platform({ world: { ...world, accounts: [account] }, settings: { recordInternalId: true } });
		const { username, password } = account;
		const core = apio.call('POST', '/auth/login', { prefix: '/api/v01', body: { username, password } }).json;
		const gateway = apio.call('POST', '/login/', { prefix: '/api/v1', body: { username, password } });
		const [cookie] = (gateway.headers['set-cookie'] as string[])[0].split(';');
		apio.call('GET', '/auth/access_token', {
			prefix: '/api/v01',
			headers: { authorization: `Bearer ${core.refresh_token}` },
		});
		apio.call('GET', '/tenants/', { headers: { authorization: `Bearer ${core.access_token}` } });
		apio.call('GET', '/tenants/', { headers: { authorization: `Bearer ${account.m2mToken}` } });
		apio.call('GET', '/tenants/', { prefix: '/api/v1', headers: { cookie } });
		const log = JSON.stringify(apio.server.requests());
		for (const secret of [password, core.access_token, core.refresh_token, account.m2mToken, cookie.split('=')[1]])
			expect(log).not.toContain(secret);
		expect(apio.server.requests().map((entry) => entry.credentials)).toEqual([
			'none',
			'none',
			'none',
			'accessToken',
			'm2mToken',
			'session',
		]);
		expect(apio.server.requests()[0].body).toBe('[withheld]');
	});

	it('forget the oldest beyond their limit', () => {
		const apio = new Platform({ settings: { logLimit: 10 } });
		for (let i = 0; i < 100; i++) apio.call('GET', '/tenants/');
		expect(apio.server.requests().length).toBeLessThanOrEqual(11);
		expect(apio.server.requests().at(-1)?.seq).toBe(100);
		expect(apio.server.stats().requests).toBe(100);
	});
});
