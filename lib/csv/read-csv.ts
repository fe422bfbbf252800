/** Reads rows from a CSV file as a stream of bytes. */

import { decoderFor, type Decoder } from './decode';
import { findLayout, type Layout } from './delimiter';
import { guessEncoding } from './encoding';
import { FindingLog } from './findings';
import { excerpt, isBlank } from './ids';
import { SourceReader } from './source-reader';
import { BYTES_BETWEEN_YIELDS, HEAD_BYTES, SLICE_BYTES } from './limits';
import type { CsvOptions, ReadFailure, ReadResult } from './options';
import { wrongOption } from './options-check';
import { RecordParser } from './record-parser';
import { refusedAsBinary, refusedBySignature } from './signatures';

/**
 * Reads a file of any size as a stream. Chunks may end anywhere and must not be changed afterwards. Problems of the
 * file are in the result and never thrown; an error of the stream is thrown.
 */
export async function readCsv(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	options: CsvOptions,
): Promise<ReadResult> {
	const reader = new CsvReader(options);
	let bytesSinceYield = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
			const slice = chunk.subarray(at, at + SLICE_BYTES);
			reader.feed(slice);
			bytesSinceYield += slice.length;
			if (reader.isOver) return reader.finish();
			if (bytesSinceYield < BYTES_BETWEEN_YIELDS) continue;
			bytesSinceYield = 0;
			await options.yieldToOthers?.();
		}
	}
	return reader.finish();
}

/** Like `readCsv`, for a file that is in memory. */
export function readCsvBuffer(bytes: Uint8Array, options: CsvOptions): ReadResult {
	const reader = new CsvReader(options);
	for (let at = 0; at < bytes.length && !reader.isOver; at += SLICE_BYTES)
		reader.feed(bytes.subarray(at, at + SLICE_BYTES));
	return reader.finish();
}

/** Buffers the head until the layout is detected, then streams. */
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

	/** Whether further bytes cannot change the result. */
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

	/** The head always has the same size, so that the result does not depend on the chunks. */
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
			const facts = { problem: 'zeros', encoding: guess.encoding } as const;
			this.#findings.add(null, null, { code: 'encodingAssumed', facts });
		}
		this.#flow = new Flow(decoder, layout, this.#options, this.#findings);
		this.#flow.read(decoded);
		this.#flow.feed(bytes.subarray(HEAD_BYTES));
	}
}

/** The pipeline once the layout is known: decoder, records, rows. */
class Flow {
	readonly #records: RecordParser;
	readonly #item: number;
	#sourceReader: SourceReader | null = null;
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
			const facts = { said: layout.wrongSep, found: layout.delimiter };
			findings.add(1, null, { code: 'wrongSepLine', facts });
		}
		this.#records = new RecordParser(layout.delimiter, (cells, line, form) => {
			if (this.#sourceReader === null) this.#readAboveRows(cells, line);
			else if (!form.ended && this.decoder.endsWithinCharacter)
				this.#sourceReader.endsWithinCharacter(cells, line, this.#item);
			else this.#sourceReader.record(cells, line, this.#item, form);
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
		if (stop !== null) this.#sourceReader?.unreadableRest(stop, this.#item);
		this.#stopped = stop !== null || this.#sourceReader?.failure() != null;
	}

	finish(): ReadResult {
		this.read(this.decoder.end());
		if (!this.#stopped) {
			const stop = this.#records.end();
			if (stop !== null) this.#sourceReader?.unreadableRest(stop, this.#item);
		}
		this.#reportEncoding();
		const { delimiter } = this.layout;
		return (this.#sourceReader as SourceReader).finish({
			encoding: this.decoder.encoding,
			delimiter,
			headerLine: this.#headerLine,
		});
	}

	/** The `sep=` line, titles and the header itself. */
	#readAboveRows(cells: readonly string[], line: number): void {
		const { headerRecord, hasSepLine, names, match, width, delimiter } = this.layout;
		const index = this.#seen++;
		if (index === headerRecord) {
			this.#headerLine = line;
			const { options, findings } = this;
			this.#sourceReader = new SourceReader({ names, match, width, headerLine: line, options, findings, delimiter });
			return;
		}
		if ((index === 0 && hasSepLine) || cells.every(isBlank)) return;
		const value = excerpt(cells.filter((cell) => !isBlank(cell)).join(' '));
		this.findings.add(line, null, { code: 'titleRow', facts: { value } });
	}

	#reportEncoding(): void {
		const { encoding, firstBadLine } = this.decoder;
		if (firstBadLine === null) return;
		if (encoding === 'Windows-1252')
			this.findings.add(firstBadLine, null, { code: 'encodingAssumed', facts: { problem: 'notUtf8' } });
		else this.findings.add(firstBadLine, null, { code: 'mixedEncoding', facts: {} });
	}
}
