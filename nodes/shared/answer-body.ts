/** The body of an answer: read up to a limit, and parsed up to a depth. */

import { isTextTooDeep, MAX_LEVELS } from '../../lib/json-depth';

/**
 * Bytes, after unpacking, of a success: far more than the longest list (100,000 users with all their fields are about
 * 50 MB).
 */
export const MAX_BYTES = 64 * 1024 * 1024;

/** Bytes of a refusal, of which only some lines are shown. */
export const MAX_BYTES_OF_REFUSAL = 1024 * 1024;

/** The body as n8n returns it when a stream is requested. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
	/** Closes the connection without reading the rest. */
	destroy(): unknown;
}

export interface ReadText {
	readonly text: string;
	/** Whether there was more. */
	readonly isCut: boolean;
}

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'destroy' in value;
}

/**
 * @param contentType the answer's header, by which its bytes are characters
 * @throws whatever the stream throws where the connection breaks off
 */
export async function readText(stream: ByteStream, maxBytes: number, contentType?: string): Promise<ReadText> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		length += chunk.length;
		// Leaving the loop closes the connection.
		if (length > maxBytes) break;
	}
	const isCut = length > maxBytes;
	return { text: decoded(Buffer.concat(chunks).subarray(0, maxBytes), isCut, contentType), isCut };
}

/**
 * JSON is UTF-8 (RFC 8259, section 8.1), also where a server declares another charset for whatever it sends. The
 * declared one counts where the bytes are no UTF-8, and for UTF-16, whose bytes may be UTF-8 as well.
 */
function decoded(bytes: Uint8Array, isCut: boolean, contentType?: string): string {
	const declared = decoderFor(contentType);
	if (declared.encoding.startsWith('utf-16')) return declared.decode(bytes);
	try {
		// As a stream, a text may end within a character.
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
	} catch {
		return declared.decode(bytes);
	}
}

/** UTF-8 where none is declared that is known. */
function decoderFor(contentType = ''): { readonly encoding: string; decode(bytes: Uint8Array): string } {
	const charset = /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder();
	}
}

/** Parsed JSON; the text itself if it is not JSON or nested too deep; `undefined` if it is empty. */
export function parsedBody(text: string): unknown {
	if (text === '') return undefined;
	if (isTextTooDeep(text)) return text;
	try {
		return JSON.parse(text) ?? undefined;
	} catch {
		return text;
	}
}

/** Why the body of a success cannot be used, for people; null where it can. */
export function textProblem({ text, isCut }: ReadText): string | null {
	if (isCut) return `longer than ${MAX_BYTES / (1024 * 1024)} MB, which is more than this node reads`;
	return isTextTooDeep(text) ? `nested in more than ${MAX_LEVELS} levels, which no answer of APIO is` : null;
}
