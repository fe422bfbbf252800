import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalHash, sealed, sealHolds } from '../../lib/sync/model/canonical-json';

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

describe('the hash of a value is SHA-256 of its JSON with sorted keys and no white space', () => {
	test.each<[unknown, string]>([
		[{}, '{}'],
		[[], '[]'],
		[null, 'null'],
		[undefined, 'null'],
		['a"\n', '"a\\"\\n"'],
		[1.5, '1.5'],
		[false, 'false'],
		[['a'], '["a"]'],
		[['a', 1, null], '["a",1,null]'],
		[{ b: 1 }, '{"b":1}'],
		[{ b: 1, a: 2, 'c"': 3 }, '{"a":2,"b":1,"c\\"":3}'],
		[{ a: undefined, b: { d: [], c: {} } }, '{"b":{"c":{},"d":[]}}'],
		[[[], [{}, { a: [1, [2]] }]], '[[],[{},{"a":[1,[2]]}]]'],
		[[undefined], '[null]'],
	])('%j', (value, json) => {
		expect(canonicalHash(value)).toBe(sha256(json));
	});

	test.each([65_535, 65_536, 65_537])(
		'of values larger than what is fed to the hash at once: %i characters',
		(length) => {
			const long = 'x'.repeat(length);
			const value = [long, 'y', ...Array.from({ length: 9_000 }, (_, index) => index)];
			expect(canonicalHash(value)).toBe(sha256(JSON.stringify(value)));
		},
	);
});

describe('the seal', () => {
	test('holds for the document as it was sealed, however its keys are ordered', () => {
		const document = sealed({ b: [1, 2], a: 'x' });
		expect(sealHolds(document)).toBe(true);
		expect(sealHolds({ seal: document.seal, a: 'x', b: [1, 2] } as { seal: string })).toBe(true);
	});

	test('breaks with any change', () => {
		const document = sealed({ a: 'x', b: [1, 2] });
		for (const changed of [
			{ a: 'y' },
			{ b: [2, 1] },
			{ c: 1 },
			{ b: [1, 2, 3] },
			{ seal: sha256('') },
			{ a: undefined },
		]) {
			expect(sealHolds({ ...document, ...changed } as { seal: string })).toBe(false);
		}
	});

	test('does not touch what it seals', () => {
		const document = { a: 1 };
		expect(sealed(document)).toEqual({ a: 1, seal: sha256('{"a":1}') });
		expect(document).toEqual({ a: 1 });
	});
});
