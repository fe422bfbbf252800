/** Removes the secrets of the credential from answers. */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isObject, Redactor, sessionSecrets, parseSession } from '../../lib/apio';
import { bearerToken } from '../../lib/pasted-text';

/**
 * Minimum length of a part of a JWT (RFC 7519) that is a secret by itself. The first part, the header, is none.
 */
const MIN_PART_LENGTH = 16;

export function secretsOf(...credentials: readonly ICredentialDataDecryptedObject[]): string[] {
	const secrets = credentials.flatMap(({ accessToken, password, sessionToken }) => {
		const session = parseSession(sessionToken);
		const token = typeof accessToken === 'string' ? bearerToken(accessToken) : undefined;
		return [accessToken, token, password, ...(session ? sessionSecrets(session) : [])];
	});
	const given = secrets.filter((secret): secret is string => typeof secret === 'string');
	return [...new Set(given.flatMap((secret) => [secret, ...partsOf(secret)]))];
}

function partsOf(token: string): string[] {
	const [, ...parts] = token.trim().split('.');
	return parts.length === 2 ? parts.filter((part) => part.length >= MIN_PART_LENGTH) : [];
}

/** The last redactor, reused: a run has few sets of secrets, and every answer needs a redactor. */
let last: { readonly secrets: readonly string[]; readonly redactor: Redactor } | null = null;

export function redactorFor(secrets: readonly string[]): Redactor {
	const known =
		last?.secrets.length === secrets.length && last.secrets.every((secret, index) => secret === secrets[index]);
	if (!last || !known) last = { secrets, redactor: new Redactor(secrets) };
	return last.redactor;
}

/** Fields of an answer that a run uses as ids, so they cannot be masked. */
const ID_FIELDS: readonly string[] = ['userId', 'serviceUserId', 'tenantId', 'groupId'];

/** Whether an id in an answer holds a secret. @param value no deeper than `isTooDeep` allows */
export function hasSecretInId(value: unknown, redactor: Redactor): boolean {
	if (Array.isArray(value)) return value.some((entry) => hasSecretInId(entry, redactor));
	if (!isObject(value)) return false;
	return Object.entries(value).some(([name, entry]) =>
		ID_FIELDS.includes(name) ? redactor.finds(String(entry)) : hasSecretInId(entry, redactor),
	);
}
