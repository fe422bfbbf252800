/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes the file that the benchmark reads */

/**
 * A file as an HR system exports it: one supervisor's agents below each other, a quoted name, a column nobody needs.
 * 1,000,000 rows are 25,000 lists of 40 agents: 12,500 supervisors with a list in each of two call centers, 100,000
 * agents.
 */

import { closeSync, openSync, writeSync } from 'node:fs';

const AGENTS_PER_LIST = 40;
/** Even, so that a supervisor's two lists are in an even and in an odd call center. */
const CALL_CENTERS = 200;
/** An agent has up to ten supervisors, as in companies with shifts. */
const ROWS_PER_AGENT = 10;

/** Writes `rows` rows below a header, all different; returns the bytes written. */
export function writeSampleFile(path: string, rows: number): number {
	const file = openSync(path, 'w');
	let bytes = writeSync(file, 'Supervisor;Agent;Call center;Name;Department\r\n');
	let lines: string[] = [];
	for (let row = 0; row < rows; row++) {
		const list = Math.floor(row / AGENTS_PER_LIST);
		const supervisor = `supervisor.${list >> 1}@contact.example.com`;
		lines.push(
			`${supervisor};${agentOf(row, rows)};cc-${list % CALL_CENTERS}@contact.example.com;"Peeters, An ` +
				`${row}";Sales Brussels\r\n`,
		);
		if (lines.length === 10_000 || row === rows - 1) {
			bytes += writeSync(file, lines.join(''));
			lines = [];
		}
	}
	closeSync(file);
	return bytes;
}

/** Which list of the file has this key: the way back from what `writeSampleFile` writes. */
export function listNumber(supervisor: string, callCenter: string): number {
	return numberIn(supervisor) * 2 + (numberIn(callCenter) % 2);
}

/** The agents that the file of `rows` rows names on one list. */
export function agentsOf(list: number, rows: number): string[] {
	const first = list * AGENTS_PER_LIST;
	return Array.from({ length: Math.min(AGENTS_PER_LIST, rows - first) }, (_, n) => agentOf(first + n, rows));
}

function agentOf(row: number, rows: number): string {
	return `agent.${(row * 7919) % Math.max(1, Math.ceil(rows / ROWS_PER_AGENT))}@contact.example.com`;
}

function numberIn(id: string): number {
	return Number(/\d+/.exec(id)?.[0]);
}
