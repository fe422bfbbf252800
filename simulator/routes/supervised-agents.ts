/** Who a supervisor supervises in one call center: read, replace, add, remove (API page, "Supervised Agents"). */

import { filterUsers, USER_CRITERIA } from '../criteria';
import { broadsoftEntry, broadsoftError, broadsoftRefusal, invalidParameters, type BroadsoftError } from '../errors';
import { checkFields, readEntries, readObject, readParameters } from '../parameters';
import type { CallCenter, User } from '../world';
import { callCenterOf, findUser, ordered, userOf, type Context, type Route, type RouteAnswer } from './context';
import { AGENT_FIELDS, agentListJson } from './user-objects';

const KEY = 'supervised_agents';
/** All fields of "Supervised Agent" are allowed; only `userId` is used. */
const ENTRY_FIELDS = new Set<string>(AGENT_FIELDS);
const BODY_FIELDS = new Set([KEY]);

interface Target {
	supervisor: User;
	callCenter: CallCenter;
	list: ReadonlySet<User>;
}

/** The agents of a write that may be written, and the errors of the others. */
interface Asked {
	agents: User[];
	refused: BroadsoftError[];
}

export const supervisedAgentRoutes: Route[] = [
	route('GET', read),
	route('PUT', replace),
	route('POST', add),
	route('DELETE', remove),
];

function route(method: string, handle: Route['handle']): Route {
	return {
		method,
		pattern: 'tenants/:tenant/groups/:group/users/:user/services/call_centers/:callCenter/supervised_agents',
		level: 0,
		handle,
	};
}

function read(context: Context): RouteAnswer {
	const { list } = targetOf(context);
	const parameters = readParameters(context.request, USER_CRITERIA, context.settings);
	const found = filterUsers(list, parameters, context.settings);
	return { status: 200, body: agentListJson(KEY, ordered(context, found)) };
}

function replace(context: Context): RouteAnswer {
	const target = targetOf(context);
	const asked = readAgents(context, target, null);
	return write(context, target, new Set(asked.agents), asked.refused, 200);
}

function add(context: Context): RouteAnswer {
	const target = targetOf(context);
	const asked = readAgents(context, target, 'add');
	return write(context, target, new Set([...target.list, ...asked.agents]), asked.refused, 201);
}

function remove(context: Context): RouteAnswer {
	const target = targetOf(context);
	const asked = readAgents(context, target, 'remove');
	const rest = new Set(target.list);
	for (const agent of asked.agents) rest.delete(agent);
	return write(context, target, rest, asked.refused, 200);
}

function targetOf(context: Context): Target {
	const supervisor = userOf(context);
	const callCenter = callCenterOf(context);
	const list = callCenter.supervisors.get(supervisor);
	if (!list) {
		const text = `${supervisor.userId} is not a supervisor of call center ${callCenter.serviceUserId}`;
		throw broadsoftRefusal([broadsoftError('notASupervisor', text)], context.settings.detailErrors);
	}
	return { supervisor, callCenter, list };
}

function readAgents(context: Context, target: Target, change: 'add' | 'remove' | null): Asked {
	const { settings } = context;
	const body = readObject(context.request.body);
	checkFields(body, BODY_FIELDS, 'the body', settings);
	const entries = readEntries(body[KEY], 'userId', ENTRY_FIELDS, KEY, settings);
	if (change && entries.length === 0 && settings.emptyChange === 'reject') {
		throw invalidParameters(`'${KEY}' must name at least one agent.`);
	}
	const agents = new Set<User>();
	const refused: BroadsoftError[] = [];
	const named = new Set<string>();
	for (const { userId } of entries as Array<{ userId: string }>) {
		const agent = findUser(context, userId);
		const identity = agent?.userId ?? userId;
		if (named.has(identity) && settings.duplicates === 'reject')
			throw invalidParameters(`'${userId}' is named twice in '${KEY}'.`);
		named.add(identity);
		const problem = agent
			? problemOf(agent, target, change, context)
			: broadsoftError('unknownUser', `User not found: ${userId}`);
		if (problem) refused.push(problem);
		else if (agent) agents.add(agent);
	}
	return { agents: [...agents], refused };
}

function problemOf(
	agent: User,
	target: Target,
	change: 'add' | 'remove' | null,
	{ settings }: Context,
): BroadsoftError | null {
	const { callCenter, supervisor, list } = target;
	const there = list.has(agent);
	if (change === 'remove') {
		const place = `call center ${callCenter.serviceUserId}`;
		const missing = `${agent.userId} is not supervised by ${supervisor.userId} in ${place}`;
		return there || settings.notThere === 'tolerate' ? null : broadsoftError('notSupervised', missing);
	}
	if (!callCenter.agents.has(agent)) {
		return broadsoftError('notAnAgent', `${agent.userId} is not an agent of call center ${callCenter.serviceUserId}`);
	}
	if (change === 'add' && there && settings.alreadyThere === 'error') {
		const text =
			`${agent.userId} is already supervised by ${supervisor.userId} in call center ` + `${callCenter.serviceUserId}`;
		return broadsoftError('alreadySupervised', text);
	}
	return null;
}

function write(
	context: Context,
	target: Target,
	agents: Set<User>,
	refused: BroadsoftError[],
	status: number,
): RouteAnswer {
	const { settings, store, actor } = context;
	if (refused.length > 0 && settings.badId === 'reject') throw broadsoftRefusal(refused, settings.detailErrors);
	if (settings.maxListSize !== null && agents.size > settings.maxListSize) {
		throw invalidParameters(`The list would have ${agents.size} agents; at most ${settings.maxListSize} are allowed.`);
	}
	store.setSupervised(actor, target.supervisor, target.callCenter, agents);
	const body = settings.writeAnswers === 'list' ? agentListJson(KEY, ordered(context, [...target.list])) : '{}';
	if (refused.length === 0 || settings.badId === 'ignore') return { status, body };
	// Partial success: what is there now, and beside it what was refused.
	const errors = JSON.stringify([broadsoftEntry(refused, settings.detailErrors)]);
	return { status: 207, body: body === '{}' ? `{"errors":${errors}}` : `${body.slice(0, -1)},"errors":${errors}}` };
}
