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
 * Identifies an account. The password is part of it, so that a changed password is tried. It is hashed, so that it can
 * be stored.
 */
export function accountKey({ baseUrl, method, username, password }: Account): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, method, username, password]))
		.digest('hex');
}
