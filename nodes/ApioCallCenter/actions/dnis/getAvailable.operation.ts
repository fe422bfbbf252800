import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { availableDnis, succeeded } from '../../../../lib/apio';
import { limited, limitParameters } from '../../descriptions/return-all';
import { agentAddress } from '../../descriptions/locators';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [...agentAddress, ...limitParameters];

export const getAvailable: Operation = {
	description: showFor('dnis', 'getAvailable', properties),
	async execute(apio, item) {
		const found = await availableDnis(apio, item.agent());
		return found.ok ? succeeded(limited(item, found.value) as IDataObject[]) : found;
	},
};
