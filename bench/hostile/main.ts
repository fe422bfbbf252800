/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command that measures */

/**
 * Hostile text through every parser and message: ten times the text at most 11 times the time. Processor time, the least of several
 * rounds, both sizes in turn; what misses the bar is measured again, because what is not linear misses it every time.
 */

import { TARGETS } from './targets';

const SMALL = 1_000_000;
const FACTOR = 10;
const BAR = 11;
/** Milliseconds for the large text below which a ratio says nothing: allocation and collection take as long. */
const NOISE_MS = 30;
const ROUNDS = 3;
const ATTEMPTS = 3;
/** What takes so long for the small text is not worth waiting for with the large one. */
const HOPELESS_MS = 15_000;

/** What attackers repeat: beginnings without an end, escapes, separators, and near misses of what the code looks for. */
const PIECES = [
	'<', '<title', '<title>', '<a b="', '</', '&lt;', '&#', '%41', '%25', '\\', '\\u0041', '"', '""', "'", '“', '`', '[', '{"a":', '{"a":1,', '(', ' ', '\t',
	'\n', '\r\n', ' ,', ',', ';', '|', ';"', '\n"', '/', '//', '?', '#', '@', 'a@', '-', '+', '=', '=\'', '.', '0', '1,', '1E+', 'A', 'a-secre', 'dGVzd', '61', 'é', '\u200b',
	'\u0000', 'Mon, 01 Jan ', '12:34:56 ', 'id not found ',
];

function cpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

interface Measured {
	readonly small: number;
	readonly large: number;
}

function measure(work: (text: string) => unknown, piece: string): Measured {
	const textOf = (size: number) => Buffer.from(piece.repeat(Math.ceil(size / piece.length)).slice(0, size), 'utf8').toString('utf8');
	const texts = [textOf(SMALL), textOf(SMALL * FACTOR)];
	const least = [Infinity, Infinity];
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, text] of texts.entries()) {
			least[index] = Math.min(least[index], cpuMs(() => work(text)));
			if (index === 0 && least[0] > HOPELESS_MS) return { small: least[0], large: Infinity };
		}
		// No second round is needed where the first is far from the bar.
		if (isLinear({ small: least[0], large: least[1] })) break;
	}
	return { small: least[0], large: least[1] };
}

function isLinear({ small, large }: Measured): boolean {
	return large < NOISE_MS || large <= BAR * small;
}

const failures: string[] = [];
for (const [name, work] of Object.entries(TARGETS)) {
	let worst = { piece: '', small: 0, large: 0 };
	for (const piece of PIECES) {
		let measured = measure(work, piece);
		for (let attempt = 1; attempt < ATTEMPTS && !isLinear(measured); attempt++) measured = measure(work, piece);
		if (!isLinear(measured)) failures.push(`${name}, ${JSON.stringify(piece)}: ${measured.large.toFixed(0)} ms beside ${measured.small.toFixed(0)} ms for a tenth of the text`);
		if (measured.large >= NOISE_MS && measured.large * worst.small >= worst.large * measured.small) worst = { piece, ...measured };
	}
	const shown = worst.piece === '' ? `less than ${NOISE_MS} ms for 10 MB` : `at most ${(worst.large / worst.small).toFixed(1)} times (${JSON.stringify(worst.piece)}, ${worst.large.toFixed(0)} ms for 10 MB)`;
	console.log(`${name.padEnd(44)} ${shown}`);
}
if (failures.length > 0) {
	console.log(`\nNot linear:\n${failures.join('\n')}`);
	process.exitCode = 1;
}
