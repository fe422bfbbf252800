/**
 * The PUT with `list: true`: the complete new list of an agent's call centers (API page, "Assign call center
 * instance").
 */

import { broadsoftEntry, broadsoftError, broadsoftRefusal, invalidParameters, type BroadsoftError } from '../errors';
import { checkFields, readEntries, type JsonObject } from '../parameters';
import { reaches, type CallCenter, type User } from '../world';
import { findCallCenter, ok, type Context, type RouteAnswer } from './context';

const BODY_FIELDS = new Set(['list', 'call_centers']);
/** "Call Center List Item". */
const ITEM_FIELDS = new Set(['serviceUserId', 'name']);

export function assignCallCenters(context: Context, user: User, body: JsonObject): RouteAnswer {
	const { settings, store, actor } = context;
	checkFields(body, BODY_FIELDS, "the body with 'list'", settings);
	const entries = readEntries(body.call_centers, 'serviceUserId', ITEM_FIELDS, 'call_centers', settings);
	const wanted = new Set<CallCenter>();
	const refused: BroadsoftError[] = [];
	const named = new Set<string>();
	for (const entry of entries) {
		const id = entry.serviceUserId as string;
		const callCenter = findCallCenter(context, id);
		const identity = callCenter?.serviceUserId ?? id;
		if (named.has(identity) && settings.duplicates === 'reject')
			throw invalidParameters(`'${id}' is named twice in 'call_centers'.`);
		named.add(identity);
		if (!callCenter || !reaches(callCenter, user.group)) {
			refused.push(broadsoftError('unknownCallCenter', `Call center not found: ${id}`));
		} else if (!callCenter.allowJoin && !user.seats.has(callCenter)) {
			refused.push(broadsoftError('notJoinable', `Call center ${id} does not allow users to join it`));
		} else wanted.add(callCenter);
	}
	if (!settings.leavesUnjoinable) {
		for (const callCenter of user.seats.keys()) {
			if (callCenter.allowJoin || wanted.has(callCenter)) continue;
			const text = `Call center ${callCenter.serviceUserId} does not allow users to leave it`;
			refused.push(broadsoftError('notJoinable', text));
			wanted.add(callCenter);
		}
	}
	if (refused.length > 0 && settings.badId === 'reject') throw broadsoftRefusal(refused, settings.detailErrors);
	if (settings.maxListSize !== null && wanted.size > settings.maxListSize) {
		throw invalidParameters(
			`The list would have ${wanted.size} call centers; at most ${settings.maxListSize} are allowed.`,
		);
	}
	store.setCallCenters(actor, user, wanted);
	if (refused.length === 0 || settings.badId === 'ignore') return ok({});
	return { status: 207, body: JSON.stringify({ errors: [broadsoftEntry(refused, settings.detailErrors)] }) };
}
