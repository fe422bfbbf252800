/** Bounds of one trigger. n8n keeps its poll state in the workflow's row, and loads it with the workflow. */

/** Lists and agents that one trigger watches: each is a request in every poll, so about a minute at 10 a second. */
export const MAX_WATCHED = 500;

/** Members, over all lists of one trigger, and availability states: about 300 KB of poll state. */
export const MAX_REMEMBERED = 5_000;

/** Changes that one poll reports; the next reports the others. A call center that is filled anew has no more. */
export const MAX_CHANGES = 1_000;

/** 30 days: how long the members of a list are known that the call center no longer names. */
export const ABSENT_MILLISECONDS = 30 * 24 * 3_600_000;
