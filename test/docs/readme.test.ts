/** The README's tables have every operation of the nodes, as the panel names it, and the limits that are in force. */

import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { MAX_REJECTED_ROWS } from '../../lib/csv/limits';
import { OPTIONS, RATE_LIMIT } from '../../lib/options';
import { MAX_CHANGES, MAX_REMEMBERED, MAX_WATCHED } from '../../lib/watch/limits';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { ApioCallCenterSync } from '../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { ApioCallCenterTrigger } from '../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';
import { MAX_BYTES } from '../../nodes/shared/answer-body';
import { textOf } from '../conventions/sources';

const README = textOf('README.md');

function part(heading: string): string {
	const begin = README.indexOf(`\n## ${heading}\n`);
	return README.slice(begin, README.indexOf('\n## ', begin + 1));
}

/** From the node's name to the next node's. */
function partOf(node: string): string {
	return (
		part('Nodes and operations')
			.split('\n**APIO ')
			.find((text) => `APIO ${text}`.startsWith(`${node}**`)) ?? ''
	);
}

/** First cells of the rows of a table, and names in bold behind them. */
function rowsOf(text: string): string[][] {
	return [...text.matchAll(/^\| (?!---)(.*) \|$/gm)].map(([, row]) => row.split(' | '));
}

function choices({ properties }: INodeTypeDescription, name: string): Array<INodeProperties & { names: string[] }> {
	return properties
		.filter((property) => property.name === name)
		.map((property) => ({
			...property,
			names: (property.options as INodePropertyOptions[]).map((option) => option.name),
		}));
}

const bold = (text: string) => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name);

describe('the README', () => {
	it.each([
		['APIO Call Center Sync', new ApioCallCenterSync().description, 'operation'],
		['APIO Call Center Trigger', new ApioCallCenterTrigger().description, 'watch'],
	])('has each operation of %s', (node, description, name) => {
		const documented = rowsOf(partOf(node)).flatMap(([first]) => bold(first));
		expect(documented.sort()).toEqual(
			choices(description, name)
				.flatMap(({ names }) => names)
				.sort(),
		);
	});

	it('has each resource of APIO Call Center with its operations', () => {
		const { description } = new ApioCallCenter();
		const resources = choices(description, 'resource')[0].options as INodePropertyOptions[];
		const rows = rowsOf(partOf('APIO Call Center')).slice(1);
		const documented = Object.fromEntries(rows.map(([resource, operations]) => [resource, bold(operations).sort()]));
		const shown = choices(description, 'operation').map(({ displayOptions, names }) => {
			const value = displayOptions?.show?.resource?.[0];
			return [resources.find((resource) => resource.value === value)?.name, names.sort()] as const;
		});
		expect(documented).toEqual(Object.fromEntries(shown));
	});

	it('has the limits that are in force', () => {
		const number = (value: number) => value.toLocaleString('en-US');
		const option = (name: keyof typeof OPTIONS) => String(OPTIONS[name].default);
		const limits = part('Limits');
		for (const text of [
			`${option('removalPercentPerList')} % and ${option('removalCountPerList')} members of one list`,
			`${option('removalPercentTotal')} % and ${option('removalCountTotal')} members in total`,
			`${number(MAX_REJECTED_ROWS)} rejected rows`,
			`| lists at once | ${RATE_LIMIT.concurrency.default} |`,
			`${RATE_LIMIT.maxRate.default} a second`,
			`${MAX_BYTES / 1024 / 1024} MB |`,
			`${option('planValidMinutes')} minutes`,
			`${number(MAX_WATCHED)} lists and agents, ${number(MAX_REMEMBERED)} members remembered, `,
			`${number(MAX_CHANGES)} changes in one poll`,
		])
			expect(limits).toContain(text);
	});
});
