import type { RejectedRow, SourceRow } from '../../lib/sync/model/row';
import type { ListRef } from '../../lib/sync/model/list';
import { DEFAULT_LIMITS } from '../../lib/options';
import type { Settings, Source, RunContext } from '../../lib/sync';
import { FakePlatform } from '../support/fake-platform';
import { VirtualClock } from '../../tools/virtual-clock';

export const URL = 'https://apio.example/api/v1';

/** Limits that let everything through, for tests about anything but guards. */
export const NO_LIMITS: Settings['limits'] = {
	removalPercentPerList: 100,
	removalCountPerList: 1e9,
	removalPercentTotal: 100,
	removalCountTotal: 1e9,
	leaverCount: 1e9,
	additionCountTotal: 0,
	shrinkPercent: 100,
	listsNotShownPercent: 100,
};

export function settings(more: Partial<Settings> = {}): Settings {
	return {
		kind: 'supervisedAgents',
		mode: 'mirror',
		platformUrl: URL,
		onBreach: 'abort',
		allowClear: false,
		protectedMembers: [],
		aliases: {},
		checkUsers: false,
		assignFirst: false,
		soleWriter: false,
		maxEntries: 0,
		concurrency: 4,
		limits: NO_LIMITS,
		lastRun: null,
		readLists: 'all',
		lookEvery: 24,
		planValidMinutes: 60,
		...more,
	};
}

export const STRICT: Settings['limits'] = DEFAULT_LIMITS;

export function supervised(userId = 'sup@x', callCenterId = 'cc@x'): ListRef {
	return { kind: 'supervisedAgents', tenantId: 'T', groupId: 'G', userId, callCenterId };
}

export function ownCallCenters(userId: string): ListRef {
	return { kind: 'agentCallCenters', tenantId: 'T', groupId: 'G', userId, callCenterId: null };
}

let lines = 1;

export function row(ref: ListRef, memberId: string | null, more: Partial<SourceRow> = {}): SourceRow {
	lines += 1;
	return { list: ref, memberId, action: null, line: lines, item: 0, ...more };
}

export function rows(ref: ListRef, members: readonly string[]): SourceRow[] {
	return members.map((member, index) => row(ref, member, { line: index + 2 }));
}

export function source(all: readonly SourceRow[], rejected: readonly RejectedRow[] = []): Source {
	return { rows: all, rejected, findings: [] };
}

export function rejectedRow(more: Partial<RejectedRow> = {}): RejectedRow {
	return {
		line: 88,
		item: 0,
		problems: [{ column: 'agent', code: 'mangledId', facts: { problem: 'spreadsheet', value: '1.23E+11' } }],
		moreProblems: 0,
		cells: {},
		tenantId: null,
		groupId: null,
		userId: null,
		callCenterId: null,
		memberIds: [],
		...more,
	};
}

/** A platform in virtual time, and what a run needs around it. */
export function harness(more: Partial<RunContext> = {}) {
	const clock = new VirtualClock();
	const platform = new FakePlatform(clock);
	const around: RunContext = { platform, clock, expectedRate: () => 10, ...more };
	return { clock, platform, around };
}

/** `prefix1@x` to `prefix<count>@x`. */
export function ids(count: number, prefix = 'agent'): string[] {
	return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}@x`);
}

export function folded(all: Iterable<string>): string[] {
	return [...all].map((id) => id.toLowerCase()).sort();
}
