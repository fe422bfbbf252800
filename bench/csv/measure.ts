/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   measures this process */

/**
 * One contender, one file, one process of its own: `tsx measure.ts <contender> <path> <rows>` prints time and peak
 * memory as JSON.
 */

import { createReadStream, readFileSync } from 'node:fs';
import { parse as parseStream } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { readCsv } from '../../lib/csv';
import { messageOf } from '../../lib/report';
import { DEFAULT_OPTIONS, engineOptions } from '../../lib/options';
import { planRun, type Settings } from '../../lib/sync';
import { samplePlatform, type Night } from './sample-platform';

export interface Measurement {
	/** From the start to the last row, or to the plan; without `standInMilliseconds`. */
	readonly milliseconds: number;
	/** That the stand-in for the platform took to answer. */
	readonly standInMilliseconds: number;
	/** Of all threads, which other work on the machine disturbs less; without the stand-in's. */
	readonly cpuMilliseconds: number;
	/** Of the whole process, Node.js itself and the stand-in's answers included. */
	readonly peakMegabytes: number;
	/** Records or rows handed out, or desired members of the plan. */
	readonly count: number;
}

interface Done {
	readonly count: number;
	readonly standIn?: { readonly milliseconds: number; readonly cpuMilliseconds: number };
}

/** As n8n's node asks its binary data for. */
const CHUNK_BYTES = 512 * 1024;

type Contender = (path: string, rows: number) => Promise<Done>;

const CONTENDERS: Readonly<Record<string, Contender>> = {
	/** csv-parse as it is mostly used: the file in memory, arrays out. */
	'csv-parse/sync': async (path) => ({ count: parseSync(readFileSync(path), { delimiter: ';' }).length }),
	/** csv-parse as a stream, its records counted and dropped. */
	'csv-parse stream': async (path) => {
		let count = 0;
		await createReadStream(path)
			.pipe(parseStream({ delimiter: ';' }))
			.forEach(() => void count++);
		return { count };
	},
	/** csv-parse's line numbers. */
	'csv-parse/sync info': async (path) => ({
		count: parseSync(readFileSync(path), { delimiter: ';', info: true }).length,
	}),
	'CSV to rows': async (path) => ({ count: (await read(path)).rows.length }),
	'CSV to plan': async (path, rows) => await plan(path, rows, 'ordinary'),
	'CSV to plan, first night': async (path, rows) => await plan(path, rows, 'first'),
};

const SETTINGS: Settings = {
	...engineOptions(DEFAULT_OPTIONS),
	kind: 'supervisedAgents',
	mode: 'mirror',
	platformUrl: 'https://apio.example.com/api/v1',
	protectedMembers: [],
	aliases: {},
	lastRun: null,
};

async function read(path: string) {
	const result = await readCsv(createReadStream(path, { highWaterMark: CHUNK_BYTES }), {
		kind: 'supervisedAgents',
		tenantId: 'tenant',
		groupId: 'group',
	});
	if (!result.ok) throw new Error(messageOf(result.failure));
	return result.source;
}

/** What the node's operation Plan does, up to and with the sealed plan. Nothing paces it. */
async function plan(path: string, rows: number, night: Night): Promise<Done> {
	const source = await read(path);
	const { platform, cost } = samplePlatform(rows, night);
	const clock = { now: () => Date.now(), sleep: async () => undefined };
	const { plan: made, reason } = await planRun(source, SETTINGS, { platform, clock, expectedRate: () => 20 });
	if (made === null || made.guards.verdict !== 'pass')
		throw new Error((reason && messageOf(reason)) ?? 'There is no plan.');
	return { count: made.source.members, standIn: cost() };
}

async function main([name = '', path = '', rows = '']: readonly string[]): Promise<void> {
	const contender = CONTENDERS[name];
	if (contender === undefined) throw new Error(`Name a contender: ${Object.keys(CONTENDERS).join(', ')}.`);
	const start = performance.now();
	const cpu = process.cpuUsage();
	const { count, standIn = { milliseconds: 0, cpuMilliseconds: 0 } } = await contender(path, Number(rows));
	const milliseconds = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	const measurement: Measurement = {
		milliseconds: milliseconds - standIn.milliseconds,
		standInMilliseconds: standIn.milliseconds,
		cpuMilliseconds: (user + system) / 1000 - standIn.cpuMilliseconds,
		peakMegabytes: process.resourceUsage().maxRSS / 1024,
		count,
	};
	process.stdout.write(`${JSON.stringify(measurement)}\n`);
}

void main(process.argv.slice(2));
