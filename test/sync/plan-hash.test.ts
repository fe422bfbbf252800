import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Plan, PlannedList } from '../../lib/sync';
import { planHash } from '../../lib/sync/documents';
import { supervised } from './world';

type Hashed = Parameters<typeof planHash>[0];

function list(supervisor: string, adds: readonly string[], removes: readonly string[]): PlannedList {
	const change = (member: string) => ({ member, lines: [] });
	return {
		ref: supervised(supervisor),
		stage: 1,
		before: [],
		beforeHash: `of ${supervisor.toLowerCase()}`,
		adds: adds.map(change),
		removes: removes.map(change),
		held: [],
		strategy: 'incremental',
		reason: { problem: 'nothingWritten' },
		writes: 0,
		reads: 0,
	};
}

function plan(lists: PlannedList[], platform = 'https://apio.example/api/v1'): Hashed {
	const content: Pick<Plan, 'version' | 'validUntil' | 'kind' | 'mode'> = {
		version: 2,
		validUntil: '2026-11-29T12:00:00.000Z',
		kind: 'supervisedAgents',
		mode: 'mirror',
	};
	return { ...content, platform, lists };
}

const LISTS = [list('B@x', ['d@x', 'C@x'], []), list('a@x', [], ['f@x', 'e@x'])];

describe('the hash that a person approves', () => {
	it('is SHA-256 over sorted JSON of the folded changes, so that a plan of an earlier release stays approved', () => {
		const { tenantId, groupId, callCenterId } = supervised('a@x');
		const key = (supervisor: string) =>
			['supervisedagents', tenantId, groupId, supervisor, callCenterId].join('\u0000').toLowerCase();
		const json = JSON.stringify({
			kind: 'supervisedAgents',
			lists: [
				[key('a@x'), [], ['e@x', 'f@x'], 'of a@x'],
				[key('b@x'), ['c@x', 'd@x'], [], 'of b@x'],
			],
			mode: 'mirror',
			platform: 'https://apio.example/api/v1',
			validUntil: '2026-11-29T12:00:00.000Z',
			version: 2,
		});
		expect(planHash(plan(LISTS))).toBe(createHash('sha256').update(json).digest('hex'));
	});

	it('does not depend on order or spelling', () => {
		const other = [list('A@X', [], ['E@x', 'f@x']), list('b@x', ['c@x', 'D@x'], [])];
		expect(planHash(plan(other, 'HTTPS://APIO.example/API/v1/'))).toBe(planHash(plan(LISTS)));
	});

	it('leaves out lists without a change, and no other', () => {
		expect(planHash(plan([...LISTS, list('c@x', [], [])]))).toBe(planHash(plan(LISTS)));
		for (const one of [list('c@x', ['z@x'], []), list('c@x', [], ['z@x'])])
			expect(planHash(plan([...LISTS, one]))).not.toBe(planHash(plan(LISTS)));
	});
});
