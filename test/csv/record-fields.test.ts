/** The record that is being read: its cells by field, and its problems, which are those of one record only. */

import { expect, test } from '@jest/globals';
import { RecordFields, type RowSettings } from '../../lib/csv/record-fields';
import { FindingLog } from '../../lib/csv/findings';
import { IdRegister, NONE } from '../../lib/csv/ids';
import { NOTHING_READABLE, RejectLog } from '../../lib/csv/rejects';

const NAMES = ['First', 'Last', 'Queue', 'Who'];
const USER = { type: 'user', maxLength: 80, domain: null } as const;

function record(columns: object = { agentFirstName: 0, agentLastName: 1, callCenter: 2, supervisor: 3 }) {
	const findings = new FindingLog();
	const rejects = new RejectLog(NAMES, findings);
	const settings = {
		names: NAMES,
		match: { columns },
		options: {},
		required: [],
		findings,
		rejects,
		unit: 'line',
		delimiter: ';',
	};
	const current = new RecordFields(settings as unknown as RowSettings);
	const at = (line: number, ...cells: string[]) => current.begin({ cells, line, item: 0, ended: true });
	return { current, at, findings, rejects };
}

test('a cell is that of the field, or both parts of a name in two columns', () => {
	const { current, at } = record();
	at(2, 'An', 'Maes', ' cc1 ', 'sup');
	expect(current.place).toMatchObject({ line: 2, cells: ['An', 'Maes', ' cc1 ', 'sup'] });
	expect((['agent', 'callCenter', 'supervisor', 'tenant'] as const).map((field) => current.cell(field))).toEqual([
		...['Maes, An', ' cc1 ', 'sup', ''],
	]);
	expect((['agent', 'supervisor', 'callCenter'] as const).map((field) => current.isNameInParts(field))).toEqual([
		...[true, false, false],
	]);
	const { current: other, at: otherAt } = record({ supervisorFirstName: 0, supervisorLastName: 1, agent: 3 });
	otherAt(2, 'An', 'Maes', '', 'bea');
	expect([other.cell('supervisor'), other.cell('agent'), other.isNameInParts('supervisor')]).toEqual([
		...['Maes, An', 'bea', true],
	]);
});

test('a field has the name of its column, that of the last name where there are two, or none', () => {
	const { current } = record();
	const fields = ['agent', 'agentFirstName', 'callCenter', 'supervisor', 'tenant', 'action'] as const;
	expect(fields.map((field) => current.columnName(field))).toEqual(['Last', 'First', 'Queue', 'Who', null, null]);
});

test('a name in two columns lacks a part, or neither', () => {
	const { current, at } = record();
	at(2, 'An', ' ', 'cc1', 'sup');
	expect(current.problemOfName('agent')).toMatchObject({ field: 'agentLastName', issue: { code: 'blankCell' } });
	expect([current.problemOfName('supervisor'), current.problemOfName('callCenter')]).toEqual([null, null]);
	at(3, '', '', 'cc1', 'sup');
	expect(current.problemOfName('agent')).toBeNull();
});

test('an id has its number, and one that was trimmed is reported, unless it is a part of a cell', () => {
	const { current, at, findings } = record();
	const register = new IdRegister(USER);
	at(7, '', '', ' cc1', '');
	expect(current.number('callCenter', ' cc1', register)).toBe(0);
	expect(current.number('callCenter', 'CC1', register)).toBe(0);
	expect(current.number('callCenter', ' cc2 ', register, true)).toBe(1);
	expect(findings.all('line')).toMatchObject([
		{ code: 'trimmedValue', line: 7, column: 'Queue', facts: { from: ' cc1', to: 'cc1' } },
	]);
	expect(current.hasProblems).toBe(false);
});

test('problems reject the record that has them, and not the next one', () => {
	const { current, at, rejects } = record();
	const register = new IdRegister(USER);
	at(2, 'An', 'Maes', '#REF!', 'sup');
	expect(current.hasProblems).toBe(false);
	expect(current.number('callCenter', '#REF!', register)).toBe(NONE);
	current.problem('supervisor', { code: 'blankCell', facts: { problem: 'noValue', field: 'supervisor' } });
	expect(current.hasProblems).toBe(true);
	current.reject({ ...NOTHING_READABLE, userId: 'sup' });
	expect(current.hasProblems).toBe(false);
	at(3, 'An', 'Maes', 'x@', 'sup');
	current.number('callCenter', 'x@', register);
	at(4, 'An', 'Maes', 'cc1', 'sup');
	expect(current.hasProblems).toBe(false);
	current.reject(NOTHING_READABLE);
	expect(rejects.rows()).toMatchObject([
		{
			...{ line: 2, userId: 'sup', moreProblems: 0 },
			problems: [
				{ column: 'Queue', code: 'mangledId' },
				{ column: 'Who', code: 'blankCell' },
			],
		},
	]);
});
