const LF = 10;
const CR = 13;

/**
 * Converts CR LF and CR to LF, in any mix and with any chunks, also inside quotes. So the tokenizer has to look for one
 * line end instead of three.
 */
export class LineEnds {
	#afterCr = false;

	/** ASCII, or an encoding that shares its control characters. The bytes themselves where nothing is to be done. */
	unify(bytes: Uint8Array): Uint8Array {
		if (bytes.length === 0 || (!this.#afterCr && !bytes.includes(CR))) return bytes;
		const from = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const unified = Buffer.allocUnsafe(bytes.length);
		let end = 0;
		let start = this.#afterCr && from[0] === LF ? 1 : 0;
		for (let at = from.indexOf(CR, start); at !== -1; at = from.indexOf(CR, start)) {
			end += from.copy(unified, end, start, at);
			unified[end++] = LF;
			start = from[at + 1] === LF ? at + 2 : at + 1;
		}
		end += from.copy(unified, end, start);
		this.#afterCr = from[from.length - 1] === CR;
		return unified.subarray(0, end);
	}
}
