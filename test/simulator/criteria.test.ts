import { describe, expect, it } from '@jest/globals';

import { type WorldSpec } from '../../simulator';
import { Platform, reason, summary, userIds, type CallOptions, type Called } from './platform';

const PATH = '/tenants/t/groups/g/users/boss@x.be/services/call_centers/cc@x.be/supervised_agents/';

function searchWorld(): WorldSpec {
	const users = [
		{
			userId: 'Anna.Maes@x.be',
			lastName: 'Maes',
			firstName: 'Anna',
			phoneNumber: '+3225550001',
			extension: '5001',
			department: { departmentName: 'Sales', fullPathName: 'Ops \\ Sales' },
		},
		{
			userId: 'zoe.maesen@x.be',
			lastName: 'maesen',
			firstName: 'Zoë',
			phoneNumber: '+3225550002',
			extension: '6001',
			department: { departmentName: 'Support' },
		},
		{
			userId: 'rene.dubois@x.be',
			lastName: 'Dubois',
			firstName: 'René',
			phoneNumber: '+3235550003',
			extension: '50',
		},
	];
	const ids = users.map((user) => user.userId);
	return {
		tenants: [
			{
				tenantId: 't',
				groups: [
					{
						groupId: 'g',
						users: [...users, { userId: 'boss@x.be' }],
						callCenters: [{ serviceUserId: 'cc@x.be', agents: ids, supervisors: { 'boss@x.be': ids } }],
					},
				],
			},
		],
	};
}

const ANNA = 'Anna.Maes@x.be';
const ZOE = 'zoe.maesen@x.be';
const RENE = 'rene.dubois@x.be';

const CASES: Array<[string, string, string[]]> = [
	['sensitiveUserLastNameStarts', 'Mae', [ANNA]],
	['sensitiveUserLastNameContains', 'aes', [ANNA, ZOE]],
	['sensitiveUserLastNameEquals', 'maesen', [ZOE]],
	['insensitiveUserLastNameStarts', 'MAE', [ANNA, ZOE]],
	['insensitiveUserLastNameContains', 'UB', [RENE]],
	['insensitiveUserLastNameEquals', 'MAES', [ANNA]],
	['sensitiveUserFirstNameStarts', 'Zo', [ZOE]],
	['sensitiveUserFirstNameContains', 'n', [ANNA, RENE]],
	['sensitiveUserFirstNameEquals', 'anna', []],
	['insensitiveUserFirstNameStarts', 'zO', [ZOE]],
	['insensitiveUserFirstNameContains', 'EN', [RENE]],
	['insensitiveUserFirstNameEquals', 'ZOË', [ZOE]],
	['sensitiveUserIdStarts', 'anna', []],
	['sensitiveUserIdContains', 'maes', [ZOE]],
	['sensitiveUserIdEquals', ANNA, [ANNA]],
	['insensitiveUserIdStarts', 'anna', [ANNA]],
	['insensitiveUserIdContains', 'MAES', [ANNA, ZOE]],
	['insensitiveUserIdEquals', RENE.toUpperCase(), [RENE]],
	['insensitiveDnStarts', '+322', [ANNA, ZOE]],
	['insensitiveDnContains', '0003', [RENE]],
	['insensitiveDnEquals', '+3225550002', [ZOE]],
	['insensitiveExtensionStarts', '50', [ANNA, RENE]],
	['insensitiveExtensionContains', '001', [ANNA, ZOE]],
	['insensitiveExtensionEquals', '50', [RENE]],
	['sensitiveUserDepartmentEquals', 'Sales', [ANNA]],
	['sensitiveUserDepartmentEquals', 'Ops \\ Sales', [ANNA]],
	['sensitiveUserDepartmentEquals', 'sales', []],
];

const platform = (settings = {}) => new Platform({ world: searchWorld(), settings });
const search = (criteria: object, settings = {}): Called => platform(settings).call('GET', PATH, { body: criteria });

describe('search criteria', () => {
	it.each(CASES)('%s = %s, as JSON body and as query string', (name, value, found) => {
		expect(userIds(platform().call('GET', PATH, { body: { [name]: value } }))).toEqual(found);
		const query = new URLSearchParams({ [name]: value }).toString();
		expect(userIds(platform().call('GET', PATH, { query }))).toEqual(found);
	});

	it('finds all without criteria, and with an empty object', () => {
		expect(userIds(platform().call('GET', PATH))).toEqual([ANNA, ZOE, RENE]);
		expect(userIds(search({}))).toEqual([ANNA, ZOE, RENE]);
	});

	it('combines with AND, and with OR when set to', () => {
		const two = { insensitiveUserLastNameStarts: 'mae', insensitiveExtensionStarts: '50' };
		expect(userIds(search(two))).toEqual([ANNA]);
		expect(userIds(search({ ...two, combineWithOr: false }))).toEqual([ANNA]);
		expect(userIds(search({ ...two, combineWithOr: true }))).toEqual([ANNA, ZOE, RENE]);
		const query = 'insensitiveUserLastNameStarts=mae&insensitiveExtensionStarts=50&combineWithOr=true';
		expect(userIds(platform().call('GET', PATH, { query }))).toEqual([ANNA, ZOE, RENE]);
	});

	it('needs a criterion to combine with OR; a size limit is none', () => {
		expect(search({ combineWithOr: true, responseSizeLimit: 5 }).status).toBe(400);
		expect(reason(search({ combineWithOr: true }))).toContain('at least one search criterion');
	});

	it('refuses more results than responseSizeLimit instead of shortening them', () => {
		expect(search({ responseSizeLimit: 3 }).status).toBe(200);
		const refused = search({ responseSizeLimit: 2 });
		expect(refused.status).toBe(400);
		expect(summary(refused)).toContain('found 3 entries');
		expect(userIds(search({ responseSizeLimit: 1, sensitiveUserIdEquals: ANNA }))).toEqual([ANNA]);
	});

	it.each<[string, object]>([
		['a size limit below 1', { responseSizeLimit: 0 }],
		['a size limit that is no whole number', { responseSizeLimit: 1.5 }],
		['a size limit as text', { responseSizeLimit: '10' }],
		['a flag that is not boolean', { combineWithOr: 'true', sensitiveUserIdEquals: ANNA }],
		['an empty value', { sensitiveUserIdEquals: '' }],
		['a last name beyond 30 characters', { sensitiveUserLastNameStarts: 'x'.repeat(31) }],
		['a userId beyond 161 characters', { sensitiveUserIdStarts: 'x'.repeat(162) }],
		['a number beyond 23 characters', { insensitiveDnStarts: '1'.repeat(24) }],
		['an extension beyond 20 characters', { insensitiveExtensionStarts: '1'.repeat(21) }],
		['a number instead of text', { insensitiveExtensionEquals: 50 }],
		['a criterion of no such name', { sensitiveDnEquals: '+3225550002' }],
		['a parameter of another endpoint', { includeServiceUsers: true }],
	])('refuses %s with code 2', (_, criteria) => {
		const refused = search(criteria);
		expect(refused.status).toBe(400);
		expect(refused.json.errors[0]).toMatchObject({ code: 2, message: 'INVALID_PARAMETERS' });
	});

	it.each<[string, CallOptions]>([
		['twice in the query', { query: 'sensitiveUserIdEquals=a&sensitiveUserIdEquals=b' }],
		['in body and query', { query: 'sensitiveUserIdEquals=a', body: { sensitiveUserIdEquals: 'a' } }],
	])('refuses a criterion given %s', (_, options) => {
		const refused = platform().call('GET', PATH, options);
		expect(refused.status).toBe(400);
		expect(reason(refused)).toContain('more than once');
	});

	it.each(['[]', '"x"', '7', 'null', '{', 'sensitiveUserIdEquals=a'])('answers 416 to the body %s', (text) => {
		expect(platform().call('GET', PATH, { text }).status).toBe(416);
	});

	it('can ignore criteria in the body, in the query, and what the proxy drops', () => {
		const body = { sensitiveUserIdEquals: ANNA };
		const query = new URLSearchParams(body).toString();
		expect(userIds(platform({ criteriaFromBody: false }).call('GET', PATH, { body }))).toHaveLength(3);
		expect(userIds(platform({ criteriaFromBody: false }).call('GET', PATH, { query }))).toEqual([ANNA]);
		expect(userIds(platform({ criteriaFromQuery: false }).call('GET', PATH, { query }))).toHaveLength(3);
		expect(userIds(platform({ proxyDropsGetBody: true }).call('GET', PATH, { body }))).toHaveLength(3);
	});

	it('can ignore parameters that are not documented', () => {
		expect(userIds(search({ includeServiceUsers: true }, { unknownFields: 'ignore' }))).toHaveLength(3);
	});

	it.each<['name' | 'fullPath', string[], string[]]>([
		['name', [ANNA], []],
		['fullPath', [], [ANNA]],
	])('compares departments by %s when set to', (departmentMatch, byName, byPath) => {
		expect(userIds(search({ sensitiveUserDepartmentEquals: 'Sales' }, { departmentMatch }))).toEqual(byName);
		expect(userIds(search({ sensitiveUserDepartmentEquals: 'Ops \\ Sales' }, { departmentMatch }))).toEqual(byPath);
	});
});
