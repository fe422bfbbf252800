/** Failures of the client as errors of n8n, with the item and the parameters that they are about. */

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
import { failureAdvice, failureText } from '../../lib/report';
import { wholeWordsIn, containsWholeWord } from '../../lib/whole-words';

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
	const atFault = namesOf(parametersAtFault(failure, context.parameters));
	const message = failureText(failure, atFault, context.itemIndex);
	const description = failureAdvice(failure, atFault);
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

function toDetails(failure: ApioFailure, parameters: string[]): Details {
	const { kind, status, code, details, maybeApplied } = failure;
	return {
		kind,
		code,
		status,
		parameters,
		broadsoft: details.map((detail) => ({ ...detail })),
		maybeApplied,
	};
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
	const named = wholeWordsIn(said, parameters.flatMap(valuesOf));
	const byValue = parameters.filter((parameter) => valuesOf(parameter).some((value) => named.has(value)));
	if (byValue.length > 0) return byValue;
	const byName = parameters.filter(({ argument }) => containsWholeWord(said, argument.toLowerCase()));
	if (byName.length > 0) return byName;
	// "Not found" without a name: any id of the URL may be the missing one.
	return failure.status === 404 ? parameters.filter(({ inAddress }) => inAddress) : [];
}

/** Each name once, because all search criteria come from one parameter. */
function namesOf(parameters: readonly NamedParameter[]): string[] {
	return [...new Set(parameters.map(({ displayName }) => displayName))];
}
