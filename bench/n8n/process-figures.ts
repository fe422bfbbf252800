/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions --
   reads what the system keeps of a process */

/** What one process has cost, from Linux's /proc (man page proc(5)); null where there is no such thing. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

let ticksPerSecond: number | null = null;

/** Seconds of processor time so far, of all threads. */
export function cpuSeconds(pid: number): number | null {
	try {
		ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
		// The command's name, in brackets, may hold spaces; utime and stime are the 12th and 13th fields after it.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
		return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
	} catch {
		return null;
	}
}

/** From now on the peak is that since now. */
export function forgetPeak(pid: number): void {
	try {
		for (const each of [pid, ...childrenOf(pid)]) writeFileSync(`/proc/${each}/clear_refs`, '5');
	} catch {
		// Then there is none to reset.
	}
}

/** Megabytes resident at most since it was started or forgotten, its children (n8n's task runner) included. */
export function peakMegabytes(pid: number): number | null {
	return sumOf(pid, 'VmHWM');
}

/** Megabytes resident now, its children included. */
export function residentMegabytes(pid: number): number | null {
	return sumOf(pid, 'VmRSS');
}

function sumOf(pid: number, field: string): number | null {
	try {
		return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + megabytes(each, field), 0);
	} catch {
		return null;
	}
}

function childrenOf(pid: number): number[] {
	const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
	return text.split(' ').filter(Boolean).map(Number);
}

function megabytes(pid: number, field: string): number {
	const [, kilobytes] =
		new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}
