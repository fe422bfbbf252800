/** Exported lists as rows, one for each member, and as a CSV that the sync reads: ids, and names for readers. */

import { EXPORT_COLUMN } from '../csv';
import { KINDS, type Exported, type ListRef } from '../sync';
import { csvCell } from './csv-cell';

/** By column, in the order of the CSV. The reader recognizes the columns with ids, and ignores the others. */
export type ExportRow = Readonly<Record<string, string>>;

/** Excel reads UTF-8 only behind a byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';
const DELIMITER = ',';

/** Headers of the CSV by the fields of an item. */
const HEADERS: Readonly<Record<string, string>> = {
	tenant: 'tenant',
	group: 'group',
	supervisor: 'supervisor',
	supervisorName: 'supervisor name',
	callCenter: 'call center',
	callCenterName: 'call center name',
	agent: 'agent',
	agentName: 'agent name',
};

const COLUMNS = {
	supervisedAgents: Object.keys(HEADERS),
	agentCallCenters: ['tenant', 'group', 'agent', 'agentName', 'callCenter', 'callCenterName'],
} as const;

export function exportRows({ lists, nameOf }: Exported): ExportRow[] {
	return lists.flatMap(({ ref, members }) => members.map((member) => rowOf(ref, member, nameOf)));
}

function rowOf(
	{ kind, tenantId: tenant, groupId: group, userId, callCenterId }: ListRef,
	member: string,
	nameOf: Exported['nameOf'],
) {
	const person = (id: string) => plain(nameOf(id));
	const callCenter = callCenterId ?? member;
	const callCenterName = plain(nameOf(callCenter));
	const place = { callCenter, callCenterName };
	return KINDS[kind].keyedByCallCenter
		? {
				...{ tenant, group, supervisor: userId, supervisorName: person(userId) },
				...{ ...place, agent: member, agentName: person(member) },
			}
		: { tenant, group, agent: userId, agentName: person(userId), ...place };
}

/** Names are for readers only. A line break or a quotation mark in one could make the record look damaged. */
function plain(name: string): string {
	return name
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.replace(/"/g, "'")
		.trim();
}

/** UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180). */
export function exportCsv(rows: readonly ExportRow[], kind: Exported['kind']): string {
	const columns: readonly string[] = COLUMNS[kind];
	const record = (cells: readonly string[]) => cells.map((cell) => csvCell(cell, DELIMITER)).join(DELIMITER);
	const records = [
		record([...columns.map((column) => HEADERS[column]), EXPORT_COLUMN]),
		...rows.map((row) => record([...columns.map((column) => row[column]), ''])),
	];
	return `${BYTE_ORDER_MARK}${records.join('\r\n')}\r\n`;
}
