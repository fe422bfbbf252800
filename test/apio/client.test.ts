import { describe, expect, it } from '@jest/globals';

import {
	addSupervisedAgents,
	assignCallCenters,
	availableCallCenters,
	availableDnis,
	callCenterAgents,
	getAgentProfile,
	groupCallCenters,
	groups,
	groupUsers,
	removeSupervisedAgents,
	replaceSupervisedAgents,
	supervisedAgents,
	tenants,
	updateAgentProfile,
	type ProfileSettings,
	type Result,
} from '../../lib/apio';
import { answer, fakeTransport, silence } from './fake-transport';

const AGENT = { tenantId: 'a b', groupId: 'g/1', userId: 'jän@x.be' };
const LIST = { ...AGENT, callCenterId: 'cc?@x.be' };
const AGENT_PATH = '/tenants/a%20b/groups/g%2F1/users/j%C3%A4n%40x.be/services/call_centers/';

const messageOf = (result: Result<unknown>) => (result.ok ? '' : result.failure.message);

describe('paths', () => {
	it('encodes every segment and keeps the trailing slash', async () => {
		const { apio, asked } = fakeTransport(answer(200, {}));
		await getAgentProfile(apio, AGENT);
		await availableCallCenters(apio, AGENT);
		await availableDnis(apio, AGENT);
		await supervisedAgents(apio, LIST);
		await tenants(apio);
		await groups(apio, 'a b');
		await groupUsers(apio, AGENT);
		await groupCallCenters(apio, AGENT);
		await callCenterAgents(apio, LIST);
		expect(asked.map(({ path }) => path)).toEqual([
			AGENT_PATH,
			`${AGENT_PATH}available/`,
			`${AGENT_PATH}dnis/`,
			`${AGENT_PATH}cc%3F%40x.be/supervised_agents/`,
			'/tenants/',
			'/tenants/a%20b/groups/',
			'/tenants/a%20b/groups/g%2F1/users/',
			'/tenants/a%20b/groups/g%2F1/services/call_centers/',
			'/tenants/a%20b/groups/g%2F1/services/call_centers/cc%3F%40x.be/agents/',
		]);
		expect(
			asked.every(({ method, body, query }) => method === 'GET' && body === undefined && query === undefined),
		).toBe(true);
	});

	it.each([
		['', 'is empty'],
		['.', 'is not an id'],
		['..', 'is not an id'],
		[' jan', 'begins or ends with a space'],
		['a\nb', 'control character'],
		['\ud800', 'damaged character'],
		['x'.repeat(162), 'longer than 161'],
	])('refuses the id %j', async (userId, complaint) => {
		const { apio, asked } = fakeTransport(answer(200, {}));
		const result = await getAgentProfile(apio, { ...AGENT, userId });
		expect(result).toMatchObject({ ok: false, failure: { kind: 'invalid', argument: 'userId' } });
		expect(messageOf(result)).toContain(complaint);
		expect(asked).toEqual([]);
	});
});

describe('update and assign share an address and are never taken for each other', () => {
	it('assign sends list: true and ids only, each once', async () => {
		const { apio, asked } = fakeTransport(answer(200, {}));
		expect(await assignCallCenters(apio, AGENT, ['a@x', 'A@X', 'b@x'])).toEqual({ ok: true, value: ['a@x', 'b@x'] });
		expect(asked).toEqual([
			{
				method: 'PUT',
				path: AGENT_PATH,
				body: { list: true, call_centers: [{ serviceUserId: 'a@x' }, { serviceUserId: 'b@x' }] },
			},
		]);
	});

	it('update refuses whatever would make it an assignment', async () => {
		const { apio, asked } = fakeTransport(answer(200, {}));
		for (const trick of [
			{ list: true, call_centers: [{ serviceUserId: 'a@x', available: true }] },
			{ call_centers: [{ serviceUserId: 'a@x' }] },
			{ call_centers: [] },
		]) {
			expect((await updateAgentProfile(apio, AGENT, trick as ProfileSettings)).ok).toBe(false);
		}
		expect(asked).toEqual([]);
	});

	it('update sends what is given, null and false included, and leaves out what is not', async () => {
		const { apio, asked } = fakeTransport(answer(200, {}));
		await updateAgentProfile(apio, AGENT, {
			outgoingCallDNIS: null,
			enableGuardTimer: false,
			guardTimerSeconds: undefined,
		});
		expect(asked[0].body).toEqual({ outgoingCallDNIS: null, enableGuardTimer: false });
	});
});

describe('supervised agents', () => {
	it('sends an empty list for PUT and refuses it for POST and DELETE', async () => {
		const { apio, asked } = fakeTransport(answer(200, { supervised_agents: [] }));
		expect(await replaceSupervisedAgents(apio, LIST, [])).toEqual({ ok: true, value: [] });
		expect(messageOf(await addSupervisedAgents(apio, LIST, []))).toBe('supervised_agents needs at least one agent');
		expect(messageOf(await removeSupervisedAgents(apio, LIST, []))).toBe('supervised_agents needs at least one agent');
		expect(asked.map(({ body }) => body)).toEqual([{ supervised_agents: [] }]);
	});

	it('names the entry that is not an id', async () => {
		const { apio } = fakeTransport(answer(200, {}));
		expect(messageOf(await addSupervisedAgents(apio, LIST, ['a', ' b']))).toBe(
			'supervised_agents[1] begins or ends with a space',
		);
	});

	it('does not know the list where the answer does not carry it', async () => {
		expect(await addSupervisedAgents(fakeTransport(answer(201, {})).apio, LIST, ['a'])).toEqual({
			ok: true,
			value: null,
		});
		expect(await addSupervisedAgents(fakeTransport(answer(204)).apio, LIST, ['a'])).toEqual({ ok: true, value: null });
	});

	it('filters again what a proxy let through, and holds the size limit', async () => {
		const agents = ['a@x', 'b@x', 'ab@x'].map((userId) => ({ userId }));
		const { apio } = fakeTransport(answer(200, { supervised_agents: agents }));
		expect(await supervisedAgents(apio, LIST, { sensitiveUserIdStarts: 'a' })).toEqual({
			ok: true,
			value: [agents[0], agents[2]],
		});
		expect(await supervisedAgents(apio, LIST, { sensitiveUserIdStarts: 'a', responseSizeLimit: 1 })).toMatchObject({
			ok: false,
			failure: { code: 'sizeLimitExceeded', argument: 'responseSizeLimit' },
		});
	});
});

describe('criteria travel where the setting says', () => {
	const search = { insensitiveUserIdContains: 'a', combineWithOr: true, responseSizeLimit: 7 };
	it('as body, or as query string with everything as text', async () => {
		const { apio, asked } = fakeTransport(answer(200, { supervised_agents: [] }));
		await supervisedAgents(apio, LIST, search);
		await supervisedAgents({ ...apio, criteriaIn: 'query' }, LIST, search);
		expect(asked[0]).toMatchObject({ method: 'GET', body: search });
		expect(asked[1]).toMatchObject({
			method: 'GET',
			query: { insensitiveUserIdContains: 'a', combineWithOr: 'true', responseSizeLimit: '7' },
		});
		expect(asked[1].body).toBeUndefined();
	});
});

describe('answers are read tolerantly', () => {
	it('keeps unknown fields, and does without known ones', async () => {
		const kept = {
			agentACDState: 7,
			somethingNew: { deep: [1] },
			outgoingCallDNIS: null,
			call_centers: [{ serviceUserId: 'a', skillLevel: '3' }],
		};
		const body = { ...kept, _record_internal_id: 'differs every time' };
		expect(await getAgentProfile(fakeTransport(answer(200, body)).apio, AGENT)).toEqual({ ok: true, value: kept });
		const bare = { call_centers: [] };
		expect(await getAgentProfile(fakeTransport(answer(200, bare)).apio, AGENT)).toEqual({ ok: true, value: bare });
	});

	it('keeps unknown fields of entries, behind the known ones, whatever their names', async () => {
		const entry = '{"constructor": 1, "department": "", "lastName": "De Wit", "userId": "an", "__proto__": {"a": 1}}';
		const body = JSON.parse(`{"users": [${entry}]}`) as unknown;
		const users = await groupUsers(fakeTransport(answer(200, body)).apio, AGENT);
		expect(JSON.stringify(users)).toBe(
			'{"ok":true,"value":[{"userId":"an","lastName":"De Wit","constructor":1,"department":""}]}',
		);
	});

	it('takes ids that come as numbers', async () => {
		const { apio } = fakeTransport(answer(200, { users: [{ userId: 42, department: '' }] }));
		expect(await groupUsers(apio, AGENT)).toEqual({ ok: true, value: [{ userId: '42', department: '' }] });
	});

	it.each(['9007199254740993', '1.5', '1e-7', '-3'])(
		'takes no number for an id that JavaScript has rounded or that has more than digits: %s',
		async (id) => {
			const body = JSON.parse(`{"users": [{"userId": ${id}}]}`) as unknown;
			const users = await groupUsers(fakeTransport(answer(200, body)).apio, AGENT);
			expect(users).toEqual({ ok: true, value: [{ userId: undefined }] });
		},
	);

	it('never reads a profile without its list as one of an agent in no call center', async () => {
		expect(await getAgentProfile(fakeTransport(answer(200, { agentACDState: 'Available' })).apio, AGENT)).toMatchObject(
			{ ok: false, failure: { kind: 'unreadable' } },
		);
	});

	it.each([
		{ total: 3 },
		{ total: '3' },
		{ has_more: true },
		{ next: '/?page=2' },
		{ paging: { count: 3 } },
		{ _links: { next: { href: '/?page=2' } } },
		{ links: [{ rel: 'self' }, { rel: 'next', href: '/?page=2' }] },
		{ page: { number: 1, totalPages: 2 } },
		{ page: { totalElements: 30 } },
		{ next: 2 },
		{ next: { cursor: 'b' } },
	])('never reads a part of a list as the whole, nor takes it for proof of a write: %j', async (said) => {
		const { apio } = fakeTransport(answer(200, { supervised_agents: [{ userId: 'a' }], ...said }));
		expect(await supervisedAgents(apio, LIST)).toMatchObject({ ok: false, failure: { code: 'partOfList' } });
		expect(await addSupervisedAgents(apio, LIST, ['a'])).toEqual({ ok: true, value: null });
	});

	it.each([
		{ total: '1' },
		{ total: [3] },
		{ has_more: 'false' },
		{ has_more: 'False' },
		{ hasMore: 0 },
		{ partial: 0 },
		{ next: null },
		{ next: 0 },
		{ next: '0' },
		{ links: {} },
		{ links: [{ rel: 'self', href: '/' }, null] },
		{ links: [{ rel: 'next', href: null }] },
		{ _links: { next: {} } },
		{ _links: { next: { href: null } } },
		{ page: { number: 1, totalPages: 1, totalElements: 1 } },
	])('reads a list that is said to be whole: %j', async (said) => {
		const { apio } = fakeTransport(answer(200, { supervised_agents: [{ userId: 'a' }], ...said }));
		expect(await supervisedAgents(apio, LIST)).toEqual({ ok: true, value: [{ userId: 'a' }] });
	});

	it('reads an empty list beside a flag that has the name of a total', async () => {
		const { apio } = fakeTransport(answer(200, { supervised_agents: [], count: true }));
		expect(await supervisedAgents(apio, LIST)).toEqual({ ok: true, value: [] });
	});

	it.each([
		['</x/?page=2>; rel="next"', false],
		['</x/>; rel=first, </x/?page=2>; rel=next', false],
		['</x/?page=2>; rel="prev next"', false],
		["</x/?page=2>; rel='next'", false],
		['</x/?page=2>; title="a; b"; REL = Next', false],
		['</x/>; rel="prev"', true],
		['</x/>; rel="next-archive"', true],
		['</x/>; title="x; rel=next"', true],
	])('a header that names a next page: %s', async (link, ok) => {
		const reply = { ...answer(200, { supervised_agents: [{ userId: 'a' }] }), headers: { link } };
		expect(await supervisedAgents(fakeTransport(reply).apio, LIST)).toMatchObject({ ok });
	});

	it.each([
		[{ errors: [{ code: 5, message: 'No database' }] }, 'gateway', 'apio-5'],
		[{ error: 'No database' }, 'core', 'http-200'],
		[{ error: { message: 'No database' } }, 'core', 'http-200'],
	])('takes an error for one, whatever the status: %j', async (body, answeredBy, code) => {
		const { apio } = fakeTransport(answer(200, body));
		const failure = { kind: 'unreadable', answeredBy, code, said: 'No database' };
		const message = "The platform's answer is an error with status 200: No database";
		expect(await supervisedAgents(apio, LIST)).toMatchObject({
			ok: false,
			failure: { ...failure, message, maybeApplied: false },
		});
		expect(await addSupervisedAgents(apio, LIST, ['a'])).toMatchObject({
			ok: false,
			failure: { ...failure, maybeApplied: true },
		});
	});

	it.each([{ errors: { count: 0 } }, { errors: [null, ''] }, { errors: [{ code: 0, message: '' }] }, { error: {} }])(
		'takes no error that says nothing for one: %j',
		async (said) => {
			const { apio } = fakeTransport(answer(200, { supervised_agents: [], ...said }));
			expect(await supervisedAgents(apio, LIST)).toEqual({ ok: true, value: [] });
		},
	);

	it.each([[{}], [{ supervised_agents: null }], [{ supervised_agents: 'nobody' }]])(
		'never reads a missing list as nobody: %j',
		async (body) => {
			const result = await supervisedAgents(fakeTransport(answer(200, body)).apio, LIST);
			expect(result).toMatchObject({
				ok: false,
				failure: { kind: 'unreadable', code: 'malformedAnswer', maybeApplied: false },
			});
		},
	);

	it.each([['{"supervised_agents": [{"us'], ['<html></html>'], [[1, 2]], [7]])(
		'a success that is no JSON object: %j',
		async (body) => {
			expect(await supervisedAgents(fakeTransport(answer(200, body)).apio, LIST)).toMatchObject({
				ok: false,
				failure: { kind: 'unreadable', maybeApplied: false },
			});
			expect(await removeSupervisedAgents(fakeTransport(answer(200, body)).apio, LIST, ['a'])).toMatchObject({
				ok: false,
				failure: { kind: 'unreadable', maybeApplied: true },
			});
		},
	);
});

describe('failures say whether a write may have been applied', () => {
	it.each([
		[answer(400, {}), { kind: 'refused', status: 400, maybeApplied: false }],
		[
			answer(207, { errors: [{ code: 9, message: 'one was not' }] }),
			{ kind: 'partial', code: 'http-207', maybeApplied: true },
		],
		[answer(408), { kind: 'refused', maybeApplied: true }],
		[answer(503), { kind: 'refused', code: 'http-503', maybeApplied: true }],
		[silence('timeout', true), { kind: 'unanswered', cause: 'timeout', status: null, maybeApplied: true }],
		[silence('unreachable', false), { kind: 'unanswered', cause: 'unreachable', maybeApplied: false }],
	])('%j', async (reply, failure) => {
		expect(await addSupervisedAgents(fakeTransport(reply).apio, LIST, ['a'])).toMatchObject({ ok: false, failure });
	});
});
