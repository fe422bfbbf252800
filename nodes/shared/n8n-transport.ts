/** The real transport: requests to APIO through n8n's own helpers, signed in by the credential. */

import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { complaintAboutBaseUrl, normalBaseUrl } from '../../lib/apio/base-url';
import type { CriteriaPlace } from '../../lib/apio/client';
import { isObject } from '../../lib/apio/json';
import { untilDeparture } from '../../lib/apio/sign-in/departure';
import { SignInError } from '../../lib/apio/sign-in/sign-in-error';
import type { HttpAnswer, HttpReply, HttpRequest, Transport } from '../../lib/apio/transport';
import { noAnswer, notSent } from '../../lib/apio/transport-failure';
import { cancelled } from '../../lib/stop';
import { n8nClock } from './clock';
import { HeldCredential } from './held-credential';
import { secretsOf, withoutSecrets } from './redaction';

export const CREDENTIAL = 'apioApi';

/** 60 s: a long list of a busy platform may take that long; n8n's own 300 s would hold a lane for minutes on a lost answer. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** What the transport needs of a node's functions: both a running node and an open list picker have it. */
export type ApioContext = IExecuteFunctions | ILoadOptionsFunctions;

/** The node's functions as n8n's request helpers use them; the credential comes with each request. */
type Caller = Pick<ApioContext, 'helpers' | 'getNode' | 'logger'> & Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

/** What n8n's helpers answer with when the full response is asked for. */
interface FullResponse {
	readonly body: unknown;
	readonly headers?: object;
	readonly statusCode: number;
}

/** The credential as one request was sent with it: as it was handed to n8n, and as n8n has it after that. */
type Used = ICredentialDataDecryptedObject[];

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
export async function connect(context: ApioContext, { signal, timeoutMs = REQUEST_TIMEOUT_MS }: ConnectOptions = {}): Promise<Connection> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const given = String(credentials.baseUrl ?? '');
	const complaint = complaintAboutBaseUrl(given);
	if (complaint) {
		const description = "Open the credential and enter the address with the API's prefix, e.g. https://apio.example.com/api/v1";
		throw new NodeOperationError(context.getNode(), `The 'Base URL' of the credential ${complaint}`, { description });
	}
	const baseUrl = normalBaseUrl(given);
	const held = new HeldCredential(credentials, async () => await readAnew(context, baseUrl), n8nClock.now);
	return {
		transport: n8nTransport(callerOf(context, signal), held, baseUrl, timeoutMs),
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
	if (credentials === null) throw new SignInError('unavailable', 'n8n could not read the credential. Check that it still exists, then run the node again.');
	if (normalBaseUrl(String(credentials.baseUrl ?? '')) === baseUrl) return credentials;
	throw new SignInError('wrongAddress', "The 'Base URL' of the credential was changed while the node ran. Run it again.");
}

/** n8n's helper gives every request the execution's cancel signal where it finds one; it is to find ours (see `untilDeparture`). */
function callerOf(context: ApioContext, signal: AbortSignal | undefined): Caller {
	const held = signal && untilDeparture(signal);
	return {
		helpers: context.helpers,
		getNode: context.getNode.bind(context),
		logger: context.logger,
		...(held ? { getExecutionCancelSignal: () => held } : {}),
	};
}

function n8nTransport(caller: Caller, held: HeldCredential, baseUrl: string, timeout: number): Transport {
	const { ignoreSslIssues, signInMethod } = held.first;
	const anyCertificate = ignoreSslIssues === true;
	const signsInAgain = signInMethod !== 'accessToken';

	/** n8n's helpers also take the credential from whoever calls them. */
	const asCaller = async <T>(used: Used, work: (self: IAllExecuteFunctions) => Promise<T>): Promise<T> =>
		await held.during(async (credential) => {
			used.push({ ...credential }, credential);
			const getCredentials = (async () => credential) as ApioContext['getCredentials'];
			return await work({ ...caller, getCredentials } as IAllExecuteFunctions);
		});

	const plain = async ({ method, path, query, body }: HttpRequest, used: Used): Promise<FullResponse> => {
		const options: IHttpRequestOptions = {
			method,
			url: baseUrl + path,
			json: true,
			returnFullResponse: true,
			// A 401 has to be thrown, because that is what makes n8n renew the session.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			// A redirect would lose the body of a write and could carry the sign-in elsewhere.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
		};
		if (query) options.qs = query;
		if (body) options.body = body;
		if (anyCertificate) options.skipSslCertificateValidation = true;
		return await asCaller(used, async (self) => (await self.helpers.httpRequestWithAuthentication.call(self, CREDENTIAL, options)) as FullResponse);
	};

	/** The one way through n8n's helpers on which the body of a GET arrives; it does not throw on any status. */
	const withGetBody = async ({ method, path, query, body }: HttpRequest, used: Used): Promise<FullResponse> => {
		const options: Parameters<IAllExecuteFunctions['helpers']['requestWithAuthenticationPaginated']>[0] = {
			method,
			uri: baseUrl + path,
			qs: query ?? {},
			body,
			json: true,
			followRedirect: false,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
		};
		if (anyCertificate) options.rejectUnauthorized = false;
		// Looking for the same page again and again, n8n stumbles over an answer without a body, unless it takes it for a file.
		const onePage = { continue: false, request: {}, requestInterval: 0, binaryResult: true };
		return await asCaller(used, async (self) => {
			const [page] = (await self.helpers.requestWithAuthenticationPaginated.call(self, options, 0, onePage, CREDENTIAL)) as FullResponse[];
			return page;
		});
	};

	const getWithBody = async (request: HttpRequest, used: Used): Promise<FullResponse> => {
		const first = await withGetBody(request, used);
		if (first.statusCode !== 401 || !signsInAgain) return first;
		// This way through n8n does not renew a lost session; the same read without criteria does.
		await plain({ method: request.method, path: request.path }, used);
		return await withGetBody(request, used);
	};

	const exchange = async (request: HttpRequest, used: Used): Promise<FullResponse> => {
		const sending = request.method === 'GET' && request.body !== undefined ? getWithBody(request, used) : plain(request, used);
		return await sending.catch(async (error: unknown) => responseIn(error) ?? (await Promise.reject(error)));
	};

	/** Where what was held is out of date: somebody entered a new token, or another run has renewed the session, and that is lost as well. */
	const withWhatIsNew = async (request: HttpRequest, used: Used): Promise<FullResponse> => {
		const response = await exchange(request, used);
		if (response.statusCode !== 401) return response;
		const now = await held.readAgain();
		const isNew = (['accessToken', 'sessionToken'] as const).some((name) => now[name] !== used[0][name]);
		return isNew ? await exchange(request, used) : response;
	};

	const toReply = ({ statusCode: status, headers, body }: FullResponse, isRead: boolean, used: Used): HttpReply => {
		const answer: HttpAnswer = { kind: 'answer', status, headers: headerTexts(headers), body: body === '' || body === null ? undefined : body };
		if (isCutShort(answer)) return brokenOff(isRead);
		if (status < 400) return answer;
		return { ...answer, body: withoutSecrets(answer.body, secretsOf(...used)) };
	};

	return async (request) => {
		if (request.signal?.aborted) return notSent(cancelled());
		const isRead = request.method === 'GET';
		const used: Used = [];
		try {
			return toReply(await withWhatIsNew(request, used), isRead, used);
		} catch (error) {
			return noAnswer(error, isRead);
		}
	};
}

/**
 * A success of which nothing arrived although the platform did not say that it is empty: n8n hands over an empty text when
 * the connection breaks off in the body.
 */
function isCutShort({ status, headers, body }: HttpAnswer): boolean {
	return status >= 200 && status <= 299 && status !== 204 && body === undefined && headers['content-length'] !== '0';
}

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

/** The platform's answer inside what n8n threw: NodeApiError around AxiosError. */
function responseIn(error: unknown): FullResponse | null {
	for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth++) {
		const { response } = inner as { response?: unknown };
		if (isObject(response) && typeof response.status === 'number') {
			return { statusCode: response.status, headers: response.headers as object, body: response.data };
		}
	}
	return null;
}
