/** A certificate that nobody trusts, made anew for each test: X.509 v3 (RFC 5280) with an ECDSA key, in DER by hand. */

import { generateKeyPairSync, sign } from 'node:crypto';

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SEQUENCE = 0x30;

export function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
	const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from('apio.example')))));
	const validity = der(SEQUENCE, utcTime('200101000000Z'), utcTime('491231235959Z'));
	const version = der(0xa0, der(0x02, Buffer.from([2])));
	const serial = der(0x02, Buffer.from([1]));
	const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
	const content = der(SEQUENCE, version, serial, algorithm, name, validity, name, publicKeyInfo);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
	const lines =
		der(SEQUENCE, content, algorithm, signature)
			.toString('base64')
			.match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
	};
}

function utcTime(text: string): Buffer {
	return der(0x17, Buffer.from(text));
}

/** Tag, length, content (X.690); content stays below 64 KiB. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
