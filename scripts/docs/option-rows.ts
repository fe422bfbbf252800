/** A table of options as a table in Markdown. */

import { formatNumber } from '../../lib/number-format';
import { ruleOf, type OperationName, type Option, type OptionTable } from '../../lib/options';
import { markdownTable } from './markdown-table';

const OPERATIONS = {
	plan: 'Plan',
	applyPlan: 'Apply Plan',
	sync: 'Sync',
	rollBack: 'Roll Back',
	export: 'Export',
	removeEverywhere: 'Remove Everywhere',
} as const satisfies Record<OperationName, string>;
const OTHERS = {
	supervisedAgents: 'Agents of Supervisors',
	agentCallCenters: 'Call Centers of Agents',
	csv: 'CSV File',
	items: 'Input Items',
	json: 'JSON',
	userId: 'User ID',
	emailAddress: 'Email Address',
	phoneNumber: 'Phone Number',
	extension: 'Extension',
	fullName: 'Full Name',
} as const;

export function optionRows(table: OptionTable): string {
	const rows = Object.entries(table).map(([name, option]) => {
		const texts = [sentence(option.description), sentence(option.reason)];
		return [`**${option.label}** (\`${name}\`)`, defaultOf(option), valuesOf(option), shownFor(option), ...texts];
	});
	const header = ['Option', 'Default', 'Values', 'Shown for', 'What it does', 'Why this default'];
	return markdownTable(header, rows);
}

function sentence(text: string): string {
	return text.endsWith('.') ? text : `${text}.`;
}

function defaultOf(option: Option): string {
	switch (option.type) {
		case 'number':
			return `${formatNumber(option.default)} ${option.unit}`;
		case 'boolean':
			return option.default ? 'on' : 'off';
		case 'text':
			return option.default || 'empty';
		case 'choice':
			return option.choices.find(({ value }) => value === option.default)?.label ?? option.default;
		case 'rows':
			return 'none';
	}
}

function valuesOf(option: Option): string {
	switch (option.type) {
		case 'boolean':
			return 'on, off';
		case 'choice':
			return option.choices.map(({ label }) => label).join(', ');
		case 'rows':
			return `rows of ${Object.values(option.fields)
				.map(({ label }) => label)
				.join(', ')}`;
		default:
			return ruleOf(option);
	}
}

function shownFor({ shownFor: { operation, kind = [], source = [], matchPeopleBy = [] } = {} }: Option): string {
	const operations = operation?.map((name) => OPERATIONS[name]).join(', ') ?? 'all operations';
	return [operations, ...[...kind, ...source, ...matchPeopleBy].map((value) => OTHERS[value])].join('; ');
}
