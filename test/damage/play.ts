/** Plays a file against a world: the whole chain from bytes to the platform, in virtual time. */

import { apioPlatform } from '../../lib/apio/platform';
import type { Transport } from '../../lib/apio/transport';
import { readCsvBuffer, type CsvOptions, type CsvSource, type ReadResult } from '../../lib/csv';
import { foldId, listKey } from '../../lib/sync/model/list';
import type { Platform } from '../../lib/sync/platform/platform';
import {
	applyPlanRun,
	planRun,
	removalsToApprove,
	rollBackRun,
	syncRun,
	type RunResult,
	type RunContext,
} from '../../lib/sync';
import { ApioServer, DEFAULT_ACCOUNT, type ListState } from '../../simulator';
import { VirtualClock } from '../../tools/virtual-clock';
import type { Trouble } from './trouble';
import type { GoodWorld, Lists } from './world';

/** Sync; Plan and Apply Plan of exactly that plan; Sync and Roll Back of its journal. */
export type Path = 'sync' | 'planAndApply' | 'syncAndRollBack';

export interface Played {
	/** Null where the file was refused by the reader. */
	readonly source: CsvSource | null;
	/** Why the reader refused it. */
	readonly refused: string | null;
	readonly result: RunResult | null;
	/** The lists after the run, before a roll back. */
	readonly after: Lists;
	readonly rolledBack: { readonly result: RunResult; readonly after: Lists } | null;
}

/** Breaks the product on purpose, to prove that the oracle sees it. */
export interface Sabotage {
	readonly read?: (bytes: Uint8Array, options: CsvOptions) => ReadResult;
	readonly source?: (honest: CsvSource, world: GoodWorld) => CsvSource;
	readonly platform?: (honest: Platform) => Platform;
	/** For a roll back only. */
	readonly rollBackPlatform?: (honest: Platform) => Platform;
}

const START = Date.UTC(2026, 0, 5, 2);
const HEADERS = { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` };

export async function play(
	world: GoodWorld,
	bytes: Uint8Array,
	options: CsvOptions,
	path: Path,
	trouble: Trouble | null,
	sabotage: Sabotage = {},
): Promise<Played> {
	const read = (sabotage.read ?? readCsvBuffer)(bytes, options);
	if (!read.ok) return { source: null, refused: read.failure.code, result: null, after: world.live, rolledBack: null };
	const source = sabotage.source?.(read.source, world) ?? read.source;
	const server = new ApioServer({ world: world.spec, settings: world.simulator });
	const clock = new VirtualClock(START);
	const honest = apioPlatform(transportTo(server, clock, trouble));
	const platform = sabotage.platform?.(honest) ?? honest;
	const around: RunContext = { platform, clock, expectedRate: () => 5 };
	const { settings } = world;
	return await clock.run(async () => {
		let result: RunResult;
		if (path === 'planAndApply') {
			result = await planRun(source, settings, around);
			if (result.plan !== null && result.status === 'planned') {
				const approval = { planHash: result.plan.hash, removals: removalsToApprove(result.plan) };
				result = await applyPlanRun(JSON.stringify(result.plan), approval, settings, around);
			}
		} else {
			result = await syncRun(source, settings, around);
		}
		const after = listsOf(server, world);
		if (path !== 'syncAndRollBack' || result.journal === null)
			return { source, refused: null, result, after, rolledBack: null };
		const calm = apioPlatform(transportTo(server, clock, null));
		const calmly = { ...around, platform: sabotage.rollBackPlatform?.(calm) ?? calm };
		const back = await rollBackRun(JSON.stringify(result.journal), settings, calmly);
		return { source, refused: null, result, after, rolledBack: { result: back, after: listsOf(server, world) } };
	});
}

function transportTo(server: ApioServer, clock: VirtualClock, trouble: Trouble | null): Transport {
	return async ({ method, path, query, body }) => {
		await Promise.resolve();
		const status = trouble?.statusFor(method, path, body) ?? null;
		if (status !== null) {
			const errors = [{ code: 0, message: 'TROUBLE', details: { reason: `The platform says ${status}.` } }];
			return { kind: 'answer', status, headers: {}, body: { errors } };
		}
		const made = server.handle(
			{
				method,
				path: `/api/v01/p1${path}`,
				query: query === undefined ? '' : new URLSearchParams(query).toString(),
				headers: HEADERS,
				body: body === undefined ? undefined : JSON.stringify(body),
			},
			clock.now(),
		);
		return {
			kind: 'answer',
			status: made.status,
			headers: {},
			body: made.body === '' ? undefined : (JSON.parse(made.body) as unknown),
		};
	};
}

function listsOf(server: ApioServer, { kind }: GoodWorld): Lists {
	const state = server.state();
	const lists: readonly ListState[] = kind === 'supervisedAgents' ? state.supervisedAgents : state.agentCallCenters;
	return new Map(lists.map((list) => [listKey(list), new Set(list.members.map(foldId))]));
}
