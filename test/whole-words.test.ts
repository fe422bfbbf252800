import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { wholeWordsIn, containsWholeWord, replaceWholeWord } from '../lib/whole-words';

describe('a name in a text', () => {
	it.each([
		['an@x', 'an@x is unknown'],
		['an@x', "There is no 'an@x'."],
		['an@x', 'Unknown: jan@x, an@x.'],
		['an@x', 'userId=an@x'],
		['an@x', '/users/an@x/agents'],
		['an@x', "an@x's profile"],
		['an', '−an, +bo'],
		['acme north', 'the tenant acme north is closed'],
	])('%j is found in %j', (name, text) => {
		expect(containsWholeWord(text, name)).toBe(true);
	});

	it.each([
		['an@x', 'jan@x is unknown'],
		['an@x', 'an@x.be is unknown'],
		['an@x', 'an@xy is unknown'],
		['an@x', 'lean-an@x is unknown'],
		['brien@x', "o'brien@x is unknown"],
		['b@x', 'a.b@x and a+b@x are unknown'],
		['agent1', 'agent12 is unknown'],
		['jan', 'jan@x is unknown'],
		['', 'anything'],
	])('%j is not found in %j', (name, text) => {
		expect(containsWholeWord(text, name)).toBe(false);
	});

	it('is replaced where it stands whole, and nowhere else', () => {
		expect(replaceWholeWord('an@x, jan@x and an@x.', 'an@x', '…')).toBe('…, jan@x and ….');
	});

	it('is not found within a longer name that is looked for', () => {
		expect(wholeWordsIn('acme north is closed', ['acme', 'acme north'])).toEqual(new Set(['acme north']));
		expect(wholeWordsIn('acme north of acme', ['acme', 'acme north'])).toEqual(new Set(['acme north', 'acme']));
	});

	it('is found among other names, and only it', () => {
		const id = fc.stringMatching(/^[a-z0-9.+-]{1,6}@[a-z]{1,4}(\.be)?$/);
		fc.assert(
			fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 6 }), fc.nat(), (ids, pick) => {
				const meant = ids[pick % ids.length];
				expect(wholeWordsIn(`The user ${meant} is no agent.`, ids)).toEqual(new Set([meant]));
			}),
		);
	});
});
