/** Exports the live lists of a group, or those that a source names. Nothing is written. */

import { unplannedOutcome, unreadOutcome } from './apply';
import { distinctIds, type Issue, listKey, type ListRef, type Settings, severityOf, type Source } from './model';
import {
	Desired,
	findLists,
	type Found,
	groupKey,
	Listings,
	nothingPlannedCause,
	nothingPlannedIssue,
	noRowProblem,
	ownersWithoutList,
	ownList,
	type Planning,
	readCandidates,
	type ReadLists,
	readGroup,
	type Scope,
	type Search,
	type ShownList,
	Spellings,
	type Unplanned,
	unplanned,
} from './plan';
import { type RunContext, RunPlatform } from './platform';
import { refusedResult, type RunResult } from './result';

/** The lists of a group, or those that a source names. */
export type ExportWish =
	| { readonly from: 'group'; readonly scope: Scope; readonly search: Search }
	| { readonly from: 'source'; readonly source: Pick<Source, 'rows' | 'rejected'> };

export interface ExportSettings extends Settings {
	/**
	 * The first id of a list that a source could not name as the platform does; null where the list can be read back. A
	 * list that came back with one member less would remove that member.
	 */
	readonly notReadBack: (ref: ListRef, members: Iterable<string>) => string | null;
}

/** What was looked for, and what was read of it. */
interface Looked {
	readonly obstacle: Issue | null;
	readonly read: ReadLists;
	readonly notShown: readonly Unplanned[];
	readonly notices: readonly Issue[];
	/** Rows of the source that name no list. */
	readonly rejectedRows: number;
}

export async function exportLists(wish: ExportWish, settings: ExportSettings, context: RunContext): Promise<RunResult> {
	const platform = new RunPlatform(context);
	const listings = new Listings(platform);
	const planning: Planning = { settings, platform, spellings: new Spellings(), listings, writes: false };
	const problem = wish.from === 'source' ? noRowProblem(wish.source) : null;
	if (problem !== null) return refusedResult(problem, platform);
	const looked =
		wish.from === 'group' ? await lookInGroup(wish.scope, wish.search, planning) : await lookUp(wish.source, planning);
	return await resultOf(looked, settings, planning);
}

async function lookInGroup(scope: Scope, search: Search, planning: Planning): Promise<Looked> {
	const { kind } = planning.settings;
	const group = await readGroup(scope, planning);
	// Agents who are named need not be looked for.
	const isDirect = kind === 'agentCallCenters' && search.owners.length > 0 && search.callCenters.length === 0;
	const found: Found = isDirect ? directly(scope, search.owners) : await findLists(kind, group, search, planning);
	const read = await readCandidates(found.candidates, planning);
	const known = [...read.shown, ...read.notShown, ...found.notShown];
	const { supervisorsNotListed: said } = found;
	const asNamed: Issue[] =
		said === null || found.obstacle !== null
			? []
			: [{ code: 'supervisorsAsNamed', facts: { ...scope, named: search.owners.length, said } }];
	const nowhere =
		found.obstacle === null && planning.platform.stop === null
			? ownersWithoutList(search.owners, kind, scope, known)
			: [];
	return {
		obstacle: found.obstacle,
		read,
		notShown: [...found.notShown, ...read.notShown],
		notices: [...group.notices, ...found.notices, ...asNamed, ...nowhere],
		rejectedRows: 0,
	};
}

function directly(scope: Scope, owners: readonly string[]): Found {
	return {
		obstacle: null,
		candidates: distinctIds(owners).map((id) => ({ ref: ownList(scope, id), isGuess: false, lines: [] })),
		notShown: [],
		notices: [],
		supervisorsNotListed: null,
	};
}

async function lookUp(source: Pick<Source, 'rows' | 'rejected'>, planning: Planning): Promise<Looked> {
	const { lists } = new Desired({ ...source, findings: [] }, planning.settings);
	const scopes = new Map(lists.map(({ ref }) => [groupKey(ref), { tenantId: ref.tenantId, groupId: ref.groupId }]));
	const notices: Issue[] = [];
	for (const scope of scopes.values()) notices.push(...(await readGroup(scope, planning)).notices);
	const candidates = lists.map(({ ref, memberless: lines }) => ({ ref, isGuess: false, lines }));
	const read = await readCandidates(candidates, planning);
	return { obstacle: null, read, notShown: read.notShown, notices, rejectedRows: source.rejected.length };
}

async function resultOf(
	{ obstacle, read, notShown, notices, rejectedRows }: Looked,
	settings: ExportSettings,
	planning: Planning,
): Promise<RunResult> {
	const { platform } = planning;
	const readable: ShownList[] = [];
	const other = [...notShown];
	for (const list of read.shown) {
		const id = settings.notReadBack(list.ref, list.view.members.values());
		if (id === null) readable.push(list);
		else other.push(unplanned(list.ref, 'rejected', { code: 'notReadBack', facts: { list: list.ref, id } }, list));
	}
	const base = {
		plan: null,
		journal: null,
		lists: [
			...other.map(unplannedOutcome),
			...(platform.stop === null ? [] : read.unread.map((ref) => unreadOutcome(ref, platform.stop))),
		],
		lines: new Map(other.map(({ ref, lines }) => [listKey(ref), lines])),
		notices,
	};
	const ended = (status: RunResult['status'], reason: Issue | null): RunResult => {
		return { ...base, status, reason, happened: platform.happened() };
	};
	if (platform.stop !== null) return ended('stopped', platform.stop);
	if (obstacle !== null) return ended('failed', obstacle);
	const cause = await nothingShownCause(readable, other, notices, planning);
	if (cause !== null) return ended('failed', cause);
	const lacks = rejectedRows > 0 || other.length > 0 || notices.some(({ code }) => severityOf(code) === 'error');
	const lists = readable.map(({ ref, view }) => ({ ref, members: [...view.members.values()] }));
	const nameOf = (id: string) => planning.listings.nameOf(id);
	const exported = { kind: settings.kind, lists, nameOf };
	return { ...ended(lacks ? 'partial' : 'exported', null), exported };
}

/** Null where any list is shown, or there is none. */
async function nothingShownCause(
	readable: readonly ShownList[],
	other: readonly Unplanned[],
	notices: readonly Issue[],
	planning: Planning,
): Promise<Issue | null> {
	if (readable.length > 0) return null;
	if (other.length === 0) return notices.find(({ code }) => severityOf(code) === 'error') ?? null;
	if (other.some(({ failure }) => failure === null)) return nothingPlannedIssue(other.map(({ issue }) => issue));
	return await nothingPlannedCause({ drafts: [], unchanged: [], unplanned: [...other] }, planning);
}
