/** What people call the users and call centers of a world, as the platform shows it and as a file may write it. */

import type { Matching } from '../../lib/sync';
import { foldId, type KindName } from '../../lib/sync/model/list';
import type { CallCenterSpec, UserSpec, WorldSpec } from '../../simulator';
import type { SeededRandom } from '../../tools/seeded-random';

const FIRST_NAMES = [
	...['An', 'Ann', 'Jan', 'Jean', 'Joan', 'Els', 'Elsa', 'Zoë', 'Zoé', 'André', 'Jean-Pierre', 'Jean Paul', 'Piet'],
	...['Bea', 'Lea', 'Tom', 'Tim', 'Ende', 'Martin', 'Thomas', 'Müge'],
];
const LAST_NAMES = [
	...[
		'Peeters',
		'Peters',
		'Maes',
		'Maas',
		'De Wit',
		'van den Berg',
		'Vandenberg',
		'Van der Berg',
		'Berg',
		'Müller',
		'Möller',
	],
	...['Peeters-Maes', "D'Hondt", "O'Brien", 'Total', 'Thomas', 'Martin', 'Dubois', 'Du Bois', 'Strauß', 'Claes'],
];
const QUEUES = ['Sales', 'Sales FR', 'Sales 1', 'Sales 11', 'Help-desk', 'Help', 'Réception', 'R&D', 'Total', 'Group'];
const ATTRIBUTES = ['emailAddress', 'phoneNumber', 'extension', 'fullName', 'userId'] as const;

type Shown = Required<Pick<UserSpec, 'firstName' | 'lastName' | 'phoneNumber' | 'extension' | 'emailAddress'>>;

export interface Words {
	readonly matching: Matching;
	/** By folded id, unique within the group but for those whom no file names. */
	readonly people: ReadonlyMap<string, Shown>;
	readonly callCenters: ReadonlyMap<string, string>;
}

/** Gives the users and call centers of the world names, addresses and numbers. */
export function withWords(random: SeededRandom, spec: WorldSpec): { readonly spec: WorldSpec; readonly words: Words } {
	const people = new Map<string, Shown>();
	const callCenters = new Map<string, string>();
	const tenants = spec.tenants.map((tenant) => ({
		...tenant,
		groups: tenant.groups.map((group) => {
			const taken = new Set<string>();
			const shownOf = (): Shown => {
				for (;;) {
					const shown = person(random);
					const keys = keysOf(shown);
					if (keys.some((key) => taken.has(key))) continue;
					for (const key of keys) taken.add(key);
					return shown;
				}
			};
			const users = group.users.map((user): UserSpec => {
				const shown = shownOf();
				people.set(foldId(user.userId), shown);
				return { ...user, ...shown };
			});
			// Homonyms, a shared phone and people of whom the platform shows nothing: no good file names them.
			const shared = shownOf();
			const strangers: UserSpec[] = [
				{ userId: 'stranger-1@x.be', ...shared },
				{ userId: 'stranger-2@x.be', ...shared },
				{ userId: 'stranger-3@x.be' },
			].map((stranger) => ({ ...stranger, userId: `${people.size}-${stranger.userId}` }));
			const queues = shuffledCopy(random, QUEUES);
			const queuesNamed = group.callCenters.map((callCenter): CallCenterSpec => {
				const name = queues.pop() as string;
				callCenters.set(foldId(callCenter.serviceUserId), name);
				return { ...callCenter, name };
			});
			return { ...group, users: [...users, ...strangers], callCenters: queuesNamed };
		}),
	}));
	const by = random.pick(ATTRIBUTES);
	const matching: Matching = {
		people: by,
		callCenters: by === 'userId' || random.chance(0.5) ? 'name' : 'id',
		country: by === 'phoneNumber' ? 'BE' : null,
	};
	return { spec: { ...spec, tenants }, words: { matching, people, callCenters } };
}

function person(random: SeededRandom): Shown {
	const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
	const local = plain(`${firstName}.${lastName}`).replace(/[^a-z.]/g, '');
	return {
		firstName,
		lastName,
		emailAddress: `${local}@hr.be`,
		phoneNumber: `+322512${random.integer(10, 99)}${random.integer(10, 99)}`,
		extension: String(random.integer(100, 999)),
	};
}

/** Whatever must not be that of two people: full names in either order. */
function keysOf({ firstName, lastName, emailAddress, phoneNumber, extension }: Shown): string[] {
	const words = plain(`${firstName} ${lastName}`).split(' ').sort().join(' ');
	return [words, emailAddress, phoneNumber, extension];
}

function shuffledCopy<T>(random: SeededRandom, values: readonly T[]): T[] {
	return values
		.map((value) => [random.integer(0, 1e6), value] as const)
		.sort(([a], [b]) => a - b)
		.map(([, value]) => value);
}

/** As a careful reader compares names: without case, accents and punctuation. */
export function plain(text: string): string {
	return text
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replaceAll('ß', 'ss')
		.replace(/[^\p{L}\p{N}&.@+]+/gu, ' ')
		.trim();
}

/** How somebody may write it who has it right. */
export function written(random: SeededRandom, { matching, people }: Words, userId: string): string {
	const shown = people.get(foldId(userId));
	if (matching.people === 'userId' || shown === undefined) return userId;
	const { firstName, lastName, emailAddress, phoneNumber, extension } = shown;
	switch (matching.people) {
		case 'emailAddress':
			return random.weighted([6, emailAddress], [1, emailAddress.toUpperCase()]);
		case 'extension':
			return extension;
		case 'phoneNumber':
			return random.pick(phoneForms(phoneNumber));
		case 'fullName': {
			const name = random.weighted(
				[4, `${firstName} ${lastName}`],
				[3, `${lastName}, ${firstName}`],
				[2, `${lastName} ${firstName}`],
				[1, `${lastName.toUpperCase()} ${firstName}`],
			);
			return random.chance(0.1) ? name.replaceAll('-', ' ') : name;
		}
	}
}

function phoneForms(number: string): string[] {
	const [, a, b, c] = /^\+322(\d{3})(\d\d)(\d\d)$/.exec(number) as RegExpExecArray;
	return [
		...[number, `+32 2 ${a} ${b} ${c}`, `00322${a}${b}${c}`, `02/${a} ${b} ${c}`, `(02) ${a}.${b}.${c}`],
		...[`02${a}${b}${c}`, `+32 (0)2 ${a} ${b} ${c}`],
	];
}

export function writtenCallCenter(random: SeededRandom, { matching, callCenters }: Words, id: string): string {
	const name = callCenters.get(foldId(id));
	if (matching.callCenters === 'id' || name === undefined) return id;
	return random.weighted([5, name], [1, name.toUpperCase()], [1, name.replaceAll('-', ' ')]);
}

/** Whose text it is, by a careful reader; null for nobody's, or several people's. */
export function personOf({ matching, people }: Words, group: readonly string[], text: string): string | null {
	if (matching.people === 'userId') return text;
	const found = group.filter((id) => {
		const shown = people.get(foldId(id));
		return shown !== undefined && isOf(matching.people, shown, text);
	});
	return found.length === 1 ? found[0] : null;
}

function isOf(by: Matching['people'], { firstName, lastName, ...shown }: Shown, text: string): boolean {
	switch (by) {
		case 'userId':
			return false;
		case 'emailAddress':
			return text.toLowerCase() === shown.emailAddress;
		case 'extension':
			return text.replace(/[\s./()-]/g, '') === shown.extension;
		case 'phoneNumber': {
			const digits = text.replace(/[\s./()-]/g, '');
			return [/^\+320?(\d+)$/, /^00320?(\d+)$/, /^0(\d+)$/].some((form) => {
				const [, national] = form.exec(digits) ?? [];
				return national !== undefined && `+32${national}` === shown.phoneNumber;
			});
		}
		case 'fullName': {
			const [last, first, ...more] = text.split(',').map(plain);
			if (first === undefined)
				return [`${firstName} ${lastName}`, `${lastName} ${firstName}`].map(plain).includes(plain(text));
			// Particles may stand behind the first name.
			return more.length === 0 && plain(`${first} ${last}`) === plain(`${firstName} ${lastName}`);
		}
	}
}

/** Whether a comma is part of what the members are called. */
export function hasCommas({ matching }: Words, kind: KindName): boolean {
	return kind === 'supervisedAgents' ? matching.people === 'fullName' : matching.callCenters === 'name';
}

export function callCenterOf({ matching, callCenters }: Words, group: readonly string[], text: string): string | null {
	if (matching.callCenters === 'id') return text;
	const found = group.filter((id) => plain(callCenters.get(foldId(id)) ?? '') === plain(text));
	return found.length === 1 ? found[0] : null;
}
