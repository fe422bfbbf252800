/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- starts the installer of programs */

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { REPOSITORY } from './runtime';

type ProgramName = 'chromium' | 'redis-server' | 'postgres' | 'initdb';

/** Absolute paths of the programs beside n8n that tests start; installed where they are missing and may be. */
export function findPrograms(): Readonly<Record<ProgramName, string>> {
	const installer = resolve(REPOSITORY, 'scripts', 'programs.mjs');
	const printed = execFileSync(process.execPath, [installer, '--json'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return JSON.parse(printed) as Record<ProgramName, string>;
}
