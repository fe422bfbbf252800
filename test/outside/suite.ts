/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the page that gives the counts */
/** Holds what the reader does against what a suite of somebody else expects, with a list of what differs on purpose. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isBlank } from '../../lib/csv/ids';
import { cutByReader, cutByTokenizer } from '../records/compare';
import { cut, decoded, readBelowHeader, reportedLines } from './reading';

export interface Case {
	readonly name: string;
	readonly input: string | Uint8Array;
	/** A comma where absent. */
	readonly delimiter?: string;
	readonly expected: unknown;
	readonly actual: () => unknown;
}

/** Cases that differ, and why that is right here. */
export interface Difference {
	readonly reason: string;
	readonly cases: readonly string[];
}

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'outside-suites.md'), 'utf8');

/** A case that differs without a reason fails, and so does a reason whose case agrees. */
export function holdAgainst(title: string, cases: readonly Case[], differences: readonly Difference[]): void {
	const reasons = new Map(
		differences.flatMap(({ reason, cases: names }) => names.map((name) => [name, reason] as const)),
	);
	describe(title, () => {
		test.each(numbered(cases))('$name', ({ name, expected, actual }) => {
			if (reasons.has(name)) expect(actual()).not.toEqual(expected);
			else expect(actual()).toEqual(expected);
		});

		test.each(numbered(cases))('the reader cuts it as csv-parse alone does: $name', ({ input, delimiter = ',' }) => {
			const utf8 = decoded(input);
			const alone = cutByTokenizer(utf8, delimiter);
			expect(cutByReader(utf8, delimiter)).toEqual(alone);
			expect(cutByReader(utf8, delimiter, { cuts: [...utf8.keys()] })).toEqual(alone);
		});

		test.each(numbered(cases))(
			'the reader returns or reports every record at its line: $name',
			({ input, delimiter = ',' }) => {
				const read = cut(input, delimiter);
				const lines = read.records.filter(({ cells }) => !cells.every(isBlank)).map(({ line }) => line);
				const width = Math.max(2, ...read.records.map(({ cells }) => cells.length));
				// What a quotation mark swallowed is reported at the line in which it opens.
				const last = read.stop === null ? [] : [read.stop.line];
				const source = readBelowHeader(input, width, delimiter);
				if (!source.ok) return expect(source.failure.code).toBe('binaryFile');
				const reported = reportedLines(source.source);
				expect([...lines, ...last].filter((line) => !reported.has(line))).toEqual([]);
			},
		);

		test('what differs on purpose are cases of the suite, each named once', () => {
			const names = numbered(cases).map(({ name }) => name);
			const listed = differences.flatMap(({ cases: each }) => each);
			expect(listed.filter((name) => !names.includes(name))).toEqual([]);
			expect(new Set(listed).size).toBe(listed.length);
		});

		test('docs/outside-suites.md gives these counts and reasons', () => {
			expect(page).toContain(`| ${title} | ${cases.length} | ${cases.length - reasons.size} | ${reasons.size} |`);
			for (const { reason, cases: each } of differences)
				expect(page).toContain(`| ${title} | ${each.length} | ${reason} |`);
		});
	});
}

/** Names that are given twice get a number. */
function numbered(cases: readonly Case[]): Case[] {
	const seen = new Map<string, number>();
	return cases.map((each) => {
		const count = (seen.get(each.name) ?? 0) + 1;
		seen.set(each.name, count);
		return count === 1 ? each : { ...each, name: `${each.name} (${count})` };
	});
}
