/** The admin API under `/_admin/`: look at state, statistics and records, and set faults and settings, over HTTP. */

import { reply, type SimulatorReply, type SimulatorRequest } from './exchange';
import type { FaultPlan } from './faults';
import { createWorld, type SeededWorldOptions } from './seeded-world';
import type { ApioServer } from './server';
import { DEFAULT_SETTINGS, type SimulatorSettings } from './settings';
import type { ListEdit } from './third-party';
import type { WorldSpec } from './world-spec';

export const ADMIN_PREFIX = '/_admin';

/**
 * | Request | Does |
 * | --- | --- |
 * | GET state | all lists, see `WorldState` |
 * | GET stats | see `Statistics` |
 * | GET requests, changes (`?since=<seq>&limit=<n>`) | the records after that number |
 * | GET, PUT faults | the fault plan; PUT `{}` ends all faults |
 * | GET, PUT settings | PUT changes those given |
 * | POST edit | a third party's change, see `ListEdit` |
 * | POST lose-sessions | voids sessions and access tokens |
 * | POST reset | begins anew; body `{}`, `{"world": <WorldSpec>}` or `{"seeded": <SeededWorldOptions>}` |
 */
export function handleAdmin(server: ApioServer, request: SimulatorRequest, now: number): SimulatorReply {
	const asked = `${request.method} ${request.path.slice(ADMIN_PREFIX.length).replace(/^\/|\/$/g, '')}`;
	const action = ACTIONS[asked];
	if (!action) return answer(404, { error: `No such admin request: ${asked}`, known: Object.keys(ACTIONS) });
	try {
		const body: unknown = request.body ? JSON.parse(request.body) : {};
		return answer(200, action({ server, now, body, query: new URLSearchParams(request.query ?? '') }) ?? {});
	} catch (problem) {
		return answer(400, { error: problem instanceof Error ? problem.message : String(problem) });
	}
}

interface Call {
	server: ApioServer;
	now: number;
	body: unknown;
	query: URLSearchParams;
}

const ACTIONS: Record<string, ((call: Call) => unknown) | undefined> = {
	'GET state': ({ server }) => server.state(),
	'GET stats': ({ server }) => server.stats(),
	'GET requests': ({ server, query }) => page(server.requests(), query),
	'GET changes': ({ server, query }) => page(server.changes(), query),
	'GET faults': ({ server }) => server.faultPlan(),
	'PUT faults': ({ server, body }) => {
		server.setFaults(body as FaultPlan);
		return server.faultPlan();
	},
	'GET settings': ({ server }) => server.settings,
	'PUT settings': ({ server, body }) => {
		const settings = body as Partial<SimulatorSettings>;
		const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(DEFAULT_SETTINGS, name));
		if (unknown.length > 0) throw new Error(`Unknown settings: ${unknown.join(', ')}`);
		server.setSettings(settings);
		return server.settings;
	},
	'POST edit': ({ server, body, now }) => server.edit(body as ListEdit, now),
	'POST lose-sessions': ({ server }) => server.loseSessions(),
	'POST reset': ({ server, body }) => {
		const { world, seeded } = body as { world?: WorldSpec; seeded?: SeededWorldOptions };
		server.reset(world ?? (seeded ? createWorld(seeded) : undefined));
	},
};

function page<T extends { seq: number }>(entries: readonly T[], query: URLSearchParams): T[] {
	const since = Number(query.get('since') ?? 0);
	const limit = Number(query.get('limit') ?? Infinity);
	return entries.filter((entry) => entry.seq > since).slice(0, limit);
}

function answer(status: number, value: unknown): SimulatorReply {
	return reply(status, JSON.stringify(value));
}
