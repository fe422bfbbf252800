/**
 * The outcome of a run in one line: in n8n's log, in the browser's console of manual runs, and in the execution's
 * custom data. n8n discards the output of a node whose execution was stopped, but keeps the custom data that are there
 * at the moment of the stop.
 */

import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n takes longer values with a complaint in its log. */
const LONGEST_VALUE = 255;
/** And cuts longer keys. */
const LONGEST_KEY = 50;

export function logStatus(execute: IExecuteFunctions, line: string): void {
	execute.logger.info(`APIO call center sync: ${line}`);
	if (execute.getMode() === 'manual') execute.sendMessageToUI(line);
}

export function logAndStoreStatus(execute: IExecuteFunctions, line: string): void {
	logStatus(execute, line);
	// n8n 2.0 gives nodes no custom data.
	const { customData } = execute as Partial<Pick<IExecuteFunctions, 'customData'>>;
	customData?.set(customDataKey(execute.getNode().name), shortened(line));
}

/**
 * One for each node, because an execution has room for ten; letters, digits and underscores, as every release of n8n
 * takes them.
 */
export function customDataKey(nodeName: string): string {
	const words = nodeName
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.split(/[^A-Za-z0-9]+/);
	const plain = words.filter((word) => word !== '').join('_');
	return (plain || 'APIO_Call_Center_Sync').slice(0, LONGEST_KEY);
}

/** In a long line the reason, which is first, is cut, so that the figures at the end stay. */
export function shortened(line: string): string {
	if (line.length <= LONGEST_VALUE) return line;
	const begin = Math.floor(LONGEST_VALUE / 3);
	return `${line.slice(0, begin)}…${line.slice(line.length - (LONGEST_VALUE - begin - 1))}`;
}
