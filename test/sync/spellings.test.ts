/** How the platform spells ids, as far as a run has seen them. */

import { expect, it } from '@jest/globals';
import { Spellings } from '../../lib/sync/plan';

it('the first spelling is kept, and only for wanted members of a list', () => {
	const spellings = new Spellings();
	spellings.learn(new Map([['an@x', 'An@X']]));
	spellings.learn(
		new Map([
			['an@x', 'AN@x'],
			['bea@x', 'Bea@x'],
		]),
	);
	spellings.learnOf(new Set(['an@x', 'chris@x']), ['an@X', 'CHRIS@x', 'chris@X', 'Dirk@x']);
	expect(['AN@X', 'BEA@x', 'chris@x', 'DIRK@x'].map((id) => spellings.of(id))).toEqual([
		...['An@X', 'Bea@x', 'CHRIS@x', 'DIRK@x'],
	]);
	expect(['an@x', 'chris@x', 'dirk@x'].map((id) => spellings.knows(id))).toEqual([true, true, false]);
});
