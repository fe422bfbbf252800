/** Which removals a row holds that cannot be carried out, by mode and reason; and which it leaves alone. */

import { describe, expect, it } from '@jest/globals';
import { planRun, type RunResult, type Settings, type Source } from '../../lib/sync';
import type { Facts } from '../../lib/sync/model/issue';
import type { RowProblem, SourceRow } from '../../lib/sync/model/row';
import { harness, ownCallCenters, rejectedRow, row, settings, source, supervised } from './world';

/** `bea@x` leaves the first list, which is her last one; nothing changes on the second. */
const [A, B, C] = [supervised('a@x', 'one@x'), supervised('b@x', 'two@x'), supervised('c@x', 'three@x')];
const KEY_OF_B = { tenantId: 'T', groupId: 'G', userId: 'b@x', callCenterId: 'two@x' };

function scene() {
	const made = harness();
	made.platform.set(A, ['an@x', 'bea@x']);
	made.platform.set(B, ['steady@x']);
	made.platform.set(C, ['bea@x']);
	return made;
}

const GOOD = [row(A, 'an@x', { line: 2 }), row(B, 'steady@x', { line: 3 })];
/** The same where an action says what to do. */
const BY_ACTION = [row(A, 'bea@x', { action: 'remove', line: 2 }), row(B, 'steady@x', { action: 'add', line: 3 })];

async function planned(all: Source, more: Partial<Settings> = {}, made = scene()): Promise<RunResult> {
	return await planRun(all, settings(more), made.around);
}

/** What becomes of the removal of a member from a list: `removed`, or what holds it. */
function fate({ plan }: RunResult, member = 'bea@x', list = A) {
	const found = plan?.lists.find(({ ref }) => ref.userId === list.userId);
	if (found?.removes.some((change) => change.member === member)) return 'removed';
	const held = found?.held.find((change) => change.member === member);
	return held === undefined ? null : held.facts;
}

describe('a rejected row', () => {
	it('may have meant anybody, so that nobody leaves the last list', async () => {
		const result = await planned(source(GOOD, [rejectedRow({ ...KEY_OF_B, line: 9 })]));
		expect(fate(result)).toMatchObject({
			means: 'anybody',
			lines: { first: [9] },
			cause: { problems: [{ code: 'mangledId' }], moreProblems: 0 },
		});
	});

	it('holds nobody on a list that gets others, if they stay elsewhere', async () => {
		const made = scene();
		made.platform.set(A, ['bea@x']);
		const rejected = [rejectedRow({ ...KEY_OF_B, line: 9 })];
		const rows = [row(A, 'new@x'), row(B, 'steady@x'), row(C, 'bea@x')];
		expect(fate(await planned(source(rows, rejected), {}, made))).toBe('removed');
	});

	it('holds nobody else where rows contradict each other, which are not damaged', async () => {
		const facts: Facts<'conflictingRows'> = { problem: 'sameList', member: 'x@x', lines: [9, 10] };
		const problems: RowProblem[] = [{ column: null, code: 'conflictingRows', facts }];
		const result = await planned(source(GOOD, [rejectedRow({ ...KEY_OF_B, line: 9, problems })]));
		expect(fate(result)).toBe('removed');
	});

	it('has nobody to put on a list where rows only take people off', async () => {
		const rows = [row(A, 'bea@x'), row(B, 'nobody@x')];
		const result = await planned(source(rows, [rejectedRow(KEY_OF_B)]), { mode: 'removeOnly' });
		expect(fate(result)).toBe('removed');
	});

	it('holds whom it names, under the new name', async () => {
		const rows = [...GOOD, row(C, 'bea@x', { line: 4 })];
		const rejected = [rejectedRow({ ...KEY_OF_B, line: 9, memberIds: ['b.old@x'] })];
		const result = await planned(source(rows, rejected), { aliases: { 'B.OLD@x': 'Bea@x' } });
		expect(fate(result)).toMatchObject({ means: 'member', lines: { first: [9] } });
	});

	it('may mean any list where the file ends within it, and no other row does', async () => {
		const rejected = [rejectedRow({ ...KEY_OF_B, line: 9 })];
		const rows = [...GOOD, row(C, 'bea@x', { line: 4 })];
		expect(fate(await planned({ ...source(rows, rejected), unendedLine: 9 }))).toMatchObject({ means: 'list' });
		expect(fate(await planned({ ...source(rows, rejected), unendedLine: 8 }))).toBe('removed');
		expect(fate(await planned({ ...source(rows, rejected), unendedLine: null }))).toBe('removed');
	});
});

describe('a row that can be read and not carried out', () => {
	const acting = { mode: 'actionColumn' } as const;
	const result = async (more: readonly SourceRow[], given: Partial<Settings> = acting) =>
		await planned(source([...BY_ACTION, ...more]), given);

	it('without an action may have meant anybody', async () => {
		expect(fate(await result([row(B, 'x@x', { line: 7 })]))).toMatchObject({
			means: 'anybody',
			lines: { first: [7] },
			cause: { issue: { code: 'actionMissing', facts: { line: 7 } } },
		});
	});

	it('names its member, who is held wherever else they stay', async () => {
		const staying = row(C, 'bea@x', { action: 'add' });
		expect(fate(await result([staying, row(B, 'BEA@x', { line: 7 })]))).toMatchObject({
			means: 'member',
			lines: { first: [7] },
			cause: { issue: { code: 'actionMissing' } },
		});
		expect(fate(await result([staying, row(B, 'x@x', { line: 7 })]))).toBe('removed');
	});

	it('holds nobody else where it contradicts another one', async () => {
		const both = (['add', 'remove'] as const).map((action) => row(B, 'x@x', { action }));
		expect(fate(await result(both))).toBe('removed');
	});

	it('holds nobody else where the mode does not do what it asks', async () => {
		const removals = [row(A, 'bea@x'), row(B, 'nobody@x')];
		const added = await planned(source([...removals, row(B, 'x@x', { action: 'add' })]), { mode: 'removeOnly' });
		expect(fate(added)).toBe('removed');
		const removed = await planned(source([...GOOD, row(B, 'x@x', { action: 'remove' })]));
		expect(fate(removed)).toBe('removed');
	});

	it('holds no other call centers of agents, which do not move', async () => {
		const [own, other] = [ownCallCenters('a@x'), ownCallCenters('b@x')];
		const kind = 'agentCallCenters' as const;
		const made = () => {
			const { platform, around, clock } = harness();
			platform.set(own, ['one@x']);
			platform.set(other, ['two@x']);
			return { platform, around, clock };
		};
		const rows = [row(own, 'one@x', { action: 'remove' }), row(other, 'x@x')];
		expect(fate(await planned(source(rows), { mode: 'actionColumn', kind }, made()), 'one@x', own)).toBe('removed');
	});
});

describe('a list that is not there', () => {
	const MISSING = supervised('b@x', 'note');

	it('names its members, with their lines', async () => {
		const rows = [...GOOD, row(C, 'bea@x'), row(MISSING, 'Bea@x', { line: 8 })];
		expect(fate(await planned(source(rows)))).toMatchObject({
			means: 'member',
			lines: { first: [8] },
			cause: { issue: { code: 'missingList', facts: { list: MISSING } } },
		});
	});

	it('may mean anybody where one of its members is on no list, or a row names none', async () => {
		const known = [...GOOD, row(MISSING, 'steady@x'), row(MISSING, 'AN@x')];
		expect(fate(await planned(source(known)))).toBe('removed');
		expect(fate(await planned(source([...known, row(MISSING, 'ghost@x')])))).toMatchObject({ means: 'anybody' });
		expect(fate(await planned(source([...known, row(MISSING, null)])))).toMatchObject({ means: 'anybody' });
	});
});

describe('lists that need no change', () => {
	it('are reported as unchanged and counted, where the quick check does not apply', async () => {
		const made = scene();
		const rows = [row(A, 'AN@x'), row(A, 'bea@x'), row(B, 'new@x')];
		const { plan } = await planned(source(rows), { mode: 'addOnly' }, made);
		expect(plan).toMatchObject({
			unchanged: [A],
			lists: [{ ref: B, adds: [{ member: 'new@x' }] }],
			totals: { liveMembers: 3 },
			source: { rows: 3, lists: 2, members: 3 },
		});
	});

	it('show how the platform spells whom the source adds elsewhere, as changed ones do', async () => {
		const made = scene();
		made.platform.set(A, ['An@X', 'bea@x']);
		made.platform.set(C, ['Chris@X']);
		const rows = [row(A, 'an@x'), row(B, 'an@x'), row(B, 'steady@x'), row(B, 'chris@x'), row(C, 'chris@x')];
		const { plan } = await planned(source(rows), {}, made);
		const adds = plan?.lists.find(({ ref }) => ref.userId === B.userId)?.adds;
		expect(adds?.map(({ member }) => member)).toEqual(['An@X', 'Chris@X']);
	});
});

it('a list that is not read any more because of a stop is reported as not attempted', async () => {
	const made = scene();
	made.platform.fault = ({ asked, ref }) => (asked === 'read' && ref?.userId === B.userId ? 'stopped' : null);
	const result = await planned(source(GOOD), { concurrency: 1 }, made);
	expect(result.lists.filter(({ ref }) => ref.userId === B.userId)).toMatchObject([{ outcome: 'notAttempted' }]);
});
