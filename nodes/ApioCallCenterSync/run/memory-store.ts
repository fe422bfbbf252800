/**
 * Where the memory of `readLists: changed` is kept between runs: in a file that the workflow passes to the next run, or
 * in the node's static data. n8n saves static data after production runs, with the workflow and in one piece, so only
 * small memories go there.
 */

import type { IExecuteFunctions } from 'n8n-workflow';
import type { Memory, RunResult } from '../../../lib/sync';
import { parsedJson } from './documents';
import type { OperationContext } from './operation';

/** Characters of JSON: some 5,000 lists. n8n writes all static data of a workflow to its database after each run. */
const MAX_KEPT_CHARACTERS = 250_000;

interface Kept {
	memories?: Record<string, string>;
}

/** Parsed; null if there is none. An unreadable file is passed on as it is, and the engine reports it. */
export async function readMemory({ execute, item, options }: OperationContext, key: string): Promise<unknown> {
	if (options.readLists !== 'changed') return null;
	const field = options.memoryField.trim();
	if (field !== '') return await memoryInFile(execute, item, field);
	const { memories } = execute.getWorkflowStaticData('node') as Kept;
	return parsedOrRaw(memories?.[key]);
}

/** Stores the memory in static data, unless a file keeps it or it is too large. */
export function keepMemory({ execute, options }: OperationContext, key: string, { memory }: RunResult): void {
	if (memory == null || options.memoryField.trim() !== '') return;
	const kept = execute.getWorkflowStaticData('node') as Kept;
	const { [key]: before, ...others } = kept.memories ?? {};
	const json = JSON.stringify(memory);
	// n8n saves static data only when a property of it is assigned.
	if (json.length <= MAX_KEPT_CHARACTERS) kept.memories = { ...others, [key]: json };
	else if (before !== undefined) kept.memories = others;
}

export function isTooLargeToKeep(memory: Memory): boolean {
	return JSON.stringify(memory).length > MAX_KEPT_CHARACTERS;
}

async function memoryInFile(execute: IExecuteFunctions, item: number, field: string): Promise<unknown> {
	if (execute.getInputData()[item]?.binary?.[field] === undefined) return null;
	return parsedOrRaw((await execute.helpers.getBinaryDataBuffer(item, field)).toString('utf8'));
}

/** An empty file means no memory: a store returns one before the first run. */
function parsedOrRaw(text: string = ''): unknown {
	if (text.trim() === '') return null;
	const read = parsedJson(text);
	return read.ok ? read.value : text;
}
