/**
 * Search criteria for users: their names, types and lengths, and what they match (API page; BroadWorks search modes).
 */

import { broadsoftError, broadsoftRefusal, invalidParameters } from './errors';
import type { JsonObject, ParameterType, ParameterTypes } from './parameters';
import type { SimulatorSettings } from './settings';
import type { User } from './world';

type Field = 'UserLastName' | 'UserFirstName' | 'UserId' | 'Dn' | 'Extension' | 'PhoneNumber' | 'EmailAddress';
type Mode = 'Starts' | 'Contains' | 'Equals';

const VALUE_OF: Record<Field, (user: User) => string> = {
	UserLastName: (user) => user.lastName,
	UserFirstName: (user) => user.firstName,
	UserId: (user) => user.userId,
	Dn: (user) => user.phoneNumber,
	Extension: (user) => user.extension,
	PhoneNumber: (user) => user.phoneNumber,
	EmailAddress: (user) => user.emailAddress,
};

/** Characters that BroadWorks takes, from its schema; the first name's is taken from the last name's. */
const MAX_LENGTH: Record<Field, number> = {
	UserLastName: 30,
	UserFirstName: 30,
	UserId: 161,
	Dn: 23,
	Extension: 20,
	PhoneNumber: 23,
	EmailAddress: 80,
};

const MATCHES: Record<Mode, (value: string, wanted: string) => boolean> = {
	Starts: (value, wanted) => value.startsWith(wanted),
	Contains: (value, wanted) => value.includes(wanted),
	Equals: (value, wanted) => value === wanted,
};

interface Criterion {
	maxLength: number;
	test: (wanted: string, settings: SimulatorSettings) => (user: User) => boolean;
}

const CRITERIA = new Map<string, Criterion>();

function define(sensitive: boolean, field: Field, mode: Mode): void {
	const fold = sensitive ? (text: string) => text : (text: string) => text.toLowerCase();
	const read = VALUE_OF[field];
	const matches = MATCHES[mode];
	CRITERIA.set(`${sensitive ? 'sensitive' : 'insensitive'}${field}${mode}`, {
		maxLength: MAX_LENGTH[field],
		test: (wanted) => {
			const folded = fold(wanted);
			return (user) => matches(fold(read(user)), folded);
		},
	});
}

const MODES: readonly Mode[] = ['Starts', 'Contains', 'Equals'];
for (const field of ['UserLastName', 'UserFirstName', 'UserId'] as const) {
	for (const sensitive of [true, false]) for (const mode of MODES) define(sensitive, field, mode);
}
for (const field of ['Dn', 'Extension'] as const) for (const mode of MODES) define(false, field, mode);
CRITERIA.set('sensitiveUserDepartmentEquals', {
	maxLength: 255,
	test:
		(wanted, { departmentMatch }) =>
		({ department }) =>
			department !== null &&
			((departmentMatch !== 'fullPath' && department.departmentName === wanted) ||
				(departmentMatch !== 'name' && department.fullPathName === wanted)),
});

/** Exactly the parameters that the call-center page lists for reading supervised agents. */
export const USER_CRITERIA: ParameterTypes = {
	...Object.fromEntries([...CRITERIA.keys()].map((name): [string, ParameterType] => [name, 'string'])),
	combineWithOr: 'boolean',
	responseSizeLimit: 'integer',
};

// Only the search pages know these two (seen in Netaxis's own client).
for (const field of ['PhoneNumber', 'EmailAddress'] as const) define(false, field, 'Contains');

export const SEARCH_CRITERIA: ParameterTypes = {
	...USER_CRITERIA,
	insensitivePhoneNumberContains: 'string',
	insensitiveEmailAddressContains: 'string',
};

/** The users that match; all of them where nothing is asked for. */
export function filterUsers(users: Iterable<User>, parameters: JsonObject, settings: SimulatorSettings): User[] {
	const tests: Array<(user: User) => boolean> = [];
	for (const [name, value] of Object.entries(parameters)) {
		const criterion = CRITERIA.get(name);
		if (!criterion) continue;
		const wanted = value as string;
		if (wanted.length < 1 || wanted.length > criterion.maxLength) {
			throw invalidParameters(`'${name}' must have 1 to ${criterion.maxLength} characters.`);
		}
		tests.push(criterion.test(wanted, settings));
	}
	const or = parameters.combineWithOr === true;
	if (or && tests.length === 0) throw invalidParameters("'combineWithOr' needs at least one search criterion.");
	const limit = parameters.responseSizeLimit as number | undefined;
	if (limit !== undefined && limit < 1) throw invalidParameters("'responseSizeLimit' must be at least 1.");

	const found: User[] = [];
	for (const user of users) {
		const match = or ? tests.some((test) => test(user)) : tests.every((test) => test(user));
		if (match) found.push(user);
	}
	if (limit !== undefined && found.length > limit) {
		// BroadWorks refuses rather than truncates: a shortened list could be taken for the whole.
		const error = broadsoftError(
			'tooManyResults',
			`The search found ${found.length} entries, more than responseSizeLimit ${limit}.`,
		);
		throw broadsoftRefusal([error], settings.detailErrors);
	}
	return found;
}
