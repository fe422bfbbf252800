/** APIO Core's sign-in: access and refresh tokens, machine tokens, the second factor (Core's OpenAPI and auth page). */

import { createHash } from 'node:crypto';

import { coreRefusal } from '../errors';
import { reply, type SimulatorReply, type SimulatorRequest } from '../exchange';
import type { CredentialKind, Statistics } from '../log';
import { parseObject, type JsonObject } from '../parameters';
import type { SeededRandom } from '../../tools/seeded-random';
import type { SimulatorSettings } from '../settings';
import type { AccountSpec } from '../world-spec';
import type { Accounts } from './accounts';
import { TokenSigner } from './jwt';

interface Issued {
	account: AccountSpec;
	kind: 'access' | 'refresh';
	expiresAt: number;
	/** Access tokens die with the refresh token of their sign-in. */
	family: number;
}

/** Fields and their greatest lengths; anything else is refused (`additionalProperties: false`). */
const LOGIN_FIELDS = { username: 200, password: 200, proxy: 70 } as const;

export class CoreTokens {
	private signer: TokenSigner | null = null;
	private readonly issued = new Map<string, Issued>();
	private readonly pending = new Map<string, AccountSpec>();
	private family = 0;
	private serial = 0;

	constructor(
		private readonly accounts: Accounts,
		private readonly random: SeededRandom,
	) {}

	login(request: SimulatorRequest, now: number, settings: SimulatorSettings): SimulatorReply {
		const body = coreObject(request.body);
		for (const [name, value] of Object.entries(body)) {
			const maxLength = Object.hasOwn(LOGIN_FIELDS, name) ? LOGIN_FIELDS[name as keyof typeof LOGIN_FIELDS] : undefined;
			if (maxLength === undefined)
				throw coreRefusal(400, `Additional properties are not allowed ('${name}' was unexpected)`);
			if (typeof value !== 'string' || value.length > maxLength) {
				throw coreRefusal(400, `'${name}' must be a string of at most ${maxLength} characters`);
			}
		}
		const { username, password } = body as { username?: string; password?: string };
		if (username === undefined || password === undefined)
			throw coreRefusal(400, "'username' and 'password' are required");
		const account = this.accounts.check(username, password);
		if (!account) throw coreRefusal(401, 'Invalid username or password');
		refusePasswordChange(account);
		if (account.twoFactor) {
			const payload = this.random.hex(40);
			this.pending.set(payload, account);
			return reply(200, JSON.stringify({ '2fa_payload': payload, option: account.twoFactor.option }));
		}
		return this.issuePair(account, now, settings);
	}

	/** `POST /auth/2fa` and `/auth/2fa_totp`. */
	secondFactor(
		request: SimulatorRequest,
		option: 'email' | 'totp',
		now: number,
		settings: SimulatorSettings,
	): SimulatorReply {
		const body = coreObject(request.body);
		const payload = body['2fa_payload'];
		const account = typeof payload === 'string' ? this.pending.get(payload) : undefined;
		if (!account || account.twoFactor?.option !== option || account.twoFactor.code !== body.code) {
			throw coreRefusal(400, 'Invalid code');
		}
		this.pending.delete(payload as string);
		return this.issuePair(account, now, settings);
	}

	/**
	 * `GET /auth/access_token` with the refresh token as Bearer; a new refresh token only when the old one nears its end.
	 */
	refresh(request: SimulatorRequest, now: number, settings: SimulatorSettings): SimulatorReply {
		const text = bearer(request);
		const token = text === undefined ? undefined : this.issued.get(text);
		if (token?.kind !== 'refresh' || token.expiresAt <= now)
			throw coreRefusal(401, 'The refresh token is expired or revoked');
		const answer: Record<string, string> = {
			access_token: this.issue(token.account, 'access', token.family, now, settings),
		};
		if (token.expiresAt - now < settings.refreshTokenSeconds * 100) {
			answer.refresh_token = this.issue(token.account, 'refresh', token.family, now, settings);
		}
		return reply(200, JSON.stringify(answer));
	}

	/**
	 * `GET /auth/logout[?sign=sha1:<hex>]`: ends the sign-in of the token sent, or of the refresh token with that
	 * signature.
	 */
	logout(request: SimulatorRequest): SimulatorReply {
		const text = bearer(request);
		const token = text === undefined ? undefined : this.issued.get(text);
		if (!token) throw coreRefusal(401, 'Invalid token');
		const wanted = new URLSearchParams(request.query ?? '').get('sign');
		let family: number | undefined = token.family;
		if (wanted !== null) {
			family = undefined;
			for (const [key, other] of this.issued) {
				const mine = other.kind === 'refresh' && other.account === token.account;
				if (mine && `sha1:${createHash('sha1').update(key).digest('hex')}` === wanted) family = other.family;
			}
		}
		for (const [key, other] of this.issued) if (other.family === family) this.issued.delete(key);
		return reply(200, '{}');
	}

	/** The account behind the Bearer token of a request. */
	authenticate(request: SimulatorRequest, now: number): { account: AccountSpec; credentials: CredentialKind } {
		const text = bearer(request);
		if (text === undefined) throw coreRefusal(401, 'Missing Authorization header');
		const machine = this.accounts.withToken(text);
		if (machine) return { account: machine, credentials: 'm2mToken' };
		const token = this.issued.get(text);
		if (token?.kind !== 'access') throw coreRefusal(401, 'Invalid token');
		if (token.expiresAt <= now) throw coreRefusal(401, 'Token expired');
		refusePasswordChange(token.account);
		return { account: token.account, credentials: 'accessToken' };
	}

	publicKey(): SimulatorReply {
		return reply(200, this.getSigner().publicKeyPem(), { 'content-type': 'application/x-pem-file' });
	}

	/** Access tokens are void at once; machine and refresh tokens stay. */
	forget(): void {
		for (const [key, token] of this.issued) if (token.kind === 'access') this.issued.delete(key);
	}

	private issuePair(account: AccountSpec, now: number, settings: SimulatorSettings): SimulatorReply {
		const family = ++this.family;
		const answer = {
			access_token: this.issue(account, 'access', family, now, settings),
			refresh_token: this.issue(account, 'refresh', family, now, settings),
			...(account.m2mToken ? { token: account.m2mToken } : {}),
			ui_profile: null,
			email_set: true,
		};
		return reply(200, JSON.stringify(answer));
	}

	private issue(
		account: AccountSpec,
		kind: Issued['kind'],
		family: number,
		now: number,
		settings: SimulatorSettings,
	): string {
		const seconds = kind === 'access' ? settings.accessTokenSeconds : settings.refreshTokenSeconds;
		const expiresAt = now + seconds * 1000;
		const claims = {
			sub: account.username,
			type: kind,
			jti: ++this.serial,
			iat: Math.floor(now / 1000),
			exp: Math.floor(expiresAt / 1000),
		};
		const text = this.getSigner().sign(claims);
		this.issued.set(text, { account, kind, expiresAt, family });
		return text;
	}

	/** Made on first use, because key generation takes time, and machine tokens need no keys. */
	private getSigner(): TokenSigner {
		return (this.signer ??= new TokenSigner(this.random));
	}
}

/** Counts a sign-in or refresh, by path and status. */
export function countSignIn(statistics: Statistics, path: string, status: number): void {
	if (path.includes('access_token')) {
		if (status === 200) statistics.refreshes++;
	} else if (status === 200) statistics.signIns++;
	else statistics.refusedSignIns++;
}

function refusePasswordChange(account: AccountSpec): void {
	if (account.mustChangePassword) throw coreRefusal(403, 'The password must be changed first', { error_code: 1 });
}

function bearer(request: SimulatorRequest): string | undefined {
	const header = request.headers?.authorization;
	return typeof header === 'string' ? /^Bearer (\S+)$/i.exec(header)?.[1] : undefined;
}

/** APIO Core's statuses have no 416. */
function coreObject(text: string | undefined): JsonObject {
	const object = parseObject(text);
	if (!object) throw coreRefusal(400, 'The request body is not a JSON object');
	return object;
}
