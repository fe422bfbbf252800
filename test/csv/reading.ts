/** How the tests of this module read: with settings that most of them share. */

import {
	readCsvBuffer,
	readItems,
	type CsvOptions,
	type CsvSource,
	type ReadFailure,
	type ReadResult,
} from '../../lib/csv';
import { messageOf, problemsText } from '../../lib/report';
import type { Finding, RejectedRow } from '../../lib/sync/model/row';

export const SETTINGS: CsvOptions = {
	kind: 'supervisedAgents',
	tenantId: 'acme',
	groupId: 'brussels',
	defaultDomain: 'acme.be',
};

export function read(file: string | Uint8Array, options: Partial<CsvOptions> = {}): ReadResult {
	return readCsvBuffer(typeof file === 'string' ? Buffer.from(file) : file, { ...SETTINGS, ...options });
}

export function source(file: string | Uint8Array, options: Partial<CsvOptions> = {}): SourceWithMessages {
	return sourceOf(read(file, options));
}

export function sourceOfItems(
	items: ReadonlyArray<Record<string, unknown>>,
	options: Partial<CsvOptions> = {},
): SourceWithMessages {
	return sourceOf(
		readItems(
			items.map((json) => ({ json })),
			{ ...SETTINGS, ...options },
		),
	);
}

/** With the message of each issue. */
export type SourceWithMessages = Omit<CsvSource, 'rejected' | 'findings'> & {
	readonly rejected: ReadonlyArray<RejectedRow & { readonly code: string; readonly message: string }>;
	readonly findings: ReadonlyArray<Finding & { readonly message: string }>;
};

export function sourceOf(result: ReadResult): SourceWithMessages {
	if (!result.ok) throw new Error(`${result.failure.code}: ${messageOf(result.failure)}`);
	const { rejected, findings, ...rest } = result.source;
	return {
		...rest,
		rejected: rejected.map((row) => ({ ...row, code: row.problems[0].code, message: problemsText(row) })),
		findings: findings.map((finding) => ({ ...finding, message: messageOf(finding) })),
	};
}

export function failure(
	file: string | Uint8Array,
	options: Partial<CsvOptions> = {},
): ReadFailure & { readonly message: string } {
	const result = read(file, options);
	if (result.ok) throw new Error('It was read.');
	return { ...result.failure, message: messageOf(result.failure) };
}

/** `supervisor call center member`, local parts only, in the order of the file. */
export function pairs({ rows }: Pick<CsvSource, 'rows'>): string[] {
	return rows.map(({ list: { userId, callCenterId }, memberId, action }) =>
		[userId, callCenterId ?? '', memberId ?? '-', action ?? '']
			.map((id) => id.replace('@acme.be', ''))
			.join(' ')
			.trim(),
	);
}

/** `code@line`, for comparing at a glance. */
export function codes({ findings }: Pick<CsvSource, 'findings'>): string[] {
	return findings.map(({ code, line }) => (line === null ? code : `${code}@${line}`));
}

/** `code@line` of each rejected row, then what is known of its list, its members. */
export function rejected({ rejected: rows }: SourceWithMessages): string[] {
	return rows.map(({ code, line, userId, callCenterId, memberIds }) =>
		[`${code}@${line}`, userId ?? '-', callCenterId ?? '-', ...memberIds].join(' ').replaceAll('@acme.be', ''),
	);
}
