/** What signing in yields, and how it is kept in the credential's one hidden field. */

import { isObject } from '../json';

/**
 * APIO Core: access token (minutes) and refresh token (days). Gateway: every cookie that it set, load balancer's
 * included.
 */
export type Session =
	| { readonly kind: 'core'; readonly access: string; readonly refresh: string | null }
	| { readonly kind: 'gateway'; readonly cookies: Readonly<Record<string, string>> };

/** @param account key of the account that signed in */
export function packSession(session: Session, account: string): string {
	return JSON.stringify({ account, ...session });
}

/**
 * The session in the field, if it is this account's: after the credential was changed, what the field still holds
 * belongs to another user or another platform.
 */
export function sessionOf(packed: unknown, account: string): Session | null {
	const value = typeof packed === 'string' ? parse(packed) : null;
	return isObject(value) && value.account === account ? unpackSession(packed) : null;
}

/** Whoever's it is. Null for an empty field and for anything that is not a session of this version. */
export function unpackSession(packed: unknown): Session | null {
	if (typeof packed !== 'string' || !packed.startsWith('{')) return null;
	const value = parse(packed);
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

/** Everything in it that must not be shown. */
export function sessionSecrets(session: Session): string[] {
	if (session.kind === 'gateway') return Object.values(session.cookies);
	return session.refresh === null ? [session.access] : [session.access, session.refresh];
}

/**
 * The cookies after an answer's `Set-Cookie` headers (RFC 6265, section 5.3; the paths and domains of one platform are
 * one). A cookie that is set to nothing or to a time in the past is gone.
 *
 * @param setCookie the header's values, however many there are
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
		if (value === '' || isOver(attributes, now)) cookies.delete(name);
		else cookies.set(name, value);
	}
	return Object.fromEntries(cookies);
}

function isOver(attributes: readonly string[], now: number): boolean {
	const valueOf = (wanted: string) => {
		const found = attributes.find((attribute) => attribute.trim().toLowerCase().startsWith(`${wanted}=`));
		return found?.slice(found.indexOf('=') + 1).trim();
	};
	const maxAge = valueOf('max-age');
	if (maxAge !== undefined) return Number(maxAge) <= 0;
	const expires = valueOf('expires');
	return expires !== undefined && Date.parse(expires) <= now;
}
