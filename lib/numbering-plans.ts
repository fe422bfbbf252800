/**
 * How phone numbers are dialled in a country. ITU-T, Operational Bulletin annex "Dialling procedures (international
 * prefix, national (trunk) prefix and national (significant) number)".
 */

export interface NumberingPlan {
	readonly name: string;
	readonly callingCode: string;
	/** Put before a national number within the country, and left out behind the calling code; empty if there is none. */
	readonly trunkPrefix: string;
	readonly internationalPrefix: string;
	/** Digits of a number that is written without trunk prefix, where all have the same number and it may be left out. */
	readonly nationalDigits?: number;
}

function country(name: string, callingCode: string, trunkPrefix: string, internationalPrefix = '00'): NumberingPlan {
	return { name, callingCode, trunkPrefix, internationalPrefix };
}

/** North American Numbering Plan: ten digits, with or without the trunk prefix. */
function northAmerican(name: string): NumberingPlan {
	return { ...country(name, '1', '1', '011'), nationalDigits: 10 };
}

/** By ISO 3166-1 code. Italy has no trunk prefix: the 0 of a landline is part of its number. */
export const NUMBERING_PLANS = {
	AT: country('Austria', '43', '0'),
	AU: country('Australia', '61', '0', '0011'),
	BE: country('Belgium', '32', '0'),
	BG: country('Bulgaria', '359', '0'),
	CA: northAmerican('Canada'),
	CH: country('Switzerland', '41', '0'),
	CY: country('Cyprus', '357', ''),
	CZ: country('Czechia', '420', ''),
	DE: country('Germany', '49', '0'),
	DK: country('Denmark', '45', ''),
	EE: country('Estonia', '372', ''),
	ES: country('Spain', '34', ''),
	FI: country('Finland', '358', '0'),
	FR: country('France', '33', '0'),
	GB: country('United Kingdom', '44', '0'),
	GR: country('Greece', '30', ''),
	HR: country('Croatia', '385', '0'),
	HU: country('Hungary', '36', '06'),
	IE: country('Ireland', '353', '0'),
	IS: country('Iceland', '354', ''),
	IT: country('Italy', '39', ''),
	LT: country('Lithuania', '370', '0'),
	LU: country('Luxembourg', '352', ''),
	LV: country('Latvia', '371', ''),
	MA: country('Morocco', '212', '0'),
	MT: country('Malta', '356', ''),
	NL: country('Netherlands', '31', '0'),
	NO: country('Norway', '47', ''),
	NZ: country('New Zealand', '64', '0'),
	PL: country('Poland', '48', ''),
	PT: country('Portugal', '351', ''),
	RO: country('Romania', '40', '0'),
	RS: country('Serbia', '381', '0'),
	SE: country('Sweden', '46', '0'),
	SI: country('Slovenia', '386', '0'),
	SK: country('Slovakia', '421', '0'),
	TR: country('Türkiye', '90', '0'),
	UA: country('Ukraine', '380', '0'),
	US: northAmerican('United States'),
	ZA: country('South Africa', '27', '0'),
} as const satisfies Readonly<Record<string, NumberingPlan>>;

export type CountryCode = keyof typeof NUMBERING_PLANS;
