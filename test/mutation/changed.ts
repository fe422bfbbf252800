/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- asks git */
/** Which files a change touches, as far as history tells. */

import { execFileSync } from 'node:child_process';
import { ROOT } from './files';

/**
 * Seconds before the newest commit. A change is usually several commits, and a clone does not tell which of them were
 * there before; it tells what half a day's work was.
 */
const CHANGE_SECONDS = 6 * 3_600;

/** Files that commits of the last hours before HEAD touched or that the work tree has changed, the latest first. */
export function changedFiles(): string[] {
	const head = Number(git('log', '-1', '--format=%ct'));
	const committed = git('log', `--since=${head - CHANGE_SECONDS}`, '--format=', '--name-only', '-m', '--first-parent');
	const uncommitted = git('status', '--porcelain').replace(/^.. /gm, '');
	return [...new Set(`${uncommitted}\n${committed}`.split('\n').filter((line) => line !== ''))];
}

function git(...args: string[]): string {
	return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
}
