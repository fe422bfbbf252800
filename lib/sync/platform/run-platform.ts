/**
 * The access of one run to the platform. It counts every request and records it for the journal of its list. It sends
 * nothing once the run has to stop.
 */

import { stopIn } from '../../stop';
import type { JournalRequest } from '../documents';
import type { Issue, ListRef, Progress } from '../model';
import {
	TOO_LATE,
	type CallCenterInfo,
	type Failure,
	type Listing,
	type ReadResult,
	type UserInfo,
	type WriteResult,
} from './platform';
import type { RunContext } from './run-context';

export type RequestLog = JournalRequest[];
export type Write = 'replace' | 'add' | 'remove';

interface RequestInfo {
	readonly write: JournalRequest['write'];
	readonly members: number;
	readonly log: RequestLog;
	/** The kind of failure if the platform throws: a read did nothing, a write may have been applied. */
	readonly failureOnThrow: 'unavailable' | 'doubt';
}

/** Why a run ends before its work is done. */
type StopIssue = Extract<Issue, { readonly code: 'stopped' }>;

type OrFailure<Result> = Result | { ok: false; failure: Failure };

export class RunPlatform {
	reads = 0;
	writes = 0;
	readonly startedAt: number;
	#stop: StopIssue | null = null;

	constructor(private readonly context: RunContext) {
		this.startedAt = context.clock.now();
	}

	now(): number {
		return this.context.clock.now();
	}

	expectedRate(): number {
		const rate = this.context.expectedRate();
		return Number.isFinite(rate) && rate > 0 ? rate : 1;
	}

	progress(progress: Progress): void {
		this.context.onProgress?.(progress);
	}

	/** Set once the run has to end: no request leaves after that. */
	get stop(): StopIssue | null {
		const { signal } = this.context;
		if (this.#stop === null && signal?.aborted === true) this.#stop = { code: 'stopped', facts: stopIn(signal) };
		return this.#stop;
	}

	happened(): { reads: number; writes: number; milliseconds: number } {
		return { reads: this.reads, writes: this.writes, milliseconds: this.now() - this.startedAt };
	}

	async read(list: ListRef, log: RequestLog): Promise<ReadResult> {
		return await this.send(asRead('read', log), async () => await this.context.platform.read(list));
	}

	async joinable(list: ListRef, log: RequestLog): Promise<ReadResult> {
		return await this.send(asRead('joinable', log), async () => await this.context.platform.joinable(list));
	}

	async users(tenantId: string, groupId: string): Promise<Listing<UserInfo>> {
		return await this.send(asRead('read', []), async () => await this.context.platform.users(tenantId, groupId));
	}

	async callCenters(tenantId: string, groupId: string): Promise<Listing<CallCenterInfo>> {
		return await this.send(asRead('read', []), async () => await this.context.platform.callCenters(tenantId, groupId));
	}

	async supervisors(tenantId: string, groupId: string, callCenterId: string): Promise<Listing<UserInfo>> {
		const ask = async () => await this.context.platform.supervisors(tenantId, groupId, callCenterId);
		return await this.send(asRead('read', []), ask);
	}

	async agents(tenantId: string, groupId: string, callCenterId: string): Promise<Listing<UserInfo>> {
		const ask = async () => await this.context.platform.agents(tenantId, groupId, callCenterId);
		return await this.send(asRead('read', []), ask);
	}

	/** @param notAfter milliseconds since the epoch; for a replace only, see `Platform` */
	async write(
		write: Write,
		list: ListRef,
		members: readonly string[],
		log: RequestLog,
		notAfter?: number,
	): Promise<WriteResult> {
		const requestInfo: RequestInfo = { write, members: members.length, log, failureOnThrow: 'doubt' };
		return await this.send(requestInfo, async () => await this.context.platform[write](list, members, notAfter));
	}

	private async send<Result extends { ok: boolean }>(
		requestInfo: RequestInfo,
		request: () => Promise<OrFailure<Result>>,
	): Promise<OrFailure<Result>> {
		const { stop } = this;
		if (stop !== null)
			return { ok: false, failure: { kind: 'stopped', status: null, code: stop.facts.problem, message: '' } };
		const at = this.now();
		const reply = await request().catch(
			(error: unknown): OrFailure<Result> => ({ ok: false, failure: failureOnThrow(requestInfo, error) }),
		);
		const failure = 'failure' in reply ? reply.failure : null;
		// It was not sent.
		if (failure?.code === TOO_LATE) return reply;
		if (failure?.kind === 'stopped') this.#stop ??= stopIssue(failure);
		else if (requestInfo.write === 'read' || requestInfo.write === 'joinable') this.reads += 1;
		else this.writes += 1;
		requestInfo.log.push({
			write: requestInfo.write,
			members: requestInfo.members,
			at: new Date(at).toISOString(),
			milliseconds: this.now() - at,
			result: failure?.kind ?? 'ok',
			code: failure?.code ?? null,
		});
		return reply;
	}
}

function asRead(write: 'read' | 'joinable', log: RequestLog): RequestInfo {
	return { write, members: 0, log, failureOnThrow: 'unavailable' };
}

/** A `Platform` must not throw. If it does, whether the request was applied is unknown. */
function failureOnThrow(requestInfo: RequestInfo, error: unknown): Failure {
	const name = error instanceof Error ? error.name : typeof error;
	return {
		kind: requestInfo.failureOnThrow,
		code: 'platformThrew',
		status: null,
		message: `The request ended in an unexpected ${name}.`,
	};
}

/** Without a `stop` it is the platform that turned the sign-in down. */
function stopIssue({ stop, code, status, message }: Failure): StopIssue {
	return { code: 'stopped', facts: stop ?? { problem: 'signInRefused', platformCode: code, status, said: message } };
}
