/** Call centers and DNIS that are there for an agent (API page, "Available Call Centers" and "Available DNIS"). */

import { readParameters, type ParameterTypes } from '../parameters';
import type { CallCenter, User } from '../world';
import type { Dnis } from '../world-spec';
import { callCentersWithin, ok, ordered, userOf, type Context, type Route } from './context';

/** Parameters of both call-center lists. */
const CALL_CENTER_PARAMETERS: ParameterTypes = {
	enrichCcInfo: 'boolean',
	sensitiveServiceUserIdEquals: 'string',
};

const BASE = 'tenants/:tenant/groups/:group/users/:user/services/call_centers';

export const callCenterListRoutes: Route[] = [
	{ method: 'GET', pattern: `${BASE}/available`, level: 0, handle: available },
	{ method: 'GET', pattern: `${BASE}/dnis`, level: 0, handle: dnis },
];

function available(context: Context) {
	const user = userOf(context);
	const asked = readListParameters(context);
	const callCenters = joinable(context, user).filter(asked.wanted);
	return ok({
		call_centers: ordered(context, callCenters).map(({ serviceUserId, name }) =>
			asked.enrich ? { name, serviceUserId } : { serviceUserId },
		),
	});
}

function dnis(context: Context) {
	const user = userOf(context);
	readParameters(context.request, {}, context.settings);
	return ok({ call_centers_dnis: ordered(context, availableDnis(context, user)) });
}

/**
 * `enrich`: whether names are wanted; the request overrules the platform's ENRICH_CC_INFO. `wanted`: the id criterion.
 */
export function readListParameters(context: Context): { enrich: boolean; wanted: (callCenter: CallCenter) => boolean } {
	const parameters = readParameters(context.request, CALL_CENTER_PARAMETERS, context.settings);
	const id = parameters.sensitiveServiceUserIdEquals;
	return {
		enrich: (parameters.enrichCcInfo as boolean | undefined) ?? context.settings.enrichCcInfo,
		wanted: (callCenter) => id === undefined || callCenter.serviceUserId === id,
	};
}

/**
 * The call centers that the user may join; those joined already stay in the list, as in the documentation's examples.
 */
function joinable(context: Context, user: User): CallCenter[] {
	return callCentersWithin(context, user.group).filter((callCenter) => callCenter.allowJoin);
}

/** Premium call centers whose DNIS the user may show; none: the user has nothing of Premium. */
export function premiumCallCenters(context: Context, user: User): CallCenter[] {
	const callCenters =
		context.settings.dnisScope === 'assigned' ? [...user.seats.keys()] : callCentersWithin(context, user.group);
	return callCenters.filter((callCenter) => callCenter.type === 'Premium');
}

export function availableDnis(context: Context, user: User): Dnis[] {
	return premiumCallCenters(context, user).flatMap((callCenter) => callCenter.dnis);
}
