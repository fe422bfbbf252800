import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { availableCallCenters, succeeded } from '../../../../lib/apio';
import { callCenterOptions, callCenterQuery } from '../../descriptions/call-center-options';
import { limited, limitParameters } from '../../descriptions/return-all';
import { agentAddress } from '../../descriptions/locators';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [...agentAddress, ...limitParameters, callCenterOptions];

export const getAvailable: Operation = {
	description: showFor('callCenter', 'getAvailable', properties),
	names: { sensitiveServiceUserIdEquals: 'Call Center' },
	async execute(apio, item) {
		const found = await availableCallCenters(apio, item.agent(), callCenterQuery(item));
		return found.ok ? succeeded(limited(item, found.value) as IDataObject[]) : found;
	},
};
