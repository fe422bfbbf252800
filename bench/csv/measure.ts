/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- measures this process */

/** One reader, one file, one process of its own: `tsx measure.ts <reader> <path>` prints time and peak memory as JSON. */

import { createReadStream, readFileSync } from 'node:fs';
import { parse as parseStream } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { readCsv } from '../../lib/csv';
import { foldId } from '../../lib/sync/kinds';

export interface Measurement {
	/** From the start to the last row. */
	readonly milliseconds: number;
	/** Of all threads, which other work on the machine disturbs less. */
	readonly cpuMilliseconds: number;
	/** Of the whole process, Node.js itself included. */
	readonly peakMegabytes: number;
	/** Records or rows handed out. */
	readonly count: number;
}

/** As n8n's node asks its binary data for. */
const CHUNK_BYTES = 512 * 1024;

type Reader = (path: string) => Promise<number>;

const READERS: Readonly<Record<string, Reader>> = {
	/** csv-parse as it is mostly used: the file in memory, arrays out. */
	'csv-parse/sync': async (path) => parseSync(readFileSync(path), { delimiter: ';' }).length,
	/** csv-parse as a stream, its records counted and dropped. */
	'csv-parse stream': async (path) => {
		let count = 0;
		await createReadStream(path).pipe(parseStream({ delimiter: ';' })).forEach(() => void count++);
		return count;
	},
	/** csv-parse's line numbers. */
	'csv-parse/sync info': async (path) => parseSync(readFileSync(path), { delimiter: ';', info: true }).length,
	readCsv: async (path) => (await read(path)).length,
	/** What the engine keeps besides: each list's members by folded id. */
	'readCsv + lists': async (path) => {
		const rows = await read(path);
		const lists = new Map<string, Map<string, string>>();
		for (const { userId, callCenterId, memberId } of rows) {
			const key = `${userId}\u0000${callCenterId ?? ''}`;
			let members = lists.get(key);
			if (members === undefined) lists.set(key, (members = new Map()));
			if (memberId !== null) members.set(foldId(memberId), memberId);
		}
		return [...lists.values()].reduce((sum, members) => sum + members.size, 0);
	},
};

async function read(path: string) {
	const result = await readCsv(createReadStream(path, { highWaterMark: CHUNK_BYTES }), { kind: 'supervisedAgents', tenantId: 'tenant', groupId: 'group' });
	if (!result.ok) throw new Error(result.failure.message);
	return result.source.rows;
}

async function main([name = '', path = '']: readonly string[]): Promise<void> {
	const reader = READERS[name];
	if (reader === undefined) throw new Error(`Name a reader: ${Object.keys(READERS).join(', ')}.`);
	const start = performance.now();
	const cpu = process.cpuUsage();
	const count = await reader(path);
	const milliseconds = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	const measurement: Measurement = { milliseconds, cpuMilliseconds: (user + system) / 1000, peakMegabytes: process.resourceUsage().maxRSS / 1024, count };
	process.stdout.write(`${JSON.stringify(measurement)}\n`);
}

void main(process.argv.slice(2));
