/** Everything that can befall one request of a run, each under the name by which it is replayed. */

import type { Fault, FaultRule, ListEdit } from '../../simulator';
import type { Interruption, Scenario } from '../chaos/scenario';

/** What one fault at one request makes of a scenario. Faults of two kinds can befall two requests of one run. */
export interface Trouble {
	readonly script?: readonly FaultRule[];
	readonly cancel?: Interruption;
	readonly kill?: Interruption;
}

export interface FaultKind {
	readonly name: string;
	/**
	 * Which requests the index counts, from 1: `all` that reach the platform, sign-ins included; or `run`: those of the
	 * run that the operation ends with (for Apply Plan not the planning, for Roll Back not the sync before it), sign-ins
	 * not.
	 */
	readonly counts: 'all' | 'run';
	/**
	 * One of those that are also tried in pairs: every other one looks to the client like one of these, or ends the run.
	 */
	readonly pairs: boolean;
	readonly at: (index: number) => Trouble;
}

/** The client's time-out of one request, in ms. */
export const TIMEOUT_MS = 60_000;

const PAGE = '<html><title>Please wait</title></html>';
const GATEWAY_ERROR = JSON.stringify({
	errors: [{ code: 0, message: 'REFUSED', details: { reason: 'For the test.' } }],
});

function status(
	kind: 'statusBefore' | 'statusAfter',
	code: number,
	body?: string,
	headers?: Record<string, string>,
): Fault {
	return { kind, status: code, body, headers };
}

const AT_THE_PLATFORM: ReadonlyArray<readonly [name: string, fault: Fault, pairs?: 'pairs']> = [
	['timeoutBefore', { kind: 'unanswered' }],
	['timeoutAfter', { kind: 'slow', ms: TIMEOUT_MS + 1_000 }],
	['late', { kind: 'slow', ms: TIMEOUT_MS + 1_000, late: true }, 'pairs'],
	['slow', { kind: 'slow', ms: 20_000 }],
	['drip', { kind: 'drip', ms: 500 }],
	['resetBefore', { kind: 'resetBefore' }, 'pairs'],
	['resetAfter', { kind: 'resetAfter' }, 'pairs'],
	['truncated', { kind: 'truncated' }],
	['malformed', { kind: 'malformed' }],
	['empty', status('statusAfter', 200, '')],
	['noContent', status('statusAfter', 204, '')],
	['emptyObject', status('statusAfter', 200, '{}')],
	['emptyObjectBefore', status('statusBefore', 200, '{}')],
	['partialContent', { kind: 'partialContent' }, 'pairs'],
	['page', status('statusBefore', 200, PAGE)],
	['errorPage', status('statusBefore', 502, PAGE)],
	['errorPageAfter', status('statusAfter', 502, PAGE)],
	['redirect', status('statusBefore', 302, '', { location: 'https://portal.example/' })],
	['redirectAfter', status('statusAfter', 303, '', { location: 'https://portal.example/' })],
	['partialSuccess', status('statusAfter', 207, GATEWAY_ERROR)],
	['partialSuccessBefore', status('statusBefore', 207, GATEWAY_ERROR)],
	['partly', { kind: 'partly' }, 'pairs'],
	['twice', { kind: 'twice' }, 'pairs'],
	['refused', status('statusBefore', 400, GATEWAY_ERROR), 'pairs'],
	['notFound', status('statusBefore', 404, GATEWAY_ERROR)],
	['conflict', status('statusBefore', 409, GATEWAY_ERROR)],
	['unauthorized', { kind: 'unauthorized' }],
	['sessionLost', { kind: 'loseSessions' }, 'pairs'],
	['forbidden', { kind: 'forbidden' }],
	['throttled', { kind: 'throttle' }],
	['throttledFor7s', { kind: 'throttle', retryAfter: '7' }, 'pairs'],
	['throttledForADay', { kind: 'throttle', retryAfter: '86400' }],
	['requestTimeout', status('statusBefore', 408, GATEWAY_ERROR)],
	['error500', status('statusBefore', 500)],
	['error500After', status('statusAfter', 500)],
	['error501', status('statusBefore', 501)],
	['unavailableFor7s', status('statusBefore', 503, undefined, { 'retry-after': '7' })],
	['gatewayTimeoutAfter', status('statusAfter', 504)],
];

function atThePlatform(name: string, fault: Fault, pairs: boolean): FaultKind {
	return { name, counts: 'all', pairs, at: (nth) => ({ script: [{ fault, nth }] }) };
}

/**
 * The stop button, while a request is on its way and just as it leaves; a process that ends before or after it has
 * left.
 */
const STOPS: readonly FaultKind[] = [
	{ name: 'cancel', counts: 'run', pairs: true, at: (request) => ({ cancel: { request, reaches: true, afterMs: 0 } }) },
	{
		name: 'cancelLater',
		counts: 'run',
		pairs: false,
		at: (request) => ({ cancel: { request, reaches: true, afterMs: 60 } }),
	},
	{ name: 'kill', counts: 'run', pairs: true, at: (request) => ({ kill: { request, reaches: true, afterMs: 0 } }) },
	{
		name: 'killBefore',
		counts: 'run',
		pairs: false,
		at: (request) => ({ kill: { request, reaches: false, afterMs: 0 } }),
	},
];

const COMMON: readonly FaultKind[] = [
	...AT_THE_PLATFORM.map(([name, fault, pairs]) => atThePlatform(name, fault, pairs !== undefined)),
	...STOPS,
];

/** What can befall a run, with the edits that somebody else makes just before the platform deals with a request. */
export function kindsFor(edits: Readonly<Record<string, ListEdit>>): FaultKind[] {
	const hands = Object.entries(edits).map(([name, edit]) => atThePlatform(name, { kind: 'thirdParty', edit }, true));
	return [...COMMON, ...hands];
}

export function withTrouble(scenario: Scenario, troubles: readonly Trouble[]): Scenario {
	return troubles.reduce<Scenario>(
		(calm, { script = [], cancel, kill }) => ({
			...calm,
			script: [...calm.script, ...script],
			cancel: cancel ?? calm.cancel,
			kill: kill ?? calm.kill,
		}),
		scenario,
	);
}
