/** How each command of the pages is executed: by a gate of `.ci/run`, by the gate `commands`, or not, and why. */

import { textOf } from '../conventions/sources';
import { PAGES, blocksOf, quotedIn } from './pages';

export type CommandRun =
	| { readonly by: 'gate' }
	/** `line` is the command with a smaller amount of work; `until` is what a server prints once it serves. */
	| { readonly by: 'commands'; readonly line: string; readonly until?: string }
	| { readonly by: 'nobody'; readonly reason: string };

/** Names of n8n, npm and the shell's own programs; each other command is a path of this repository. */
export const PROGRAMS: readonly string[] = ['npm', 'npx', 'node', 'curl'];

const COMMAND = new RegExp(`^(${PROGRAMS.join('|')}) |^\\.ci/`);

const PUBLISHED = 'needs the package on npm';
const REWRITES = 'writes files of the repository; tests compare them';
const MINUTES = 'takes minutes to hours, and its figures need a quiet machine';

/** The first that matches decides. */
const NOT_EXECUTED: ReadonlyArray<readonly [RegExp, string]> = [
	[/^npm version /, 'changes the version'],
	[/^npm (run release|audit signatures)|scan-community-package/, PUBLISHED],
	[/^npm run (format|docs|pictures|counted -- --update)$/, REWRITES],
	[/^npm run regexes$/, 'the gate "regexes" runs its script on what the gate "build" made'],
	[/^npm run (bench|mutation|hostile)\b|^npx tsx bench\/n8n/, MINUTES],
	[/^npm install --omit=peer <tarball>$/, 'test/e2e installs the tarball in n8n'],
	[/^curl /, 'test/e2e/examples-people.e2e.ts posts what it posts'],
	[/^npm run demo -- --keep$/, 'leaves n8n running; the gate "demo" runs the rest of it'],
];

/** Amounts that a page gives, and what is enough to see that the command works. */
const SMALLER: ReadonlyArray<readonly [RegExp, string]> = [
	[/--runs \d+/, '--runs 20'],
	[/--records \d+/, '--records 2000'],
	[/^npm run records$/, 'npm run records -- --records 2000'],
	[/--distance 0$/, '--distance 0 --part 1/40'],
	[/\[lists\] \[runs\] \[seed\]$/, '50 4 1'],
];

/** Commands in the order of the pages, each once. */
export function allCommands(): string[] {
	return [...new Set(PAGES.flatMap(commandsIn))];
}

export function commandsIn(page: string): string[] {
	const lines = blocksOf(page)
		.filter(({ language }) => language === 'sh' || language === '')
		.flatMap(({ language, text }) =>
			text
				.replace(/\\\n\s*/g, ' ')
				.split('\n')
				.map((line) => line.replace(/\s+#.*$/, '').trim())
				.filter((line) => (language === 'sh' ? line !== '' : COMMAND.test(line))),
		);
	return [...lines, ...quotedIn(page).filter((text) => COMMAND.test(text))];
}

export function runOf(command: string): CommandRun {
	const reason = NOT_EXECUTED.find(([pattern]) => pattern.test(command))?.[1];
	if (reason !== undefined) return { by: 'nobody', reason };
	if (isRunByGate(command)) return { by: 'gate' };
	const line = SMALLER.reduce((text, [pattern, smaller]) => text.replace(pattern, smaller), command);
	if (/^npm run simulator\b(?!.*--help)/.test(line)) return { by: 'commands', line, until: 'Ready on' };
	return { by: 'commands', line };
}

/** `npm run <script>` whatever a gate adds to it, and tests whichever of them are named. */
function isRunByGate(command: string): boolean {
	if (/^\.ci\/run$|^npx jest |^npm run test:e2e\b/.test(command)) return true;
	const gates = textOf('.ci/run').replaceAll(' --silent', '');
	const ends = gates.split(command).slice(1);
	return ends.some((end) => /^(\s|$)/.test(end));
}
