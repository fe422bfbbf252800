/** Bounds of one trigger. n8n keeps its memory in the workflow's row of the database and loads it with the workflow. */

/** Lists and agents that one trigger watches: each is a request in every poll, so about a minute at 10 a second. */
export const MAX_WATCHED = 500;

/** Members, over all lists of one trigger, and for availability states: about 300 KB of memory. */
export const MAX_REMEMBERED = 5_000;

/** Changes handed over by one poll; the others are by the next. A call center that is filled anew is no more. */
export const MAX_CHANGES = 1_000;

/** 30 days: how long the members of a list are known that the call center no longer names. */
export const ABSENT_MILLISECONDS = 30 * 24 * 3_600_000;
