/** Takes the credential's secrets out of what the platform sends back: some proxies echo headers in their error pages. */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isObject } from '../../lib/apio/json';
import { sessionSecrets, unpackSession } from '../../lib/apio/sign-in/session';

const MASK = '[hidden]';

/** Shorter ones would blank out half of every message, and hide nothing. */
const SHORTEST_SECRET = 4;

export function secretsOf(...credentials: readonly ICredentialDataDecryptedObject[]): string[] {
	const secrets = credentials.flatMap(({ accessToken, password, sessionToken }) => {
		const session = unpackSession(sessionToken);
		return [accessToken, password, ...(session ? sessionSecrets(session) : [])];
	});
	const given = secrets.filter((secret): secret is string => typeof secret === 'string' && secret.length >= SHORTEST_SECRET);
	// The longest first, so that one that contains another goes as a whole.
	return [...new Set(given.flatMap((secret) => [secret, encodeURIComponent(secret)]))].sort((a, b) => b.length - a.length);
}

/** The same value with every secret in its texts masked. */
export function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value);
	if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, secrets));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [withoutSecrets(name, secrets) as string, withoutSecrets(entry, secrets)]),
	);
}
