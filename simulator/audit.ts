import { readAddress } from './entry-points';
import type { SimulatorReply, SimulatorRequest } from './exchange';
import type { LoggedRequest } from './log';
import type { AccountSpec } from './world-spec';

/** The gateway's audit record of one request (audit page of the documentation), with the ids of the path. */
export function auditRecord(
	id: string,
	request: SimulatorRequest,
	entry: LoggedRequest,
	author: AccountSpec | undefined,
	answer: SimulatorReply,
	now: number,
): object {
	const { segments } = readAddress(request.path);
	const at = new Date(now).toISOString();
	return {
		internal_id: id,
		end_point_name: segments.at(-1) ?? '',
		end_point_full_url: request.path,
		http_method: request.method,
		impacted_tenant_id: segments[1] ?? '',
		impacted_group_id: segments[3] ?? '',
		impacted_user_id: segments[4] === 'users' ? (segments[5] ?? '') : '',
		impacted_specific_id: segments[7] === 'call_centers' ? (segments[8] ?? '') : '',
		author_id: author?.username ?? '',
		author_role: author === undefined ? '' : String(author.userLevel),
		request_time: at,
		request_data: entry.body,
		request_payload: 'application/json',
		status_code: answer.status,
		answer_time: at,
		answer_data: answer.body,
		answer_payload: 'application/json',
		extra_data: '',
		south_data: '',
	};
}
