/** Reads what a request says: the JSON object of its body, and the parameters of a GET from body and query string. */

import type { SimulatorRequest } from './exchange';
import { gatewayRefusal, invalidParameters } from './errors';
import type { SimulatorSettings } from './settings';

export type JsonObject = Record<string, unknown>;
export type ParameterType = 'boolean' | 'integer' | 'string';
export type ParameterTypes = Readonly<Record<string, ParameterType>>;

/** 416, as the documentation's list of statuses has it: the body is not a JSON object, or is empty. */
export function readObject(text: string | undefined): JsonObject {
	const object = parseObject(text);
	if (object) return object;
	const empty = text === undefined || text.trim() === '';
	const reason = empty ? 'The body is empty; a JSON object is needed.' : 'The body is not a JSON object.';
	throw gatewayRefusal(416, 'REQUESTED_RANGE_NOT_SATISFIABLE', reason);
}

/** Undefined where the text is anything but a JSON object. */
export function parseObject(text: string | undefined): JsonObject | undefined {
	if (text === undefined || text.trim() === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
	} catch {
		return undefined;
	}
}

/** Parameters of a GET, checked for name and type. A parameter may be given once only, wherever it is given. */
export function readParameters(
	request: SimulatorRequest,
	types: ParameterTypes,
	settings: SimulatorSettings,
): JsonObject {
	const values: JsonObject = {};
	// A body must be an object even if its criteria are ignored: the gateway parses it first.
	if (request.body !== undefined && request.body.trim() !== '') {
		const body = readObject(request.body);
		if (settings.criteriaFromBody) {
			for (const [name, value] of Object.entries(body)) take(values, name, value, types, settings);
		}
	}
	if (settings.criteriaFromQuery && request.query) {
		for (const [name, text] of new URLSearchParams(request.query))
			take(values, name, fromText(text, types[name]), types, settings);
	}
	return values;
}

function take(
	values: JsonObject,
	name: string,
	value: unknown,
	types: ParameterTypes,
	settings: SimulatorSettings,
): void {
	const type = Object.hasOwn(types, name) ? types[name] : undefined;
	if (type === undefined) {
		if (settings.unknownFields === 'ignore') return;
		throw invalidParameters(`Unknown parameter '${name}'.`);
	}
	if (Object.hasOwn(values, name)) throw invalidParameters(`Parameter '${name}' is given more than once.`);
	const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
	if (!fits) throw invalidParameters(`Parameter '${name}' must be of type ${type}.`);
	values[name] = value;
}

/** A query string has only text; a value that cannot be read as the type stays text, and the type check refuses it. */
function fromText(text: string, type: ParameterType | undefined): unknown {
	if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
	if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
	return text;
}

/** Refuses fields that the documentation does not list, unless set to ignore them. */
export function checkFields(
	object: JsonObject,
	known: ReadonlySet<string>,
	where: string,
	settings: SimulatorSettings,
): void {
	if (settings.unknownFields === 'ignore') return;
	for (const name of Object.keys(object)) {
		if (!known.has(name)) throw invalidParameters(`Unknown field '${name}' in ${where}.`);
	}
}

/**
 * A list of objects, each with a non-empty string under `idField` of 1 to 161 characters; `undefined` or anything else
 * is refused.
 */
export function readEntries(
	value: unknown,
	idField: string,
	known: ReadonlySet<string>,
	where: string,
	settings: SimulatorSettings,
): JsonObject[] {
	if (!Array.isArray(value)) throw invalidParameters(`'${where}' must be an array.`);
	if (settings.maxEntriesPerRequest !== null && value.length > settings.maxEntriesPerRequest) {
		throw invalidParameters(
			`'${where}' has ${value.length} entries; at most ${settings.maxEntriesPerRequest} are allowed in one request.`,
		);
	}
	return value.map((entry: unknown, index) => {
		if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
			throw invalidParameters(`'${where}[${index}]' must be an object.`);
		}
		const object = entry as JsonObject;
		const id = object[idField];
		if (typeof id !== 'string' || id === '' || id.length > 161) {
			throw invalidParameters(`'${where}[${index}].${idField}' must be a string of 1 to 161 characters.`);
		}
		checkFields(object, known, `${where}[${index}]`, settings);
		return object;
	});
}
