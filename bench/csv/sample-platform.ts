/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures this process */

/**
 * A platform that answers at once, from nothing but the number of the list that is asked for: it keeps no list in
 * memory and counts its own time, so that what remains is the engine's.
 */

import type { Platform } from '../../lib/sync';
import { agentsOf, listNumber } from './sample-file';

/**
 * `ordinary`: of every 100 lists one lacks an agent whom the file names, and of every 200 one still has an agent who
 * has left. `first`: all lists are empty, so every row of the file becomes a change.
 */
export type Night = 'ordinary' | 'first';

const LISTS_PER_ADDITION = 100;
const LISTS_PER_REMOVAL = 200;

export interface SamplePlatform {
	readonly platform: Platform;
	/** What its answers took so far. */
	readonly cost: () => { readonly milliseconds: number; readonly cpuMilliseconds: number };
}

/** @param rows of the sample file */
export function samplePlatform(rows: number, night: Night): SamplePlatform {
	let milliseconds = 0;
	let cpuMilliseconds = 0;
	const platform: Platform = {
		async read({ userId, callCenterId }) {
			const start = performance.now();
			const cpu = process.cpuUsage();
			const members = night === 'first' ? [] : answered(liveAgents(listNumber(userId, callCenterId ?? ''), rows));
			const { user, system } = process.cpuUsage(cpu);
			cpuMilliseconds += (user + system) / 1000;
			milliseconds += performance.now() - start;
			return { ok: true, members };
		},
		replace: notAsked,
		add: notAsked,
		remove: notAsked,
		joinable: notAsked,
		users: notAsked,
		callCenters: notAsked,
		supervisors: notAsked,
		agents: notAsked,
	};
	return { platform, cost: () => ({ milliseconds, cpuMilliseconds }) };
}

function liveAgents(list: number, rows: number): string[] {
	const agents = agentsOf(list, rows);
	return [
		...(list % LISTS_PER_ADDITION === 0 ? agents.slice(1) : agents),
		...(list % LISTS_PER_REMOVAL === 0 ? [`leaver.${list}@contact.example.com`] : []),
	];
}

/** Strings as the client hands them on: fresh from a parsed answer. */
function answered(agents: readonly string[]): string[] {
	return JSON.parse(JSON.stringify(agents)) as string[];
}

async function notAsked(): Promise<never> {
	throw new Error('Planning supervised agents reads lists and does nothing else.');
}
