/**
 * Call centers of a group, their agents, and who could become agent or supervisor (group pages of the documentation).
 */

import { filterUsers, USER_CRITERIA } from '../criteria';
import { broadsoftError, broadsoftRefusal, invalidParameters, notFound, type BroadsoftError } from '../errors';
import { checkFields, readEntries, readObject, readParameters } from '../parameters';
import { newSeat, reaches, type CallCenter, type Seat, type User } from '../world';
import { callCenterOf, findUser, groupOf, ok, ordered, type Context, type Route, type RouteAnswer } from './context';
import { AGENT_FIELDS, agentListJson, agentObject } from './user-objects';

const BASE = 'tenants/:tenant/groups/:group/services/call_centers';
const GROUP_ADMIN = 8;
const ENTRY_FIELDS = new Set<string>([...AGENT_FIELDS, 'weight', 'skillLevel']);

export const groupCallCenterRoutes: Route[] = [
	{ method: 'GET', pattern: BASE, level: GROUP_ADMIN, handle: list },
	{
		method: 'GET',
		pattern: `${BASE}/:callCenter`,
		level: GROUP_ADMIN,
		handle: (context) => ok(instanceObject(callCenterOf(context))),
	},
	{ method: 'GET', pattern: `${BASE}/:callCenter/agents`, level: GROUP_ADMIN, handle: readAgents },
	{ method: 'PUT', pattern: `${BASE}/:callCenter/agents`, level: GROUP_ADMIN, handle: replaceAgents },
	{ method: 'GET', pattern: `${BASE}/:callCenter/supervisors`, level: GROUP_ADMIN, handle: readSupervisors },
	{ method: 'GET', pattern: `${BASE}/agents/available`, level: GROUP_ADMIN, handle: availableAgents },
	{ method: 'GET', pattern: `${BASE}/supervisors/available`, level: GROUP_ADMIN, handle: availableSupervisors },
];

function list(context: Context): RouteAnswer {
	const group = groupOf(context);
	readParameters(context.request, {}, context.settings);
	return ok({
		call_centers: ordered(context, [...group.callCenters]).map(
			({ serviceUserId, name, phoneNumber, extension, type }) => ({
				serviceUserId,
				name,
				phoneNumber,
				extension,
				department: '',
				isActive: true,
				type,
			}),
		),
	});
}

function instanceObject(callCenter: CallCenter): object {
	const { serviceUserId, name, phoneNumber, extension, type, allowJoin, logOffAllowed } = callCenter;
	return {
		callCenterInstance: {
			serviceUserId,
			serviceInstanceProfile: {
				name,
				cliFirstName: name,
				cliLastName: name,
				language: 'English',
				timeZone: 'Europe/Brussels',
				phoneNumber,
				extension,
				department: '',
			},
			policy: 'Circular',
			type,
			routingType: callCenter.skillBased ? 'Skill Based' : 'Priority Based',
			queueLength: 10,
			enableReporting: false,
			allowJoin,
			allowCallCenterLogoff: logOffAllowed,
		},
	};
}

function readAgents(context: Context): RouteAnswer {
	const callCenter = callCenterOf(context);
	readParameters(context.request, {}, context.settings);
	return agentsAnswer(context, callCenter);
}

function readSupervisors(context: Context): RouteAnswer {
	const { request, settings } = context;
	if (!settings.listsSupervisors) throw notFound(`No such resource: ${request.path}`);
	const callCenter = callCenterOf(context);
	readParameters(request, {}, settings);
	return { status: 200, body: agentListJson('supervisors', ordered(context, [...callCenter.supervisors.keys()])) };
}

function agentsAnswer(context: Context, callCenter: CallCenter): RouteAnswer {
	return ok({ agents: ordered(context, [...callCenter.agents]).map(([user, seat]) => seatedAgent(user, seat)) });
}

function seatedAgent(user: User, seat: Seat): object {
	const { userId, lastName, firstName, phoneNumber, extension, department, emailAddress } = agentObject(user) as Record<
		string,
		unknown
	>;
	const skillLevel = String(seat.skillLevel);
	return {
		userId,
		lastName,
		firstName,
		weight: seat.weight,
		phoneNumber,
		extension,
		department,
		emailAddress,
		skillLevel,
	};
}

/**
 * Full replacement. A plain list of ids puts everybody of a skill-based call center at skill level 1 (BroadWorks
 * schema).
 */
function replaceAgents(context: Context): RouteAnswer {
	const { settings } = context;
	const callCenter = callCenterOf(context);
	const body = readObject(context.request.body);
	checkFields(body, new Set(['agents']), 'the body', settings);
	const entries = readEntries(body.agents, 'userId', ENTRY_FIELDS, 'agents', settings);
	const seats = new Map<User, Seat>();
	const refused: BroadsoftError[] = [];
	for (const entry of entries) {
		const id = entry.userId as string;
		const user = findUser(context, id);
		if (!user || !reaches(callCenter, user.group)) {
			refused.push(broadsoftError('unknownUser', `User not found: ${id}`));
			continue;
		}
		if (seats.has(user) && settings.duplicates === 'reject')
			throw invalidParameters(`'${id}' is named twice in 'agents'.`);
		const seat = { ...(user.seats.get(callCenter) ?? newSeat()) };
		if (callCenter.skillBased) seat.skillLevel = readSkillLevel(entry.skillLevel);
		if (entry.weight !== undefined) seat.weight = readWeight(entry.weight);
		seats.set(user, seat);
	}
	if (refused.length > 0) throw broadsoftRefusal(refused, settings.detailErrors);
	context.store.setAgents(context.actor, callCenter, seats);
	return agentsAnswer(context, callCenter);
}

/** 1 to 20; read as text or number, as the documentation shows it as text. */
function readSkillLevel(value: unknown): number {
	if (value === undefined) return 1;
	const level = typeof value === 'string' ? Number(value) : value;
	if (typeof level !== 'number' || !Number.isInteger(level) || level < 1 || level > 20) {
		throw invalidParameters("'skillLevel' must be an integer from 1 to 20.");
	}
	return level;
}

/** A share of the calls, in percent, as BroadWorks' weighted distribution has it. */
function readWeight(value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100) return value;
	throw invalidParameters("'weight' must be an integer from 0 to 100.");
}

function availableAgents(context: Context): RouteAnswer {
	const group = groupOf(context);
	const parameters = readParameters(
		context.request,
		{ type: 'string', includeServiceUsers: 'boolean' },
		context.settings,
	);
	const type = parameters.type ?? 'Basic';
	if (type !== 'Basic' && type !== 'Standard' && type !== 'Premium') {
		throw invalidParameters("'type' must be Basic, Standard or Premium.");
	}
	return { status: 200, body: agentListJson('available_agents', ordered(context, [...group.users])) };
}

function availableSupervisors(context: Context): RouteAnswer {
	const group = groupOf(context);
	const parameters = readParameters(context.request, USER_CRITERIA, context.settings);
	const found = filterUsers(group.users, parameters, context.settings);
	return { status: 200, body: agentListJson('available_supervisors', ordered(context, found)) };
}
