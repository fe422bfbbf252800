/** Simulates a scenario in virtual time: the troubled runs, a quiet one, and one more that has nothing left to do. */

import { apioPlatform } from '../../lib/apio/platform';
import type { Transport } from '../../lib/apio/transport';
import {
	RateLimiter,
	rateLimitedTransport,
	rateLimitSettings,
	type RateLimitSettings,
	type RunLimits,
} from '../../lib/rate-limit';
import {
	applyPlanRun,
	planRun,
	removalsToApprove,
	rollBackRun,
	syncRun,
	type Journal,
	type RunResult,
	type RunContext,
} from '../../lib/sync';
import type { Platform } from '../../lib/sync/platform/platform';
import { ApioServer, type WorldState } from '../../simulator';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { ClientClock, type ClockChange } from './client-clock';
import { readBeside } from './neighbour';
import type { Traffic } from './traffic';
import type { Scenario } from './scenario';
import { signedIn } from './sign-in';
import { Wire, type Exchange } from './wire';

export type Operation = 'sync' | 'plan' | 'applyPlan' | 'rollBack';

/** One run of the engine, with everything that its invariants are checked from. */
export interface Run {
	readonly operation: Operation;
	/** `troubled`: with faults, other hands and interruptions. `quiet`: with nothing of that. */
	readonly phase: 'troubled' | 'quiet';
	readonly exchanges: readonly Exchange[];
	/** Null where the run was killed. */
	readonly result: RunResult | null;
	/** Roll back only. */
	readonly journal: Journal | null;
	/** Order number of the cancellation on the wire; null where there was none. */
	readonly cancelledAt: number | null;
	/** Milliseconds since the epoch. */
	readonly from: number;
	readonly to: number;
	readonly before: WorldState;
	/** Everything the run handed to the outside while it ran. */
	readonly secrets: ReadonlySet<string>;
	/** What went wrong in a way that no run may: an exception, no end. */
	readonly broken: string | null;
}

export interface Simulation {
	readonly scenario: Scenario;
	readonly server: ApioServer;
	readonly runs: readonly Run[];
	/** Of every run and neighbour, oldest first. */
	readonly traffic: readonly Traffic[];
	readonly clockChanges: readonly ClockChange[];
}

/** Breaks the client on purpose, to prove that the invariants see it. */
export interface Sabotage {
	readonly transport?: (honest: Transport) => Transport;
	readonly platform?: (honest: Platform) => Platform;
	readonly result?: (honest: RunResult) => RunResult;
	readonly rateLimit?: (honest: Partial<RateLimitSettings>) => Partial<RateLimitSettings>;
	/** Hides the cancellation from the client. */
	readonly deaf?: boolean;
}

/** No run may take longer than this of virtual time: every wait inside it has a limit of minutes. */
const LONGEST_RUN_MS = 12 * 3_600_000;

/** No small world needs so many requests, however often each of them fails. */
const MOST_REQUESTS = 4_000;

/** After so long even the latest platform has carried out what it was sent. */
const SETTLING_MS = 200_000;

export async function simulate(scenario: Scenario, sabotage: Sabotage = {}): Promise<Simulation> {
	const clock = new VirtualClock(Date.UTC(2026, 0, 5, 2));
	const server = new ApioServer({ world: scenario.world, settings: scenario.simulator });
	const simulated = new SimulatedRuns(scenario, sabotage, clock, server);
	return await clock.run(async () => {
		const runs = await simulated.all();
		return { scenario, server, runs, traffic: simulated.traffic, clockChanges: simulated.clientClock.changes };
	});
}

class SimulatedRuns {
	readonly traffic: Traffic[] = [];
	readonly clientClock: ClientClock;
	readonly #runs: Run[] = [];
	readonly #random;
	#events = 0;
	#process = 0;
	/** A process has one rate limiter per platform, which lives until it is killed. */
	#limiter: RateLimiter;

	constructor(
		private readonly scenario: Scenario,
		private readonly sabotage: Sabotage,
		private readonly clock: VirtualClock,
		private readonly server: ApioServer,
	) {
		this.#random = seededRandom(scenario.seed + 1);
		this.clientClock = new ClientClock(clock);
		this.#limiter = this.newRateLimiter();
	}

	async all(): Promise<Run[]> {
		const { chance, script, edits, path, clock: changes } = this.scenario;
		this.server.setFaults({ rules: [...script], ...(chance ? { chance } : {}) });
		for (const { afterMs, edit } of edits) this.clock.after(afterMs, () => this.meddle(edit));
		for (const { afterMs, byMs } of changes) this.clock.after(afterMs, () => this.clientClock.put(byMs));
		const first = await this.interrupted(path);
		if (first.result === null) {
			// A killed process is started anew, and the trouble goes on.
			this.#limiter = this.newRateLimiter();
			await this.sync('troubled', null, null);
		}
		await this.clock.sleep(SETTLING_MS);
		this.server.setFaults({});
		this.server.setSettings({ quota: null, latencyMs: 0, latencyJitterMs: 0 });
		this.#limiter = this.newRateLimiter();
		await this.sync('quiet', null, null);
		await this.sync('quiet', null, null);
		return this.#runs;
	}

	private async interrupted(path: Scenario['path']): Promise<Run> {
		const { cancel, kill } = this.scenario;
		if (path === 'planAndApply') {
			const planned = await this.run(
				'plan',
				'troubled',
				null,
				null,
				null,
				async (around) => await planRun(this.source, this.settings, around),
			);
			const plan = planned.result?.plan ?? null;
			if (plan === null) return planned;
			await this.clock.sleep(120_000 * this.#random());
			// From the text, as an approval hands it over.
			const json = JSON.stringify(plan);
			const approval = { planHash: plan.hash, removals: removalsToApprove(plan) };
			return await this.run(
				'applyPlan',
				'troubled',
				cancel,
				kill,
				null,
				async (around) => await applyPlanRun(json, approval, this.settings, around),
			);
		}
		if (path === 'syncAndRollBack') {
			const { result } = await this.sync('troubled', null, null);
			const journal = result?.journal ?? null;
			if (journal !== null) {
				await this.clock.sleep(60_000 * this.#random());
				const json = JSON.stringify(journal);
				return await this.run(
					'rollBack',
					'troubled',
					cancel,
					kill,
					journal,
					async (around) => await rollBackRun(json, this.settings, around),
				);
			}
		}
		return await this.sync('troubled', cancel, kill);
	}

	private async sync(phase: Run['phase'], cancel: Scenario['cancel'], kill: Scenario['kill']): Promise<Run> {
		return await this.run(
			'sync',
			phase,
			cancel,
			kill,
			null,
			async (around) => await syncRun(this.source, this.settings, around),
		);
	}

	private async run(
		operation: Operation,
		phase: Run['phase'],
		cancel: Scenario['cancel'],
		kill: Scenario['kill'],
		journal: Journal | null,
		body: (around: RunContext) => Promise<RunResult>,
	): Promise<Run> {
		const { clock, clientClock, server, scenario, sabotage } = this;
		const troubled = phase === 'troubled';
		let died: () => void = () => undefined;
		const death = new Promise<'killed'>((resolve) => {
			died = () => resolve('killed');
		});
		const closedPort = () => troubled && this.#random() < scenario.closedPort;
		const wire = new Wire(server, clock, kill, closedPort, died, this.tick);
		const neighbouring = new Wire(server, clock, null, closedPort, died, this.tick);
		const cancelling = new AbortController();
		const abort = () => {
			if (!cancelling.signal.aborted) wire.cancelledAt = wire.tick();
			wire.losesSight();
			cancelling.abort();
		};
		let tooMuch: () => void = () => undefined;
		const endless = new Promise<'endless'>((resolve) => {
			tooMuch = () => resolve('endless');
		});
		wire.onSent = (count) => {
			if (count > MOST_REQUESTS) {
				wire.dead = true;
				tooMuch();
			}
			if (count === cancel?.request) clock.after(cancel.afterMs, abort);
		};
		const echoes = () => troubled && this.#random() < scenario.echo;
		const signal = sabotage.deaf ? undefined : cancelling.signal;
		const { transport, secrets } = signedIn({
			server,
			clock,
			clientClock,
			wire,
			method: scenario.signIn,
			timeoutMs: scenario.timeoutMs,
			signal,
			echoes,
		});
		const limited = rateLimitedTransport(
			troubled && sabotage.transport ? sabotage.transport(transport) : transport,
			this.#limiter,
			{ signal },
		);
		const platform = apioPlatform(limited);
		const around: RunContext = {
			platform: troubled && sabotage.platform ? sabotage.platform(platform) : platform,
			clock: clientClock,
			signal,
			expectedRate: () => limited.run.expectedRate(),
		};
		const before = server.state();
		const from = clock.now();
		const leaving = new AbortController();
		const neighbour = troubled ? this.besides(neighbouring, leaving.signal) : null;
		const late = clock.sleep(LONGEST_RUN_MS).then(() => 'late' as const);
		const end = await Promise.race([body(around), death, endless, late]).catch((error: unknown) =>
			String((error as Error).stack ?? error),
		);
		const result = typeof end === 'object' ? end : null;
		const run: Run = {
			operation,
			phase,
			exchanges: wire.exchanges,
			result: result && troubled && sabotage.result ? sabotage.result(result) : result,
			journal,
			cancelledAt: wire.cancelledAt,
			from,
			to: clock.now(),
			before,
			secrets,
			broken: typeof end === 'string' && end !== 'killed' ? end : null,
		};
		// What a killed process still had under way in the client never goes on.
		wire.dead ||= result === null;
		neighbouring.dead = wire.dead;
		leaving.abort();
		if (!wire.dead) await neighbour;
		this.note(wire, this.scenario.rateLimit);
		if (neighbour) this.note(neighbouring, this.scenario.neighbour?.limits);
		this.#runs.push(run);
		return run;
	}

	/** What the neighbour does meanwhile, where there is one. */
	private besides(wire: Wire, signal: AbortSignal): Promise<void> | null {
		const { neighbour, timeoutMs, source } = this.scenario;
		if (neighbour === null || source.rows.length === 0) return null;
		return readBeside({
			neighbour,
			wire,
			limiter: this.#limiter,
			timeoutMs,
			sabotage: this.sabotage.transport,
			lists: source.rows.map(({ list }) => list),
			signal,
		});
	}

	private note({ transmissions, lostSightAt }: Wire, given: Partial<RunLimits> = {}): void {
		const { maxRate, concurrency } = rateLimitSettings(given);
		this.traffic.push({ process: this.#process, maxRate, concurrency, transmissions, lostSightAt });
	}

	private readonly tick = (): number => ++this.#events;

	private get source() {
		return this.scenario.source;
	}

	private get settings() {
		return this.scenario.settings;
	}

	private newRateLimiter(): RateLimiter {
		this.#process += 1;
		const { rateLimit } = this.scenario;
		return new RateLimiter(this.sabotage.rateLimit?.(rateLimit) ?? rateLimit, this.clientClock, this.#random);
	}

	private meddle(edit: Parameters<ApioServer['edit']>[0]): void {
		try {
			this.server.edit(edit, this.clock.now());
		} catch {
			// Somebody wanted to add an agent who had left the call center meanwhile: the portal refuses that as well.
		}
	}
}
