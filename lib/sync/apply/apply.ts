/**
 * Carries out a plan: stage by stage, lists in parallel, the requests of one list in sequence. A list whose removals
 * wait for additions to other lists (`moves.ts`) is written in two parts.
 */

import { type ListOutcome, type Plan, type PlannedList, isChange } from '../documents';
import { listKey, membersOf, type Settings } from '../model';
import { type Draft, Moves, Preparation, freshMilliseconds, replacesOnPlannedRead } from '../plan';
import { mapConcurrently, type RunPlatform } from '../platform';
import { ListWriter, type ListTask } from './list-writer';
import { notAttempted } from './outcome';
import { WritePermissions } from './permissions';
import { WritingProgress } from './writing-progress';
import { failedAddition, removalsToHold, type FailedAddition, type ShownAdditions } from './removal-holds';

/**
 * The drafts by list key if this run made the plan; null for an approved plan. A draft is taken out when its list is
 * done, because those of all lists are most of what a large run holds.
 */
type OwnDrafts = Map<string, Pick<Draft, 'view' | 'log'>> | null;

/** Outcomes in the order of the plan's lists. */
export async function executePlan(
	plan: Plan,
	drafts: OwnDrafts,
	settings: Settings,
	platform: RunPlatform,
): Promise<ListOutcome[]> {
	const execution = new PlanExecution(plan, drafts, settings, platform);
	await execution.writeStage(0);
	await execution.writeStage(1);
	return execution.outcomes();
}

/** Lists that are written side by side. */
interface Stage {
	readonly moves: Moves<PlannedList>;
	/** Of lists that are not done, and of lists that are, the part of it that other lists ask for. */
	readonly writers: Map<PlannedList, ListWriter | ShownAdditions>;
}

class PlanExecution {
	readonly #outcomes = new Map<PlannedList, ListOutcome>();
	readonly #preparation = new Preparation();
	readonly #permissions = new WritePermissions();
	readonly #progress: WritingProgress;

	constructor(
		private readonly plan: Plan,
		private readonly drafts: OwnDrafts,
		private readonly settings: Settings,
		private readonly platform: RunPlatform,
	) {
		this.#progress = new WritingProgress(plan);
		if (this.#progress.total > 0) this.reportProgress();
	}

	async writeStage(number: 0 | 1): Promise<void> {
		const { concurrency } = this.settings;
		const lists = this.plan.lists.filter((list) => list.stage === number && isChange(list));
		// Lists to be replaced on the read of planning go first, while it is fresh.
		const ordered = [...lists.filter(replacesOnPlannedRead), ...lists.filter((list) => !replacesOnPlannedRead(list))];
		const stage: Stage = { moves: new Moves(lists), writers: new Map() };
		await mapConcurrently(ordered, concurrency, async (planned) => await this.write(planned, stage));
		const failed = failedAddition(lists, stage.writers);
		const waiting = ordered.filter((planned) => !this.#outcomes.has(planned));
		await mapConcurrently(waiting, concurrency, async (planned) => await this.writeRemovals(planned, stage, failed));
		for (const list of lists) this.#preparation.note(this.#outcomes.get(list) ?? notAttempted(list, null));
	}

	outcomes(): ListOutcome[] {
		return this.plan.lists.map((list) => this.#outcomes.get(list) ?? notAttempted(list, this.draftOf(list)));
	}

	/** Writes a list, but for removals that wait for additions to other lists. */
	private async write(planned: PlannedList, { moves, writers }: Stage): Promise<void> {
		const denied = this.#permissions.outcomeIfDenied(planned.ref, () => notAttempted(planned, this.draftOf(planned)));
		if (denied !== null) {
			this.finish(planned, denied);
			return;
		}
		const writer = this.writerOf(planned);
		writers.set(planned, writer);
		const removalsWait = moves.removalsWait(planned);
		await writer.write(removalsWait ? ['add'] : ['add', 'remove']);
		if (removalsWait) {
			this.#permissions.record(writer.outcome());
			return;
		}
		writers.set(planned, writer.shownAdditions());
		this.finish(planned, writer.outcome());
	}

	private async writeRemovals(
		planned: PlannedList,
		{ moves, writers }: Stage,
		failed: FailedAddition | null,
	): Promise<void> {
		const writer = writers.get(planned) as ListWriter;
		// After a stop nothing was refused: it was not attempted.
		if (this.platform.stop === null) writer.hold(removalsToHold(planned, moves, writers, failed));
		const denied = this.#permissions.outcomeIfDenied(planned.ref, () => writer.outcome());
		if (denied === null) await writer.write(['remove']);
		this.finish(planned, denied ?? writer.outcome());
	}

	private writerOf(planned: PlannedList): ListWriter {
		const draft = this.draftOf(planned);
		const task: ListTask = {
			planned,
			view: draft?.view ?? { members: membersOf(planned.before), at: Number.NEGATIVE_INFINITY },
			first: draft === null ? 'compare' : planned.readAgain === true ? 'again' : 'trust',
			blocked: this.#preparation.blocked(planned),
			maxEntries: this.plan.maxEntries,
			freshMilliseconds: freshMilliseconds(this.settings),
			log: draft?.log ?? [],
			onShown: (changes) => {
				this.#progress.addShown(planned.ref, changes);
				this.reportProgress();
			},
		};
		return new ListWriter(task, this.platform);
	}

	private draftOf(planned: PlannedList): Pick<Draft, 'view' | 'log'> | null {
		return this.drafts?.get(listKey(planned.ref)) ?? null;
	}

	private finish(planned: PlannedList, outcome: ListOutcome): void {
		this.#outcomes.set(planned, outcome);
		this.drafts?.delete(listKey(planned.ref));
		this.#permissions.record(outcome);
		this.#progress.finish(planned, outcome);
		this.reportProgress();
	}

	private reportProgress(): void {
		this.platform.progress(this.#progress.current());
	}
}
