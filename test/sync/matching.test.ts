/** From a file in the words of HR to a plan with the platform's ids, and what becomes of rows that match nothing. */

import { describe, expect, it } from '@jest/globals';
import { readCsvBuffer, type CsvOptions } from '../../lib/csv';
import {
	type Matching,
	planRun,
	type RunResult,
	type Settings,
	type Source,
	syncRun,
	type UserInfo,
} from '../../lib/sync';
import { foldId } from '../../lib/sync/model/list';
import type { FakePlatform } from '../support/fake-platform';
import { messageOf } from '../support/issue-text';
import { harness, ownCallCenters, settings, supervised } from './world';

const BY_EMAIL: Matching = { people: 'emailAddress', callCenters: 'id', country: null };
const BY_NAMES: Matching = { people: 'fullName', callCenters: 'name', country: null };

const PEOPLE: ReadonlyArray<readonly [id: string, first: string, last: string]> = [
	['sup@x', 'Sofie', 'Maes'],
	['jan@x', 'Jan', 'Peeters'],
	['an@x', 'An', 'Claes'],
	['bea@x', 'Bea', 'Bos'],
	['jan2@x', 'Jan', 'de Wit'],
	['jan3@x', 'Jan', 'De Wit'],
];

function people(platform: FakePlatform): void {
	for (const [id, firstName, lastName] of PEOPLE) {
		const shown: Partial<UserInfo> = { firstName, lastName, emailAddress: `${id.replace('@x', '')}@acme.be` };
		platform.know([id]);
		platform.details.set(foldId(id), shown);
	}
	platform.groupCallCenters = [
		{ serviceUserId: 'cc@x', name: 'Sales' },
		{ serviceUserId: 'cc2@x', name: 'Help Desk' },
		{ serviceUserId: 'cc3@x', name: 'help-desk' },
	];
}

function read(file: string, matching: Matching, more: Partial<CsvOptions> = {}): Source {
	const options: CsvOptions = { kind: 'supervisedAgents', tenantId: 'T', groupId: 'G', matching, ...more };
	const result = readCsvBuffer(Buffer.from(file), options);
	if (!result.ok) throw new Error(result.failure.code);
	return result.source;
}

/** Agents on a supervisor's list, and a file that asks for others. */
function scene(file: string, matching: Matching, more: Partial<Settings> = {}, options: Partial<CsvOptions> = {}) {
	const made = harness();
	people(made.platform);
	made.platform.set(supervised(), ['jan@x', 'bea@x']);
	const given = { ...settings({ matching, ...more }), kind: options.kind ?? 'supervisedAgents' };
	const source = read(file, matching, options);
	return {
		...made,
		source,
		plan: async () => await planRun(source, given, made.around),
		sync: async () => await syncRun(source, given, made.around),
	};
}

function changes({ plan }: RunResult): string[] {
	return (plan?.lists ?? []).flatMap(({ ref, adds, removes, held }) => [
		...adds.map(({ member }) => `${ref.userId} ${ref.callCenterId} +${member}`),
		...removes.map(({ member }) => `${ref.userId} ${ref.callCenterId} -${member}`),
		...held.map(({ member, code }) => `${ref.userId} ${ref.callCenterId} ${code} ${member}`),
	]);
}

/** `line code`, with the candidates. */
function rejections({ matched }: RunResult): string[] {
	return (matched?.source.rejected ?? []).flatMap(({ line, problems }) =>
		problems.map(({ code, facts }) => {
			const candidates = 'candidates' in facts ? facts.candidates.first.map(({ id, name }) => `${name} (${id})`) : [];
			return [line, code, ...candidates].join(' ');
		}),
	);
}

const EMAILS = 'Supervisor e-mail;E-mail;Call center\nsup@acme.be;JAN@acme.be;cc@x\nsup@acme.be;an@acme.be;cc@x\n';

describe('a source in the words of HR', () => {
	it('asks for the same as one with ids', async () => {
		const { plan, platform } = scene(EMAILS, BY_EMAIL);
		const result = await plan();
		expect(changes(result)).toEqual(['sup@x cc@x +an@x', 'sup@x cc@x -bea@x']);
		expect(result.plan?.matched).toEqual({ people: { by: 'emailAddress', matched: 3, notFound: 0, several: 0 } });
		expect(platform.arrivals.map(({ asked }) => asked)).toEqual(['users', 'read']);
	});

	it('names people and call centers', async () => {
		const file =
			'Leidinggevende;Medewerker;Wachtrij\nMaes, Sofie;claes AN;SALES\nSofie Maes;"Peeters, Jan; Bea Bos";sales\n';
		const { plan, platform } = scene(file, BY_NAMES);
		const result = await plan();
		expect(changes(result)).toEqual(['sup@x cc@x +an@x']);
		expect(result.plan?.names).toEqual([
			{ id: 'an@x', name: 'An Claes' },
			{ id: 'cc@x', name: 'Sales' },
			{ id: 'sup@x', name: 'Sofie Maes' },
		]);
		expect(result.plan?.matched).toEqual({
			people: { by: 'fullName', matched: 4, notFound: 0, several: 0 },
			callCenters: { by: 'name', matched: 1, notFound: 0, several: 0 },
		});
		expect(platform.arrivals.map(({ asked }) => asked).sort()).toEqual(['callCenters', 'read', 'users']);
	});

	it('has no second request for the users where ids are checked as well', async () => {
		const { plan, platform } = scene(EMAILS, BY_EMAIL, { checkUsers: true });
		await plan();
		expect(platform.count('users')).toBe(1);
	});

	it('is read as call centers of agents, too', async () => {
		const file = 'E-mail;Call center\nan@acme.be;Sales\n';
		const matching: Matching = { people: 'emailAddress', callCenters: 'name', country: null };
		const made = scene(file, matching, {}, { kind: 'agentCallCenters' });
		made.platform.set(ownCallCenters('an@x'), []);
		made.platform.know(['cc@x']);
		const result = await made.plan();
		expect(changes(result)).toEqual(['an@x null +cc@x']);
	});

	it('has the default call center as an id, and then asks for no names of call centers', async () => {
		const file = 'Supervisor e-mail;E-mail\nsup@acme.be;jan@acme.be\n';
		const matching: Matching = { ...BY_EMAIL, callCenters: 'name' };
		const { plan, platform } = scene(file, matching, {}, { callCenterId: 'cc@x' });
		expect(changes(await plan())).toEqual(['sup@x cc@x -bea@x']);
		expect(platform.count('callCenters')).toBe(0);
	});

	it('is written with ids, and each result has what it means', async () => {
		const { sync, platform } = scene(EMAILS, BY_EMAIL);
		const result = await sync();
		expect(result.status).toBe('applied');
		expect(platform.folded(supervised())).toEqual(['an@x', 'jan@x']);
		expect(result.matched?.source.rows.map(({ memberId }) => memberId)).toEqual(['jan@x', 'an@x']);
		expect(result.matched?.source.cellsOf).toBeUndefined();
		expect(result.matched?.textOf({ tenantId: 'T', groupId: 'G' }, 'person', 'jan@x')).toBe('JAN@acme.be');
		expect(result.matched?.textOf({ tenantId: 'T', groupId: 'G' }, 'person', 'bea@x')).toBe('bea@acme.be');
	});
});

describe('a row that matches nobody', () => {
	it('is rejected with its cells, and holds its list', async () => {
		const { plan } = scene(`${EMAILS}sup@acme.be;nobody@acme.be;cc@x\n`, BY_EMAIL);
		const result = await plan();
		expect(rejections(result)).toEqual(['4 personNotFound']);
		expect(result.matched?.source.rejected[0]).toMatchObject({
			cells: { 'Supervisor e-mail': 'sup@acme.be', 'E-mail': 'nobody@acme.be', 'Call center': 'cc@x' },
			problems: [{ column: 'E-mail' }],
		});
		expect(changes(result)).toEqual(['sup@x cc@x +an@x', 'sup@x cc@x rowNotCarriedOut bea@x']);
	});

	it('holds all candidates, wherever they are', async () => {
		const file =
			'Supervisor;Name;Call center\nSofie Maes;An Claes;sales\nSofie Maes;Jan De Wit;sales\nAn Claes;Bea Bos;sales\n';
		const made = scene(file, BY_NAMES);
		made.platform.set(supervised(), ['an@x']);
		made.platform.set(supervised('an@x'), ['bea@x', 'jan2@x', 'jan3@x']);
		const result = await made.plan();
		expect(rejections(result)).toEqual(['3 personAmbiguous Jan de Wit (jan2@x) Jan De Wit (jan3@x)']);
		expect(changes(result)).toEqual(['an@x cc@x rowNotCarriedOut jan2@x', 'an@x cc@x rowNotCarriedOut jan3@x']);
	});

	it('holds every list of its call center where its supervisor is not found', async () => {
		const file = 'Supervisor e-mail;E-mail;Call center\nsup@acme.be;jan@acme.be;cc@x\nsub@acme.be;bea@acme.be;cc@x\n';
		const result = await scene(file, BY_EMAIL).plan();
		expect(rejections(result)).toEqual(['3 personNotFound']);
		expect(changes(result)).toEqual(['sup@x cc@x rowNotCarriedOut bea@x']);
	});

	it('is not found by its call center either', async () => {
		const file = 'Supervisor;Name;Call center\nSofie Maes;An Claes;Help Desk\nSofie Maes;An Claes;Support\n';
		const result = await scene(file, BY_NAMES).plan();
		expect(rejections(result)).toEqual([
			'2 callCenterAmbiguous Help Desk (cc2@x) help-desk (cc3@x)',
			'3 callCenterNotFound',
		]);
		expect(result.status).toBe('refused');
		expect(messageOf(result.reason)).toContain('2');
	});

	it('is counted once for each text', async () => {
		const file = `${EMAILS}sup@acme.be;nobody@acme.be;cc@x\nsup@acme.be;NOBODY@acme.be;cc@x\n`;
		const result = await scene(file, BY_EMAIL).plan();
		expect(result.plan?.matched?.people).toEqual({ by: 'emailAddress', matched: 3, notFound: 1, several: 0 });
	});
});

describe('a source in which nobody is found', () => {
	/** Once for the source, as the user reads it. */
	const findings = async (file: string, matching = BY_NAMES) => {
		const { plan } = scene(file, matching);
		return (await plan()).matched?.source.findings
			.filter(({ code }) => code === 'nobodyFound')
			.map((finding) => messageOf(finding));
	};

	it('has the column of last names for that of whole names: the first name is under another word', async () => {
		const file = 'Leidinggevende;Naam;Aanspreking;Wachtrij\nSofie Maes;Peeters;Jan;sales\nSofie Maes;Bos;Bea;sales\n';
		expect(await findings(file)).toEqual([
			'No agent of the source was found by the full name, read from "Naam". If the source has it in other columns, ' +
				"choose them in 'Column Mapping'; if it has something else, choose that in 'Match People By'.",
		]);
	});

	it('has the column of whole names for that of last names: the first name is not theirs', async () => {
		const file =
			'Supervisor;Name;First name;Call center\nSofie Maes;Jan Peeters;Tom;sales\nSofie Maes;Bea Bos;Eva;sales\n';
		expect(await findings(file)).toEqual([
			expect.stringContaining('No agent of the source was found by the full name, read from "First name" and "Name".'),
		]);
	});

	it('is reported for supervisors and call centers as well', async () => {
		const file = 'Supervisor;Name;Call center\nMaes;Bea Bos;A\nBos;An Claes;B\n';
		expect(await findings(file)).toEqual([
			expect.stringContaining('No supervisor of the source was found by the full name, read from "Supervisor".'),
			expect.stringMatching(/^No call center .* by the name, read from "Call center"\. .*'Match Call Centers By'\.$/),
		]);
	});

	it('has at least two texts, and none that matches', async () => {
		expect(await findings('Supervisor;Name;Call center\nSofie Maes;Peeters;sales\nSofie Maes;PEETERS;sales\n')).toEqual(
			[],
		);
		const oneFound = 'Supervisor;Name;Call center\nSofie Maes;X;sales\nSofie Maes;Y;sales\nSofie Maes;Bea Bos;sales\n';
		expect(await findings(oneFound)).toEqual([]);
		expect(await findings(`${oneFound.replace('Bea Bos', 'Jan de Wit')}`)).toEqual([]);
	});
});

describe('two texts for one person', () => {
	const HEADER = 'Supervisor;Name;Call center;Action\n';

	it('ask for one member', async () => {
		const file = `${HEADER}Sofie Maes;An Claes;sales;add\nMaes, Sofie;Claes, An;Sales;add\n`;
		const result = await scene(file, BY_NAMES, { mode: 'actionColumn' }).plan();
		expect(changes(result)).toEqual(['sup@x cc@x +an@x']);
		expect(result.plan?.source).toMatchObject({ rows: 1, lists: 1, members: 1, rejectedRows: 0 });
	});

	it('contradict each other', async () => {
		const contradiction = 'Sofie Maes;Bea Bos;sales;remove\nMaes, Sofie;Bos, Bea;Sales;add\n';
		const file = `${HEADER}${contradiction}Sofie Maes;Jan Peeters;sales;remove\n`;
		const result = await scene(file, BY_NAMES, { mode: 'actionColumn' }).plan();
		expect(rejections(result)).toEqual(['2 conflictingRows', '3 conflictingRows']);
		expect(changes(result)).toEqual(['sup@x cc@x rowNotCarriedOut jan@x']);
	});

	it('name one list, which is then not cleared by a row without a member', async () => {
		const file = 'Supervisor;Name;Call center\nMaes, Sofie;;sales\nSofie Maes;An Claes;sales\n';
		const result = await scene(file, BY_NAMES, { allowClear: true }).plan();
		expect(rejections(result)).toEqual(['2 blankCell']);
		expect(changes(result)).toContain('sup@x cc@x rowNotCarriedOut bea@x');
	});
});

describe('a group that is not shown', () => {
	it('fails the run where it is the only one', async () => {
		const made = scene(EMAILS, BY_EMAIL);
		made.platform.fault = ({ asked }) => (asked === 'users' ? 'missing' : null);
		const result = await made.plan();
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'unknownGroup' } });
		expect(made.platform.arrivals.map(({ asked }) => asked)).toEqual(['users']);
	});

	it('leaves its lists alone, with a code of its own', async () => {
		const made = scene(EMAILS, BY_EMAIL);
		made.platform.fault = ({ asked }) => (asked === 'users' ? 'unavailable' : null);
		const result = await made.plan();
		expect(result.plan?.unplanned).toMatchObject([{ code: 'directoryUnreadable', lines: [2, 3] }]);
	});

	it('stops the run that is cancelled meanwhile', async () => {
		const made = scene(EMAILS, BY_EMAIL);
		made.platform.fault = ({ asked }) => (asked === 'users' ? 'stopped' : null);
		expect((await made.sync()).status).toBe('stopped');
		expect(made.platform.writes).toBe(0);
	});
});

it('the hash that is approved covers the names', async () => {
	const hashes = await Promise.all(
		['An', 'Ann'].map(async (firstName) => {
			const made = scene(EMAILS, BY_EMAIL);
			made.platform.details.set('an@x', { firstName, lastName: 'Claes', emailAddress: 'an@acme.be' });
			return (await made.plan()).plan?.hash;
		}),
	);
	expect(new Set(hashes).size).toBe(2);
});

it('costs one request more than ids do for 500 lists, and another one for names of call centers', async () => {
	const requests = async (word: (id: string) => string, callCenter: string, matching?: Matching) => {
		const made = harness();
		people(made.platform);
		const ids = Array.from({ length: 500 }, (_, index) => `boss${index}@x`);
		for (const id of ids) {
			made.platform.know([id]);
			made.platform.details.set(id, { emailAddress: id.replace('@x', '@acme.be') });
			made.platform.set(supervised(id), ['jan@x']);
		}
		const rows = ids.map(
			(id) => `${word(id)};${word('jan@x')};${callCenter}\n${word(id)};${word('an@x')};${callCenter}\n`,
		);
		const options: CsvOptions = { kind: 'supervisedAgents', tenantId: 'T', groupId: 'G', matching };
		const source = readCsvBuffer(Buffer.from(`Supervisor;Agent;Call center\n${rows.join('')}`), options);
		if (!source.ok) throw new Error(source.failure.code);
		const result = await syncRun(source.source, settings({ matching }), made.around);
		expect(result.status).toBe('applied');
		return [made.platform.reads, made.platform.writes];
	};
	const email = (id: string) => id.replace('@x', '@acme.be');
	expect(await requests((id) => id, 'cc@x')).toEqual([500, 500]);
	expect(await requests(email, 'cc@x', BY_EMAIL)).toEqual([501, 500]);
	expect(await requests(email, 'Sales', { ...BY_EMAIL, callCenters: 'name' })).toEqual([502, 500]);
});
