import { describe, expect, test } from '@jest/globals';
import { readItems } from '../../lib/csv';
import { failure, pairs, SETTINGS, source, sourceOfItems } from './reading';

describe('a source in which no row names a member', () => {
	test('is refused where another column has cells: names in the header may have changed places', () => {
		expect(failure('supervisor;name;agent;call center\njan;bea.bos;;cc1\n')).toMatchObject({
			code: 'suspectColumn',
			line: 2,
		});
		expect(failure('supervisor;agent;call center;note\njan;;cc1;\njan;;cc2;gone\n')).toMatchObject({ line: 3 });
	});

	test('names lists only where nothing else stands in it', () => {
		expect(pairs(source('supervisor;agent;call center;note\njan;;cc1;\njan;;cc2; \n'))).toEqual([
			'jan cc1 -',
			'jan cc2 -',
		]);
	});

	test('is another matter where one row does', () => {
		expect(pairs(source('supervisor;agent;call center;note\njan;;cc1;gone\njan;an;cc2;\n'))).toEqual([
			'jan cc1 -',
			'jan cc2 an',
		]);
	});

	test('among items too, whose keys come from a header as a rule', () => {
		const item = { supervisor: 'jan', agent: '', 'call center': 'cc1', note: 'gone' };
		expect(readItems([{ json: item }], SETTINGS)).toMatchObject({ failure: { code: 'suspectColumn' } });
		expect(pairs(sourceOfItems([{ ...item, note: '' }]))).toEqual(['jan cc1 -']);
	});
});
