import { describe, expect, it } from '@jest/globals';
import { syncRun } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { harness, ids, ownCallCenters, row, rows, settings, source, supervised } from './world';

/** Lists that a row may come to mean by a slip: the first loses agent2, who is on no other. */
const [SHRINKING, STEADY] = [supervised('a@x', 'one@x'), supervised('b@x', 'two@x')];
const MISSING = supervised('b@x', 'note');

function world() {
	const { platform, around } = harness();
	platform.set(SHRINKING, ids(2));
	platform.set(STEADY, ['steady@x']);
	return { platform, around };
}

const wished = (...more: Parameters<typeof source>[0]) =>
	source([...rows(SHRINKING, ['agent1@x']), ...rows(STEADY, ['steady@x']), ...more]);

describe('a row of a list that the platform does not have', () => {
	it('may have meant anybody where nothing shows that its member is one: cells change places', async () => {
		const { platform, around } = world();
		const result = await syncRun(wished(row(MISSING, 'two@x')), settings(), around);
		expect(platform.members(SHRINKING)).toEqual(ids(2));
		const held = result.lists.flatMap(({ members }) => members).filter(({ outcome }) => outcome === 'held');
		expect(held).toMatchObject([{ member: 'agent2@x', change: 'remove', code: 'rowNotCarriedOut' }]);
	});

	it.each([
		['on a list that changes', 'AGENT1@x'],
		['on a list that does not', 'Steady@x'],
	])('means the member that it names where the platform shows them %s', async (_, member) => {
		const { platform, around } = world();
		await syncRun(wished(row(MISSING, member)), settings(), around);
		expect(platform.members(SHRINKING)).toEqual(['agent1@x']);
	});

	it('means nobody where it removes people', async () => {
		const { platform, around } = world();
		const all = [row(SHRINKING, 'agent2@x'), row(STEADY, 'nobody@x'), row(MISSING, 'two@x')];
		await syncRun(source(all), settings({ mode: 'removeOnly' }), around);
		expect(platform.members(SHRINKING)).toEqual(['agent1@x']);
	});

	it('means nobody else where its action is to remove', async () => {
		const { platform, around } = world();
		const all = [row(SHRINKING, 'agent2@x'), row(STEADY, 'nobody@x'), row(MISSING, 'two@x')];
		const acting = all.map((one) => ({ ...one, action: 'remove' as const }));
		await syncRun(source(acting), settings({ mode: 'actionColumn' }), around);
		expect(platform.members(SHRINKING)).toEqual(['agent1@x']);
	});

	it('means the lists like it where members are call centers, which do not move', async () => {
		const { platform, around } = harness();
		platform.set(ownCallCenters('a@x'), ['one@x', 'two@x']);
		const other = { ...ownCallCenters('b@x'), groupId: 'other' };
		platform.set(other, ['one@x']);
		const missing = { ...ownCallCenters('c@x'), groupId: 'other' };
		await syncRun(
			source([...rows(ownCallCenters('a@x'), ['one@x']), ...rows(other, ['one@x']), row(missing, 'three@x')]),
			settings({ kind: 'agentCallCenters' }),
			around,
		);
		expect(platform.members(ownCallCenters('a@x'))).toEqual(['one@x']);
	});
});

describe('a part of its key that a default stands in for', () => {
	it('says nothing of the list that it meant, because its cell may be blank as the others moved', async () => {
		const shown = [supervised('a@x', 'one@x'), supervised('a@x', 'default@x')];
		const missing = supervised('c@x', 'default@x');
		const changed = async (defaulted?: Array<'callCenterId'>) => {
			const { platform, around } = harness();
			for (const ref of shown) platform.set(ref, ids(2));
			const wish = row(missing, 'agent1@x', defaulted === undefined ? {} : { defaulted });
			await syncRun(source([...shown.flatMap((ref) => rows(ref, ['agent1@x'])), wish]), settings(), around);
			return shown.map((ref) => platform.members(ref).length);
		};
		expect(await changed()).toEqual([1, 2]);
		expect(await changed(['callCenterId'])).toEqual([2, 2]);
	});
});

describe('a call center that its agent cannot have', () => {
	it('may have meant any, so that no list is emptied: two columns of the file may have changed places', async () => {
		const { platform, around } = harness();
		const [refused, cleared] = [ownCallCenters('a@x'), ownCallCenters('b@x')];
		platform.set(refused, ['one@x']);
		platform.set(cleared, ['one@x']);
		platform.mayJoin.set(listKey(refused), ['one@x']);
		const wished = (member: string) => source([row(refused, member), row(cleared, null)]);
		const mine = settings({ kind: 'agentCallCenters', allowClear: true });
		await syncRun(wished('name@x'), mine, around);
		expect(platform.members(cleared)).toEqual(['one@x']);
		await syncRun(wished('one@x'), mine, around);
		expect(platform.members(cleared)).toEqual([]);
	});
});
