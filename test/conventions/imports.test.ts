/** Who may import whom, and only through `index.ts`. Imports of types count as well. */

import { describe, expect, it } from '@jest/globals';
import { filesUnder, importsOf, type Import } from './sources';

/**
 * What each module may import beside itself and the files that lie open in `lib/` (clock, stop and the like). Of
 * folders within each other the inner one counts. Each names only modules above it, so there is no circle.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	lib: [],
	'lib/vendor': [],
	'lib/options': [],
	'lib/sync': ['lib/options', 'lib/vendor'],
	'lib/csv': ['lib/sync', 'lib/vendor'],
	'lib/apio': ['lib/sync', 'lib/vendor'],
	'lib/rate-limit': ['lib/apio', 'lib/options', 'lib/vendor'],
	'lib/watch': ['lib/sync', 'lib/vendor'],
	'lib/report': ['lib/apio', 'lib/options', 'lib/sync', 'lib/csv', 'lib/watch'],
	'nodes/shared': ['lib/apio', 'lib/rate-limit', 'lib/report'],
	credentials: ['lib/apio', 'lib/report', 'nodes/shared'],
	'nodes/ApioCallCenter': ['lib/apio', 'lib/csv', 'lib/report', 'lib/sync', 'nodes/shared'],
	'nodes/ApioCallCenterSync': [
		...['lib/apio', 'lib/csv', 'lib/options', 'lib/rate-limit', 'lib/report', 'lib/sync'],
		...['nodes/shared', 'nodes/ApioCallCenter'],
	],
	'nodes/ApioCallCenterTrigger': [
		...['lib/apio', 'lib/report', 'lib/sync', 'lib/watch'],
		...['nodes/shared', 'nodes/ApioCallCenter'],
	],
	tools: [],
	simulator: ['tools'],
	'tools/n8n': ['simulator'],
	demo: ['simulator', 'tools', 'tools/n8n'],
	bench: [
		...['lib/apio', 'lib/csv', 'lib/options', 'lib/rate-limit', 'lib/report', 'lib/sync', 'nodes/shared'],
		...['simulator', 'tools', 'tools/n8n'],
	],
};

/** A platform knows no client's code, not even that. */
const ON_ITS_OWN = 'simulator';

/** The same within `lib/sync`, whose own files (`engine.ts`, `execution.ts`, `result.ts`) stand above its modules. */
const WITHIN_SYNC: Readonly<Record<string, readonly string[]>> = {
	'lib/sync/model': [],
	'lib/sync/documents': ['lib/sync/model'],
	'lib/sync/platform': ['lib/sync/documents', 'lib/sync/model'],
	'lib/sync/match': ['lib/sync/model', 'lib/sync/platform'],
	'lib/sync/plan': ['lib/sync/documents', 'lib/sync/match', 'lib/sync/model', 'lib/sync/platform'],
	'lib/sync/apply': ['lib/sync/documents', 'lib/sync/model', 'lib/sync/platform', 'lib/sync/plan'],
};

/** Entered through `index.ts` by everybody but tests. */
const WITH_AN_INDEX: readonly string[] = [
	...['lib/apio', 'lib/csv', 'lib/options', 'lib/rate-limit', 'lib/report', 'lib/sync', 'lib/watch'],
	...['lib/sync/model', 'lib/sync/documents', 'lib/sync/platform', 'lib/sync/match', 'lib/sync/plan'],
	...['lib/sync/apply', 'simulator', 'tools/n8n'],
];

/** Whatever else is imported: packages, and modules of Node.js. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
	lib: ['node:crypto'],
	'lib/vendor': ['node_modules/csv-parse/lib/api/index.js', 'p-limit', 'zod'],
	nodes: ['n8n-workflow'],
	credentials: ['n8n-workflow'],
};

const FOLDERS = [...new Set(Object.keys(MAY_IMPORT).map((module) => module.split('/')[0]))];
const IMPORTS = FOLDERS.flatMap((folder) => filesUnder(folder, ['.ts'])).flatMap(importsOf);

/** The innermost of `folders` that the file is in; its outermost folder where it is in none. */
function moduleOf(path: string, folders: readonly string[]): string {
	const [module] = folders.filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
	return module ?? path.split('/')[0];
}

function isSource({ to }: Import): boolean {
	return /\.(ts|json)$/.test(to);
}

/** Each of the imports that breaks the rule, as a line. */
function offending(breaks: (one: Import) => boolean): string[] {
	return IMPORTS.filter(breaks).map(({ from, to }) => `${from} imports ${to}`);
}

describe('modules', () => {
	it('import only modules that the table allows', () => {
		const modules = Object.keys(MAY_IMPORT);
		const breaks = (one: Import) => {
			const [from, to] = [moduleOf(one.from, modules), moduleOf(one.to, modules)];
			if (!isSource(one) || from === to) return false;
			return !MAY_IMPORT[from].includes(to) && (to !== 'lib' || from === ON_ITS_OWN);
		};
		expect(offending(breaks)).toEqual([]);
	});

	it('of lib/sync import only modules that the table allows', () => {
		const modules = Object.keys(WITHIN_SYNC);
		const breaks = (one: Import) => {
			const [from, to] = [moduleOf(one.from, modules), moduleOf(one.to, modules)];
			return from !== to && from in WITHIN_SYNC && to in WITHIN_SYNC && !WITHIN_SYNC[from].includes(to);
		};
		expect(offending(breaks)).toEqual([]);
	});

	it.each(Object.entries({ MAY_IMPORT, WITHIN_SYNC }))('are in an order without circles in %s', (_, table) => {
		const modules = Object.keys(table);
		const later = modules.flatMap((module, at) => table[module].filter((other) => modules.indexOf(other) >= at));
		expect(later).toEqual([]);
	});

	it('are entered through their index.ts, which only they themselves do not use', () => {
		const breaks = ({ from, to }: Import) => {
			const modules = WITH_AN_INDEX.filter((folder) => to.startsWith(`${folder}/`)).sort((a, b) => a.length - b.length);
			const entered = modules.find((module) => !from.startsWith(`${module}/`));
			return entered === undefined
				? modules.some((module) => to === `${module}/index.ts`)
				: to !== `${entered}/index.ts`;
		};
		expect(offending(breaks)).toEqual([]);
	});

	it('of the published package use only the packages named', () => {
		const limited = Object.keys(PACKAGES);
		const breaks = (one: Import) => {
			const allowed = PACKAGES[moduleOf(one.from, limited)];
			return allowed !== undefined && !isSource(one) && !allowed.includes(one.to);
		};
		expect(offending(breaks)).toEqual([]);
	});
});
