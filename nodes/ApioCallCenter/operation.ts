/** The interface of an operation, and the reader of an item's parameters. */

import type { IDataObject, INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';

import { isObject, type Apio, type Result } from '../../lib/apio';
import { readId, type IdRule } from '../../lib/csv';
import type { NamedParameter } from '../shared/errors';

export interface Operation {
	/** The operation's own parameters; shown for it alone. */
	readonly description: INodeProperties[];
	/** Display names of parameters by the argument that they fill; not for the ids in the URL. */
	readonly names?: Readonly<Record<string, string>>;
	/** One item in, any number of items out. */
	execute(apio: Apio, item: ItemParameters): Promise<Result<IDataObject[]>>;
}

/** Shows properties for one operation only, and keeps each property's own conditions. */
export function showFor(resource: string, operation: string, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] },
		},
	}));
}

/** The ids in a URL by parameter: the argument of the API and the display name. */
const ADDRESS: Readonly<Record<string, readonly [argument: string, displayName: string]>> = {
	tenantId: ['tenantId', 'Tenant'],
	groupId: ['groupId', 'Group'],
	agentId: ['userId', 'Agent'],
	supervisorId: ['userId', 'Supervisor'],
	callCenterId: ['callCenterId', 'Call Center'],
};

/** Where parameters come from: a running node, or a trigger, which has no items. */
export interface ParameterSource {
	getNodeParameter(name: string, item: number, fallback?: unknown): unknown;
}

/** The parameters of one item. It records what was read, so that an error can name the parameter. */
export class ItemParameters {
	readonly #read: NamedParameter[] = [];
	readonly #values = new Map<string, readonly string[]>();
	readonly #overrides = new Map<string, unknown>();

	constructor(
		private readonly context: ParameterSource,
		readonly index: number,
	) {}

	get ids(): readonly NamedParameter[] {
		return this.#read;
	}

	/** A value that is typed, picked from a list, or the number of an expression. */
	id(name: string): string {
		const value = cleaned(idOf(this.value(name, '')), SCOPES.has(name) ? 'scope' : 'user');
		const [argument, displayName] = ADDRESS[name] ?? [name, name];
		this.#read.push({ argument, displayName, values: [value], inAddress: true });
		return value;
	}

	/** From now on, returns `value` instead of the parameter's own value. */
	override(name: string, value: unknown): void {
		this.#overrides.set(name, value);
	}

	/** Records that a failure may be about this parameter as a whole, whose name is its argument. */
	named(name: string, displayName: string): void {
		this.#read.push({ argument: name, displayName, values: [] });
	}

	/** Records the values of an argument that is not an id of the URL. */
	fills(argument: string, values: readonly string[]): void {
		this.#values.set(argument, values);
	}

	valuesOf(argument: string): readonly string[] {
		return this.#values.get(argument) ?? [];
	}

	agent(): { tenantId: string; groupId: string; userId: string } {
		return { tenantId: this.id('tenantId'), groupId: this.id('groupId'), userId: this.id('agentId') };
	}

	supervisor(): { tenantId: string; groupId: string; userId: string; callCenterId: string } {
		const [tenantId, groupId, userId] = ['tenantId', 'groupId', 'supervisorId'].map((name) => this.id(name));
		return { tenantId, groupId, userId, callCenterId: this.id('callCenterId') };
	}

	value(name: string, fallback?: unknown): unknown {
		if (this.#overrides.has(name)) return this.#overrides.get(name);
		return this.context.getNodeParameter(name, this.index, fallback);
	}

	flag(name: string): boolean {
		return this.value(name, false) === true;
	}

	/** The fields that the user added to a collection. */
	collection(name: string): IDataObject {
		const value = this.value(name, {});
		return isObject(value) ? (value as IDataObject) : {};
	}

	/** The rows of a fixed collection. */
	rows(name: string, rowName: string): IDataObject[] {
		const rows = this.collection(name)[rowName];
		return Array.isArray(rows) ? (rows as IDataObject[]) : [];
	}
}

const SCOPES: ReadonlySet<string> = new Set(['tenantId', 'groupId']);

/** Cleaned like the ids of files: copied text may have invisible characters and quotation marks. */
function cleaned(id: string, type: IdRule['type']): string {
	const read = readId(id, { type, maxLength: Number.POSITIVE_INFINITY, domain: null });
	return 'id' in read ? read.id : id;
}

/** The id in a parameter, without spaces around it. */
export function idOf(value: unknown): string {
	const bare = isLocator(value) ? value.value : value;
	return typeof bare === 'string' || typeof bare === 'number' ? String(bare).trim() : '';
}

function isLocator(value: unknown): value is INodeParameterResourceLocator {
	return isObject(value) && 'value' in value;
}
