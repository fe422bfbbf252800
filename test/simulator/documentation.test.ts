import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { documentationWorld, startSimulator, type Simulator } from '../../simulator';
import { send, signInAtGateway } from './http-client';
import examples from './documentation-examples.json';

/** Answers that the documentation gives only as "Similar to GET", by the place of the example. */
const SIMILAR_TO_GET: Record<number, { status: number; check: (answer: Answer) => void }> = {
	4: {
		status: 200,
		check: (answer) => {
			expect(answer).toMatchObject({
				agentACDState: 'Unavailable',
				guardTimerSeconds: 15,
				enableGuardTimer: true,
				makeOutgoingCallsAsCallCenter: true,
				outgoingCallDNIS: { serviceUserId: 'APIOTestCallCenterP@sip.netaxis.be', name: 'Test DNIS' },
			});
			expect(answer.call_centers.map((each) => each.available)).toEqual([true, false]);
		},
	},
	12: {
		status: 200,
		check: (answer) => expect(ids(answer)).toEqual(['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be']),
	},
	13: {
		status: 201,
		check: (answer) => expect(ids(answer)).toEqual(['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be']),
	},
	14: { status: 200, check: (answer) => expect(ids(answer)).toEqual([]) },
};

interface Answer {
	call_centers: Array<{ available: boolean }>;
	supervised_agents: Array<{ userId: string }>;
}
const ids = (answer: Answer): string[] => answer.supervised_agents.map((agent) => agent.userId);

describe.each(['gateway', 'core'] as const)(
	'every example of the documentation, at the entry point %s',
	(entryPoint) => {
		let simulator: Simulator;
		beforeEach(async () => {
			simulator = await startSimulator({ world: documentationWorld() });
		});
		afterEach(async () => await simulator.stop());

		it.each(examples.map((example, place) => [place, `${example.method} ${example.title}`, example] as const))(
			'%i: %s',
			async (place, _, example) => {
				const { account } = simulator;
				const headers: Record<string, string> =
					entryPoint === 'gateway'
						? { cookie: await signInAtGateway(simulator) }
						: { authorization: `Bearer ${account.m2mToken}` };
				const base = entryPoint === 'gateway' ? simulator.gatewayUrl : simulator.coreUrl;
				const url = base + example.path.slice('/api/v1'.length);
				// What an example of adding or removing starts from is not documented: nobody, and both.
				if (place === 13)
					simulator.edit({
						kind: 'supervisedAgents',
						userId: 'fooSupervisorUser',
						callCenterId: 'fooCallCenter',
						remove: ['ApioUserTest1@sip.netaxis.be'],
					});
				if (place === 14)
					simulator.edit({
						kind: 'supervisedAgents',
						userId: 'fooSupervisorUser',
						callCenterId: 'fooCallCenter',
						add: ['ApioUserTest2@sip.netaxis.be'],
					});

				const answer = await send(example.method, url, {
					headers,
					body: 'body' in example ? example.body : undefined,
				});

				const similar = SIMILAR_TO_GET[place];
				expect(answer.status).toBe(similar?.status ?? example.status);
				if (similar) similar.check(answer.json as Answer);
				else expect(answer.json).toEqual(example.answer);
			},
		);

		it('refuses the trailing comma that three examples print, because it is not JSON', async () => {
			const headers: Record<string, string> = { authorization: `Bearer ${simulator.account.m2mToken}` };
			const user = '/tenants/foo/groups/foogroup/users/fooSupervisorUser';
			const url = `${simulator.coreUrl}${user}/services/call_centers/fooCallCenter/supervised_agents/`;
			const answer = await send('PUT', url, {
				headers,
				text: '{ "supervised_agents": [ { "userId": "ApioUserTest1@sip.netaxis.be" } ], }',
			});
			expect(answer.status).toBe(416);
			expect(simulator.changes()).toEqual([]);
		});
	},
);
