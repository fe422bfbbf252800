/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console
   -- a command that starts others */
/** `npm run docs:commands` executes the commands that the pages name and no other gate runs. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { OwnedProcess } from '../../tools/n8n/owned-process';
import { ROOT } from '../conventions/sources';
import { allCommands, runOf, type CommandRun } from './command-runs';

const LIMIT_MS = 120_000;

/** @returns null, or what went wrong */
async function execute(run: CommandRun & { by: 'commands' }, logFile: string): Promise<string | null> {
	const { PATH = '', HOME = '' } = process.env;
	const env = { PATH, HOME, CI: 'true' };
	const shell = new OwnedProcess('bash', ['-c', run.line], { cwd: ROOT, env, logFile });
	const fault = await faultOf(shell, run.until);
	const output = shell.output;
	shell.kill();
	return fault === null ? null : `${run.line}: ${fault}\n${output.slice(-3_000)}`;
}

async function faultOf(shell: OwnedProcess, until: string | undefined): Promise<string | null> {
	const deadline = Date.now() + LIMIT_MS;
	while (shell.isRunning && Date.now() < deadline) {
		if (until !== undefined && shell.output.includes(until)) return null;
		await sleep(50);
	}
	if (shell.isRunning) return `did not end within ${LIMIT_MS / 1_000} s`;
	const code = await shell.ended;
	if (until !== undefined) return `ended with code ${code} and never printed "${until}"`;
	return code === 0 ? null : `ended with code ${code}`;
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'docs-commands-'));
	const failures: string[] = [];
	let executed = 0;
	for (const command of allCommands()) {
		const run = runOf(command);
		if (run.by !== 'commands') {
			console.log(`${command}: ${run.by === 'gate' ? 'run by another gate' : `not run, ${run.reason}`}`);
			continue;
		}
		const began = Date.now();
		const failure = await execute(run, join(folder, 'output.log'));
		executed += 1;
		console.log(`${run.line}: ${failure === null ? 'works' : 'FAILS'}, ${Date.now() - began} ms`);
		if (failure !== null) failures.push(failure);
	}
	rmSync(folder, { recursive: true });
	for (const failure of failures) console.error(`\n${failure}`);
	console.log(`${executed} commands executed, ${failures.length} failed`);
	process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
