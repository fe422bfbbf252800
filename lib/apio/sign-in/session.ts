/** The result of a sign-in, and its serialized form: the session token in the credential's hidden field. */

import { isObject } from '../json';

/**
 * APIO Core: access token (minutes) and refresh token (days). Gateway: every cookie that it set, load balancer's
 * included.
 */
export type Session =
	| { readonly kind: 'core'; readonly access: string; readonly refresh: string | null }
	| { readonly kind: 'gateway'; readonly cookies: Readonly<Record<string, string>> };

/** @param account key of the account that signed in */
export function serializeSession(session: Session, account: string): string {
	return JSON.stringify({ account, ...session });
}

/**
 * The session in the token if it belongs to this account, else null. After a change of the credential, the field still
 * holds the token of another user or another platform.
 */
export function sessionOf(token: unknown, account: string): Session | null {
	const value = typeof token === 'string' ? parse(token) : null;
	return isObject(value) && value.account === account ? parseSession(token) : null;
}

/** The session of any account. Null for an empty field and for anything that is not a session of this version. */
export function parseSession(token: unknown): Session | null {
	if (typeof token !== 'string' || !token.startsWith('{')) return null;
	const value = parse(token);
	if (!isObject(value)) return null;
	if (value.kind === 'core' && typeof value.access === 'string') {
		return { kind: 'core', access: value.access, refresh: typeof value.refresh === 'string' ? value.refresh : null };
	}
	if (value.kind === 'gateway' && isObject(value.cookies)) {
		return { kind: 'gateway', cookies: value.cookies as Record<string, string> };
	}
	return null;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The headers that prove the session. */
export function sessionHeaders(session: Session): Record<string, string> {
	if (session.kind === 'core') return { Authorization: `Bearer ${session.access}` };
	const cookies = Object.entries(session.cookies).map(([name, value]) => `${name}=${value}`);
	return { Cookie: cookies.join('; ') };
}

/** The parts of a session that must not be shown. */
export function sessionSecrets(session: Session): string[] {
	if (session.kind === 'gateway') return Object.values(session.cookies);
	return session.refresh === null ? [session.access] : [session.access, session.refresh];
}

/**
 * The cookies after the `Set-Cookie` headers of an answer (RFC 6265, section 5.3). Paths and domains are ignored: there
 * is one platform. A cookie with an empty value or an expiry in the past is deleted.
 *
 * @param setCookie one value of the header, or an array of them
 */
export function withCookies(
	before: Readonly<Record<string, string>>,
	setCookie: unknown,
	now: number,
): Record<string, string> {
	const lines = (Array.isArray(setCookie) ? setCookie : [setCookie]).filter(
		(line): line is string => typeof line === 'string',
	);
	const cookies = new Map(Object.entries(before));
	for (const line of lines) {
		const [pair, ...attributes] = line.split(';');
		const at = pair.indexOf('=');
		const name = pair.slice(0, at).trim();
		if (at < 1 || !name) continue;
		const value = pair.slice(at + 1).trim();
		if (value === '' || isExpired(attributes, now)) cookies.delete(name);
		else cookies.set(name, value);
	}
	return Object.fromEntries(cookies);
}

function isExpired(attributes: readonly string[], now: number): boolean {
	const valueOf = (wanted: string) => {
		const found = attributes.find((attribute) => attribute.trim().toLowerCase().startsWith(`${wanted}=`));
		return found?.slice(found.indexOf('=') + 1).trim();
	};
	const maxAge = valueOf('max-age');
	if (maxAge !== undefined) return Number(maxAge) <= 0;
	const expires = valueOf('expires');
	return expires !== undefined && Date.parse(expires) <= now;
}
