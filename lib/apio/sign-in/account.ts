/** Who signs in, and where. */

import { createHash } from 'node:crypto';

export type SignInMethod = 'corePassword' | 'gatewayPassword';

export interface Account {
	/** Without a slash at the end. */
	readonly baseUrl: string;
	readonly method: SignInMethod;
	readonly username: string;
	readonly password: string;
}

/**
 * Equal for the same account only; the password is part of it, so that a changed one is tried. Hashed, so that it can
 * be kept.
 */
export function accountKey({ baseUrl, method, username, password }: Account): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, method, username, password]))
		.digest('hex');
}
