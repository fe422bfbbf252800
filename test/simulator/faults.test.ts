import { describe, expect, it } from '@jest/globals';

import { createWorld, type ChanceFaults, type Fault, type FaultRule, type FaultPlan } from '../../simulator';
import { agents, Platform, PROFILE, reason, START, SUPERVISED, TEST1, TEST2, userIds } from './platform';

const platform = (fault: Fault, rule: Partial<FaultRule> = {}) =>
	new Platform({ faults: { rules: [{ fault, ...rule }] } });
const add = (apio: Platform) => apio.call('POST', SUPERVISED, { body: agents(TEST2) });

describe('each fault', () => {
	it.each<[Fault, { status?: number; applied: boolean; ending?: string }]>([
		[{ kind: 'statusBefore' }, { status: 503, applied: false }],
		[
			{ kind: 'statusBefore', status: 500 },
			{ status: 500, applied: false },
		],
		[
			{ kind: 'statusAfter', status: 504 },
			{ status: 504, applied: true },
		],
		[{ kind: 'resetBefore' }, { applied: false, ending: 'reset' }],
		[{ kind: 'resetAfter' }, { applied: true, ending: 'reset' }],
		[{ kind: 'truncated' }, { status: 201, applied: true, ending: 'truncated' }],
		[{ kind: 'malformed' }, { status: 201, applied: true }],
		[{ kind: 'unauthorized' }, { status: 401, applied: false }],
		[{ kind: 'forbidden' }, { status: 403, applied: false }],
		[{ kind: 'throttle' }, { status: 429, applied: false }],
	])('%j', (fault, expected) => {
		const apio = platform(fault, { nth: 1 });
		const { status, applied, ending } = add(apio);
		expect({ status, applied, ending }).toMatchObject({ ending: 'whole', ...expected });
		expect(apio.supervised()).toEqual(expected.applied ? [TEST1, TEST2] : [TEST1]);
		expect(apio.server.requests()[0]).toMatchObject({
			applied: expected.applied,
			fault: fault.kind,
			ending: expected.ending ?? 'whole',
		});
		expect(apio.server.stats().faults).toEqual({ [fault.kind]: 1 });
		expect(userIds(apio.call('GET', SUPERVISED))).toEqual(apio.supervised());
	});

	it("brings a load balancer's HTML page and headers", () => {
		const answer = add(
			platform({
				kind: 'statusBefore',
				status: 502,
				body: '<html>Bad gateway</html>',
				headers: { 'retry-after': '3' },
			}),
		);
		expect(answer).toMatchObject({
			status: 502,
			body: '<html>Bad gateway</html>',
			headers: { 'content-type': 'text/html', 'retry-after': '3' },
		});
	});

	it('gives a malformed body that is no JSON', () => {
		const answer = add(platform({ kind: 'malformed' }));
		expect(answer.body.length).toBeGreaterThan(10);
		expect(() => JSON.parse(answer.body) as unknown).toThrow();
	});

	it('throttles with the Retry-After given, or with none', () => {
		expect(add(platform({ kind: 'throttle', retryAfter: '7' })).headers['retry-after']).toBe('7');
		expect(add(platform({ kind: 'throttle' })).headers).not.toHaveProperty('retry-after');
	});

	it('answers slowly, having carried the request out at once', () => {
		const apio = platform({ kind: 'slow', ms: 5000 });
		expect(add(apio)).toMatchObject({ delayMs: 5000, applied: true, status: 201 });
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
	});

	it('lets a request get lost without an answer', () => {
		const apio = platform({ kind: 'unanswered' });
		expect(add(apio)).toMatchObject({ ending: 'reset', applied: false });
		expect(add(apio).delayMs).toBeGreaterThan(3_600_000);
		expect(apio.supervised()).toEqual([TEST1]);
	});

	it('lets a whole answer drip', () => {
		const apio = platform({ kind: 'drip', ms: 100 }, { nth: 1 });
		expect(add(apio)).toMatchObject({ ending: 'whole', applied: true, status: 201, dripMs: 100 });
	});

	it('answers 206 with half of a list', () => {
		const apio = platform({ kind: 'partialContent' }, { nth: 2 });
		add(apio);
		const answer = apio.call('GET', SUPERVISED);
		expect(answer.status).toBe(206);
		expect(userIds(answer)).toEqual([TEST1]);
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
	});

	it('takes half of a removal, and says 207', () => {
		const apio = platform({ kind: 'partly' }, { nth: 2 });
		add(apio);
		const answer = apio.call('DELETE', SUPERVISED, { body: agents(TEST1, TEST2) });
		expect(answer.status).toBe(207);
		expect(apio.supervised()).toEqual([TEST2]);
	});

	it('takes a replace whole, and says 207', () => {
		const apio = platform({ kind: 'partly' });
		expect(apio.call('PUT', SUPERVISED, { body: agents(TEST1, TEST2) }).status).toBe(207);
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
	});

	it('delivers a request twice, and gives the second answer', () => {
		const apio = platform({ kind: 'twice' });
		expect(add(apio)).toMatchObject({ status: 400, applied: true });
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
	});

	it('carries a late request out only after the delay', () => {
		const apio = platform({ kind: 'slow', ms: 5000, late: true }, { nth: 1 });
		const answer = add(apio);
		expect(answer.delayMs).toBe(5000);
		expect(apio.supervised()).toEqual([TEST1]);
		expect(answer.later?.(apio.now + 5000)).toMatchObject({ status: 201, applied: true });
		expect(apio.supervised()).toEqual([TEST1, TEST2]);
		expect(apio.server.changes()[0].at).toBe(apio.now + 5000);
	});

	it('loses the access token of the request at hand, but no machine token', () => {
		const apio = platform({ kind: 'loseSessions' });
		const login = apio.call('POST', '/auth/login', {
			prefix: '/api/v01',
			body: { username: 'apio-admin', password: 'apio-simulator' },
		}).json;
		expect(apio.call('GET', PROFILE, { headers: { authorization: `Bearer ${login.access_token}` } }).status).toBe(401);
		expect(apio.call('GET', PROFILE).status).toBe(200);
	});

	it('refuses in the form of the entry point', () => {
		expect(platform({ kind: 'unauthorized' }).call('GET', PROFILE, { prefix: '/api/v1' }).json).toHaveProperty(
			'errors',
		);
		expect(platform({ kind: 'unauthorized' }).call('GET', PROFILE).json).toHaveProperty('error');
	});

	it.each(['before', 'after'] as const)('lets a third party edit the list %s the request', (when) => {
		const edit = {
			kind: 'supervisedAgents',
			userId: 'fooSupervisorUser',
			callCenterId: 'fooCallCenter',
			remove: [TEST1],
		} as const;
		const apio = platform({ kind: 'thirdParty', edit: { ...edit, remove: [...edit.remove] }, when }, { times: 1 });
		expect(userIds(add(apio))).toEqual(when === 'before' ? [TEST2] : [TEST1, TEST2]);
		expect(apio.supervised()).toEqual([TEST2]);
		expect(apio.server.changes().filter((change) => change.by === 'thirdParty')).toMatchObject([
			{ request: null, removed: [TEST1], method: null },
		]);
	});

	it('reports an edit that cannot be made to the author of the script', () => {
		const edit = { kind: 'agentCallCenters', userId: 'nobody' } as const;
		const answer = platform({ kind: 'thirdParty', edit }).call('GET', SUPERVISED);
		expect([answer.status, reason(answer)]).toEqual([500, expect.stringContaining('User not found: nobody')]);
	});

	it('makes a random change to the list of the request', () => {
		const apio = platform({ kind: 'thirdParty', edit: 'random' });
		apio.call('GET', SUPERVISED);
		apio.call('GET', PROFILE);
		apio.call('GET', '/tenants/');
		const changes = apio.server.changes().filter((change) => !change.cascade);
		expect(changes.map((change) => [change.kind, change.by, change.added.length + change.removed.length])).toEqual([
			['supervisedAgents', 'thirdParty', 1],
			['agentCallCenters', 'thirdParty', 1],
		]);
	});
});

describe('which request gets a fault', () => {
	const statuses = (rule: Partial<FaultRule>, requests: Array<[string, string]>) => {
		const apio = platform({ kind: 'statusBefore', status: 500 }, rule);
		return requests.map(
			([method, path]) => apio.call(method, path, { body: method === 'GET' ? undefined : agents(TEST1) }).status,
		);
	};
	const reads: Array<[string, string]> = Array.from({ length: 4 }, () => ['GET', SUPERVISED]);

	it('counts the matching requests', () => {
		expect(statuses({ nth: 2 }, reads)).toEqual([200, 500, 200, 200]);
		expect(statuses({ nth: [1, 3] }, reads)).toEqual([500, 200, 500, 200]);
		expect(statuses({ times: 2 }, reads)).toEqual([500, 500, 200, 200]);
	});

	it('matches methods and decoded paths', () => {
		const requests: Array<[string, string]> = [
			['GET', SUPERVISED],
			['PUT', SUPERVISED],
			['GET', PROFILE],
		];
		expect(statuses({ match: { method: 'PUT' } }, requests)).toEqual([200, 500, 200]);
		expect(statuses({ match: { method: ['PUT', 'GET'], path: 'users/foouser/' } }, requests)).toEqual([200, 200, 500]);
		expect(
			statuses({ match: { path: 'users/ApioUserTest1@sip' } }, [
				['GET', `/tenants/foo/groups/foogroup/users/${encodeURIComponent(TEST1)}/`],
			]),
		).toEqual([500]);
	});

	it('takes the first rule that fits, while every rule counts', () => {
		const rules: FaultRule[] = [
			{ fault: { kind: 'statusBefore', status: 500 }, nth: 1 },
			{ fault: { kind: 'statusBefore', status: 502 }, nth: [1, 2] },
		];
		const apio = new Platform({ faults: { rules } });
		expect(reads.map(([method, path]) => apio.call(method, path).status)).toEqual([500, 502, 200, 200]);
	});

	it('repeats chance exactly for the same seed, near its probabilities, and differs for another', () => {
		const chance = (seed: number): ChanceFaults => ({
			seed,
			probabilities: {
				statusBefore: 0.05,
				statusAfter: 0.05,
				resetBefore: 0.05,
				resetAfter: 0.05,
				slow: 0.05,
				slowLate: 0.05,
				unauthorized: 0.05,
				forbidden: 0.05,
				malformed: 0.05,
				truncated: 0.05,
				throttle: 0.05,
				thirdParty: 0.05,
				loseSessions: 0.05,
			},
		});
		const run = (seed: number) => {
			const apio = new Platform({
				world: createWorld({ agents: 30, supervisors: 3, callCenters: 3 }),
				faults: { chance: chance(seed) },
			});
			const [list] = apio.server.state().supervisedAgents;
			const user = `/tenants/tenant1/groups/group1/users/${list.userId}`;
			const path = `${user}/services/call_centers/${list.callCenterId}/supervised_agents/`;
			for (let i = 0; i < 2000; i++) apio.call('GET', path).later?.(apio.now);
			const faults = apio.server.requests().map((each) => each.fault);
			return { faults, counts: apio.server.stats().faults, changes: apio.server.changes() };
		};
		const first = run(7);
		expect(run(7)).toEqual(first);
		expect(run(8).faults).not.toEqual(first.faults);
		for (const [kind, expected] of Object.entries({
			statusBefore: 100,
			slow: 200,
			thirdParty: 100,
			loseSessions: 100,
		})) {
			expect(first.counts[kind]).toBeGreaterThan(expected * 0.6);
			expect(first.counts[kind]).toBeLessThan(expected * 1.5);
		}
		expect(Object.keys(first.counts)).toHaveLength(12);
	});

	it.each<[ChanceFaults['retryAfterForm'], string]>([
		[undefined, '7'],
		['date', new Date(START + 7000).toUTCString()],
		['both', `${new Date(START + 7000).toUTCString()}, 7`],
	])('sends Retry-After with a 503 and a 429 in the form %s', (retryAfterForm, value) => {
		for (const kind of ['statusBefore', 'throttle'] as const) {
			const chance: ChanceFaults = {
				seed: 1,
				probabilities: { [kind]: 1 },
				statuses: [503],
				retryAfter: ['7'],
				retryAfter503: ['7'],
				retryAfterForm,
			};
			expect(new Platform({ faults: { chance } }).call('GET', PROFILE).headers['retry-after']).toBe(value);
		}
	});

	it('takes chance for matching requests only', () => {
		const faults: FaultPlan = {
			chance: { seed: 1, probabilities: { statusBefore: 1 }, statuses: [502], match: { method: 'PUT' } },
		};
		const apio = new Platform({ faults });
		expect(apio.call('GET', SUPERVISED).status).toBe(200);
		expect(apio.call('PUT', SUPERVISED, { body: agents() }).status).toBe(502);
	});

	it('refuses probabilities of more than 1 together', () => {
		expect(
			() => new Platform({ faults: { chance: { seed: 1, probabilities: { resetAfter: 0.6, resetBefore: 0.6 } } } }),
		).toThrow('more than 1');
	});

	it('ends with an empty plan', () => {
		const apio = platform({ kind: 'resetBefore' });
		apio.server.setFaults({});
		expect(apio.call('GET', SUPERVISED).ending).toBe('whole');
	});
});
