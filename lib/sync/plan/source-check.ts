/** What makes a whole source unusable: an empty one is never read as "remove everybody". */

import { figure } from '../../figure';
import type { KindName } from '../model/list';
import { KINDS } from '../model/list';
import type { Source } from '../result';

export function sourceProblem(source: Source, kind: KindName): { code: string; message: string } | null {
	if (source.rows.length === 0) {
		const rejected = source.rejected.length;
		const what =
			rejected === 0
				? 'The source has no rows'
				: rejected === 1
					? "The source's only row cannot be used"
					: `None of the source's ${figure(rejected)} rows can be used`;
		return {
			code: rejected === 0 ? 'emptySource' : 'unusableSource',
			message:
				`${what}, so nothing was planned: an empty source never means that everybody is to be removed. Check ` +
				'the export.',
		};
	}
	// One list may be cleared by a row of its own; several without anybody are a column that lost its cells.
	if (new Set(source.rows.map(({ list }) => list)).size > 1 && source.rows.every(({ memberId }) => memberId === null)) {
		const message =
			'No row of the source names a member, so nothing was planned: a column without any cells never means ' +
			'that everybody is to be removed. Check the export.';
		return { code: 'noMembers', message };
	}
	const { keyedByCallCenter } = KINDS[kind];
	for (const { list, line } of source.rows) {
		if (list.kind !== kind) {
			const message =
				`Line ${line} is about ${list.kind}, and the run about ${kind}: read the source again for what is to ` +
				'be synced.';
			return { code: 'otherKind', message };
		}
		if ((list.callCenterId !== null) !== keyedByCallCenter) {
			const message = keyedByCallCenter
				? `Line ${line} names no call center, and a supervisor has one list in each: add the column, or reject the row.`
				: `Line ${line} names a call center beside its agent's call centers: those are members here, not part ` +
					'of the list.';
			return { code: 'wrongKey', message };
		}
	}
	return null;
}
