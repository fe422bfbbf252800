import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { ApioCallCenterTrigger } from '../../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';
import { startSimulator, type Simulator, type WorldSpec } from '../../../simulator';
import { DEFAULT_ACCOUNT } from '../../../simulator/world-spec';
import type { NodeRun } from '../../support/engine';

export const SALES = 'sales@acme.example';
export const SUPPORT = 'support@acme.example';
export const AN = 'an.claes@acme.example';
export const LEA = 'lea.wouters@acme.example';
export const JAN = 'jan.peeters@acme.example';
export const ELS = 'els.maes@acme.example';
export const TOM = 'tom.wouters@acme.example';

export function acme(): WorldSpec {
	const person = (userId: string, firstName: string, lastName: string) => ({ userId, firstName, lastName });
	return {
		tenants: [
			{
				tenantId: 'acme',
				groups: [
					{
						groupId: 'brussels',
						users: [
							person(AN, 'An', 'Claes'),
							person(LEA, 'Lea', 'Wouters'),
							person(JAN, 'Jan', 'Peeters'),
							person(ELS, 'Els', 'Maes'),
							person(TOM, 'Tom', 'Wouters'),
						],
						callCenters: [
							{
								serviceUserId: SALES,
								name: 'Sales',
								agents: [JAN, ELS, TOM],
								supervisors: { [AN]: [JAN], [LEA]: [JAN, ELS] },
							},
							{ serviceUserId: SUPPORT, name: 'Support', agents: [JAN], supervisors: { [AN]: [] } },
						],
					},
				],
			},
		],
	};
}

export async function startAcme(settings: Parameters<typeof startSimulator>[0] = {}): Promise<Simulator> {
	return await startSimulator({ world: acme(), ...settings });
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export function triggerOn(simulator: Simulator, parameters: INodeParameters): NodeRun {
	return {
		type: new ApioCallCenterTrigger(),
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			tenantId: byId('acme'),
			groupId: byId('brussels'),
			callCenterId: byId(SALES),
			...parameters,
		},
		credential: {
			baseUrl: simulator.coreUrl,
			signInMethod: 'accessToken',
			accessToken: DEFAULT_ACCOUNT.m2mToken,
		},
	};
}

/** Each change in short: `joined jan in an/sales`, without domains. */
export function changesIn(items: INodeExecutionData[] | null): string[] {
	const short = (id: unknown) => (typeof id === 'string' ? id.replace('@acme.example', '') : '-');
	return (items ?? []).map(({ json }) => {
		const { change, list, userId, supervisorId, callCenterId, from, to, reason } = json;
		const states = change === 'availabilityChanged' ? ` ${short(from)}>${short(to)}` : '';
		const why = reason === null ? '' : ` ${short(reason)}`;
		const ids = [userId, supervisorId, callCenterId].map(short).join(' ');
		return `${short(change)} ${short(list)} ${ids}${states}${why}`;
	});
}
