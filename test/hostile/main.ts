/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console,
   @n8n/community-nodes/no-dangerous-functions -- a command that measures, each target in a process of its own */

/**
 * Hostile text through every parser and message: ten times the text at most 11 times the time. Every kind of text at 1
 * MB beside 0.1 MB, then those that took longest at 10 MB beside 1 MB. Processor time, both sizes in turn; what misses
 * the bar is measured again, because what is not linear misses it every time. Each target has a process and a time
 * limit of its own, because nothing else ends a loop that does not.
 *
 * `npm run hostile -- CSV` measures the targets that have this in their name.
 */

import { spawnSync } from 'node:child_process';
import { TARGETS } from './targets';

type Work = (text: string) => unknown;

const SIZES = [100_000, 1_000_000, 10_000_000];
const BAR = 11;
/** Milliseconds below which a ratio says nothing: allocation and collection take as long. */
const NOISE_MS = 30;
const ATTEMPTS = 5;
/** Kinds of text that each target is measured with at full size. */
const SLOWEST = 2;
/** What takes so long at 1 MB and is not linear is not tried at 10 MB. */
const HOPELESS_MS = 1_000;
/** For a target; some take 40 s on a machine with nothing else to do. */
const LIMIT_MS = 300_000;

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

/** Measures one target; false where it is not linear. */
function check(name: string, work: Work): boolean {
	const failures: string[] = [];
	const judged = (measured: Measured, size: number) => {
		if (!isLinear(measured))
			failures.push(
				`${name}: ${size / 1e6} MB of ${JSON.stringify(measured.piece)}: ${measured.large.toFixed(0)} ms, and ` +
					`${measured.small.toFixed(0)} ms for a tenth`,
			);
		return measured;
	};
	const first = PIECES.map((piece) => measure(work, piece, SIZES[1])).sort((a, b) => b.large - a.large);
	// At 1 MB a collection of the heap can be most of the time, so what misses the bar there is judged at 10 MB, unless
	// it would take for ever.
	const missed = first.filter((measured) => !isLinear(measured));
	for (const measured of missed) if (measured.large > HOPELESS_MS) judged(measured, SIZES[1]);
	const slowest = first.filter(isLinear).slice(0, SLOWEST);
	const full = [...missed.filter(({ large }) => large <= HOPELESS_MS), ...slowest].map(({ piece }) =>
		judged(measure(work, piece, SIZES[2]), SIZES[2]),
	);
	const { piece, small, large } = full.sort((a, b) => b.large - a.large)[0];
	console.log(
		`${name.padEnd(44)} ${large.toFixed(0).padStart(6)} ms for 10 MB of ` +
			`${JSON.stringify(piece)}${large < NOISE_MS ? '' : `, ${(large / small).toFixed(1)} times that of 1 MB`}`,
	);
	for (const failure of failures) console.log(`  NOT LINEAR: ${failure}`);
	return failures.length === 0;
}

/** In a process of its own. */
function checkAlone(name: string): boolean {
	const { error, status } = spawnSync(process.execPath, [...process.execArgv, __filename, '--alone', name], {
		killSignal: 'SIGKILL',
		stdio: 'inherit',
		timeout: LIMIT_MS,
	});
	if (error !== undefined) console.log(`${name.padEnd(44)} NOT LINEAR: ended after ${LIMIT_MS / 1_000} s`);
	return status === 0;
}

const wanted = process.argv.slice(2);
if (wanted[0] === '--alone') {
	const [, name] = wanted;
	process.exitCode = check(name, TARGETS[name]) ? 0 : 1;
} else {
	const names = Object.keys(TARGETS).filter(
		(name) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
	);
	const failed = names.filter((name) => !checkAlone(name));
	console.log(`${names.length - failed.length} of ${names.length} linear`);
	if (failed.length > 0) process.exitCode = 1;
}
