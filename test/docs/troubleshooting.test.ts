/** docs/troubleshooting.md quotes what the product says: each text is in its code, each code in docs/codes.md. */

import { describe, expect, it } from '@jest/globals';

import { connectionExplanation } from '../../nodes/shared/transport-failure';
import { filesUnder, textOf } from '../conventions/sources';

const PAGE = textOf('docs/troubleshooting.md');

/** Texts of the code, those that stand over several lines in one piece. */
const SAID = [
	...['lib', 'nodes', 'credentials']
		.flatMap((folder) => filesUnder(folder, ['.ts']))
		.map((path) => joined(textOf(path))),
	...['ECONNREFUSED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'].map(
		(code) => connectionExplanation(Object.assign(new Error('none'), { code })).message,
	),
	// Made of the messages themselves.
	textOf('docs/codes.md'),
].join('\n');

function joined(code: string): string {
	return code.replace(/['`"]\s*\+\s*['`"]/g, '').replaceAll("\\'", "'");
}

interface Row {
	/** Parts of the text; what differs from case to case stands between them. */
	readonly parts: readonly string[];
	readonly code: string | null;
}

/** Rows of the tables whose first column is "It says". */
function rowsOf(page: string): Row[] {
	return [...page.matchAll(/^\| It says \|.*\n\|.*\n((?:\|.*\n)+)/gm)].flatMap(([, rows]) =>
		rows
			.trim()
			.split('\n')
			.map((row) => ({
				parts: row
					.split('|')[1]
					.split('…')
					.map((part) => part.trim())
					.filter((part) => part !== ''),
				code: /^\| [^|]* \| \[`(\w+)`\]/.exec(row)?.[1] ?? null,
			})),
	);
}

const ROWS = rowsOf(PAGE);

function unsaid(rows: readonly Row[]): string[] {
	return rows.flatMap(({ parts }) => parts.filter((part) => !SAID.includes(part)));
}

describe('troubleshooting', () => {
	it('quotes what the product says', () => {
		expect(unsaid(ROWS)).toEqual([]);
	});

	it('names codes that there are', () => {
		const known = textOf('docs/codes.md');
		const codes = ROWS.flatMap(({ code }) => (code === null ? [] : [code]));
		expect(codes.length).toBeGreaterThan(50);
		expect(codes.filter((code) => !known.includes(`| \`${code}\` |`))).toEqual([]);
	});

	it('has many quotations, and would notice one that nobody says', () => {
		expect(ROWS.length).toBeGreaterThan(90);
		expect(unsaid([{ parts: ['The source is too blue'], code: null }])).toHaveLength(1);
	});

	it('leads to every part of it from the table at its top', () => {
		const headings = [...PAGE.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
		const contents = PAGE.slice(0, PAGE.indexOf('\n## '));
		expect(headings.filter((heading) => !contents.includes(`[${heading}]`))).toEqual(['To report a problem']);
	});
});
