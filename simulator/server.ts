/** The platform without HTTP and without real time: a request and the present moment go in, a reply comes out. */

import { Accounts } from './auth/accounts';
import { doorRefusal, Doors, readAddress, type Address } from './doors';
import { gatewayRefusal, notFound, Refusal } from './errors';
import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import { Faults, type Fault, type FaultPlan } from './faults';
import { RequestLog, type LoggedRequest, type Statistics } from './log';
import { Quota } from './quota';
import { SeededRandom } from './random';
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
	private doors!: Doors;
	private random!: SeededRandom;
	private faults!: Faults;
	private quota: Quota | null = null;
	private audit = new Map<string, object>();

	/** Throws a plain Error when the world or the faults contradict themselves. */
	constructor(options: ApioServerOptions) {
		this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
		this.reset(options.world, options.faults ?? {});
	}

	/** Begins anew: world, sessions, records, quota and counters of faults. Settings stay, and by default the faults too. */
	reset(world: WorldSpec = this.world.spec, faults: FaultPlan = this.faults.plan): void {
		this.world = new World(world);
		this.store = new Store(this.settings.logLimit);
		this.log = new RequestLog(this.settings.logLimit);
		this.random = new SeededRandom(this.settings.seed);
		this.doors = new Doors(new Accounts(world.accounts), this.random);
		this.audit = new Map();
		this.setFaults(faults);
		this.setQuota();
	}

	setFaults(plan: FaultPlan): void {
		this.faults = new Faults(plan, this.settings.seed);
	}

	/** Changes some settings. A new quota begins with a full bucket. */
	setSettings(settings: Partial<SimulatorSettings>): void {
		this.settings = { ...this.settings, ...settings };
		if ('quota' in settings) this.setQuota();
	}

	/** Somebody else's change, now. Throws a plain Error that names what does not exist. */
	edit(edit: ListEdit, now: number): void {
		applyEdit(this.world, this.store, { by: 'thirdParty', at: now, request: null, method: null }, edit);
	}

	loseSessions(): void {
		this.doors.loseSessions();
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
		const address = readAddress(request.path);
		const verdict = this.quota?.ask(now);
		const answer =
			verdict?.allowed === false
				? reply(429, tooMany(request), verdict.headers)
				: withHeaders(this.withFault(request, address, entry, now), verdict?.headers);
		const { latencyMs, latencyJitterMs } = this.settings;
		if (latencyMs > 0 || latencyJitterMs > 0) answer.delayMs += latencyMs + Math.round(this.random.next() * latencyJitterMs);
		if (!answer.later) this.log.close(entry, answer);
		return answer;
	}

	private withFault(request: SimulatorRequest, address: Address, entry: LoggedRequest, now: number): SimulatorReply {
		const { segments, door } = address;
		const fault = this.faults.next(request, request.path.includes('%') ? decodePath(request.path) : request.path);
		if (!fault) return this.carryOut(request, address, entry, now);
		entry.fault = fault.kind;
		const before = befalls(fault, request, door);
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
		const answer = this.carryOut(request, address, entry, now);
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
		if (this.settings.recordInternalId && (address.door === 'gateway' || address.door === 'proxy')) this.mark(answer, request, entry, now);
		return answer;
	}

	private route(request: SimulatorRequest, address: Address, entry: LoggedRequest, actor: Actor, now: number): SimulatorReply {
		const { settings } = this;
		if (address.door === null) {
			if (request.path === '/health') return reply(200, '{"status":"ok"}');
			throw notFound('No such URI.');
		}
		if (!acceptsJson(request)) throw gatewayRefusal(406, 'NOT_ACCEPTABLE', 'Answers are application/json.');
		const own = this.doors.own(address, request, now, settings, this.log.statistics);
		if (own) return own;
		const account = this.doors.admit(address, request, now, settings, entry);
		const match = gatewayRouter.find(request.method, address.segments);
		if (!match || !slashFits(address, request.method, settings)) throw notFound('No such URI.');
		const dropsBody = address.door === 'proxy' && settings.proxyDropsGetBody && request.method === 'GET';
		const asked = dropsBody ? { ...request, body: undefined } : request;
		const route: Route = match.target;
		authorize(account, route.level, match.params);
		const { world, store, random, audit } = this;
		const { status, body } = route.handle({ request: asked, params: match.params, account, world, store, actor, settings, random, audit });
		return reply(status, body);
	}

	/** Puts `_record_internal_id` into an answer that is an object: a UUID, a dash, and the Unix time with 20 decimals. */
	private mark(answer: SimulatorReply, request: SimulatorRequest, entry: LoggedRequest, now: number): void {
		if (!answer.body.startsWith('{')) return;
		const id = `${this.random.uuid()}-${(now / 1000).toFixed(20)}`;
		const rest = answer.body.slice(1);
		answer.body = `{"_record_internal_id":"${id}"${rest === '}' ? '' : ','}${rest}`;
		entry.internalId = id;
		this.audit.set(id, auditRecord(id, request, entry, answer, now));
	}

	private setQuota(): void {
		this.quota = this.settings.quota ? new Quota(this.settings.quota) : null;
	}
}

/** Faults that keep the request from being carried out. */
function befalls(fault: Fault, request: SimulatorRequest, door: Address['door']): SimulatorReply | undefined {
	switch (fault.kind) {
		case 'statusBefore':
			return failure(fault);
		case 'resetBefore':
			return { ...reply(0, ''), ending: 'reset' };
		case 'unauthorized':
			return refusedReply(doorRefusal(door, 401));
		case 'forbidden':
			return refusedReply(doorRefusal(door, 403));
		case 'throttle':
			return reply(429, tooMany(request), fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter });
		default:
			return undefined;
	}
}

/** Faults that spoil the answer of a request that was carried out. */
function spoil(fault: Fault, answer: SimulatorReply): SimulatorReply {
	switch (fault.kind) {
		case 'statusAfter':
			return { ...failure(fault), applied: answer.applied };
		case 'resetAfter':
			return { ...answer, ending: 'reset' };
		case 'slow':
			return { ...answer, delayMs: answer.delayMs + fault.ms };
		case 'malformed':
			return { ...answer, body: `${answer.body.slice(0, Math.ceil(answer.body.length / 2))}<` };
		case 'truncated':
			return { ...answer, ending: 'truncated' };
		default:
			return answer;
	}
}

function failure(fault: { status?: number; body?: string; headers?: Record<string, string> }): SimulatorReply {
	const { status = 503, body } = fault;
	if (body !== undefined) {
		return reply(status, body, { ...(body.startsWith('<') ? { 'content-type': 'text/html' } : {}), ...fault.headers });
	}
	return reply(status, JSON.stringify({ errors: [{ code: 0, message: 'UNAVAILABLE', details: { reason: 'Try later.' } }] }), fault.headers);
}

function refusedReply(refused: unknown): SimulatorReply {
	if (refused instanceof Refusal) return reply(refused.status, JSON.stringify(refused.body), refused.headers);
	// A defect of the simulator itself; shown, so that it is not mistaken for a fault on purpose.
	const reason = refused instanceof Error ? (refused.stack ?? refused.message) : String(refused);
	return reply(500, JSON.stringify({ errors: [{ code: 0, message: 'SIMULATOR_DEFECT', details: { reason } }] }));
}

function tooMany(request: SimulatorRequest): string {
	const text = 'Too many requests; try later.';
	return JSON.stringify(request.path.startsWith('/api/v01/') ? { error: text } : { errors: [{ code: 0, message: 'TOO_MANY_REQUESTS', details: { reason: text } }] });
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

function decodePath(path: string): string {
	return readAddress(path).segments.length === 0 ? path : path.replace(/(%[0-9a-f]{2})+/gi, (text) => safeDecode(text));
}

function safeDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function auditRecord(id: string, request: SimulatorRequest, entry: LoggedRequest, answer: SimulatorReply, now: number): object {
	const { segments } = readAddress(request.path);
	const at = new Date(now).toISOString();
	return {
		internal_id: id,
		end_point_name: segments.at(-1) ?? '',
		end_point_full_url: request.path,
		http_method: request.method,
		impacted_tenant_id: segments[1] ?? '',
		impacted_group_id: segments[3] ?? '',
		impacted_user_id: segments[4] === 'users' ? (segments[5] ?? '') : '',
		impacted_specific_id: segments[7] === 'call_centers' ? (segments[8] ?? '') : '',
		author_id: entry.account ?? '',
		author_role: '',
		request_time: at,
		request_data: entry.body,
		request_payload: 'application/json',
		status_code: answer.status,
		answer_time: at,
		answer_data: answer.body,
		answer_payload: 'application/json',
		extra_data: '',
		south_data: '',
	};
}
