import { expect, test } from '@jest/globals';
import { source, sourceOfItems } from './reading';

const told = ({ rows }: ReturnType<typeof source>) => rows.map(({ defaulted }) => defaulted ?? []);

test('a list says once which parts of its key a default stands in for, because their cells are blank', () => {
	const file = 'supervisor;agent;call center;tenant\njan;an;;\njan;bea;;\npiet;an;cc1;acme\npiet;bea;cc1;\n';
	expect(told(source(file, { callCenterId: 'default' }))).toEqual([['tenantId', 'callCenterId'], [], [], ['tenantId']]);
});

test('a column that is not there leaves no cell blank', () => {
	expect(told(source('supervisor;agent\njan;an\n', { callCenterId: 'default' }))).toEqual([[]]);
	const item = { supervisor: 'jan', agent: 'an', 'call center': 'cc1', group: '' };
	expect(told(sourceOfItems([item, { ...item, agent: 'bea' }]))).toEqual([['groupId'], []]);
});
