import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mayBeCorrectionFile, readCsv } from '../../lib/csv';
import { correctionCsv, messageOf, rowsNotAttempted, rowsToCorrect, viewRun, type SourceShape } from '../../lib/report';
import { SHAPE, done, member, outcome, planned, plannedList, ref, refused, rejectedRow } from './runs';

const RAGGED = { column: null, code: 'raggedRow', facts: { cells: 2, header: 3, named: 3, rows: 3 } } as const;

const READING = { kind: 'supervisedAgents' as const, tenantId: 'acme', groupId: 'brussels' };

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, 'utf8');
}

async function readBack(text: string) {
	const read = await readCsv(bytes(text), READING);
	if (!read.ok) throw new Error(messageOf(read.failure));
	return read.source;
}

describe('CSV of rejected rows and failed members', () => {
	const rejected = [
		rejectedRow(3, { supervisor: 'sup@x.example', call_center: 'cc@x.example', agent: '', phone: '+3225551234' }),
	];
	const shape: SourceShape = { ...SHAPE, columns: ['supervisor', 'call_center', 'agent', 'phone'] };
	const lists = [plannedList(ref('sup@x.example', 'cc@x.example'), ['a1@x.example', 'a2@x.example'], ['r@x.example'])];
	const input = done(
		{ lists },
		[
			outcome(ref('sup@x.example', 'cc@x.example'), 'failed', [
				member('a1@x.example', 'add', 'failed', refused('The agent is no agent of it; sorry.'), [7]),
				member('a2@x.example', 'add', 'applied', undefined, [8]),
				member('r@x.example', 'remove', 'notAttempted'),
			]),
		],
		{ status: 'partial' },
		{ rejected },
	);
	const view = viewRun(input);
	const csv = correctionCsv(rowsToCorrect(view, shape), shape) ?? '';

	it('has the original columns, then the action, line, code and message', () => {
		expect(csv.split('\r\n')).toEqual([
			'\uFEFFsupervisor;call_center;agent;phone;action;apio line;apio code;apio message',
			'sup@x.example;cc@x.example;;+3225551234;add;3;blankCell;"agent: There is no agent in this row. Fill in the ' +
				'cell, or remove the row."',
			'sup@x.example;cc@x.example;a1@x.example;;add;7;apio-2;"The platform refused this: The agent is no agent of ' +
				'it; sorry."',
			'',
		]);
	});

	it('keeps what was not attempted apart', () => {
		const rest = correctionCsv(rowsNotAttempted(view, shape), shape) ?? '';
		expect(rest.split('\r\n')[1]).toBe('sup@x.example;cc@x.example;r@x.example;;remove;;notAttempted;');
	});

	it('is not made if there is nothing to correct', () => {
		expect(correctionCsv([], shape)).toBeNull();
	});

	it('can be fed back in once corrected', async () => {
		const source = await readBack(csv.replace('cc@x.example;;', 'cc@x.example;found@x.example;'));
		expect(source.rejected).toEqual([]);
		expect(
			source.rows.map(({ list: { userId, callCenterId }, memberId, action }) => [
				userId,
				callCenterId,
				memberId,
				action,
			]),
		).toEqual([
			['sup@x.example', 'cc@x.example', 'found@x.example', 'add'],
			['sup@x.example', 'cc@x.example', 'a1@x.example', 'add'],
		]);
	});

	it('is recognized by any one of the added columns', () => {
		const header = csv.split('\r\n')[0].slice(1).split(';');
		expect(mayBeCorrectionFile(header)).toBe(true);
		expect(mayBeCorrectionFile([...header.slice(0, -3), 'APIO-Code'])).toBe(true);
		expect(mayBeCorrectionFile([...header.slice(0, -3), 'line', 'code', 'message'])).toBe(false);
	});

	it('does not repeat the added columns when it is corrected again', async () => {
		const source = await readBack(csv);
		const again: SourceShape = {
			delimiter: ';',
			columns: source.columns,
			mapping: source.mapping,
			mode: 'actionColumn',
			words: null,
		};
		const second = planned({}, { rejected: source.rejected });
		const header = (correctionCsv(rowsToCorrect(viewRun(second), again), again) ?? '').split('\r\n')[0];
		expect(header).toBe('\uFEFFsupervisor;call_center;agent;phone;action;apio line;apio code;apio message');
	});

	it('returns every id unchanged, with every delimiter', async () => {
		const id = fc.stringMatching(/^[A-Za-z0-9+=-][A-Za-z0-9._+-]{0,20}@[a-z]{1,10}\.example$/);
		await fc.assert(
			fc.asyncProperty(
				id,
				id,
				id,
				fc.constantFrom(',', ';', '\t', '|'),
				async (supervisor, callCenter, agent, delimiter) => {
					const failed = done({ lists: [plannedList(ref(supervisor, callCenter), [agent], [])] }, [
						outcome(ref(supervisor, callCenter), 'failed', [
							member(agent, 'add', 'failed', refused('No, "never"; not, ever|\tso.')),
						]),
					]);
					const text =
						correctionCsv(rowsToCorrect(viewRun(failed), { ...SHAPE, delimiter }), { ...SHAPE, delimiter }) ?? '';
					const source = await readBack(text);
					expect(source.rows.map(({ list, memberId }) => [list.userId, list.callCenterId, memberId])).toEqual([
						[supervisor, callCenter, agent],
					]);
				},
			),
		);
	});

	it('writes a removal that failed as a removal', () => {
		const failed = done({ lists: [plannedList(ref('sup@x', 'cc@x'), [], ['r@x'])] }, [
			outcome(ref('sup@x', 'cc@x'), 'failed', [member('r@x', 'remove', 'failed', refused('No.', 'apio-9'))]),
		]);
		expect(Object.fromEntries(rowsToCorrect(viewRun(failed), SHAPE)[0].cells)).toMatchObject({
			agent: 'r@x',
			action: 'remove',
		});
	});

	it('gives no member the message of another member of its list', () => {
		const stopped = done({ lists: [plannedList(ref('sup@x', 'cc@x'), ['bad@x', 'waiting@x'], [])] }, [
			outcome(
				ref('sup@x', 'cc@x'),
				'failed',
				[member('bad@x', 'add', 'failed', refused('bad@x is no agent.')), member('waiting@x', 'add', 'notAttempted')],
				refused('bad@x is no agent.'),
			),
		]);
		expect(rowsNotAttempted(viewRun(stopped), SHAPE)).toMatchObject([{ code: 'notAttempted', message: '' }]);
	});

	it('leaves the action blank if nothing of the row could be read', () => {
		const unread = { tenantId: null, groupId: null, userId: null };
		const torn = planned(
			{},
			{
				rejected: [
					rejectedRow(3, { supervisor: 'sup@x', agent: 'cc@x' }, { ...unread, problems: [RAGGED] }),
					rejectedRow(4, { supervisor: 'sup@x' }),
				],
			},
		);
		expect(rowsToCorrect(viewRun(torn), SHAPE).map(({ cells }) => cells.get('action'))).toEqual(['', 'add']);
		const unsaid: SourceShape = { ...SHAPE, mode: 'actionColumn' };
		expect(rowsToCorrect(viewRun(torn), unsaid).map(({ cells }) => cells.get('action'))).toEqual(['', '']);
	});

	it('names its action column unlike any column of the source', async () => {
		// A source whose agents stand in a column called "action", as set by hand.
		const columns = { agent: 'Action' };
		const read = await readCsv(bytes('supervisor;call center;Action\nsup@x;cc@x;#N/A\n'), { ...READING, columns });
		if (!read.ok) throw new Error(messageOf(read.failure));
		const { source } = read;
		const shape: SourceShape = {
			delimiter: ';',
			columns: source.columns,
			mapping: source.mapping,
			mode: 'mirror',
			words: null,
		};
		const text = correctionCsv(rowsToCorrect(viewRun(planned({}, { rejected: source.rejected })), shape), shape) ?? '';
		const again = await readCsv(bytes(text.replace('#N/A', 'a@x')), { ...READING, columns });
		expect(again).toMatchObject({ ok: true, source: { rows: [{ memberId: 'a@x', action: 'add' }] } });
	});
});
