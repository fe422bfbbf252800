/** The credential's secrets, taken out of what the platform sends back. */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isObject, Redactor, sessionSecrets, unpackSession } from '../../lib/apio';

/**
 * Of a token in parts (JWT, RFC 7519) also each part: shorter ones say nothing, and the first says only how the rest is
 * signed.
 */
const SHORTEST_PART = 16;

export function secretsOf(...credentials: readonly ICredentialDataDecryptedObject[]): string[] {
	const secrets = credentials.flatMap(({ accessToken, password, sessionToken }) => {
		const session = unpackSession(sessionToken);
		return [accessToken, password, ...(session ? sessionSecrets(session) : [])];
	});
	const given = secrets.filter((secret): secret is string => typeof secret === 'string');
	return [...new Set(given.flatMap((secret) => [secret, ...partsOf(secret)]))];
}

function partsOf(token: string): string[] {
	const [, ...parts] = token.trim().split('.');
	return parts.length === 2 ? parts.filter((part) => part.length >= SHORTEST_PART) : [];
}

/** The last redactor: a run has few sets of secrets, and every answer asks for one. */
let last: { readonly secrets: readonly string[]; readonly redactor: Redactor } | null = null;

export function redactorFor(secrets: readonly string[]): Redactor {
	const known =
		last?.secrets.length === secrets.length && last.secrets.every((secret, index) => secret === secrets[index]);
	if (!last || !known) last = { secrets, redactor: new Redactor(secrets) };
	return last.redactor;
}

/** Members of an answer that a run works with, and that must therefore stay what they are. */
const ID_FIELDS: readonly string[] = ['userId', 'serviceUserId', 'tenantId', 'groupId'];

/** Whether an id in an answer holds a secret. @param value no deeper than `isTooDeep` allows */
export function hasSecretInId(value: unknown, redactor: Redactor): boolean {
	if (Array.isArray(value)) return value.some((entry) => hasSecretInId(entry, redactor));
	if (!isObject(value)) return false;
	return Object.entries(value).some(([name, entry]) =>
		ID_FIELDS.includes(name) ? redactor.finds(String(entry)) : hasSecretInId(entry, redactor),
	);
}
