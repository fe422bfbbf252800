/**
 * Every figure of the engine that users do not set, with its reason and source. lib/options has those that users set.
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
 * Forbidden lists of a group after which its other lists are not tried. Rights are given by group, and a handful tells
 * a missing right from a list with rules of its own. It counts only while no list of the group could be written.
 */
export const FORBIDDEN_LISTS = 5;

/** Groups that are asked for once more where nothing could be planned: a wrong group, or wrong ids in it? */
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
 * Times that one request is sent again after the list showed that it had not been applied. The rate limiter has tried
 * before.
 */
export const MAX_RESENDS = 3;

/** Maximum number of replans of one list because somebody else changes it meanwhile. */
export const MAX_REPLANS = 3;

/** Maximum number of reads to resolve a doubt before the state of the list counts as unknown. */
export const MAX_DOUBT_READS = 2;

/** HTTP status "Operation only partly succeeded" (API page "Errors"): what the list then lacks was turned down. */
export const PARTIAL_SUCCESS = 207;

/**
 * Refusals of a change, with no success between them, after which it is set apart (`readLists: changed`). One is often
 * an account that is being set up; what lasts for three runs lasts until somebody does something.
 */
export const SET_APART_AFTER = 3;

/**
 * After this time a change that is set apart is asked for again, however few runs there were: a nightly run would wait
 * for 24 nights. After a day it would ask nearly every time, and spare nothing.
 */
export const ASKED_AGAIN_AFTER_MS = 7 * 24 * 3_600_000;

/** Lines and ids named in one issue; the rest is counted. */
export const NAMED_IN_AN_ISSUE = 5;
