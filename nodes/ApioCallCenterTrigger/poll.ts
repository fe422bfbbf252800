/** One poll: reads the watched lists, returns their changes, and stores the new state in n8n. */

import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import type { Stop } from '../../lib/stop';
import { WATCH_FAILURES, WATCH_NOTES, watchedName } from '../../lib/report';
import {
	byKey,
	comparePoll,
	emptyPollState,
	MAX_REMEMBERED,
	MAX_WATCHED,
	namesIn,
	readPollState,
	rememberedCount,
	subjectKey,
	type Comparison,
	type Observed,
	type PollState,
} from '../../lib/watch';
import { n8nClock } from '../shared/clock';
import { toNodeError, type NamedParameter } from '../shared/errors';
import { REQUEST_TIMEOUT_MS } from '../shared/n8n-transport';
import { connectRateLimited } from '../shared/rate-limited-connection';
import { changeItem, sampleChanges } from './items';
import { observe, type Observations, type Unread } from './observe';
import { readWatched } from './watched';

/** What n8n keeps for the node. */
interface StaticData {
	watch?: unknown;
}

/** 3 minutes, after which requests under way are still waited for. n8n 2.41 means a poll to take at most 5 minutes. */
const DEADLINE_MS = 3 * 60_000;

/** At least this long, however short n8n's own budget is, so that some lists can be read. */
const LEAST_DEADLINE_MS = 15_000;

/** 15 minutes: a list among others that cannot be read for longer makes the poll fail, so that somebody sees it. */
const UNREAD_TOLERANCE_MS = 15 * 60_000;

const MS_PER_MINUTE = 60_000;

/**
 * Since when lists cannot be read, by node and list, in milliseconds since the epoch. It is not what n8n stores, which
 * may be days old after a restart.
 */
const unreadSince = new Map<string, ReadonlyMap<string, number>>();

/** Polls under way in this process, by workflow and node: n8n starts one at its time, whatever the last one does. */
const running = new Map<string, Promise<unknown>>();

/** n8n polls with the same functions for as long as a workflow is active, so the first poll with them activates it. */
const activated = new WeakSet<IPollFunctions>();

export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (this.getMode() === 'manual') return await samples(this);
	const key = `${this.getWorkflow().id ?? ''}:${this.getNode().id}`;
	if (activated.has(this) && running.has(key)) {
		this.logger.info(WATCH_NOTES.stillRunning);
		return null;
	}
	activated.add(this);
	// If the activating poll were skipped, n8n would take the workflow for activated without an error.
	while (running.has(key)) await running.get(key);
	const polling = pollChanges(this, key).finally(() => running.delete(key));
	running.set(
		key,
		polling.catch(() => undefined),
	);
	return await polling;
}

/** The current state in the form of changes; neither reads nor stores the poll state. */
async function samples(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const reading = await read(context, () => undefined);
	const { observations, platform } = reading;
	const now = n8nClock.now();
	const compared = comparePoll(emptyPollState(platform), observations.observed, now);
	const isAnyRead = observations.observed.some(({ observation }) => observation.kind === 'read');
	const missing = isAnyRead ? failuresOf(observations, compared.withoutBaseline) : observations.failures;
	if (missing.length > 0) throw failureOf(context, missing, reading);
	const changes = sampleChanges(observations.observed, now);
	const names = namesIn([compared.state]);
	return changes.length === 0 ? null : [changes.map((change) => changeItem(change, names))];
}

async function pollChanges(context: IPollFunctions, key: string): Promise<INodeExecutionData[][] | null> {
	const data = context.getWorkflowStaticData('node') as StaticData;
	const reading = await read(context, () => data.watch);
	const { observations, state } = reading;
	const now = n8nClock.now();
	const compared = comparePoll(state, observations.observed, now);
	checkRemembered(context, compared);
	const problems = problemsOf(observations, compared);
	const pressing = pressingOf(problems, observations, state, noteUnread(key, observations, now), now);
	const hasFailed = compared.changes.length === 0 && pressing.length > 0;
	// A baseline is stored only if it is complete. n8n stores the assigned value after this function returns.
	if (!hasFailed || state.lists.length > 0) data.watch = compared.state;
	if (hasFailed) throw failureOf(context, pressing, reading);
	if (problems.length > 0) {
		const [{ subject, failure }] = problems;
		context.logger.warn(WATCH_NOTES.unread(watchedName(subject), failure.message, problems.length));
	}
	if (compared.changes.length === 0) return null;
	const names = namesIn([state, compared.state]);
	return [compared.changes.map((change) => changeItem(change, names))];
}

interface ReadPoll {
	readonly observations: Observations;
	/** Normal base URL. */
	readonly platform: string;
	readonly state: PollState;
	readonly parameters: readonly NamedParameter[];
}

/** @throws NodeOperationError or NodeApiError where the parameters, or what they stand for, cannot be watched */
async function read(context: IPollFunctions, stored: () => unknown): Promise<ReadPoll> {
	const node = context.getNode();
	const end = deadline(context);
	try {
		const apio = await connectRateLimited(context, { signal: end.signal });
		const { watched, parameters } = await readWatched(context, apio);
		if (!watched.ok) throw toNodeError(node, watched.failure, { itemIndex: null, parameters });
		const platform = apio.baseUrl;
		const state = readPollState(stored(), platform);
		if (state === null) context.logger.warn(WATCH_NOTES.unreadableState);
		const known = state ?? emptyPollState(platform);
		const observations = await observe(apio, watched.value, known, (count) => {
			if (count > MAX_WATCHED) throw refusal(context, WATCH_FAILURES.tooManyWatched(count));
		});
		if (observations.observed.length === 0) throw refusal(context, WATCH_FAILURES.nobodyChosen);
		const { what } = watched.value;
		if (what === 'callCenter' && observations.listsNoSupervisors && watched.value.supervisorIds.length === 0)
			throw refusal(context, WATCH_FAILURES.noSupervisors);
		return { observations, platform, parameters, state: known };
	} finally {
		end.release();
	}
}

/** Aborts what is not sent yet when a poll has taken its time. */
function deadline(context: IPollFunctions): { signal: AbortSignal; release: () => void } {
	// Releases before 2.41 have no budget.
	const budget = typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : Number.POSITIVE_INFINITY;
	const milliseconds = Math.max(LEAST_DEADLINE_MS, Math.min(DEADLINE_MS, budget - REQUEST_TIMEOUT_MS));
	const [passed, over] = [new AbortController(), new AbortController()];
	const minutes = Math.round((milliseconds / MS_PER_MINUTE) * 10) / 10;
	const reason: Stop = { problem: 'pollTooLong', minutes };
	void n8nClock.sleep(milliseconds, over.signal).then(() => {
		if (!over.signal.aborted) passed.abort(reason);
	});
	return { signal: passed.signal, release: () => over.abort() };
}

/** The lists that could not be read. An absent list is reported as a change, unless it has no baseline. */
function problemsOf(observations: Observations, { withoutBaseline }: Comparison): Unread[] {
	const unread = observations.observed.filter(({ observation }) => observation.kind === 'unread');
	return failuresOf(observations, [...unread, ...withoutBaseline]);
}

function failuresOf({ failures }: Observations, observed: readonly Observed[]): Unread[] {
	const keys = new Set(observed.map(({ subject }) => subjectKey(subject)));
	return failures.filter(({ subject }) => keys.has(subjectKey(subject)));
}

/** @returns since when each list that is unread now cannot be read */
function noteUnread(key: string, { observed }: Observations, now: number): ReadonlyMap<string, number> {
	const before = unreadSince.get(key);
	const unread = observed.filter(({ observation }) => observation.kind === 'unread');
	const keys = unread.map(({ subject }) => subjectKey(subject));
	const since = new Map(keys.map((list) => [list, before?.get(list) ?? now]));
	if (since.size > 0) unreadSince.set(key, since);
	else unreadSince.delete(key);
	return since;
}

/** The lists because of which the poll fails: all of them if nothing could be read. */
function pressingOf(
	problems: Unread[],
	{ observed }: Observations,
	state: PollState,
	since: ReadonlyMap<string, number>,
	now: number,
): Unread[] {
	if (observed.every(({ observation }) => observation.kind === 'unread')) return problems;
	const remembered = byKey(state);
	return problems.filter(({ subject }) => {
		const list = subjectKey(subject);
		return !remembered.has(list) || now - (since.get(list) ?? 0) >= UNREAD_TOLERANCE_MS;
	});
}

function checkRemembered(context: IPollFunctions, { state }: Comparison): void {
	const count = rememberedCount(state);
	if (count > MAX_REMEMBERED) throw refusal(context, WATCH_FAILURES.tooMuchRemembered(count));
}

function refusal(context: IPollFunctions, texts: { message: string; description: string }): NodeOperationError {
	return new NodeOperationError(context.getNode(), texts.message, { description: texts.description });
}

function failureOf(
	context: IPollFunctions,
	[first, ...others]: readonly Unread[],
	{ parameters }: Pick<ReadPoll, 'parameters'>,
) {
	const error = toNodeError(context.getNode(), first.failure, { itemIndex: null, parameters });
	const about = WATCH_FAILURES.unread(watchedName(first.subject), others.length);
	error.description = `${error.description ?? ''} ${about}`.trim();
	return error;
}
