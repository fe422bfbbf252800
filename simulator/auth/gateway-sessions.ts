/** The gateway's sign-in: `POST /api/v1/login/`, then the cookie `sessionid` (login page of the documentation). */

import { gatewayRefusal, invalidParameters, unauthenticated } from '../errors';
import { reply, type SimulatorReply, type SimulatorRequest } from '../exchange';
import { checkFields, readObject } from '../parameters';
import type { SeededRandom } from '../../tools/seeded-random';
import type { SimulatorSettings } from '../settings';
import type { AccountSpec } from '../world-spec';
import type { Accounts } from './accounts';

interface Session {
	account: AccountSpec;
	lastUsed: number;
	loadBalancer: string;
}

const LOGIN_FIELDS = new Set(['username', 'password', 'provide_basic_profile']);
const LOAD_BALANCER_COOKIE = 'SERVERID';

export class GatewaySessions {
	private readonly sessions = new Map<string, Session>();

	constructor(
		private readonly accounts: Accounts,
		private readonly random: SeededRandom,
	) {}

	login(request: SimulatorRequest, now: number, settings: SimulatorSettings): SimulatorReply {
		const body = readObject(request.body);
		checkFields(body, LOGIN_FIELDS, 'the sign-in', settings);
		const { username, password } = body;
		if (typeof username !== 'string' || typeof password !== 'string') {
			throw invalidParameters("'username' and 'password' must be strings.");
		}
		const account = this.accounts.check(username, password);
		if (!account) throw gatewayRefusal(401, 'UNAUTHORIZED', 'Authentication failed.');
		const sessionId = this.random.hex(32);
		const loadBalancer = `node${this.random.integer(1, 2)}`;
		this.sessions.set(sessionId, { account, lastUsed: now, loadBalancer });
		const cookies = [`sessionid=${sessionId}; HttpOnly; Path=/; SameSite=Lax`];
		if (settings.loadBalancerCookie) cookies.push(`${LOAD_BALANCER_COOKIE}=${loadBalancer}; Path=/`);
		const ids = Object.fromEntries(
			[
				['tenant_id', account.tenantId],
				['group_id', account.groupId],
				['user_id', account.userId],
			].filter(([, id]) => id !== undefined),
		) as object;
		const profile = { user_level: account.userLevel, is_first_login: account.mustChangePassword ?? false };
		return reply(200, JSON.stringify({ ids, profile }), { 'set-cookie': cookies });
	}

	/** The account of the session that the request's cookies name. */
	authenticate(request: SimulatorRequest, now: number, settings: SimulatorSettings): AccountSpec {
		const cookies = readCookies(request.headers?.cookie);
		const sessionId = cookies.get('sessionid');
		if (sessionId === undefined) throw unauthenticated('Authentication credentials were not provided.');
		const session = this.sessions.get(sessionId);
		// Another node behind the load balancer does not know the session.
		const elsewhere = settings.loadBalancerCookie && cookies.get(LOAD_BALANCER_COOKIE) !== session?.loadBalancer;
		const expired = session && now - session.lastUsed > settings.sessionSeconds * 1000;
		if (!session || expired || elsewhere) throw unauthenticated('The session is unknown or has expired.');
		session.lastUsed = now;
		return session.account;
	}

	/** All sessions are gone, as after a restart of the gateway. */
	forget(): void {
		this.sessions.clear();
	}
}

function readCookies(header: string | string[] | undefined): Map<string, string> {
	const cookies = new Map<string, string>();
	const text = Array.isArray(header) ? header.join('; ') : (header ?? '');
	for (const pair of text.split(';')) {
		const at = pair.indexOf('=');
		if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
	}
	return cookies;
}
