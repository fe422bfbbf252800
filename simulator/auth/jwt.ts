/**
 * JSON web tokens (RFC 7519) signed with Ed25519 (RFC 8037): real ones, so that clients that look inside find `exp`.
 */

import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

import type { SeededRandom } from '../../tools/seeded-random';

/** The fixed head of a PKCS #8 document around the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8_HEAD = '302e020100300506032b657004220420';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export class TokenSigner {
	private readonly key: KeyObject;

	/** The key comes from the seed: the same seed gives the same tokens. */
	constructor(random: SeededRandom) {
		this.key = createPrivateKey({
			key: Buffer.from(PKCS8_HEAD + random.hex(64), 'hex'),
			format: 'der',
			type: 'pkcs8',
		});
	}

	sign(claims: object): string {
		const text = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode(claims)}`;
		return `${text}.${sign(null, Buffer.from(text), this.key).toString('base64url')}`;
	}

	publicKeyPem(): string {
		return createPublicKey(this.key).export({ type: 'spki', format: 'pem' }).toString();
	}
}
