/** The entry points of the platform: the prefix of their paths, who may sign in, and what they answer themselves. */

import type { Accounts } from './auth/accounts';
import { CoreTokens, countSignIn } from './auth/core-tokens';
import { GatewaySessions } from './auth/gateway-sessions';
import { coreRefusal, forbidden, notFound, Refusal } from './errors';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import type { LoggedRequest, Statistics } from './log';
import type { SeededRandom } from '../tools/seeded-random';
import type { SimulatorSettings } from './settings';
import type { AccountSpec } from './world-spec';

export type EntryPoint = 'gateway' | 'proxy' | 'core';

/** A path taken apart: the entry point, and the decoded segments below its prefix. */
export interface Address {
	entryPoint: EntryPoint | null;
	segments: string[];
	trailingSlash: boolean;
}

const PREFIXES: ReadonlyArray<[EntryPoint, string]> = [
	['gateway', '/api/v1/'],
	['proxy', '/api/v01/p1/'],
	['core', '/api/v01/'],
];

export function readAddress(path: string): Address {
	for (const [entryPoint, prefix] of PREFIXES) {
		if (!path.startsWith(prefix)) continue;
		const trailingSlash = path.endsWith('/');
		const segments = path.slice(prefix.length, trailingSlash ? -1 : undefined).split('/');
		return { entryPoint, segments: segments.map(decode), trailingSlash };
	}
	return { entryPoint: null, segments: [], trailingSlash: false };
}

/** A segment that is not properly encoded stays as it is, and so names nothing. */
function decode(segment: string): string {
	if (!segment.includes('%')) return segment;
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

export class EntryPoints {
	readonly sessions: GatewaySessions;
	readonly tokens: CoreTokens;

	constructor(accounts: Accounts, random: SeededRandom) {
		this.sessions = new GatewaySessions(accounts, random);
		this.tokens = new CoreTokens(accounts, random);
	}

	/** What an entry point answers by itself: signing in and out, health. Undefined: a path for the gateway's routes. */
	own(
		address: Address,
		request: SimulatorRequest,
		now: number,
		settings: SimulatorSettings,
		statistics: Statistics,
	): SimulatorReply | undefined {
		const path = address.segments.join('/');
		const asked = `${request.method} ${path}`;
		if (address.entryPoint === 'gateway' && asked === 'POST login') {
			if (!address.trailingSlash && settings.trailingSlash !== 'optional')
				throw notFound('No such URI; paths end in a slash.');
			return this.counted(path, statistics, () => this.sessions.login(request, now, settings));
		}
		if (address.entryPoint !== 'core') return undefined;
		switch (asked) {
			case 'POST auth/login':
				return this.counted(path, statistics, () => this.tokens.login(request, now, settings));
			case 'POST auth/2fa':
				return this.counted(path, statistics, () => this.tokens.secondFactor(request, 'email', now, settings));
			case 'POST auth/2fa_totp':
				return this.counted(path, statistics, () => this.tokens.secondFactor(request, 'totp', now, settings));
			case 'GET auth/access_token':
				return this.counted(path, statistics, () => this.tokens.refresh(request, now, settings));
			case 'GET auth/logout':
				return this.tokens.logout(request);
			case 'GET auth/session_token_public_key':
				return this.tokens.publicKey();
			case 'GET health':
				return reply(200, '{"status":"ok"}');
			default:
				throw coreRefusal(404, 'Not found');
		}
	}

	/** The account of a request, by its own rules. The log gets the kind of the credentials, never their value. */
	admit(
		address: Address,
		request: SimulatorRequest,
		now: number,
		settings: SimulatorSettings,
		entry: LoggedRequest,
	): AccountSpec {
		if (address.entryPoint === 'gateway') {
			if (request.headers?.cookie) entry.credentials = 'session';
			const account = this.sessions.authenticate(request, now, settings);
			entry.account = account.username;
			return account;
		}
		if (request.headers?.authorization) entry.credentials = 'unknown';
		const { account, credentials } = this.tokens.authenticate(request, now);
		entry.credentials = credentials;
		entry.account = account.username;
		const rule = account.apiRules?.find(
			({ method, url }) => (method === '*' || method === request.method) && new RegExp(url).test(request.path),
		);
		if (rule && !rule.allowed) throw coreRefusal(403, 'The user profile does not allow this request');
		return account;
	}

	/** Sessions and access tokens are void. */
	loseSessions(): void {
		this.sessions.forget();
		this.tokens.forget();
	}

	private counted(path: string, statistics: Statistics, signIn: () => SimulatorReply): SimulatorReply {
		let status = 500;
		try {
			const answer = signIn();
			status = answer.body.includes('2fa_payload') ? 401 : answer.status;
			return answer;
		} finally {
			countSignIn(statistics, path, status);
		}
	}
}

/** Statuses that an entry point gives in its own form, for faults. */
export function entryPointRefusal(entryPoint: EntryPoint | null, status: 401 | 403): Refusal {
	if (entryPoint === 'gateway') {
		return status === 401
			? new Refusal(401, {
					errors: [
						{
							code: 0,
							message: 'UNAUTHORIZED',
							details: { reason: 'The session is unknown or has expired.' },
						},
					],
				})
			: forbidden('Refused.');
	}
	return coreRefusal(status, status === 401 ? 'Invalid token' : 'Forbidden');
}
