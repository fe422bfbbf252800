/** A completed run as items: Summary, Changes and Rejected. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import type { Options } from '../../../lib/options';
import {
	breachLine,
	heldMessage,
	messageOf,
	problemsText,
	shownCode,
	strategyMessage,
	isCorrectable,
	seriousNotices,
	markdownReport,
	matchLines,
	summaryLine,
	whatToDo,
	type ListView,
	type RunView,
} from '../../../lib/report';
import { removalsToApprove, type Issue, listKey, type ListRef } from '../../../lib/sync';
import { isCalledByAgent } from './called-by-ai-agent';
import type { CompletedRun } from './operation';
import { summaryFiles } from './summary-files';

/** Input items that lists and rows came from. */
export interface Pairing {
	/** All items of the run. */
	readonly run: IPairedItemData[];
	readonly list: (ref: ListRef) => IPairedItemData[];
	/** From the item that a row came from, as the source counts them. */
	readonly row: (item: number) => IPairedItemData;
}

export function pairingOf({ source, result }: CompletedRun, items: readonly number[]): Pairing {
	const run = items.map((item) => ({ item }));
	const byList = new Map<string, Set<number>>();
	// With one item the answer is known.
	if (items.length > 1) {
		for (const row of result.matched?.source.rows ?? source?.origins ?? []) {
			const key = listKey(row.list);
			const known = byList.get(key);
			if (known === undefined) byList.set(key, new Set([row.item]));
			else known.add(row.item);
		}
	}
	return {
		run,
		list: (ref) => {
			const found = byList.get(listKey(ref));
			return found === undefined ? run : [...found].map((item) => ({ item }));
		},
		row: (item) => (items.includes(item) ? { item } : run[0]),
	};
}

export async function summaryItem(
	execute: IExecuteFunctions,
	run: CompletedRun,
	view: RunView,
	options: Options,
	pairing: Pairing,
): Promise<INodeExecutionData> {
	const { plan, journal, reason, status, happened } = run.result;
	const { changes, membersBy } = view;
	// No key `error`: n8n would take the run for failed, and with Retry On Fail sync again.
	const json = withoutNulls({
		operation: run.operation,
		status,
		summary: summaryLine(view),
		reason: reason === null ? null : { code: shownCode(reason), message: messageOf(reason) },
		planHash: plan?.hash ?? null,
		removalsToApprove: plan === null ? null : removalsToApprove(plan),
		validUntil: plan?.validUntil ?? null,
		counts: {
			lists: {
				toChange: changes.lists.planned,
				changed: changes.lists.done,
				unchanged: view.unchanged,
				notRead: view.notRead,
			},
			adds: { ...changes.adds },
			removes: { ...changes.removes },
			alreadyInPlace: membersBy.alreadyInPlace,
			held: view.heldChanges,
			failed: membersBy.failed,
			conflicts: membersBy.conflict,
			notAttempted: view.written ? membersBy.notAttempted : 0,
			rejectedChanges: membersBy.rejected,
			listsNotPlanned: plan?.unplanned.length ?? 0,
			rows: plan?.source.rows ?? run.source?.rowCount ?? 0,
			rejectedRows: view.rejected.length,
		},
		notices: view.notices.map(codeAndMessage),
		guards: withoutNulls({
			verdict: status === 'aborted' ? 'abort' : (plan?.guards.verdict ?? null),
			breaches: view.breaches.map(breachLine),
		}),
		forecast: view.forecast === null ? null : { ...view.forecast, seconds: tenths(view.forecast.seconds) },
		happened: {
			requests: view.happened.requests,
			reads: happened.reads,
			writes: happened.writes,
			seconds: tenths(view.happened.seconds),
		},
		matched: matchedJson(view),
		markdown: markdownReport(view),
		...(options.includeDocuments ? { plan: asData(plan), journal: asData(journal) } : {}),
	});
	// Agents cannot take files; the engine would only warn about them.
	if (isCalledByAgent(execute)) return { json, pairedItem: pairing.run };
	return { json, binary: await summaryFiles(execute, run, view), pairedItem: pairing.run };
}

/** A field without a value is left out: the editor shows `null` in red, and a condition takes both for empty. */
function withoutNulls(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}

/** The counts, and the same as lines for people; null where the source has ids. */
function matchedJson({ matched }: RunView): IDataObject | null {
	if (matched === null) return null;
	const { people = null, callCenters = null } = matched;
	return withoutNulls({ people, callCenters, summary: matchLines(matched).join('. ') });
}

export function changeItems(view: RunView, options: Options, pairing: Pairing): INodeExecutionData[] {
	const changed = view.lists.map((list) => ({ json: changeJson(list, view), pairedItem: pairing.list(list.ref) }));
	if (!options.includeUnchanged) return changed;
	const listed = new Set(view.lists.map((list) => listKey(list.ref)));
	const unchanged = (view.plan?.unchanged ?? [])
		.filter((ref) => !listed.has(listKey(ref)))
		.map((ref) => ({ json: { outcome: 'unchanged', ...listJson(ref) }, pairedItem: pairing.list(ref) }));
	const notRead = (view.plan?.readLists?.notRead ?? []).map((ref) => ({
		json: { outcome: 'notRead', ...listJson(ref) },
		pairedItem: pairing.list(ref),
	}));
	return [...changed, ...unchanged, ...notRead];
}

function changeJson(list: ListView, { nameOf }: RunView): IDataObject {
	const members = (change: 'add' | 'remove') =>
		list.members
			.filter((entry) => entry.change === change)
			.map(({ member, status, issue }) => ({
				id: member,
				...(nameOf(member) === '' ? {} : { name: nameOf(member) }),
				outcome: status,
				...(issue === null ? {} : { message: messageOf(issue) }),
			}));
	// In the order of the editor's table: what happened, to whom, where, and the rest.
	return withoutNulls({
		outcome: list.status,
		...codeAndMessage(list.issue),
		adds: members('add'),
		removes: members('remove'),
		held: list.held.map((held) => ({
			id: held.member,
			change: held.change,
			code: held.code,
			message: heldMessage(held),
		})),
		...listJson(list.ref),
		...ownerNames(list.ref, nameOf),
		strategy: list.strategy,
		reason: list.reason === null ? null : strategyMessage(list.reason, list.ref.kind, list.fallback),
		changedBySomebodyElse: { added: [...list.foreign.added], removed: [...list.foreign.removed] },
		requests: list.requests.length,
	});
}

export function codeAndMessage(issue: Issue | null) {
	return issue === null ? { code: null, message: null } : { code: shownCode(issue), message: messageOf(issue) };
}

export function listJson({ kind, tenantId, groupId, userId, callCenterId }: ListRef): IDataObject {
	const owner = kind === 'supervisedAgents' ? { supervisor: userId, callCenter: callCenterId } : { agent: userId };
	return { ...owner, kind, tenant: tenantId, group: groupId };
}

/** Where the plan has them. */
function ownerNames({ kind, userId, callCenterId }: ListRef, nameOf: RunView['nameOf']): IDataObject {
	const [owner, callCenter] = [nameOf(userId), nameOf(callCenterId ?? '')];
	return {
		...(owner === '' ? {} : { [kind === 'supervisedAgents' ? 'supervisorName' : 'agentName']: owner }),
		...(callCenter === '' ? {} : { callCenterName: callCenter }),
	};
}

export function rejectedItems(view: RunView, pairing: Pairing): INodeExecutionData[] {
	const rows = view.rejected.map((row) => ({
		json: {
			type: 'row',
			line: row.line,
			code: row.problems[0].code,
			message: problemsText(row),
			whatToDo: whatToDo(view.operation === 'removeEverywhere' ? 'leaver' : 'row'),
			row: { ...row.cells },
		},
		pairedItem: pairing.row(row.item),
	}));
	const notices = seriousNotices(view).map((notice) => ({
		json: { type: 'notice', ...codeAndMessage(notice), whatToDo: whatToDo('notice') },
		pairedItem: pairing.run,
	}));
	return [...rows, ...notices, ...view.lists.flatMap((list) => refusedOf(list, pairing))];
}

function refusedOf(list: ListView, pairing: Pairing): INodeExecutionData[] {
	const pairedItem = pairing.list(list.ref);
	if (list.members.length === 0 && isCorrectable(list.status)) {
		const { issue, lines, status } = list;
		return [
			{
				json: withoutNulls({
					type: 'list',
					line: lines[0] ?? null,
					...codeAndMessage(issue),
					whatToDo: whatToDo(status),
					...listJson(list.ref),
					outcome: status,
				}),
				pairedItem,
			},
		];
	}
	return list.members
		.filter(({ status }) => isCorrectable(status))
		.map(({ member, change, status, issue, lines }) => ({
			json: withoutNulls({
				type: 'member',
				line: lines[0] ?? null,
				code: issue === null ? status : shownCode(issue),
				message: issue === null ? '' : messageOf(issue),
				whatToDo: whatToDo(status),
				...listJson(list.ref),
				member,
				change,
				outcome: status,
			}),
			pairedItem,
		}));
}

export function tenths(seconds: number): number {
	return Math.round(seconds * 10) / 10;
}

/** Plans and journals are plain JSON by their schemas. */
function asData(document: object | null): IDataObject | null {
	return document === null ? null : (document as IDataObject);
}
