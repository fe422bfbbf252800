/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- reads what the system keeps of a process */

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

/** Megabytes resident at most since `forgetPeak`. */
export function peakMegabytes(pid: number): number | null {
	try {
		const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m) ?? [];
		return Number(kilobytes) / 1024;
	} catch {
		return null;
	}
}

export function forgetPeak(pid: number): void {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// Then the peak is that of the whole life, which is what the system allows to be known.
	}
}
