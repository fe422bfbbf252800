/** What is kept of rows that cannot be used, and how many of them are too many. */

import { describe, expect, test } from '@jest/globals';
import { FindingLog } from '../../lib/csv/findings';
import { MAX_REJECTED_ROWS } from '../../lib/csv/limits';
import { NOTHING_READABLE, RejectLog } from '../../lib/csv/rejects';
import { source } from './reading';

const HEADER = 'Supervisor;Call center;Agent\n';

describe('rejected rows', () => {
	test('are in the order of the file, whenever the problem was found', () => {
		// That a row names nobody is a problem only because another row of the list names somebody.
		const { rejected } = source(`${HEADER}jan;cc1;\njan;cc1;#REF!\njan;cc1;an\n;cc1;bea\n`);
		expect(rejected.map(({ line, code }) => [line, code])).toEqual([
			[2, 'blankCell'],
			[3, 'mangledId'],
			[5, 'blankCell'],
		]);
	});

	test('have their cells by name, also those beyond the header', () => {
		const { rejected } = source(`${HEADER.trim()};Note 4;note 5\njan;cc1;#REF!;x;y\njan;cc1;an;x;y;z;\njan;cc1\n`);
		const named = { Supervisor: 'jan', 'Call center': 'cc1' };
		expect(rejected.map(({ cells }) => cells)).toEqual([
			{ ...named, Agent: '#REF!', 'Note 4': 'x', 'note 5': 'y' },
			{ ...named, Agent: 'an', 'Note 4': 'x', 'note 5': 'y', 'column 6': 'z', 'column 7': '' },
			{ ...named, Agent: '', 'Note 4': '', 'note 5': '' },
		]);
	});

	test('have the ids in all of their cells, unless texts are matched', () => {
		const file = `Coach;${HEADER}b@x|cleo;jan;#REF!;an\n`;
		const [{ idsInCells }] = source(file).rejected;
		expect(idsInCells).toEqual(['b@x', 'cleo@acme.be', 'jan@acme.be', 'an@acme.be']);
		const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
		expect(source(file, { matching }).rejected[0]).not.toHaveProperty('idsInCells');
	});

	test('report each problem of a row once', () => {
		const { rejected } = source(`${HEADER}jan;cc1;"#REF!,#REF!,#N/A"\n`);
		expect(rejected.map(({ problems }) => problems.map(({ facts }) => facts))).toEqual([
			[
				{ problem: 'spreadsheet', value: '#REF!' },
				{ problem: 'spreadsheet', value: '#N/A' },
			],
		]);
	});
});

test(`more than ${MAX_REJECTED_ROWS} rejected rows are a failure that reports the first one`, () => {
	const log = new RejectLog(['Agent'], new FindingLog());
	const reject = (line: number, problem: 'control' | 'json') =>
		log.add(
			{ cells: ['an'], line, item: 0, ended: true },
			'Agent',
			{ code: 'invalidId', facts: { problem, value: 'an' } },
			NOTHING_READABLE,
		);
	expect(log.failure()).toBeNull();
	for (let row = 0; row < MAX_REJECTED_ROWS; row++) reject(row + 7, 'control');
	reject(7, 'json');
	expect(log.failure()).toBeNull();
	expect(log.rows()).toHaveLength(MAX_REJECTED_ROWS);
	reject(MAX_REJECTED_ROWS + 7, 'control');
	expect(log.failure()).toEqual({
		code: 'tooManyRejected',
		facts: {
			max: MAX_REJECTED_ROWS,
			problems: [
				{ column: 'Agent', code: 'invalidId', facts: { problem: 'control', value: 'an' } },
				{ column: 'Agent', code: 'invalidId', facts: { problem: 'json', value: 'an' } },
			],
			moreProblems: 0,
		},
		line: 7,
	});
});
