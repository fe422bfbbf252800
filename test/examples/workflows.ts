/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the example files, outside any node */
/** The example workflows. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode, INodeType } from 'n8n-workflow';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { ApioCallCenterSync } from '../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { ApioCallCenterTrigger } from '../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';

export interface ExampleWorkflow {
	name: string;
	active: boolean;
	nodes: INode[];
	connections: IConnections;
	pinData: Record<string, unknown>;
	meta?: unknown;
}

const FOLDER = join(__dirname, '../../examples');

export const EXAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

export function exampleText(name: string): string {
	return readFileSync(join(FOLDER, name), 'utf8');
}

export function example(name: string): ExampleWorkflow {
	return JSON.parse(exampleText(name)) as ExampleWorkflow;
}

const OUR_TYPES: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-apio.apioCallCenter': new ApioCallCenter(),
	'n8n-nodes-apio.apioCallCenterSync': new ApioCallCenterSync(),
	'n8n-nodes-apio.apioCallCenterTrigger': new ApioCallCenterTrigger(),
};

export function ourType({ type }: INode): INodeType | undefined {
	return OUR_TYPES[type.replace(/Tool$/, '')];
}
