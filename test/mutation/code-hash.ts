/** A hash of what mutants of a file can change. */

import { createHash } from 'node:crypto';
import { transformSync } from 'esbuild';
import {
	createSourceFile,
	forEachChild,
	type Identifier,
	isBindingElement,
	isClassDeclaration,
	isClassElement,
	isExportSpecifier,
	isFunctionDeclaration,
	isFunctionExpression,
	isIdentifier,
	isImportClause,
	isImportSpecifier,
	isNamespaceImport,
	isObjectBindingPattern,
	isParameter,
	isPropertyAccessExpression,
	isPropertyAssignment,
	isShorthandPropertyAssignment,
	isVariableDeclaration,
	type Node,
	ScriptTarget,
} from 'typescript';

/** As esbuild prints them without white space. */
const IMPORT_OR_REEXPORT = /(?:import|export)(?:\{[^}]*\}|\*)from"[^"]*";/g;

/**
 * SHA-256 of the code without types, comments, white space, imports and exports of other files, which have no mutants,
 * and without the names of what it declares or imports, since a new name changes no score. Null where nothing is left.
 */
export function codeHash(source: string): string | null {
	const printed = transformSync(source, { loader: 'ts', minifyWhitespace: true, legalComments: 'none' }).code;
	if (printed.replace(IMPORT_OR_REEXPORT, '').trim() === '') return null;
	const code = withNumbersForNames(printed).replace(IMPORT_OR_REEXPORT, '');
	return createHash('sha256').update(code.trim()).digest('hex');
}

/** Declared and imported names become numbers, in the order in which they appear in the code. */
function withNumbersForNames(code: string): string {
	const file = createSourceFile('code.mjs', code, ScriptTarget.Latest, true);
	const declared = new Set<string>();
	const uses: Identifier[] = [];
	const visit = (node: Node): void => {
		if (isIdentifier(node)) {
			const { parent } = node;
			const isDeclared = (isNamedDeclaration(parent) && parent.name === node) || isImportName(parent);
			if (isDeclared) declared.add(node.text);
			if (!isPropertyName(node) && !isImportName(parent)) uses.push(node);
		}
		forEachChild(node, visit);
	};
	visit(file);
	const numbers = new Map<string, number>();
	let [written, end] = ['', 0];
	for (const use of uses) {
		if (!declared.has(use.text)) continue;
		const number = numbers.get(use.text) ?? numbers.size;
		numbers.set(use.text, number);
		written += `${code.slice(end, use.getStart())}${isShorthand(use.parent) ? `${use.text}:` : ''}#${number}`;
		end = use.end;
	}
	return written + code.slice(end);
}

function isNamedDeclaration(node: Node): node is Node & { readonly name: Node } {
	return (
		isVariableDeclaration(node) ||
		isParameter(node) ||
		isBindingElement(node) ||
		isFunctionDeclaration(node) ||
		isFunctionExpression(node) ||
		isClassDeclaration(node)
	);
}

function isImportName(node: Node): boolean {
	return isImportSpecifier(node) || isNamespaceImport(node) || isImportClause(node) || isExportSpecifier(node);
}

/** `{ name }`, which is also a property. */
function isShorthand(node: Node): boolean {
	if (isShorthandPropertyAssignment(node)) return true;
	return isBindingElement(node) && isObjectBindingPattern(node.parent) && !node.propertyName && !node.dotDotDotToken;
}

/** What is called by its name from elsewhere: `a.name`, `{ name: 1 }`, a method. */
function isPropertyName(node: Identifier): boolean {
	const { parent } = node;
	if (isBindingElement(parent)) return parent.propertyName === node;
	const isNamed = isPropertyAccessExpression(parent) || isPropertyAssignment(parent) || isClassElement(parent);
	return isNamed && parent.name === node;
}
