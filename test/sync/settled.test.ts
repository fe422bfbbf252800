import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planRun } from '../../lib/sync';
import { foldId } from '../../lib/sync/model/list';
import { harness, rows, settings, source, supervised } from './world';

/** The result of planning for one list that the source wants to have `wished` and the platform shows as `live`. */
async function planned(wished: readonly string[], live: readonly string[]) {
	const { platform, around } = harness();
	platform.read = async () => ({ ok: true, members: [...live] });
	const { plan, lists } = await planRun(source(rows(supervised(), wished)), settings({ mode: 'mirror' }), around);
	return { plan: plan!, list: lists[0] };
}

describe('a list that is as it should be', () => {
	it('is recognized in any order and case, and kept in the spelling of the platform', async () => {
		const { plan, list } = await planned(['a@x', 'B@x', 'é@x'], ['É@x', 'b@X', 'a@x']);
		expect(plan.totals).toMatchObject({ unchanged: 1, listsToChange: 0, liveMembers: 3 });
		expect(list.after).toEqual(['É@x', 'b@X', 'a@x']);
	});

	it('is found by folded ids, because folding is idempotent', () => {
		const letters = fc.array(
			fc.oneof(
				fc.string({ unit: 'binary', maxLength: 3 }),
				fc.constantFrom('\u03aa', '\u0301', '\u0130', '\u1fbc', '\u0345'),
			),
			{ maxLength: 4 },
		);
		fc.assert(
			fc.property(letters, (parts) => {
				const folded = foldId(parts.join(''));
				expect(foldId(folded)).toBe(folded);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is not one that names a member twice and lacks another', async () => {
		const { plan } = await planned(['a@x', 'b@x', 'c@x'], ['a@x', 'b@x', 'A@x']);
		expect(
			plan.lists.map(({ adds, removes }) => [adds, removes].map((changes) => changes.map(({ member }) => member))),
		).toEqual([[['c@x'], []]]);
	});

	it('is one that names a member twice and lacks nobody', async () => {
		const { plan, list } = await planned(['a@x', 'b@x'], ['a@x', 'b@x', 'A@x']);
		expect(plan.totals).toMatchObject({ unchanged: 1, liveMembers: 2 });
		expect(list.after).toEqual(['a@x', 'b@x']);
	});
});
