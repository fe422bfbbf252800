/**
 * Cuts the records of which the form leaves no doubt: one line, and no quotation marks but a pair around a whole cell.
 * All others need the tokenizer's state machine, which takes several times as long.
 */

const LF = 10;
const QUOTE = 34;
const FIRST_BEYOND_ASCII = 0x80;

/**
 * Copied for each record. A literal in the loop would be an allocation site: if the first records outlive a scavenge,
 * V8 would allocate the cells of all records in the old generation, which takes 120 MB and a quarter more time.
 */
const NO_CELLS: readonly string[] = [];

export class PlainRecordCutter {
	/** Null if it has several bytes: then no record is plain. */
	readonly #delimiter: number | null;
	#bytes: Buffer = Buffer.alloc(0);
	/** The cells of the record cut last: most files are sorted, so that many a cell is that above once more. */
	readonly #texts: string[] = [];
	readonly #starts: number[] = [];
	readonly #ends: number[] = [];
	/** Where the record cut last ends, its line end included. */
	end = 0;

	/** @param delimiter one character */
	constructor(delimiter: string) {
		const code = delimiter.charCodeAt(0);
		this.#delimiter = code < FIRST_BEYOND_ASCII ? code : null;
	}

	/** UTF-8 to cut from now on. */
	use(bytes: Buffer): void {
		this.#bytes = bytes;
		this.#starts.length = 0;
		this.end = 0;
	}

	/**
	 * The cells of the record that begins at `from`, behind which there is a line end; null if it is no plain one.
	 */
	cut(from: number): string[] | null {
		const bytes = this.#bytes;
		const delimiter = this.#delimiter;
		if (delimiter === null) return null;
		const cells = NO_CELLS.slice();
		let at = from;
		for (let column = 0; ; column++) {
			let byte = bytes[at] as number;
			let allBits = 0;
			let start = at;
			let end;
			if (byte === QUOTE) {
				start++;
				for (byte = bytes[++at] as number; byte !== QUOTE; byte = bytes[++at] as number) {
					if (byte === LF) return null;
					allBits |= byte;
				}
				end = at;
				byte = bytes[++at] as number;
				if (byte !== delimiter && byte !== LF) return null;
			} else {
				while (byte !== delimiter && byte !== LF) {
					allBits |= byte;
					byte = bytes[++at] as number;
				}
				end = at;
			}
			cells.push(this.#text(column, start, end, allBits < FIRST_BEYOND_ASCII));
			at++;
			if (byte === LF) break;
		}
		this.end = at;
		return cells;
	}

	#text(column: number, start: number, end: number, isAscii: boolean): string {
		const text = this.#isAbove(column, start, end)
			? (this.#texts[column] as string)
			: this.#bytes.toString(isAscii ? 'latin1' : 'utf8', start, end);
		this.#texts[column] = text;
		this.#starts[column] = start;
		this.#ends[column] = end;
		return text;
	}

	/** Whether the record above has the same bytes in this column. */
	#isAbove(column: number, start: number, end: number): boolean {
		const bytes = this.#bytes;
		if (column >= this.#starts.length) return false;
		let above = this.#starts[column] as number;
		if (end - start !== (this.#ends[column] as number) - above) return false;
		for (let at = start; at < end; at++, above++) if (bytes[at] !== bytes[above]) return false;
		return true;
	}
}
