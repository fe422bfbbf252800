import { describe, expect, test } from '@jest/globals';
import { planRun } from '../../lib/sync';
import type { Approval, Plan, Settings } from '../../lib/sync';
import { approvalProblem } from '../../lib/sync/apply/approval';
import { checkPlan } from '../../lib/sync/documents/check';
import { sealed } from '../../lib/sync/model/canonical-json';
import { membersHash, membersOf } from '../../lib/sync/model/members';
import { planHash } from '../../lib/sync/documents/plan-hash';
import { messageOf } from '../support/issue-text';
import { harness, ids, rows, settings, source, supervised, URL } from './world';

/** Two lists; `removals` of the first list's agents go. */
async function planned(removals: number): Promise<Plan> {
	const { platform, around } = harness();
	platform.set(supervised('a@x'), ids(9));
	platform.set(supervised('b@x'), ids(2));
	const wished = source([
		...rows(supervised('a@x'), ids(9).slice(removals)),
		...rows(supervised('b@x'), [...ids(2), 'new@x']),
	]);
	return JSON.parse(JSON.stringify((await planRun(wished, settings(), around)).plan)) as Plan;
}

/** An edit by somebody who knows how hash and seal are made. */
function forged(plan: Plan, edit: (copy: Plan) => void): Plan {
	const copy = structuredClone(plan);
	edit(copy);
	return sealed({ ...copy, hash: planHash(copy), seal: undefined }) as unknown as Plan;
}

describe('a plan is refused, with the reason', () => {
	const refused = (plan: unknown, more: Partial<Settings> = {}, now = 0) => {
		const checked = checkPlan(plan, settings(more), now);
		return checked.ok ? null : [checked.issue.code, messageOf(checked.issue)];
	};
	const EDITED = ['editedPlan', 'The plan was changed after it was made: plan again, and review the new plan.'];

	test('but not where it is unchanged, until it expires', async () => {
		const plan = await planned(2);
		expect(refused(plan, {}, Date.parse(plan.validUntil))).toBeNull();
		expect(refused(plan, {}, Date.parse(plan.validUntil) + 1)).toEqual([
			'expiredPlan',
			expect.stringMatching(/^The plan was valid until \d+ \w+ \d{4}, \d\d:\d\d UTC: plan again, and review/),
		]);
	});

	test.each<[string, (copy: Plan) => void]>([
		['an addition of somebody who is there', ({ lists }) => lists[0]!.adds.push({ member: 'AGENT9@x', lines: [] })],
		['a removal of somebody who is not there', ({ lists }) => lists[1]!.removes.push({ member: 'other@x', lines: [] })],
		[
			'another list before, though its hash is right',
			({ lists }) => Object.assign(lists[0]!, { before: ['new@x'], beforeHash: membersHash(membersOf(['new@x'])) }),
		],
		['another list before', ({ lists }) => Object.assign(lists[1]!, { before: ids(1) })],
		['a list twice', ({ lists }) => lists.push(lists[0]!)],
	])('with %s', async (_, edit) => {
		expect(refused(forged(await planned(2), edit))).toEqual(EDITED);
	});

	test('where its hash or its seal is another', async () => {
		const plan = await planned(2);
		expect(refused({ ...plan, seal: 'f'.repeat(64) })).toEqual(EDITED);
		expect(refused(sealed({ ...plan, hash: 'f'.repeat(64), seal: undefined }))).toEqual(EDITED);
	});

	test('for another platform or kind', async () => {
		const plan = await planned(2);
		const elsewhere = 'https://other.example/api/v1';
		expect(refused(plan, { platformUrl: elsewhere })).toEqual([
			'otherPlatform',
			`The plan was made for ${URL}, but this run is on ${elsewhere}: use the credential that made the plan, or ` +
				'plan again.',
		]);
		expect(refused(plan, { kind: 'agentCallCenters' })).toEqual([
			'otherKind',
			"The plan is about 'Agents of Supervisors', but this run is about 'Call Centers of Agents': choose the kind of " +
				'list of the plan.',
		]);
	});
});

describe('a missing part of an approval is reported', () => {
	const problem = (plan: Plan, approval: Partial<Approval> | null | undefined) => {
		const issue = approvalProblem(plan, approval as Approval);
		return issue === null ? null : messageOf(issue);
	};

	test('of the hash', async () => {
		const plan = await planned(2);
		for (const none of [
			undefined,
			null,
			{ planHash: '', removals: 2 },
			{ planHash: ' \n', removals: 2 },
			{ removals: 2 },
		]) {
			expect(problem(plan, none)).toBe(
				"The plan is not approved: enter the hash of the reviewed plan in 'Approved Plan Hash'.",
			);
		}
		expect(problem(plan, { planHash: 'f'.repeat(64), removals: 2 })).toBe(
			'The approved hash is that of another plan: review this plan, and approve its hash.',
		);
		expect(problem(plan, { planHash: ` ${plan.hash.toUpperCase()}\n`, removals: 2 })).toBeNull();
	});

	const enter = (removals: number) => `If the plan is right, enter ${removals} in 'Approved Removals'.`;
	test.each([
		[2, null, `The plan makes 2 removals, but no number of removals was approved. ${enter(2)}`],
		[2, undefined, `The plan makes 2 removals, but no number of removals was approved. ${enter(2)}`],
		[2, 1, `The plan makes 2 removals, but 1 was approved. ${enter(2)}`],
		[1, 3, `The plan makes 1 removal, but 3 were approved. ${enter(1)}`],
		[0, 3, `The plan makes 0 removals, but 3 were approved. ${enter(0)}`],
		[2, 2, null],
		[0, 0, null],
		[0, null, null],
	])('of %p removals where %p are approved', async (removals, approved, message) => {
		const plan = await planned(removals);
		expect(problem(plan, { planHash: plan.hash, removals: approved as number | null })).toBe(message);
	});
});
