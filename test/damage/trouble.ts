/** A platform that misbehaves at one list, from the first request to the last. */

import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import type { SeededRandom } from '../../tools/seeded-random';
import { partsOf, removalsAsked, type GoodWorld, type DesiredChange } from './world';

/**
 * `unavailable`: 503 to everything. `forbidden`: 403 to everything. `readOnly`: 403 to every write. `refuses`: 400 to
 * every write that would put the member on the list.
 */
export type TroubleKind = 'unavailable' | 'forbidden' | 'readOnly' | 'refuses';

export interface Trouble {
	readonly kind: TroubleKind;
	readonly list: ListRef;
	readonly member: string;
	/** The status to answer with; null for what the platform answers itself. */
	statusFor(method: string, path: string, body: unknown): number | null;
}

/**
 * At a list that somebody is to be put on, most often somebody who leaves another list for it. Null where nobody is.
 */
export function troubleOf(random: SeededRandom, world: GoodWorld): Trouble | null {
	const isOn = ({ list, member }: DesiredChange) => world.live.get(listKey(list))?.has(foldId(member)) === true;
	const joining = world.desired.filter((change) => change.want === 'add' && !isOn(change));
	const removals = [...removalsAsked(world, world.desired)];
	const moves = ({ list, member }: DesiredChange) =>
		removals
			.map(partsOf)
			.some(([key, leaving]) =>
				world.kind === 'supervisedAgents' ? leaving === foldId(member) : key === listKey(list),
			);
	const moving = joining.filter(moves);
	const chosen: readonly DesiredChange[] = moving.length > 0 && random.chance(0.8) ? moving : joining;
	if (chosen.length === 0) return null;
	const { list, member } = random.pick(chosen);
	const kind = random.pick<TroubleKind>(['unavailable', 'forbidden', 'readOnly', 'refuses']);
	const encoded = [list.tenantId, list.groupId, list.userId].map(encodeURIComponent);
	const user = `/tenants/${encoded[0]}/groups/${encoded[1]}/users/${encoded[2]}/services/call_centers/`;
	const path = list.callCenterId === null ? user : `${user}${encodeURIComponent(list.callCenterId)}/supervised_agents/`;
	return {
		kind,
		list,
		member,
		statusFor(method, asked, body) {
			if (!asked.startsWith(path)) return null;
			if (kind === 'forbidden') return 403;
			if (kind === 'unavailable') return 503;
			if (method === 'GET') return null;
			if (kind === 'readOnly') return 403;
			return method !== 'DELETE' && JSON.stringify(body).toLowerCase().includes(JSON.stringify(member).toLowerCase())
				? 400
				: null;
		},
	};
}
