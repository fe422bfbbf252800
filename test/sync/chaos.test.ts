import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { syncRun } from '../../lib/sync';
import { foldId, listKey } from '../../lib/sync/model/list';
import { seededRandom } from '../../tools/seeded-random';
import type { Arrival, Fault } from '../support/fake-platform';
import { MEMBERS, populate, wanted, worlds } from './arbitrary-world';
import { harness } from './world';

const FAULTS: readonly Fault[] = ['doubtBefore', 'doubtAfter', 'partial', 'throws', 'refused', 'unavailable', 'noList'];
const READ_FAULTS: readonly Fault[] = ['unavailable', 'throws'];

function isWrite({ asked }: Arrival): boolean {
	return asked === 'add' || asked === 'remove' || asked === 'replace';
}

describe('whatever goes wrong', () => {
	it('nobody is lost or added unasked, outcomes are true, and a later run without faults converges', async () => {
		const cases = fc.tuple(
			worlds({ strangers: true, rejected: true }),
			fc.integer(),
			fc.constantFrom(0.05, 0.2, 0.6),
			fc.boolean(),
		);
		await fc.assert(
			fc.asyncProperty(cases, async ([world, seed, share, otherHands]) => {
				const random = seededRandom(seed);
				const { platform, around } = harness();
				populate(platform, world);
				platform.fault = (arrival) => {
					if (random() > share) return null;
					const faults = isWrite(arrival) ? FAULTS : READ_FAULTS;
					return faults[Math.floor(random() * faults.length)];
				};
				const target = wanted(world, false);
				// Somebody else adds people whom no row names; before a write is carried out they can be overwritten by a
				// replace.
				const visitors = new Map<string, Set<string>>();
				platform.meanwhile = (arrival, moment) => {
					if (!otherHands || moment !== 'done' || !isWrite(arrival) || random() > share) return;
					const { ref } = arrival;
					const visitor = `visitor${arrival.index}@x`;
					platform.know([visitor]);
					platform.set(ref!, [...platform.members(ref!), visitor]);
					visitors.set(listKey(ref!), (visitors.get(listKey(ref!)) ?? new Set()).add(visitor));
				};
				const result = await syncRun(world.source, world.settings, around);

				world.refs.forEach((ref, index) => {
					const key = listKey(ref);
					const now = platform.folded(ref);
					const live = world.live[index].map(foldId);
					const wish = target.get(key)!;
					const named = world.source.rows
						.filter((row) => listKey(row.list) === key)
						.map((row) => foldId(row.memberId!));
					for (const id of live) {
						if (!now.includes(id)) expect(wish.has(id)).toBe(false);
					}
					for (const id of now) {
						expect(live.includes(id) || named.includes(id) || visitors.get(key)?.has(id) === true).toBe(true);
					}
				});
				for (const list of result.lists) {
					const now = platform.folded(list.ref);
					if (list.after !== null && !visitors.has(listKey(list.ref)))
						expect(list.after.map(foldId).sort()).toEqual(now);
					for (const { member, change, outcome, code } of list.members) {
						if (['conflictingRows', 'unverified', 'outcomeUnknown'].includes(code ?? '')) continue;
						const done = (change === 'add') === now.includes(foldId(member));
						expect([member, change, outcome, code, done]).toEqual([
							member,
							change,
							outcome,
							code,
							outcome === 'applied' || outcome === 'alreadyInPlace',
						]);
					}
				}

				platform.fault = () => null;
				platform.meanwhile = () => undefined;
				const quiet = wanted({ ...world, live: world.refs.map((ref) => platform.members(ref)) });
				await syncRun(world.source, world.settings, around);
				for (const ref of world.refs) {
					const known = platform.folded(ref).filter((id) => MEMBERS.map(foldId).includes(id));
					const kept = [...quiet.get(listKey(ref))!].filter((id) => MEMBERS.map(foldId).includes(id));
					expect(known).toEqual(kept.sort());
				}
			}),
			{ numRuns: 600 },
		);
	});
});
