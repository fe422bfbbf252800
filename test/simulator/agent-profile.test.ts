import { describe, expect, it } from '@jest/globals';

import { documentationWorld, type SimulatorSettings } from '../../simulator';
import { CENTER_B, CENTER_P, CENTER_S, FOO, Platform, PROFILE, reason, summary } from './platform';

const platform = (settings: Partial<SimulatorSettings> = {}) => new Platform({ settings });
const put = (body: object, settings: Partial<SimulatorSettings> = {}) =>
	platform(settings).call('PUT', PROFILE, { body });
const DNIS = { serviceUserId: CENTER_P, name: 'Test DNIS' };

describe('updating settings', () => {
	it.each<[string, unknown]>([
		['agentACDState', 'Sign-In'],
		['agentACDState', 'Sign-Out'],
		['agentACDState', 'Available'],
		['agentACDState', 'Unavailable'],
		['agentACDState', 'Wrap-Up'],
		['agentThresholdProfileName', 'x'.repeat(40)],
		['agentUnavailableCode', ''],
		['agentUnavailableCode', '1234567890'],
		['useDefaultGuardTimer', false],
		['enableGuardTimer', true],
		['guardTimerSeconds', 1],
		['guardTimerSeconds', 25],
		['useSystemDefaultUnavailableSettings', false],
		['forceAgentUnavailableOnDNDActivation', true],
		['forceAgentUnavailableOnPersonalCalls', true],
		['forceAgentUnavailableOnBouncedCallLimit', true],
		['numberConsecutiveBouncedCallsToForceAgentUnavailable', 1],
		['numberConsecutiveBouncedCallsToForceAgentUnavailable', 5],
		['forceAgentUnavailableOnNotReachable', true],
		['makeOutgoingCallsAsCallCenter', false],
		['outgoingCallDNIS', null],
		['outgoingCallDNIS', DNIS],
	])('takes %s = %j, keeps the rest, and answers as GET does', (name, value) => {
		const apio = platform();
		const before = apio.call('GET', PROFILE).json as object;
		const answer = apio.call('PUT', PROFILE, { body: { [name]: value } });
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({ ...before, [name]: value });
		expect(apio.call('GET', PROFILE).json).toEqual(answer.json);
	});

	it.each<[string, unknown]>([
		['agentACDState', 'available'],
		['agentACDState', 1],
		['agentThresholdProfileName', ''],
		['agentThresholdProfileName', 'x'.repeat(41)],
		['agentUnavailableCode', '12345678901'],
		['agentUnavailableCode', null],
		['useDefaultGuardTimer', 'true'],
		['enableGuardTimer', 1],
		['guardTimerSeconds', 0],
		['guardTimerSeconds', 26],
		['guardTimerSeconds', 5.5],
		['guardTimerSeconds', '5'],
		['numberConsecutiveBouncedCallsToForceAgentUnavailable', 0],
		['numberConsecutiveBouncedCallsToForceAgentUnavailable', 6],
		['outgoingCallDNIS', 'Test DNIS'],
		['outgoingCallDNIS', { serviceUserId: CENTER_P }],
		['outgoingCallDNIS', { serviceUserId: CENTER_P, name: 'Other DNIS' }],
		['outgoingCallDNIS', { serviceUserId: CENTER_B, name: 'Test DNIS' }],
		['call_centers', [{ serviceUserId: CENTER_P, available: true }]],
		['call_centers', [{ serviceUserId: CENTER_B, available: 'yes' }]],
		['call_centers', [{ serviceUserId: CENTER_B }, { serviceUserId: CENTER_B }]],
		['call_centers', { serviceUserId: CENTER_B }],
		['agentStateAfterCall', 'Available'],
		['list', 'true'],
	])('refuses %s = %j with code 2 and changes nothing', (name, value) => {
		const apio = platform();
		const refused = apio.call('PUT', PROFILE, { body: { enableGuardTimer: true, [name]: value } });
		expect(refused.status).toBe(400);
		expect(refused.json.errors[0]).toMatchObject({ code: 2, message: 'INVALID_PARAMETERS' });
		expect(apio.server.changes()).toEqual([]);
	});

	it("needs a DNIS for outgoing calls as call center, in the documentation's words", () => {
		const text = 'Outgoing Call Center is required when make outgoing call as call center is enabled.';
		expect(reason(put({ makeOutgoingCallsAsCallCenter: true }))).toBe(text);
		expect(reason(put({ makeOutgoingCallsAsCallCenter: true, outgoingCallDNIS: null }))).toBe(text);
		expect(put({ makeOutgoingCallsAsCallCenter: true, outgoingCallDNIS: DNIS }).status).toBe(200);
	});

	it('accepts the stored DNIS if set so, but never no DNIS', () => {
		const apio = platform({ dnisRequiredInRequest: false });
		expect(apio.call('PUT', PROFILE, { body: { makeOutgoingCallsAsCallCenter: true } }).status).toBe(200);
		expect(apio.call('PUT', PROFILE, { body: { outgoingCallDNIS: null } }).status).toBe(400);
		expect(
			apio.call('PUT', PROFILE, { body: { outgoingCallDNIS: null, makeOutgoingCallsAsCallCenter: false } }).json
				.outgoingCallDNIS,
		).toBeNull();
	});

	it('lends DNIS of all Premium call centers within reach, or only of those the agent is in', () => {
		const assigned = platform({ dnisScope: 'assigned' });
		expect(assigned.call('GET', `${PROFILE}dnis/`).json).toEqual({ call_centers_dnis: [] });
		expect(reason(assigned.call('PUT', PROFILE, { body: { forceAgentUnavailableOnPersonalCalls: true } }))).toContain(
			'Premium',
		);
		assigned.server.edit({ kind: 'agentCallCenters', userId: 'foouser', add: [CENTER_P] }, assigned.now);
		expect(assigned.call('GET', `${PROFILE}dnis/`).json).toEqual({ call_centers_dnis: [DNIS] });
		expect(assigned.call('PUT', PROFILE, { body: { forceAgentUnavailableOnPersonalCalls: true } }).status).toBe(200);
	});

	it('changes the availability of assigned call centers, and never the assignment', () => {
		const apio = platform();
		const body = { call_centers: [{ serviceUserId: CENTER_S, available: true, priority: '1.0', type: 'Basic' }] };
		const { call_centers } = apio.call('PUT', PROFILE, { body }).json;
		expect(call_centers).toMatchObject([
			{ serviceUserId: CENTER_B, available: false, priority: '5.0' },
			{ serviceUserId: CENTER_S, available: true, priority: '5.0' },
		]);
		expect(apio.server.changes()).toMatchObject([
			{ kind: 'agentProfile', userId: 'foouser', by: 'client', method: 'PUT' },
		]);
		// `list: false` is an update of settings as well.
		expect(apio.call('PUT', PROFILE, { body: { list: false, call_centers: [] } }).json.call_centers).toHaveLength(2);
	});

	it('shows names by the platform setting ENRICH_CC_INFO unless the request says otherwise', () => {
		const apio = platform({ enrichCcInfo: true });
		expect(apio.call('GET', PROFILE).json.call_centers[0].name).toBe('APIO Test Call Center B');
		expect(apio.call('GET', PROFILE, { query: 'enrichCcInfo=false' }).json.call_centers[0]).not.toHaveProperty('name');
		expect(platform().call('GET', PROFILE, { query: 'enrichCcInfo=true' }).json.call_centers[0].name).toBe(
			'APIO Test Call Center B',
		);
	});

	it.each(['enrichCcInfo=1', 'enrichCcInfo=yes', 'enrich=true', 'insensitiveUserIdEquals=x'])(
		'refuses the query %s',
		(query) => {
			expect(platform().call('GET', PROFILE, { query }).status).toBe(400);
			expect(platform().call('GET', `${PROFILE}available/`, { query }).status).toBe(400);
		},
	);

	it("matches the call center's id with its case", () => {
		const lower = { sensitiveServiceUserIdEquals: CENTER_B.toLowerCase() };
		expect(platform().call('GET', PROFILE, { body: lower }).json.call_centers).toEqual([]);
		expect(platform().call('GET', `${PROFILE}available/`, { body: lower }).json.call_centers).toEqual([]);
	});

	it('answers 404 for an unknown user and 416 without a body', () => {
		expect(platform().call('GET', PROFILE.replace('foouser', 'nobody')).status).toBe(404);
		expect(platform().call('PUT', PROFILE).status).toBe(416);
	});
});

describe('assigning call centers with list: true', () => {
	const assign = (...ids: string[]) => ({
		list: true,
		call_centers: ids.map((serviceUserId) => ({ serviceUserId })),
	});
	const assigned = (apio: Platform, userId = 'foouser') =>
		apio.server.state().agentCallCenters.find((list) => list.userId === userId)?.members;

	it('makes the list complete, answers {}, and keeps the settings of seats that stay', () => {
		const apio = platform();
		apio.call('PUT', PROFILE, { body: { call_centers: [{ serviceUserId: CENTER_B, available: true }] } });
		const answer = apio.call('PUT', PROFILE, { body: assign(CENTER_B) });
		expect([answer.status, answer.json]).toEqual([200, {}]);
		expect(assigned(apio)).toEqual([CENTER_B]);
		expect(apio.call('GET', PROFILE).json.call_centers[0].available).toBe(true);
		apio.call('PUT', PROFILE, { body: assign() });
		expect(assigned(apio)).toEqual([]);
	});

	it('lets nobody join a call center that does not allow joining, but lets its agents stay', () => {
		const apio = platform();
		const refused = apio.call('PUT', PROFILE, { body: assign(CENTER_B, CENTER_P) });
		expect(refused.status).toBe(400);
		expect(summary(refused)).toContain('does not allow users to join');
		expect(assigned(apio)).toEqual([CENTER_B, CENTER_S]);
		apio.server.edit({ kind: 'agentCallCenters', userId: 'foouser', add: [CENTER_P] }, apio.now);
		expect(apio.call('PUT', PROFILE, { body: assign(CENTER_P) }).status).toBe(200);
		expect(assigned(apio)).toEqual([CENTER_P]);
	});

	it.each<[string, object]>([
		['an unknown call center', assign('nope@x.be')],
		['no list of call centers', { list: true }],
		['the same call center twice', assign(CENTER_B, CENTER_B)],
		['settings beside the list', { ...assign(CENTER_B), guardTimerSeconds: 5 }],
		['an entry without id', { list: true, call_centers: [{ name: 'APIO Test Call Center B' }] }],
		[
			'fields that a list item does not have',
			{ list: true, call_centers: [{ serviceUserId: CENTER_B, available: true }] },
		],
	])('refuses %s and changes nothing', (_, body) => {
		const apio = platform();
		expect(apio.call('PUT', PROFILE, { body }).status).toBe(400);
		expect(apio.server.changes()).toEqual([]);
	});

	it('assigns the others with 207 or silently when set to, and limits the list', () => {
		const body = assign(CENTER_S, 'nope@x.be');
		const partial = platform({ badId: 'partial' });
		const answer = partial.call('PUT', PROFILE, { body });
		expect(answer.status).toBe(207);
		expect(summary(answer)).toContain('nope@x.be');
		expect(assigned(partial)).toEqual([CENTER_S]);
		expect(platform({ badId: 'ignore' }).call('PUT', PROFILE, { body }).json).toEqual({});
		expect(platform({ maxListSize: 1 }).call('PUT', PROFILE, { body: assign(CENTER_B, CENTER_S) }).status).toBe(400);
	});

	it('removes an agent who leaves a call center from its supervised lists, and records why', () => {
		const world = documentationWorld();
		const apio = new Platform({ world, settings: { leavesUnjoinable: true } });
		const path = `${FOO}/users/${encodeURIComponent('ApioUserTest1@sip.netaxis.be')}/services/call_centers/`;
		expect(apio.call('PUT', path, { body: assign() }).status).toBe(200);
		expect(apio.supervised()).toEqual([]);
		expect(apio.server.changes()).toMatchObject([
			{ kind: 'supervisedAgents', cascade: true, removed: ['ApioUserTest1@sip.netaxis.be'], request: 1 },
			{ kind: 'agentCallCenters', cascade: false, removed: ['fooCallCenter'], request: 1 },
		]);
	});

	it('lets nobody leave a call center that does not allow joining, unless set so', () => {
		const apio = new Platform({ world: documentationWorld() });
		const path = `${FOO}/users/${encodeURIComponent('ApioUserTest1@sip.netaxis.be')}/services/call_centers/`;
		expect(apio.call('PUT', path, { body: assign() }).status).toBe(400);
		expect(apio.supervised()).toEqual(['ApioUserTest1@sip.netaxis.be']);
	});
});
