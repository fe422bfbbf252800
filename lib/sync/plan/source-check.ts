/** Checks of the whole source: an empty source is never read as "remove everybody". */

import { type Issue, type KindName, KINDS, type Source } from '../model';

type Rows = Pick<Source, 'rows' | 'rejected'> & Partial<Pick<Source, 'findings'>>;

export function noRowProblem({ rows, rejected, findings = [] }: Rows): Issue | null {
	if (rows.length > 0) return null;
	if (rejected.length === 0) return { code: 'emptySource', facts: {} };
	const nobody = findings.find((finding) => finding.code === 'nobodyFound');
	if (nobody !== undefined) return { code: 'nobodyFound', facts: nobody.facts };
	return { code: 'unusableSource', facts: { rejected: rejected.length } };
}

export function sourceProblem(source: Source, kind: KindName): Issue | null {
	const noRow = noRowProblem(source);
	if (noRow !== null) return noRow;
	const { rows } = source;
	// One list may be cleared by a row of its own; several without anybody are a column that lost its cells.
	if (new Set(rows.map(({ list }) => list)).size > 1 && rows.every(({ memberId }) => memberId === null))
		return { code: 'noMembers', facts: {} };
	const { keyedByCallCenter } = KINDS[kind];
	for (const { list, line } of rows) {
		if (list.kind !== kind) return { code: 'otherKind', facts: { problem: 'row', line, is: list.kind, wanted: kind } };
		if ((list.callCenterId !== null) !== keyedByCallCenter)
			return { code: 'wrongKey', facts: { line, lacksCallCenter: keyedByCallCenter } };
	}
	return null;
}
