/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes HR's file to where n8n may read it */
/** A small sync on the platform of the API documentation's examples: its one supervisor gets a second agent. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../../../simulator';
import type { N8nHome, WorkflowData } from '../../../tools/n8n';
import { byId } from './credentials';
import { apioNode, chain, readFileNode } from './workflows';

export const SYNCED_MEMBERS = ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'];

const HR_FILE = [
	'Supervisor;Call Center;Agent',
	...SYNCED_MEMBERS.map((agent) => `fooSupervisorUser;fooCallCenter;${agent}`),
].join('\r\n');

export function supervisedMembers(simulator: Simulator): string[] {
	return [
		...(simulator.state().supervisedAgents.find(({ userId }) => userId === 'fooSupervisorUser')?.members ?? []),
	].sort();
}

/** `Start` -> `HR file` -> `APIO Sync`. */
export function syncWorkflow(
	home: N8nHome,
	operation: 'plan' | 'sync',
	credential: { id: string; name: string },
): WorkflowData {
	const file = join(home.folders.files, 'hr.csv');
	writeFileSync(file, HR_FILE);
	const parameters = {
		operation,
		kind: 'supervisedAgents',
		source: 'csv',
		mode: 'mirror',
		tenantId: byId('foo'),
		groupId: byId('foogroup'),
		options: { startRate: 100, maxRate: 100 },
	};
	return chain(
		`${operation} HR's file`,
		readFileNode('HR file', file),
		apioNode('APIO Sync', 'apioCallCenterSync', parameters, credential),
	);
}
