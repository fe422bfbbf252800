/**
 * Refusals, in the shapes of the gateway and of APIO Core. Thrown inside the core and turned into replies at its edge.
 */

/** One error as BroadWorks gives it, mapped by the gateway into `details` (mapping page of the documentation). */
export interface BroadsoftError {
	error_code: string;
	level: 'Error' | 'Warning';
	summary: string;
	detail: string;
}

export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
		readonly headers: Record<string, string> = {},
	) {
		super(JSON.stringify(body));
	}
}

/**
 * Gateway: `{errors: [{code, message, details: {reason}}]}`. Of the code numbers only 2 is documented; 0 stands for the
 * rest.
 */
export function gatewayRefusal(status: number, message: string, reason: string, code = 0): Refusal {
	return new Refusal(status, { errors: [{ code, message, details: { reason } }] });
}

/** 400 with sub-error code 2. */
export function invalidParameters(reason: string): Refusal {
	return gatewayRefusal(400, 'INVALID_PARAMETERS', reason, 2);
}

export function notFound(reason: string): Refusal {
	return gatewayRefusal(404, 'NOT_FOUND', reason);
}

export function unauthenticated(reason: string): Refusal {
	return gatewayRefusal(401, 'UNAUTHORIZED', reason);
}

export function forbidden(reason: string): Refusal {
	return gatewayRefusal(403, 'FORBIDDEN', reason);
}

/** APIO Core: `{"error": "..."}`. */
export function coreRefusal(status: number, error: string, more: object = {}): Refusal {
	return new Refusal(status, { error, ...more });
}

/** The numbers are made up: no public source lists them. */
export const BROADSOFT_CODES = {
	unknownUser: '4008',
	notAnAgent: '4970',
	notASupervisor: '4971',
	alreadySupervised: '4972',
	notSupervised: '4973',
	unknownCallCenter: '4974',
	notJoinable: '4975',
	tooManyResults: '4976',
} as const;

export function broadsoftError(kind: keyof typeof BROADSOFT_CODES, text: string): BroadsoftError {
	const error_code = BROADSOFT_CODES[kind];
	return { error_code, level: 'Error', summary: `[Error ${error_code}] ${text}`, detail: '' };
}

/** A gateway error object that carries BroadWorks errors, as a list or keyed by their index. */
export function broadsoftEntry(errors: BroadsoftError[], form: 'array' | 'object'): object {
	const carried = form === 'array' ? errors : Object.fromEntries(errors.map((error, index) => [String(index), error]));
	return { code: 0, message: 'BROADSOFT_ERROR', details: { errors: carried } };
}

export function broadsoftRefusal(errors: BroadsoftError[], form: 'array' | 'object'): Refusal {
	return new Refusal(400, { errors: [broadsoftEntry(errors, form)] });
}
