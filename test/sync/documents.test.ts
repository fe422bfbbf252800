/** Plans and journals as inputs: what is no such document is refused, with the place of the damage. */

import { describe, expect, test } from '@jest/globals';
import { rollBackRun, syncRun } from '../../lib/sync';
import type { Journal, Settings } from '../../lib/sync';
import { checkJournal, checkPlan } from '../../lib/sync/documents/check';
import { sealed } from '../../lib/sync/model/canonical-json';
import { messageOf } from '../support/issue-text';
import { harness, ids, rows, settings, source, supervised, URL } from './world';

/** Of a run that changed two lists. */
async function journalled(): Promise<Journal> {
	const { platform, around } = harness();
	const lists = [supervised('a@x'), supervised('b@x')];
	for (const ref of lists) platform.set(ref, ids(3));
	const wished = source(lists.flatMap((ref) => rows(ref, [...ids(3), 'new@x'])));
	return JSON.parse(JSON.stringify((await syncRun(wished, settings(), around)).journal)) as Journal;
}

/** An edit by somebody who knows how a seal is made. */
function resealed(journal: Journal, edit: (copy: Journal) => void): Journal {
	const copy = structuredClone(journal);
	edit(copy);
	return sealed({ ...copy, seal: undefined }) as unknown as Journal;
}

function refusal(json: unknown, more: Partial<Settings> = {}): [string, string] | null {
	const checked = checkJournal(json, settings(more));
	return checked.ok ? null : [checked.issue.code, messageOf(checked.issue)];
}

describe('a journal is refused, with the reason', () => {
	test('but not where it is unchanged, as text or as an object', async () => {
		const journal = await journalled();
		expect(refusal(journal)).toBeNull();
		expect(refusal(JSON.stringify(journal, null, 2))).toBeNull();
		expect(refusal(journal, { platformUrl: ` ${URL.replace('apio', 'APIO')}/ ` })).toBeNull();
	});

	test('where it was changed, or names a list twice', async () => {
		const journal = await journalled();
		const edited = [
			'editedJournal',
			'The journal was changed after the run: provide it exactly as the run returned it.',
		];
		expect(refusal({ ...journal, finishedAt: '2031-01-01T00:00:00.000Z' })).toEqual(edited);
		const again = resealed(journal, ({ lists }) =>
			lists.push({ ...lists[0], ref: { ...lists[0].ref, userId: lists[0].ref.userId.toUpperCase() } }),
		);
		expect(refusal(again)).toEqual(edited);
	});

	test('where it is of another platform or kind', async () => {
		const journal = await journalled();
		const elsewhere = 'https://other.example/api/v1';
		expect(refusal(journal, { platformUrl: elsewhere })?.[1]).toContain(URL);
		expect(refusal(journal, { platformUrl: elsewhere })).toEqual(['otherPlatform', expect.stringContaining(elsewhere)]);
		expect(refusal(journal, { kind: 'agentCallCenters' })).toEqual([
			'otherKind',
			"The journal is about 'Agents of Supervisors', but this run is about 'Call Centers of Agents': choose the kind " +
				'of list of the journal.',
		]);
	});

	test('with the place of the damage', async () => {
		const journal = await journalled();
		const cases: Array<[(copy: Journal) => void, string]> = [
			[({ lists }) => Object.assign(lists[0].ref, { userId: '' }), 'lists.0.ref.userId'],
			[({ lists }) => Object.assign(lists[1], { outcome: 'fine' }), 'lists.1.outcome'],
			[({ lists }) => Object.assign(lists[1].members[0], { change: 'keep' }), 'lists.1.members.0.change'],
			[(copy) => Object.assign(copy, { startedAt: 'yesterday' }), 'startedAt'],
		];
		for (const [edit, at] of cases) {
			const checked = checkJournal(resealed(journal, edit), settings());
			expect(checked).toMatchObject({ issue: { code: 'invalidJournal', facts: { problem: 'damaged', at } } });
		}
	});

	test('where it is none, and nothing is written', async () => {
		const { platform, around } = harness();
		for (const json of [undefined, null, '', '{', 7, [], {}, { format: 'other' }, '"n8n-nodes-apio/journal"']) {
			expect(refusal(json)?.[0]).toBe('invalidJournal');
			expect((await rollBackRun(json, settings(), around)).status).toBe('refused');
		}
		expect(platform.arrivals).toEqual([]);
	});

	test('where it is of another version, naming both', async () => {
		const { version, ...rest } = await journalled();
		expect(checkJournal({ ...rest, version: 9 }, settings())).toMatchObject({
			issue: { code: 'otherVersion', facts: { document: 'journal', found: '9', read: version } },
		});
		expect(checkJournal(rest, settings())).toMatchObject({
			issue: { code: 'otherVersion', facts: { document: 'journal', found: 'none', read: version } },
		});
	});
});

test('neither document is taken for the other', async () => {
	const journal = await journalled();
	expect(checkPlan(journal, settings(), 0)).toMatchObject({
		issue: { code: 'invalidPlan', facts: { problem: 'other' } },
	});
	expect(checkJournal({ ...journal, format: 'n8n-nodes-apio/plan' }, settings())).toMatchObject({
		issue: { code: 'invalidJournal', facts: { problem: 'other' } },
	});
});

test.each(['[', '{"a":'])('a document of a hundred levels and more is refused before it is parsed: %s', (open) => {
	for (const json of [open.repeat(101), JSON.parse(`${'['.repeat(101)}${']'.repeat(101)}`)]) {
		expect(checkJournal(json, settings())).toMatchObject({
			issue: { code: 'invalidJournal', facts: { problem: 'tooDeep', levels: 100 } },
		});
		expect(checkPlan(json, settings(), 0)).toMatchObject({
			issue: { code: 'invalidPlan', facts: { problem: 'tooDeep', levels: 100 } },
		});
	}
});
