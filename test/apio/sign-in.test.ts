import { describe, expect, it } from '@jest/globals';

import { baseUrlProblem, coreRoot, normalBaseUrl } from '../../lib/base-url';
import { accountKey, type Account } from '../../lib/apio/sign-in/account';
import {
	serializeSession,
	sessionHeaders,
	sessionOf,
	parseSession,
	withCookies,
	type Session,
} from '../../lib/apio/sign-in/session';
import { REFUSAL_MS, REUSE_MS, SingleFlightSignIn } from '../../lib/apio/sign-in/single-flight';
import { signIn, type SignInAnswer, type SignInHttp, type SignInRequest } from '../../lib/apio/sign-in/sign-in';
import { SignInError } from '../../lib/apio/sign-in/sign-in-error';

const SECRET = ['pass', 'word'].join('-');
const CORE: Account = {
	baseUrl: 'https://apio.example/api/v01/p1',
	method: 'corePassword',
	username: 'jan',
	password: SECRET,
};
const GATEWAY: Account = { ...CORE, baseUrl: 'https://apio.example/api/v1', method: 'gatewayPassword' };
const NOW = Date.UTC(2026, 0, 1);

const packed = (session: Session, account = CORE) => serializeSession(session, accountKey(account));

function server(...answers: Array<Partial<SignInAnswer>>): { http: SignInHttp; asked: SignInRequest[] } {
	const asked: SignInRequest[] = [];
	const http: SignInHttp = async (request) => {
		asked.push(request);
		return { kind: 'answer', status: 200, body: {}, headers: {}, ...answers[asked.length - 1] };
	};
	return { http, asked };
}

describe('signing in at APIO Core', () => {
	it('posts user and password beside the prefix, and keeps both tokens', async () => {
		const { http, asked } = server({ body: { access_token: 'A', refresh_token: 'R', ui_profile: {} } });
		expect(await signIn(CORE, '', http, NOW)).toEqual({ kind: 'core', access: 'A', refresh: 'R' });
		expect(asked).toEqual([
			{
				method: 'POST',
				url: 'https://apio.example/api/v01/auth/login',
				headers: {},
				body: { username: 'jan', password: SECRET },
			},
		]);
	});

	it('refreshes with the refresh token, which stays unless a new one comes', async () => {
		const stale = packed({ kind: 'core', access: 'old', refresh: 'R' });
		const first = server({ body: { access_token: 'A2' } });
		expect(await signIn(CORE, stale, first.http, NOW)).toEqual({ kind: 'core', access: 'A2', refresh: 'R' });
		expect(first.asked).toEqual([
			{ method: 'GET', url: 'https://apio.example/api/v01/auth/access_token', headers: { Authorization: 'Bearer R' } },
		]);
		const second = server({ body: { access_token: 'A3', refresh_token: 'R2' } });
		expect(await signIn(CORE, stale, second.http, NOW)).toEqual({ kind: 'core', access: 'A3', refresh: 'R2' });
	});

	it('falls back to the password when the refresh is refused', async () => {
		const { http, asked } = server({ status: 401 }, { body: { access_token: 'A4' } });
		expect(await signIn(CORE, packed({ kind: 'core', access: 'old', refresh: 'R' }), http, NOW)).toEqual({
			kind: 'core',
			access: 'A4',
			refresh: null,
		});
		expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
	});
});

it('signing in at the gateway keeps every cookie', async () => {
	const { http, asked } = server({
		body: { ids: {}, profile: { user_level: 16 } },
		headers: { 'set-cookie': ['sessionid=abc; Path=/; HttpOnly', 'lb=node2; Path=/', 'gone=; Max-Age=0'] },
	});
	const session = (await signIn(GATEWAY, '', http, NOW)) as Session;
	expect(session).toEqual({ kind: 'gateway', cookies: { sessionid: 'abc', lb: 'node2' } });
	expect(sessionHeaders(session)).toEqual({ Cookie: 'sessionid=abc; lb=node2' });
	expect(asked[0].url).toBe('https://apio.example/api/v1/login/');
});

it.each([429, 503])('hands on how long a platform that puts a sign-in off (%d) wants it to wait', async (status) => {
	const headers = { 'retry-after': '7', date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'set-cookie': ['sessionid=secret'] };
	const error = await signIn(CORE, '', server({ status, headers }).http, NOW);
	expect(error).toMatchObject({
		problem: 'unavailable',
		putOffBy: { 'retry-after': '7', date: 'Thu, 01 Jan 2026 00:00:00 GMT' },
	});
	expect((error as SignInError).putOffBy).not.toHaveProperty('set-cookie');
});

it('does not go on to the password where the platform puts the refresh off', async () => {
	const { http, asked } = server({ status: 429, headers: { 'retry-after': '60', 'x-ratelimit-note': 'a secret' } });
	const error = await signIn(CORE, packed({ kind: 'core', access: 'old', refresh: 'R' }), http, NOW);
	expect(error).toMatchObject({ problem: 'unavailable', putOffBy: { 'retry-after': '60' } });
	expect((error as SignInError).putOffBy).not.toHaveProperty('x-ratelimit-note');
	expect(asked).toHaveLength(1);
});

describe.each([CORE, GATEWAY])('what goes wrong with $method', (account) => {
	it.each<[string, Partial<SignInAnswer>, string]>([
		['wrong password', { status: 401, body: { error: 'no' } }, 'refused'],
		['locked', { status: 403, body: {} }, 'refused'],
		['password change', { status: 403, body: { error_code: 1 } }, 'passwordChange'],
		['no such address', { status: 404 }, 'wrongAddress'],
		['a redirect', { status: 302 }, 'wrongAddress'],
		['a web page', { status: 200, body: '<html>' }, 'wrongAddress'],
		['success without anything', { status: 200, body: {} }, 'wrongAddress'],
		['overload', { status: 503 }, 'unavailable'],
		['throttled', { status: 429 }, 'unavailable'],
	])('%s', async (_title, answered, problem) => {
		const error = await signIn(account, '', server(answered).http, NOW);
		expect(error).toBeInstanceOf(SignInError);
		expect(error).toMatchObject({ problem });
		expect((error as SignInError).message).not.toContain(SECRET);
	});

	it('no connection', async () => {
		const http: SignInHttp = async () => ({
			kind: 'noAnswer',
			cause: 'unreachable',
			maybeApplied: false,
			code: 'X',
			message: 'Nobody home',
			advice: 'Ring again.',
		});
		expect(await signIn(account, '', http, NOW)).toMatchObject({
			problem: 'unreachable',
			message: 'Signing in was not possible. Nobody home. Ring again.',
		});
	});
});

it('a second factor asked for', async () => {
	expect(await signIn(CORE, '', server({ body: { '2fa_payload': 'x', option: 'totp' } }).http, NOW)).toMatchObject({
		problem: 'secondFactor',
	});
});

describe('the single-flight sign-in', () => {
	const core = (access: string): Session => ({ kind: 'core', access, refresh: null });

	it('signs in once for all who ask at the same time', async () => {
		const singleFlight = new SingleFlightSignIn(() => NOW);
		let opened = 0;
		const open = async () => core(`A${++opened}`);
		const all = await Promise.all(Array.from({ length: 50 }, async () => await singleFlight.renew(CORE, '', open)));
		expect(new Set(all)).toEqual(new Set([packed(core('A1'))]));
		const renewed = await Promise.all(
			Array.from({ length: 50 }, async () => await singleFlight.renew(CORE, String(all[0]), open)),
		);
		expect(new Set(renewed)).toEqual(new Set([packed(core('A2'))]));
		// One whose request was slow comes with the session before the last.
		expect(await singleFlight.renew(CORE, String(all[0]), open)).toBe(packed(core('A2')));
		expect(opened).toBe(2);
	});

	it('does not hand out a session for ever', async () => {
		let now = NOW;
		const singleFlight = new SingleFlightSignIn(() => now);
		await singleFlight.renew(CORE, '', async () => core('A'));
		now += REUSE_MS;
		expect(await singleFlight.renew(CORE, '', async () => core('B'))).toBe(packed(core('B')));
	});

	it('keeps accounts apart, a changed password included', async () => {
		const singleFlight = new SingleFlightSignIn(() => NOW);
		await singleFlight.renew(CORE, '', async () => core('A'));
		for (const other of [
			GATEWAY,
			{ ...CORE, password: 'other' },
			{ ...CORE, username: 'an' },
			{ ...CORE, baseUrl: 'https://b.example' },
		]) {
			expect(await singleFlight.renew(other, '', async () => core('B'))).toBe(packed(core('B'), other));
		}
	});

	it('does not repeat a refusal at once, but an outage', async () => {
		let now = NOW;
		const singleFlight = new SingleFlightSignIn(() => now);
		let opened = 0;
		const refuse = async () => {
			opened++;
			return new SignInError('refused', 'no');
		};
		await singleFlight.renew(CORE, '', refuse);
		expect(await singleFlight.renew(CORE, '', refuse)).toMatchObject({ problem: 'refused' });
		expect(opened).toBe(1);
		now += REFUSAL_MS;
		await singleFlight.renew(CORE, '', refuse);
		expect(opened).toBe(2);
		const down = async () => {
			opened++;
			return new SignInError('unreachable', 'down');
		};
		await singleFlight.renew(GATEWAY, '', down);
		await singleFlight.renew(GATEWAY, '', down);
		expect(opened).toBe(4);
	});
});

describe('what is stored', () => {
	it.each([undefined, '', 'abc', '{', '[]', '{}', '{"kind":"core"}', '{"kind":"gateway","cookies":3}'])(
		'is no session: %j',
		(packed) => {
			expect(parseSession(packed)).toBeNull();
		},
	);

	it("is another account's as soon as anything of the account is another", () => {
		const mine: Session = { kind: 'core', access: 'A', refresh: 'R' };
		const stored = packed(mine);
		expect(sessionOf(stored, accountKey(CORE))).toEqual(mine);
		for (const other of [
			GATEWAY,
			{ ...CORE, password: 'other' },
			{ ...CORE, username: 'an' },
			{ ...CORE, baseUrl: 'https://b.example' },
		]) {
			expect(sessionOf(stored, accountKey(other))).toBeNull();
		}
	});

	it('forgets cookies that are over', () => {
		const expired = withCookies(
			{ a: '1', b: '2' },
			['a=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'c="q=1"; Max-Age=60', '=nameless', 'junk'],
			NOW,
		);
		expect(expired).toEqual({ b: '2', c: '"q=1"' });
		expect(withCookies({}, undefined, NOW)).toEqual({});
	});
});

describe('the Base URL', () => {
	it('loses spaces and slashes at the end, and knows its root at APIO Core', () => {
		expect(normalBaseUrl(' https://Apio.Example/api/v01/p12// ')).toBe('https://apio.example/api/v01/p12');
		expect(coreRoot('https://apio.example/api/v01/p12')).toBe('https://apio.example/api/v01');
		expect(coreRoot('https://apio.example/api/v01')).toBe('https://apio.example/api/v01');
	});

	it.each(['', 'apio.example', 'ftp://x', 'https://u:p@x', 'https://x/?a', 'https://x/#a'])('is none: %j', (url) => {
		expect(baseUrlProblem(url)).not.toBeNull();
	});
});
