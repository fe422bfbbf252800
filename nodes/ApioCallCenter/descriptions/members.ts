/** Several agents or call centers in one parameter: picked one by one, or as ids from an expression. */

import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../../../lib/apio/json';
import { idOf, type ItemParameters } from '../operation';
import { locator } from './locators';

interface MembersOptions {
	/** Title case, singular and plural. */
	readonly noun: string;
	readonly plural: string;
	readonly listMethod: string;
	readonly example: string;
}

export function memberParameters({ noun, plural, listMethod, example }: MembersOptions): INodeProperties[] {
	const things = plural.toLowerCase();
	return [
		{
			displayName: `Specify ${plural}`,
			name: 'specifyMembers',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'As IDs', value: 'ids', description: 'One text or list of IDs, for example from an expression' },
				{ name: 'One by One', value: 'rows', description: 'Each picked from a list or typed' },
			],
			default: 'ids',
		},
		{
			displayName: `${noun} IDs`,
			name: 'memberIds',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description: `The IDs of the ${things}, separated by commas; an expression may also give a list`,
			displayOptions: { show: { specifyMembers: ['ids'] } },
		},
		{
			displayName: plural,
			name: 'members',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: `Add ${noun}`,
			displayOptions: { show: { specifyMembers: ['rows'] } },
			options: [
				{
					displayName: noun,
					name: 'member',
					values: [
						locator({
							displayName: noun,
							name: 'id',
							description: `One of the ${things}`,
							listMethod,
							example: example.split(',')[0],
						}),
					],
				},
			],
		},
	];
}

/** For the operations that make a list exactly what is given. */
export function allowEmptyParameter(plural: string): INodeProperties {
	const things = plural.toLowerCase();
	return {
		displayName: 'Allow Empty List',
		name: 'allowEmpty',
		type: 'boolean',
		default: false,
		description: `Whether to remove all ${things} when none is given. Otherwise an empty list is refused, because it is more often an accident.`,
	};
}

/** The ids given, in order; from rows, from text with commas, semicolons or lines, or from a list of texts or objects. */
export function memberIds(item: ItemParameters): string[] {
	if (item.value('specifyMembers', 'ids') === 'rows') return item.rows('members', 'member').map((row) => idOf(row.id));
	return idsIn(item.value('memberIds', ''));
}

function idsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.map((entry) => idOf(isObject(entry) ? (entry.userId ?? entry.serviceUserId ?? entry) : entry));
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'string') return [];
	const list = listIn(value);
	return list ? idsIn(list) : value.split(/[,;\r\n]/).map((part) => part.trim()).filter(Boolean);
}

/** A list written as JSON, as AI agents and some nodes hand it over. */
function listIn(text: string): unknown[] | null {
	if (!text.trim().startsWith('[')) return null;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : null;
	} catch {
		return null;
	}
}
