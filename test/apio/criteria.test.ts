import { describe, expect, it } from '@jest/globals';

import type { UserEntry } from '../../lib/apio';
import { check } from '../../lib/apio/arguments';
import { agentSearch, CRITERIA, matching, type AgentSearch } from '../../lib/apio/criteria';

/** As the documentation lists them. */
const DOCUMENTED = [
	...['UserLastName', 'UserFirstName', 'UserId'].flatMap((field) =>
		['sensitive', 'insensitive'].flatMap((sense) =>
			['Starts', 'Contains', 'Equals'].map((mode) => `${sense}${field}${mode}`),
		),
	),
	...['Dn', 'Extension'].flatMap((field) =>
		['Starts', 'Contains', 'Equals'].map((mode) => `insensitive${field}${mode}`),
	),
	'sensitiveUserDepartmentEquals',
];

const JAN: UserEntry = {
	userId: 'Jan.Peeters@x.be',
	lastName: 'Peeters',
	firstName: 'Jan',
	phoneNumber: '+32-25126778',
	extension: '5001',
	department: { departmentName: 'Sales', fullPathName: 'HQ \\ Sales' },
};
const ANN: UserEntry = {
	userId: 'ann@x.be',
	lastName: 'Émile',
	firstName: 'Ann',
	phoneNumber: '',
	extension: '',
	department: '',
};
const BARE: UserEntry = { userId: 'bare@x.be' };
const ids = (search: AgentSearch, agents = [JAN, ANN]) => matching(agents, search).map(({ userId }) => userId);

it('knows exactly the documented criteria', () => {
	expect([...CRITERIA.keys()].sort()).toEqual([...DOCUMENTED].sort());
});

describe('the filter on the client', () => {
	it.each<[AgentSearch, string[]]>([
		[{}, [JAN.userId!, ANN.userId!]],
		[{ sensitiveUserLastNameStarts: 'Pee' }, [JAN.userId!]],
		[{ sensitiveUserLastNameStarts: 'pee' }, []],
		[{ insensitiveUserLastNameStarts: 'pee' }, [JAN.userId!]],
		[{ sensitiveUserLastNameContains: 'eter' }, [JAN.userId!]],
		[{ insensitiveUserLastNameContains: 'ETER' }, [JAN.userId!]],
		[{ sensitiveUserLastNameEquals: 'Peeters' }, [JAN.userId!]],
		[{ insensitiveUserLastNameEquals: 'E\u0301MILE' }, [ANN.userId!]],
		[{ sensitiveUserFirstNameStarts: 'J' }, [JAN.userId!]],
		[{ insensitiveUserFirstNameEquals: 'ann' }, [ANN.userId!]],
		[{ sensitiveUserIdContains: 'x.be' }, [JAN.userId!, ANN.userId!]],
		[{ sensitiveUserIdEquals: 'jan.peeters@x.be' }, []],
		[{ insensitiveUserIdEquals: 'jan.peeters@x.be' }, [JAN.userId!]],
		[{ insensitiveDnEquals: '+3225126778' }, [JAN.userId!]],
		[{ insensitiveDnStarts: '+32 2' }, [JAN.userId!]],
		[{ insensitiveDnContains: '5126' }, [JAN.userId!]],
		[{ insensitiveExtensionEquals: '5001' }, [JAN.userId!]],
		[{ insensitiveExtensionStarts: '51' }, []],
		[{ sensitiveUserDepartmentEquals: 'Sales' }, [JAN.userId!]],
		[{ sensitiveUserDepartmentEquals: 'HQ \\ Sales' }, [JAN.userId!]],
		[{ sensitiveUserDepartmentEquals: 'sales' }, []],
		[{ sensitiveUserFirstNameEquals: 'Ann', insensitiveExtensionEquals: '5001' }, []],
		[
			{ sensitiveUserFirstNameEquals: 'Ann', insensitiveExtensionEquals: '5001', combineWithOr: true },
			[JAN.userId!, ANN.userId!],
		],
		[{ sensitiveUserFirstNameEquals: 'Ann', combineWithOr: false, responseSizeLimit: 1 }, [ANN.userId!]],
	])('%j', (search, expected) => {
		expect(ids(search)).toEqual(expected);
	});

	it('keeps what it cannot judge, because the platform judged it', () => {
		expect(ids({ sensitiveUserLastNameEquals: 'Peeters' }, [BARE])).toEqual(['bare@x.be']);
		expect(ids({ sensitiveUserDepartmentEquals: 'Sales' }, [{ ...BARE, department: null }])).toEqual(['bare@x.be']);
	});
});

describe('criteria are checked before they are sent', () => {
	it.each<[object, string]>([
		[{ combineWithOr: true }, 'combineWithOr needs at least one'],
		[{ combineWithOr: true, responseSizeLimit: 3 }, 'combineWithOr needs at least one'],
		[{ combineWithOr: 'yes' }, 'combineWithOr must be true or false'],
		[{ responseSizeLimit: 0 }, 'responseSizeLimit must be'],
		[{ responseSizeLimit: 1.5 }, 'responseSizeLimit must be'],
		[{ sensitiveUserLastNameStarts: '' }, 'sensitiveUserLastNameStarts is empty'],
		[{ sensitiveUserLastNameStarts: 'x'.repeat(31) }, 'is longer than 30'],
		[{ insensitiveDnStarts: '1'.repeat(24) }, 'is longer than 23'],
		[{ sensitiveDnStarts: '1' }, 'sensitiveDnStarts is not a known field'],
		[{ includeServiceUsers: true }, 'includeServiceUsers is not a known field'],
	])('%j', (search, complaint) => {
		const checked = check(agentSearch, search);
		expect(checked.ok ? '' : checked.failure.message).toContain(complaint);
	});

	it('lets every documented one through', () => {
		const all = Object.fromEntries(DOCUMENTED.map((name) => [name, 'x']));
		expect(check(agentSearch, { ...all, combineWithOr: true, responseSizeLimit: 1 }).ok).toBe(true);
	});
});
