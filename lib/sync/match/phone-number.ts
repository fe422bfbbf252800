/** Phone numbers, in the form of ITU-T E.164 where the country is known. */

import { NUMBERING_PLANS, type NumberingPlan, type CountryCode } from '../../numbering-plans';

/** What people write between the digits. */
const BETWEEN_DIGITS = /[\s./()\p{Pd}]/gu;

const NUMBER = /^\+?[0-9]+$/;

/** What a spreadsheet or a script makes of a number: `3225126778.0`. */
const DECIMAL = /\.0$/;

/** E.164: at most 15 digits with the calling code. Numbers as short as three digits are internal ones. */
const MOST_DIGITS = 15;
const FEWEST_DIGITS = 3;

/**
 * `+` and the digits of an international number; digits alone where the country is unknown. Null if
 * the text is no phone number.
 * @param text normalized (NFKC)
 * @param country where a number without a calling code belongs
 */
export function phoneNumberOf(text: string, country: CountryCode | null): string | null {
	const written = text.replace(BETWEEN_DIGITS, '');
	if (!NUMBER.test(written) || DECIMAL.test(text)) return null;
	const number = international(written, country === null ? null : NUMBERING_PLANS[country]);
	const digits = number.replace('+', '').length;
	return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS ? number : null;
}

function international(written: string, home: NumberingPlan | null): string {
	const { internationalPrefix = '00' } = home ?? {};
	if (written.startsWith('+')) return withoutTrunkPrefix(written);
	if (written.startsWith(internationalPrefix))
		return withoutTrunkPrefix(`+${written.slice(internationalPrefix.length)}`);
	if (home === null) return written;
	const { callingCode, trunkPrefix, nationalDigits } = home;
	if (written.length === nationalDigits && !written.startsWith(trunkPrefix)) return `+${callingCode}${written}`;
	return written.startsWith(trunkPrefix) ? `+${callingCode}${written.slice(trunkPrefix.length)}` : written;
}

const TRUNK_PREFIXES = Object.values<NumberingPlan>(NUMBERING_PLANS).filter(({ trunkPrefix }) =>
	trunkPrefix.startsWith('0'),
);

/** `+32 (0)2 512 67 78`: no number begins with a 0 behind the calling code where 0 is the trunk prefix. */
function withoutTrunkPrefix(number: string): string {
	const country = TRUNK_PREFIXES.find(({ callingCode, trunkPrefix }) =>
		number.startsWith(`+${callingCode}${trunkPrefix}`),
	);
	if (country === undefined) return number;
	const { callingCode, trunkPrefix } = country;
	return `+${callingCode}${number.slice(1 + callingCode.length + trunkPrefix.length)}`;
}
