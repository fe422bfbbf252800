/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions, no-console
   -- a command that starts each benchmark in a process of its own */

/**
 * `npm run bench` runs every benchmark; `npm run bench -- rate-limit` those that are named. A table of all bars
 * ends it; results are in bench/results/<name>.json.
 */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BENCHMARKS } from './benchmarks';
import { barsOf, barTable, forgetResults } from './report';

async function main(wanted: readonly string[]): Promise<void> {
	const unknown = wanted.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
	if (unknown.length > 0) {
		console.error(
			`No benchmark is called ${unknown.join(', ')}. There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`,
		);
		process.exitCode = 2;
		return;
	}
	const run = BENCHMARKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
	for (const { name, title, script } of run) {
		console.log(`\n== ${name}: ${title}\n`);
		forgetResults(name);
		const code = await runScript(join(__dirname, script));
		if (code !== 0) process.exitCode = 1;
	}
	console.log(`\n== Bars\n\n${barTable(Object.fromEntries(run.map(({ name }) => [name, barsOf(name)])))}`);
}

/** A process of its own, so that one benchmark's heap and warm code are not part of another one's figures. */
async function runScript(path: string): Promise<number> {
	return await new Promise((resolve) => {
		const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: 'inherit' });
		child.on('error', (error) => {
			console.error(error.message);
			resolve(1);
		});
		child.on('exit', (code) => resolve(code ?? 1));
	});
}

void main(process.argv.slice(2));
