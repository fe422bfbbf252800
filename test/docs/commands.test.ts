/** Every command that a page names can be run: script, files, paths and options are there. */

import { describe, expect, it } from '@jest/globals';

import { filesUnder, textOf } from '../conventions/sources';
import { PROGRAMS, allCommands, commandsIn, runOf } from './command-runs';
import { PAGES } from './pages';

const FILES = filesUnder('.', ['']);
const { scripts, devDependencies } = JSON.parse(textOf('package.json')) as {
	scripts: Record<string, string>;
	devDependencies: Record<string, string>;
};

function wordsOf(command: string): string[] {
	return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c);
}

/** What is wrong with a command; null where nothing is. */
function faultOf(command: string): string | null {
	const [program, ...words] = wordsOf(command);
	if (!PROGRAMS.includes(program)) return FILES.includes(program) ? null : `no file ${program}`;
	if (program === 'npm' && words[0] === 'run') return faultOfScript(words[1], words.slice(2));
	if (program === 'npm' && words[0] === 'test') return faultOfScript('test', []);
	if (program === 'npx') return faultOfTool(words);
	if (program === 'node') return missing(words.filter((word) => /^(scripts|test|bench|demo)\//.test(word)));
	return null;
}

/** @param words behind the name; `--` leads to those for the script itself */
function faultOfScript(name: string, words: readonly string[]): string | null {
	if (!Object.hasOwn(scripts, name)) return `no script ${name}`;
	const entries = [...scripts[name].matchAll(/\b([\w-]+\/[\w./-]+\.(?:ts|mjs))/g)].map(([, path]) => path);
	const gone = missing(entries);
	if (gone !== null) return gone;
	const folder = entries.at(-1)?.replace(/[^/]*$/, '') ?? '';
	const code = FILES.filter((path) => folder !== '' && path.startsWith(folder))
		.map(textOf)
		.join('\n');
	const unknown = words.filter((word) => /^--./.test(word) && !namesOption(code, word.slice(2)));
	return unknown.length > 0
		? `${name} has no ${unknown.join(', ')}`
		: missing(words.filter((word) => word.includes('/') && word.endsWith('.ts')));
}

/** As a key of `parseArgs`, or spelt out. */
function namesOption(code: string, option: string): boolean {
	return new RegExp(`['"\`]?\\b${option}\\b['"\`]?\\s*:|--${option}\\b|'${option}'`).test(code);
}

function faultOfTool([tool, ...words]: readonly string[]): string | null {
	if (tool === 'jest') return missing(words.filter((word) => word.startsWith('test/')));
	return Object.hasOwn(devDependencies, tool) || tool === 'tsc' || tool === 'n8n-node' ? null : `no tool ${tool}`;
}

function missing(paths: readonly string[]): string | null {
	const gone = paths.filter(
		(path) => !FILES.some((file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`)),
	);
	return gone.length > 0 ? `no file ${gone.join(', ')}` : null;
}

describe('commands', () => {
	it.each(PAGES)('%s', (page) => {
		const faults = commandsIn(page).map((command) => [command, faultOf(command)] as const);
		expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
	});

	it('are found at all', () => {
		expect(allCommands().length).toBeGreaterThan(50);
	});

	it.each([
		['npm run nonsense', 'no script nonsense'],
		['npm run chaos -- --sed 3', 'chaos has no --sed'],
		['npm run mutation -- lib/none.ts', 'no file lib/none.ts'],
		['npx jest test/none', 'no file test/none'],
		['.ci/walk', 'no file .ci/walk'],
	])('notices what cannot be run: %s', (command, fault) => {
		expect(faultOf(command)).toBe(fault);
	});

	it.each([
		['npm run typecheck', { by: 'gate' }],
		['npm test', { by: 'gate' }],
		['npm run records -- --records 1000000', { by: 'commands', line: 'npm run records -- --records 2000' }],
		['npm run simulator', { by: 'commands', line: 'npm run simulator', until: 'Ready on' }],
		['npm run simulator -- --help', { by: 'commands', line: 'npm run simulator -- --help' }],
	])('are executed in .ci/run: %s', (command, run) => {
		expect(runOf(command)).toEqual(run);
	});
});
