/** Messages about breached guards: the rule, the measured value, the limit, the list, and what to do. */

import { counted, formatNumber, listed, percent as share } from '../../number-format';
import { OPTIONS, type OperationName } from '../../options';
import {
	type Breach,
	type Facts,
	type GuardCode,
	type GuardIssue,
	type ListRef,
	CURED_BY_HOLDING,
	NOT_SHOWN_FLOOR,
	SMALL_LIST,
	TOTAL_REMOVALS_FLOOR,
} from '../../sync';
import type { Messages } from './message';
import { countedMembers, fewText, listName, listTitle, optionName } from './names';

/** Breaches in one message; the rest is counted. Each is a sentence, so fewer than of lines or ids. */
const BREACHES_IN_A_MESSAGE = 3;

export const GUARD_MESSAGES: Messages<GuardCode> = {
	removalsPerList: (facts) => {
		const { live, limit, percent, max } = facts;
		const rule =
			live < SMALL_LIST && percent > 0 && percent < 100
				? `half of a list under ${SMALL_LIST}, at most ${formatNumber(max)}`
				: `${percent} % of ${formatNumber(live)}, at most ${formatNumber(max)}`;
		return `Too many removals: ${tooManyOnList(facts)}, over the limit of ${formatNumber(limit)} (${rule}).`;
	},
	protectedMember: ({ members }) => `Protected: ${fewText(members)} would be removed, but must stay.`,
	removalsTotal: ({ removals, live, limit, percent, max, runs }) =>
		`Too many removals${inRuns(runs)}: ${formatNumber(removals)} of ${counted(live, 'member')} ` +
		`(${share(removals, live)}) would be removed, over the limit of ${formatNumber(limit)} (${percent} % of ` +
		`${formatNumber(live)}, at least ${TOTAL_REMOVALS_FLOOR}, at most ${formatNumber(max)}).`,
	protectedLeaver: ({ members }) => `Protected: ${fewText(members)} would leave all lists, but must stay.`,
	leavers: ({ people, limit, runs }) =>
		`Too many leavers${inRuns(runs)}: ${counted(people, 'person', 'people')} would leave all their lists, over the ` +
		`limit of ${formatNumber(limit)}.`,
	additionsTotal: ({ additions, limit, runs }) =>
		`Too many additions${inRuns(runs)}: ${counted(additions, 'member')} would be added, over the limit of ` +
		`${formatNumber(limit)}.`,
	listsNotShown: ({ notShown, lists, limit, percent, runs }) =>
		`Too many lists are not shown${inRuns(runs)}: ${notShownOf(notShown, lists)} ` +
		`${notShown === 1 ? 'does not exist on the platform, is' : 'do not exist on the platform, are'} forbidden or ` +
		`cannot be read, over the limit of ${formatNumber(limit)} (${percent} %, at least ${NOT_SHOWN_FLOOR}).`,
	sourceShrank: ({ what, now, before, measured, limit }) =>
		`The source shrank: ${counted(now, what.slice(0, -1), what)} against ${formatNumber(before)} in the last ` +
		`applied run, ${measured} % less, over the limit of ${limit} %.`,
};

function notShownOf(notShown: number, lists: number): string {
	return lists === 1
		? 'the only list that the source names'
		: `${formatNumber(notShown)} of the ${counted(lists, 'list')} that the source names (${share(notShown, lists)})`;
}

/** Short forms, for places where the whole message would appear once for each list. */
const BRIEFLY: Readonly<Record<GuardCode, string>> = {
	removalsPerList: 'Too many removals on the list.',
	removalsTotal: 'Too many removals in total.',
	protectedLeaver: 'Protected members are never removed.',
	leavers: 'Too many leavers.',
	additionsTotal: 'Too many additions in total.',
	listsNotShown: 'Too many lists of the source are not shown.',
	sourceShrank: 'The source shrank.',
	protectedMember: 'Protected members are never removed.',
};

export function isGuard(code: string): code is GuardCode {
	return Object.hasOwn(BRIEFLY, code);
}

export function guardBriefly(code: GuardCode): string {
	return BRIEFLY[code];
}

export function guardMessage({ code, facts }: GuardIssue): string {
	return (GUARD_MESSAGES[code] as (facts: GuardIssue['facts']) => string)(facts);
}

/** The options to raise if the source is right. */
const LIMITS_TO_RAISE: Readonly<Record<GuardCode, ReadonlyArray<keyof typeof OPTIONS>>> = {
	sourceShrank: ['shrinkPercent'],
	listsNotShown: ['listsNotShownPercent'],
	removalsTotal: ['removalPercentTotal', 'removalCountTotal'],
	protectedLeaver: [],
	leavers: ['leaverCount'],
	additionsTotal: ['additionCountTotal'],
	removalsPerList: ['removalPercentPerList', 'removalCountPerList'],
	protectedMember: [],
};

const SMALL_LISTS = ` (100 % also lifts the rule for lists under ${SMALL_LIST})`;

const ABOUT_THE_SOURCE: ReadonlySet<GuardCode> = new Set<GuardCode>(['sourceShrank', 'listsNotShown']);

/**
 * What to do after breaches of these guards, each advice once.
 * @param canHold whether holding removals is still to be chosen
 */
export function guardAdvice(guards: Iterable<GuardCode>, canHold = true): string[] {
	const breached = new Set(guards);
	const limits = Object.entries(LIMITS_TO_RAISE).flatMap(([guard, names]) =>
		breached.has(guard as GuardCode) ? names.map(optionName) : [],
	);
	const small = breached.has('removalsPerList') ? SMALL_LISTS : '';
	const canBeHeld = canHold && [...breached].every((guard) => CURED_BY_HOLDING[guard]);
	const orHold = canBeHeld ? `, or set ${optionName('onBreach')} to 'Hold Removals'` : '';
	const protectedMembers = optionName('protectedMembers');
	return [
		...(limits.length > 0
			? [
					`Check that the source is complete and right. If it is, raise ${listed(limits)}${small} for this ` +
						`run${orHold}.`,
				]
			: []),
		...(breached.has('protectedMember')
			? [`Put protected members back into the source, or remove them from ${protectedMembers}${orHold}.`]
			: []),
		...(breached.has('protectedLeaver')
			? [`Remove protected people from the source, or from ${protectedMembers}.`]
			: []),
	];
}

/**
 * The first breaches, the number of others, and each advice once: short enough for a message.
 */
export function breachesText({ breaches, canHold }: Facts<'guards'>): string {
	const first = mostSevereFirst(breaches).slice(0, BREACHES_IN_A_MESSAGE).map(breachLine);
	const more = breaches.length - first.length;
	const rest =
		more > 0 ? [`${counted(more, 'more limit is', 'more limits are')} exceeded; the report names them.`] : [];
	const guards = breaches.map(({ code }) => code);
	return [...first, ...rest, ...guardAdvice(guards, canHold)].join('\n');
}

/** Breaches of the whole run before those of one list. */
export function mostSevereFirst(breaches: readonly Breach[]): Breach[] {
	return [...breaches].sort((a, b) => (a.list === null ? 0 : 1) - (b.list === null ? 0 : 1));
}

/** A breach with where it happened, in brackets. */
export function breachLine(breach: Breach): string {
	const { code, list } = breach;
	const scope = list !== null ? listName(list) : ABOUT_THE_SOURCE.has(code) ? 'source' : 'all lists';
	return `[${scope}] ${guardMessage(breach)}`;
}

/** Above the breaches in a report. */
export function guardsHeading(aborted: boolean, operation: OperationName): string {
	const isPlan = operation === 'plan';
	if (aborted) return `The run ${isPlan ? 'would stop' : 'was stopped'} before the first write, because:`;
	return `Removals ${isPlan ? 'would be' : 'were'} held back, because:`;
}

export interface BreachGroup {
	readonly heading: string;
	/** `anna@x in support@x: 8 of its 12 agents would be removed, …`; empty if the heading is enough. */
	readonly lines: readonly string[];
}

/** Guards whose breaches on several lists share one heading. */
const GROUPED: ReadonlySet<GuardCode> = new Set<GuardCode>(['removalsPerList', 'protectedMember']);

/** Breaches by guard: those of the whole run as a sentence each, those of lists under one heading. */
export function breachGroups(breaches: readonly Breach[]): BreachGroup[] {
	const isOf = <Code extends GuardCode>(code: Code) => {
		return (breach: Breach): breach is Breach & { list: ListRef; code: Code } =>
			breach.list !== null && breach.code === code;
	};
	const perList = breaches.filter(isOf('removalsPerList'));
	const isProtected = breaches.filter(isOf('protectedMember'));
	const others = breaches.filter(({ list, code }) => list === null || !GROUPED.has(code));
	return [
		...others.map((breach) => ({
			heading: breach.list === null ? guardMessage(breach) : breachLine(breach),
			lines: [],
		})),
		...under(
			`Protected members would be removed from ${counted(isProtected.length, 'list')}:`,
			isProtected.map(({ list, facts }) => `${listTitle(list)}: ${fewText(facts.members)}`),
		),
		...under(
			`${counted(perList.length, 'list')} would lose too many members at once:`,
			perList.map(
				({ list, facts }) =>
					`${listTitle(list)}: ${tooManyOnList(facts)}, over the limit of ${formatNumber(facts.limit)}.`,
			),
		),
	];
}

function under(heading: string, lines: readonly string[]): BreachGroup[] {
	return lines.length === 0 ? [] : [{ heading, lines }];
}

function tooManyOnList({ kind, removals, live }: Facts<'removalsPerList'>): string {
	return `${formatNumber(removals)} of its ${countedMembers(live, kind)} (${share(removals, live)}) would be removed`;
}

function inRuns(runs: number): string {
	return runs === 1 ? '' : ` in ${formatNumber(runs)} runs together`;
}
