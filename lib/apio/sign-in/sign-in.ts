/** Sign-in with user and password, at APIO Core or at the gateway (API page "Login"; APIO Core's OpenAPI). */

import { coreRoot } from '../../base-url';
import { isObject } from '../json';
import type { NoAnswer } from '../transport';
import { accountKey, type Account, type SignInMethod } from './account';
import { sessionOf, withCookies, type Session } from './session';
import { SignInError, type SignInProblem } from './sign-in-error';

export interface SignInRequest {
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Readonly<Record<string, string>>;
}

export interface SignInAnswer {
	readonly kind: 'answer';
	readonly status: number;
	/** Parsed JSON, or the text if it is not JSON. */
	readonly body: unknown;
	/** Names in lower case; of `set-cookie` an array, perhaps. */
	readonly headers: Readonly<Record<string, unknown>>;
}

/** Never rejects. */
export type SignInHttp = (request: SignInRequest) => Promise<SignInAnswer | NoAnswer>;

/** APIO Core's mark of a password that must be changed before anything else (with status 403). */
const PASSWORD_CHANGE = 1;

/** The cookie of the gateway's session; it may set others as well. */
const SESSION_COOKIE = 'sessionid';

/**
 * @param stale the session token that is no longer accepted; empty if there was none
 */
export async function signIn(
	account: Account,
	stale: string,
	http: SignInHttp,
	now: number,
): Promise<Session | SignInError> {
	if (account.method === 'gatewayPassword') return await signInAtGateway(account, http, now);
	return (await refreshAtCore(account, stale, http)) ?? (await signInAtCore(account, http));
}

/** A new access token for the refresh token; null if there is none or it is no longer accepted. */
async function refreshAtCore(account: Account, stale: string, http: SignInHttp): Promise<Session | SignInError | null> {
	const session = sessionOf(stale, accountKey(account));
	if (session?.kind !== 'core' || session.refresh === null) return null;
	const url = `${coreRoot(account.baseUrl)}/auth/access_token`;
	const answer = await http({ method: 'GET', url, headers: { Authorization: `Bearer ${session.refresh}` } });
	if (answer.kind !== 'answer') return null;
	return answer.status === 200 ? tokensIn(answer.body, session.refresh) : putOff(answer, account);
}

async function signInAtCore(account: Account, http: SignInHttp): Promise<Session | SignInError> {
	const { username, password } = account;
	const url = `${coreRoot(account.baseUrl)}/auth/login`;
	const answer = await http({ method: 'POST', url, headers: {}, body: { username, password } });
	const refusal = refusalIn(answer, account);
	if (refusal) return refusal;
	const { body } = answer as SignInAnswer;
	if (isObject(body) && '2fa_payload' in body) return problem('secondFactor');
	return tokensIn(body, null) ?? problem('wrongAddress', account);
}

function tokensIn(body: unknown, refreshBefore: string | null): Session | null {
	if (!isObject(body) || typeof body.access_token !== 'string') return null;
	const refresh = typeof body.refresh_token === 'string' ? body.refresh_token : refreshBefore;
	return { kind: 'core', access: body.access_token, refresh };
}

async function signInAtGateway(account: Account, http: SignInHttp, now: number): Promise<Session | SignInError> {
	const { username, password } = account;
	const answer = await http({
		method: 'POST',
		url: `${account.baseUrl}/login/`,
		headers: {},
		body: { username, password },
	});
	const refusal = refusalIn(answer, account);
	if (refusal) return refusal;
	const cookies = withCookies({}, (answer as SignInAnswer).headers['set-cookie'], now);
	return SESSION_COOKIE in cookies ? { kind: 'gateway', cookies } : problem('wrongAddress', account);
}

/** @param before what stands before the reason */
export function connectionError({ cause, message, advice }: NoAnswer, baseUrl: string, before = ''): SignInError {
	const isPlain = cause === 'reset' && baseUrl.toLowerCase().startsWith('http:');
	const whatToDo = advice ?? (isPlain ? EXPECTS_TLS : 'Try again later.');
	return new SignInError(cause === 'unreachable' ? cause : 'unavailable', `${before}${message}. ${whatToDo}`);
}

const EXPECTS_TLS = 'If the platform expects a secure connection, begin the Base URL with https://.';

/** The error of any answer but one with status 200. */
function refusalIn(answer: SignInAnswer | NoAnswer, account: Account): SignInError | null {
	if (answer.kind === 'noAnswer') return connectionError(answer, account.baseUrl, 'Signing in was not possible. ');
	const { status, body } = answer;
	if (status === 200) return typeof body === 'string' ? problem('wrongAddress', account) : null;
	if (status === 403 && isObject(body) && Number(body.error_code) === PASSWORD_CHANGE) return problem('passwordChange');
	if (status === 400 || status === 401 || status === 403) return problem('refused', account, status);
	if (status === 429 || status >= 500) return putOff(answer, account) ?? problem('unavailable', account, status);
	return problem('wrongAddress', account, status);
}

/** The error of an answer that only asks to come again later; null for any other. */
function putOff({ status, headers }: SignInAnswer, account: Account): SignInError | null {
	if (status !== 429 && (status !== 503 || !('retry-after' in headers))) return null;
	return new SignInError('unavailable', messageFor('unavailable', account, status), quotaHeadersOf(headers));
}

/** Headers that say how long to wait, and the form of their values. Anything else might hold secrets of the sign-in. */
const QUOTA_HEADER = /^(retry-after|date|(x-)?ratelimit(-limit|-remaining|-reset|-policy)?)$/;
const QUOTA_VALUE = /^[\w ,:;="-]{1,100}$/;

function quotaHeadersOf(headers: SignInAnswer['headers']): Record<string, string> {
	const quotaHeaders = Object.entries(headers).filter(([name]) => QUOTA_HEADER.test(name));
	return Object.fromEntries(
		quotaHeaders.flatMap(([name, value]) =>
			typeof value === 'string' && QUOTA_VALUE.test(value) ? [[name, value]] : [],
		),
	);
}

const SYSTEM_OF_METHOD: Readonly<Record<SignInMethod, string>> = {
	corePassword: 'APIO Core (a Base URL such as https://apio.example.com/api/v01/p1)',
	gatewayPassword: 'the gateway (a Base URL such as https://apio.example.com/api/v1)',
};

/**
 * Whether the Base URL is of the system that the sign-in method belongs to. Only the addresses of APIO Core end in the
 * prefix of a platform. APIO Core and the gateway refuse each other's accounts like a wrong password.
 */
function methodFitsAddress({ baseUrl, method }: Account): boolean {
	return (coreRoot(baseUrl) !== baseUrl) === (method === 'corePassword');
}

function problem(kind: SignInProblem, account?: Account, status?: number): SignInError {
	return new SignInError(kind, messageFor(kind, account, status));
}

function messageFor(kind: SignInProblem, account?: Account, status?: number): string {
	switch (kind) {
		case 'refused':
			return refusedMessage(status) + (account && !methodFitsAddress(account) ? otherMethodMessage(account) : '');
		case 'secondFactor':
			return (
				'APIO asks this account for a second factor, which a workflow cannot provide. Use an access token ' +
				"('Sign-In Method'), or an account without a second factor."
			);
		case 'passwordChange':
			return (
				'The password of this account must be changed before APIO accepts it. Sign in to the portal once, ' +
				'change it, then enter the new one in the credential.'
			);
		case 'wrongAddress':
			return (
				`The server at the Base URL does not sign in as APIO does${status ? ` (status ${status})` : ''}. ` +
				'Check the address and its prefix: this sign-in method belongs to ' +
				`${account ? SYSTEM_OF_METHOD[account.method] : 'APIO'}.`
			);
		case 'unreachable':
		case 'unavailable':
			return `APIO cannot sign in the account at the moment${status ? ` (status ${status})` : ''}. Try again later.`;
	}
}

function refusedMessage(status: number | undefined): string {
	return status === 403
		? 'APIO does not let this account sign in from here (403). It may be locked, or limited to certain addresses; ' +
				'ask its administrator.'
		: "APIO does not accept this user and password. Check 'User' and 'Password' in the credential; several wrong " +
				'attempts may lock the account.';
}

function otherMethodMessage({ method }: Account): string {
	return ` Check the Base URL as well: this sign-in method belongs to ${SYSTEM_OF_METHOD[method]}.`;
}
