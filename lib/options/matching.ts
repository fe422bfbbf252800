import { NUMBERING_PLANS } from '../numbering-plans';
import type { OptionTable } from './option';

/** How the source names people and call centers. These are parameters, shown before the options. */
export const MATCHING = {
	matchPeopleBy: {
		label: 'Match People By',
		description:
			"How the source names agents and supervisors. Other values than user IDs are looked up among the group's " +
			'users. A row that matches nobody or several people is rejected.',
		type: 'choice',
		default: 'userId',
		choices: [
			{ value: 'emailAddress', label: 'Email Address' },
			{ value: 'extension', label: 'Extension' },
			{
				value: 'fullName',
				label: 'Full Name',
				description: 'First and last name, in one column in either order, or in two',
			},
			{ value: 'phoneNumber', label: 'Phone Number' },
			{ value: 'userId', label: 'User ID' },
		],
		reason: 'An ID always means one person, and costs no request.',
		shownFor: { operation: ['plan', 'sync', 'removeEverywhere'] },
	},
	matchCallCentersBy: {
		label: 'Match Call Centers By',
		description: "How the source names call centers. A name is looked up among the group's call centers.",
		type: 'choice',
		default: 'id',
		choices: [
			{ value: 'id', label: 'ID' },
			{ value: 'name', label: 'Name' },
		],
		reason: 'An ID always means one call center, and costs no request.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	country: {
		label: 'Country of Phone Numbers',
		description: 'The country of phone numbers without a country code, such as 02 512 67 78',
		type: 'choice',
		default: '',
		choices: [
			{ value: '', label: 'All Have a Country Code' },
			...Object.entries(NUMBERING_PLANS)
				.map(([value, { name, callingCode }]) => ({ value, label: `${name} (+${callingCode})` }))
				.sort((a, b) => (a.label < b.label ? -1 : 1)),
		],
		reason: 'The same digits are different numbers in different countries.',
		shownFor: { operation: ['plan', 'sync', 'removeEverywhere'], matchPeopleBy: ['phoneNumber'] },
	},
} as const satisfies OptionTable;
