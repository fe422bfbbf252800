/**
 * Proof that the harness can fail: a client broken on purpose, in the ways that matter, and the invariant that notices.
 */

import { describe, expect, it } from '@jest/globals';
import type { HttpReply, Transport } from '../../lib/apio/transport';
import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import type { Platform } from '../../lib/sync/platform/platform';
import { CANARIES } from './scenario';
import { check } from './check';
import type { InvariantName } from './invariants';
import type { Sabotage } from './simulation';

/** So many seeds may pass before one has met the sabotaged step. */
const SEEDS = 200;

function overwrites(change: (members: readonly string[]) => readonly string[]): Sabotage {
	return {
		platform: (honest): Platform => ({
			...honest,
			replace: async (list, members, notAfter) => await honest.replace(list, change(members), notAfter),
		}),
	};
}

function isRefused(reply: HttpReply): boolean {
	return (
		reply.kind === 'answer' &&
		(reply.status === 429 || (reply.status === 503 && reply.headers['retry-after'] !== undefined))
	);
}

const SABOTAGES: ReadonlyArray<readonly [what: string, noticedAs: InvariantName, sabotage: Sabotage]> = [
	['a replace that forgets its last member', 'nobodyLost', overwrites((members) => members.slice(0, -1))],
	[
		'a removal of one more than was asked for',
		'nobodyLost',
		{
			platform: (honest): Platform => {
				const seen = new Map<string, string[]>();
				return {
					...honest,
					read: async (list) => {
						const result = await honest.read(list);
						if (result.ok) seen.set(JSON.stringify(list), result.members);
						return result;
					},
					remove: async (list, members) => {
						const other = seen.get(JSON.stringify(list))?.find((member) => !members.includes(member));
						return await honest.remove(list, other === undefined ? members : [...members, other]);
					},
				};
			},
		},
	],
	[
		'a list that cannot be read and is taken for an empty one, so that its rows hold nothing',
		'nobodyLost',
		{
			platform: (honest): Platform => ({
				...honest,
				read: async (list) => {
					const result = await honest.read(list);
					return result.ok || result.failure.kind === 'stopped' ? result : { ok: true, members: [] };
				},
			}),
		},
	],
	[
		'an addition that is called done and never sent, so that whoever moves leaves the old list',
		'nobodyBetweenLists',
		{
			platform: (honest): Platform => {
				const seen = new Map<string, readonly string[]>();
				return {
					...honest,
					read: async (list) => {
						const result = await honest.read(list);
						if (result.ok) seen.set(JSON.stringify(list), result.members);
						return result;
					},
					add: async (list, members) => ({
						ok: true,
						members: [...(seen.get(JSON.stringify(list)) ?? []), ...members],
					}),
				};
			},
		},
	],
	[
		'a read that always says it is a moment old',
		'noBlindReplace',
		{
			platform: (honest): Platform => ({
				...honest,
				read: async (list) => {
					const result = await honest.read(list);
					return result.ok && result.askedAt !== undefined ? { ...result, askedAt: result.askedAt + 30_000 } : result;
				},
				replace: async (list, members) => await honest.replace(list, members),
			}),
		},
	],
	[
		'an addition to the list of somebody whom nobody named',
		'nobodyUnasked',
		{
			platform: (honest): Platform => ({
				...honest,
				add: async (list, members) =>
					await honest.add(
						list,
						[...members, 'agent1@sip.example.be', 'agent2@sip.example.be'].filter(
							(id, at, all) => all.indexOf(id) === at,
						),
					),
			}),
		},
	],
	[
		'a write that is repeated as it was after a doubtful answer',
		'noBlindRepeat',
		{
			transport:
				(honest): Transport =>
				async (request) => {
					const reply = await honest(request);
					const doubtful = reply.kind === 'noAnswer' ? reply.maybeApplied : reply.status >= 500;
					return doubtful && request.method !== 'GET' ? await honest(request) : reply;
				},
		},
	],
	[
		'a read that is answered from memory',
		'outcomesTrue',
		{
			platform: (honest): Platform => {
				const known = new Map<string, Awaited<ReturnType<Platform['read']>>>();
				return {
					...honest,
					read: async (list) => {
						const result = known.get(JSON.stringify(list)) ?? (await honest.read(list));
						known.set(JSON.stringify(list), result);
						return result;
					},
				};
			},
		},
	],
	[
		'an outcome that says applied of what was rejected',
		'outcomesTrue',
		{
			result: (honest) => ({
				...honest,
				lists: honest.lists.map((list) => ({
					...list,
					members: list.members.map((member) =>
						member.outcome === 'rejected' ? { ...member, outcome: 'applied' as const } : member,
					),
				})),
			}),
		},
	],
	['an ear that is deaf to the cancellation', 'cancelStops', { deaf: true }],
	[
		'a message with the password in it',
		'noSecret',
		{
			result: (honest) => ({
				...honest,
				reason: { code: 'notRun', facts: { said: `Signed in with ${CANARIES.password}` } },
			}),
		},
	],
	[
		'a journal that leaves a list out',
		'journal',
		{
			result: (honest) => ({
				...honest,
				journal: honest.journal && { ...honest.journal, lists: honest.journal.lists.slice(1) },
			}),
		},
	],
	[
		'a lane more than the run may have',
		'fewAtOnce',
		{
			rateLimit: (honest) => ({ ...honest, concurrency: (honest.concurrency ?? RATE_LIMIT_DEFAULTS.concurrency) + 1 }),
		},
	],
	[
		'a rate half as high again as the run may have',
		'maxRate',
		{ rateLimit: (honest) => ({ ...honest, maxRate: (honest.maxRate ?? RATE_LIMIT_DEFAULTS.maxRate) * 1.5 }) },
	],
	[
		'a Retry-After that nobody reads',
		'pause',
		{
			transport:
				(honest): Transport =>
				async (request) => {
					const reply = await honest(request);
					return reply.kind === 'answer' ? { ...reply, headers: { ...reply.headers, 'retry-after': '' } } : reply;
				},
		},
	],
	[
		'a second request beside the probe',
		'oneProbe',
		{
			transport: (honest): Transport => {
				let refused = false;
				return async (request) => {
					if (refused && request.method === 'GET') void honest(request);
					const reply = await honest(request);
					refused = isRefused(reply);
					return reply;
				};
			},
		},
	],
	[
		'a platform that fails and is asked on and on',
		'breaker',
		{ rateLimit: (honest) => ({ ...honest, breakerConsecutive: Infinity, breakerRatio: 1 }) },
	],
	[
		'probes of a failing platform that come too soon',
		'breaker',
		{
			rateLimit: (honest) => ({
				...honest,
				breakerProbesMs: RATE_LIMIT_DEFAULTS.breakerProbesMs.map((ms) => ms - 1_000),
			}),
		},
	],
	[
		'a refusal that is answered by asking again at once',
		'waste',
		{
			transport:
				(honest): Transport =>
				async (request) => {
					let reply = await honest(request);
					for (let times = 0; times < 20 && isRefused(reply); times += 1) reply = await honest(request);
					return reply;
				},
		},
	],
	[
		'a run that never ends',
		'ends',
		{ platform: (honest): Platform => ({ ...honest, add: async () => await new Promise(() => undefined) }) },
	],
];

describe('the harness notices', () => {
	it.each(SABOTAGES)(
		'%s (%s)',
		async (_, noticedAs, sabotage) => {
			const noticed = new Set<InvariantName>();
			for (let seed = 1; seed <= SEEDS && !noticed.has(noticedAs); seed += 1) {
				for (const { invariant } of (await check(seed, sabotage)).violations) noticed.add(invariant);
			}
			expect([...noticed]).toContain(noticedAs);
		},
		300_000,
	);
});
