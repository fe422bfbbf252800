/** Settings are checked before anything is read: a default that cannot be an id would reject every row. */

import { FIELD_NAMES } from './header';
import { isBlank, readId, SCOPE_RULE, shown, type IdRule } from './ids';
import type { CsvOptions, Field, ReadFailure } from './options';
import { userRule } from './rows';

/** What is wrong with the settings, or null. */
export function wrongOption(options: CsvOptions): ReadFailure | null {
	const domain = wrongDomain(options);
	if (domain !== null) return invalid(domain);
	if (options.delimiter !== undefined && ([...options.delimiter].length !== 1 || /["\r\n]/.test(options.delimiter))) {
		return invalid(
			`The separator ${shown(options.delimiter)} cannot be used: it must be one character, and no quotation ` +
				'mark or line break.',
		);
	}
	const defaults: ReadonlyArray<readonly [Field, string | undefined, IdRule]> = [
		['tenant', options.tenantId, SCOPE_RULE],
		['group', options.groupId, SCOPE_RULE],
		['callCenter', options.callCenterId, userRule(options)],
	];
	for (const [field, id, rule] of defaults) {
		if (id === undefined || isBlank(id)) continue;
		const read = readId(id, rule);
		if ('code' in read) return invalid(`The default ${FIELD_NAMES[field]} cannot be used: ${read.message}`);
	}
	return null;
}

export function wrongDomain({ defaultDomain }: Pick<CsvOptions, 'defaultDomain'>): string | null {
	const domain = (defaultDomain ?? '').trim().replace(/^@/, '');
	return /[\s@"';,|]/.test(domain)
		? `The default domain ${shown(domain)} is no domain. Enter it like example.com.`
		: null;
}

function invalid(message: string): ReadFailure {
	return { code: 'invalidOption', message, line: null };
}
