/**
 * A seed to a file in the words of HR about people of two groups, and what became of its rows. Who is meant is known
 * from how the file is made: never from what the run says.
 */

import type { CountryCode } from '../../lib/numbering-plans';
import { readCsvBuffer } from '../../lib/csv';
import { planRun, type Matching, type Platform, type UserInfo } from '../../lib/sync';
import { VirtualClock } from '../../tools/virtual-clock';
import { SeededRandom } from '../../tools/seeded-random';
import { settings } from '../sync/world';
import { plain } from '../damage/words';

type Attribute = Exclude<Matching['people'], 'userId'>;

const FIRST = [
	'Jan',
	'Jean',
	'Jean-Pierre',
	'An',
	'Anaïs',
	'Zoë',
	'Zoé',
	'Martin',
	'Thomas',
	'Łukasz',
	'Søren',
	'Mehmet',
];
const LAST = [
	...['Peeters', 'Peeters-Maes', 'Maes', 'van den Berg', 'Van den Bergh', 'De Wit', 'Dewit', 'Müller', 'Mueller'],
	...['Martin', 'Thomas', "D'Hondt", 'García López', 'López García', 'Strauß', 'Öztürk'],
];
const GROUPS = ['G1', 'G2'];

const NAME_COLUMNS = ['Voornaam', 'Tussenvoegsel', 'Achternaam'];

interface Row {
	readonly groupId: string;
	readonly text: string;
	/** The text, or its parts where first and last name have columns of their own. */
	readonly cells: readonly string[];
	readonly meant: string;
	/** The people of the group who have it as well; everybody has half a name. */
	readonly others: number;
}

export interface Checked {
	readonly rows: number;
	readonly matched: number;
	readonly rejected: number;
	/** What went wrong, row by row. */
	readonly problems: readonly string[];
}

export async function check(seed: number): Promise<Checked> {
	const random = new SeededRandom(seed * 31 + 7);
	const attribute = random.pick<Attribute>(['emailAddress', 'phoneNumber', 'extension', 'fullName']);
	const country = random.chance(0.9) ? 'BE' : null;
	const people = new Map(GROUPS.map((groupId) => [groupId, group(random, groupId)]));
	const isInParts = attribute === 'fullName' && random.chance(0.4);
	const cellsOf = (user: UserInfo) =>
		isInParts ? nameParts(random, user) : [spelled(random, user, attribute, country)];
	const rows = rowsOf(random, people, attribute, cellsOf);
	const delimiter = random.pick([';', ',', '\t']);
	const cell = (text: string) => (/[;,\t"]/.test(text) ? `"${text}"` : text);
	const lines = rows.map(({ groupId, cells }) => [groupId, 'boss@x', ...cells.map(cell), 'cc@x'].join(delimiter));
	const names = isInParts ? NAME_COLUMNS : ['Agent'];
	const file = [['Group', 'Team leader', ...names, 'Queue'].join(delimiter), ...lines, ''].join('\n');
	const matching: Matching = { people: attribute, callCenters: 'id', country };
	const options = { kind: 'agentCallCenters', tenantId: 'T', matching } as const;
	const read = readCsvBuffer(Buffer.from(file), options);
	if (!read.ok) return { rows: rows.length, matched: 0, rejected: 0, problems: [`refused: ${read.failure.code}`] };
	const clock = new VirtualClock();
	const around = { platform: platformOf(people), clock, expectedRate: () => 10 };
	const run = settings({ kind: 'agentCallCenters', mode: 'addOnly', matching });
	const result = await clock.run(async () => await planRun(read.source, run, around));
	const source = result.matched?.source ?? read.source;
	const found = new Map(source.rows.map(({ line, list }) => [line, list]));
	const rejected = new Set(source.rejected.map(({ line }) => line));
	const firstLine = new Map<string, number>();
	const problems = rows.flatMap(({ groupId, meant, others, text }, index) => {
		const line = index + 2;
		const says = `${attribute} ${JSON.stringify(text)} in ${groupId}, ${meant}`;
		const list = found.get(line);
		if (list !== undefined && (list.userId !== meant || list.groupId !== groupId))
			return [`${says}: taken for ${list.userId} in ${list.groupId}`];
		const earlier = firstLine.get(meant);
		if (list !== undefined) firstLine.set(meant, line);
		if (others > 0) return list === undefined ? [] : [`${says}: matched, though ${others} others fit`];
		// A repetition is left out.
		if (list === undefined && earlier === undefined) return [`${says}: rejected`];
		return [];
	});
	return { rows: rows.length, matched: found.size, rejected: rejected.size, problems };
}

/** People with homonyms, shared phones and blank fields; both groups have the same extensions. */
function group(random: SeededRandom, groupId: string): UserInfo[] {
	return Array.from({ length: random.integer(2, 14) }, (_, index): UserInfo => {
		const blank = (text: string) => (random.chance(0.1) ? '' : text);
		const [firstName, lastName] = [random.pick(FIRST), random.pick(LAST)];
		return {
			userId: `u${index}.${groupId}@x`,
			firstName,
			lastName,
			phoneNumber: blank(`+322512${random.integer(10, 40)}${random.integer(0, 9)}${random.integer(0, 9)}`),
			extension: blank(String(random.integer(100, 130))),
			emailAddress: blank(
				`${plain(`${firstName}.${lastName}`).replace(/[^a-z.]/g, '')}${random.integer(0, 3)}@acme.be`,
			),
		};
	});
}

/** @param cellsOf how the file writes somebody; null where the platform shows nothing to write */
function rowsOf(
	random: SeededRandom,
	people: ReadonlyMap<string, readonly UserInfo[]>,
	attribute: Attribute,
	cellsOf: (user: UserInfo) => ReadonlyArray<string | null>,
): Row[] {
	const all = [...people].flatMap(([groupId, users]) => users.map((user) => ({ groupId, user, users })));
	return Array.from({ length: random.integer(1, 10) }, () => random.pick(all)).flatMap(({ groupId, user, users }) => {
		const cells = cellsOf(user).filter((cell) => cell !== null);
		const [first, prefix = '', last] = cells;
		if (first === undefined) return [];
		const text = last === undefined ? first : `${prefix} ${last}, ${first}`;
		const others = users.filter((one) => one !== user && isAlsoOf(one, user, attribute, text)).length;
		return [{ groupId, text, cells, meant: user.userId, others: first === '' || last === '' ? Infinity : others }];
	});
}

/** Whether the text that was written for one person is another one's as well. */
function isAlsoOf(other: UserInfo, user: UserInfo, attribute: Attribute, text: string): boolean {
	if (attribute !== 'fullName') return other[attribute] === user[attribute];
	const names = ({ firstName, lastName }: UserInfo) => [`${firstName} ${lastName}`, `${lastName} ${firstName}`];
	if (!text.includes(',')) return names(other).map(bare).includes(bare(text));
	const [last, first] = text.split(',').map(bare);
	const own = { last: bare(other.lastName), first: bare(other.firstName) };
	return `${first} ${last}` === `${own.first} ${own.last}`;
}

function bare(text: string): string {
	return plain(text).replaceAll('ł', 'l').replaceAll('ø', 'o');
}

function spelled(
	random: SeededRandom,
	user: UserInfo,
	attribute: Attribute,
	country: CountryCode | null,
): string | null {
	if (attribute !== 'fullName' && user[attribute] === '') return null;
	const padded = (text: string) =>
		random.weighted([4, text], [1, ` ${text}`], [1, `${text}\u00a0`], [1, `${text}\u200b`]);
	switch (attribute) {
		case 'emailAddress':
			return padded(random.chance(0.5) ? user.emailAddress : user.emailAddress.toUpperCase());
		case 'extension':
			return padded(user.extension);
		case 'phoneNumber': {
			const [, a, b, c] = /^\+322(\d{3})(\d\d)(\d\d)$/.exec(user.phoneNumber) as RegExpExecArray;
			const abroad = [user.phoneNumber, `+32 2 ${a} ${b} ${c}`, `00322${a}${b}${c}`, `+32 (0)2 ${a}-${b}-${c}`];
			const home = [`02/${a} ${b} ${c}`, `(02) ${a}.${b}.${c}`, `02${a}${b}${c}`, `02\u00a0${a}\u2011${b}\u2011${c}`];
			return padded(random.pick(country === null ? abroad : [...abroad, ...home]));
		}
		case 'fullName': {
			const { firstName: first, lastName: last } = user;
			const forms = [`${first} ${last}`, `${last} ${first}`, `${last}, ${first}`, `${last} ,${first}`];
			return padded(varied(random, random.pick(forms)));
		}
	}
}

/** First name, prefix and last name; now and then one of the two is missing. */
function nameParts(random: SeededRandom, { firstName: first, lastName: last }: UserInfo): string[] {
	const [, prefix = '', rest = last] = /^((?:van |den |de )+)(.+)$/i.exec(last) ?? [];
	const parts = random.weighted(
		[4, [first, '', last]],
		[3, [first, prefix.trim(), rest]],
		[2, [`${first} ${prefix}`, '', rest]],
		[1, [first, prefix, '']],
		[1, ['', prefix, rest]],
	);
	return parts.map((part) => varied(random, part));
}

function varied(random: SeededRandom, text: string): string {
	return random.weighted(
		[3, text],
		[1, text.toUpperCase()],
		[1, text.toLowerCase()],
		[1, text.normalize('NFD')],
		[1, text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')],
		[1, text.replaceAll('-', ' ').replaceAll("'", '’')],
		[1, text.replaceAll(' ', '  ')],
	);
}

/** Shows the people, and empty lists. */
function platformOf(people: ReadonlyMap<string, readonly UserInfo[]>): Platform {
	const failure = { kind: 'missing', code: 'http-404', status: 404, message: 'not there' } as const;
	const absent = async () => await Promise.resolve({ ok: false, failure } as const);
	return {
		read: async () => await Promise.resolve({ ok: true, members: [] }),
		joinable: async () => await Promise.resolve({ ok: true, members: ['cc@x'] }),
		users: async (_tenantId, groupId) => {
			const users = people.get(groupId);
			return users === undefined ? await absent() : await Promise.resolve({ ok: true, entries: [...users] });
		},
		callCenters: absent,
		supervisors: absent,
		agents: absent,
		replace: absent,
		add: absent,
		remove: absent,
	};
}
