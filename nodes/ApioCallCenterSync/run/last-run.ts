/**
 * The few numbers that the shrink check compares with, kept in the node's static data: n8n saves them
 * after production runs. In queue mode n8n 2.41 hands a worker none; there a memory file has the same numbers.
 */

import type { IExecuteFunctions } from 'n8n-workflow';
import { measuredSource, type LastRun, type RunResult } from '../../../lib/sync';

interface Remembered {
	lastRuns?: Record<string, LastRun>;
}

/**
 * What distinguishes the runs of one node: what is synced; the default tenant and group, because one workflow may be
 * started for each of many; and, where each item is a run, its place.
 */
export function lastRunKey(
	{ kind, tenantId = '', groupId = '' }: { kind: string; tenantId?: string; groupId?: string },
	source: string,
	item: number,
): string {
	// As JSON, because ids may have spaces: two groups must not be measured by each other.
	return JSON.stringify(source === 'items' ? [kind, tenantId, groupId] : [kind, tenantId, groupId, item]);
}

export function lastRun(execute: IExecuteFunctions, key: string): LastRun | null {
	const { lastRuns } = execute.getWorkflowStaticData('node') as Remembered;
	return lastRuns?.[key] ?? null;
}

export function rememberRun(execute: IExecuteFunctions, key: string, result: RunResult): void {
	const measure = measuredSource(result);
	if (measure === null) return;
	const memory = execute.getWorkflowStaticData('node') as Remembered;
	// n8n saves static data only when a property of it is assigned.
	memory.lastRuns = { ...memory.lastRuns, [key]: measure };
}
