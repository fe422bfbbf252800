/** One simulator for each test of a suite, and the operations of the node as plain calls. */

import { afterEach, beforeEach } from '@jest/globals';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorSettings, type WorldSpec } from '../../../simulator';
import { csvItem, launch, type Landed, type Launch } from './engine';
import { smallWorld } from './platform';

/** Tests do not wait for a platform that could be overrun. */
const FAST = { startRate: 1000, maxRate: 1000 };

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const GROUP = { tenantId: byId('acme'), groupId: byId('brussels') };

export interface Harness {
	simulator: Simulator;
	plan: Operate;
	sync: Operate;
	applyPlan: Operate;
	rollBack: Operate;
	/** Of the group, unless the parameters say otherwise. */
	exportLists: Operate;
	/** Whom the rows name. */
	removeEverywhere: Operate;
}

export interface Case extends Partial<Omit<Launch, 'parameters' | 'baseUrl'>> {
	/** Default: APIO Core's, as of the access token. */
	entryPoint?: 'coreUrl' | 'gatewayUrl';
	/** Text of the CSV file; `items` are the source where it is absent. */
	csv?: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
}

type Operate = (run?: Case) => Promise<Landed>;

export function harness(world: () => WorldSpec = smallWorld, settings: Partial<SimulatorSettings> = {}): Harness {
	const made = {} as Harness;
	beforeEach(async () => {
		made.simulator = await startSimulator({ world: world(), settings });
	});
	afterEach(async () => await made.simulator.stop());

	const operate =
		(operation: string): Operate =>
		async ({ csv, parameters = {}, options = {}, items, entryPoint = 'coreUrl', ...more } = {}) =>
			await launch({
				...more,
				baseUrl: made.simulator[entryPoint],
				items: csv === undefined ? items : [csvItem(csv)],
				parameters: {
					operation,
					...(operation === 'plan' || operation === 'sync' ? syncParameters(csv) : {}),
					...(operation === 'removeEverywhere' ? { ...GROUP, source: csv === undefined ? 'items' : 'csv' } : {}),
					...(operation === 'export' ? { ...GROUP, kind: 'supervisedAgents', exportScope: 'group' } : {}),
					...parameters,
					options: { ...FAST, ...options },
				},
			});
	return Object.assign(made, {
		plan: operate('plan'),
		sync: operate('sync'),
		applyPlan: operate('applyPlan'),
		rollBack: operate('rollBack'),
		exportLists: operate('export'),
		removeEverywhere: operate('removeEverywhere'),
	});
}

function syncParameters(csv: string | undefined): INodeParameters {
	return {
		kind: 'supervisedAgents',
		source: csv === undefined ? 'items' : 'csv',
		mode: 'mirror',
		...GROUP,
	};
}

/** What an approving workflow hands to Apply Plan. */
export function approved(planned: Landed): { items: INodeExecutionData[]; parameters: INodeParameters } {
	const [{ json, binary }] = planned.summary;
	return {
		items: [{ json: {}, binary }],
		parameters: { approvedHash: json.planHash as string, approvedRemovals: json.removalsToApprove as number },
	};
}
