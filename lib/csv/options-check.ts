/** Settings are checked before anything is read: a default that cannot be an id would reject every row. */

import { fieldsOf, isMapped, nameFieldsOf } from './header';
import { excerpt, isBlank, readId, SCOPE_RULE, type IdRule } from './ids';
import type { Facts } from '../sync';
import { isRole } from './name-columns';
import type { CsvOptions, Field, ReadFailure } from './options';
import { userRule } from './id-rules';

/** What is wrong with the settings, or null. */
export function wrongOption(options: CsvOptions): ReadFailure | null {
	const domain = wrongDomain(options);
	if (domain !== null) return invalid(domain);
	if (options.delimiter !== undefined && ([...options.delimiter].length !== 1 || /["\r\n]/.test(options.delimiter))) {
		return invalid({ problem: 'delimiter', value: excerpt(options.delimiter) });
	}
	const twice = wholeAndPart(options);
	if (twice !== null) return invalid(twice);
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
function wholeAndPart(options: CsvOptions): Facts<'invalidOption'> | null {
	const mapped = [...fieldsOf(options), ...nameFieldsOf(options)].filter((field) => isMapped(field, options));
	for (const whole of mapped.filter(isRole)) {
		const part = mapped.find((field) => field !== whole && field.startsWith(whole));
		if (part !== undefined) return { problem: 'wholeAndPart', whole, part };
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
