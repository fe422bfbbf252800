/**
 * Every figure of the engine that users do not set, with its reason and source; what they set stands in lib/options.
 */

/**
 * Below this a percentage says little, so a list may lose at most half its members. octoDNS switches its check off
 * below ten records, which is where supervisors' lists live.
 */
export const SMALL_LIST = 5;

/**
 * Removals in total that are always allowed by the percentage: ten per cent of a small company is less than one person.
 */
export const TOTAL_REMOVALS_FLOOR = 5;

/** Lists not shown that are always allowed by the percentage: one mistyped supervisor of three is no broken export. */
export const NOT_SHOWN_FLOOR = 2;

/**
 * Lists of one group that the account may not write, none of which it may, before the group's others are not tried:
 * rights are given by group, and a handful tells a missing right from a list with rules of its own.
 */
export const FORBIDDEN_LISTS = 5;

/** Groups that are asked for once more where nothing could be planned, to tell a wrong group from wrong ids in it. */
export const MAX_GROUP_PROBES = 3;

/**
 * A replace overwrites what it has not seen, and the platform knows no versions (no ETag). So it leaves at most this
 * long after the read that it follows: longer than a read and a write take one after the other, shorter than somebody
 * at the portal needs for one change.
 */
export const FRESH_READ_MILLISECONDS = 5_000;

/** The same where the user says that nobody else changes these lists while the run goes on (`soleWriter`). */
export const SOLE_WRITER_READ_MILLISECONDS = 60_000;

/**
 * Times that one request is sent again after the list showed that it had not been applied. The pacer has tried before.
 */
export const MAX_RESENDS = 3;

/** Times that one list is planned again because somebody else changed it under our hands. */
export const MAX_REPLANS = 3;

/** Times that a list is read to settle a doubt before its state counts as unknown. */
export const MAX_SETTLING_READS = 2;

/** HTTP status "Operation only partly succeeded" (API page "Errors"): what the list then lacks was turned down. */
export const PARTIAL_SUCCESS = 207;

/** Line numbers named in one message; the rest is counted. */
export const LINES_IN_A_MESSAGE = 5;

/** Breaches told in one message; the rest is counted. Each is a sentence, so fewer than of lines or ids. */
export const BREACHES_IN_A_MESSAGE = 3;

/** Member ids named in one message; the rest is counted. */
export const MEMBERS_IN_A_MESSAGE = 5;
