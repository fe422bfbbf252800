/** Bytes to text, held against the decoders of the platform, which know the same encodings. */

import { describe, expect, test } from '@jest/globals';
import { decoderFor } from '../../lib/csv/decode';
import { guessEncoding } from '../../lib/csv/encoding';
import { read } from './reading';

const UTF8 = { encoding: 'UTF-8', bomLength: 0, assumed: false } as const;

function decoded(bytes: Uint8Array, bomLength = 0) {
	const decoder = decoderFor({ ...UTF8, bomLength });
	const text = Buffer.concat([decoder.push(bytes), decoder.end()]).toString();
	return { text, encoding: decoder.encoding, line: decoder.firstBadLine, cut: decoder.endsWithinCharacter };
}

function strictly(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

describe('UTF-8', () => {
	test('is what the strict decoder accepts, at the bounds of each range of RFC 3629', () => {
		const after = [0x7f, 0x80, 0xbf, 0xc0];
		const leads = [0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
		const wrong: string[] = [];
		for (const lead of leads)
			for (const second of [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0])
				for (const third of after)
					for (const fourth of after) {
						const bytes = Uint8Array.of(lead, second, third, fourth);
						for (let length = 1; length <= 4; length++) {
							const some = bytes.subarray(0, length);
							const { text, line } = decoded(some);
							const expected = strictly(some);
							if (expected === null ? line === null : text !== expected || line !== null)
								wrong.push(Buffer.from(some).toString('hex'));
						}
					}
		expect(wrong).toEqual([]);
	});

	test.each([0, 1, 2, 3])('is found in long runs of ASCII, wherever they begin in memory: %d', (offset) => {
		for (let length = 0; length < 80; length++) {
			const text = `${'a'.repeat(length)}é${'b'.repeat(length)}€${'c'.repeat(length)}😀`;
			const bytes = Buffer.concat([Buffer.alloc(offset, 'x'), Buffer.from(text)]);
			expect(decoded(new Uint8Array(bytes).subarray(offset))).toMatchObject({ text, line: null });
		}
	});

	test.each([0, 1, 2, 3])('ends at the first invalid byte beyond ASCII, wherever that is: %d', (offset) => {
		for (let length = 0; length < 80; length++)
			for (const behind of ['', 'b', 'bb', 'b'.repeat(40)]) {
				const text = `${'a'.repeat(length)}\u0080${behind}`;
				const bytes = new Uint8Array(Buffer.concat([Buffer.alloc(offset, 'x'), Buffer.from(text, 'latin1')]));
				expect(decoded(bytes.subarray(offset)).text).toBe(text.replace('\u0080', '€'));
			}
	});

	test('is decoded at once, except for an incomplete character', () => {
		const decoder = decoderFor(UTF8);
		expect(Buffer.from(decoder.push(Buffer.from('aé'))).toString()).toBe('aé');
		expect(Buffer.from(decoder.push(Buffer.from('é;€').subarray(0, -1))).toString()).toBe('é;');
	});

	test('byte by byte gives the same, and keeps a character at the end', () => {
		const bytes = Buffer.from('a\ré€😀\r\n\nb€');
		const decoder = decoderFor(UTF8);
		const pieces = [...bytes].map((byte) => Buffer.from(decoder.push(Uint8Array.of(byte))));
		expect(Buffer.concat([...pieces, decoder.end()]).toString()).toBe('a\né€😀\n\nb€');
		expect([decoder.encoding, decoder.firstBadLine, decoder.endsWithinCharacter]).toEqual(['UTF-8', null, false]);
	});

	test('that is damaged further down has replacement characters, and reports the first bad line', () => {
		const bytes = Buffer.concat([Buffer.from('é\n\na'), Uint8Array.of(0xe9, 0x62, 0xff), Buffer.from('c\nd')]);
		expect(decoded(bytes)).toEqual({ text: 'é\n\na\ufffdb\ufffdc\nd', encoding: 'UTF-8', line: 3, cut: false });
		const marked = Buffer.concat([Buffer.from('a\nb'), Uint8Array.of(0xe9), Buffer.from('cd\n')]);
		expect(decoded(marked, 3)).toEqual({ text: 'a\nb\ufffdcd\n', encoding: 'UTF-8', line: 2, cut: false });
	});

	test('is known to end within a character', () => {
		const bytes = Buffer.from('é\nb€');
		for (const missing of [1, 2])
			expect(decoded(bytes.subarray(0, -missing))).toMatchObject({ encoding: 'UTF-8', line: 2, cut: true });
		expect(decoded(Buffer.concat([bytes.subarray(0, -1), Buffer.from('\n')])).cut).toBe(false);
	});

	test('in chunks has the lines of all of them counted', () => {
		const decoder = decoderFor(UTF8);
		for (const piece of ['é\n', 'a\n\n', 'b']) decoder.push(Buffer.from(piece));
		decoder.push(Uint8Array.of(0xff, 0x0a));
		decoder.end();
		expect(decoder.firstBadLine).toBe(4);
	});
});

describe('Windows-1252', () => {
	test('is Latin-1 except for the first 32 characters beyond ASCII, and begins at the first byte beyond it', () => {
		const signs = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
		const every = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
		const bytes = Buffer.concat([Buffer.from('a\n\n'), every, Buffer.from('z')]);
		expect(decoded(bytes)).toEqual({
			text: `a\n\n${signs}${Buffer.from(every.subarray(32)).toString('latin1')}z`,
			encoding: 'Windows-1252',
			line: 3,
			cut: false,
		});
	});

	test('stays the encoding of what follows, even of valid UTF-8', () => {
		for (const first of [
			[0x61, 0xe9],
			[0x61, 0xe9, 0x62],
			// Enough to be known before the next piece comes.
			[0x61, 0xe9, 0x62, 0x63],
		]) {
			const decoder = decoderFor(UTF8);
			const pieces = [Uint8Array.from(first), Buffer.from('é\r'), Buffer.from('\nb')].map((piece) =>
				Buffer.from(decoder.push(piece)),
			);
			const begin = Buffer.from(first).toString('latin1');
			expect(Buffer.concat([...pieces, decoder.end()]).toString()).toBe(`${begin}Ã©\nb`);
			expect(decoder.encoding).toBe('Windows-1252');
		}
	});

	test('may end with a letter that would be a character cut off in UTF-8', () => {
		expect(decoded(Uint8Array.of(0x61, 0xe9))).toMatchObject({ text: 'aé', encoding: 'Windows-1252', line: 1 });
	});
});

describe('UTF-16', () => {
	const text = '\ufeffa\r\né€😀\rb';
	const little = Buffer.from(text, 'utf16le');
	const big = Buffer.from(little).swap16();

	test.each([
		['UTF-16LE', little],
		['UTF-16BE', big],
	] as const)('%s, byte by byte, keeps a byte order mark further down', (encoding, bytes) => {
		const decoder = decoderFor({ encoding, bomLength: 0, assumed: false });
		const pieces = [...bytes].map((byte) => Buffer.from(decoder.push(Uint8Array.of(byte))));
		expect(Buffer.concat([...pieces, decoder.end()]).toString()).toBe('\ufeffa\né€😀\nb');
		expect([decoder.encoding, decoder.firstBadLine, decoder.endsWithinCharacter]).toEqual([encoding, null, false]);
		decoder.push(Uint8Array.of(0));
		expect(decoder.endsWithinCharacter).toBe(true);
	});

	test('is known by its mark, and without one by the zeros of Western text', () => {
		const wide = (latin: string) => Buffer.from(latin, 'utf16le');
		expect(guessEncoding(little)).toEqual({ encoding: 'UTF-16LE', bomLength: 2, assumed: false });
		expect(guessEncoding(big)).toEqual({ encoding: 'UTF-16BE', bomLength: 2, assumed: false });
		expect(guessEncoding(wide('abcd'))).toEqual({ encoding: 'UTF-16LE', bomLength: 0, assumed: true });
		expect(guessEncoding(wide('abcd').swap16())).toEqual({ encoding: 'UTF-16BE', bomLength: 0, assumed: true });
		expect(guessEncoding(Buffer.from('\ufeffabcd'))).toEqual({ encoding: 'UTF-8', bomLength: 3, assumed: false });
		for (const other of [
			wide('abc'),
			Buffer.from('abcdefgh'),
			Buffer.alloc(16),
			wide('abc€€€€'),
			Buffer.of(0xff, 0x61),
		])
			expect(guessEncoding(other)).toEqual(UTF8);
		for (const [first, second, third] of [
			[0xef, 0xbb, 0x61],
			[0xef, 0x61, 0xbf],
			[0x61, 0xbb, 0xbf],
			[0xff, 0x61, 0x61],
			[0x61, 0xfe, 0x61],
			[0xfe, 0x61, 0x61],
			[0x61, 0xff, 0x61],
		])
			expect(guessEncoding(Uint8Array.of(first, second, third))).toEqual(UTF8);
		// Six in ten are not enough, more are.
		expect(guessEncoding(wide('abcdef€€€€'))).toEqual(UTF8);
		expect(guessEncoding(wide('abcdefg€€€'))).toMatchObject({ encoding: 'UTF-16LE' });
		expect(guessEncoding(wide('abcdef€€€€').swap16())).toEqual(UTF8);
		expect(guessEncoding(wide('abcdefg€€€').swap16())).toMatchObject({ encoding: 'UTF-16BE' });
	});

	test('is not detected where one of twenty of the other bytes is zero', () => {
		const pairs = Array.from({ length: 20 }, (_, index) => (index === 0 ? [0, 0] : [0x61, 0]));
		expect(guessEncoding(Uint8Array.from(pairs.flat()))).toEqual(UTF8);
		expect(guessEncoding(Uint8Array.from([...pairs, [0x61, 0]].flat()))).toMatchObject({ encoding: 'UTF-16LE' });
		expect(guessEncoding(Uint8Array.from(pairs.flat()).reverse())).toEqual(UTF8);
		expect(guessEncoding(Uint8Array.from([...pairs, [0x61, 0]].flat()).reverse())).toMatchObject({
			encoding: 'UTF-16BE',
		});
	});

	test('without a mark is reported as an assumption', () => {
		const file = Buffer.from('Supervisor;Agent;Call center\njan;an;cc1\n', 'utf16le');
		expect(read(file)).toMatchObject({
			ok: true,
			source: {
				format: { encoding: 'UTF-16LE' },
				findings: [
					{ code: 'encodingAssumed', line: null, column: null, facts: { problem: 'zeros', encoding: 'UTF-16LE' } },
				],
			},
		});
		expect(read(Buffer.concat([Buffer.of(0xff, 0xfe), file]))).toMatchObject({ ok: true, source: { findings: [] } });
	});
});
