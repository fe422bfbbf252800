/** The parameter 'Options': its fields and their reading, made from the tables of lib/options. */

import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { fieldMappedTwice, readIdList, readRenamedIds, type ReadIds, type ColumnField } from '../../../lib/csv';
import {
	engineOptions,
	OPTIONS,
	readOptions as readByTable,
	type ChoiceOption,
	type Option,
	type Options,
	type RowField,
	type RowsOption,
	type ShownFor,
} from '../../../lib/options';
import type { RunLimits } from '../../../lib/rate-limit';
import type { Settings } from '../../../lib/sync';

/** Every default is suitable for a nightly run. */
export const optionsParameter: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: Object.entries(OPTIONS)
		.map(([name, option]: [string, Option]) => ({ ...fieldFor(name, option), ...displayOptions(option.shownFor) }))
		.sort((a, b) => (a.displayName.toLowerCase() < b.displayName.toLowerCase() ? -1 : 1)),
};

export function fieldFor(name: string, option: Option | RowField): INodeProperties {
	const { label, description } = option;
	return { displayName: label, name, ...typeAndDefault(option), ...(description === undefined ? {} : { description }) };
}

function typeAndDefault(
	option: Option | RowField,
): Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties> {
	switch (option.type) {
		case 'number': {
			const { minimum: minValue, maximum: maxValue, decimals: numberPrecision } = option;
			const typeOptions = {
				minValue,
				...(maxValue === undefined ? {} : { maxValue }),
				...(numberPrecision === undefined ? {} : { numberPrecision }),
			};
			return { type: 'number', default: option.default, typeOptions };
		}
		case 'boolean':
			return { type: 'boolean', default: option.default };
		case 'text':
			return { type: 'string', default: option.default, placeholder: `e.g. ${option.example}` };
		case 'choice':
			return { type: 'options', default: option.default, options: choiceOptions(option) };
		case 'rows':
			return {
				type: 'fixedCollection',
				default: {},
				typeOptions: { multipleValues: true },
				placeholder: option.addLabel,
				options: [rowFields(option)],
			};
	}
}

function choiceOptions({ choices }: ChoiceOption): INodePropertyOptions[] {
	return choices.map(({ label, ...valueAndDescription }) => ({ name: label, ...valueAndDescription }));
}

function rowFields({ rowLabel, rowName, fields }: RowsOption): INodePropertyCollection {
	const values = Object.entries(fields).map(([name, field]) => ({
		...fieldFor(name, field),
		...(field.type === 'choice' ? { noDataExpression: true } : {}),
	}));
	return { displayName: rowLabel, name: rowName, values };
}

/** A field of a collection names a parameter outside of it by its path from the root. */
function displayOptions(shownFor: ShownFor = {}): Pick<INodeProperties, 'displayOptions'> {
	const show = Object.fromEntries(
		Object.entries(shownFor).map(([parameter, values]) => [`/${parameter}`, [...values]]),
	);
	return Object.keys(show).length === 0 ? {} : { displayOptions: { show } };
}

/** @throws NodeOperationError if an expression gives a value that the option cannot have */
export function readOptions(execute: IExecuteFunctions, item: number): Options {
	const read = readByTable(execute.getNodeParameter('options', item, {}) as Record<string, unknown>);
	if (read.ok) return read.options;
	const { label, rule, value } = read.wrong;
	const given = JSON.stringify(value) ?? 'nothing';
	const description = `Correct its expression, which gives ${given} here, or take the option out.`;
	throw new NodeOperationError(execute.getNode(), `The option '${label}' must be ${rule}`, {
		description,
		itemIndex: item,
	});
}

/** The options that hold ids, as the engine takes them. */
export type OptionIds = Pick<Settings, 'protectedMembers' | 'aliases'>;

/** Checked, with the columns, before anything else is read: an unreadable value protects nobody. */
export function readOptionIds(options: Options): ReadIds<OptionIds> {
	const twice = fieldMappedTwice(options.columns.column ?? []);
	if (twice !== null) return { ok: false, issue: twice };
	const title = (name: keyof OptionIds) => `option '${OPTIONS[name].label}'`;
	const protectedMembers = readIdList(title('protectedMembers'), options.protectedMembers, options);
	if (!protectedMembers.ok) return protectedMembers;
	const aliases = readRenamedIds(title('aliases'), options.aliases.alias ?? [], options);
	return aliases.ok ? { ok: true, ids: { protectedMembers: protectedMembers.ids, aliases: aliases.ids } } : aliases;
}

/** The engine's settings that are not options. */
export type OperationSettings = Pick<Settings, 'kind' | 'mode' | 'platformUrl' | 'lastRun' | 'memory' | 'matching'>;

export function engineSettings(options: Options, ids: OptionIds, operation: OperationSettings): Settings {
	const settings = { ...engineOptions(options), ...ids, ...operation };
	return { ...settings, assignFirst: settings.assignFirst && settings.kind === 'supervisedAgents' };
}

/** Column names by field, for the CSV reader; incomplete rows of the collection are ignored. */
export function columnNames({ columns }: Options): Partial<Record<ColumnField, string>> {
	const named = (columns.column ?? []).filter(({ name, field }) => (name ?? '').trim() !== '' && field !== undefined);
	return Object.fromEntries(named.map(({ name, field }) => [field, name]));
}

/** The rates of this run; the shared limiter of the platform has the rest. */
export function runLimits({ startRate, maxRate, concurrency }: Options): RunLimits {
	return { startRate, maxRate, concurrency };
}
