/** The limits of the CSV reader, each with its reason and source. */

/** Bytes from which the layout is detected: several hundred HR rows, and small enough to keep. */
export const HEAD_BYTES = 64 * 1024;

/** Records that are searched for the header and decide the delimiter: titles and notes above a header are short. */
export const SAMPLE_RECORDS = 25;

/** Maximum bytes of a record (some 40,000 ids in one cell). In a larger one a quotation mark or a line is open. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/**
 * Records that the tokenizer takes before it is seen whether plain ones follow: at first, and twice as many each time
 * that fewer have followed than it took. To make a tokenizer costs what ten records cost it.
 */
export const TOKENIZER_RECORDS = { least: 10, most: 1000 };

/** Bytes cut at once, so that a source that is one large buffer is not copied as a whole. */
export const SLICE_BYTES = 256 * 1024;

/**
 * Bytes between two yields to the event loop (`yieldToOthers`): some 25 ms of work. n8n needs several turns of the loop
 * to cancel an execution.
 */
export const BYTES_BETWEEN_YIELDS = 256 * 1024;

/** Findings kept per code, so that a broken file cannot fill the memory; the others are counted ("and 4,211 more"). */
export const FINDINGS_PER_CODE = 100;

/** Maximum of rejected rows, all of which are kept; a file with more is refused. */
export const MAX_REJECTED_ROWS = 100_000;

/** A file is not text if more than one in this many characters is a control character. Random bytes have one in ten. */
export const TEXT_PER_CONTROL = 33;
