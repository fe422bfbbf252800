import { describe, expect, it } from '@jest/globals';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { EXAMPLES, example, exampleText, ourType } from './workflows';

/** Where `npm run simulator -- --examples` has HR's files and the chat. */
const EXAMPLE_SERVERS = 'http://127.0.0.1:4011';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Parameters that no property of the description has, and values that no option has. */
function strangers(parameters: INodeParameters, properties: readonly INodeProperties[], path = ''): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const fitting = properties.filter((property) => property.name === name);
		const here = `${path}${name}`;
		if (fitting.length === 0) return [`${here} is unknown`];
		const isExpression = typeof value === 'string' && value.startsWith('=');
		if (fitting.every(({ type }) => type === 'options') && !isExpression) {
			const known = fitting.flatMap(({ options = [] }) =>
				options.map((option) => (option as INodePropertyOptions).value),
			);
			return known.includes(value as string) ? [] : [`${here} has no option ${String(value)}`];
		}
		if (typeof value !== 'object' || value === null) return [];
		const [{ type, options = [], modes = [] }] = fitting;
		if (type === 'resourceLocator') {
			const { mode } = value as INodeParameters;
			return modes.some((known) => known.name === mode) ? [] : [`${here} has no mode ${String(mode)}`];
		}
		if (type === 'collection') return strangers(value as INodeParameters, options as INodeProperties[], `${here}.`);
		if (type !== 'fixedCollection') return [];
		return Object.entries(value as Record<string, INodeParameters[]>).flatMap(([group, rows]) => {
			const collection = (options as INodePropertyCollection[]).find((one) => one.name === group);
			if (!collection) return [`${here}.${group} is unknown`];
			return rows.flatMap((row) => strangers(row, collection.values, `${here}.${group}.`));
		});
	});
}

/** Without those that n8n adds to every tool and to every trigger that polls. */
function ownParameters({ parameters }: INode): INodeParameters {
	const added = ['toolDescription', 'descriptionType', 'pollTimes'];
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !added.includes(name)));
}

describe('the examples', () => {
	it('are one for each user story', () => {
		expect(EXAMPLES.sort()).toEqual([
			'agent-settings.json',
			'ai-agent-tools.json',
			'corrected-rows.json',
			'drift-watch.json',
			'export-to-table.json',
			'fan-out.json',
			'first-steps.json',
			'leaver-webhook.json',
			'new-hire-webhook.json',
			'nightly-sync.json',
			'plan-approve-apply.json',
			'plan-the-table.json',
			'quarter-hour-sync.json',
			'supervisor-agents.json',
			'sync-alert.json',
		]);
	});

	it('are named in their README', () => {
		const readme = exampleText('README.md');
		for (const name of EXAMPLES) expect(readme).toContain(`(${name})`);
	});
});

describe.each(EXAMPLES)('%s', (name) => {
	const workflow = example(name);
	const { nodes, connections } = workflow;
	const ours = nodes.filter((node) => ourType(node) !== undefined);

	it('can be imported: inactive, stable ids, nothing of anybody in it', () => {
		expect(workflow.active).toBe(false);
		expect(workflow.meta).toBeUndefined();
		expect(workflow.pinData).toEqual({});
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		for (const node of nodes) {
			expect(node.id).toMatch(UUID);
			expect(node.credentials).toBeUndefined();
		}
		expect(new Set(exampleText(name).match(/https?:\/\/[\w.:-]+/g) ?? [EXAMPLE_SERVERS])).toEqual(
			new Set([EXAMPLE_SERVERS]),
		);
		expect(exampleText(name)).not.toMatch(/password|bearer|api[_-]?key/i);
		expect(
			exampleText(name)
				.match(/[\w.-]+@[\w.-]+\.\w+/g)
				?.filter((address) => !address.endsWith('.example')) ?? [],
		).toEqual([]);
	});

	it('explains itself on a sticky note', () => {
		const notes = nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => String(parameters.content));
		expect(notes.join('\n')).toMatch(/credential/);
	});

	it('connects nodes that are there, from outputs that are there', () => {
		const named = new Map(nodes.map((node) => [node.name, node]));
		for (const [source, byType] of Object.entries(connections)) {
			const from = named.get(source);
			expect(from).toBeDefined();
			for (const [type, outputs] of Object.entries(byType)) {
				for (const target of outputs.flatMap((output) => output ?? [])) expect(named.has(target.node)).toBe(true);
				const description = from && ourType(from)?.description;
				if (description && type === 'main') expect(outputs.length).toBeLessThanOrEqual(description.outputs.length);
			}
		}
	});

	it('has no node beside the path', () => {
		const reached = new Set(
			Object.values(connections).flatMap((byType) =>
				Object.values(byType).flatMap((outputs) =>
					outputs.flatMap((output) => (output ?? []).map((target) => target.node)),
				),
			),
		);
		const loose = nodes.filter(
			(node) => !node.type.endsWith('.stickyNote') && !reached.has(node.name) && !(node.name in connections),
		);
		expect(loose).toEqual([]);
	});

	it('has parameters that the nodes have, all that are required filled in', () => {
		for (const node of ours) {
			const description = ourType(node)!.description;
			const parameters = ownParameters(node);
			expect(strangers(parameters, description.properties)).toEqual([]);
			const filled =
				NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
			expect(
				NodeHelpers.getNodeParametersIssues(description.properties, { ...node, parameters: filled }, description),
			).toBeNull();
		}
	});

	it('shows every parameter that it sets', () => {
		const hidden = ours.flatMap((node) => hiddenIn(node).map((key) => `${node.name}: ${key}`));
		expect(hidden).toEqual([]);
	});
});

/** Parameters of a node that its panel does not show. */
function hiddenIn(node: INode): string[] {
	const description = ourType(node)!.description;
	const parameters = ownParameters(node);
	const filled =
		NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	return Object.keys(parameters).filter(
		(key) =>
			!description.properties.some(
				(property) => property.name === key && NodeHelpers.displayParameter(filled, property, node, description),
			),
	);
}
