/** Documents and items that are nested 100,000 deep are refused like any other that is none, and break nothing. */

import { describe, expect, it } from '@jest/globals';

import { readItems } from '../../lib/csv';
import { isTextTooDeep, isTooDeep, MAX_LEVELS } from '../../lib/json-depth';
import { PLAN_FORMAT, PLAN_VERSION, planSchema } from '../../lib/sync/documents/plan';
import { parseDocument } from '../../lib/sync/documents/parse';
import { parsedJson } from '../../nodes/ApioCallCenterSync/run/documents';
import { harness } from '../nodes/sync/harness';
import { SETTINGS } from '../csv/reading';

const DEEP = 100_000;
const ARRAYS = '['.repeat(DEEP) + ']'.repeat(DEEP);
const OBJECTS = '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP);

function nested(levels: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
	return value;
}

it('counts levels of values and of text alike', () => {
	for (const [levels, tooDeep] of [
		[0, false],
		[1, false],
		[MAX_LEVELS, false],
		[MAX_LEVELS + 1, true],
	] as const) {
		expect(isTooDeep(nested(levels))).toBe(tooDeep);
		expect(isTextTooDeep(JSON.stringify(nested(levels)))).toBe(tooDeep);
	}
	expect(isTextTooDeep(JSON.stringify(Array.from({ length: 1_000 }, () => [{}])))).toBe(false);
	expect(isTextTooDeep(JSON.stringify({ 'a"[[[': `${'['.repeat(1_000)}\\"${'{'.repeat(1_000)}` }))).toBe(false);
	const itself: Record<string, unknown> = {};
	Object.assign(itself, { a: itself, b: itself });
	expect(isTooDeep(itself)).toBe(true);
});

describe.each([
	['arrays', ARRAYS],
	['objects', OBJECTS],
])('a plan of %s', (_, deep) => {
	const expected = { format: PLAN_FORMAT, version: PLAN_VERSION, noun: 'plan' } as const;

	it.each([
		['as text', deep],
		['in a plan, as text', `{"format":"${PLAN_FORMAT}","version":${PLAN_VERSION},"lists":${deep}}`],
		['in a plan', { format: PLAN_FORMAT, version: PLAN_VERSION, lists: JSON.parse(deep) as unknown }],
	])('is refused: %s', (_place, plan) => {
		expect(parseDocument(plan, planSchema, expected)).toMatchObject({
			ok: false,
			issue: { code: 'invalidPlan', facts: { problem: 'tooDeep', levels: MAX_LEVELS } },
		});
		if (typeof plan === 'string')
			expect(parsedJson(plan)).toEqual({ ok: false, facts: { problem: 'tooDeep', levels: MAX_LEVELS } });
	});

	it('leaves the other rows of a source alone', () => {
		const good = { supervisor: 's1', 'call center': 'c1', agent: 'a1' };
		const read = readItems(
			[
				{ json: good },
				{ json: { ...good, agent: JSON.parse(deep) as unknown } },
				{ json: { ...good, agent: 'a2', note: JSON.parse(deep) as unknown } },
			],
			SETTINGS,
		);
		expect(read).toMatchObject({
			ok: true,
			source: { rows: [{ memberId: 'a1@acme.be' }, { memberId: 'a2@acme.be' }] },
		});
		if (read.ok) expect(read.source.rejected).toMatchObject([{ line: 2 }]);
	});
});

describe('the node', () => {
	const at = harness();

	it.each([
		['applyPlan', 'plan'],
		['rollBack', 'journal'],
	] as const)('%s refuses such a document', async (operation, noun) => {
		const landed = await at[operation]({
			parameters: {
				[`${noun}Source`]: 'json',
				[`${noun}Json`]: OBJECTS,
				approvedHash: 'a'.repeat(64),
				approvedRemovals: 0,
			},
		});
		expect(landed.status).toBe('error');
		expect(landed.error?.message).not.toMatch(/call stack/i);
		expect(JSON.stringify([landed.error?.message, landed.error?.description])).toContain('levels');
	});
});
