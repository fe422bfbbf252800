/** The client of APIO's call-center API: one typed function per endpoint. Nothing here throws; every result is data. */

export { agentCallCenters, getAgentProfile, updateAgentProfile } from './agent-profile';
export type { AgentProfile, CallCenterEntry, Dnis, UserEntry } from './answers';
export { ACD_STATES, BOUNCED_CALLS, GUARD_TIMER_SECONDS } from './arguments';
export type { CallCenterQuery, ProfileSettings } from './arguments';
export { assignCallCenters, availableCallCenters, availableDnis } from './call-centers';
export { failureOf, type Apio, type CriteriaPlace } from './client';
export { CRITERIA, type AgentSearch } from './criteria';
export { callCenterAgents, callCenterSupervisors, groupCallCenters, groups, groupUsers, tenants } from './listings';
export { cut } from './errors';
export { isObject } from './json';
export type { GroupRef, SupervisorRef, UserRef } from './paths';
export { apioPlatform, asksForNewPassword, callCenterInfo, readFailureKind, userInfo } from './platform';
export { Redactor } from './redaction';
export { failed, invalid, succeeded, type ApioFailure, type Result } from './result';
export { accountKey, type Account, type SignInMethod } from './sign-in/account';
export { SingleFlightSignIn } from './sign-in/single-flight';
export { sessionHeaders, sessionOf, sessionSecrets, parseSession } from './sign-in/session';
export { SignInError, signInErrorIn } from './sign-in/sign-in-error';
export { connectionError, signIn, type SignInHttp } from './sign-in/sign-in';
export {
	addSupervisedAgents,
	removeSupervisedAgents,
	replaceSupervisedAgents,
	supervisedAgents,
} from './supervised-agents';
export {
	isTransientFailure,
	notSent,
	type HttpAnswer,
	type HttpReply,
	type HttpRequest,
	type NoAnswer,
	type NoAnswerCause,
	type Transport,
} from './transport';
