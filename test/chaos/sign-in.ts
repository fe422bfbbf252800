/** Requests signed in as n8n and our credential do it: one session for all, renewed after a 401, secrets masked. */

import { notSent, type HttpReply, type HttpRequest, type Transport } from '../../lib/apio/transport';
import { noAnswer } from '../../nodes/shared/transport-failure';
import { sessionHeaders, parseSession } from '../../lib/apio/sign-in/session';
import { SingleFlightSignIn } from '../../lib/apio/sign-in/single-flight';
import { signIn, type SignInHttp } from '../../lib/apio/sign-in/sign-in';
import { SignInError } from '../../lib/apio/sign-in/sign-in-error';
import { redactorFor, secretsOf } from '../../nodes/shared/redaction';
import type { ApioServer } from '../../simulator';
import type { Clock } from '../../lib/clock';
import type { VirtualClock } from '../../tools/virtual-clock';
import { CANARIES, type SignInMethod } from './scenario';
import type { Wire } from './wire';

export interface SignedIn {
	readonly transport: Transport;
	/** Every secret that was in use, for looking for them in what comes out. */
	readonly secrets: ReadonlySet<string>;
}

export interface SignInOptions {
	readonly server: ApioServer;
	readonly clock: VirtualClock;
	/** The client's own, which may go wrong. */
	readonly clientClock: Clock;
	readonly wire: Wire;
	readonly method: SignInMethod;
	readonly timeoutMs: number;
	/** The run's; what waits for a sign-in does not leave once it has aborted. */
	readonly signal: AbortSignal | undefined;
	/** Whether an error answer shows the request's sign-in. */
	readonly echoes: () => boolean;
}

const ORIGIN = 'https://apio.example';

export function signedIn({
	server,
	clock,
	clientClock,
	wire,
	method,
	timeoutMs,
	signal,
	echoes,
}: SignInOptions): SignedIn {
	const basePath = method === 'gatewayPassword' ? '/api/v1' : '/api/v01/p1';
	const send = wire.transportTo(basePath, timeoutMs);
	const singleFlight = new SingleFlightSignIn(() => clientClock.now());
	const secrets = new Set([CANARIES.password, CANARIES.token]);
	let sessionToken = '';

	const http: SignInHttp = async ({ method: verb, url, headers, body }) => {
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const path = url.slice(ORIGIN.length);
		const made = server.handle({ method: verb, path, headers: lower, body: body && JSON.stringify(body) }, clock.now());
		const answered = wire.signIn();
		// A platform that is late with a sign-in is as good as one that breaks the connection.
		await clock.sleep(Math.min(made.delayMs, timeoutMs));
		const broken = made.delayMs > timeoutMs || made.ending !== 'whole' || made.later;
		answered(
			broken ? noAnswer(new Error('broken'), true) : { kind: 'answer', status: made.status, headers: {}, body: null },
		);
		if (broken) return noAnswer(new Error('broken'), true);
		return { kind: 'answer', status: made.status, body: parsed(made.body), headers: made.headers };
	};

	const renewed = async (): Promise<SignInError | null> => {
		if (method === 'accessToken') return null;
		const account = { baseUrl: ORIGIN + basePath, method, username: CANARIES.username, password: CANARIES.password };
		const stale = sessionToken;
		const packed = await singleFlight.renew(
			account,
			stale,
			async () => await signIn(account, stale, http, clientClock.now()),
		);
		if (packed instanceof SignInError) {
			wire.losesSight();
			return packed;
		}
		sessionToken = packed;
		return null;
	};

	const credentials = () => ({ accessToken: CANARIES.token, password: CANARIES.password, sessionToken });
	const proof = (): Record<string, string> => {
		if (method === 'accessToken') return { authorization: `Bearer ${CANARIES.token}` };
		const session = parseSession(sessionToken);
		const headers = Object.entries(session ? sessionHeaders(session) : {});
		return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
	};

	const once = async (request: HttpRequest): Promise<HttpReply> => {
		if (signal?.aborted) return notSent({ problem: 'cancelled' });
		const headers = proof();
		const own = secretsOf(credentials());
		for (const secret of own) secrets.add(secret);
		const reply = await send(request, headers);
		if (reply.kind !== 'answer' || reply.status < 400) return reply;
		const body = echoes() ? `<html><title>Error ${JSON.stringify(headers)}</title></html>` : reply.body;
		return { ...reply, body: redactorFor([...own, ...secretsOf(credentials())]).maskAll(body) };
	};

	const transport: Transport = async (request) => {
		const refused = method !== 'accessToken' && sessionToken === '' ? await renewed() : null;
		if (refused) return noAnswer(refused, request.method === 'GET');
		const stale = sessionToken;
		const reply = await once(request);
		if (method === 'accessToken' || reply.kind !== 'answer' || reply.status !== 401) return reply;
		if (sessionToken === stale) {
			const problem = await renewed();
			if (problem) return noAnswer(problem, request.method === 'GET');
		}
		return await once(request);
	};
	return { transport, secrets };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
