/** A CSV file as a stream of bytes -> rows. */

import { decoderFor, type Decoder } from './decode';
import { findLayout, named, type Layout } from './delimiter';
import { guessEncoding } from './encoding';
import { FindingLog } from './findings';
import { isBlank, shown } from './ids';
import { Intake } from './intake';
import { BREATHE_BYTES, HEAD_BYTES, SLICE_BYTES } from './limits';
import type { CsvOptions, ReadFailure, ReadResult } from './options';
import { wrongOption } from './options-check';
import { RecordReader } from './records';
import { refusedAsBinary, refusedBySignature } from './signatures';

/**
 * Reads a file of any size as it streams by. The chunks may be cut anywhere, and must not be changed once they
 * were handed on. What is wrong with the file is said in the result, never thrown; what the stream itself throws is
 * passed on.
 */
export async function readCsv(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	options: CsvOptions,
): Promise<ReadResult> {
	const reader = new CsvReader(options);
	let unbroken = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
			const slice = chunk.subarray(at, at + SLICE_BYTES);
			reader.feed(slice);
			unbroken += slice.length;
			if (reader.isOver) return reader.finish();
			if (unbroken < BREATHE_BYTES) continue;
			unbroken = 0;
			await options.breathe?.();
		}
	}
	return reader.finish();
}

/** The same for a file that is in memory as a whole. */
export function readCsvBuffer(bytes: Uint8Array, options: CsvOptions): ReadResult {
	const reader = new CsvReader(options);
	for (let at = 0; at < bytes.length && !reader.isOver; at += SLICE_BYTES)
		reader.feed(bytes.subarray(at, at + SLICE_BYTES));
	return reader.finish();
}

/** Holds the head back until the layout can be told from it, and then lets everything flow. */
class CsvReader {
	readonly #options: CsvOptions;
	readonly #findings = new FindingLog();
	#failure: ReadFailure | null;
	#head: Uint8Array[] = [];
	#headBytes = 0;
	#flow: Flow | null = null;

	constructor(options: CsvOptions) {
		this.#options = options;
		this.#failure = wrongOption(options);
	}

	/** Nothing that follows can change the result. */
	get isOver(): boolean {
		return this.#failure !== null || this.#flow?.isOver === true;
	}

	feed(bytes: Uint8Array): void {
		if (this.isOver) return;
		if (this.#flow !== null) return this.#flow.feed(bytes);
		this.#head.push(bytes);
		this.#headBytes += bytes.length;
		if (this.#headBytes >= HEAD_BYTES) this.#begin(false);
	}

	finish(): ReadResult {
		if (this.#failure === null && this.#flow === null) this.#begin(true);
		if (this.#failure !== null || this.#flow === null) return { ok: false, failure: this.#failure as ReadFailure };
		return this.#flow.finish();
	}

	/** The head is always the same number of bytes, so that the result does not depend on how the file is cut. */
	#begin(complete: boolean): void {
		const bytes = Buffer.concat(this.#head);
		this.#head = [];
		const head = bytes.subarray(0, HEAD_BYTES);
		const guess = guessEncoding(head);
		const text = head.subarray(guess.bomLength);
		// A byte order mark says that it is text.
		this.#failure =
			refusedBySignature(text) ?? (guess.bomLength === 0 && guess.encoding === 'UTF-8' ? refusedAsBinary(text) : null);
		if (this.#failure !== null) return;
		const decoder = decoderFor(guess);
		const begin = decoder.push(text);
		const decoded = complete ? Buffer.concat([begin, decoder.end()]) : begin;
		const layout = findLayout(decoded, complete, this.#options);
		if ('code' in layout) {
			this.#failure = layout;
			return;
		}
		if (guess.assumed) {
			this.#findings.add(
				'encodingAssumed',
				null,
				null,
				`The file has no byte order mark and was taken for ${guess.encoding}, by its zeros.`,
			);
		}
		this.#flow = new Flow(decoder, layout, this.#options, this.#findings);
		this.#flow.read(decoded);
		this.#flow.feed(bytes.subarray(HEAD_BYTES));
	}
}

/** Decoder -> records -> intake, once the layout is known. */
class Flow {
	readonly #records: RecordReader;
	readonly #item: number;
	#intake: Intake | null = null;
	#seen = 0;
	#headerLine = 0;
	#stopped = false;

	constructor(
		readonly decoder: Decoder,
		readonly layout: Layout,
		readonly options: CsvOptions,
		readonly findings: FindingLog,
	) {
		this.#item = options.item ?? 0;
		if (layout.wrongSep !== null) {
			const message =
				`The first line says that the file is separated by ${named(layout.wrongSep)}, but it is by ` +
				`${named(layout.delimiter)}.`;
			findings.add('wrongSepLine', 1, null, message);
		}
		this.#records = new RecordReader(layout.delimiter, (cells, line, form) => {
			if (this.#intake === null) this.#aboveTheRows(cells, line);
			else if (!form.ended && this.decoder.endsWithinCharacter)
				this.#intake.endsWithinCharacter(cells, line, this.#item);
			else this.#intake.record(cells, line, this.#item, form);
		});
	}

	get isOver(): boolean {
		return this.#stopped;
	}

	feed(bytes: Uint8Array): void {
		if (bytes.length > 0) this.read(this.decoder.push(bytes));
	}

	/** Text that is decoded already. */
	read(utf8: Uint8Array): void {
		if (this.#stopped || utf8.length === 0) return;
		const stop = this.#records.feed(utf8);
		if (stop !== null) this.#intake?.unclosedQuote(stop, this.#item);
		this.#stopped = stop !== null || this.#intake?.failure() != null;
	}

	finish(): ReadResult {
		this.read(this.decoder.end());
		if (!this.#stopped) {
			const stop = this.#records.end();
			if (stop !== null) this.#intake?.unclosedQuote(stop, this.#item);
		}
		this.#judgeEncoding();
		const { delimiter } = this.layout;
		return (this.#intake as Intake).finish({
			encoding: this.decoder.encoding,
			delimiter,
			headerLine: this.#headerLine,
		});
	}

	/** The `sep=` line, titles and the header itself. */
	#aboveTheRows(cells: readonly string[], line: number): void {
		const { headerRecord, hasSepLine, names, match, width, delimiter } = this.layout;
		const index = this.#seen++;
		if (index === headerRecord) {
			this.#headerLine = line;
			const { options, findings } = this;
			this.#intake = new Intake({ names, match, width, headerLine: line, options, findings, delimiter });
			return;
		}
		if ((index === 0 && hasSepLine) || cells.every(isBlank)) return;
		const text = shown(cells.filter((cell) => !isBlank(cell)).join(' '));
		this.findings.add('titleRow', line, null, `${text} stands above the header; it was left out.`);
	}

	#judgeEncoding(): void {
		const { encoding, firstBadLine } = this.decoder;
		if (firstBadLine === null) return;
		if (encoding === 'Windows-1252') {
			const message =
				`This is the first line that is no UTF-8, so the file was taken for Windows-1252, as old exports are. ` +
				'Check a name with an accent; to be sure, export as "CSV UTF-8".';
			this.findings.add('encodingAssumed', firstBadLine, null, message);
		} else {
			const message =
				'The file is UTF-8, but from this line on it has bytes that are not: it was put together from files ' +
				'of different encodings. ' +
				'Ids with such characters are rejected; export everything as "CSV UTF-8".';
			this.findings.add('mixedEncoding', firstBadLine, null, message);
		}
	}
}
