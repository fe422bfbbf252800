/**
 * What the reports show, worked out once from a run: plan and outcome of each list side by side. Every face (line,
 * page, message, CSV) reads this and nothing else, so they cannot disagree.
 */

import {
	type Issue,
	type Finding,
	type RejectedRow,
	type Fallback,
	type StrategyReason,
	type JournalRequest,
	type ListOutcome,
	type MemberOutcome,
	type OutcomeWord,
	KINDS,
	foldId,
	listKey,
	type KindName,
	type ListRef,
	type Breach,
	type HeldChange,
	type Plan,
	type PlannedList,
	type Strategy,
	type RunResult,
	type RunStatus,
	hiddenScopes,
	severityOf,
	type HiddenScope,
	type MatchSummary,
} from '../sync';
import type { OperationName } from '../options';
import { listTitle } from './messages';
import { formatNumber } from './format';
import { CHANGE_STATUSES, isCorrectable, type ChangeStatus } from './status';

export interface ReportInput {
	readonly operation: OperationName;
	readonly result: RunResult;
	/** What was rejected and noticed while reading the source; null where the run had none (roll back). */
	readonly source: { readonly rejected: readonly RejectedRow[]; readonly findings: readonly Finding[] } | null;
}

export interface MemberView {
	readonly member: string;
	readonly change: 'add' | 'remove';
	readonly status: ChangeStatus;
	/** Null if the change went as planned. */
	readonly issue: Issue | null;
	/** Lines of the source that asked for it. */
	readonly lines: readonly number[];
}

export interface ListView {
	readonly ref: ListRef;
	/** `anna@example.com in support@example.com`, with the names that the plan has. */
	readonly title: string;
	readonly status: ChangeStatus;
	readonly issue: Issue | null;
	/** Lines of the source that name a list which could not be planned. */
	readonly lines: readonly number[];
	readonly members: readonly MemberView[];
	readonly held: readonly HeldChange[];
	readonly strategy: Strategy | null;
	/** Why it is written this way. */
	readonly reason: StrategyReason | null;
	readonly fallback: Fallback | null;
	/** Changes by somebody else, seen while the list was written. */
	readonly foreign: { readonly added: readonly string[]; readonly removed: readonly string[] };
	readonly requests: readonly JournalRequest[];
}

export interface Tally {
	readonly planned: number;
	readonly done: number;
}

export interface RunView {
	readonly operation: OperationName;
	readonly result: RunResult;
	readonly plan: Plan | null;
	readonly kind: KindName;
	/** Something was written or tried. */
	readonly written: boolean;
	/** Lists that are not merely unchanged, worst first. */
	readonly lists: readonly ListView[];
	readonly unchanged: number;
	/** Lists that were not read, because an earlier run left them as the source asks (`readLists: changed`). */
	readonly notRead: number;
	readonly breaches: readonly Breach[];
	readonly rejected: readonly RejectedRow[];
	readonly findings: readonly Finding[];
	/** Result of looking up people and call centers; null if the source has ids. */
	readonly matched: MatchSummary | null;
	/** The name of a user or a call center; empty if the plan does not have it. */
	readonly nameOf: (id: string) => string;
	readonly changes: {
		readonly lists: Tally;
		readonly adds: Tally;
		readonly removes: Tally;
		readonly prerequisites: Tally;
	};
	/** Lists by status. */
	readonly listsBy: Readonly<Record<ChangeStatus, number>>;
	/**
	 * Tenants and groups of which the platform shows no list, while it shows others; empty where the reason of the run
	 * says it.
	 */
	readonly hidden: readonly HiddenScope[];
	/** Planned changes of members by status. */
	readonly membersBy: Readonly<Record<ChangeStatus, number>>;
	readonly heldChanges: number;
	/** Notices: what could not be read, and what belongs to no list and no row. */
	readonly notices: readonly Issue[];
	/**
	 * What was wanted and cannot come about unless somebody does something: changes, and lists that could not even be
	 * planned.
	 */
	readonly notDone: { readonly changes: number; readonly lists: number };
	/** Requests and seconds that were forecast for what this operation does; null without a plan. */
	readonly forecast: { readonly requests: number; readonly seconds: number } | null;
	readonly happened: { readonly requests: number; readonly seconds: number };
}

const NOTHING_FOREIGN = { added: [], removed: [] } as const;

/** Call centers that a change of this list concerns: its own, or for an agent's list the member itself. */
export function callCenterOf(ref: ListRef, member: string): string {
	return ref.callCenterId ?? member;
}

export function viewRun({ operation, result, source }: ReportInput): RunView {
	const { plan, journal } = result;
	const written = journal !== null;
	const nameOf = namesOf(plan);
	const views = everyList(result, written).map((list) => ({ ...list, title: listTitle(list.ref, nameOf) }));
	const lists = views.filter((list) => list.status !== 'unchanged' || hasNews(list)).sort(bySeverity);
	const kind = plan?.kind ?? journal?.kind ?? result.exported?.kind ?? lists[0]?.ref.kind ?? 'supervisedAgents';
	const members = lists.flatMap((list) => list.members);
	// Prerequisites are lists of the other kind: counted apart, so that an agent is not counted twice.
	const [own, others] = [
		lists.filter((list) => list.ref.kind === kind),
		lists.filter((list) => list.ref.kind !== kind),
	];
	const ownMembers = own.flatMap((list) => list.members);
	return {
		operation,
		result,
		plan,
		kind,
		written,
		lists,
		unchanged: views.length - lists.length,
		notRead: plan?.readLists?.notRead.length ?? 0,
		breaches: result.breaches ?? plan?.guards.breaches ?? [],
		rejected: result.matched?.source.rejected ?? source?.rejected ?? [],
		findings: result.matched?.source.findings ?? source?.findings ?? [],
		matched: result.matched?.summary ?? plan?.matched ?? null,
		nameOf,
		changes: {
			lists: tallyLists(own, plan?.totals.listsToChange),
			adds: tally(ownMembers, 'add', plan?.totals.adds),
			removes: tally(ownMembers, 'remove', plan?.totals.removes),
			prerequisites: tallyLists(others, plan?.totals.prerequisites),
		},
		listsBy: countBy(lists),
		hidden: plan === null || result.status === 'failed' ? [] : hiddenScopes(plan),
		membersBy: countBy(members),
		heldChanges: lists.reduce((sum, list) => sum + list.held.length, 0),
		notices: result.notices ?? plan?.notices ?? [],
		notDone: {
			changes: members.filter(({ status }) => isCorrectable(status)).length,
			lists: lists.filter((list) => list.members.length === 0 && isCorrectable(list.status)).length,
		},
		forecast: forecastOf(result, operation),
		happened: {
			requests: result.happened.reads + result.happened.writes,
			seconds: result.happened.milliseconds / 1000,
		},
	};
}

function namesOf(plan: Plan | null): RunView['nameOf'] {
	const names = new Map((plan?.names ?? []).map(({ id, name }) => [foldId(id), name]));
	return (id) => names.get(foldId(id)) ?? '';
}

/** Notices because of which the run is not complete. */
export function seriousNotices({ notices }: Pick<RunView, 'notices'>): Issue[] {
	return notices.filter(({ code }) => severityOf(code) === 'error');
}

export function memberNoun(kind: KindName): readonly [string, string] {
	return KINDS[kind].memberNoun;
}

function everyList(result: RunResult, written: boolean): ListView[] {
	const { plan } = result;
	const outcomes = new Map(result.lists.map((outcome) => [listKey(outcome.ref), outcome]));
	const views = new Map<string, ListView>();
	for (const list of plan?.lists ?? []) {
		const outcome = outcomes.get(listKey(list.ref));
		// Before the first write, the plan has more details than the outcomes.
		views.set(
			listKey(list.ref),
			written && outcome !== undefined ? outcomeView(outcome, list) : plannedView(list, result),
		);
	}
	for (const { ref, outcome: word, lines, ...issue } of plan?.unplanned ?? []) {
		const outcome = outcomes.get(listKey(ref));
		const view = outcome === undefined ? bareView(ref, word, issue) : outcomeView(outcome, undefined);
		views.set(listKey(ref), { ...view, lines: lines ?? [] });
	}
	for (const [key, outcome] of outcomes) {
		if (!views.has(key)) views.set(key, { ...outcomeView(outcome, undefined), lines: result.lines?.get(key) ?? [] });
	}
	for (const ref of plan?.unchanged ?? []) {
		if (!views.has(listKey(ref))) views.set(listKey(ref), bareView(ref, 'unchanged', null));
	}
	return [...views.values()];
}

const ENDED_BEFORE_WRITING: ReadonlySet<RunStatus> = new Set<RunStatus>(['aborted', 'refused', 'failed', 'stopped']);

function plannedView(list: PlannedList, run: RunResult): ListView {
	const changing = list.adds.length + list.removes.length > 0;
	const ended = ENDED_BEFORE_WRITING.has(run.status);
	const { rejected, held } = notPlanned(list);
	const status: ChangeStatus = changing ? (ended ? 'notAttempted' : 'planned') : held.length > 0 ? 'held' : 'rejected';
	const member =
		(change: 'add' | 'remove') =>
		(entry: PlannedList['adds'][number]): MemberView => ({
			member: entry.member,
			change,
			status,
			issue: null,
			lines: entry.lines,
		});
	return {
		...bareView(list.ref, status, null),
		members: [...list.adds.map(member('add')), ...list.removes.map(member('remove')), ...rejected],
		held,
		strategy: changing ? list.strategy : null,
		reason: changing ? list.reason : null,
	};
}

/** Changes of a list that are not planned: those that cannot be made, and removals held for safety. */
function notPlanned(list: PlannedList | undefined): { rejected: MemberView[]; held: HeldChange[] } {
	const all = list?.held ?? [];
	const rejected = all
		.filter((entry) => entry.outcome === 'rejected')
		.map((entry): MemberView => {
			const { member, change, lines = [] } = entry;
			return { member, change, status: 'rejected', issue: issueIn(entry), lines };
		});
	return { rejected, held: all.filter((entry) => entry.outcome !== 'rejected') };
}

/** A change that both plan and journal hold or reject appears once. */
function outcomeView(outcome: ListOutcome, planned: PlannedList | undefined): ListView {
	const { rejected, held } = notPlanned(planned);
	const identity = (entry: { member: string; change: string }) => `${entry.change} ${foldId(entry.member)}`;
	const inPlan = new Set(held.map(identity));
	const inJournal = new Set(outcome.members.map(identity));
	const heldInJournal = outcome.members.flatMap((entry): HeldChange[] => {
		const { member, change, outcome: word, lines, ...issue } = entry;
		return word !== 'held' || issue.code === null || inPlan.has(identity(entry))
			? []
			: [{ member, change, lines, ...issue }];
	});
	return {
		...bareView(outcome.ref, outcome.outcome, issueIn(outcome)),
		members: [
			...outcome.members.filter(({ outcome: word }) => word !== 'held' && word !== 'unchanged').map(memberView),
			...rejected.filter((entry) => !inJournal.has(identity(entry))),
		],
		held: [...held, ...heldInJournal],
		strategy: outcome.strategy,
		reason: outcome.reason,
		fallback: outcome.fallback,
		foreign: outcome.foreign,
		requests: outcome.requests,
	};
}

function memberView(outcome: MemberOutcome): MemberView {
	const { member, change, outcome: status, lines } = outcome;
	return { member, change, status, issue: issueIn(outcome), lines };
}

/** `confirmedByReadBack` is left out: how a completed change was verified matters only in the journal. */
function issueIn({ code, facts }: MemberOutcome | ListOutcome | HeldChange): Issue | null {
	return code === null || code === 'confirmedByReadBack' ? null : ({ code, facts } as Issue);
}

function bareView(ref: ListRef, status: OutcomeWord | 'planned', issue: Issue | null): ListView {
	return {
		ref,
		title: listTitle(ref),
		status,
		issue,
		lines: [],
		members: [],
		held: [],
		strategy: null,
		reason: null,
		fallback: null,
		foreign: NOTHING_FOREIGN,
		requests: [],
	};
}

/** Whether the list has additions, removals, held changes or changes by others. */
export function hasNews(list: ListView): boolean {
	return list.members.length + list.held.length + list.foreign.added.length + list.foreign.removed.length > 0;
}

function bySeverity(a: ListView, b: ListView): number {
	const gap = CHANGE_STATUSES[a.status].severity - CHANGE_STATUSES[b.status].severity;
	if (gap !== 0) return gap;
	return a.title < b.title ? -1 : a.title > b.title ? 1 : 0;
}

/** @param planned from the plan; without a plan, all attempted changes count */
function tallyLists(
	lists: readonly ListView[],
	planned = lists.filter((list) => list.members.length > 0).length,
): Tally {
	return { planned, done: lists.filter((list) => list.members.some(({ status }) => status === 'applied')).length };
}

function tally(members: readonly MemberView[], change: 'add' | 'remove', planned?: number): Tally {
	const concerned = members.filter((member) => member.change === change);
	const done = concerned.filter(({ status }) => status === 'applied').length;
	return { planned: planned ?? concerned.length, done };
}

function countBy(entries: ReadonlyArray<{ readonly status: ChangeStatus }>): Record<ChangeStatus, number> {
	const counts = Object.fromEntries(Object.keys(CHANGE_STATUSES).map((key) => [key, 0])) as Record<
		ChangeStatus,
		number
	>;
	for (const { status } of entries) counts[status] += 1;
	return counts;
}

/**
 * What applying costs; where planning is part of the operation its reads are counted in, at the same pace.
 */
function forecastOf({ plan, happened }: RunResult, operation: OperationName): RunView['forecast'] {
	if (plan === null) return null;
	const { reads, writes, planningReads, seconds } = plan.forecast;
	const applying = reads + writes;
	if (operation === 'plan' || operation === 'applyPlan') return { requests: applying, seconds };
	const requests = applying + planningReads;
	return { requests, seconds: applying === 0 ? happened.milliseconds / 1000 : (seconds * requests) / applying };
}

/** `3 of 4 done` where a list ended otherwise than applied and yet something of it came about; empty elsewhere. */
export function partlyDone(list: ListView): string {
	const done = list.members.filter(({ status }) => status === 'applied' || status === 'alreadyInPlace').length;
	const wanted = list.members.length + list.held.length;
	return done === 0 || done === wanted ? '' : `${formatNumber(done)} of ${formatNumber(wanted)} done`;
}

/** Changes of a list by direction: what was done, or before anything was written what is planned. */
export function changesOf(list: ListView, written: boolean): { adds: number; removes: number } {
	const counted = written ? list.members.filter(({ status }) => status === 'applied') : list.members;
	const adds = counted.filter(({ change }) => change === 'add').length;
	return { adds, removes: counted.length - adds };
}
