/** The real transport: requests to APIO through n8n's own helpers, signed in by the credential. */

import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import {
	SignInError,
	type CriteriaPlace,
	type HttpReply,
	type HttpRequest,
	type Redactor,
	type Transport,
} from '../../lib/apio';
import { baseUrlProblem, normalBaseUrl } from '../../lib/base-url';
import { RequestDeadline } from './abort-before-send';
import {
	textProblem,
	isByteStream,
	MAX_BYTES,
	MAX_BYTES_OF_REFUSAL,
	parsedBody,
	readText,
	type ReadText,
} from './answer-body';
import { n8nClock } from './clock';
import { CachedCredential } from './cached-credential';
import { countRequest } from './garbage-collection';
import { hasSecretInId, redactorFor, secretsOf } from './redaction';
import { headersTooLong, MAX_HEADER_CHARACTERS, noAnswer, deadlinePassed } from './transport-failure';

export const CREDENTIAL = 'apioApi';

/**
 * 60 s from the sending of a request to the end of its answer: a busy platform may take that long for a long list.
 * n8n's own time-out is 300 s without a byte. It would block a lane for minutes, or for ever if the answer drips.
 */
export const REQUEST_TIMEOUT_MS = 60_000;

/** The functions of a running node, of an open list picker or of a trigger that polls. */
export type ApioContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The functions that n8n's request helpers need. The credential is added for each request. */
type Caller = Pick<ApioContext, 'helpers' | 'getNode' | 'logger'>;

/** The full response of n8n's helpers. */
interface FullResponse {
	readonly body: unknown;
	readonly headers?: object;
	readonly statusCode: number;
}

/** A request and its deadline. It may be sent more than once. */
interface Exchange {
	readonly request: HttpRequest;
	readonly deadline: RequestDeadline;
	/** The credential of each sending: a copy from before it, and the object that n8n may have changed. */
	readonly used: ICredentialDataDecryptedObject[];
}

export interface Connection {
	readonly transport: Transport;
	/** Without a slash at the end and without secrets. */
	readonly baseUrl: string;
	readonly criteriaIn: CriteriaPlace;
}

export interface ConnectOptions {
	/** No request is sent after it aborts. Requests that were sent go on. */
	readonly signal?: AbortSignal;
	readonly timeoutMs?: number;
}

/** @throws NodeOperationError if the Base URL of the credential is invalid */
export async function connect(
	context: ApioContext,
	{ signal, timeoutMs = REQUEST_TIMEOUT_MS }: ConnectOptions = {},
): Promise<Connection> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const given = String(credentials.baseUrl ?? '');
	const problem = baseUrlProblem(given);
	if (problem) {
		const description =
			"Open the credential and enter the address with the API's prefix, e.g. https://apio.example.com/api/v1";
		throw new NodeOperationError(context.getNode(), `The 'Base URL' of the credential ${problem}`, { description });
	}
	const baseUrl = normalBaseUrl(given);
	const read = async () => await readCredential(context, baseUrl);
	const transport = new N8nTransport(callerOf(context), new CachedCredential(credentials, read, n8nClock.now), {
		baseUrl,
		signal,
		timeout: timeoutMs,
		ignoreSslIssues: credentials.ignoreSslIssues === true,
		hasSession: credentials.signInMethod !== 'accessToken',
	});
	return {
		transport: async (request) => await transport.reply(request),
		baseUrl,
		criteriaIn: credentials.searchCriteriaIn === 'query' ? 'query' : 'body',
	};
}

/**
 * Reads the credential again while the node runs.
 *
 * @throws SignInError if it cannot be read, or has another Base URL: its secrets must not be sent to this platform
 */
async function readCredential(context: ApioContext, baseUrl: string): Promise<ICredentialDataDecryptedObject> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL).catch(() => null);
	if (credentials === null)
		throw new SignInError(
			'unavailable',
			'n8n could not read the credential. Check that it still exists, then run the node again.',
		);
	if (normalBaseUrl(String(credentials.baseUrl ?? '')) === baseUrl) return credentials;
	throw new SignInError(
		'wrongAddress',
		"The 'Base URL' of the credential was changed during the run. Run the node again.",
	);
}

/**
 * Leaves out the cancel signal of the execution, which n8n's helpers would use. `RequestDeadline` handles cancellation.
 */
function callerOf(context: ApioContext): Caller {
	return { helpers: context.helpers, getNode: context.getNode.bind(context), logger: context.logger };
}

interface TransportOptions {
	readonly baseUrl: string;
	readonly signal: AbortSignal | undefined;
	/** Milliseconds. */
	readonly timeout: number;
	readonly ignoreSslIssues: boolean;
	/** False for an access token, which has no session. */
	readonly hasSession: boolean;
}

/** Sends a request through n8n's usual helper. */
async function sendPlain(
	self: IAllExecuteFunctions,
	{ request, deadline }: Exchange,
	{ baseUrl, timeout, ignoreSslIssues }: TransportOptions,
): Promise<FullResponse> {
	const { method, path, query, body } = request;
	const options: IHttpRequestOptions = {
		method,
		url: baseUrl + path,
		json: true,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would lose the body of a write and could carry the sign-in elsewhere.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout,
		...connectionOf(deadline),
	};
	if (query) options.qs = query;
	if (body) options.body = body;
	if (ignoreSslIssues) options.skipSslCertificateValidation = true;
	return (await self.helpers.httpRequestWithAuthentication.call(self, CREDENTIAL, options)) as FullResponse;
}

/** Sends a GET with a body through the only helper of n8n that keeps the body. */
async function sendGetWithBody(
	self: IAllExecuteFunctions,
	{ request, deadline }: Exchange,
	{ baseUrl, timeout, ignoreSslIssues }: TransportOptions,
): Promise<FullResponse> {
	const { method, path, query, body } = request;
	const options: Parameters<IAllExecuteFunctions['helpers']['requestWithAuthenticationPaginated']>[0] = {
		method,
		uri: baseUrl + path,
		qs: query ?? {},
		body,
		json: true,
		useStream: true,
		followRedirect: false,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout,
		...connectionOf(deadline),
	};
	if (ignoreSslIssues) options.rejectUnauthorized = false;
	// As binary, because n8n would otherwise read the stream itself, to detect a page that repeats.
	const onePage = { continue: false, request: {}, requestInterval: 0, binaryResult: true };
	const [page] = (await self.helpers.requestWithAuthenticationPaginated.call(
		self,
		options,
		0,
		onePage,
		CREDENTIAL,
	)) as FullResponse[];
	return page;
}

class N8nTransport {
	constructor(
		private readonly caller: Caller,
		private readonly credential: CachedCredential,
		private readonly options: TransportOptions,
	) {}

	/** The reply to a request, at its deadline at the latest. */
	async reply(request: HttpRequest): Promise<HttpReply> {
		countRequest();
		const { signal, timeout } = this.options;
		const deadline = new RequestDeadline(signal, () => AbortSignal.timeout(timeout));
		const late = async () => {
			await deadline.passed;
			return deadlinePassed(isRead(request));
		};
		const reply = await Promise.race([this.#replyOf({ request, deadline, used: [] }), late()]);
		deadline.clear();
		// The error of a connection that the deadline closed is not the cause.
		return deadline.hasPassed && reply.kind === 'noAnswer' ? deadlinePassed(isRead(request)) : reply;
	}

	async #replyOf(exchange: Exchange): Promise<HttpReply> {
		try {
			return await toReply(await this.#responseTo(exchange), exchange);
		} catch (error) {
			return noAnswer(error, isRead(exchange.request));
		}
	}

	/**
	 * Sends a request again after 401 if the sign-in has changed: the session is renewed, at most twice because another
	 * run may lose it again, or a new access token was entered.
	 */
	async #responseTo(exchange: Exchange): Promise<FullResponse> {
		const { hasSession } = this.options;
		const { used } = exchange;
		let response = await this.#send(exchange);
		for (let renewals = 0; hasSession && response.statusCode === 401 && renewals < 2; renewals++) {
			close(response);
			response = await this.#send(exchange, used[used.length - 1].sessionToken);
		}
		if (hasSession || response.statusCode !== 401) return response;
		const { accessToken } = await this.credential.refresh();
		if (accessToken === used[0].accessToken) return response;
		close(response);
		return await this.#send(exchange);
	}

	/** @param refusedToken the session token that the platform has just refused */
	async #send(exchange: Exchange, refusedToken?: unknown): Promise<FullResponse> {
		return await this.credential.use(async (credential) => {
			exchange.used.push({ ...credential }, credential);
			// n8n's helpers also read the credential from their caller.
			const getCredentials = (async () => credential) as ApioContext['getCredentials'];
			const self = { ...this.caller, getCredentials } as IAllExecuteFunctions;
			const { method, body } = exchange.request;
			const send = method === 'GET' && body !== undefined ? sendGetWithBody : sendPlain;
			return await send(self, exchange, this.options);
		}, refusedToken);
	}
}

/**
 * n8n makes a new connection for each request, with these options of net.connect. Its types lack them.
 */
function connectionOf({ key }: RequestDeadline): { agentOptions: object } {
	return { agentOptions: { signal: key } };
}

async function toReply(response: FullResponse, { request, deadline, used }: Exchange): Promise<HttpReply> {
	const { statusCode: status } = response;
	const headers = headerTexts(response.headers);
	const read = await textOf(response, headers['content-type'], deadline);
	const allHeaders = Object.values(headers).join('\n');
	if (allHeaders.length > MAX_HEADER_CHARACTERS) return headersTooLong(isRead(request));
	const redactor = redactorFor(secretsOf(...used));
	const answer = {
		kind: 'answer',
		status,
		headers: redactor.finds(allHeaders) ? masked(headers, redactor) : headers,
	} as const;
	if (status < 200 || status > 299) return { ...answer, body: redactor.maskAll(parsedBody(read.text)) };

	const problem = textProblem(read);
	if (problem !== null) return { ...answer, body: undefined, unusable: problem };
	const body = parsedBody(read.text);
	if (read.text === '' && status !== 204 && headers['content-length'] !== '0') return brokenOff(isRead(request));
	if (!redactor.finds(read.text)) return { ...answer, body };
	if (hasSecretInId(body, redactor)) return { ...answer, body: undefined, unusable: SECRET_IN_ID };
	return { ...answer, body: redactor.maskAll(body) };
}

function masked(headers: Readonly<Record<string, string>>, redactor: Redactor): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactor.mask(value)]));
}

/** An id with a secret cannot be used: masked it is another id, unmasked it shows the secret. */
const SECRET_IN_ID =
	"one with the credential's password or token in an ID. Change the password, or ask the platform's administrator " +
	'why the platform returns it';

async function textOf(
	{ statusCode, body }: FullResponse,
	contentType: string | undefined,
	deadline: RequestDeadline,
): Promise<ReadText> {
	if (!isByteStream(body)) return { text: typeof body === 'string' ? body : JSON.stringify(body ?? ''), isCut: false };
	void deadline.passed.then(() => body.destroy());
	return await readText(body, statusCode < 300 ? MAX_BYTES : MAX_BYTES_OF_REFUSAL, contentType);
}

/** Closes an answer that is not read. */
function close({ body }: FullResponse): void {
	if (isByteStream(body)) body.destroy();
}

function isRead({ method }: HttpRequest): boolean {
	return method === 'GET';
}

/** The reply for a success without a body that is not declared as empty. */
function brokenOff(isRead: boolean): HttpReply {
	const message = 'The connection broke before the answer was complete';
	return { kind: 'noAnswer', cause: 'reset', maybeApplied: !isRead, code: 'cutShort', message };
}

/** A repeated header (`set-cookie`) is an array; its values are joined. */
function headerTexts(headers: object | undefined): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers ?? {})) {
		texts[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return texts;
}
