/**
 * What must be true of every run, whatever happens: the one place. Each check has the name under which
 * docs/invariants.md says it in words. Checked from the simulator's record and the wire's, never from the client's
 * view.
 */

import { sealHolds } from '../../lib/sync/model/canonical-json';
import { journalSchema } from '../../lib/sync/documents/journal';
import { foldId } from '../../lib/sync/model/list';
import { planSchema } from '../../lib/sync/documents/plan';
import { convergence } from './convergence';
import { guardsHeld } from './guards';
import { appliedChangesOf, shownBeforeWriting, viewBefore, writesOf, type AppliedListChange } from './history';
import { outcomesTrue } from './outcomes';
import { rateLimitHolds } from './rate-limit';
import type { Simulation, Run } from './simulation';
import { nobodyBetweenLists } from './moves';
import { mostMilliseconds, overwrittenBy } from './race';
import { noSecretIn } from './secrets';
import { isAmbiguous, listName, type Exchange } from './wire';
import { undoOf, allowedChangesOf, type AllowedChanges } from './allowed-changes';

export const INVARIANTS = [
	'ends',
	'nobodyLost',
	'nobodyUnasked',
	'nobodyBetweenLists',
	'noBlindReplace',
	'noBlindRepeat',
	'noHarmfulRepeat',
	'additionsFirst',
	'chunks',
	'guards',
	'planWritesNothing',
	'cancelStops',
	'outcomesTrue',
	'everyListTold',
	'journal',
	'noSecret',
	'fewAtOnce',
	'maxRate',
	'pause',
	'oneProbe',
	'breaker',
	'waste',
	'converges',
	'idleWhenDone',
] as const;

export type InvariantName = (typeof INVARIANTS)[number];

export interface Violation {
	readonly invariant: InvariantName;
	readonly run: string;
	readonly text: string;
}

export interface Checked {
	readonly simulation: Simulation;
	readonly run: Run;
	/** The run that the plan was made in: the same one, or for Apply Plan the one before. */
	readonly planning: Run;
	readonly allowed: AllowedChanges;
	/** Of all runs and everybody else, in the order in which they happened. */
	readonly appliedChanges: readonly AppliedListChange[];
	readonly complain: (invariant: InvariantName, text: string) => void;
}

export function violationsOf(simulation: Simulation): Violation[] {
	const violations: Violation[] = [];
	const appliedChanges = appliedChangesOf(simulation);
	simulation.runs.forEach((run, index) => {
		const complain = (invariant: InvariantName, text: string) => {
			violations.push({ invariant, run: `run ${index + 1} (${run.phase} ${run.operation})`, text });
		};
		const { source, settings } = simulation.scenario;
		const planning = run.operation === 'applyPlan' ? simulation.runs[index - 1] : run;
		const allowed = run.journal
			? undoOf(run.journal, settings)
			: allowedChangesOf(source, settings, shownBeforeWriting(planning));
		const checked: Checked = { simulation, run, planning, allowed, appliedChanges, complain };
		if (run.broken !== null) complain('ends', `It did not end as a run has to: ${run.broken}`);
		nobodyLostOrUnasked(checked);
		nobodyBetweenLists(checked);
		for (const exchange of writesOf(run)) careful(exchange, checked);
		guardsHeld(checked);
		cancelStops(checked);
		outcomesTrue(checked);
		journalWhole(checked);
		noSecretIn(checked);
	});
	rateLimitHolds(simulation, (invariant, text) => violations.push({ invariant, run: 'rate limit', text }));
	convergence(simulation, (invariant, text) => violations.push({ invariant, run: 'afterwards', text }));
	return violations;
}

/**
 * Who may be taken off or put on by a run of ours, and what it could not have seen (docs/invariants.md, "The race").
 */
function nobodyLostOrUnasked({ simulation, run, allowed, appliedChanges, complain }: Checked): void {
	const planned = plannedBy(run);
	for (const { list, added, removed, after, exchange, cascade, run: author } of appliedChanges) {
		if (author !== run || exchange === null || cascade) continue;
		const replaced = exchange.write === 'replace';
		const seen = viewBefore(run, exchange)?.shown ?? null;
		const view = replaced ? seen : null;
		const raced = replaced ? overwrittenBy(exchange, { run, appliedChanges }) : null;
		for (const member of removed) {
			if (view !== null && !view.has(member)) {
				if (raced?.has(member) !== true)
					complain(
						'nobodyLost',
						`${member} was taken off ${list} by a replace, and had not come onto it since it was last seen`,
					);
				continue;
			}
			if (!replaced && seen?.has(member) !== true)
				complain('nobodyLost', `${member} was taken off ${list}, where the run had not seen them`);
			if (!allowed.mayRemove(list, member))
				complain('nobodyLost', `${member} was taken off ${list}, which nothing asks for`);
			else if (planned && !planned.removes.has(`${list} ${member}`))
				complain('nobodyLost', `${member} was taken off ${list}, which was not planned`);
		}
		// A platform that takes a replace in part does its removals as well (docs/invariants.md, "A replace taken in
		// part").
		const wholeOrNothing = simulation.scenario.simulator.badId === 'reject';
		const untaken =
			view === null ? [] : [...exchange.named].filter((member) => !after.has(member) && allowed.mayAdd(list, member));
		const gone = [...removed].filter((member) => view?.has(member));
		if (wholeOrNothing && untaken.length > 0 && gone.length > 0)
			complain('additionsFirst', `${gone.join()} went from ${list}, and ${untaken.join()} did not come`);
		for (const member of added) {
			if (view?.has(member)) {
				if (raced?.has(member) !== true)
					complain(
						'nobodyUnasked',
						`${member} was put back on ${list} by a replace, and had not left it since it was last seen`,
					);
				continue;
			}
			if (!allowed.mayAdd(list, member))
				complain('nobodyUnasked', `${member} was put on ${list}, which nothing asks for`);
			else if (planned && !planned.adds.has(`${list} ${member}`))
				complain('nobodyUnasked', `${member} was put on ${list}, which was not planned`);
		}
	}
}

function plannedBy({ result }: Run): { adds: Set<string>; removes: Set<string> } | null {
	if (!result?.plan) return null;
	const of = (change: 'adds' | 'removes') =>
		new Set(
			result.plan?.lists.flatMap((list) => list[change].map(({ member }) => `${nameOf(list.ref)} ${foldId(member)}`)),
		);
	return { adds: of('adds'), removes: of('removes') };
}

function nameOf({ kind, userId, callCenterId }: { kind: string; userId: string; callCenterId: string | null }): string {
	return listName(kind, userId, callCenterId);
}

/** What a write must have been preceded by. */
function careful(exchange: Exchange, { run, allowed, simulation, complain }: Checked): void {
	const { list, write, named, sent } = exchange;
	if (list === null || write === null) return complain('nobodyUnasked', 'Something was written that is no list');
	const view = viewBefore(run, exchange);
	const leftAt = firstLeftAt(run, exchange);
	const earlier = run.exchanges.filter((other) => other.list === list && other.sent < sent);
	const last = earlier.filter((other) => other.write !== null).at(-1);
	if (last && (isAmbiguous(last) || last.reply === null) && !(view && view.sent >= last.sent)) {
		complain(
			'noBlindRepeat',
			`${write} of ${list} was sent after a doubtful ${last.write}, and nobody had looked at the list`,
		);
	}
	if (write === 'replace') {
		if (view === null) complain('noBlindReplace', `${list} was replaced unseen`);
		// The client's own clock says how old that look is (docs/invariants.md, "The clock").
		else if (
			leftAt - view.sentAt >
			mostMilliseconds(simulation.scenario.settings) + putBack(simulation, view.sentAt, leftAt)
		) {
			complain('noBlindReplace', `${list} was replaced ${leftAt - view.sentAt} ms after it had last been seen`);
		}
	}
	// Whom the list showed as wanted once, somebody else has changed back since: theirs came later.
	const seen = earlier
		.filter(({ shown, answered }) => shown !== null && answered < sent)
		.sort((a, b) => a.answered - b.answered);
	const now = view?.shown ?? new Set<string>();
	const undone = (wanted: boolean) => (member: string) =>
		now.has(member) !== wanted &&
		seen.some(({ shown, sent: at }) => shown?.has(member) === wanted && at > (seen[0]?.sent ?? 0));
	const adds = write === 'remove' ? [] : [...named].filter((member) => !now.has(member));
	const removes =
		write === 'remove' ? [...named] : write === 'add' ? [] : [...now].filter((member) => !named.has(member));
	for (const member of adds.filter(undone(true)))
		complain('noHarmfulRepeat', `${member} was put on ${list} again after somebody else had undone it`);
	for (const member of removes.filter(undone(false)))
		complain('noHarmfulRepeat', `${member} was taken off ${list} again after somebody else had undone it`);

	if (removes.length > 0) {
		const missing = [...allowed.additions(list)]
			.filter((member) => !named.has(member) || write === 'remove')
			.filter((member) => !seen.some(({ shown }) => shown?.has(member)));
		if (missing.length > 0)
			complain('additionsFirst', `${removes.join()} were to go from ${list} before ${missing.join()} had come`);
	}
	const { maxEntries, kind, forcedStrategy } = simulation.scenario.settings;
	const limited =
		maxEntries > 0 &&
		list.startsWith('supervisedagents') &&
		kind === 'supervisedAgents' &&
		forcedStrategy === undefined;
	if (limited && named.size > maxEntries)
		complain('chunks', `${write} of ${list} named ${named.size} members, more than ${maxEntries}`);
}

/**
 * When a request left that is sent once more because its sign-in was renewed (docs/invariants.md, "The renewed
 * sign-in").
 */
function firstLeftAt(run: Run, { request, sent, sentAt }: Exchange): number {
	const first = run.exchanges.find(
		(other) =>
			other.request === request && other.sent < sent && other.reply?.kind === 'answer' && other.reply.status === 401,
	);
	return first?.sentAt ?? sentAt;
}

/** By how many ms the client's clock was put back between these moments. */
function putBack({ clockChanges }: Simulation, from: number, to: number): number {
	return clockChanges.reduce((sum, { at, byMs }) => (byMs < 0 && at >= from && at <= to ? sum - byMs : sum), 0);
}

function cancelStops({ run, complain }: Checked): void {
	const { cancelledAt } = run;
	if (cancelledAt === null) return;
	const after = run.exchanges.filter(({ sent }) => sent > cancelledAt);
	if (after.length > 0) complain('cancelStops', `${after.length} requests left after the cancellation`);
}

function journalWhole({ run, complain }: Checked): void {
	const { result } = run;
	if (result === null) return;
	if (result.plan !== null) {
		const parsed = planSchema.safeParse(JSON.parse(JSON.stringify(result.plan)));
		if (!parsed.success || !sealHolds(parsed.data))
			complain('journal', `The plan is not what its schema says: ${parsed.error?.message}`);
	}
	const { journal } = result;
	const written = new Set(writesOf(run).map(({ list }) => list));
	if (journal === null) {
		if (written.size > 0) complain('journal', 'Something was written, and there is no journal');
		return;
	}
	const parsed = journalSchema.safeParse(JSON.parse(JSON.stringify(journal)));
	if (!parsed.success || !sealHolds(parsed.data))
		complain('journal', `The journal is not what its schema says: ${parsed.error?.message}`);
	const recorded = new Map(journal.lists.map((list) => [nameOf(list.ref), list]));
	for (const list of written) {
		const arrived = writesOf(run, list ?? '').filter(
			({ reply }) => !(reply?.kind === 'answer' && [401, 403, 429].includes(reply.status)),
		);
		const entries = recorded
			.get(list ?? '')
			?.requests.filter(
				({ write, result: became }) =>
					['add', 'remove', 'replace'].includes(write) && !['stopped', 'forbidden', 'unavailable'].includes(became),
			);
		if ((entries?.length ?? 0) !== arrived.length)
			complain('journal', `${arrived.length} writes of ${list}, of which the journal has ${entries?.length ?? 0}`);
	}
}
