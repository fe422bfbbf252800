/**
 * The few numbers that the shrink check compares with, kept in the node's static data: n8n saves them
 * after production runs. In queue mode n8n 2.41 hands a worker none; there a memory file has the same numbers.
 * Only an applied run counts, so that a broken export never becomes the measure of the next.
 */

import type { IExecuteFunctions } from 'n8n-workflow';
import type { LastRun, RunResult } from '../../../lib/sync';

interface Remembered {
	lastRuns?: Record<string, LastRun>;
}

/**
 * Runs of one node that are told apart: by what is synced; by the default tenant and group, because one workflow may be
 * started for each of many; and, where each item is a run, by its place.
 */
export function lastRunKey(
	{ kind, tenantId = '', groupId = '' }: { kind: string; tenantId?: string; groupId?: string },
	source: string,
	item: number,
): string {
	const whose = [kind, tenantId, groupId].filter((part) => part !== '').join(' ');
	return source === 'items' ? whose : `${whose} ${item}`;
}

export function lastRun(execute: IExecuteFunctions, key: string): LastRun | null {
	const { lastRuns } = execute.getWorkflowStaticData('node') as Remembered;
	return lastRuns?.[key] ?? null;
}

export function rememberRun(execute: IExecuteFunctions, key: string, { status, plan }: RunResult): void {
	if (plan === null || plan.guards.verdict !== 'pass') return;
	if (status !== 'applied' && status !== 'unchanged' && status !== 'partial') return;
	const memory = execute.getWorkflowStaticData('node') as Remembered;
	const { rows, lists, members } = plan.source;
	// n8n saves static data only when a property of it is assigned.
	memory.lastRuns = { ...memory.lastRuns, [key]: { rows, lists, members } };
}
