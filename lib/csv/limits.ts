/** The figures of the CSV room, each with its reason and source. */

/** Looked at before anything is decided: several hundred HR rows, and small enough to hold. Bytes. */
export const HEAD_BYTES = 64 * 1024;

/** Records of the head that vote on the delimiter and may hold the header: titles and notes above it are short. */
export const SAMPLE_RECORDS = 25;

/** No honest record is larger (some 40,000 ids in one cell); beyond it a quotation mark was left open. Bytes. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** Bytes handed to the tokenizer at once, so that a source that is one large buffer is not copied as a whole. */
export const SLICE_BYTES = 256 * 1024;

/**
 * Pauses for the rest of the process (`breathe`) after so many bytes: some 25 ms of work, because stopping takes n8n
 * several turns.
 */
export const BREATHE_BYTES = 256 * 1024;

/** Findings kept per code; the others are counted ("and 4,211 more"), so that a broken file cannot fill the memory. */
export const FINDINGS_PER_CODE = 100;

/** Rejected rows are all kept, to be handed back; a file with more of them is refused as a whole. */
export const MAX_REJECTED_ROWS = 100_000;

/** A file with more control characters than one in so many is not text. Random bytes have one in ten. */
export const TEXT_PER_CONTROL = 33;
