/** Which columns hold the words that people and call centers are matched by, and what a header needs of a kind. */

import { describe, expect, test } from '@jest/globals';
import { headerFailure, matchHeader, requiredFields } from '../../lib/csv/header';
import type { ReadOptions } from '../../lib/csv/options';

const KEYS = ['Tenant', 'Group'];

function columns(names: readonly string[], matching?: ReadOptions['matching']) {
	return matchHeader([...names, ...KEYS], { kind: 'supervisedAgents', matching });
}

describe('the column of an attribute', () => {
	const names = ['Supervisor', 'E-mail supervisor', 'Agent', 'E-mail', 'Queue', 'Queue name'];

	test('wins over that of ids, for the people matched by it', () => {
		const byMail = { people: 'emailAddress', callCenters: 'id', country: null } as const;
		expect(columns(names, byMail)).toMatchObject({
			columns: { supervisor: 1, agent: 3, callCenter: 4 },
			ambiguous: [],
			missing: [],
			unused: [0, 2, 5],
		});
		expect(columns(names, { people: 'userId', callCenters: 'name', country: null })).toMatchObject({
			columns: { supervisor: 0, agent: 2, callCenter: 5 },
			unused: [1, 3, 4],
		});
		expect(columns(names)).toMatchObject({ columns: { supervisor: 0, agent: 2, callCenter: 4 }, unused: [1, 3, 5] });
	});

	test('that holds names is taken alone, and is ambiguous beside one of ids', () => {
		const byName = { people: 'fullName', callCenters: 'id', country: null } as const;
		expect(columns(['Supervisor name', 'Name', 'Queue'], byName)).toMatchObject({
			columns: { supervisor: 0, agent: 1, callCenter: 2 },
			ambiguous: [],
			missing: [],
		});
		expect(columns(['Supervisor', 'Agent', 'Name', 'Queue'], byName)).toMatchObject({
			columns: { supervisor: 0, callCenter: 3 },
			ambiguous: [{ field: 'agent', names: ['Agent', 'Name'] }],
		});
		expect(columns(['Supervisor', 'Name', 'Queue'])).toMatchObject({ missing: ['agent'], unused: [1] });
	});
});

test('where only lists are read, their keys are all that is needed', () => {
	const keysOnly = (kind: ReadOptions['kind']) => requiredFields({ kind, keysOnly: true });
	expect(keysOnly('supervisedAgents')).toEqual(['supervisor', 'callCenter', 'tenant', 'group']);
	expect(keysOnly('agentCallCenters')).toEqual(['agent', 'tenant', 'group']);
});

test('a missing field is reported with whether it can have a default', () => {
	const withDefault = (options: ReadOptions) => {
		const failure = headerFailure(['x'], matchHeader(['x'], options), options, 1);
		const { missing } = failure?.facts as { missing: ReadonlyArray<{ field: string; hasDefault: boolean }> };
		return missing.flatMap(({ field, hasDefault }) => (hasDefault ? [field] : []));
	};
	const byHand = { action: 'Todo' };
	expect(withDefault({ kind: 'supervisedAgents', columns: byHand })).toEqual(['callCenter', 'tenant', 'group']);
	expect(withDefault({ kind: 'agentCallCenters', columns: byHand })).toEqual(['tenant', 'group']);
});

test('a column set by hand is found with any spaces around it, and ignored where it is missing', () => {
	const by = (agent: string, ...names: string[]) =>
		matchHeader(names, { kind: 'supervisedAgents', columns: { agent } });
	expect(by(' login', 'LOGIN', 'login ')).toMatchObject({ columns: { agent: 1 }, recognized: 1 });
	expect(by('login', 'Supervisor', 'Queue')).toMatchObject({
		columns: { supervisor: 0, callCenter: 1 },
		recognized: 2,
	});
});
