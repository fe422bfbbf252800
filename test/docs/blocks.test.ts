/** Blocks of JSON, CSV and TypeScript in the pages are what these say they are; the CSV is read, no row rejected. */

import { describe, expect, it } from '@jest/globals';
import { transpileModule } from 'typescript';

import { readCsvBuffer, type CsvOptions } from '../../lib/csv';
import { messageOf, problemsText } from '../../lib/report';
import { PAGES, blocksOf, quotedIn } from './pages';

const BLOCKS = PAGES.flatMap((page) => blocksOf(page).map((block) => ({ page, ...block })));
const LANGUAGES = ['', 'csv', 'json', 'mermaid', 'sh', 'ts'];

const of = (language: string) => BLOCKS.filter((block) => block.language === language);

/** JSON in a command (`-d '…'`), and between backquotes. */
const PIECES = [
	...of('sh').flatMap(({ page, text }) => [...text.matchAll(/-d '([^']*)'/g)].map(([, json]) => [page, json] as const)),
	...PAGES.flatMap((page) =>
		quotedIn(page)
			.filter((text) => /^[{[].*"/.test(text) && !/[…<]|"[\w-]*", "[\w-]*"[,}]/.test(text))
			.map((json) => [page, json] as const),
	),
	...of('json').map(({ page, text }) => [page, text] as const),
];

/** As the panel is set for a file with such a header. */
function settingsFor(header: string): CsvOptions {
	const people = /mail/i.test(header) ? 'emailAddress' : /^name\b|last name/i.test(header) ? 'fullName' : 'userId';
	return {
		kind: /supervisor/i.test(header) ? 'supervisedAgents' : 'agentCallCenters',
		tenantId: 'acme',
		groupId: 'acme_brussels',
		defaultDomain: 'example.com',
		matching: { people, callCenters: people === 'userId' ? 'id' : 'name', country: null },
	};
}

function rejectedIn(text: string): string[] {
	const read = readCsvBuffer(Buffer.from(text), settingsFor(text.slice(0, text.indexOf('\n'))));
	if (!read.ok) return [messageOf(read.failure)];
	return read.source.rejected.map((row) => `line ${row.line}: ${problemsText(row)}`);
}

describe('blocks', () => {
	it('are of a kind that is checked', () => {
		expect(BLOCKS.filter(({ language }) => !LANGUAGES.includes(language))).toEqual([]);
	});

	it('are found at all', () => {
		expect(of('csv').length).toBeGreaterThan(4);
		expect(of('ts').length).toBeGreaterThan(2);
		expect(of('sh').length).toBeGreaterThan(3);
		expect(PIECES.length).toBeGreaterThan(1);
	});

	it.each(PIECES)('%s: %s', (_page, json) => {
		expect(() => JSON.parse(json) as unknown).not.toThrow();
	});

	it.each(of('csv').map(({ page, text }) => [page, text]))(
		'%s: the CSV is read, no row rejected: %s',
		(_page, text) => {
			expect(rejectedIn(text)).toEqual([]);
		},
	);

	it('notices a row that is rejected', () => {
		expect(rejectedIn('Supervisor;Agent;Call center\nan.claes;#N/A;sales\nan.claes;jan.peeters;sales\n')).toHaveLength(
			1,
		);
	});

	it.each(of('ts').map(({ page, text }) => [page, text]))('%s: the TypeScript is in order: %s', (_page, text) => {
		expect(transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
	});
});
