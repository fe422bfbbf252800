import type { HttpAnswer, HttpReply, HttpRequest } from '../apio';
import type { Clock, Random } from '../clock';
import { platformDown, retryAfterTooLong, type Stop } from '../stop';
import { Announcement } from './announcement';
import { Breaker } from './breaker';
import { Gate } from './gate';
import { Rate } from './rate';
import { rateLimitState } from './rate-limit-headers';
import { retryAfterMs } from './retry-after';
import { LimitsInForce, runLimits, type RunLimits } from './run-limits';
import { pacerSettings, type PacerSettings } from './settings';
import { SteadyTime } from './steady-time';
import { ThrottlePause } from './throttle-pause';
import { Turnstile } from './turnstile';
import { verdictOn, type Verdict } from './verdict';
import { untilAborted } from './waiting';

/** A reply, what it means, and the milliseconds it took. */
export interface Sent {
	readonly reply: HttpReply;
	readonly verdict: Verdict;
	readonly tookMs: number;
	/** Set where what the platform said must end the run. */
	readonly stop: Stop | null;
}

/** Whose request it is: a run, as far as the pacer has to know it. */
export interface Sender {
	readonly limits: RunLimits;
	/** Calls `ask` when this run may have a turn. */
	inOwnTurn<T>(urgent: boolean, signal: AbortSignal, ask: () => Promise<T>): Promise<T>;
	/** Hears of each reply before anybody else does. */
	record(sent: Sent): void;
}

/** A request on its way, and what is to be settled when it comes back. */
interface Departure {
	readonly leftAt: number;
	readonly breakerProbe: boolean;
	readonly gateProbe: boolean;
	readonly reply: Promise<HttpReply>;
}

/** Weight of the newest answer in the mean time of answers. */
const LATENCY_WEIGHT = 0.1;

/**
 * Decides when the next request to one platform may leave, for all runs of this process together: rate, gate, breaker
 * and the number in flight. What belongs to a single run (its budget, its stop) is in `PacedRun`.
 */
export class Pacer {
	readonly settings: PacerSettings;
	readonly #rate: Rate;
	readonly #gate = new Gate();
	readonly #breaker: Breaker;
	readonly #pause = new ThrottlePause();
	readonly #limits: LimitsInForce;
	/** One request at a time looks whether it may leave; those that would soon be too late go first. */
	readonly #turnstile = new Turnstile();
	#inFlight = 0;
	readonly #returns = new Announcement();
	readonly #time: SteadyTime;
	#throttledAt = -Infinity;
	#heldMs = 0;
	#heldSince: number | null = null;
	#latencyMs: number | null = null;

	constructor(
		settings: Partial<PacerSettings>,
		readonly clock: Clock,
		readonly random: Random,
	) {
		this.settings = pacerSettings(settings);
		this.#limits = new LimitsInForce(this.settings);
		this.#time = new SteadyTime(clock);
		this.#rate = new Rate(this.settings, this.#limits);
		this.#breaker = new Breaker(this.settings);
	}

	/** Milliseconds, for measuring pauses: never goes back. */
	now(): number {
		return this.#time.now();
	}

	/** Whether the platform is paused and only probed. */
	get paused(): boolean {
		return this.#breaker.paused;
	}

	/** Milliseconds until the gate opens; 0 when it is open. */
	closedFor(): number {
		return this.#gate.closedFor(this.now());
	}

	/** Milliseconds so far in which gate or breaker kept a request waiting; waiting for the rate is not counted. */
	get heldMs(): number {
		return this.#heldMs + (this.#heldSince === null ? 0 : this.now() - this.#heldSince);
	}

	/** Whether the rate sets the pace, rather than how long the platform's answers take. */
	get boundByRate(): boolean {
		return this.expectedRate() === this.#rate.sustained;
	}

	/** Requests a second to be expected of the time to come, by a run with these limits if it is alone. */
	expectedRate({ maxRate, concurrency }: Pick<RunLimits, 'maxRate' | 'concurrency'> = this.#limits): number {
		const rate = Math.min(maxRate, this.#rate.sustained);
		return this.#latencyMs ? Math.min(rate, (concurrency * 1_000) / this.#latencyMs) : rate;
	}

	/** A run begins; gives its limits, complete and in range. */
	welcome(given: Partial<RunLimits>): RunLimits {
		const limits = runLimits(given, this.settings);
		this.#limits.announce(limits);
		this.#rate.startAt(limits.startRate);
		return limits;
	}

	/**
	 * Sends one request when its turn comes. Null when `signal` aborted before that: then nothing was sent; `tooLate`
	 * when its turn came after its `notAfter`; a stop when the platform was given up. Once `send` was called its reply is
	 * always waited for.
	 */
	async send(
		request: HttpRequest,
		send: () => Promise<HttpReply>,
		signal: AbortSignal,
		sender: Sender,
	): Promise<Sent | Stop | 'tooLate' | null> {
		return await this.#limits.during(sender.limits, async () => {
			const downs = this.#breaker.downs;
			const urgent = request.notAfter !== undefined;
			const depart = async () => await this.#depart(request, send, signal, downs);
			const departure = await sender.inOwnTurn(urgent, signal, async () => await this.#turnstile.pass(urgent, depart));
			if (departure === null || departure === 'tooLate' || 'code' in departure) return departure;
			const reply = await departure.reply;
			this.#inFlight--;
			this.#returns.make();
			const sent = this.#settle(request, reply, departure);
			// At once: should the run end, none of its requests that wake up now may leave.
			sender.record(sent);
			return sent;
		});
	}

	async #depart(
		{ notAfter = Infinity }: HttpRequest,
		send: () => Promise<HttpReply>,
		signal: AbortSignal,
		downs: number,
	): Promise<Departure | Stop | 'tooLate' | null> {
		for (;;) {
			if (signal.aborted) return null;
			if (this.#breaker.downs !== downs) return platformDown(this.settings.breakerProbesMs.length);
			if (this.clock.now() > notAfter) return 'tooLate';
			const now = this.now();
			const held = this.#breaker.holds(now) ?? this.#gate.holds(now);
			if (held !== null) {
				await this.#hold(held, now, signal);
				continue;
			}
			if (this.#inFlight >= this.#limits.concurrency) {
				await untilAborted(this.#returns.next, signal);
				continue;
			}
			const earlyMs = this.#rate.nextAt - now;
			if (earlyMs <= 0) {
				this.#inFlight++;
				// From here to the call of `send` nothing is awaited, so nothing can come between.
				this.#rate.left(now);
				const probes = { breakerProbe: this.#breaker.pass(), gateProbe: this.#gate.pass() };
				return { leftAt: now, ...probes, reply: send() };
			}
			await this.clock.sleep(earlyMs, signal);
		}
	}

	async #hold(held: number | Promise<void>, now: number, signal: AbortSignal): Promise<void> {
		this.#heldSince = now;
		await (typeof held === 'number' ? this.clock.sleep(held, signal) : untilAborted(held, signal));
		this.#heldMs += this.now() - now;
		this.#heldSince = null;
	}

	#settle(request: HttpRequest, reply: HttpReply, { leftAt, breakerProbe, gateProbe }: Departure): Sent {
		const now = this.now();
		const verdict = verdictOn(request, reply);
		const tooLong = reply.kind === 'answer' ? this.#learn(reply, verdict, leftAt, now) : null;
		if (gateProbe) {
			this.#gate.probed(now);
			this.#rate.reopened(now);
		}
		const downs = this.#breaker.downs;
		this.#breaker.settled(now, breakerProbe, verdict.kind === 'transient');
		const down = this.#breaker.downs === downs ? null : platformDown(this.settings.breakerProbesMs.length);
		return { reply, verdict, tookMs: now - leftAt, stop: tooLong ?? down };
	}

	/** Takes what an answer says of the quota; a stop where it asks for a longer wait than a run may take. */
	#learn(answer: HttpAnswer, verdict: Verdict, leftAt: number, now: number): Stop | null {
		this.#latencyMs = (this.#latencyMs ?? now - leftAt) * (1 - LATENCY_WEIGHT) + (now - leftAt) * LATENCY_WEIGHT;
		const asked = retryAfterMs(answer.headers['retry-after'], this.clock.now(), answer.headers.date);
		const quota = rateLimitState(answer.headers, this.clock.now());
		if (quota?.ratePerSecond) this.#rate.limitTo(quota.ratePerSecond);

		if (verdict.kind === 'throttled') {
			// Where requests are left, it was refused for another limit than the one whose reset is told.
			const resetMs = quota?.remaining ? null : (quota?.resetMs ?? null);
			return this.#throttled(asked ?? resetMs, leftAt, now);
		}

		// So platforms throttle as well, though it may have been applied.
		if (answer.status === 503 && asked !== null) return this.#throttled(asked, leftAt, now);

		this.#rate.granted(now);
		this.#pause.granted();
		const usedUp = quota?.remaining === 0 && quota.resetMs !== null && quota.resetMs <= this.settings.retryAfterMaxMs;
		if (usedUp) this.#gate.close(now, quota.resetMs ?? 0);
		return null;
	}

	#throttled(askedMs: number | null, leftAt: number, now: number): Stop | null {
		// Those in flight together are refused together: one event for the rate, however many answers.
		const isNews = leftAt >= this.#throttledAt;
		if (!isNews) return askedMs === null ? null : this.#closeFor(askedMs, now);
		this.#throttledAt = now;
		this.#rate.refused(now);
		return this.#closeFor(this.#pause.refused(askedMs), now);
	}

	#closeFor(ms: number, now: number): Stop | null {
		if (ms > this.settings.retryAfterMaxMs) return retryAfterTooLong(ms, this.settings.retryAfterMaxMs);
		this.#gate.close(now, ms);
		return null;
	}
}
