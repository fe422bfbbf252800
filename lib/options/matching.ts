import { COUNTRIES } from '../countries';
import type { OptionTable } from './option';

/** By what the source names people and call centers. They are parameters of their own, before the options. */
export const MATCHING = {
	matchPeopleBy: {
		label: 'Match People By',
		description:
			"What the source has for agents and supervisors. Anything but the user ID is looked up among the group's " +
			'users. A row that fits nobody, or several people, is rejected.',
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
		reason: 'Only an ID names one person whatever changes, and it costs no request.',
		shownFor: { operation: ['plan', 'sync', 'removeEverywhere'] },
	},
	matchCallCentersBy: {
		label: 'Match Call Centers By',
		description: "What the source has for call centers. A name is looked up among the group's call centers.",
		type: 'choice',
		default: 'id',
		choices: [
			{ value: 'id', label: 'ID' },
			{ value: 'name', label: 'Name' },
		],
		reason: 'Only an ID names one call center whatever changes, and it costs no request.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	country: {
		label: 'Country of Phone Numbers',
		description: 'To which country a phone number without a country code belongs, such as 02 512 67 78',
		type: 'choice',
		default: '',
		choices: [
			{ value: '', label: 'All Have a Country Code' },
			...Object.entries(COUNTRIES)
				.map(([value, { name, callingCode }]) => ({ value, label: `${name} (+${callingCode})` }))
				.sort((a, b) => (a.label < b.label ? -1 : 1)),
		],
		reason: 'The same digits are other numbers in other countries.',
		shownFor: { operation: ['plan', 'sync', 'removeEverywhere'], matchPeopleBy: ['phoneNumber'] },
	},
} as const satisfies OptionTable;
