/**
 * What a Belgian HR department exports from Excel every night: `;` between cells, Windows-1252, names with accents, ids
 * without their domain. Somebody has joined, left or moved in many teams, and a few cells went wrong. The file is made
 * from the platform's first state, together with what the platform must look like afterwards.
 */

import { type CallCenterSpec, type WorldSpec } from '../simulator';
import { SeededRandom } from '../tools/seeded-random';

export interface HrExport {
	readonly csv: Buffer;
	readonly rows: number;
	readonly teams: number;
	/** How many people each change concerns; a move is one addition and one removal. */
	readonly changes: { readonly joined: number; readonly left: number; readonly moved: number };
	/** Rows that no sync can use. */
	readonly badRows: number;
	/** The members that each team must have afterwards, by `teamKey`. */
	readonly expected: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Team {
	readonly callCenter: string;
	readonly supervisor: string;
	/** As HR sees it. */
	readonly members: string[];
	/** Agents of the call center whom nobody supervises. */
	readonly free: string[];
	/** As the platform has it. */
	readonly before: readonly string[];
}

/** Every so many teams, something of that kind happened. */
const EVERY = { joiner: 3, leaver: 4, move: 5, badRow: 50 };
const HEADER = ['Superviseur', 'Nom du superviseur', "Centre d'appels", 'Agent', "Nom de l'agent"];

export function teamKey(supervisor: string, callCenter: string): string {
	return `${supervisor} ${callCenter}`;
}

function teamsOf(callCenter: CallCenterSpec): Team[] {
	const supervised = Object.entries(callCenter.supervisors ?? {});
	const taken = new Set(supervised.flatMap(([, members]) => members));
	const agents = (callCenter.agents ?? []).map((agent) => (typeof agent === 'string' ? agent : agent.userId));
	const free = agents.filter((agent) => !taken.has(agent));
	return supervised.map(([supervisor, members]) => ({
		callCenter: callCenter.serviceUserId,
		supervisor,
		members: [...members],
		free,
		before: members,
	}));
}

/** People change teams within their call center; a team in which a row goes wrong below is left as it is. */
function changeTeams(teams: readonly Team[], random: SeededRandom): HrExport['changes'] {
	const changes = { joined: 0, left: 0, moved: 0 };
	const takeOne = (from: string[]) => from.splice(random.integer(0, from.length - 1), 1);
	teams.forEach((team, n) => {
		if (hasBadRow(n)) return;
		if (n % EVERY.joiner === 0 && team.free.length > 0) {
			team.members.push(...takeOne(team.free));
			changes.joined++;
		}
		if (n % EVERY.leaver === 1) {
			takeOne(team.members);
			changes.left++;
		}
		const next = teams[n + 1];
		if (n % EVERY.move === 2 && next?.callCenter === team.callCenter && !hasBadRow(n + 1)) {
			next.members.push(...takeOne(team.members));
			changes.moved++;
		}
	});
	return changes;
}

function hasBadRow(team: number): boolean {
	return team % EVERY.badRow === 7;
}

/** What spreadsheets and people do to a cell: a number in scientific notation, or nothing left in it. */
function spoil(row: string[], team: number): string[] {
	const agent = HEADER.indexOf('Agent');
	return row.map((cell, column) =>
		column === agent ? (Math.floor(team / EVERY.badRow) % 2 === 1 ? '' : `3,22${500 + team}E+11`) : cell,
	);
}

export function makeHrExport(world: WorldSpec, seed: number): HrExport {
	const groups = world.tenants.flatMap((tenant) => tenant.groups);
	const names = new Map(
		groups.flatMap(({ users }) => users.map((user) => [user.userId, `${user.lastName} ${user.firstName}`])),
	);
	const teams = groups.flatMap((group) => group.callCenters.flatMap(teamsOf));
	const changes = changeTeams(teams, new SeededRandom(seed));

	const rows: string[][] = [];
	let badRows = 0;
	teams.forEach(({ supervisor, callCenter, members }, n) => {
		members.forEach((agent, position) => {
			const row = [supervisor, callCenter, agent].map((id) => id.split('@')[0]);
			const complete = [row[0], names.get(supervisor) ?? '', row[1], row[2], names.get(agent) ?? ''];
			const bad = hasBadRow(n) && position === 0;
			if (bad) badRows++;
			rows.push(bad ? spoil(complete, n) : complete);
		});
	});
	const placed = new Set(teams.flatMap(({ members }) => members));
	const text = [HEADER, ...rows].map((row) => `${row.join(';')}\r\n`).join('');
	return {
		// Latin-1 is Windows-1252 but for letters that these names do not have; others become a question mark, as in Excel.
		csv: Buffer.from(text.replace(/[^\r\n\u0020-\u00ff]/g, '?'), 'latin1'),
		rows: rows.length,
		teams: teams.length,
		changes,
		badRows,
		// A row that cannot be used may mean anybody: the removals of its team are held, and nobody leaves the last team.
		expected: new Map(
			teams.map((team) => [
				teamKey(team.supervisor, team.callCenter),
				new Set([...team.members, ...team.before.filter((member) => badRows > 0 && !placed.has(member))]),
			]),
		),
	};
}
