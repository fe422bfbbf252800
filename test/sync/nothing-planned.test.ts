/** The one cause that all lists of a source share, found in what the platform answered to each of them. */

import { describe, expect, it } from '@jest/globals';
import { planRun } from '../../lib/sync';
import { groupNotShown, nothingPlannedCause } from '../../lib/sync/plan/nothing-planned';
import { unplanned } from '../../lib/sync/plan/draft';
import type { ListRef } from '../../lib/sync/model/list';
import type { Failure } from '../../lib/sync/platform/platform';
import { harness, rows, settings, source, supervised, URL } from './world';

const SAID = 'What the platform says.';

function failure(more: Partial<Failure>): Failure {
	return { kind: 'missing', code: 'x', status: 404, message: SAID, ...more };
}

const inGroup = (groupId: string, userId = 'sup@x'): ListRef => ({ ...supervised(userId), groupId });

/** The reason of a plan in which each list fails as `read` says, and each group is known or not as `users` says. */
async function reasonOf(
	lists: readonly ListRef[],
	read: (list: ListRef) => Failure | null,
	users: (groupId: string) => Failure | null = () => null,
) {
	const { platform, around } = harness();
	platform.read = async (list) => {
		const failed = read(list);
		return failed === null ? { ok: true, members: [] } : { ok: false, failure: failed };
	};
	const asked: string[] = [];
	platform.users = async (...[, groupId]: [string?, string?]) => {
		asked.push(groupId!);
		const failed = users(groupId!);
		return failed === null ? { ok: true, entries: [] } : { ok: false, failure: failed };
	};
	const { status, reason } = await planRun(source(lists.flatMap((list) => rows(list, ['a@x']))), settings(), around);
	return { status, reason, asked };
}

const TWO = [inGroup('G'), inGroup('G', 'other@x')];

describe('a Base URL that leads to something else', () => {
	it.each<[string, Partial<Failure>]>([
		['a web page says that it is not there', { answeredBy: 'other' }],
		['a web page is there', { answeredBy: 'other', status: 200, kind: 'refused' }],
		['another address is named', { answeredBy: 'other', status: 302, kind: 'unavailable' }],
		['the last status below those of errors is answered', { answeredBy: 'other', status: 399, kind: 'refused' }],
	])('is reported where %s', async (_, answer) => {
		const { status, reason, asked } = await reasonOf(TWO, () => failure(answer));
		expect([status, reason]).toEqual([
			'failed',
			{
				code: 'wrongBaseUrl',
				facts: { problem: 'notApio', url: URL, status: failure(answer).status, said: SAID },
			},
		]);
		expect(asked).toEqual([]);
	});

	it.each<[string, Partial<Failure>]>([
		['the gateway itself says that it is not there', { answeredBy: 'gateway' }],
		['a proxy is overloaded', { answeredBy: 'other', status: 503, kind: 'unavailable' }],
		['a proxy finds the request wrong', { answeredBy: 'other', status: 400, kind: 'refused' }],
		['nobody answers', { answeredBy: 'other', status: null, kind: 'unavailable' }],
		['it is not known whether it was done', { answeredBy: 'other', status: 207, kind: 'doubt' }],
	])('is not blamed where %s', async (_, answer) => {
		const { status, reason } = await reasonOf(TWO, () => failure(answer));
		expect(status).toBe('failed');
		expect(reason!.code).not.toBe('wrongBaseUrl');
	});

	it('nor where one list only has that answer', async () => {
		const { reason } = await reasonOf(TWO, ({ userId }) =>
			failure(userId === 'other@x' ? { answeredBy: 'gateway' } : { answeredBy: 'other' }),
		);
		expect(reason!.code).toBe('unknownLists');
	});

	it('has the wrong prefix where APIO Core answers and has none of the lists', async () => {
		const { reason, asked } = await reasonOf(TWO, () => failure({ answeredBy: 'core' }));
		expect(reason).toEqual({ code: 'wrongBaseUrl', facts: { problem: 'core', url: URL, said: SAID } });
		expect(asked).toEqual([]);
	});
});

describe('where all lists are missing', () => {
	const missing = () => failure({ answeredBy: 'gateway' });
	const groups = (...ids: string[]) => ids.map((id) => inGroup(id));

	it('the groups that the platform does not know are named', async () => {
		const { reason } = await reasonOf([...groups('G', 'H'), inGroup('G', 'other@x')], missing, missing);
		expect(reason).toEqual({
			code: 'unknownGroup',
			facts: {
				lists: 3,
				absent: [
					{ tenantId: 'T', groupId: 'G' },
					{ tenantId: 'T', groupId: 'H' },
				],
				url: URL,
				said: SAID,
			},
		});
	});

	it('the groups that it knows are named, and the first list', async () => {
		const { reason, asked } = await reasonOf(TWO, missing);
		expect(reason).toMatchObject({
			code: 'unknownLists',
			facts: { lists: 2, found: [{ tenantId: 'T', groupId: 'G' }], first: { code: 'missingList' } },
		});
		expect(asked).toEqual(['G']);
	});

	it.each<[string, (groupId: string) => Failure | null]>([
		['it knows some of them only', (groupId) => (groupId === 'G' ? null : failure({}))],
		['it does not say', () => failure({ kind: 'unavailable', status: 503 })],
	])('no group is blamed where %s', async (_, users) => {
		const { reason } = await reasonOf(groups('G', 'H'), missing, users);
		expect(reason).toMatchObject({
			code: 'missingLists',
			facts: { lists: 2, url: URL, first: { code: 'missingList' } },
		});
	});

	it('three groups are checked, and no more after one that cannot be read', async () => {
		expect((await reasonOf(groups('A', 'B', 'C', 'D'), missing)).asked).toEqual(['A', 'B', 'C']);
		const broken = () => failure({ kind: 'unavailable', status: 503 });
		expect((await reasonOf(groups('A', 'B', 'C', 'D'), missing, broken)).asked).toEqual(['A']);
	});
});

describe('where all lists are forbidden', () => {
	const forbidden = () => failure({ kind: 'forbidden', status: 403 });

	it('the groups are named, as long as they are few', async () => {
		const { reason } = await reasonOf([...TWO, inGroup('G', 'third@x'), inGroup('H')], forbidden);
		expect(reason).toEqual({
			code: 'forbidden',
			facts: {
				problem: 'allReads',
				lists: 4,
				scopes: [
					{ tenantId: 'T', groupId: 'G' },
					{ tenantId: 'T', groupId: 'H' },
				],
				first: { list: TWO[1], said: SAID },
			},
		});
		const three = await reasonOf(
			['A', 'B', 'C'].map((id) => inGroup(id)),
			forbidden,
		);
		expect(three.reason).toMatchObject({ facts: { scopes: [{ groupId: 'A' }, { groupId: 'B' }, { groupId: 'C' }] } });
		const four = await reasonOf(
			['A', 'B', 'C', 'D'].map((id) => inGroup(id)),
			forbidden,
		);
		expect(four.reason).toMatchObject({ facts: { lists: 4, scopes: [] } });
	});
});

it('several causes are counted, and the first is reported', async () => {
	const { reason, asked } = await reasonOf([...TWO, inGroup('H')], ({ groupId }) =>
		groupId === 'H' ? failure({ kind: 'unavailable', status: 503 }) : failure({ answeredBy: 'gateway' }),
	);
	expect(reason).toMatchObject({
		code: 'nothingPlanned',
		facts: { lists: 3, others: 1, first: { code: 'missingList' } },
	});
	expect(asked).toEqual([]);
});

it('nothing has failed where one list is as it should be', async () => {
	const { platform, around } = harness();
	platform.set(TWO[0], ['a@x']);
	const wished = source(TWO.flatMap((list) => rows(list, ['a@x'])));
	expect(await planRun(wished, settings(), around)).toMatchObject({ status: 'planned', reason: null });
});

describe('a group that is not shown', () => {
	const scope = { tenantId: 'T', groupId: 'G' };
	const issueOf = (more: Partial<Failure>) => groupNotShown(scope, failure(more), URL);

	it.each<[string, Partial<Failure>, object]>([
		['a web page is there', { answeredBy: 'other', status: 200, kind: 'refused' }, { problem: 'notApio', status: 200 }],
		['APIO Core does not have the path', { answeredBy: 'core' }, { problem: 'core' }],
	])('shows a wrong Base URL where %s', (_, more, facts) => {
		expect(issueOf(more)).toEqual({ code: 'wrongBaseUrl', facts: { url: URL, said: SAID, ...facts } });
	});

	it('is missing, forbidden, or could not be read', () => {
		expect(issueOf({ answeredBy: 'gateway' })).toEqual({
			code: 'groupNotShown',
			facts: { problem: 'missing', ...scope, url: URL, said: SAID },
		});
		expect(issueOf({ kind: 'forbidden', status: 403, answeredBy: 'core' })).toEqual({
			code: 'groupNotShown',
			facts: { problem: 'forbidden', ...scope, said: SAID },
		});
		expect(issueOf({ kind: 'unavailable', status: 503, answeredBy: 'core' })).toEqual({
			code: 'groupNotShown',
			facts: { problem: 'unreadable', ...scope, said: SAID },
		});
	});
});

describe('a run of which something is planned, or was seen', () => {
	const planning = { settings: settings(), listings: { users: async () => ({ ok: true, entries: [] }) } } as unknown;
	const cause = async (given: Partial<Parameters<typeof nothingPlannedCause>[0]>) =>
		await nothingPlannedCause(
			{ drafts: [], unchanged: [], unplanned: [], ...given },
			planning as Parameters<typeof nothingPlannedCause>[1],
		);
	const [one, two] = TWO;
	const rejected = unplanned(one, 'rejected', { code: 'emptyList', facts: { list: one, lines: [2], mirror: true } });

	it('has no one cause', async () => {
		expect(await cause({})).toBeNull();
		expect(await cause({ unplanned: [rejected], unchanged: [{}] })).toBeNull();
		const conflict = unplanned(two, 'conflict', { code: 'unknownAfter', facts: { list: two } });
		expect(await cause({ unplanned: [rejected, conflict] })).toBeNull();
		expect(await cause({ unplanned: [rejected] })).toMatchObject({ code: 'nothingPlanned', facts: { lists: 1 } });
	});
});
