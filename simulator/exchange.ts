/** One request and its reply, free of HTTP: what the application core takes and gives. */

export interface SimulatorRequest {
	method: string;
	/** Path as sent, percent-encoding included, without the query string. */
	path: string;
	/** Query string without its question mark. */
	query?: string;
	/** Names in lower case. */
	headers?: Readonly<Record<string, string | string[] | undefined>>;
	/** The body as text; undefined or empty where there is none. */
	body?: string;
}

export interface SimulatorReply {
	status: number;
	headers: Record<string, string | string[]>;
	body: string;
	/** How long the platform takes to answer. */
	delayMs: number;
	/** Milliseconds between the bytes of the body, where they come one by one. */
	dripMs?: number;
	/**
	 * - `whole`: the reply arrives as it is.
	 * - `reset`: the connection breaks; nothing of the reply arrives. Whether the request was applied, `applied` says.
	 * - `truncated`: head and the first half of the body arrive, then the connection breaks.
	 */
	ending: 'whole' | 'reset' | 'truncated';
	/** Whether this request changed the world; visible to tests, not to the client. */
	applied: boolean;
	/**
	 * A late platform: to be called when `delayMs` has passed, whether or not the client still listens; gives the reply.
	 */
	later?: (now: number) => SimulatorReply;
}

const JSON_HEADERS = { 'content-type': 'application/json' } as const;

export function reply(status: number, body: string, headers: Record<string, string | string[]> = {}): SimulatorReply {
	return { status, headers: { ...JSON_HEADERS, ...headers }, body, delayMs: 0, ending: 'whole', applied: false };
}
