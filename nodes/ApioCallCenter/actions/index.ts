/** Every operation, by resource. */

import type { Operation } from '../operation';
import { get } from './agentProfile/get.operation';
import { update } from './agentProfile/update.operation';
import { assign } from './callCenter/assign.operation';
import { getAvailable as getAvailableCallCenters } from './callCenter/getAvailable.operation';
import { getAvailable as getAvailableDnis } from './dnis/getAvailable.operation';
import { add } from './supervisedAgent/add.operation';
import { getAll } from './supervisedAgent/getAll.operation';
import { remove } from './supervisedAgent/remove.operation';
import { replace } from './supervisedAgent/replace.operation';

export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
	agentProfile: { get, update },
	callCenter: { getAvailable: getAvailableCallCenters, assign },
	dnis: { getAvailable: getAvailableDnis },
	supervisedAgent: { getAll, replace, add, remove },
};
