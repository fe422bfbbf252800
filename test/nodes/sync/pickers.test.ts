/** What can be chosen from a list in APIO Call Center Sync, and what a list says that cannot be shown. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { startSimulator, type Simulator, type SimulatorSettings, type WorldSpec } from '../../../simulator';
import { listSearch, loadOptions } from '../../support/engine';
import { passwordFor, tokenFor } from '../call-center/harness';
import { ANNA, BRAM, SALES, SUPPORT, agent, smallWorld } from './platform';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const GROUP: INodeParameters = {
	operation: 'export',
	exportScope: 'group',
	tenantId: byId('acme'),
	groupId: byId('brussels'),
};

let simulator: Simulator;
async function start(settings: Partial<SimulatorSettings> = {}, world: WorldSpec = smallWorld()): Promise<void> {
	simulator = await startSimulator({ world, settings });
}
beforeEach(async () => await start({ listsSupervisors: true }));
afterEach(async () => await simulator.stop());

const given = (parameters: INodeParameters) => ({
	...{ type: new ApioCallCenterSync(), parameters, credential: tokenFor(simulator) },
});
const valuesOf = async (method: string, parameters: INodeParameters = GROUP) =>
	(await loadOptions(given(parameters), method)).map(({ value }) => value);

describe('several are chosen from', () => {
	it('the call centers of the group, with their names', async () => {
		expect(await loadOptions(given(GROUP), 'getCallCenters')).toEqual([
			{ name: `Sales (${SALES})`, value: SALES },
			{ name: `Support (${SUPPORT})`, value: SUPPORT },
		]);
	});

	it('the users of the group', async () => {
		expect(await valuesOf('getUsers')).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(agent).concat([ANNA, BRAM]));
	});

	it.each<[string, unknown, string[]]>([
		['a list', [SALES], [ANNA]],
		['text', `${SALES}, ${SUPPORT}`, [ANNA, BRAM]],
	])('the supervisors of the call centers that are chosen (%s)', async (_, callCenterIds, expected) => {
		expect(await valuesOf('getSupervisors', { ...GROUP, callCenterIds } as INodeParameters)).toEqual(expected);
	});

	it.each<[string, unknown]>([
		['is chosen', []],
		['is known before the workflow runs', '={{ $json.callCenters }}'],
	])('all users for supervisors, where no call center %s', async (_, callCenterIds) => {
		expect(await valuesOf('getSupervisors', { ...GROUP, callCenterIds } as INodeParameters)).toHaveLength(10);
	});

	it('all users for supervisors, where the platform does not list them', async () => {
		await simulator.stop();
		await start({ listsSupervisors: false });
		expect(await valuesOf('getSupervisors', { ...GROUP, callCenterIds: [SALES] })).toHaveLength(10);
	});
});

describe('a list that cannot be shown says what to do', () => {
	it.each([
		['export', 'group', "Choose 'Tenant' first"],
		['export', 'source', "Choose 'Default Tenant' first"],
		['plan', undefined, "Choose 'Default Tenant' first"],
		['removeEverywhere', undefined, "Choose 'Default Tenant' first"],
	])('%s (%s): %s, as the panel calls it', async (operation, exportScope, message) => {
		const parameters = { operation, ...(exportScope === undefined ? {} : { exportScope }), tenantId: byId('') };
		await expect(loadOptions(given(parameters), 'getUsers')).rejects.toThrow(message);
		await expect(listSearch(given(parameters), 'searchGroups')).rejects.toThrow(message);
	});

	it('to an account that may not list', async () => {
		await simulator.stop();
		const endUser = { username: 'end', password: 'end-password', userLevel: 0 as const };
		const account = { ...endUser, tenantId: 'acme', groupId: 'brussels', userId: agent(1) };
		await start({}, { ...smallWorld(), accounts: [account] });
		const all = {
			type: new ApioCallCenterSync(),
			parameters: GROUP,
			credential: passwordFor(simulator, 'gatewayPassword'),
		};
		for (const method of ['getCallCenters', 'getUsers', 'getSupervisors'])
			await expect(loadOptions(all, method)).rejects.toThrow("switch this field to 'Expression' and enter the IDs");
		for (const method of ['searchTenants', 'searchGroups', 'searchCallCenters'])
			await expect(listSearch(all, method)).rejects.toThrow("switch this field to 'By ID' and enter the ID");
	});
});

describe('the description', () => {
	const { properties } = new ApioCallCenterSync().description;
	const shownIn = (operation: string, others: Record<string, string> = {}) =>
		properties.filter(({ displayOptions: { show = {} } = {} }) =>
			Object.entries({ operation, ...others }).every(([name, value]) => show[name]?.includes(value) ?? true),
		);
	const titles = (shown: INodeProperties[], ...names: string[]) =>
		shown.filter(({ name }) => names.includes(name)).map(({ displayName }) => displayName);

	it('names methods that are there, and has no other', () => {
		const { loadOptions: methods, listSearch: searches } = new ApioCallCenterSync().methods;
		const all = JSON.stringify(properties);
		const asked = (key: string) => [
			...new Set([...all.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map(([, name]) => name)),
		];
		expect(asked('loadOptionsMethod').sort()).toEqual(Object.keys(methods).sort());
		expect(asked('searchListMethod').sort()).toEqual(Object.keys(searches).sort());
	});

	it('has no id to be typed that could be picked', () => {
		const typed = properties.filter(({ type, name }) => type === 'string' && /Ids?$/.test(name));
		expect(typed).toEqual([]);
	});

	it.each([
		['plan', {}],
		['sync', {}],
		['removeEverywhere', {}],
		['export', { exportScope: 'source' }],
	])('calls tenant and group defaults in %s %j, which may be empty', (operation, others) => {
		const shown = shownIn(operation, others);
		expect(titles(shown, 'tenantId', 'groupId')).toEqual(['Default Tenant', 'Default Group']);
		for (const { name, required } of shown)
			if (name === 'tenantId' || name === 'groupId') expect(required).toBeUndefined();
		if (operation !== 'removeEverywhere') expect(titles(shown, 'callCenterId')).toEqual(['Default Call Center']);
	});

	it('calls them by their names in an export of a group, which needs them', () => {
		const shown = shownIn('export', { exportScope: 'group' });
		expect(titles(shown, 'tenantId', 'groupId', 'callCenterId')).toEqual(['Tenant', 'Group']);
		for (const { name, required } of shown) if (name === 'tenantId' || name === 'groupId') expect(required).toBe(true);
	});
});
