/** The attributes by which a source names people and call centers, and how their texts are compared. */

import type { CountryCode } from '../../numbering-plans';
import { type CallCenterAttribute, foldId, type PersonAttribute } from '../model';
import { fullNameOf, nameOf, visible } from './name';
import { phoneNumberOf } from './phone-number';

export interface TextRule {
	/** `name`: that of a call center. */
	readonly attribute: Exclude<PersonAttribute | CallCenterAttribute, 'userId' | 'id'>;
	/** Where phone numbers without a country code belong; null if only those with one can be compared. */
	readonly country: CountryCode | null;
}

const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** OCI schema `Extension`: 1 to 20 digits. */
const EXTENSION = /^[0-9]{1,20}$/;

/**
 * What people write between the digits of an extension. A point or a slash is not among them: `678.0` is what a
 * spreadsheet makes of 678, and `67/89` are two.
 */
const BETWEEN_DIGITS = /[\s()\p{Pd}]/gu;

/**
 * The form in which a text is compared: equal for two spellings of one thing. Null for a text that cannot be such a
 * thing, a blank one among them. The form of a full name with a comma (`peeters,jan`) is not that of one without.
 */
export function matchText(text: string, { attribute, country }: TextRule): string | null {
	const clean = visible(text).normalize('NFKC').trim();
	switch (attribute) {
		case 'emailAddress':
			return EMAIL_ADDRESS.test(clean) ? foldId(clean) : null;
		case 'phoneNumber':
			return phoneNumberOf(clean, country);
		case 'extension': {
			const digits = clean.replace(BETWEEN_DIGITS, '');
			return EXTENSION.test(digits) ? digits : null;
		}
		case 'fullName':
			return fullNameOf(clean);
		case 'name':
			return nameOf(clean);
	}
}
