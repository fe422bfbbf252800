import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulator, type Simulator } from '../../../simulator';
import { csvItem, fileText, launch, type Launch } from './engine';
import { ANNA, BRAM, SALES, SUPPORT, agent, csv, listRows, smallWorld, supervised, writes } from './platform';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ world: smallWorld() });
});
afterEach(async () => await simulator.stop());

const scope = { tenant: { __rl: true, mode: 'id', value: 'acme' }, group: { __rl: true, mode: 'id', value: 'brussels' } };

const sync = async (text: string, more: Partial<Launch> = {}, options: object = {}) =>
	await launch({
		baseUrl: simulator.coreUrl,
		items: [csvItem(text)],
		...more,
		parameters: { operation: 'sync', kind: 'supervisedAgents', source: 'csv', mode: 'mirror', ...scope, options, ...more.parameters } as never,
	});

describe('Sync', () => {
	it('brings lists in line with a CSV file', async () => {
		const landed = await sync(csv([...listRows(ANNA, SUPPORT, [1, 2, 3, 5]), ...listRows(ANNA, SALES, [6])]));
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'applied', counts: { lists: { changed: 1, unchanged: 1 }, adds: { done: 1 }, removes: { done: 1 } } });
		expect(supervised(simulator, ANNA, SUPPORT)).toEqual([1, 2, 3, 5].map(agent));
		expect(supervised(simulator, BRAM, SUPPORT)).toEqual([agent(5)]);
	});
});
