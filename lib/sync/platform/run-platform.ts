/**
 * One run's access to the platform: every request goes through here. It is counted, recorded for the journal of its
 * list, and not sent at all once the run has to stop.
 */

import { stopIn } from '../../stop';
import type { JournalRequest } from '../documents/journal';
import type { ListRef } from '../model/list';
import { TOO_LATE, type Failure, type ReadResult, type WriteResult } from './platform';
import type { RunContext } from './run-context';
import type { Progress } from '../result';

/** Why a run ends before its work is done. */
interface StopReason {
	readonly code: string;
	readonly message: string;
}

export type RequestLog = JournalRequest[];
export type Write = 'replace' | 'add' | 'remove';

interface Asked {
	readonly write: JournalRequest['write'];
	readonly members: number;
	readonly log: RequestLog;
	/** What a reply that never came means: a read did nothing, a write may have. */
	readonly lost: 'unavailable' | 'doubt';
}

type Refusable<Result> = Result | { ok: false; failure: Failure };

export class RunPlatform {
	reads = 0;
	writes = 0;
	readonly startedAt: number;
	#stop: StopReason | null = null;

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
	get stop(): StopReason | null {
		const { signal } = this.context;
		if (this.#stop === null && signal?.aborted === true) this.#stop = stopIn(signal);
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

	async users(tenantId: string, groupId: string): Promise<ReadResult> {
		return await this.send(asRead('read', []), async () => await this.context.platform.users(tenantId, groupId));
	}

	/** @param notAfter milliseconds since the epoch; for a replace only, see `Platform` */
	async write(
		write: Write,
		list: ListRef,
		members: readonly string[],
		log: RequestLog,
		notAfter?: number,
	): Promise<WriteResult> {
		const asked: Asked = { write, members: members.length, log, lost: 'doubt' };
		return await this.send(asked, async () => await this.context.platform[write](list, members, notAfter));
	}

	private async send<Result extends { ok: boolean }>(
		asked: Asked,
		request: () => Promise<Refusable<Result>>,
	): Promise<Refusable<Result>> {
		const { stop } = this;
		if (stop !== null) return { ok: false, failure: { kind: 'stopped', status: null, ...stop } };
		const at = this.now();
		const reply = await request().catch(
			(error: unknown): Refusable<Result> => ({ ok: false, failure: lost(asked, error) }),
		);
		const failure = 'failure' in reply ? reply.failure : null;
		// It never left.
		if (failure?.code === TOO_LATE) return reply;
		if (failure?.kind === 'stopped') this.#stop ??= { code: failure.code, message: failure.message };
		else if (asked.write === 'read' || asked.write === 'joinable') this.reads += 1;
		else this.writes += 1;
		asked.log.push({
			write: asked.write,
			members: asked.members,
			at: new Date(at).toISOString(),
			milliseconds: this.now() - at,
			result: failure?.kind ?? 'ok',
			code: failure?.code ?? null,
		});
		return reply;
	}
}

function asRead(write: 'read' | 'joinable', log: RequestLog): Asked {
	return { write, members: 0, log, lost: 'unavailable' };
}

/** A platform should answer with data whatever happens; one that throws leaves its request's fate open. */
function lost(asked: Asked, error: unknown): Failure {
	const name = error instanceof Error ? error.name : typeof error;
	return {
		kind: asked.lost,
		code: 'platformThrew',
		status: null,
		message: `The request ended in an unexpected ${name}.`,
	};
}
