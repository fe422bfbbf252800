/** Texts to the bytes of a file and back, strictly: what is not in the encoding is no text. */

export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'windows-1252';

export function encode(text: string, encoding: Encoding): Buffer {
	switch (encoding) {
		case 'utf8':
			return Buffer.from(text);
		case 'utf8-bom':
			return Buffer.from(`\ufeff${text}`);
		case 'utf16le':
			return Buffer.from(`\ufeff${text}`, 'utf16le');
		case 'utf16be':
			return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
		case 'windows-1252':
			// The good files keep to the characters that it shares with Latin-1.
			return Buffer.from(text, 'latin1');
	}
}

const DECODERS = {
	utf8: new TextDecoder('utf-8', { fatal: true }),
	utf16le: new TextDecoder('utf-16le', { fatal: true }),
	utf16be: new TextDecoder('utf-16be', { fatal: true }),
};

/** Null where the bytes are not in this encoding. A byte order mark is left out. */
export function decode(bytes: Uint8Array, encoding: Encoding): string | null {
	if (encoding === 'windows-1252') return Buffer.from(bytes).toString('latin1');
	try {
		return DECODERS[encoding === 'utf8-bom' ? 'utf8' : encoding].decode(bytes);
	} catch {
		return null;
	}
}
