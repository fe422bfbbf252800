/** A group of people some of whom leave: its lists on the platform, and the run that removes them. */

import fc from 'fast-check';
import { prepareRemoveEverywhere, type RunResult, type Settings } from '../../lib/sync';
import { asOnlyRun } from '../../lib/sync/execution';
import { foldId, type ListRef } from '../../lib/sync/model/list';
import type { RejectedRow } from '../../lib/sync/model/row';
import type { FakePlatform } from '../support/fake-platform';
import { harness, ids, ownCallCenters, row, settings, source, supervised } from './world';

export const CENTERS = ids(3, 'center');
export const SUPERVISORS = ids(4, 'super');
export const AGENTS = ids(8);
export const USERS = [...SUPERVISORS, ...AGENTS];

/** A group in which everybody may be on any list, and supervisors may be agents. */
interface Group {
	/** By supervisor and call center; null where the supervisor has no list there. */
	readonly lists: ReadonlyArray<readonly string[] | null>;
	readonly own: ReadonlyArray<readonly string[]>;
}

export const group: fc.Arbitrary<Group> = fc.record({
	lists: fc.array(fc.option(fc.subarray(USERS)), {
		minLength: SUPERVISORS.length * CENTERS.length,
		maxLength: SUPERVISORS.length * CENTERS.length,
	}),
	own: fc.array(fc.subarray(CENTERS), { minLength: USERS.length, maxLength: USERS.length }),
});

export function refs(): ListRef[] {
	return SUPERVISORS.flatMap((owner) => CENTERS.map((center) => supervised(owner, center)));
}

export function populate(platform: FakePlatform, { lists, own }: Group, listed = true): void {
	platform.know([...USERS, ...CENTERS]);
	platform.groupCallCenters = CENTERS.map((serviceUserId) => ({ serviceUserId, name: '' }));
	const supervisors = new Map(CENTERS.map((center) => [foldId(center), [] as string[]]));
	for (const [index, ref] of refs().entries()) {
		const members = lists[index];
		if (members === null) continue;
		platform.set(ref, members);
		supervisors.get(foldId(ref.callCenterId ?? ''))?.push(ref.userId);
	}
	platform.callCenterSupervisors = listed ? supervisors : null;
	for (const [index, user] of USERS.entries()) platform.set(ownCallCenters(user), own[index]);
}

export async function remove(
	platform: ReturnType<typeof harness>,
	people: readonly string[],
	more: {
		readonly rejected?: readonly RejectedRow[];
		readonly unendedLine?: number;
		readonly settings?: Partial<Settings>;
		readonly supervisors?: readonly string[];
		readonly planOnly?: boolean;
	} = {},
): Promise<RunResult> {
	const rows = people.map((id) => row(ownCallCenters(id), null));
	const named = { ...source(rows, more.rejected), unendedLine: more.unendedLine };
	const wish = { supervisors: more.supervisors ?? [], handOver: true };
	const purpose = { writes: more.planOnly !== true };
	return await asOnlyRun(prepareRemoveEverywhere(named, wish, settings(more.settings), platform.around, purpose));
}

/** Everybody is on every list, and an agent of every call center. */
export function fullGroup() {
	const scene = harness();
	populate(scene.platform, { lists: refs().map(() => AGENTS), own: USERS.map(() => CENTERS) });
	return scene;
}
