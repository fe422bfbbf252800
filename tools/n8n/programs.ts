import { runScript } from './runtime';

type ProgramName = 'chromium' | 'redis-server' | 'postgres' | 'initdb' | 'dovecot';

/** Absolute paths of the programs beside n8n that tests start; installed where they are missing and may be. */
export function findPrograms(): Readonly<Record<ProgramName, string>> {
	return JSON.parse(runScript('programs.mjs', '--json')) as Record<ProgramName, string>;
}
