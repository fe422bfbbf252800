/** A platform with ids and names that are hard to write to a file and to read back. */

import { type CallCenterSpec, type GroupSpec, type UserSpec, type WorldSpec } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';

/** `%` stands for a number that makes them different. */
const USER_IDS = [
	...['agent%@x.example', 'Agent%@X.example', 'jan.peeters%@acme.example', 'agent%', '%', '00%', '0032%'],
	...['=cmd%@x', '=%', '+32251267%', '-%@x', '@%', "'=%@x", "'agent%@x", "''+%@x", '＝%@x', "o'neill%@x"],
	...['a b%@x', ' a%@x', 'a%@x ', 'a,b%@x', 'a;%@x', 'a|%', 'a"%"@x', '"a%"', 'a\t%@x', 'a\n%@x'],
	...['é%@x', 'e\u0301%@x', 'ß%@x', 'İ%@x', 'ﬃ%@x', '名前%@例', 'a\u200b%@x', 'a\ufeff%', '\u{1f600}%@x'],
	...['%E+5', '1.%E+11', '1,%E+5', '#N/A%', '#REF!', 'NULL', 'total', 'Total: %', 'Totaal %', 'end%@x'],
	...['a/b%@x', 'a?%@x', 'a#%@x', '%41@x', 'a%40b', 'a@b@%', '@', 'a%@', '<a%@x', '{a%', '[a%', 'sep=%'],
	...['supervisor', 'agent', 'tenant', 'call center', 'remove', '-', `${'x'.repeat(150)}%@x`],
] as const;

const SCOPE_IDS = ['acme%', '=T%', 'a,=b%', "'=t%", 'a;-b%', 'Acme %', 'total%', 'é%', 'T"%', "a,'%"] as const;

const NAMES = [
	...['An', '=SUM(A1)', '+1, "x"', 'de Vries; Jan', 'a\nb', 'a\r\nb;c;d,e,f,g,h,i', '"', '1"Maes"', "'=x", '@here', ''],
	...['Total', 'Total: 12', 'supervisor', '-', '\u202egnp.exe', 'x'.repeat(200), 'a\u0000b', ' ', 'agent'],
] as const;

export interface Nasty {
	readonly world: WorldSpec;
	readonly tenantId: string;
	readonly groupId: string;
}

export function nastyWorld(random: SeededRandom): Nasty {
	let count = 0;
	const from = <Pattern extends string>(patterns: readonly Pattern[]): Pattern => random.shuffle(patterns)[0];
	/** Most of them are harmless, or hardly a list would be without one that cannot be written. */
	const id = (patterns: readonly string[]): string => {
		count += 1;
		const pattern = random.next() < 0.9 ? patterns[0] : from(patterns);
		return pattern.includes('%') ? pattern.replace('%', String(count)) : `${pattern}${count}`;
	};
	const some = <Entry>(entries: readonly Entry[], share: number): Entry[] =>
		entries.filter(() => random.next() < share);
	const users = (size: number): UserSpec[] =>
		Array.from({ length: size }, () => ({ userId: id(USER_IDS), firstName: from(NAMES), lastName: from(NAMES) }));
	const type = random.next() < 0.5 ? ('Enterprise' as const) : ('ServiceProvider' as const);
	const staff = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () =>
		users(2 + Math.floor(random.next() * 8)),
	);
	const groups = staff.map((own): GroupSpec => {
		const people = (type === 'Enterprise' ? staff.flat() : own).map(({ userId }) => userId);
		const callCenters = Array.from({ length: Math.floor(random.next() * 4) }, (): CallCenterSpec => {
			const agents = some(people, 0.6);
			const supervisors = some(people, 0.3).map((userId) => [userId, some(agents, 0.5)] as const);
			return { serviceUserId: id(USER_IDS), name: from(NAMES), agents, supervisors: Object.fromEntries(supervisors) };
		});
		return { groupId: id(SCOPE_IDS), users: own, callCenters };
	});
	const tenantId = id(SCOPE_IDS);
	return { world: { tenants: [{ tenantId, type, groups }] }, tenantId, groupId: groups[0].groupId };
}
