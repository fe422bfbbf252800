/** Several agents or call centers in one parameter: picked one by one, or as ids from an expression. */

import type { INodeProperties } from 'n8n-workflow';
import { isTextTooDeep } from '../../../lib/json-depth';

import { failed, isObject, succeeded, type Result } from '../../../lib/apio';
import { isBlank, readId, shown, type IdRule } from '../../../lib/csv';
import type { ItemParameters } from '../operation';
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
			description:
				`The IDs of the ${things}, separated by commas, semicolons or line breaks; an expression may also ` +
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
		description:
			`Whether to remove all ${things} when none is given. Otherwise an empty list is refused, because it ` +
			'is more often an accident.',
	};
}

/** The argument of the API that the members fill. */
type Argument = 'supervised_agents' | 'call_centers';

/**
 * The ids given, in order: from rows, from text with commas, semicolons or lines, or from a list of texts or objects.
 * Only an empty text, an empty list or no row means nobody; whatever else is no list of ids is refused, because it is
 * what an expression gives that finds nothing, and would empty the list.
 */
export function memberIds(item: ItemParameters, argument: Argument): Result<string[]> {
	const given =
		item.value('specifyMembers', 'ids') === 'rows' ? rowsOf(item.value('members')) : entriesOf(item.value('memberIds'));
	if (given === null)
		return refused(
			argument,
			'is no list of IDs. Give IDs as text or as a list; only an empty text or an empty list means nobody',
		);
	const ids: string[] = [];
	for (const [index, entry] of given.entries()) {
		const read = idIn(entry);
		if (!read.ok) return refused(`${argument}[${index}]`, read.complaint);
		ids.push(read.id);
	}
	item.fills(argument, ids);
	return succeeded(ids);
}

/**
 * As `memberIds`, for the operations that make a list exactly what is given: nobody only where that was said in so many
 * words.
 */
export function completeMemberIds(item: ItemParameters, argument: Argument, whatEmptyDoes: string): Result<string[]> {
	const ids = memberIds(item, argument);
	if (!ids.ok || ids.value.length > 0 || item.flag('allowEmpty')) return ids;
	const message = `${argument} ${whatEmptyDoes}; turn on 'Allow Empty List' if that is meant`;
	return failed({ kind: 'invalid', code: 'emptyList', argument, message });
}

function refused(argument: string, complaint: string): Result<never> {
	return failed({ kind: 'invalid', code: 'invalidArgument', argument, message: `${argument} ${complaint}` });
}

/** Null where the value is no list of ids. */
function entriesOf(value: unknown): unknown[] | null {
	if (Array.isArray(value)) return value;
	if (typeof value === 'number') return [value];
	if (typeof value !== 'string') return null;
	if (value.trim().startsWith('[')) return listIn(value);
	return isBlank(value) ? [] : partsOf(value);
}

/** Blank lines say nothing; a place left empty beside a separator may be where an expression found nobody. */
function partsOf(text: string): string[] {
	return text.split(/[,;|]/).flatMap((part) => part.trim().split(/[\t\r\n]+/));
}

function rowsOf(value: unknown): unknown[] | null {
	if (!isObject(value)) return null;
	const { member = [] } = value;
	return Array.isArray(member) ? member.map((row: unknown) => (isObject(row) ? row.id : row)) : null;
}

/** A list written as JSON, as AI agents and some nodes hand it over. */
function listIn(text: string): unknown[] | null {
	if (isTextTooDeep(text)) return null;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

/** What text becomes of a value that is not there. */
const NO_VALUE = /^(?:undefined|null|NaN|true|false|\[object Object\])$/;

type IdRead = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly complaint: string };

/** An id as text or number, as picked from a list, or in an object of the platform. */
function idIn(entry: unknown): IdRead {
	const bare = isObject(entry) ? (entry.value ?? entry.userId ?? entry.serviceUserId) : entry;
	if (typeof bare === 'number')
		return Number.isSafeInteger(bare) && bare > 0 ? { ok: true, id: String(bare) } : noId(bare);
	if (typeof bare !== 'string') return noId(bare);
	if (isBlank(bare)) return { ok: false, complaint: 'is empty' };
	const read = readId(bare, MEMBER);
	return 'id' in read && !NO_VALUE.test(read.id) ? { ok: true, id: read.id } : noId(bare);
}

/** How long ids may be is for the API's own rules. */
const MEMBER: IdRule = { type: 'user', maxLength: Number.POSITIVE_INFINITY, domain: null };

function noId(value: unknown): IdRead {
	return { ok: false, complaint: `is no ID: ${typeof value === 'string' ? shown(value) : nameOf(value)}` };
}

function nameOf(value: unknown): string {
	if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined)
		return String(value);
	return Array.isArray(value) ? 'a list' : 'an object without one';
}
