import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readCsv } from '../../lib/csv';
import { correctionCsv, isCorrectionFile, rowsNotAttempted, rowsToCorrect, viewRun, type SourceShape } from '../../lib/report';
import { csvCell, safeCell } from '../../lib/report/safe-cell';
import { SHAPE, done, member, outcome, planned, plannedList, ref, rejectedRow } from './runs';

const READING = { kind: 'supervisedAgents' as const, tenantId: 'acme', groupId: 'brussels' };

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, 'utf8');
}

async function readBack(text: string) {
	const read = await readCsv(bytes(text), READING);
	if (!read.ok) throw new Error(read.failure.message);
	return read.source;
}

describe('formula safety', () => {
	it.each(['=1+1', '+1+1', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠a', ' =1', '\u00a0=1'])('guards %j', (text) => {
		expect(safeCell(text)).toBe(`'${text}`);
	});

	it.each(['+3225551234', '+12125550123', 'anna@example.com', 'a+b@example.com', 'x=y', '32 2 555 12 34', ''])('leaves %j as it is', (text) => {
		expect(safeCell(text)).toBe(text);
	});

	it.each(['+0225551234', '+32255', '+3225551234567890', '+32 2 555', '+3225551234+1', '+32255512a4'])('takes %j for no phone number', (text) => {
		expect(safeCell(text)).toBe(`'${text}`);
	});

	it('quotes what another delimiter or a quotation mark would tear', () => {
		expect(csvCell('a;b')).toBe('"a;b"');
		expect(csvCell('say "hi"')).toBe('"say ""hi"""');
		expect(csvCell('=cmd|"/c calc"!A1')).toBe(`"'=cmd|""/c calc""!A1"`);
	});

	it('never lets a cell begin as a formula does', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const cell = csvCell(text).replace(/^"/, '');
				expect(/^[=@\t\r\n＝＋－＠-]/.test(cell)).toBe(false);
				if (cell.startsWith('+')) expect(text).toMatch(/^\+[1-9]\d{6,14}$/);
			}),
		);
	});
});

describe('CSV of rejected rows and failed members', () => {
	const rejected = [rejectedRow(3, { supervisor: 'sup@x.example', call_center: 'cc@x.example', agent: '', phone: '+3225551234' })];
	const shape: SourceShape = { ...SHAPE, columns: ['supervisor', 'call_center', 'agent', 'phone'] };
	const lists = [plannedList(ref('sup@x.example', 'cc@x.example'), ['a1@x.example', 'a2@x.example'], ['r@x.example'])];
	const input = done(
		{ lists },
		[
			outcome(ref('sup@x.example', 'cc@x.example'), 'failed', [
				member('a1@x.example', 'add', 'failed', { code: 'apio-2', message: 'Refused; the agent is no agent of it.', lines: [7] }),
				member('a2@x.example', 'add', 'applied', { lines: [8] }),
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
			'\uFEFFsupervisor;call_center;agent;phone;action;line;code;message',
			"sup@x.example;cc@x.example;;+3225551234;add;3;blankCell;Line 3 has no agent. Fill in the column 'agent' and send the row again.",
			'sup@x.example;cc@x.example;a1@x.example;;add;7;apio-2;"Refused; the agent is no agent of it."',
			'',
		]);
	});

	it('keeps what was not attempted apart', () => {
		const rest = correctionCsv(rowsNotAttempted(view, shape), shape) ?? '';
		expect(rest.split('\r\n')[1]).toBe('sup@x.example;cc@x.example;r@x.example;;remove;;notAttempted;');
	});

	it('is no file where there is nothing to correct', () => {
		expect(correctionCsv([], shape)).toBeNull();
	});

	it('can be fed back in once corrected', async () => {
		const source = await readBack(csv.replace('cc@x.example;;', 'cc@x.example;found@x.example;'));
		expect(source.rejected).toEqual([]);
		expect(source.rows.map(({ list: { userId, callCenterId }, memberId, action }) => [userId, callCenterId, memberId, action])).toEqual([
			['sup@x.example', 'cc@x.example', 'found@x.example', 'add'],
			['sup@x.example', 'cc@x.example', 'a1@x.example', 'add'],
		]);
		expect(isCorrectionFile(source.columns)).toBe(true);
	});

	it('does not collect the added columns when it goes round again', async () => {
		const source = await readBack(csv);
		const again: SourceShape = { delimiter: ';', columns: source.columns, mapping: source.mapping, mode: 'actionColumn' };
		const second = planned({}, { rejected: source.rejected });
		const header = (correctionCsv(rowsToCorrect(viewRun(second), again), again) ?? '').split('\r\n')[0];
		expect(header).toBe('\uFEFFsupervisor;call_center;agent;phone;action;line;code;message');
	});

	it('brings every id back as it was, in every delimiter', async () => {
		const id = fc.stringMatching(/^[A-Za-z0-9+=-][A-Za-z0-9._+-]{0,20}@[a-z]{1,10}\.example$/);
		await fc.assert(
			fc.asyncProperty(id, id, id, fc.constantFrom(',', ';', '\t', '|'), async (supervisor, callCenter, agent, delimiter) => {
				const failed = done({ lists: [plannedList(ref(supervisor, callCenter), [agent], [])] }, [
					outcome(ref(supervisor, callCenter), 'failed', [member(agent, 'add', 'failed', { message: 'No, "never"; not, ever|\tso.' })]),
				]);
				const text = correctionCsv(rowsToCorrect(viewRun(failed), { ...SHAPE, delimiter }), { ...SHAPE, delimiter }) ?? '';
				const source = await readBack(text);
				expect(source.rows.map(({ list, memberId }) => [list.userId, list.callCenterId, memberId])).toEqual([[supervisor, callCenter, agent]]);
			}),
		);
	});

	it('writes a removal that failed as a removal', () => {
		const failed = done({ lists: [plannedList(ref('sup@x', 'cc@x'), [], ['r@x'])] }, [
			outcome(ref('sup@x', 'cc@x'), 'failed', [member('r@x', 'remove', 'failed', { code: 'apio-9', message: 'No.' })]),
		]);
		expect(rowsToCorrect(viewRun(failed), SHAPE)[0].cells).toMatchObject({ agent: 'r@x', action: 'remove' });
	});
});
