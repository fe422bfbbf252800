/**
 * A week of syncs every quarter of an hour, in virtual time: HR's changes, other people's edits at any moment, faults
 * at night, and a run that is killed each night.
 */

import { DEFAULT_LIMITS, DEFAULT_OPTIONS, engineOptions, type Options } from '../../lib/options';
import { type Memory, type RunResult, type Settings, syncRun } from '../../lib/sync';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { median } from '../statistics';
import { Company } from './company';
import { ModelPlatform } from './model-platform';

export interface WeekSize {
	readonly lists: number;
	readonly members: number;
	readonly runs: number;
	/** HR's, before each run. */
	readonly changes: number;
	/** Other people's, in each quarter of an hour. */
	readonly edits: number;
}

export const FULL_WEEK: WeekSize = { lists: 5_000, members: 20, runs: 672, changes: 20, edits: 5 };

export interface WeekFigures {
	readonly readLists: Options['readLists'];
	readonly reads: number;
	readonly writes: number;
	/** Of the runs but the first, which reads everything in any case. */
	readonly requestsPerRun: { readonly median: number; readonly most: number };
	readonly secondsPerRun: { readonly median: number; readonly most: number };
	readonly edits: {
		readonly made: number;
		/** Runs from an edit until the list was seen, at most; of runs that were not killed and could read the list. */
		readonly runsUntilFound: number;
		/** Of all runs. */
		readonly minutesUntilFound: { readonly median: number; readonly most: number };
	};
	/** Lists that differ from the source after a last turn without faults. */
	readonly wrongLists: number;
	readonly wrongRemovals: number;
	readonly memoryBytes: number;
}

const QUARTER = 15 * 60_000;
const REQUESTS_PER_SECOND = 10;
const NIGHTLY = { from: 1, to: 3, killedAt: 3, faults: { unreadable: 0.02, doubtful: 0.05 } };

interface Edit {
	readonly at: number;
	readonly run: number;
	/** Runs since that were killed, or could not read the list. */
	excused: number;
}

export async function runWeek(size: WeekSize, readLists: Options['readLists'], seed: number): Promise<WeekFigures> {
	const week = new Week(size, readLists, seed);
	return await week.run();
}

class Week {
	readonly #clock = new VirtualClock();
	readonly #company: Company;
	readonly #platform: ModelPlatform;
	readonly #settings: Settings;
	readonly #editors: () => number;
	readonly #open = new Map<string, Edit[]>();
	readonly #found: Array<{ readonly runs: number; readonly minutes: number }> = [];
	readonly #perRun: Array<{ readonly requests: number; readonly seconds: number }> = [];
	#memory: Memory | null = null;
	#run = 0;
	#made = 0;
	#isOver = false;

	constructor(
		private readonly size: WeekSize,
		private readonly readLists: Options['readLists'],
		private readonly seed: number,
	) {
		this.#company = new Company(size.lists, size.members, seededRandom(seed));
		this.#editors = seededRandom(seed + 1);
		this.#platform = new ModelPlatform(this.#clock, seededRandom(seed + 2), 1000 / REQUESTS_PER_SECOND);
		const indexes = new Map(this.#company.lists.map((list, index) => [list.userId, index]));
		this.#platform.isWanted = ({ userId }, member) => this.#company.wanted(indexes.get(userId) as number).has(member);
		this.#platform.onRead = ({ userId }, isShown) => this.#seen(userId, isShown);
		this.#settings = {
			...engineOptions({ ...DEFAULT_OPTIONS, readLists }),
			limits: { ...DEFAULT_LIMITS, removalPercentPerList: 100 },
			kind: 'supervisedAgents',
			mode: 'mirror',
			platformUrl: 'https://apio.acme.example/api/v1',
			protectedMembers: [],
			aliases: {},
			lastRun: null,
		};
		for (const [index, list] of this.#company.lists.entries()) {
			const members = this.#platform.members(list);
			for (const id of this.#company.wanted(index)) members.add(id);
		}
	}

	async run(): Promise<WeekFigures> {
		await this.#clock.run(async () => {
			const others = this.#otherPeople();
			while (this.#run < this.size.runs) await this.#quarter();
			this.#isOver = true;
			await others;
		});
		return this.#figures(await this.#clock.run(async () => await this.#wrongAtTheEnd()));
	}

	async #quarter(): Promise<void> {
		const startedAt = this.#clock.now();
		const [day, hour] = [Math.floor(this.#run / 96), (this.#run / 4) % 24];
		this.#company.change(this.size.changes);
		const isFaulty = hour >= NIGHTLY.from && hour < NIGHTLY.to;
		this.#platform.faults = isFaulty ? NIGHTLY.faults : { unreadable: 0, doubtful: 0 };
		const isKilled = hour === NIGHTLY.killedAt;
		const before = this.#platform.reads + this.#platform.writes;
		const killAfter = isKilled ? 1 + Math.floor(seededRandom(this.seed + 3 + day)() * 100) : Infinity;
		this.#run += 1;
		const { status } = await this.#sync(killAfter);
		if (isKilled) for (const edits of this.#open.values()) for (const edit of edits) edit.excused += 1;
		else if (status === 'aborted' || status === 'failed' || status === 'refused')
			throw new Error(`Run ${this.#run} (seed ${this.seed}) ended as ${status}.`);
		const seconds = (this.#clock.now() - startedAt) / 1000;
		this.#perRun.push({ requests: this.#platform.reads + this.#platform.writes - before, seconds });
		await this.#clock.sleep(Math.max(0, QUARTER - (this.#clock.now() - startedAt)));
	}

	/** @param killAfter requests after which the process ends, and with it what it would have remembered */
	async #sync(killAfter: number): Promise<RunResult> {
		const killed = new AbortController();
		let requests = 0;
		this.#platform.onRequest = () => {
			if (++requests > killAfter) killed.abort();
		};
		const settings = { ...this.#settings, memory: JSON.parse(JSON.stringify(this.#memory)) as unknown };
		const result = await syncRun(this.#company.source(), settings, {
			platform: this.#platform,
			clock: this.#clock,
			signal: killed.signal,
			expectedRate: () => REQUESTS_PER_SECOND,
		});
		if (killAfter === Infinity) this.#memory = result.memory ?? this.#memory;
		return result;
	}

	/** At any moment, during runs as well: they put somebody on a list or take somebody off. */
	async #otherPeople(): Promise<void> {
		const any = (count: number) => Math.floor(this.#editors() * count);
		while (!this.#isOver && this.size.edits > 0) {
			await this.#clock.sleep((this.#editors() * 2 * QUARTER) / this.size.edits);
			if (this.#isOver) return;
			const list = this.#company.lists[any(this.size.lists)];
			const members = this.#platform.members(list);
			if (this.#editors() < 0.5) members.add(`stranger${this.#made}@acme.example`);
			else members.delete([...members][any(members.size)]);
			this.#made += 1;
			const edits = this.#open.get(list.userId) ?? [];
			this.#open.set(list.userId, [...edits, { at: this.#clock.now(), run: this.#run, excused: 0 }]);
		}
	}

	#seen(userId: string, isShown: boolean): void {
		const edits = this.#open.get(userId) ?? [];
		if (!isShown) {
			for (const edit of edits) edit.excused += 1;
			return;
		}
		for (const { at, run, excused } of edits)
			this.#found.push({ runs: this.#run - run - excused, minutes: (this.#clock.now() - at) / 60_000 });
		this.#open.delete(userId);
	}

	async #wrongAtTheEnd(): Promise<number> {
		this.#platform.faults = { unreadable: 0, doubtful: 0 };
		for (let turn = 0; turn < (this.readLists === 'all' ? 1 : this.#settings.lookEvery); turn++) {
			this.#run += 1;
			await this.#sync(Infinity);
			await this.#clock.sleep(QUARTER);
		}
		return this.#company.lists.filter((list, index) => {
			const wanted = this.#company.wanted(index);
			const members = this.#platform.members(list);
			return wanted.size !== members.size || [...wanted].some((id) => !members.has(id));
		}).length;
	}

	#figures(wrongLists: number): WeekFigures {
		const { reads, writes, wrongRemovals } = this.#platform;
		const spread = (numbers: readonly number[]) => ({ median: median(numbers), most: Math.max(...numbers) });
		const later = this.#perRun.slice(1);
		return {
			readLists: this.readLists,
			reads,
			writes,
			requestsPerRun: spread(later.map(({ requests }) => requests)),
			secondsPerRun: spread(later.map(({ seconds }) => seconds)),
			edits: {
				made: this.#made,
				runsUntilFound: Math.max(...this.#found.map(({ runs }) => runs)),
				minutesUntilFound: spread(this.#found.map(({ minutes }) => minutes)),
			},
			wrongLists,
			wrongRemovals,
			memoryBytes: this.#memory === null ? 0 : JSON.stringify(this.#memory).length,
		};
	}
}
