/** The reported outcome of each list and member against what really became of it. */

import { foldId } from '../../lib/sync/model/list';
import type { ListOutcome, MemberOutcome } from '../../lib/sync';
import { codeOf } from '../support/issue-text';
import { viewsOf, writesOf, type AppliedListChange } from './history';
import type { Checked } from './invariants';
import { listName, type Exchange } from './wire';

export function outcomesTrue(checked: Checked): void {
	const { run, allowed, complain } = checked;
	const { result } = run;
	if (result === null) return;
	const reported = result.lists.map(({ ref }) => listName(ref.kind, ref.userId, ref.callCenterId));
	if (new Set(reported).size < reported.length) complain('everyListTold', 'A list is reported twice');
	if (result.status !== 'refused') {
		for (const list of allowed.lists.keys())
			if (!reported.includes(list)) complain('everyListTold', `${list} is not reported`);
		everyChangeReported(checked);
	}
	if (['planned', 'unchanged', 'aborted', 'refused'].includes(result.status) && writesOf(run).length > 0) {
		complain('planWritesNothing', `The run says it is ${result.status}, and wrote`);
	}
	if (
		result.status === 'applied' &&
		result.lists.some(({ outcome }) => !['applied', 'alreadyInPlace', 'unchanged'].includes(outcome))
	) {
		complain('outcomesTrue', 'The run says that everything is applied, and its lists do not');
	}
	for (const list of result.lists) listTrue(list, checked);
}

function everyChangeReported({ run, complain }: Checked): void {
	for (const planned of run.result?.plan?.lists ?? []) {
		const list = run.result?.lists.find(
			({ ref }) =>
				listName(ref.kind, ref.userId, ref.callCenterId) ===
				listName(planned.ref.kind, planned.ref.userId, planned.ref.callCenterId),
		);
		const count = planned.adds.length + planned.removes.length + planned.held.length;
		if (list?.members.length !== count)
			complain(
				'everyListTold',
				`${count} changes of ${planned.ref.userId} were planned, and ${list?.members.length} are reported`,
			);
	}
}

function listTrue(list: ListOutcome, checked: Checked): void {
	const { run, complain } = checked;
	const name = listName(list.ref.kind, list.ref.userId, list.ref.callCenterId);
	const views = viewsOf(run, name);
	const last = views.at(-1)?.shown ?? null;
	if (list.after !== null && (last === null || !same(new Set(list.after.map(foldId)), last))) {
		complain(
			'outcomesTrue',
			`${name} is reported as ${list.after.join()}, and was last seen as ${last && [...last].join()}`,
		);
	}
	if (list.outcome === 'unchanged' && writesOf(run, name).length > 0)
		complain('outcomesTrue', `${name} is reported as unchanged, and was written`);
	for (const member of list.members) {
		// Of two lines that ask for the same, one may be unusable and the other one done.
		const twins = list.members.filter(
			(other) => other !== member && other.change === member.change && foldId(other.member) === foldId(member.member),
		);
		if (member.outcome === 'rejected' && twins.length > 0) continue;
		const problem = memberProblem(member, {
			inPlace: last === null ? null : (member.change === 'add') === last.has(foldId(member.member)),
			...doers(name, member, checked),
			written: writesOf(run, name).length > 0,
		});
		if (problem)
			complain(
				'outcomesTrue',
				`${member.change} ${member.member} on ${name} is reported as ${member.outcome} (${codeOf(member)}): ${problem}`,
			);
	}
}

interface Truth {
	/** As the list was last shown; null where it never was. */
	readonly inPlace: boolean | null;
	/** A request of this run made the change while the client waited for it. */
	readonly ours: boolean;
	/** The platform made it after the client had got a timeout or a closed connection, or refused to have made it. */
	readonly oursUnseen: boolean;
	/** Somebody else put the member on or took it off while the run went on. */
	readonly others: boolean;
	readonly written: boolean;
}

function doers(
	list: string,
	{ member, change }: MemberOutcome,
	{ run, appliedChanges }: Checked,
): Pick<Truth, 'ours' | 'oursUnseen' | 'others'> {
	const folded = foldId(member);
	const of = (deed: AppliedListChange) => (change === 'add' ? deed.added : deed.removed);
	const own = appliedChanges.filter(
		(deed) => deed.list === list && deed.run === run && !deed.cascade && of(deed).has(folded),
	);
	const isUnseen = ({ at, exchange }: AppliedListChange) =>
		exchange !== null && (at > exchange.answeredAt || isDenied(exchange));
	return {
		ours: own.some((deed) => !isUnseen(deed)),
		oursUnseen: own.some(isUnseen),
		others: appliedChanges.some(
			(deed) =>
				deed.list === list &&
				(deed.run !== run || deed.cascade) &&
				deed.at >= run.from &&
				deed.at <= run.to &&
				(deed.added.has(folded) || deed.removed.has(folded)),
		),
	};
}

/**
 * Carried out and refused all the same, as where a proxy sends it twice (docs/invariants.md, "The double delivery").
 */
function isDenied({ reply }: Exchange): boolean {
	return reply?.kind === 'answer' && reply.status >= 400 && reply.status <= 499 && reply.status !== 408;
}

/** Null where the outcome is true, or nobody could have known better (docs/invariants.md, "Who did it"). */
function memberProblem(
	{ outcome, code }: MemberOutcome,
	{ inPlace, ours, oursUnseen, others, written }: Truth,
): string | null {
	const undisputed = !others && !oursUnseen;
	switch (outcome) {
		case 'applied':
			if (inPlace !== true) return 'the list does not show it';
			return ours || !undisputed ? null : 'no request of the run did it';
		case 'alreadyInPlace':
			if (inPlace !== true) return 'the list does not show it';
			return ours && undisputed ? 'the run itself did it' : null;
		case 'held':
		case 'rejected':
		case 'notAttempted':
			return ours && undisputed ? 'the run did it all the same' : null;
		case 'failed':
			if (code === 'outcomeUnknown' || code === 'unverified') return null;
			return ours && undisputed ? 'the run did it all the same' : null;
		case 'conflict':
			if (code === 'overtaken') return written ? 'the list was written' : null;
			if (inPlace !== false) return 'the list shows it as wanted';
			return undisputed ? 'nobody else touched it' : null;
		default:
			return `that is no outcome of a member`;
	}
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((entry) => b.has(entry));
}
