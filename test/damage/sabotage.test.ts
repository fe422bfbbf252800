/**
 * Proof that the oracle can fail: the product broken on purpose, in the ways that matter, and noticed within a few
 * hundred seeds.
 */

import { describe, expect, it } from '@jest/globals';
import { readCsvBuffer, type CsvSource } from '../../lib/csv';
import type { Platform, ReadResult } from '../../lib/sync/platform/platform';
import { listKey } from '../../lib/sync/model/list';
import { check } from './check';
import type { Loss } from './oracle';
import type { Sabotage } from './play';

/** Counts a total line that is padded to the width of rows among the rows that leave a cell blank for the default. */
const paddedTotalCounts: Sabotage = {
	read: (bytes, options) => {
		const honest = readCsvBuffer(bytes, options);
		if (!honest.ok || bytes.includes(0)) return honest;
		const { findings, rejected, format, rows } = honest.source;
		const lines = Buffer.from(bytes).toString().split(/\r?\n/);
		const isPadded = findings.some(
			({ code, line }) => code === 'footerRow' && lines[(line ?? 0) - 1]?.includes(format?.delimiter ?? ';') === true,
		);
		const lone = rejected.filter(
			({ problems: [{ code, facts }] }) => code === 'blankCell' && facts.problem === 'loneBlank',
		);
		if (!isPadded || lone.length === 0) return honest;
		const defaulted = lone.flatMap(({ line, memberIds, userId, ...key }) =>
			memberIds.map((memberId) => ({
				list: {
					kind: options.kind,
					tenantId: key.tenantId ?? options.tenantId ?? '',
					groupId: key.groupId ?? options.groupId ?? '',
					userId: userId ?? '',
					callCenterId: options.kind === 'agentCallCenters' ? null : (key.callCenterId ?? options.callCenterId ?? ''),
				},
				memberId,
				line,
				item: 0,
				action: null,
			})),
		);
		const kept = rejected.filter((row) => !lone.includes(row));
		return { ok: true, source: { ...honest.source, rejected: kept, rows: [...rows, ...defaulted] } };
	},
};

/** So many seeds may pass before one has met the sabotaged step; a rare step is met from a later seed on. */
const SEEDS = 400;

const without = (...codes: string[]): Sabotage => ({
	source: (honest): CsvSource => ({
		...honest,
		rejected: honest.rejected.filter(({ problems: [{ code }] }) => !codes.includes(code)),
	}),
});

/** Answers a list that cannot be read as the first one that could. */
function takenForAnother(honest: Platform): Platform {
	let known: ReadResult | null = null;
	return {
		...honest,
		read: async (list) => {
			const result = await honest.read(list);
			if (result.ok) known = result;
			return result.ok || known === null ? result : known;
		},
	};
}

const SABOTAGES: ReadonlyArray<
	readonly [what: string, noticedAs: Loss['how'], sabotage: Sabotage, firstSeed?: number]
> = [
	['an engine that ignores rejected rows', 'removed', { source: (honest) => ({ ...honest, rejected: [] }) }],
	['a reader that drops rows of another width', 'removed', without('raggedRow', 'unclosedQuote', 'wrongDelimiter')],
	['a reader that drops rows with a blank cell', 'removed', without('blankCell')],
	['a reader that drops ids that a spreadsheet mangled', 'removed', without('mangledId', 'invalidId', 'severalValues')],
	['a reader that counts padded total lines as rows with a blank cell', 'removed', paddedTotalCounts, 2_201],
	[
		'an engine that never hears of lists that do not exist',
		'removed',
		{
			source: (honest, world) => ({ ...honest, rows: honest.rows.filter(({ list }) => world.refs.has(listKey(list))) }),
		},
	],
	[
		'a reader that reads no further than the first row it cannot use',
		'removed',
		{
			source: (honest) => {
				const [first] = honest.rejected;
				return first === undefined
					? honest
					: { ...honest, rejected: [], rows: honest.rows.filter(({ line }) => line < first.line) };
			},
		},
	],
	[
		'a file that is taken to end where it first goes wrong',
		'removed',
		{
			read: (bytes, options) => {
				const honest = readCsvBuffer(bytes, options);
				const line = honest.ok ? (honest.source.rejected[0]?.line ?? 0) : 0;
				if (line < 3 || bytes.includes(0)) return honest;
				return readCsvBuffer(
					Buffer.from(
						Buffer.from(bytes)
							.toString('latin1')
							.split(/\r?\n/)
							.slice(0, line - 1)
							.join('\n'),
						'latin1',
					),
					options,
				);
			},
		},
	],
	[
		'an addition that is refused and reported as done',
		'nowhere',
		{
			platform: (honest) => ({
				...honest,
				add: async (list, members) => {
					const result = await honest.add(list, members);
					if (result.ok) return result;
					const read = await honest.read(list);
					return { ok: true, members: [...(read.ok ? read.members : []), ...members] };
				},
			}),
		},
	],
	['a list that cannot be read and is taken for another', 'removed', { platform: takenForAnother }],
	[
		'a roll back that takes one more away',
		'takenBack',
		{
			rollBackPlatform: (honest) => ({
				...honest,
				remove: async (list, members) => {
					const read = await honest.read(list);
					const other = read.ok ? read.members.find((member) => !members.includes(member)) : undefined;
					return await honest.remove(list, other === undefined ? members : [...members, other]);
				},
			}),
		},
	],
];

describe('the oracle notices', () => {
	it.each(SABOTAGES)('%s (%s)', async (_, noticedAs, sabotage, firstSeed = 1) => {
		for (let seed = firstSeed; seed < firstSeed + SEEDS; seed += 1) {
			const honest = async () => (await check(seed)).losses;
			const { losses } = await check(seed, sabotage);
			// Seen only because of the sabotage.
			if (losses.some(({ how }) => how === noticedAs) && (await honest()).length === 0) return;
		}
		expect(`${noticedAs} in ${SEEDS} seeds`).toBe('noticed');
	});
});
