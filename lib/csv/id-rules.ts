/** What a cell of people or call centers must be: an id, or a text that is looked up. */

import { MAX_USER_ID } from '../id-lengths';
import type { IdRule } from './ids';
import type { ReadOptions } from './options';

/** The rule for ids of users and call centers. */
export function userRule(options: Pick<ReadOptions, 'defaultDomain'>): IdRule {
	const domain = (options.defaultDomain ?? '').trim().replace(/^@/, '');
	return { type: 'user', maxLength: MAX_USER_ID, domain: domain === '' ? null : domain };
}

/** The rule for what the source has for people. */
export function personRule(options: ReadOptions): IdRule {
	const { people = 'userId', country = null } = options.matching ?? {};
	if (people === 'userId') return userRule(options);
	return { ...userRule({}), text: { attribute: people, country } };
}

/** The rule for what the source has for call centers. */
export function callCenterRule(options: ReadOptions): IdRule {
	if (options.matching?.callCenters !== 'name') return userRule(options);
	return { ...userRule({}), text: { attribute: 'name', country: null } };
}
