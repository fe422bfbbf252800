/** Lists in memory behind a rate limit, with faults and other people, in virtual time. */

import type { Clock, Random } from '../../lib/clock';
import type { Failure, FailureKind, Platform, ReadResult, SourceRow, WriteResult } from '../../lib/sync';

type List = SourceRow['list'];
type Answer = { ok: true; members: string[] } | { ok: false; failure: Failure };

/** Faults as the engine sees them, after the rate limiter has tried again: share of the requests. */
export interface FaultShares {
	/** Reads without an answer. */
	readonly unreadable: number;
	/** Writes without an answer; half of them were applied. */
	readonly doubtful: number;
}

const NO_FAULTS: FaultShares = { unreadable: 0, doubtful: 0 };

export class ModelPlatform implements Platform {
	reads = 0;
	writes = 0;
	/** Removals of people whom the source wants there. */
	wrongRemovals = 0;
	faults = NO_FAULTS;
	/** Called with each answer that shows a list, and each read that does not. */
	onRead: (list: List, isShown: boolean) => void = () => undefined;
	/** Called with each request before it is carried out. */
	onRequest: () => void = () => undefined;
	isWanted: (list: List, member: string) => boolean = () => false;
	readonly #lists = new Map<string, Set<string>>();
	#nextTurn = 0;

	/** @param millisecondsEach between two requests: what the rate limit comes to */
	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
		private readonly millisecondsEach: number,
	) {}

	/** Its members; whoever changes them here is somebody else. */
	members({ userId }: List): Set<string> {
		const known = this.#lists.get(userId);
		if (known !== undefined) return known;
		const members = new Set<string>();
		this.#lists.set(userId, members);
		return members;
	}

	async read(list: List): Promise<ReadResult> {
		await this.#turn();
		this.reads += 1;
		const isShown = this.random() >= this.faults.unreadable;
		this.onRead(list, isShown);
		return isShown ? this.#shown(list) : failed('unavailable');
	}

	async add(list: List, ids: readonly string[]): Promise<WriteResult> {
		return await this.#write(list, (members) => {
			for (const id of ids) members.add(id);
		});
	}

	async remove(list: List, ids: readonly string[]): Promise<WriteResult> {
		return await this.#write(list, (members) => {
			for (const id of ids) this.#remove(list, members, id);
		});
	}

	async replace(list: List, ids: readonly string[]): Promise<WriteResult> {
		return await this.#write(list, (members) => {
			const target = new Set(ids);
			for (const id of members) if (!target.has(id)) this.#remove(list, members, id);
			for (const id of ids) members.add(id);
		});
	}

	async joinable(): Promise<never> {
		throw new Error('Only for call centers of agents.');
	}

	async users(): Promise<never> {
		throw new Error('Nobody is looked up here.');
	}

	callCenters = this.users;
	supervisors = this.users;
	agents = this.users;

	async #write(list: List, apply: (members: Set<string>) => void): Promise<WriteResult> {
		await this.#turn();
		this.writes += 1;
		const isDoubtful = this.random() < this.faults.doubtful;
		if (!isDoubtful || this.random() < 0.5) apply(this.members(list));
		if (isDoubtful) return failed('doubt');
		this.onRead(list, true);
		return this.#shown(list);
	}

	#remove(list: List, members: Set<string>, id: string): void {
		if (this.isWanted(list, id)) this.wrongRemovals += 1;
		members.delete(id);
	}

	#shown(list: List): Answer & { ok: true } {
		return { ok: true, members: [...this.members(list)] };
	}

	async #turn(): Promise<void> {
		this.onRequest();
		const now = this.clock.now();
		const turn = Math.max(now, this.#nextTurn);
		this.#nextTurn = turn + this.millisecondsEach;
		await this.clock.sleep(turn - now);
	}
}

function failed(kind: FailureKind): { ok: false; failure: Failure } {
	return { ok: false, failure: { kind, code: kind, status: null, message: `The model answers: ${kind}.` } };
}
