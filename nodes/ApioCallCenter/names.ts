/** 'By Name': looks up the names in an item's parameters in the group, and replaces them by ids, never by a guess. */

import type { INodeProperties } from 'n8n-workflow';

import {
	callCenterInfo,
	failed,
	groupCallCenters,
	groupUsers,
	invalid,
	isObject,
	succeeded,
	userInfo,
	type Apio,
	type GroupRef,
	type Result,
} from '../../lib/apio';
import { NAME_PROBLEMS, namesForbidden, type NamedKind } from '../../lib/report';
import { CallCenterIndex, UserIndex, type Match } from '../../lib/sync';
import { NAME_MODES, type NameMode } from './descriptions/locators';
import type { ItemParameters } from './operation';

interface Index {
	find(text: string): Match;
}

const KINDS: Readonly<Record<NameMode, NamedKind>> = {
	[NAME_MODES.person]: 'user',
	[NAME_MODES.callCenter]: 'callCenter',
};

/** The users and call centers of groups, each read once. One for an execution. */
export class NameLookup {
	readonly #indexes = new Map<string, Promise<Result<Index>>>();

	constructor(private readonly apio: Apio) {}

	async find(group: GroupRef, mode: NameMode, text: string): Promise<Result<Match>> {
		const key = JSON.stringify([mode, group.tenantId, group.groupId]);
		const index = this.#indexes.get(key) ?? this.#read(group, mode);
		this.#indexes.set(key, index);
		const read = await index;
		// The next item tries again.
		if (!read.ok) this.#indexes.delete(key);
		return read.ok ? succeeded(read.value.find(text)) : read;
	}

	async #read(group: GroupRef, mode: NameMode): Promise<Result<Index>> {
		if (mode === NAME_MODES.callCenter) {
			const found = await groupCallCenters(this.apio, group);
			if (!found.ok) return found;
			return succeeded(
				new CallCenterIndex(
					found.value.flatMap((one) => (one.serviceUserId ? [callCenterInfo(one, one.serviceUserId)] : [])),
				),
			);
		}
		const found = await groupUsers(this.apio, group);
		if (!found.ok) return found;
		const users = found.value.flatMap((one) => (one.userId ? [userInfo(one, one.userId)] : []));
		return succeeded(new UserIndex(users, { attribute: 'fullName', country: null }));
	}
}

/** Has `item` give ids for the names in its parameters. Reads nothing where there are none. */
export async function resolveNames(
	item: ItemParameters,
	properties: readonly INodeProperties[],
	lookup: NameLookup,
): Promise<Result<void>> {
	for (const { name, displayName, type } of properties) {
		if (!MAY_HOLD_NAMES.has(type)) continue;
		const value = item.value(name, null);
		const names = namesIn(value);
		if (names.length === 0) continue;
		const group = { tenantId: item.id('tenantId'), groupId: item.id('groupId') };
		const ids = new Map<string, string>();
		for (const { mode, text } of names) {
			item.named(name, displayName);
			const match = await lookup.find(group, mode, text);
			if (!match.ok) return withoutDirectory(match.failure, mode);
			if (match.value.found !== 'one') return notOne(name, text, mode, group, match.value);
			ids.set(keyOf(mode, text), match.value.candidate.id);
		}
		item.override(name, withIds(value, ids));
	}
	return succeeded(undefined);
}

const MAY_HOLD_NAMES: ReadonlySet<string> = new Set(['resourceLocator', 'collection', 'fixedCollection']);

interface NamedValue {
	readonly mode: NameMode;
	readonly text: string;
}

/** The name in the value of a locator, null for any other value. */
export function nameIn(value: unknown): NamedValue | null {
	if (!isObject(value)) return null;
	const mode = Object.values(NAME_MODES).find((one) => one === value.mode);
	return mode === undefined ? null : { mode, text: typeof value.value === 'string' ? value.value : '' };
}

function namesIn(value: unknown): NamedValue[] {
	const own = nameIn(value);
	if (own !== null) return [own];
	if (Array.isArray(value)) return value.flatMap(namesIn);
	return isObject(value) ? Object.values(value).flatMap(namesIn) : [];
}

function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
	const own = nameIn(value);
	if (own !== null) return ids.get(keyOf(own.mode, own.text));
	if (Array.isArray(value)) return value.map((entry) => withIds(entry, ids));
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withIds(entry, ids)]));
}

function keyOf(mode: NameMode, text: string): string {
	return `${mode} ${text}`;
}

function notOne(
	argument: string,
	text: string,
	mode: NameMode,
	{ groupId }: GroupRef,
	match: Exclude<Match, { found: 'one' }>,
): Result<never> {
	const kind = KINDS[mode];
	const problem =
		match.found === 'none'
			? NAME_PROBLEMS.none(kind, groupId, text)
			: NAME_PROBLEMS.several(kind, groupId, text, match.candidates);
	const code = match.found === 'none' ? 'nameNotFound' : 'nameNotUnique';
	return invalid(argument, problem, code);
}

function withoutDirectory(failure: Parameters<typeof failed>[0], mode: NameMode): Result<never> {
	const message = failure.status === 403 ? namesForbidden(KINDS[mode], failure.message) : failure.message;
	return failed({ ...failure, message });
}
