/** How the tests of this room read: with settings that most of them share. */

import {
	readCsvBuffer,
	readItems,
	type CsvOptions,
	type CsvSource,
	type ReadFailure,
	type ReadResult,
} from '../../lib/csv';

export const SETTINGS: CsvOptions = {
	kind: 'supervisedAgents',
	tenantId: 'acme',
	groupId: 'brussels',
	defaultDomain: 'acme.be',
};

function read(file: string | Uint8Array, options: Partial<CsvOptions> = {}): ReadResult {
	return readCsvBuffer(typeof file === 'string' ? Buffer.from(file) : file, { ...SETTINGS, ...options });
}

export function source(file: string | Uint8Array, options: Partial<CsvOptions> = {}): CsvSource {
	return sourceOf(read(file, options));
}

export function sourceOfItems(
	items: ReadonlyArray<Record<string, unknown>>,
	options: Partial<CsvOptions> = {},
): CsvSource {
	return sourceOf(
		readItems(
			items.map((json) => ({ json })),
			{ ...SETTINGS, ...options },
		),
	);
}

export function sourceOf(result: ReadResult): CsvSource {
	if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
	return result.source;
}

export function failure(file: string | Uint8Array, options: Partial<CsvOptions> = {}): ReadFailure {
	const result = read(file, options);
	if (result.ok) throw new Error('It was read.');
	return result.failure;
}

/** `supervisor call center member`, local parts only, in the order of the file. */
export function pairs({ rows }: CsvSource): string[] {
	return rows.map(({ list: { userId, callCenterId }, memberId, action }) =>
		[userId, callCenterId ?? '', memberId ?? '-', action ?? '']
			.map((id) => id.replace('@acme.be', ''))
			.join(' ')
			.trim(),
	);
}

/** `code@line`, for comparing at a glance. */
export function codes({ findings }: CsvSource): string[] {
	return findings.map(({ code, line }) => (line === null ? code : `${code}@${line}`));
}
