/** Why a source is refused as a whole: it has no rows, nobody of it is found, or it is about something else. */

import { describe, expect, it } from '@jest/globals';
import type { Source } from '../../lib/sync';
import { noRowProblem, sourceProblem } from '../../lib/sync/plan';
import { ownCallCenters, rejectedRow, row, source, supervised } from './world';

const NOBODY = { code: 'nobodyFound', facts: { field: 'agent', by: 'fullName', columns: ['Name'] } } as const;
const FINDING = { ...NOBODY, level: 'error', line: null, column: null } as unknown as Source['findings'][number];
const OTHER = { ...FINDING, code: 'blankRow', facts: { count: 1 } } as unknown as Source['findings'][number];

describe('a source without rows', () => {
	it('is empty, unusable, or one of which nobody is found', () => {
		expect(noRowProblem({ rows: [], rejected: [] })).toEqual({ code: 'emptySource', facts: {} });
		expect(noRowProblem({ rows: [], rejected: [], findings: [FINDING] })?.code).toBe('emptySource');
		const rejected = [rejectedRow(), rejectedRow()];
		expect(noRowProblem({ rows: [], rejected })).toEqual({ code: 'unusableSource', facts: { rejected: 2 } });
		expect(noRowProblem({ rows: [], rejected, findings: [OTHER] })?.code).toBe('unusableSource');
		expect(noRowProblem({ rows: [], rejected, findings: [OTHER, FINDING] })).toEqual(NOBODY);
		expect(noRowProblem({ rows: [row(supervised(), 'an@x')], rejected, findings: [FINDING] })).toBeNull();
	});
});

describe('a source with rows', () => {
	const [A, B] = [supervised('a@x'), supervised('b@x')];

	it('may have one list that is named with nobody on it, and not several of them alone', () => {
		expect(sourceProblem(source([row(A, null), row(A, null)]), 'supervisedAgents')).toBeNull();
		expect(sourceProblem(source([row(A, null), row(B, null)]), 'supervisedAgents')).toEqual({
			code: 'noMembers',
			facts: {},
		});
		expect(sourceProblem(source([row(A, null), row(B, 'an@x')]), 'supervisedAgents')).toBeNull();
	});

	it('is about lists of the kind, with the parts of their keys', () => {
		const own = ownCallCenters('an@x');
		expect(sourceProblem(source([row(own, 'cc@x', { line: 7 })]), 'supervisedAgents')).toEqual({
			code: 'otherKind',
			facts: { problem: 'row', line: 7, is: 'agentCallCenters', wanted: 'supervisedAgents' },
		});
		expect(sourceProblem(source([row(own, 'cc@x')]), 'agentCallCenters')).toBeNull();
		const lacking = [row(A, 'an@x'), row({ ...A, callCenterId: null }, 'an@x', { line: 8 })];
		expect(sourceProblem(source(lacking), 'supervisedAgents')).toEqual({
			code: 'wrongKey',
			facts: { line: 8, lacksCallCenter: true },
		});
		expect(sourceProblem(source([row({ ...own, callCenterId: 'cc@x' }, 'x')]), 'agentCallCenters')).toMatchObject({
			facts: { lacksCallCenter: false },
		});
	});

	it('is checked for rows as well', () => {
		expect(sourceProblem(source([]), 'supervisedAgents')?.code).toBe('emptySource');
	});
});
