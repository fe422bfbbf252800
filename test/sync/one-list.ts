/** One list and a source for it, and what the platform was asked; for tests of how lists are written. */

import { syncRun } from '../../lib/sync';
import type { RunResult, Settings } from '../../lib/sync';
import type { Arrival, FakePlatform, Fault } from '../support/fake-platform';
import { harness, rows, settings, source, supervised } from './world';

export const LIST = supervised();

export function membersOf(result: RunResult, word: string): string[] {
	return result.lists.flatMap(({ members }) =>
		members.filter(({ outcome }) => outcome === word).map(({ member }) => member),
	);
}

export function asked(platform: FakePlatform): string[] {
	return platform.arrivals.map((arrival) =>
		arrival.members.length > 0 ? `${arrival.asked} ${arrival.members.length}` : arrival.asked,
	);
}

/** Fails the nth write. */
export function nthWrite(n: number, fault: Fault) {
	let writes = 0;
	return ({ asked: what }: Arrival): Fault | null => {
		if (what !== 'add' && what !== 'remove' && what !== 'replace') return null;
		writes += 1;
		return writes === n ? fault : null;
	};
}

/** One list with `live` on it, and a source that wants `wished`. */
export function one(live: readonly string[], wished: readonly string[], more: Partial<Settings> = {}, list = LIST) {
	const scene = harness();
	scene.platform.set(list, live);
	return {
		...scene,
		run: async () => await syncRun(source(rows(list, wished)), settings({ kind: list.kind, ...more }), scene.around),
	};
}
