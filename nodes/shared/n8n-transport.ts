/** The real transport: requests to APIO through n8n's own helpers, signed in by the credential. */

import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import {
	notSent,
	SignInError,
	type CriteriaPlace,
	type HttpReply,
	type HttpRequest,
	type Redactor,
	type Transport,
} from '../../lib/apio';
import { complaintAboutBaseUrl, normalBaseUrl } from '../../lib/base-url';
import { cancelled } from '../../lib/stop';
import { RequestDeadline } from './abort-before-send';
import {
	complaintAboutText,
	isByteStream,
	MOST_BYTES,
	MOST_BYTES_OF_REFUSAL,
	parsedBody,
	readText,
	type ReadText,
} from './answer-body';
import { n8nClock } from './clock';
import { HeldCredential } from './held-credential';
import { hasSecretInId, redactorFor, secretsOf } from './redaction';
import { headersTooLong, MOST_HEADER_CHARACTERS, noAnswer, tooLate } from './transport-failure';

export const CREDENTIAL = 'apioApi';

/**
 * 60 s from a request's leaving to the end of its answer: a long list of a busy platform may take that long; n8n's own
 * 300 s of silence would hold a lane for minutes on a lost answer, and for ever on one that drips.
 */
export const REQUEST_TIMEOUT_MS = 60_000;

/** What the transport needs of a node's functions: both a running node and an open list picker have it. */
export type ApioContext = IExecuteFunctions | ILoadOptionsFunctions;

/** The node's functions as n8n's request helpers use them; the credential comes with each request. */
type Caller = Pick<ApioContext, 'helpers' | 'getNode' | 'logger'>;

/** What n8n's helpers answer with when the full response is asked for. */
interface FullResponse {
	readonly body: unknown;
	readonly headers?: object;
	readonly statusCode: number;
}

/** One request on its way, which may be sent more than once. */
interface Turn {
	readonly request: HttpRequest;
	readonly deadline: RequestDeadline;
	/** The credential as it was sent with: as it was handed to n8n, and as n8n has it after that, each time. */
	readonly used: ICredentialDataDecryptedObject[];
}

export interface Connection {
	readonly transport: Transport;
	/** Without a slash at the end; safe to show. */
	readonly baseUrl: string;
	readonly criteriaIn: CriteriaPlace;
}

export interface ConnectOptions {
	/** Aborts when nothing more is to be sent; what was sent is waited for. */
	readonly signal?: AbortSignal;
	readonly timeoutMs?: number;
}

/** @throws NodeOperationError when the credential's Base URL cannot be one */
export async function connect(
	context: ApioContext,
	{ signal, timeoutMs = REQUEST_TIMEOUT_MS }: ConnectOptions = {},
): Promise<Connection> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const given = String(credentials.baseUrl ?? '');
	const complaint = complaintAboutBaseUrl(given);
	if (complaint) {
		const description =
			"Open the credential and enter the address with the API's prefix, e.g. https://apio.example.com/api/v1";
		throw new NodeOperationError(context.getNode(), `The 'Base URL' of the credential ${complaint}`, { description });
	}
	const baseUrl = normalBaseUrl(given);
	const held = new HeldCredential(credentials, async () => await readAnew(context, baseUrl), n8nClock.now);
	return {
		transport: n8nTransport(callerOf(context), held, { baseUrl, signal, timeout: timeoutMs }),
		baseUrl,
		criteriaIn: credentials.searchCriteriaIn === 'query' ? 'query' : 'body',
	};
}

/**
 * The credential as it is now, while the node runs.
 *
 * @throws SignInError where it cannot be had, or is another platform's: its secrets must not be sent to this one
 */
async function readAnew(context: ApioContext, baseUrl: string): Promise<ICredentialDataDecryptedObject> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL).catch(() => null);
	if (credentials === null)
		throw new SignInError(
			'unavailable',
			'n8n could not read the credential. Check that it still exists, then run the node again.',
		);
	if (normalBaseUrl(String(credentials.baseUrl ?? '')) === baseUrl) return credentials;
	throw new SignInError(
		'wrongAddress',
		"The 'Base URL' of the credential was changed while the node ran. Run it again.",
	);
}

/**
 * Without the execution's cancel signal, which n8n's helper would take: what cancelling means is decided when a
 * request is sent.
 */
function callerOf(context: ApioContext): Caller {
	return { helpers: context.helpers, getNode: context.getNode.bind(context), logger: context.logger };
}

interface Way {
	readonly baseUrl: string;
	readonly signal: AbortSignal | undefined;
	/** Milliseconds. */
	readonly timeout: number;
}

function n8nTransport(caller: Caller, held: HeldCredential, { baseUrl, signal, timeout }: Way): Transport {
	const { ignoreSslIssues, signInMethod } = held.first;
	const anyCertificate = ignoreSslIssues === true;
	const signsInAgain = signInMethod !== 'accessToken';

	const plain = async (self: IAllExecuteFunctions, { request, deadline }: Turn): Promise<FullResponse> => {
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
		if (anyCertificate) options.skipSslCertificateValidation = true;
		return (await self.helpers.httpRequestWithAuthentication.call(self, CREDENTIAL, options)) as FullResponse;
	};

	/** The one way through n8n's helpers on which the body of a GET arrives. */
	const withGetBody = async (self: IAllExecuteFunctions, { request, deadline }: Turn): Promise<FullResponse> => {
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
		if (anyCertificate) options.rejectUnauthorized = false;
		// As binary, because n8n would otherwise read the stream itself, to see whether the same page comes again and
		// again.
		const onePage = { continue: false, request: {}, requestInterval: 0, binaryResult: true };
		const [page] = (await self.helpers.requestWithAuthenticationPaginated.call(
			self,
			options,
			0,
			onePage,
			CREDENTIAL,
		)) as FullResponse[];
		return page;
	};

	/** @param refused the session that the platform has just refused */
	const send = async (turn: Turn, refused?: unknown): Promise<FullResponse> =>
		await held.during(async (credential) => {
			turn.used.push({ ...credential }, credential);
			// n8n's helpers also take the credential from whoever calls them.
			const getCredentials = (async () => credential) as ApioContext['getCredentials'];
			const self = { ...caller, getCredentials } as IAllExecuteFunctions;
			const { method, body } = turn.request;
			return method === 'GET' && body !== undefined ? await withGetBody(self, turn) : await plain(self, turn);
		}, refused);

	const sendAgain = async (turn: Turn, before: FullResponse, refused?: unknown): Promise<FullResponse> => {
		close(before);
		return await send(turn, refused);
	};

	/**
	 * A refusal may be out of date: the session is lost, another run has renewed it and that is lost as well, or a new
	 * token was entered.
	 */
	const exchange = async (turn: Turn): Promise<FullResponse> => {
		let response = await send(turn);
		for (let renewals = 0; signsInAgain && response.statusCode === 401 && renewals < 2; renewals++) {
			response = await sendAgain(turn, response, turn.used[turn.used.length - 1].sessionToken);
		}
		if (signsInAgain || response.statusCode !== 401) return response;
		const { accessToken } = await held.readAgain();
		return accessToken === turn.used[0].accessToken ? response : await sendAgain(turn, response);
	};

	const replyTo = async (turn: Turn): Promise<HttpReply> => {
		try {
			return await toReply(await exchange(turn), turn);
		} catch (error) {
			return noAnswer(error, isRead(turn.request));
		}
	};

	return async (request) => {
		if (request.signal?.aborted) return notSent(cancelled());
		const deadline = new RequestDeadline(signal, () => AbortSignal.timeout(timeout));
		const late = async () => {
			await deadline.passed;
			return tooLate(isRead(request));
		};
		const reply = await Promise.race([replyTo({ request, deadline, used: [] }), late()]);
		deadline.clear();
		// What the connection says when its deadline closes it is not why.
		return deadline.hasPassed && reply.kind === 'noAnswer' ? tooLate(isRead(request)) : reply;
	};
}

/**
 * n8n makes a connection of its own for each request, with these options (net.connect) beside those that its types
 * know.
 */
function connectionOf({ mark }: RequestDeadline): { agentOptions: object } {
	return { agentOptions: { signal: mark } };
}

async function toReply(response: FullResponse, { request, deadline, used }: Turn): Promise<HttpReply> {
	const { statusCode: status } = response;
	const headers = headerTexts(response.headers);
	const read = await textOf(response, deadline);
	const allHeaders = Object.values(headers).join('\n');
	if (allHeaders.length > MOST_HEADER_CHARACTERS) return headersTooLong(isRead(request));
	const redactor = redactorFor(secretsOf(...used));
	const answer = {
		kind: 'answer',
		status,
		headers: redactor.finds(allHeaders) ? masked(headers, redactor) : headers,
	} as const;
	if (status < 200 || status > 299) return { ...answer, body: redactor.maskAll(parsedBody(read.text)) };

	const complaint = complaintAboutText(read);
	if (complaint !== null) return { ...answer, body: undefined, unusable: complaint };
	const body = parsedBody(read.text);
	if (body === undefined && status !== 204 && headers['content-length'] !== '0') return brokenOff(isRead(request));
	if (!redactor.finds(read.text)) return { ...answer, body };
	if (hasSecretInId(body, redactor)) return { ...answer, body: undefined, unusable: SECRET_IN_ID };
	return { ...answer, body: redactor.maskAll(body) };
}

function masked(headers: Readonly<Record<string, string>>, redactor: Redactor): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactor.mask(value)]));
}

/** A masked id would be taken for somebody else's, and one that is not masked would be shown. */
const SECRET_IN_ID =
	"one with the credential's password or token in the id of somebody or something. Change the password, " +
	'or ask why the platform sends it back';

async function textOf({ statusCode, body }: FullResponse, deadline: RequestDeadline): Promise<ReadText> {
	if (!isByteStream(body)) return { text: typeof body === 'string' ? body : JSON.stringify(body ?? ''), isCut: false };
	void deadline.passed.then(() => body.destroy());
	return await readText(body, statusCode < 300 ? MOST_BYTES : MOST_BYTES_OF_REFUSAL);
}

/** Lets go of an answer that nobody reads. */
function close({ body }: FullResponse): void {
	if (isByteStream(body)) body.destroy();
}

function isRead({ method }: HttpRequest): boolean {
	return method === 'GET';
}

/** A success of which nothing arrived although the platform did not say that it is empty. */
function brokenOff(isRead: boolean): HttpReply {
	const message = 'The connection broke before the whole answer had come';
	return { kind: 'noAnswer', cause: 'reset', maybeApplied: !isRead, code: 'cutShort', message };
}

/** Node's HTTP parser gives lower-case names; a header that came several times (`set-cookie`) is a list. */
function headerTexts(headers: object | undefined): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers ?? {})) {
		texts[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	return texts;
}
