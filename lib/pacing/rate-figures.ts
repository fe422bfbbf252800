/**
 * Figures of the adaptive rate. They were chosen with `bench/pacing` (virtual time, at least 30 seeds each): what they are
 * tuned for is a token bucket, what they must survive is anything. A *spell* is the time over which the pacer spends what
 * the platform's allowance gathered while the gate was closed.
 */

/** Requests granted before a first refusal says anything of the quota; below it, another client had used it up. */
export const FEWEST_TO_MEASURE = 3;

/** s; a platform usually lets through about a second's worth at once, which must not be taken for speed. */
export const USUAL_BURST_S = 1;

/** Share of the known rate that a refusal may leave: one unlucky refusal must not stop a run that the next answer clears. */
export const SMALLEST_DROP = 0.3;

/** Kept when even the probe after the gate is refused, which says "not yet" and no more. */
export const REFUSED_PROBE_FACTOR = 0.85;

/** Two measurements of one quota differ by no more than this share. */
export const CONFIRMING = 0.15;

/** Weight of the old figure when a lower one confirms it: what was granted can only be less than the quota, never more. */
export const TRUST_IN_HIGHER = 0.8;

/** Kept of a measurement that is far below the known rate: others may be at work, and room made is shared evenly. */
export const YIELD = 0.9;

/** s; spell of a quota just learnt... */
export const SHORTEST_SPELL_S = 4;
/** ...growing by this factor with every refusal that confirms it... */
export const SPELL_GROWTH = 3;
/** ...up to this: one refusal a minute costs less than 0.5 % of the requests from 5/s upwards. */
export const LONGEST_SPELL_S = 60;

/** A quota that fell below this share of what it was may come back: then spells last... */
export const FALLEN = 0.7;
/** s; ...only this long... */
export const FALLEN_SPELL_S = 2.5;
/** ms; ...for this time; after it the quota counts as the new one. */
export const FALLEN_FOR_MS = 120_000;
/** s; longest spell of a quota that came back. */
export const CAME_BACK_SPELL_S = 30;

/** Requests granted beyond what the known rate explains before it counts as risen: above the jitter of answers. */
export const PROOF_OF_RISE = 2;

/** A rise whose speed of the moment exceeds its average by this factor was too short for the average to mean anything. */
export const GUESS_FROM = 1.5;

/** Share of the known rate that may be added to spend what was saved up: at most, so as not to flood... */
export const LARGEST_SURPLUS = 0.5;
/** ...and at least, because an allowance that overflowed while the gate was closed makes the measured quota a little low... */
export const SMALLEST_SURPLUS = 0.015;
/** requests a second; ...and the same for everybody, which is what brings clients that share a quota to equal shares. */
export const ADDITIVE_SURPLUS = 0.1;
/** Share of the known rate that this equal part may be: a slow quota is not to be knocked at all the time. */
export const ADDITIVE_SHARE = 0.05;

/** ms over which the speed of the moment is measured. */
export const RECENT_MS = 2_000;

/** ms; silences (a closed gate, an idle platform) count for at most this long: allowances do not grow without bound. */
export const LONGEST_GAP_MS = 2_000;

/** ms; a pause that a timer overslept by this much or less is made good by the next request. */
export const TIMER_SLACK_MS = 50;
