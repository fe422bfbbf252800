/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command that measures */

/**
 * Hostile text through every parser and message: ten times the text at most 11 times the time. Every kind of text at 1
 * MB beside 0.1 MB, then those that took longest at 10 MB beside 1 MB. Processor time, both sizes in turn; what misses
 * the bar is measured again, because what is not linear misses it every time.
 */

import { TARGETS } from './targets';

type Work = (text: string) => unknown;

const SIZES = [100_000, 1_000_000, 10_000_000];
const BAR = 11;
/** Milliseconds below which a ratio says nothing: allocation and collection take as long. */
const NOISE_MS = 30;
const ATTEMPTS = 5;
/** Kinds of text that each target is measured with at full size. */
const SLOWEST = 2;

/**
 * What attackers repeat: beginnings without an end, escapes, separators, and near misses of what the code looks for.
 */
const PIECES = [
	'<',
	'<title',
	'<title>',
	'<a b="',
	'</',
	'&lt;',
	'&#',
	'%41',
	'%25',
	'\\',
	'\\u0041',
	'"',
	'""',
	"'",
	'“',
	'`',
	'[',
	'{"a":',
	'{"a":1,',
	'(',
	' ',
	'\t',
	'\n',
	'\r\n',
	' ,',
	',',
	';',
	'|',
	';"',
	'\n"',
	'/',
	'//',
	'?',
	'#',
	'@',
	'a@',
	'-',
	'+',
	'=',
	"='",
	'.',
	'0',
	'1,',
	'1E+',
	'A',
	'a-secre',
	'dGVzd',
	'61',
	'é',
	'\u200b',
	'\u0000',
	'Mon, 01 Jan ',
	'12:34:56 ',
	'id not found ',
];

function cpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

interface Measured {
	readonly piece: string;
	readonly small: number;
	readonly large: number;
}

function textOf(piece: string, size: number): string {
	return Buffer.from(piece.repeat(Math.ceil(size / piece.length)).slice(0, size), 'utf8').toString('utf8');
}

/** The least of several rounds, as many as the bar needs. */
function measure(work: Work, piece: string, size: number): Measured {
	const [smallText, largeText] = [textOf(piece, size / 10), textOf(piece, size)];
	let measured = { piece, small: Infinity, large: Infinity };
	for (let attempt = 0; attempt < ATTEMPTS && !isLinear(measured); attempt++) {
		const small = Math.min(
			measured.small,
			cpuMs(() => work(smallText)),
		);
		measured = {
			piece,
			small,
			large: Math.min(
				measured.large,
				cpuMs(() => work(largeText)),
			),
		};
	}
	return measured;
}

function isLinear({ small, large }: Measured): boolean {
	return large < NOISE_MS || (large < Infinity && large <= BAR * small);
}

const failures: string[] = [];

function check(name: string, work: Work): void {
	const told = (measured: Measured, size: number) => {
		if (!isLinear(measured))
			failures.push(
				`${name}: ${size / 1e6} MB of ${JSON.stringify(measured.piece)}: ${measured.large.toFixed(0)} ms, and ` +
					`${measured.small.toFixed(0)} ms for a tenth`,
			);
		return measured;
	};
	const first = PIECES.map((piece) => told(measure(work, piece, SIZES[1]), SIZES[1]));
	// What is not linear at 1 MB would take for ever at ten.
	const slowest = first
		.filter(isLinear)
		.sort((a, b) => b.large - a.large)
		.slice(0, SLOWEST);
	const full = slowest.map(({ piece }) => told(measure(work, piece, SIZES[2]), SIZES[2]));
	const { piece, small, large } = full.sort((a, b) => b.large - a.large)[0];
	console.log(
		`${name.padEnd(44)} ${large.toFixed(0).padStart(6)} ms for 10 MB of ` +
			`${JSON.stringify(piece)}${large < NOISE_MS ? '' : `, ${(large / small).toFixed(1)} times that of 1 MB`}`,
	);
}

const wanted = process.argv.slice(2);
for (const [name, work] of Object.entries(TARGETS))
	if (wanted.length === 0 || wanted.some((part) => name.includes(part))) check(name, work);
if (failures.length > 0) {
	console.log(`\nNot linear:\n${failures.join('\n')}`);
	process.exitCode = 1;
}
