/** What a poll makes of two states: one thing at a time, and histories with all of them. */

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { foldId } from '../../lib/sync';
import {
	comparePoll,
	emptyPollState,
	namesIn,
	readPollState,
	rememberedCount,
	subjectKey,
	type Change,
	type Entry,
	type Observation,
	type Observed,
	type Subject,
	type PollState,
} from '../../lib/watch';

const PLATFORM = 'https://apio.example/api/v1';

function list(userId: string, kind: Subject['kind'] = 'supervisedAgents'): Subject {
	return { kind, tenantId: 't', groupId: 'g', userId, callCenterId: 'sales' };
}

function shows(subject: Subject, ids: readonly (string | Entry)[], chosen = true): Observed {
	const entries = ids.map((id): Entry => (typeof id === 'string' ? [id, ''] : id));
	return { subject, chosen, observation: { kind: 'read', entries } };
}

function summaries(changes: readonly Change[]): string[] {
	return changes.map(({ kind, entry, from, to }) =>
		[kind, entry?.[0], from, to].filter((part) => part !== null && part !== undefined).join(' '),
	);
}

const absent = (reason: 'missing' | 'forbidden' | 'notListed'): Observation => ({ kind: 'absent', reason });
const UNREAD: Observation = { kind: 'unread' };

describe('one list', () => {
	const an = list('an');
	const baseline = comparePoll(emptyPollState(PLATFORM), [shows(an, ['jan', 'els'])], 1_000).state;

	it('is compared without regard to case, order and repeats', () => {
		expect(comparePoll(baseline, [shows(an, ['ELS', 'jan', 'Jan'])], 2_000).changes).toEqual([]);
	});

	it('keeps the time of the poll before', () => {
		const { changes } = comparePoll(baseline, [shows(an, ['jan'])], 2_000);
		expect(changes).toMatchObject([{ kind: 'left', previousPollAt: 1_000, detectedAt: 2_000 }]);
	});

	it('is forgotten once it is no longer watched', () => {
		expect(comparePoll(baseline, [], 2_000).state.lists).toEqual([]);
	});

	it('knows the name of whoever left', () => {
		const { state } = comparePoll(emptyPollState(PLATFORM), [shows(an, [['Jan', 'Jan Peeters']])], 1_000);
		expect(namesIn([state]).get('jan')).toBe('Jan Peeters');
	});

	it('is reported as vanished once, and stays remembered for 30 days where the call center no longer has it', () => {
		const gone = { ...shows(an, [], false), observation: absent('notListed') };
		const first = comparePoll(baseline, [gone], 2_000);
		expect(summaries(first.changes)).toEqual(['listVanished']);
		expect(first.changes[0].reason).toBe('notListed');
		expect(comparePoll(first.state, [gone], 3_000)).toMatchObject({ changes: [], state: first.state });
		const later = comparePoll(first.state, [gone], 2_001 + 30 * 24 * 3_600_000);
		expect(later).toMatchObject({ changes: [], state: { lists: [] } });
	});

	it.each(['missing', 'forbidden'] as const)('that is %s stays remembered for as long as it is watched', (reason) => {
		const hidden = { ...shows(an, [], false), observation: absent(reason) };
		const first = comparePoll(baseline, [hidden], 2_000);
		const later = comparePoll(first.state, [hidden], 2_001 + 30 * 24 * 3_600_000);
		expect(later).toMatchObject({ changes: [], state: first.state });
	});

	it('that is new was empty before', () => {
		const fresh = { ...shows(list('lea'), ['tom'], false), newSince: 1_500 };
		const { changes } = comparePoll(baseline, [shows(an, ['jan', 'els']), fresh], 2_000);
		expect(changes).toMatchObject([{ kind: 'joined', previousPollAt: 1_500, detectedAt: 2_000 }]);
	});

	it.each([absent('missing'), UNREAD])(
		'that is new and cannot be read yet (%j) is reported as a whole later',
		(first) => {
			const fresh = { ...shows(list('lea'), [], false), observation: first, newSince: 1_500 };
			const { changes, state } = comparePoll(baseline, [shows(an, ['jan', 'els']), fresh], 2_000);
			expect(changes).toEqual([]);
			const next = comparePoll(state, [shows(an, ['jan', 'els']), shows(list('lea'), ['tom', 'eva'], false)], 3_000);
			expect(next.changes).toMatchObject([
				{ kind: 'joined', entry: ['tom', ''], previousPollAt: 1_500, detectedAt: 3_000 },
				{ kind: 'joined', entry: ['eva', ''], previousPollAt: 1_500, detectedAt: 3_000 },
			]);
		},
	);

	it('that was never there begins with a baseline when it comes', () => {
		const other = list('lea');
		const hidden = { ...shows(other, [], false), observation: absent('forbidden') };
		const first = comparePoll(baseline, [shows(an, ['jan', 'els']), hidden], 2_000);
		expect(summaries(first.changes)).toEqual(['listVanished']);
		const second = comparePoll(first.state, [shows(an, ['jan', 'els']), shows(other, ['tom'], false)], 3_000);
		expect(summaries(second.changes)).toEqual(['listReturned']);
	});

	it('has no baseline where it is chosen, and missing or unread from the beginning', () => {
		for (const observation of [absent('missing'), UNREAD]) {
			const one = { subject: an, chosen: true, observation };
			expect(comparePoll(emptyPollState(PLATFORM), [one], 1_000).withoutBaseline).toEqual([one]);
		}
	});
});

describe('an availability', () => {
	const jan = list('jan', 'availability');

	it('has the state before and after', () => {
		const first = comparePoll(
			emptyPollState(PLATFORM),
			[
				shows(jan, [
					['', 'Available'],
					['sales', 'available'],
				]),
			],
			1_000,
		);
		const { changes } = comparePoll(
			first.state,
			[
				shows(jan, [
					['', 'Sign-Out'],
					['support', 'unavailable'],
				]),
			],
			2_000,
		);
		expect(summaries(changes)).toEqual([
			'availabilityChanged sales available',
			'availabilityChanged support unavailable',
			'availabilityChanged  Available Sign-Out',
		]);
		expect(changes.map(({ from, to }) => [from, to])).toEqual([
			['available', null],
			[null, 'unavailable'],
			['Available', 'Sign-Out'],
		]);
	});
});

describe('the poll state', () => {
	it('survives storing, and is none for another platform or in another form', () => {
		const { state } = comparePoll(emptyPollState(PLATFORM), [shows(list('an'), ['jan'])], 1_000);
		expect(readPollState(JSON.parse(JSON.stringify(state)), PLATFORM)).toEqual(state);
		expect(readPollState(state, 'https://other.example')).toEqual(emptyPollState('https://other.example'));
		expect(readPollState(undefined, PLATFORM)).toEqual(emptyPollState(PLATFORM));
		expect(readPollState({ version: 2 }, PLATFORM)).toBeNull();
		expect(rememberedCount(state)).toBe(1);
	});
});

/** What happens to one list between two polls, and how the next poll sees it. */
const SEEN = ['read', 'read', 'read', 'missing', 'forbidden', 'unread'] as const;

const step = fc.record({
	/** Per list: the members now. */
	lists: fc.tuple(...[0, 1, 2].map(() => fc.subarray(['a', 'B', 'c', 'D', 'e', 'f', 'g']))),
	states: fc.tuple(...[0, 1].map(() => fc.constantFrom('Available', 'Unavailable', 'Sign-Out'))),
	seen: fc.array(fc.constantFrom(...SEEN), { minLength: 4, maxLength: 4 }),
	/** n8n stores nothing of a poll that fails as a whole, or whose n8n is killed before. */
	lost: fc.boolean(),
	/** n8n starts again and reads what it stored. */
	restart: fc.boolean(),
	mostChanges: fc.constantFrom(1, 2, 3, 1_000),
});

const LISTS = [list('an'), list('lea'), list('Jan', 'agentCallCenters')];
const STATE = list('jan', 'availability');

describe('any history', () => {
	it('hands over each change that lasts exactly once in net effect', () => {
		fc.assert(fc.property(fc.array(step, { minLength: 2, maxLength: 25 }), playHistory), { numRuns: 1_000 });
	});
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function playHistory(steps: Step[]): void {
	const follower = new Follower();
	const first = worldOf(steps[0]);
	let stored = comparePoll(
		emptyPollState(PLATFORM),
		first.map(({ subject, entries }) => shows(subject, entries)),
		0,
	).state;
	follower.takeBaseline(stored);
	let inProcess = stored;
	for (const [index, one] of steps.entries()) {
		const world = worldOf(one);
		const observed = world.map(({ subject, entries }, n): Observed => {
			const seen = one.seen[n];
			if (seen === 'read') return shows(subject, entries);
			return { subject, chosen: true, observation: seen === 'unread' ? UNREAD : absent(seen) };
		});
		if (one.restart) inProcess = copy(stored);
		const { state, changes } = comparePoll(inProcess, observed, index + 1, one.mostChanges);
		must(changes.length <= one.mostChanges);
		if (one.lost) continue;
		inProcess = copy(state);
		// n8n stores the poll state together with the execution that it starts, and not where there is none.
		if (changes.length > 0) stored = inProcess;
		follower.follow(changes);
	}
	settle(follower, inProcess, worldOf(steps[steps.length - 1]));
}

/** Polls that work, until no change is reported: then whoever followed the changes knows the platform as it is. */
function settle(follower: Follower, state: PollState, world: ReturnType<typeof worldOf>): void {
	const observed = world.map(({ subject, entries }) => shows(subject, entries));
	for (let polls = 0; ; polls++) {
		const compared = comparePoll(state, observed, 1_000 + polls, 3);
		if (compared.changes.length === 0) break;
		follower.follow(compared.changes);
		state = copy(compared.state);
		must(polls < 100);
	}
	for (const { subject, entries } of world) expect(follower.of(subject)).toEqual(asMap(entries));
	expect(follower.absent.size).toBe(0);
}

function worldOf({ lists, states }: Step): Array<{ subject: Subject; entries: Entry[] }> {
	const members = LISTS.map((subject, n) => ({ subject, entries: (lists[n] ?? []).map((id): Entry => [id, '']) }));
	const entries: Entry[] = [
		['', states[0]],
		['sales', states[1]],
	];
	return [...members, { subject: STATE, entries }];
}

function copy(state: PollState): PollState {
	return readPollState(JSON.parse(JSON.stringify(state)), PLATFORM) as PollState;
}

function asMap(entries: readonly Entry[]): Map<string, string> {
	return new Map(entries.map(([id, value]) => [foldId(id), value]));
}

/** Somebody who knows the baseline, and then only what is handed over; a change that cannot be is a fault. */
class Follower {
	readonly absent = new Set<string>();
	readonly #lists = new Map<string, Map<string, string>>();

	takeBaseline({ lists }: PollState): void {
		for (const { subject, entries } of lists) this.#lists.set(subjectKey(subject), asMap(entries ?? []));
	}

	of(subject: Subject): Map<string, string> {
		return this.#lists.get(subjectKey(subject)) ?? new Map<string, string>();
	}

	follow(changes: readonly Change[]): void {
		for (const change of changes) this.#apply(change);
	}

	#apply({ kind, subject, entry, from, to }: Change): void {
		const key = subjectKey(subject);
		const entries = this.of(subject);
		const [id, value] = [foldId(entry?.[0] ?? ''), entry?.[1] ?? ''];
		switch (kind) {
			case 'listVanished':
				must(!this.absent.has(key));
				this.absent.add(key);
				return;
			case 'listReturned':
				must(this.absent.delete(key));
				return;
			case 'joined':
				must(!entries.has(id));
				entries.set(id, value);
				return;
			case 'left':
				must(entries.delete(id));
				return;
			case 'availabilityChanged':
				must((entries.get(id) ?? null) === from);
				must(from !== to);
				if (to === null) entries.delete(id);
				else entries.set(id, to);
		}
	}
}

/** As `expect`, which is slow in the many steps of a history. */
function must(holds: boolean): void {
	if (!holds) throw new Error('An impossible change was reported.');
}
