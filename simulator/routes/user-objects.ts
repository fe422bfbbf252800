import type { User } from '../world';

/** The fields of a "Supervised Agent". */
export const AGENT_FIELDS = [
	'userId',
	'lastName',
	'firstName',
	'phoneNumber',
	'extension',
	'department',
	'emailAddress',
	'impId',
	'locationCode',
] as const;

/** A user as the documentation's "Supervised Agent" object: every text there, empty where not set. */
export function agentObject(user: User): object {
	return {
		userId: user.userId,
		lastName: user.lastName,
		firstName: user.firstName,
		phoneNumber: user.phoneNumber,
		extension: user.extension,
		department: user.department ?? '',
		emailAddress: user.emailAddress,
		impId: user.impId,
		locationCode: user.locationCode,
	};
}

/**
 * `{"<key>": [...]}` of agent objects. Each user is put into JSON once only, as lists of thousands are asked for often.
 */
export function agentListJson(key: string, users: readonly User[]): string {
	const items = users.map((user) => (user.json ??= JSON.stringify(agentObject(user))));
	return `{${JSON.stringify(key)}:[${items.join(',')}]}`;
}
