/** The fields of a PUT of settings, with the documented ranges and the DNIS rule; absent fields keep their values. */

import { invalidParameters } from '../errors';
import { checkFields, readEntries, type JsonObject } from '../parameters';
import type { CallCenter, User } from '../world';
import type { AgentProfileSettings, Dnis } from '../world-spec';
import { availableDnis, premiumCallCenters } from './call-center-lists';
import { findCallCenter, type Context } from './context';

const ACD_STATES = ['Sign-In', 'Sign-Out', 'Available', 'Unavailable', 'Wrap-Up'];

type Check = (value: unknown) => string | null;

const boolean: Check = (value) => (typeof value === 'boolean' ? null : 'must be of type boolean');
const integer =
	(from: number, to: number): Check =>
	(value) =>
		typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
			? null
			: `must be an integer from ${from} to ${to}`;
const text =
	(from: number, to: number): Check =>
	(value) =>
		typeof value === 'string' && value.length >= from && value.length <= to
			? null
			: `must be a string of ${from} to ${to} characters`;
const oneOf =
	(values: readonly string[]): Check =>
	(value) =>
		values.includes(value as string) ? null : `must be one of ${values.join(', ')}`;

/** Ranges: BroadWorks mapping page for timer and bounce count; lengths and states from the BroadWorks schema. */
const CHECKS: Record<Exclude<keyof AgentProfileSettings, 'outgoingCallDNIS'>, Check> = {
	agentACDState: oneOf(ACD_STATES),
	agentThresholdProfileName: text(1, 40),
	agentUnavailableCode: text(0, 10),
	useDefaultGuardTimer: boolean,
	enableGuardTimer: boolean,
	guardTimerSeconds: integer(1, 25),
	useSystemDefaultUnavailableSettings: boolean,
	forceAgentUnavailableOnDNDActivation: boolean,
	forceAgentUnavailableOnPersonalCalls: boolean,
	forceAgentUnavailableOnBouncedCallLimit: boolean,
	numberConsecutiveBouncedCallsToForceAgentUnavailable: integer(1, 5),
	forceAgentUnavailableOnNotReachable: boolean,
	makeOutgoingCallsAsCallCenter: boolean,
};

const PREMIUM_FIELDS = ['forceAgentUnavailableOnPersonalCalls', 'makeOutgoingCallsAsCallCenter'] as const;
const BODY_FIELDS = new Set([...Object.keys(CHECKS), 'outgoingCallDNIS', 'call_centers', 'list']);
const INSTANCE_FIELDS = new Set([
	'serviceUserId',
	'available',
	'priority',
	'phoneNumber',
	'extension',
	'type',
	'logOffAllowed',
	'name',
]);
const DNIS_FIELDS = new Set(['serviceUserId', 'name']);
const DNIS_REQUIRED = 'Outgoing Call Center is required when make outgoing call as call center is enabled.';

export interface ProfileUpdate {
	profile: AgentProfileSettings;
	availability: Map<CallCenter, boolean>;
}

export function readProfileUpdate(context: Context, user: User, body: JsonObject): ProfileUpdate {
	checkFields(body, BODY_FIELDS, 'the body', context.settings);
	const changes: JsonObject = {};
	for (const [name, check] of Object.entries(CHECKS)) {
		if (!Object.hasOwn(body, name)) continue;
		const problem = check(body[name]);
		if (problem) throw invalidParameters(`'${name}' ${problem}.`);
		changes[name] = body[name];
	}
	for (const name of PREMIUM_FIELDS) {
		if (name in changes && premiumCallCenters(context, user).length === 0) {
			throw invalidParameters(`'${name}' is available to agents of Premium call centers only.`);
		}
	}
	if (Object.hasOwn(body, 'outgoingCallDNIS'))
		changes.outgoingCallDNIS = readDnis(context, user, body.outgoingCallDNIS);
	const profile: AgentProfileSettings = { ...user.profile, ...changes };
	if (profile.makeOutgoingCallsAsCallCenter) {
		const enabling = body.makeOutgoingCallsAsCallCenter === true && context.settings.dnisRequiredInRequest;
		const dnis = enabling ? changes.outgoingCallDNIS : profile.outgoingCallDNIS;
		if (!dnis) throw invalidParameters(DNIS_REQUIRED);
	}
	return { profile, availability: readAvailability(context, user, body) };
}

function readDnis(context: Context, user: User, value: unknown): Dnis | null {
	if (value === null) return null;
	if (typeof value !== 'object' || Array.isArray(value))
		throw invalidParameters("'outgoingCallDNIS' must be an object or null.");
	const { serviceUserId, name } = value as JsonObject;
	checkFields(value as JsonObject, DNIS_FIELDS, "'outgoingCallDNIS'", context.settings);
	if (typeof serviceUserId !== 'string' || typeof name !== 'string') {
		throw invalidParameters("'outgoingCallDNIS' needs 'serviceUserId' and 'name', both strings.");
	}
	const dnis = availableDnis(context, user).find(
		(known) => known.serviceUserId === serviceUserId && known.name === name,
	);
	if (!dnis) throw invalidParameters(`DNIS not found: ${name} of ${serviceUserId}`);
	return dnis;
}

/** Of a call center's entry only `available` can be changed here; the agent must be in the call center already. */
function readAvailability(context: Context, user: User, body: JsonObject): Map<CallCenter, boolean> {
	const availability = new Map<CallCenter, boolean>();
	if (!Object.hasOwn(body, 'call_centers')) return availability;
	const entries = readEntries(body.call_centers, 'serviceUserId', INSTANCE_FIELDS, 'call_centers', context.settings);
	const named = new Set<CallCenter>();
	for (const entry of entries) {
		const id = entry.serviceUserId as string;
		const callCenter = findCallCenter(context, id);
		if (!callCenter || !user.seats.has(callCenter))
			throw invalidParameters(`Call center not assigned to the user: ${id}`);
		if (named.has(callCenter) && context.settings.duplicates === 'reject') {
			throw invalidParameters(`'${id}' is named twice in 'call_centers'.`);
		}
		named.add(callCenter);
		if (!Object.hasOwn(entry, 'available')) continue;
		if (typeof entry.available !== 'boolean') throw invalidParameters("'available' must be of type boolean.");
		availability.set(callCenter, entry.available);
	}
	return availability;
}
