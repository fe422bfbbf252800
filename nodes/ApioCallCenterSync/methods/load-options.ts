/** The lists of parameters that take several call centers or people. */

import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { callCenterSupervisors, type UserEntry } from '../../../lib/apio';
import { readIdList } from '../../../lib/csv';
import {
	callCentersOfGroup,
	chosenGroup,
	listed,
	usersOfGroup,
	usersWith,
	type Load,
} from '../../ApioCallCenter/methods/list-search';

/** Each costs a request. */
const MAX_CALL_CENTERS_ASKED = 10;

/** The supervisors of the call centers that are chosen, where the platform lists them; else all users of the group. */
const supervisors: Load = async (apio, context) => {
	const group = chosenGroup(context);
	const found: UserEntry[] = [];
	for (const callCenterId of chosenCallCenters(context).slice(0, MAX_CALL_CENTERS_ASKED)) {
		const listedThere = await callCenterSupervisors(apio, { ...group, callCenterId });
		if (!listedThere.ok) return await usersOfGroup(apio, context);
		found.push(...listedThere.value);
	}
	return found.length > 0 ? usersWith({ ok: true, value: found }) : await usersOfGroup(apio, context);
};

function chosenCallCenters(context: ILoadOptionsFunctions): readonly string[] {
	const value = context.getCurrentNodeParameter('callCenterIds');
	// An expression is known only while the workflow runs.
	if (typeof value === 'string' && value.startsWith('=')) return [];
	const read = readIdList('', value, { defaultDomain: '' });
	return read.ok ? read.ids : [];
}

export const getCallCenters = listed(callCentersOfGroup);
export const getUsers = listed(usersOfGroup);
export const getSupervisors = listed(supervisors);
