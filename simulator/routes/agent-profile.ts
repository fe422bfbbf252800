/**
 * An agent's settings and call centers: one URL, and two different PUTs distinguished by `list: true` (API page,
 * "Profile").
 */

import { invalidParameters } from '../errors';
import { readObject } from '../parameters';
import type { User } from '../world';
import { assignCallCenters } from './assignment';
import { readListParameters } from './call-center-lists';
import { ok, ordered, userOf, type Context, type Route, type RouteAnswer } from './context';
import { readProfileUpdate } from './profile-update';

const PATTERN = 'tenants/:tenant/groups/:group/users/:user/services/call_centers';

export const agentProfileRoutes: Route[] = [
	{ method: 'GET', pattern: PATTERN, level: 0, handle: read },
	{ method: 'PUT', pattern: PATTERN, level: 0, handle: write },
];

function read(context: Context): RouteAnswer {
	const user = userOf(context);
	const { enrich, wanted } = readListParameters(context);
	return ok(profileObject(context, user, enrich, wanted));
}

function write(context: Context): RouteAnswer {
	const user = userOf(context);
	const body = readObject(context.request.body);
	if ('list' in body && typeof body.list !== 'boolean') throw invalidParameters("'list' must be of type boolean.");
	if (body.list === true) return assignCallCenters(context, user, body);
	const { profile, availability } = readProfileUpdate(context, user, body);
	context.store.setProfile(context.actor, user, profile, availability);
	if (context.settings.writeAnswers === 'empty') return ok({});
	return ok(profileObject(context, user, context.settings.enrichCcInfo, () => true));
}

function profileObject(
	context: Context,
	user: User,
	enrich: boolean,
	wanted: (callCenter: Parameters<ReturnType<typeof readListParameters>['wanted']>[0]) => boolean,
): object {
	const seats = ordered(
		context,
		[...user.seats].filter(([callCenter]) => wanted(callCenter)),
	);
	return {
		...user.profile,
		call_centers: seats.map(([callCenter, seat]) => ({
			serviceUserId: callCenter.serviceUserId,
			available: seat.available,
			priority: seat.priority,
			phoneNumber: callCenter.phoneNumber,
			extension: callCenter.extension,
			type: callCenter.type,
			logOffAllowed: callCenter.logOffAllowed,
			...(enrich ? { name: callCenter.name } : {}),
		})),
	};
}
