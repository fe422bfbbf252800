import { describe, expect, it } from '@jest/globals';

import { documentationWorld, type SimulatorSettings } from '../../simulator';
import { agents, FOO, Platform, reason, summary, SUPERVISED, TEST1, TEST2, userIds } from './platform';

const platform = (settings: Partial<SimulatorSettings> = {}) => new Platform({ settings });

describe('writing supervised agents', () => {
	it('replaces, adds and removes, and answers with the list after the write', () => {
		const apio = platform();
		const added = apio.call('POST', SUPERVISED, { body: agents(TEST2) });
		expect([added.status, userIds(added)]).toEqual([201, [TEST1, TEST2]]);
		const removed = apio.call('DELETE', SUPERVISED, { body: agents(TEST1) });
		expect([removed.status, userIds(removed)]).toEqual([200, [TEST2]]);
		const replaced = apio.call('PUT', SUPERVISED, { body: agents(TEST2, TEST1) });
		expect([replaced.status, userIds(replaced)]).toEqual([200, [TEST2, TEST1]]);
		expect(userIds(apio.call('PUT', SUPERVISED, { body: agents() }))).toEqual([]);
		expect(apio.supervised()).toEqual([]);
	});

	it('takes whole agent objects, as reading gives them', () => {
		const apio = platform();
		const read = apio.call('GET', SUPERVISED).json as object;
		expect(apio.call('PUT', SUPERVISED, { body: read }).status).toBe(200);
	});

	it.each<[string, string, number]>([
		['PUT', '', 416],
		['POST', '  ', 416],
		['DELETE', '[]', 416],
		['PUT', '{"supervised_agents":[}', 416],
		['PUT', '{}', 400],
		['PUT', '{"supervised_agents":{}}', 400],
		['PUT', '{"supervised_agents":null}', 400],
		['PUT', '{"supervised_agents":["a@b"]}', 400],
		['PUT', '{"supervised_agents":[{}]}', 400],
		['PUT', '{"supervised_agents":[{"userId":7}]}', 400],
		['PUT', '{"supervised_agents":[{"userId":""}]}', 400],
		['PUT', `{"supervised_agents":[{"userId":"${'x'.repeat(162)}"}]}`, 400],
		['PUT', `{"supervised_agents":[{"userId":"${TEST1}","nickname":"x"}]}`, 400],
		['PUT', '{"supervised_agents":[],"list":true}', 400],
	])('%s %s is refused with %i, and nothing changes', (method, text, status) => {
		const apio = platform();
		expect(apio.call(method, SUPERVISED, { text }).status).toBe(status);
		expect(apio.server.changes()).toEqual([]);
	});

	it('applies nothing when one agent is unknown or no agent of the call center, and says so as BroadWorks does', () => {
		const apio = platform();
		for (const bad of ['nobody@x.be', 'foouser']) {
			for (const method of ['PUT', 'POST']) {
				const refused = apio.call(method, SUPERVISED, { body: agents(TEST2, bad) });
				expect(refused.status).toBe(400);
				expect(refused.json.errors[0].details.errors[0]).toMatchObject({
					level: 'Error',
					summary: expect.stringContaining(bad),
				});
			}
		}
		expect(apio.supervised()).toEqual([TEST1]);
		expect(apio.server.changes()).toEqual([]);
	});

	it('applies the rest and answers 207 when set to', () => {
		const apio = platform({ badId: 'partial' });
		const partial = apio.call('POST', SUPERVISED, { body: agents(TEST2, 'nobody@x.be') });
		expect(partial.status).toBe(207);
		expect(userIds(partial)).toEqual([TEST1, TEST2]);
		expect(summary(partial)).toContain('nobody@x.be');
	});

	it('applies the rest silently when set to', () => {
		const apio = platform({ badId: 'ignore' });
		const answer = apio.call('PUT', SUPERVISED, { body: agents(TEST2, 'nobody@x.be') });
		expect(answer.status).toBe(200);
		expect(answer.json).not.toHaveProperty('errors');
		expect(apio.supervised()).toEqual([TEST2]);
	});

	it('carries BroadWorks errors as an object when set to', () => {
		const refused = platform({ detailErrors: 'object' }).call('PUT', SUPERVISED, { body: agents('nobody@x.be') });
		expect(refused.json.errors[0].details.errors['0'].summary).toContain('nobody@x.be');
		expect(Array.isArray(refused.json.errors[0].details.errors)).toBe(false);
	});

	it('refuses to add a present agent and to remove an absent one, or tolerates it', () => {
		const strict = platform();
		expect(summary(strict.call('POST', SUPERVISED, { body: agents(TEST2, TEST1) }))).toContain('already supervised');
		expect(summary(strict.call('DELETE', SUPERVISED, { body: agents(TEST1, TEST2) }))).toContain('not supervised');
		expect(strict.supervised()).toEqual([TEST1]);
		const lenient = platform({ alreadyThere: 'tolerate', notThere: 'tolerate' });
		expect(userIds(lenient.call('POST', SUPERVISED, { body: agents(TEST1, TEST2) }))).toEqual([TEST1, TEST2]);
		expect(userIds(lenient.call('DELETE', SUPERVISED, { body: agents(TEST2) }))).toEqual([TEST1]);
		expect(lenient.call('DELETE', SUPERVISED, { body: agents(TEST2) }).status).toBe(200);
	});

	it('refuses the same agent twice, or takes it once', () => {
		expect(reason(platform().call('PUT', SUPERVISED, { body: agents(TEST2, TEST2) }))).toContain('named twice');
		expect(
			userIds(platform({ duplicates: 'collapse' }).call('PUT', SUPERVISED, { body: agents(TEST2, TEST2) })),
		).toEqual([TEST2]);
	});

	it('refuses to add or remove nobody, or tolerates it', () => {
		for (const method of ['POST', 'DELETE']) {
			expect(platform().call(method, SUPERVISED, { body: agents() }).status).toBe(400);
			expect(userIds(platform({ emptyChange: 'tolerate' }).call(method, SUPERVISED, { body: agents() }))).toEqual([
				TEST1,
			]);
		}
	});

	it('limits entries per request and the size of a list when set to', () => {
		const perRequest = platform({ maxEntriesPerRequest: 1 });
		expect(reason(perRequest.call('PUT', SUPERVISED, { body: agents(TEST1, TEST2) }))).toContain('at most 1');
		expect(perRequest.call('POST', SUPERVISED, { body: agents(TEST2) }).status).toBe(201);
		const perList = platform({ maxListSize: 1 });
		expect(reason(perList.call('POST', SUPERVISED, { body: agents(TEST2) }))).toContain('would have 2');
		expect(perList.supervised()).toEqual([TEST1]);
	});

	it('distinguishes ids by case, or not', () => {
		const upper = TEST2.toUpperCase();
		expect(platform().call('POST', SUPERVISED, { body: agents(upper) }).status).toBe(400);
		const answer = platform({ idCase: 'insensitive' }).call(
			'POST',
			SUPERVISED.replace('fooSupervisorUser', 'FOOSUPERVISORUSER'),
			{ body: agents(upper) },
		);
		expect(userIds(answer)).toEqual([TEST1, TEST2]);
	});

	it('answers writes with an empty object when set to', () => {
		const apio = platform({ writeAnswers: 'empty' });
		expect(apio.call('POST', SUPERVISED, { body: agents(TEST2) }).json).toEqual({});
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
	});
});

describe('naming a list of supervised agents', () => {
	it.each([
		['tenant', SUPERVISED.replace('/foo/', '/nope/'), 'Tenant not found: nope'],
		['group', SUPERVISED.replace('foogroup', 'nope'), 'Group not found: nope'],
		['user', SUPERVISED.replace('fooSupervisorUser', 'nope'), 'User not found: nope'],
		['call center', SUPERVISED.replace('fooCallCenter', 'nope'), 'Call center not found: nope'],
	])('answers 404 to an unknown %s, for every method', (_, path, text) => {
		for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
			const refused = platform().call(method, path, { body: method === 'GET' ? undefined : agents(TEST1) });
			expect(refused.status).toBe(404);
			expect(reason(refused)).toBe(text);
		}
	});

	it('answers 400 where the user is no supervisor of the call center', () => {
		const refused = platform().call('GET', SUPERVISED.replace('fooSupervisorUser', 'foouser'));
		expect(refused.status).toBe(400);
		expect(summary(refused)).toContain('not a supervisor');
	});

	it('does not reach into another group of a service provider, but does in an enterprise', () => {
		for (const [type, status] of [
			['ServiceProvider', 404],
			['Enterprise', 200],
		] as const) {
			const world = documentationWorld();
			world.tenants[0].type = type;
			world.tenants[0].groups[0].users.splice(1, 1);
			world.tenants[0].groups.push({
				groupId: 'other',
				users: [{ userId: 'fooSupervisorUser' }],
				callCenters: [],
			});
			const path = SUPERVISED.replace('foogroup', 'other');
			expect(new Platform({ world }).call('GET', path).status).toBe(status);
			expect(new Platform({ world }).call('GET', SUPERVISED).status).toBe(404);
		}
	});

	it('decodes percent-encoded segments', () => {
		const agent = `${FOO}/users/${encodeURIComponent(TEST1)}/`;
		expect(agent).toContain('%40');
		expect(platform().call('GET', agent).json.userId).toBe(TEST1);
		expect(platform().call('GET', `${FOO}/users/%E0%A4%A/`).status).toBe(404);
	});

	it('knows no other method', () => {
		expect(platform().call('PATCH', SUPERVISED, { body: agents() }).status).toBe(404);
	});
});
