/** The parameter for several agents or call centers: picked from a list, or ids from an expression. */

import type { INodeProperties } from 'n8n-workflow';
import { isTextTooDeep } from '../../../lib/json-depth';

import { invalid, isObject, succeeded, type Result } from '../../../lib/apio';
import { excerpt, isBlank, readId, type IdRule } from '../../../lib/csv';
import type { ItemParameters } from '../operation';
import { locator, type Named } from './locators';

interface MembersOptions {
	/** Title case, singular and plural. */
	readonly noun: string;
	readonly plural: string;
	readonly listMethod: string;
	readonly example: string;
	/** What the members are, for 'By Name'. */
	readonly named: Named;
}

export function memberParameters({ noun, plural, listMethod, example, named }: MembersOptions): INodeProperties[] {
	const nouns = plural.toLowerCase();
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
			displayName: plural,
			name: 'memberIds',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description:
				`The IDs of the ${nouns}, separated by commas, semicolons or line breaks; an expression may also ` +
				'give a list',
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
							description: `One of the ${nouns}`,
							listMethod,
							example: example.split(',')[0],
							named,
						}),
					],
				},
			],
		},
	];
}

/** The parameter that allows an empty list, for operations that replace a list. */
export function allowEmptyParameter(plural: string): INodeProperties {
	const nouns = plural.toLowerCase();
	return {
		displayName: 'Allow Empty List',
		name: 'allowEmpty',
		type: 'boolean',
		default: false,
		description:
			`Whether to remove all ${nouns} if the list is empty. Otherwise an empty list is refused, because it ` +
			'is rarely intended.',
	};
}

/** What the members are: the argument of the API that holds them, or those whom a trigger watches. */
type Argument = 'supervised_agents' | 'call_centers' | 'agents' | 'supervisors';

/**
 * The ids in order: from rows, from text with commas, semicolons or lines, or from an array of texts or objects. Only
 * an empty text, an empty array or no row means nobody. Any other value that is no list of ids is refused: an
 * expression that finds nothing gives one, and it would empty the list.
 */
export function memberIds(item: ItemParameters, argument: Argument): Result<string[]> {
	const given =
		item.value('specifyMembers', 'ids') === 'rows' ? rowsOf(item.value('members')) : entriesOf(item.value('memberIds'));
	if (given === null)
		return invalid(
			argument,
			'is not a list of IDs. Give IDs as text or as a list; only an empty text or an empty list means nobody',
		);
	const ids: string[] = [];
	for (const [index, entry] of given.entries()) {
		const read = idIn(entry);
		if (!read.ok) return invalid(`${argument}[${index}]`, read.problem);
		ids.push(read.id);
	}
	item.fills(argument, ids);
	return succeeded(ids);
}

/**
 * Like `memberIds`, for operations that replace a list: an empty list only if the user allows it.
 */
export function completeMemberIds(item: ItemParameters, argument: Argument, effectOfEmpty: string): Result<string[]> {
	const ids = memberIds(item, argument);
	if (!ids.ok || ids.value.length > 0 || item.flag('allowEmpty')) return ids;
	return invalid(argument, `${effectOfEmpty}; turn on 'Allow Empty List' if that is meant`, 'emptyList');
}

/** Null if the value is no list of ids. */
function entriesOf(value: unknown): unknown[] | null {
	if (Array.isArray(value)) return value;
	if (typeof value === 'number') return [value];
	if (typeof value !== 'string') return null;
	if (value.trim().startsWith('[')) return listIn(value);
	return isBlank(value) ? [] : partsOf(value);
}

/** Blank lines are ignored. An empty part beside a separator is kept: an expression may have found nobody there. */
function partsOf(text: string): string[] {
	return text.split(/[,;|]/).flatMap((part) => part.trim().split(/[\t\r\n]+/));
}

function rowsOf(value: unknown): unknown[] | null {
	if (!isObject(value)) return null;
	const { member = [] } = value;
	return Array.isArray(member) ? member.map((row: unknown) => (isObject(row) ? row.id : row)) : null;
}

/** Parses a JSON array, which AI agents and some nodes pass as text. */
function listIn(text: string): unknown[] | null {
	if (isTextTooDeep(text)) return null;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

/** The text of a missing value. */
const NO_VALUE = /^(?:undefined|null|NaN|true|false|\[object Object\])$/;

type IdRead = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problem: string };

/** The id in a text, a number, a resource locator, or an object of the platform. */
function idIn(entry: unknown): IdRead {
	const bare = isObject(entry) ? (entry.value ?? entry.userId ?? entry.serviceUserId) : entry;
	if (typeof bare === 'number')
		return Number.isSafeInteger(bare) && bare > 0 ? { ok: true, id: String(bare) } : noId(bare);
	if (typeof bare !== 'string') return noId(bare);
	if (isBlank(bare)) return { ok: false, problem: 'is empty' };
	const read = readId(bare, MEMBER);
	return 'id' in read && !NO_VALUE.test(read.id) ? { ok: true, id: read.id } : noId(bare);
}

/** Without a maximum length, which the client checks. */
const MEMBER: IdRule = { type: 'user', maxLength: Number.POSITIVE_INFINITY, domain: null };

function noId(value: unknown): IdRead {
	return {
		ok: false,
		problem: `is no ID: ${typeof value === 'string' ? JSON.stringify(excerpt(value)) : nameOf(value)}`,
	};
}

function nameOf(value: unknown): string {
	if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined)
		return String(value);
	return Array.isArray(value) ? 'a list' : 'an object without one';
}
