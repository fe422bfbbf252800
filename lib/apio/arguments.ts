/**
 * Rules for what is sent, checked before anything leaves: ranges and states of the API's documentation, lengths of the
 * Broadsoft (OCI) fields below it. Names are the documented ones, so that a finding points at the right field.
 */

import { MAX_SCOPE_ID, MAX_USER_ID } from '../id-lengths';
import { foldId } from '../sync';
import { valueSchema, Wrong, z } from '../vendor/zod';
import { invalid, succeeded, type Result } from './result';

/** OCI: names of DNIS and of agent threshold profiles. */
const MAX_NAME = 40;
/** OCI: unavailable code. */
const MAX_UNAVAILABLE_CODE = 10;
/** API documentation: seconds before the next call is routed to a free agent. */
export const GUARD_TIMER_SECONDS = { min: 1, max: 25 } as const;
/** API documentation: bounced calls in a row before the agent becomes unavailable. */
export const BOUNCED_CALLS = { min: 1, max: 5 } as const;
/** API documentation. */
export const ACD_STATES = ['Sign-In', 'Sign-Out', 'Available', 'Unavailable', 'Wrap-Up'] as const;

/** Would break the path or the header that carries it. */
const CONTROL_CHARACTERS = /\p{Control}/u;
/** A lone surrogate, which no URL can encode. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function id(max: number) {
	return valueSchema((value) => {
		if (typeof value !== 'string') return new Wrong(value === undefined ? 'is missing' : 'must be text');
		const problem = idProblem(value, max);
		return problem === null ? value : new Wrong(problem);
	});
}

function idProblem(value: string, max: number): string | null {
	if (value.trim() === '') return 'is empty';
	if (value !== value.trim()) return 'begins or ends with a space';
	if (value.length > max) return `is longer than ${max} characters`;
	if (CONTROL_CHARACTERS.test(value)) return 'contains a line break or another control character';
	if (LONE_SURROGATE.test(value)) return 'contains a damaged character';
	// URLs give these two a meaning of their own, even percent-encoded.
	return value === '.' || value === '..' ? 'is not an id' : null;
}

function whole(min: number, max = Infinity) {
	const rule =
		max === Infinity ? `must be a whole number of at least ${min}` : `must be a whole number from ${min} to ${max}`;
	return z.number({ invalid_type_error: rule, required_error: rule }).int(rule).min(min, rule).max(max, rule);
}

const flag = z.boolean({ invalid_type_error: 'must be true or false', required_error: 'must be true or false' });

export const groupRef = z.object({ tenantId: id(MAX_SCOPE_ID), groupId: id(MAX_SCOPE_ID) });
export const tenantRef = groupRef.pick({ tenantId: true });
export const userRef = groupRef.extend({ userId: id(MAX_USER_ID) });
export const callCenterRef = groupRef.extend({ callCenterId: id(MAX_USER_ID) });
export const supervisorRef = userRef.extend({ callCenterId: id(MAX_USER_ID) });

export const callCenterQuery = z
	.object({ enrichCcInfo: flag.optional(), sensitiveServiceUserIdEquals: id(MAX_USER_ID).optional() })
	.strict();
/** Names of call centers are left out unless `enrichCcInfo` asks for them (it costs the platform time). */
export type CallCenterQuery = z.infer<typeof callCenterQuery>;

const dnis = z.object({ serviceUserId: id(MAX_USER_ID), name: id(MAX_NAME) }).strict();

/** Strict: an unknown field such as `list` would turn the update into something else. */
export const profileSettings = z
	.object({
		agentACDState: z
			.enum(ACD_STATES, { errorMap: () => ({ message: `must be one of ${ACD_STATES.join(', ')}` }) })
			.optional(),
		agentThresholdProfileName: id(MAX_NAME).optional(),
		agentUnavailableCode: z
			.string()
			.max(MAX_UNAVAILABLE_CODE, `is longer than ${MAX_UNAVAILABLE_CODE} characters`)
			.optional(),
		useDefaultGuardTimer: flag.optional(),
		enableGuardTimer: flag.optional(),
		guardTimerSeconds: whole(GUARD_TIMER_SECONDS.min, GUARD_TIMER_SECONDS.max).optional(),
		useSystemDefaultUnavailableSettings: flag.optional(),
		forceAgentUnavailableOnDNDActivation: flag.optional(),
		forceAgentUnavailableOnPersonalCalls: flag.optional(),
		forceAgentUnavailableOnBouncedCallLimit: flag.optional(),
		numberConsecutiveBouncedCallsToForceAgentUnavailable: whole(BOUNCED_CALLS.min, BOUNCED_CALLS.max).optional(),
		forceAgentUnavailableOnNotReachable: flag.optional(),
		makeOutgoingCallsAsCallCenter: flag.optional(),
		/** Null takes the present value away. */
		outgoingCallDNIS: dnis.nullable().optional(),
		call_centers: z.array(z.object({ serviceUserId: id(MAX_USER_ID), available: flag }).strict()).optional(),
	})
	.strict()
	.superRefine((settings, context) => {
		const addProblem = (path: string[], message: string) =>
			context.addIssue({ code: z.ZodIssueCode.custom, path, message });
		if (Object.values(settings).every((value) => value === undefined)) addProblem([], 'has no field to change');
		if (settings.makeOutgoingCallsAsCallCenter === true && !settings.outgoingCallDNIS) {
			addProblem(['outgoingCallDNIS'], 'is required when outgoing calls are made as call center');
		}
		if (settings.call_centers?.length === 0) addProblem(['call_centers'], 'names no call center');
		const ids = settings.call_centers?.map((entry) => foldId(entry.serviceUserId)) ?? [];
		if (new Set(ids).size < ids.length) addProblem(['call_centers'], 'names a call center twice');
	});
export type ProfileSettings = z.infer<typeof profileSettings>;

/** The complete list of call centers of an agent; empty takes the agent out of all of them. */
export const callCenterIds = z.array(id(MAX_USER_ID));

/** A whole list of supervised agents; empty removes all of them. */
export const agentIds = z.array(id(MAX_USER_ID));

/** Ids to add or remove; at least one, because the platform does not define an empty list here. */
export const someAgentIds = agentIds.min(1, 'needs at least one agent');

/**
 * @param root what a finding's path starts with, e.g. `supervised_agents`; empty for objects
 */
export function check<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, value: unknown, root = ''): Result<T> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return succeeded(parsed.data);
	const [issue] = parsed.error.issues;
	const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
	const argument = [root, ...issue.path, ...keys.slice(0, 1)].reduce<string>(
		(sofar, step) =>
			typeof step === 'number' ? `${sofar}[${step}]` : sofar && step ? `${sofar}.${step}` : `${sofar}${step}`,
		'',
	);
	return invalid(argument, keys.length > 0 ? 'is not a known field' : issue.message);
}
