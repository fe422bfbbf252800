/**
 * Every regular expression of the published code takes time linear in the text it looks at, whoever wrote that text:
 * recheck searches each for a text on which it does not. Needs dist (npm run build).
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import ts from 'typescript';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Milliseconds for one expression; the slowest takes two seconds on a busy machine. */
const TIMEOUT_MS = 60_000;

/** Of the bundled libraries: what no text from outside gets to, by how it begins. */
const NEVER_REACHED = [
	// The format `z.string().duration()`, which no schema of the package has.
	{ module: 'node_modules/zod/', begin: '/^[-+]?P(?!$)' },
	// `z.string().email()`, likewise.
	{ module: 'node_modules/zod/', begin: "/^(?!\\.)(?!.*\\.\\.)([A-Z0-9_'+" },
];

function isReached(literal, where) {
	return !NEVER_REACHED.some(
		({ module, begin }) => literal.startsWith(begin) && where.every((place) => place.startsWith(module)),
	);
}

function filesIn(folder) {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The bundle names each module in a comment before its code: where each begins, from the last to the first. */
function modulesIn(text) {
	return [...text.matchAll(/^ *\/\/ (\S+\.[jt]s)$/gm)].map(({ index, 1: name }) => ({ index, name })).reverse();
}

/** Places by expression: bundles repeat themselves. */
function expressionsIn(files) {
	const places = new Map();
	const dynamic = [];
	for (const file of files) {
		const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
		const modules = modulesIn(source.text);
		const placeOf = (node) => {
			const module = modules.find(({ index }) => index < node.getStart());
			const { line } = source.getLineAndCharacterOfPosition(node.getStart());
			return `${module ? `${module.name}, ` : ''}${relative(ROOT, file)}:${line + 1}`;
		};
		const visit = (node) => {
			if (ts.isRegularExpressionLiteral(node)) places.set(node.text, [...(places.get(node.text) ?? []), placeOf(node)]);
			if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
				dynamic.push([placeOf(node), node.getText()]);
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return { places, dynamic };
}

function complaintAbout(literal) {
	const end = literal.lastIndexOf('/');
	const { status, complexity, attack, error } = checkSync(literal.slice(1, end), literal.slice(end + 1), {
		timeout: TIMEOUT_MS,
	});
	if (status === 'safe') return null;
	return status === 'vulnerable'
		? `${complexity.summary}, e.g. for ${attack.pattern.slice(0, 120)}`
		: `not known: ${error?.kind}`;
}

const { places, dynamic } = expressionsIn(filesIn(join(ROOT, 'dist')));
const problems = [];
const reached = [...places].filter(([literal, where]) => isReached(literal, where));
for (const [literal, where] of reached) {
	const complaint = complaintAbout(literal);
	if (complaint !== null) problems.push(`${where.join(', ')}: ${literal} is ${complaint}`);
}
process.stdout.write(
	`${reached.length} regular expressions, ${reached.length - problems.length} of them linear; ` +
		`${places.size - reached.length} never reached\n`,
);
for (const [where, text] of dynamic) process.stdout.write(`made of parts, not checked: ${where}: ${text}\n`);
if (problems.length > 0) {
	process.stdout.write(`Write these so that no text makes them slow:\n${problems.join('\n')}\n`);
	process.exitCode = 1;
}
