/**
 * Failures of the client as errors of n8n: what happened, the item and the parameter, what APIO said, and what to do.
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
import { stopMessage } from '../../lib/report';
import { namedIn, namesWhole } from '../../lib/whole-names';

/** A parameter of the node beside the argument of the API that it fills. */
export interface NamedParameter {
	/** The documented name, e.g. `userId`. */
	readonly argument: string;
	/** As the user sees it. */
	readonly displayName: string;
	/** Its ids in this item, which an error message of the platform may name. */
	readonly values?: readonly string[];
	/** Whether its value is part of the request's URL. */
	readonly inAddress?: boolean;
}

export interface ErrorContext {
	/** Null in a list picker, which has no items. */
	readonly itemIndex: number | null;
	readonly parameters: readonly NamedParameter[];
}

/** The part of an error for workflows; `message` and `description` are for people. */
type Details = IDataObject;

const detailsOf = new WeakMap<Error, Details>();

export function toNodeError(
	node: INode,
	failure: ApioFailure,
	context: ErrorContext,
): NodeApiError | NodeOperationError {
	const atFault = parametersAtFault(failure, context.parameters);
	const message = headline(failure, atFault, context);
	const description = remedy(failure, atFault);
	const error = build(node, failure, { message, description, itemIndex: context.itemIndex ?? undefined });
	// n8n replaces a message that has some network code as a substring, and user ids may have anything as a substring.
	error.message = message;
	error.description = description;
	detailsOf.set(error, toDetails(failure, atFault));
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

function toDetails(failure: ApioFailure, atFault: readonly NamedParameter[]): Details {
	const { kind, status, code, details, maybeApplied } = failure;
	return {
		kind,
		code,
		status,
		parameters: namesOf(atFault),
		broadsoft: details.map((detail) => ({ ...detail })),
		maybeApplied,
	};
}

function headline(failure: ApioFailure, atFault: readonly NamedParameter[], { itemIndex }: ErrorContext): string {
	const item = itemIndex === null ? '' : ` [item ${itemIndex}]`;
	const names = quoted(atFault);
	switch (failure.kind) {
		case 'invalid':
			return `${argumentProblem(failure, atFault)}${item}`;
		case 'refused':
			if (failure.status === 404)
				return `APIO did not find the value of ${names || 'the parameters'}${item}: ${failure.message}`;
			return `APIO refused the request${names && ` because of ${names}`}${item}: ${failure.message}`;
		default:
			return `${failure.stop === null ? failure.message : stopMessage(failure.stop)}${item}`;
	}
}

/** The message about an argument, with the display name of its parameter. */
function argumentProblem({ argument, problem, message }: ApioFailure, atFault: readonly NamedParameter[]): string {
	if (!argument) return message;
	const position = /\[(\d+)\]/.exec(argument)?.[1];
	const entry = position === undefined ? '' : ` (entry ${Number(position) + 1})`;
	return `'${atFault[0]?.displayName ?? argument}'${entry} ${problem}`;
}

function parametersAtFault(failure: ApioFailure, parameters: readonly NamedParameter[]): NamedParameter[] {
	if (failure.argument !== null) {
		const [name] = failure.argument.split(/[.[]/);
		return parameters.filter(({ argument }) => argument === name);
	}
	if (failure.kind !== 'refused' || failure.status === 401 || failure.status === 403) return [];
	const said = [failure.said, ...failure.details.flatMap(({ summary, detail }) => [summary, detail])]
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

const MAY_BE_APPLIED = 'The request may have been carried out: read the current state before you send it again.';

function remedy(failure: ApioFailure, atFault: readonly NamedParameter[]): string {
	const names = quoted(atFault);
	const hint = failure.maybeApplied ? ` ${MAY_BE_APPLIED}` : '';
	switch (failure.kind) {
		case 'invalid':
			// To look up a name, its group was read.
			return (
				`Nothing was ${failure.code.startsWith('nameNot') ? 'written' : 'sent'} to APIO. Change ` +
				`${names || 'the parameters'} and try again.`
			);
		case 'partial':
			return 'Read the current state to see which part was done, then send the rest again.';
		case 'unreadable':
			return `Check the Base URL in the credential, and whether a proxy between n8n and APIO changes answers.${hint}`;
		case 'unanswered':
			return failure.cause === 'signIn'
				? `Open the credential, correct it and test it.${hint}`
				: `${failure.advice ?? 'Try again when the platform can be reached.'}${hint}`;
		case 'refused':
			return `${remedyForStatus(failure, names)}${hint}`;
	}
}

function remedyForStatus({ code, status }: ApioFailure, names: string): string {
	if (code === 'sizeLimitExceeded') return "Narrow the filters, or raise or remove 'Response Size Limit'.";
	if (status === 401) return 'Open the credential and test it: APIO no longer accepts its sign-in.';
	if (status === 403)
		return 'Ask the administrator of APIO for the right to do this, or use the credential of another account.';
	if (status === 404)
		return (
			`Double-check the spelling of ${names || 'the IDs'}, upper and lower case included, or pick from the ` +
			'list. The agent must belong to this tenant and group.'
		);
	if (status === 429) return 'APIO limits the number of requests. Try again later, or run fewer workflows at once.';
	if (status !== null && status >= 500) return 'The platform failed. Try again later.';
	if (status !== null && status >= 300 && status < 400)
		return 'Enter the address of the API itself as Base URL in the credential.';
	return `Double-check ${names || 'the values'} and try again.`;
}
