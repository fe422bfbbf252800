/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes the file that the benchmark reads */

/** A file as an HR system exports it: one supervisor's agents below each other, a quoted name, a column nobody needs. */

import { closeSync, openSync, writeSync } from 'node:fs';

const AGENTS_PER_SUPERVISOR = 40;
const CALL_CENTERS = 200;

/** Writes `rows` rows below a header, all different; returns the bytes written. */
export function writeSampleFile(path: string, rows: number): number {
	const file = openSync(path, 'w');
	let bytes = writeSync(file, 'Supervisor;Agent;Call center;Name;Department\r\n');
	let lines: string[] = [];
	for (let row = 0; row < rows; row++) {
		const list = Math.floor(row / AGENTS_PER_SUPERVISOR);
		const supervisor = `supervisor.${list >> 1}@contact.example.com`;
		// An agent has up to ten supervisors, as in companies with shifts.
		const agent = `agent.${(row * 7919) % Math.max(1, Math.ceil(rows / 10))}@contact.example.com`;
		lines.push(`${supervisor};${agent};cc-${list % CALL_CENTERS}@contact.example.com;"Peeters, An ${row}";Sales Brussels\r\n`);
		if (lines.length === 10_000 || row === rows - 1) {
			bytes += writeSync(file, lines.join(''));
			lines = [];
		}
	}
	closeSync(file);
	return bytes;
}
