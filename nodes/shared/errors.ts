/**
 * Failures of the client as n8n shows them: what happened, in which item and parameter, what APIO said, how to go on.
 */

import {
	NodeApiError,
	NodeError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import type { ApioFailure } from '../../lib/apio';
import { namedIn, namesWhole } from '../../lib/whole-names';

/** A parameter of the node beside the argument of the API that it fills. */
export interface NamedParameter {
	/** The documented name, e.g. `userId`. */
	readonly argument: string;
	/** As the user sees it. */
	readonly displayName: string;
	/** What it holds in this item, as far as the platform might complain about it: an id, or the ids of members. */
	readonly values?: readonly string[];
	/** Whether its value is part of the address that is asked. */
	readonly inAddress?: boolean;
}

export interface Where {
	/** Null in a list picker, where there are no items. */
	readonly itemIndex: number | null;
	readonly parameters: readonly NamedParameter[];
}

/** `messages` and `description` are for people; what a workflow may want to look at is in `details`. */
type Details = IDataObject;

const detailsOf = new WeakMap<Error, Details>();

export function toNodeError(node: INode, failure: ApioFailure, where: Where): NodeApiError | NodeOperationError {
	const blamed = blamedParameters(failure, where.parameters);
	const message = headline(failure, blamed, where);
	const description = wayOut(failure, blamed);
	const error = build(node, failure, { message, description, itemIndex: where.itemIndex ?? undefined });
	// n8n replaces a message that has some network code as a substring, and user ids may have anything as a substring.
	error.message = message;
	error.description = description;
	detailsOf.set(error, toDetails(failure, blamed));
	return error;
}

function build(node: INode, failure: ApioFailure, texts: { message: string; description: string; itemIndex?: number }) {
	if (failure.kind === 'invalid') return new NodeOperationError(node, texts.message, texts);
	const { code, message, status } = failure;
	const response: JsonObject = { code, message };
	return new NodeApiError(node, response, { ...texts, httpCode: status === null ? code : String(status) });
}

/** Any error of an item as a NodeError that knows the item. */
export function withItem(node: INode, error: unknown, itemIndex: number): NodeError {
	const known =
		error instanceof NodeError ? error : new NodeOperationError(node, error instanceof Error ? error : String(error));
	if (known.context.itemIndex === undefined) known.context.itemIndex = itemIndex;
	return known;
}

/**
 * The output for an item that did not succeed. n8n takes an item for one only if its keys are `error`, `message` and
 * `details` and no others; then it sends it to the error output together with the input item's data.
 */
export function errorItem(error: NodeError, itemIndex: number): INodeExecutionData {
	const json: IDataObject = {
		error: error.message,
		message: error.description ?? '',
		details: detailsOf.get(error) ?? {},
	};
	return { json, pairedItem: { item: itemIndex } };
}

function toDetails(failure: ApioFailure, blamed: readonly NamedParameter[]): Details {
	const { kind, status, code, details, maybeApplied } = failure;
	return {
		kind,
		code,
		status,
		parameters: namesOf(blamed),
		broadsoft: details.map((detail) => ({ ...detail })),
		maybeApplied,
	};
}

function headline(failure: ApioFailure, blamed: readonly NamedParameter[], { itemIndex }: Where): string {
	const item = itemIndex === null ? '' : ` [item ${itemIndex}]`;
	const names = quoted(blamed);
	switch (failure.kind) {
		case 'invalid':
			return `${complaint(failure, blamed)}${item}`;
		case 'refused':
			if (failure.status === 404)
				return (
					`APIO did not find what ${names || 'the parameters'} stand${namesOf(blamed).length > 1 ? '' : 's'} ` +
					`for${item}: ${failure.message}`
				);
			return `APIO refused the request${names && ` because of ${names}`}${item}: ${failure.message}`;
		default:
			return `${failure.message}${item}`;
	}
}

/** The rule that an argument breaks, said of the parameter as the user sees it. */
function complaint({ argument, message }: ApioFailure, blamed: readonly NamedParameter[]): string {
	if (!argument || !message.startsWith(argument)) return message;
	const position = /\[(\d+)\]/.exec(argument)?.[1];
	const entry = position === undefined ? '' : ` (entry ${Number(position) + 1})`;
	return `'${blamed[0]?.displayName ?? argument}'${entry}${message.slice(argument.length)}`;
}

function blamedParameters(failure: ApioFailure, parameters: readonly NamedParameter[]): NamedParameter[] {
	if (failure.argument !== null) {
		const [name] = failure.argument.split(/[.[]/);
		return parameters.filter(({ argument }) => argument === name);
	}
	if (failure.kind !== 'refused' || failure.status === 401 || failure.status === 403) return [];
	const said = [failure.message, ...failure.details.flatMap(({ summary, detail }) => [summary, detail])]
		.join(' ')
		.toLowerCase();
	const valuesOf = ({ values = [] }: NamedParameter) => values.map((value) => value.trim().toLowerCase());
	const named = namedIn(said, parameters.flatMap(valuesOf));
	const byValue = parameters.filter((parameter) => valuesOf(parameter).some((value) => named.has(value)));
	if (byValue.length > 0) return byValue;
	const byName = parameters.filter(({ argument }) => namesWhole(said, argument.toLowerCase()));
	if (byName.length > 0) return byName;
	// "Not found" without saying what: any id of the address may be meant.
	return failure.status === 404 ? parameters.filter(({ inAddress }) => inAddress) : [];
}

/** Each name once: all search criteria come from one parameter. */
function namesOf(parameters: readonly NamedParameter[]): string[] {
	return [...new Set(parameters.map(({ displayName }) => displayName))];
}

function quoted(parameters: readonly NamedParameter[]): string {
	return namesOf(parameters)
		.map((name) => `'${name}'`)
		.join(', ');
}

const READ_FIRST = 'It may have been carried out all the same: read the present state before you send it again.';

function wayOut(failure: ApioFailure, blamed: readonly NamedParameter[]): string {
	const names = quoted(blamed);
	const doubt = failure.maybeApplied ? ` ${READ_FIRST}` : '';
	switch (failure.kind) {
		case 'invalid':
			return `Nothing was sent to APIO. Change ${names || 'the parameters'} and try again.`;
		case 'partial':
			return `Read the present state to see which part was done, then send the rest again.`;
		case 'unreadable':
			return `Check the Base URL in the credential, and whether a proxy between n8n and APIO changes answers.${doubt}`;
		case 'unanswered':
			return failure.cause === 'signIn'
				? `Open the credential, correct it and test it.${doubt}`
				: `Try again when the platform can be reached.${doubt}`;
		case 'refused':
			return `${wayOutOfStatus(failure, names)}${doubt}`;
	}
}

function wayOutOfStatus({ code, status }: ApioFailure, names: string): string {
	if (code === 'sizeLimitExceeded') return "Narrow the filters, or raise or remove 'Response Size Limit'.";
	if (status === 401) return 'Open the credential and test it: APIO no longer accepts its sign-in.';
	if (status === 403)
		return 'Ask the administrator of APIO for the right to do this, or use the credential of another account.';
	if (status === 404)
		return (
			`Double-check the spelling of ${names || 'the ids'}, upper and lower case included, or pick from the ` +
			'list. The agent must belong to the tenant and group given.'
		);
	if (status === 429) return 'APIO limits how many requests it takes. Try again later, or run fewer workflows at once.';
	if (status !== null && status >= 500) return 'The platform could not do it just now. Try again later.';
	if (status !== null && status >= 300 && status < 400)
		return 'Enter the address that the API itself answers at as Base URL in the credential.';
	return `Double-check ${names || 'the values'} and try again.`;
}
