/** The users and call centers of groups, as the platform shows them: each listing is read once per run. */

import { foldId, type ListRef } from '../model';
import { fullName } from '../match';
import type { CallCenterInfo, Failure, Listing, RunPlatform, UserInfo } from '../platform';
import { groupKey } from './lists-not-shown';

export type GroupRef = Pick<ListRef, 'tenantId' | 'groupId'>;

export class Listings {
	readonly #users = new Map<string, Promise<Listing<UserInfo>>>();
	readonly #callCenters = new Map<string, Promise<Listing<CallCenterInfo>>>();
	readonly #failures = new Map<string, Failure>();
	readonly #names = new Map<string, string>();

	constructor(private readonly platform: RunPlatform) {}

	async users(group: GroupRef): Promise<Listing<UserInfo>> {
		const ask = async () => await this.platform.users(group.tenantId, group.groupId);
		return await this.once(this.#users, group, ask, (user) => [user.userId, fullName(user)]);
	}

	async callCenters(group: GroupRef): Promise<Listing<CallCenterInfo>> {
		const ask = async () => await this.platform.callCenters(group.tenantId, group.groupId);
		return await this.once(this.#callCenters, group, ask, ({ serviceUserId, name }) => [serviceUserId, name.trim()]);
	}

	/** Why a listing of the group that was asked for is not shown; null if all are. */
	failureOf(group: GroupRef): Failure | null {
		return this.#failures.get(groupKey(group)) ?? null;
	}

	/** Names of people whom another answer of this run shows. */
	learnNames(users: readonly UserInfo[]): void {
		for (const user of users) this.learn(user.userId, fullName(user));
	}

	/** What people call a user or a call center; empty if no answer of this run shows it. */
	nameOf(id: string): string {
		return this.#names.get(foldId(id)) ?? '';
	}

	private async once<Entry>(
		read: Map<string, Promise<Listing<Entry>>>,
		group: GroupRef,
		ask: () => Promise<Listing<Entry>>,
		named: (entry: Entry) => readonly [id: string, name: string],
	): Promise<Listing<Entry>> {
		const key = groupKey(group);
		let reply = read.get(key);
		if (reply === undefined) {
			reply = ask();
			read.set(key, reply);
			const listing = await reply;
			if (!listing.ok) this.#failures.set(key, listing.failure);
			else {
				for (const entry of listing.entries) this.learn(...named(entry));
			}
		}
		return await reply;
	}

	private learn(id: string, name: string): void {
		if (name !== '') this.#names.set(foldId(id), name);
	}
}
