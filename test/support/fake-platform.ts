import type { Clock } from '../../lib/clock';
import type { ListRef } from '../../lib/sync/model/list';
import { foldId, KINDS, listKey } from '../../lib/sync/model/list';
import type {
	CallCenterInfo,
	Failure,
	FailureKind,
	Listing,
	Platform,
	ReadResult,
	UserInfo,
	WriteResult,
} from '../../lib/sync/platform/platform';

type ListingName = 'users' | 'callCenters' | 'supervisors' | 'agents';
export type Asked = 'read' | 'joinable' | ListingName | 'replace' | 'add' | 'remove';

/** One request as it arrived, in the order of arrival. */
export interface Arrival {
	readonly index: number;
	readonly asked: Asked;
	readonly ref: ListRef | null;
	readonly members: readonly string[];
	/** Whether the platform carried it out, whatever it answered. */
	applied: boolean;
}

/**
 * What goes wrong with a request.
 * - `doubtBefore`, `doubtAfter`: no clear answer; not applied, or applied all the same.
 * - `partial`: 207; only the first half of the changes is applied.
 * - `noList`: applied, but the answer carries no list.
 * - `throws`: the platform breaks its own contract.
 * - otherwise: that failure, nothing applied.
 */
export type Fault = Exclude<FailureKind, 'doubt'> | 'doubtBefore' | 'doubtAfter' | 'partial' | 'noList' | 'throws';

/** Where the documentation is silent: a refusal of the whole request, no effect, or a 207. */
export type Manner = 'refuse' | 'ignore' | 'partial';

type Reply = ReadResult | WriteResult | Listing<unknown>;

/** An in-memory platform with all that can go wrong, for testing the engine without HTTP. */
export class FakePlatform implements Platform {
	readonly arrivals: Arrival[] = [];
	/** Folded ids that the platform knows; anybody where empty. */
	readonly known = new Map<string, string>();
	/** What it shows of a user beside the id, by folded id. */
	readonly details = new Map<string, Partial<UserInfo>>();
	/** Folded ids that it refuses to add or to remove. */
	readonly stubborn = new Set<string>();
	/** What an agent may join, by list key; everything where it has no entry. */
	readonly mayJoin = new Map<string, string[]>();
	/** The call centers of the group, and by folded id who supervises and answers there; null: not offered. */
	groupCallCenters: CallCenterInfo[] = [];
	callCenterSupervisors: Map<string, string[]> | null = null;
	readonly callCenterAgents = new Map<string, string[]>();
	unknownIds: Manner = 'refuse';
	alreadyThere: Manner = 'ignore';
	latency = 0;
	fault: (arrival: Arrival) => Fault | null = () => null;
	/** Somebody else's hands: called before a request is carried out, and before it is answered. */
	meanwhile: (arrival: Arrival, moment: 'arrived' | 'done') => void = () => undefined;
	readonly #lists = new Map<string, Map<string, string>>();
	/** Everybody's call centers exist unasked, where prerequisites are not what a test is about. */
	emptyWhereAbsent = false;

	constructor(private readonly clock: Clock) {}

	set(ref: ListRef, members: readonly string[]): void {
		this.#lists.set(listKey(ref), new Map(members.map((id) => [foldId(id), id])));
	}

	members(ref: ListRef): string[] {
		return [...(this.#lists.get(listKey(ref))?.values() ?? [])];
	}

	folded(ref: ListRef): string[] {
		return [...(this.#lists.get(listKey(ref))?.keys() ?? [])].sort();
	}

	drop(ref: ListRef): void {
		this.#lists.delete(listKey(ref));
	}

	know(ids: readonly string[]): void {
		for (const id of ids) this.known.set(foldId(id), id);
	}

	/** Everything, to compare two states. */
	state(): string {
		return JSON.stringify([...this.#lists].map(([key, members]) => [key, [...members.keys()].sort()]).sort());
	}

	count(...asked: Asked[]): number {
		return this.arrivals.filter((arrival) => asked.includes(arrival.asked)).length;
	}

	get writes(): number {
		return this.count('replace', 'add', 'remove');
	}

	get reads(): number {
		return this.count('read', 'joinable', 'users', 'callCenters', 'supervisors', 'agents');
	}

	async read(ref: ListRef): Promise<ReadResult> {
		return await this.answer('read', ref, [], () => this.listAnswer(ref));
	}

	async joinable(ref: ListRef): Promise<ReadResult> {
		return await this.answer('joinable', ref, [], () => {
			const joinable = this.mayJoin.get(listKey(ref)) ?? [...this.known.values()];
			return this.#lists.has(listKey(ref)) ? { ok: true, members: joinable } : failed('missing');
		});
	}

	async users(): Promise<Listing<UserInfo>> {
		return await this.answer('users', null, [], () =>
			listing([...this.known.values()].map((id) => ({ ...userInfo(id), ...this.details.get(foldId(id)) }))),
		);
	}

	async callCenters(): Promise<Listing<CallCenterInfo>> {
		return await this.answer('callCenters', null, [], () => listing(this.groupCallCenters));
	}

	async supervisors(_tenantId: string, _groupId: string, callCenterId: string): Promise<Listing<UserInfo>> {
		const ids = this.callCenterSupervisors?.get(foldId(callCenterId));
		return await this.answer('supervisors', null, [], () => (ids ? listing(ids.map(userInfo)) : failed('missing')));
	}

	async agents(_tenantId: string, _groupId: string, callCenterId: string): Promise<Listing<UserInfo>> {
		const ids = this.callCenterAgents.get(foldId(callCenterId));
		return await this.answer('agents', null, [], () => (ids ? listing(ids.map(userInfo)) : failed('missing')));
	}

	async replace(ref: ListRef, members: readonly string[]): Promise<WriteResult> {
		return await this.answer('replace', ref, members, (ids) => {
			const list = this.#lists.get(listKey(ref));
			if (list === undefined) return failed('missing');
			const target = new Map(ids.map((id) => [foldId(id), id]));
			const strange = [...target.keys()].filter((id) => !list.has(id) && !this.acceptable(id));
			const kept = [...list.keys()].filter((id) => !target.has(id) && this.stubborn.has(id));
			if (strange.length + kept.length > 0 && this.unknownIds === 'refuse') return failed('refused');
			const before = new Map(list);
			list.clear();
			for (const [folded, id] of target)
				if (!strange.includes(folded)) list.set(folded, before.get(folded) ?? this.spelling(id));
			for (const folded of kept) list.set(folded, before.get(folded) ?? folded);
			return this.written(ref, strange.length + kept.length > 0);
		});
	}

	async add(ref: ListRef, members: readonly string[]): Promise<WriteResult> {
		return await this.answer('add', ref, members, (ids) => {
			const list = this.#lists.get(listKey(ref));
			if (list === undefined) return failed('missing');
			const strange = ids.map(foldId).filter((id) => !this.acceptable(id));
			const twice = ids.map(foldId).filter((id) => list.has(id));
			if (this.turnsDown(strange, twice)) return failed('refused');
			for (const id of ids)
				if (this.acceptable(foldId(id)) && !list.has(foldId(id))) list.set(foldId(id), this.spelling(id));
			return this.written(ref, strange.length > 0);
		});
	}

	async remove(ref: ListRef, members: readonly string[]): Promise<WriteResult> {
		return await this.answer('remove', ref, members, (ids) => {
			const list = this.#lists.get(listKey(ref));
			if (list === undefined) return failed('missing');
			const strange = ids.map(foldId).filter((id) => this.stubborn.has(id));
			const absent = ids.map(foldId).filter((id) => !list.has(id));
			if (this.turnsDown(strange, absent)) return failed('refused');
			for (const id of ids) if (!this.stubborn.has(foldId(id))) list.delete(foldId(id));
			return this.written(ref, strange.length > 0);
		});
	}

	private turnsDown(strange: readonly string[], already: readonly string[]): boolean {
		return (
			(strange.length > 0 && this.unknownIds === 'refuse') || (already.length > 0 && this.alreadyThere === 'refuse')
		);
	}

	private acceptable(folded: string): boolean {
		return !this.stubborn.has(folded) && (this.known.size === 0 || this.known.has(folded));
	}

	private spelling(id: string): string {
		return this.known.get(foldId(id)) ?? id;
	}

	private listAnswer(ref: ListRef): ReadResult {
		const list = this.#lists.get(listKey(ref));
		if (list !== undefined) return { ok: true, members: [...list.values()] };
		return this.emptyWhereAbsent ? { ok: true, members: [] } : failed('missing');
	}

	private written(ref: ListRef, partly: boolean): WriteResult {
		if (partly && this.unknownIds === 'partial') return failed('doubt', 207);
		return { ok: true, members: KINDS[ref.kind].answersWithList ? this.members(ref) : null };
	}

	private async answer<Result extends Reply>(
		asked: Asked,
		ref: ListRef | null,
		members: readonly string[],
		carryOut: (members: readonly string[]) => Result,
	): Promise<Result | { ok: false; failure: Failure }> {
		const arrival: Arrival = { index: this.arrivals.length, asked, ref, members: [...members], applied: false };
		this.arrivals.push(arrival);
		await (this.latency > 0 ? this.clock.sleep(this.latency) : Promise.resolve());
		this.meanwhile(arrival, 'arrived');
		const fault = this.fault(arrival);
		const result = this.withFault(fault, arrival, members, carryOut);
		this.meanwhile(arrival, 'done');
		if (fault === 'throws') throw new Error('the platform broke');
		return result;
	}

	/** The entries of a request of which only the first half of the changes succeeds. */
	private half({ asked, ref, members }: Arrival): string[] {
		const half = <Entry>(entries: readonly Entry[]): Entry[] => entries.slice(0, Math.ceil(entries.length / 2));
		if (asked !== 'replace' || ref === null) return half(members);
		const live = new Map(this.members(ref).map((id) => [foldId(id), id]));
		const target = new Set(members.map(foldId));
		const adds = members.filter((id) => !live.has(foldId(id)));
		const removes = half([...live.keys()].filter((id) => !target.has(id)));
		return [...[...live].filter(([folded]) => !removes.includes(folded)).map(([, id]) => id), ...half(adds)];
	}

	private withFault<Result extends Reply>(
		fault: Fault | null,
		arrival: Arrival,
		members: readonly string[],
		carryOut: (members: readonly string[]) => Result,
	): Result | { ok: false; failure: Failure } {
		const done = (ids: readonly string[]): Result => {
			const result = carryOut(ids);
			arrival.applied = result.ok || result.failure.kind === 'doubt';
			return result;
		};
		switch (fault) {
			case null:
				return done(members);
			case 'doubtAfter':
			case 'throws':
				done(members);
				return failed('doubt');
			case 'doubtBefore':
				return failed('doubt');
			case 'partial':
				done(this.half(arrival));
				return failed('doubt', 207);
			case 'noList': {
				const result = done(members);
				return result.ok ? ({ ...result, members: null } as Result) : result;
			}
			default:
				return failed(fault);
		}
	}
}

function failed(kind: FailureKind, status: number | null = null): { ok: false; failure: Failure } {
	return { ok: false, failure: { kind, code: `fake-${kind}`, status, message: `The fake platform says ${kind}.` } };
}

function listing<Entry>(entries: Entry[]): Listing<Entry> {
	return { ok: true, entries };
}

function userInfo(userId: string): UserInfo {
	return { userId, firstName: '', lastName: '', phoneNumber: '', extension: '', emailAddress: '' };
}
