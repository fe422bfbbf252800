/** Settings are checked before anything is read: a default that cannot be an id would reject every row. */

import { fieldsOf, isMapped, nameFieldsOf } from './header';
import { excerpt, isBlank, readId, SCOPE_RULE, type IdRule } from './ids';
import { plainName } from './aliases';
import type { Facts, Issue } from '../sync';
import { isRole } from './name-columns';
import type { ColumnField, CsvOptions, Field, ReadFailure } from './options';
import { userRule } from './id-rules';

/** What is wrong with the settings, or null. */
export function wrongOption(options: CsvOptions): ReadFailure | null {
	const domain = wrongDomain(options);
	if (domain !== null) return invalid(domain);
	if (options.delimiter !== undefined && ([...options.delimiter].length !== 1 || /["\r\n]/.test(options.delimiter))) {
		return invalid({ problem: 'delimiter', value: excerpt(options.delimiter) });
	}
	const mapped = [...fieldsOf(options), ...nameFieldsOf(options)].filter((field) => isMapped(field, options));
	const mapping = wholeAndPart(mapped) ?? columnOfTwoFields(mapped, options);
	if (mapping !== null) return invalid(mapping);
	const defaults: ReadonlyArray<readonly [Field, string | undefined, IdRule]> = [
		['tenant', options.tenantId, SCOPE_RULE],
		['group', options.groupId, SCOPE_RULE],
		['callCenter', options.callCenterId, userRule(options)],
	];
	for (const [field, id, rule] of defaults) {
		if (id === undefined || isBlank(id)) continue;
		const read = readId(id, rule);
		if ('code' in read) return invalid({ problem: 'defaultId', field, cause: read });
	}
	return null;
}

/** A name is read from one column or from its parts, never from both. */
function wholeAndPart(mapped: readonly ColumnField[]): Facts<'invalidOption'> | null {
	for (const whole of mapped.filter(isRole)) {
		const part = mapped.find((field) => field !== whole && field.startsWith(whole));
		if (part !== undefined) return { problem: 'wholeAndPart', whole, part };
	}
	return null;
}

/** A column is read for one field; that of the tenant may be that of the group. */
function columnOfTwoFields(mapped: readonly ColumnField[], { columns }: CsvOptions): Facts<'invalidOption'> | null {
	const names = mapped.map((field) => (columns?.[field] ?? '').trim());
	const plain = names.map((name) => plainName(name) || name);
	for (const [index, first] of mapped.entries()) {
		const other = plain.indexOf(plain[index] ?? '', index + 1);
		const second = mapped[other];
		if (second === undefined || (first === 'tenant' && second === 'group')) continue;
		return { problem: 'columnOfTwoFields', value: excerpt(names[index] ?? ''), first, second };
	}
	return null;
}

interface MappedColumn {
	readonly name?: unknown;
	readonly field?: ColumnField;
}

/** The first field with two different columns in the rows of 'Column Mapping'; null if there is none. */
export function fieldMappedTwice(
	columns: readonly MappedColumn[],
): (Issue & { readonly code: 'invalidOption' }) | null {
	const names = new Map<ColumnField, string>();
	for (const { name, field } of columns) {
		const text = String(name ?? '').trim();
		if (field === undefined || text === '') continue;
		const first = names.get(field) ?? text;
		if (first !== text) {
			const facts = { problem: 'fieldMappedTwice', field, first: excerpt(first), second: excerpt(text) } as const;
			return { code: 'invalidOption', facts };
		}
		names.set(field, text);
	}
	return null;
}

export function wrongDomain({ defaultDomain }: Pick<CsvOptions, 'defaultDomain'>): Facts<'invalidOption'> | null {
	const domain = (defaultDomain ?? '').trim().replace(/^@/, '');
	return (domain !== '' && !/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(domain)) || /^-+$/.test(domain)
		? { problem: 'domain', value: excerpt(domain) }
		: null;
}

function invalid(facts: Facts<'invalidOption'>): ReadFailure {
	return { code: 'invalidOption', facts, line: null };
}
