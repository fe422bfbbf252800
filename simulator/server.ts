/** The platform without HTTP and without real time: a request and the present moment go in, a reply comes out. */

import { Accounts } from './auth/accounts';
import { auditRecord } from './audit';
import { Capacity } from './capacity';
import { EntryPoints, readAddress, type Address } from './entry-points';
import { gatewayRefusal, notFound } from './errors';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import { befalls, inPart, spoil } from './fault-effects';
import { Faults, type Fault, type FaultPlan } from './faults';
import { RequestLog, type LoggedRequest, type Statistics } from './log';
import { Quota } from './quota';
import { SeededRandom } from '../tools/seeded-random';
import { refusedReply, tooMany } from './refusals';
import { authorize, type Route } from './routes/context';
import { gatewayRouter } from './routes';
import { DEFAULT_SETTINGS, type SimulatorSettings } from './settings';
import { readState, type WorldState } from './state';
import { Store, type Actor, type AppliedChange } from './store';
import { applyEdit, randomEdit, type ListEdit } from './third-party';
import { World } from './world';
import type { WorldSpec } from './world-spec';

export interface ApioServerOptions {
	world: WorldSpec;
	settings?: Partial<SimulatorSettings>;
	faults?: FaultPlan;
}

export class ApioServer {
	world!: World;
	settings: SimulatorSettings;
	private store!: Store;
	private log!: RequestLog;
	private accounts!: Accounts;
	private entryPoints!: EntryPoints;
	private random!: SeededRandom;
	private faults!: Faults;
	private quota: Quota | null = null;
	private capacity: Capacity | null = null;
	private audit = new Map<string, object>();

	/** Throws a plain Error when the world or the faults contradict themselves. */
	constructor(options: ApioServerOptions) {
		this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
		this.reset(options.world, options.faults ?? {});
	}

	/**
	 * Begins anew: world, sessions, records, quota and counters of faults. Settings stay, and by default the faults too.
	 */
	reset(world: WorldSpec = this.world.spec, faults: FaultPlan = this.faults.plan): void {
		this.world = new World(world);
		this.store = new Store(this.settings.logLimit);
		this.log = new RequestLog(this.settings.logLimit);
		this.random = new SeededRandom(this.settings.seed);
		this.accounts = new Accounts(world.accounts);
		this.entryPoints = new EntryPoints(this.accounts, this.random);
		this.audit = new Map();
		this.setFaults(faults);
		this.setQuota();
		this.setCapacity();
	}

	setFaults(plan: FaultPlan): void {
		this.faults = new Faults(plan, this.settings.seed);
	}

	/** Changes some settings. A new quota begins with a full bucket. */
	setSettings(settings: Partial<SimulatorSettings>): void {
		this.settings = { ...this.settings, ...settings };
		if ('quota' in settings) this.setQuota();
		if ('capacity' in settings) this.setCapacity();
	}

	/** Somebody else's change, now. Throws a plain Error that names what does not exist. */
	edit(edit: ListEdit, now: number): void {
		applyEdit(this.world, this.store, { by: 'thirdParty', at: now, request: null, method: null }, edit);
	}

	loseSessions(): void {
		this.entryPoints.loseSessions();
	}

	state(): WorldState {
		return readState(this.world);
	}

	/** Everything that changed the world, oldest first. */
	changes(): readonly AppliedChange[] {
		return this.store.changes;
	}

	requests(): readonly LoggedRequest[] {
		return this.log.entries;
	}

	/** A copy: it does not go on counting. */
	stats(): Statistics {
		return structuredClone(this.log.statistics);
	}

	faultPlan(): FaultPlan {
		return this.faults.plan;
	}

	/** Answers one request. Never throws. */
	handle(request: SimulatorRequest, now: number): SimulatorReply {
		const entry = this.log.open(request, now);
		const verdict = this.quota?.ask(now);
		if (this.capacity?.refuses(now)) {
			const overloaded = reply(503, '');
			this.log.close(entry, overloaded);
			return overloaded;
		}
		const answer =
			verdict?.allowed === false
				? reply(429, tooMany(request), verdict.headers)
				: withHeaders(this.withFault(request, entry, now), verdict?.headers);
		const { latencyMs, latencyJitterMs } = this.settings;
		if (latencyMs > 0 || latencyJitterMs > 0)
			answer.delayMs += latencyMs + Math.round(this.random.next() * latencyJitterMs);
		if (this.capacity) answer.delayMs = this.capacity.answeredAfter(now, answer.delayMs);
		if (!answer.later) this.log.close(entry, answer);
		return answer;
	}

	private withFault(request: SimulatorRequest, entry: LoggedRequest, now: number): SimulatorReply {
		const address = readAddress(request.path);
		const fault = this.faults.next(request, request.path.includes('%') ? decodePath(request.path) : request.path, now);
		if (!fault) return this.carryOut(request, address, entry, now);
		entry.fault = fault.kind;
		try {
			return this.suffer(fault, request, address, entry, now);
		} catch (problem) {
			// A scripted edit that names something unknown is an error of the script.
			return refusedReply(problem);
		}
	}

	private suffer(
		fault: Fault,
		request: SimulatorRequest,
		address: Address,
		entry: LoggedRequest,
		now: number,
	): SimulatorReply {
		const { segments, entryPoint } = address;
		const before = befalls(fault, request, entryPoint);
		if (before) return before;
		if (fault.kind === 'slow' && fault.late) {
			const later = (then: number) => {
				const answer = this.carryOut(request, address, entry, then);
				this.log.close(entry, answer);
				return answer;
			};
			return { ...reply(504, ''), delayMs: fault.ms, later };
		}
		if (fault.kind === 'loseSessions') this.loseSessions();
		if (fault.kind === 'thirdParty' && fault.when !== 'after') this.meddle(fault.edit, segments, now);
		const first = fault.kind === 'twice' ? this.carryOut(request, address, entry, now) : null;
		const answer = this.carryOut(fault.kind === 'partly' ? inPart(request) : request, address, entry, now);
		answer.applied ||= first?.applied === true;
		if (fault.kind === 'thirdParty' && fault.when === 'after') this.meddle(fault.edit, segments, now);
		return spoil(fault, answer);
	}

	private meddle(edit: ListEdit | 'random', segments: readonly string[], now: number): void {
		const chosen = edit === 'random' ? randomEdit(this.world, this.random, segments) : edit;
		if (chosen) this.edit(chosen, now);
	}

	/** The request without quota and faults. */
	private carryOut(request: SimulatorRequest, address: Address, entry: LoggedRequest, now: number): SimulatorReply {
		const actor: Actor = { by: 'client', at: now, request: entry.seq, method: request.method };
		const changesBefore = this.store.changes.at(-1);
		let answer: SimulatorReply;
		try {
			answer = this.route(request, address, entry, actor, now);
		} catch (refused) {
			answer = refusedReply(refused);
		}
		answer.applied = this.store.changes.at(-1) !== changesBefore;
		if (this.settings.recordInternalId && (address.entryPoint === 'gateway' || address.entryPoint === 'proxy'))
			this.mark(answer, request, entry, now);
		return answer;
	}

	private route(
		request: SimulatorRequest,
		address: Address,
		entry: LoggedRequest,
		actor: Actor,
		now: number,
	): SimulatorReply {
		const { settings } = this;
		if (address.entryPoint === null) {
			if (request.path === '/health') return reply(200, '{"status":"ok"}');
			throw notFound('No such URI.');
		}
		if (!acceptsJson(request)) throw gatewayRefusal(406, 'NOT_ACCEPTABLE', 'Answers are application/json.');
		const own = this.entryPoints.own(address, request, now, settings, this.log.statistics);
		if (own) return own;
		const account = this.entryPoints.admit(address, request, now, settings, entry);
		const match = gatewayRouter.find(request.method, address.segments);
		if (!match || !slashFits(address, request.method, settings)) throw notFound('No such URI.');
		const dropsBody = address.entryPoint === 'proxy' && settings.proxyDropsGetBody && request.method === 'GET';
		const asked = dropsBody ? { ...request, body: undefined } : request;
		const route: Route = match.target;
		authorize(account, route.level, match.params);
		const { world, store, random, audit } = this;
		const { status, body } = route.handle({
			request: asked,
			params: match.params,
			account,
			world,
			store,
			actor,
			settings,
			random,
			audit,
		});
		return reply(status, body);
	}

	/**
	 * Puts `_record_internal_id` into an answer that is an object: a UUID, a dash, and the Unix time with 20 decimals.
	 */
	private mark(answer: SimulatorReply, request: SimulatorRequest, entry: LoggedRequest, now: number): void {
		if (!answer.body.startsWith('{')) return;
		const id = `${this.random.uuid()}-${(now / 1000).toFixed(20)}`;
		const rest = answer.body.slice(1);
		answer.body = `{"_record_internal_id":"${id}"${rest === '}' ? '' : ','}${rest}`;
		entry.internalId = id;
		const author = entry.account === null ? undefined : this.accounts.named(entry.account);
		this.audit.set(id, auditRecord(id, request, entry, author, answer, now));
		const [oldest] = this.audit.keys();
		if (this.audit.size > this.settings.logLimit) this.audit.delete(oldest);
	}

	private setCapacity(): void {
		this.capacity = this.settings.capacity ? new Capacity(this.settings.capacity) : null;
	}

	private setQuota(): void {
		this.quota = this.settings.quota ? new Quota(this.settings.quota) : null;
	}
}

function withHeaders(answer: SimulatorReply, headers: Record<string, string> = {}): SimulatorReply {
	Object.assign(answer.headers, headers);
	return answer;
}

function acceptsJson({ headers }: SimulatorRequest): boolean {
	const accept = headers?.accept;
	return typeof accept !== 'string' || accept === '' || /(^|[\s,])(\*\/\*|application\/(\*|json))/i.test(accept);
}

function slashFits({ trailingSlash }: Address, method: string, { trailingSlash: rule }: SimulatorSettings): boolean {
	return trailingSlash || rule === 'optional' || (rule === 'optionalOnGet' && method === 'GET');
}

/** Decodes what can be decoded; the rest stays as sent. */
function decodePath(path: string): string {
	return path.replace(/(%[0-9a-f]{2})+/gi, (text) => safeDecode(text));
}

function safeDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
