/**
 * Figures of the adaptive rate. They were chosen with `bench/pacing` in virtual time, on other seeds than those that
 * the benchmark prints. A *spell* is the time from the reopening of the gate to the next refusal.
 */

/** Requests granted before a first refusal says anything of the quota; below it, another client had used it up. */
export const FEWEST_TO_MEASURE = 3;

/** s; a platform usually lets through about a second's worth at once, which must not be taken for speed. */
export const USUAL_BURST_S = 1;

/**
 * While nothing is known the rate doubles every second, but never to more than so many times what is really being sent.
 */
export const FASTEST_GROWTH = 2;

/** Kept when even the probe after the gate is refused, which says "not yet" and no more. */
export const REFUSED_PROBE_FACTOR = 0.85;

/**
 * Kept at least, whatever one refusal seems to say: between clients that share a quota, luck alone brings some early
 * ones.
 */
export const SMALLEST_DROP = 0.7;

/** The next spell starts so far up from what was proven... */
export const TRUST_IN_REACHED = 0.4;
/** ...to what was reached, of which more than this many times the proven rate only drew on what had been saved up. */
export const MOST_REACHED = 1.25;

/**
 * How often the surplus doubles in a spell: gentle at first, steep where the refusal is late because the quota has
 * risen.
 */
export const DOUBLINGS_IN_A_SPELL = 2;

/** s; spell of a quota just learnt, and of one that several clients share and that looks different every time... */
export const SHORTEST_SPELL_S = 4;
/** ...and so many times as long as the gate was closed, because a refusal costs that time; */
export const SHORTEST_SPELL_WAITS = 3;
/** ...growing to so many times the last one while one measurement confirms another... */
export const SPELL_GROWTH = 2.5;
/**
 * s; ...up to the second of these, which costs 0.2 % of the requests, from this rate upwards; slower quotas, which have
 * more...
 */
export const LONGEST_SPELL_FROM = 10;
/** ...to gain from room that another client leaves, are looked at sooner, down to the first. */
export const LONGEST_SPELL_S = [30, 60] as const;

/** Or so many times as long as the gate was closed, where that is more. */
export const LONGEST_SPELL_WAITS = 10;

/** Measurements of one quota differ downwards by this share... */
export const CONFIRMING_SHARE = 0.08;
/** ...and by this many requests, which weigh more the fewer there were... */
export const CONFIRMING_REQUESTS = 2.5;
/** ...but never by more than this share. */
export const CONFIRMING_DROP = 0.15;
/**
 * Upwards by more: where little can be saved up, a measurement is too low at first and rises with the length of the
 * spells.
 */
export const CONFIRMING_RISE = 0.2;

/** A spell that lasts so many times as long as expected: the quota has risen, and is learnt anew. */
export const OVERDUE = 1.25;

/** A quota that fell below this share of what it was may come back: then spells last... */
export const FALLEN = 0.7;
/** s; ...only this long... */
export const FALLEN_SPELL_S = 2.5;
/** ...or for as long as the gate was closed... */
export const FALLEN_SPELL_WAITS = 1;
/** ...and are overdue at once... */
export const FALLEN_OVERDUE = 1;
/** ms; ...for this time; after it the quota counts as the new one. */
export const FALLEN_FOR_MS = 120_000;
/** An overdue refusal then has the old quota tried at this share of it... */
export const TRIED_FIRST = 0.8;
/** ...and it counts as come back when this share of it was reached. */
export const CAME_BACK = 0.75;
/** s; longest spell of a quota that came back. */
export const CAME_BACK_SPELL_S = 30;

/** ms over which the speed of the moment is measured. */
export const RECENT_MS = 2_000;

/** ms; silences (a closed gate, an idle platform) count for at most this long: allowances do not grow without bound. */
export const LONGEST_GAP_MS = 2_000;
