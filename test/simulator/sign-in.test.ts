import { describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, verify } from 'node:crypto';

import { DEFAULT_ACCOUNT, documentationWorld, type AccountSpec, type SimulatorSettings } from '../../simulator';
import { Platform, PROFILE, START, type Called } from './platform';

const { username, password } = DEFAULT_ACCOUNT;

function platform(settings: Partial<SimulatorSettings> = {}, accounts: AccountSpec[] = [DEFAULT_ACCOUNT]): Platform {
	return new Platform({ world: { ...documentationWorld(), accounts }, settings });
}
const core = (apio: Platform, method: string, path: string, body?: unknown, token?: string): Called =>
	apio.call(method, path, {
		body,
		prefix: '/api/v01/auth',
		headers: { authorization: token ? `Bearer ${token}` : '' },
	});
const gatewayLogin = (apio: Platform, body: unknown = { username, password }) =>
	apio.call('POST', '/login/', { body, prefix: '/api/v1', headers: {} });
const cookiesOf = (answer: Called) => (answer.headers['set-cookie'] as string[]).map((cookie) => cookie.split(';')[0]);
const atGateway = (apio: Platform, cookie: string) =>
	apio.call('GET', PROFILE, { prefix: '/api/v1', headers: { cookie } });

describe("the gateway's entry point", () => {
	it('gives ids, profile and a session cookie, which later requests need', () => {
		const apio = platform({}, [{ username: 'u', password: 'p', userLevel: 8, tenantId: 'foo', groupId: 'foogroup' }]);
		const answer = gatewayLogin(apio, { username: 'u', password: 'p', provide_basic_profile: true });
		expect(answer.json).toEqual({
			ids: { tenant_id: 'foo', group_id: 'foogroup' },
			profile: { user_level: 8, is_first_login: false },
		});
		expect(atGateway(apio, cookiesOf(answer)[0]).status).toBe(200);
		expect(atGateway(apio, 'sessionid=other').status).toBe(401);
		expect(apio.call('GET', PROFILE, { prefix: '/api/v1' }).status).toBe(401);
	});

	it.each<[unknown, number]>([
		[{ username, password: 'wrong' }, 401],
		[{ username: 'nobody', password }, 401],
		[{ username }, 400],
		[{ username, password: 7 }, 400],
		[{ username, password, otp: '1' }, 400],
		[[], 416],
	])("refuses %j with %i in the gateway's form", (body, status) => {
		const answer = gatewayLogin(platform(), body);
		expect(answer.status).toBe(status);
		expect(answer.json.errors).toHaveLength(1);
		expect(answer.headers).not.toHaveProperty('set-cookie');
	});

	it("needs the load balancer's cookie once it was set", () => {
		const apio = platform({ loadBalancerCookie: true });
		const cookies = cookiesOf(gatewayLogin(apio));
		expect(cookies).toHaveLength(2);
		expect(atGateway(apio, cookies.join('; ')).status).toBe(200);
		expect(atGateway(apio, cookies[0]).status).toBe(401);
	});

	it('lets an idle session lapse, and loses all when set to', () => {
		const apio = platform({ sessionSeconds: 60 });
		const [cookie] = cookiesOf(gatewayLogin(apio));
		apio.now += 60000;
		expect(atGateway(apio, cookie).status).toBe(200);
		apio.now += 60001;
		expect(atGateway(apio, cookie).status).toBe(401);
		const [another] = cookiesOf(gatewayLogin(apio));
		apio.server.loseSessions();
		expect(atGateway(apio, another).status).toBe(401);
	});
});

describe("APIO Core's entry point", () => {
	it('gives tokens, real JWTs that its public key proves, and takes the access token', () => {
		const apio = platform();
		const { json } = core(apio, 'POST', '/login', { username, password, proxy: 'bwks' });
		expect(json).toMatchObject({ token: DEFAULT_ACCOUNT.m2mToken, email_set: true });
		const [head, claims, signature] = (json.access_token as string).split('.');
		const pem = apio.call('GET', '/session_token_public_key', { prefix: '/api/v01/auth' }).body;
		expect(
			verify(null, Buffer.from(`${head}.${claims}`), createPublicKey(pem), Buffer.from(signature, 'base64url')),
		).toBe(true);
		expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).exp).toBe(START / 1000 + 300);
		const headers = { authorization: `Bearer ${json.access_token}` };
		expect(apio.call('GET', PROFILE, { headers }).status).toBe(200);
		expect(apio.call('GET', PROFILE, { headers: { authorization: `Bearer ${json.refresh_token}` } }).status).toBe(401);
	});

	it.each<[unknown, number]>([
		[{ username, password: 'wrong' }, 401],
		[{ username }, 400],
		[{ username, password, remember: true }, 400],
		[{ username: 'x'.repeat(201), password }, 400],
		[{ username, password, proxy: 'x'.repeat(71) }, 400],
		[{ username, password: 7 }, 400],
		[[], 400],
	])("refuses %j with %i in Core's form", (body, status) => {
		const answer = core(platform(), 'POST', '/login', body);
		expect(answer.status).toBe(status);
		expect(answer.json).toEqual({ error: expect.any(String) });
	});

	it('lets the access token lapse and refreshes it; renews the refresh token only near its end', () => {
		const apio = platform({ accessTokenSeconds: 60, refreshTokenSeconds: 1000 });
		const { access_token, refresh_token } = core(apio, 'POST', '/login', { username, password }).json;
		apio.now += 60000;
		const lapsed = apio.call('GET', PROFILE, { headers: { authorization: `Bearer ${access_token}` } });
		expect([lapsed.status, lapsed.json]).toEqual([401, { error: 'Token expired' }]);
		const fresh = core(apio, 'GET', '/access_token', undefined, refresh_token).json;
		expect(Object.keys(fresh)).toEqual(['access_token']);
		expect(apio.call('GET', PROFILE, { headers: { authorization: `Bearer ${fresh.access_token}` } }).status).toBe(200);
		expect(core(apio, 'GET', '/access_token', undefined, access_token).status).toBe(401);
		apio.now += 850000;
		expect(Object.keys(core(apio, 'GET', '/access_token', undefined, refresh_token).json)).toEqual([
			'access_token',
			'refresh_token',
		]);
		apio.now += 90000;
		expect(core(apio, 'GET', '/access_token', undefined, refresh_token).status).toBe(401);
		expect(apio.server.stats()).toMatchObject({ signIns: 1, refreshes: 2 });
	});

	it('signs out by token, and by the signature of the refresh token', () => {
		const apio = platform();
		const first = core(apio, 'POST', '/login', { username, password }).json;
		const second = core(apio, 'POST', '/login', { username, password }).json;
		const sign = `sha1:${createHash('sha1')
			.update(second.refresh_token as string)
			.digest('hex')}`;
		apio.call('GET', '/logout', {
			prefix: '/api/v01/auth',
			query: `sign=${sign}`,
			headers: { authorization: `Bearer ${first.access_token}` },
		});
		const status = (token: string) =>
			apio.call('GET', PROFILE, { headers: { authorization: `Bearer ${token}` } }).status;
		expect([status(first.access_token), status(second.access_token)]).toEqual([200, 401]);
		expect(core(apio, 'GET', '/logout', undefined, first.access_token).status).toBe(200);
		expect(core(apio, 'GET', '/access_token', undefined, first.refresh_token).status).toBe(401);
		expect(core(apio, 'GET', '/logout', undefined, first.access_token).status).toBe(401);
	});

	it.each(['email', 'totp'] as const)(
		'answers a password with a second factor (%s) by 200 without tokens',
		(option) => {
			const apio = platform({}, [{ ...DEFAULT_ACCOUNT, twoFactor: { option, code: '123456' } }]);
			const asked = core(apio, 'POST', '/login', { username, password });
			expect([asked.status, Object.keys(asked.json)]).toEqual([200, ['2fa_payload', 'option']]);
			const path = option === 'email' ? '/2fa' : '/2fa_totp';
			const answer = { '2fa_payload': asked.json['2fa_payload'], code: '123456', trust: true };
			expect(core(apio, 'POST', path, { ...answer, code: '000000' }).status).toBe(400);
			expect(core(apio, 'POST', option === 'email' ? '/2fa_totp' : '/2fa', answer).status).toBe(400);
			expect(core(apio, 'POST', path, answer).json).toHaveProperty('access_token');
			expect(core(apio, 'POST', path, answer).status).toBe(400);
			expect(apio.server.stats()).toMatchObject({ signIns: 1 });
		},
	);

	it('answers 403 with error_code 1 when the password must be changed', () => {
		const answer = core(platform({}, [{ ...DEFAULT_ACCOUNT, mustChangePassword: true }]), 'POST', '/login', {
			username,
			password,
		});
		expect([answer.status, answer.json.error_code]).toEqual([403, 1]);
	});

	it('takes machine tokens, which do not lapse, and no others', () => {
		const apio = platform();
		apio.now += 1e12;
		expect(apio.call('GET', PROFILE).status).toBe(200);
		for (const authorization of ['', 'Bearer other', `Basic ${DEFAULT_ACCOUNT.m2mToken}`]) {
			const refused = apio.call('GET', PROFILE, { headers: { authorization } });
			expect([refused.status, refused.json]).toEqual([401, { error: expect.any(String) }]);
		}
	});

	it("applies the user profile's rules on methods and URLs", () => {
		const apio = platform({}, [
			{ ...DEFAULT_ACCOUNT, apiRules: [{ method: 'PUT', url: '/call_centers/', allowed: false }] },
		]);
		expect(apio.call('GET', PROFILE).status).toBe(200);
		const refused = apio.call('PUT', PROFILE, { body: {} });
		expect([refused.status, refused.json]).toEqual([403, { error: expect.any(String) }]);
	});

	it('is healthy, and knows no other paths of its own', () => {
		expect(platform().call('GET', '/health', { prefix: '/api/v01' }).json).toEqual({ status: 'ok' });
		expect(platform().call('GET', '/health', { prefix: '' }).json).toEqual({ status: 'ok' });
		expect(platform().call('GET', '/nothing', { prefix: '/api/v01' }).json).toEqual({ error: 'Not found' });
		expect(platform().call('GET', '/api/v2/tenants/', { prefix: '' }).status).toBe(404);
	});
});

describe('user levels', () => {
	const account = (userLevel: AccountSpec['userLevel'], ids: Partial<AccountSpec> = {}): AccountSpec => ({
		...DEFAULT_ACCOUNT,
		userLevel,
		...ids,
	});
	const inFoo = { tenantId: 'foo', groupId: 'foogroup', userId: 'foouser' };
	const status = (spec: AccountSpec, path: string) => platform({}, [spec]).call('GET', path).status;
	const group = '/tenants/foo/groups/foogroup';

	it.each<[string, AccountSpec, string, number]>([
		['an end user sees himself', account(0, inFoo), PROFILE, 200],
		['an end user does not see another', account(0, inFoo), PROFILE.replace('foouser', 'fooSupervisorUser'), 403],
		['an end user does not list users', account(0, inFoo), `${group}/users/`, 403],
		['a group administrator sees his users', account(8, inFoo), `${group}/users/`, 200],
		['a group administrator sees no other group', account(8, { ...inFoo, groupId: 'other' }), `${group}/users/`, 403],
		['a group administrator lists no groups', account(8, inFoo), '/tenants/foo/groups/', 403],
		['a tenant administrator lists groups', account(12, inFoo), '/tenants/foo/groups/', 200],
		['a tenant administrator sees no other tenant', account(12, { tenantId: 'other' }), PROFILE, 403],
		['a tenant administrator lists no tenants', account(12, inFoo), '/tenants/', 403],
		['a system administrator lists tenants', account(16), '/tenants/', 200],
	])('%s', (_, spec, path, expected) => expect(status(spec, path)).toBe(expected));
});
