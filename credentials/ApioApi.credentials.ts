import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { MAX_BYTES_OF_REFUSAL, isByteStream, parsedBody, readText } from '../nodes/shared/answer-body';
import { baseUrlProblem, normalBaseUrl, staysWith, wholeAddress } from '../lib/base-url';
import {
	accountKey,
	connectionError,
	isObject,
	SingleFlightSignIn,
	sessionHeaders,
	sessionOf,
	signIn,
	SignInError,
	type Account,
	type SignInHttp,
	type SignInMethod,
} from '../lib/apio';
import { bearerToken } from '../lib/pasted-text';
import { CREDENTIAL_TEST } from '../lib/report';
import { abortBeforeSend } from '../nodes/shared/abort-before-send';
import { ConnectionProbe } from '../nodes/shared/connection-probe';
import { isCopy, reread, staleSessionToken } from '../nodes/shared/reread-credential';
import { noAnswer, deadlinePassed } from '../nodes/shared/transport-failure';

/** 20 s: twice the connection time-out that APIO Core grants its own gateways. */
const SIGN_IN_TIMEOUT_MS = 20_000;

/** Pages of HTML often begin with a byte order mark or an empty line. */
const FIRST_CHARACTERS_OF_PAGES = ['<', '\ufeff', '\n', '\r', '\t', ' '];

/** 20 s: the user waits for the result of the test. */
const TEST_TIMEOUT_MS = 20_000;

/** The options of both request helpers of n8n; the older one has other names for the address and for redirects. */
type SentOptions = IHttpRequestOptions & { uri?: string; followRedirect?: boolean; followAllRedirects?: boolean };

/** Both are shared by all executions of this process. */
const singleFlight = new SingleFlightSignIn();
const connectionProbe = new ConnectionProbe();

export class ApioApi implements ICredentialType {
	name = 'apioApi';

	displayName = 'APIO API';

	icon: Icon = { light: 'file:../icons/apio.svg', dark: 'file:../icons/apio.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-apio/n8n-nodes-apio#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://apio.example.com/api/v01/p1',
			description:
				"Address of the API including its prefix: '/api/v01/p1' (or p2, …) through APIO Core, '/api/v1' " +
				'directly at the gateway',
		},
		{
			displayName: 'Sign-In Method',
			name: 'signInMethod',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: "The account's machine-to-machine token from APIO Core; the best choice if you have one",
				},
				{
					name: 'User and Password at APIO Core',
					value: 'corePassword',
					description: "For a Base URL with '/api/v01/p1' or similar",
				},
				{
					name: 'User and Password at the Gateway',
					value: 'gatewayPassword',
					description: "For a Base URL with '/api/v1'",
				},
			],
			default: 'accessToken',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { signInMethod: ['accessToken'] } },
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. integration@example.com',
			displayOptions: { show: { signInMethod: ['corePassword', 'gatewayPassword'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { signInMethod: ['corePassword', 'gatewayPassword'] } },
		},
		{
			displayName: 'Send Search Criteria As',
			name: 'searchCriteriaIn',
			type: 'options',
			options: [
				{ name: 'JSON Body', value: 'body', description: 'As the API documents it' },
				{
					name: 'Query String',
					value: 'query',
					description: 'For platforms behind a proxy that drops the body of a GET request',
				},
			],
			default: 'body',
			description: 'How to send the filters of read operations. In both cases n8n filters the results again.',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even if the TLS certificate of the platform cannot be verified, for example ' +
				'because it is self-signed',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * A function, because n8n evaluates expressions anew for every request, which costs as much as the request itself.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const options: SentOptions = { ...requestOptions, ...addressedBy(requestOptions, credentials) };
		options.headers = { ...requestOptions.headers, ...authHeaders(credentials) };
		if (credentials.ignoreSslIssues === true) options.skipSslCertificateValidation = true;
		// A redirect could carry the sign-in to another host. Each of n8n's helpers has its own options against it.
		options.disableFollowRedirect = true;
		options.followRedirect = false;
		options.followAllRedirects = false;
		abortBeforeSend(options);
		// Only the request of the credential test has no signal yet.
		options.abortSignal ??= AbortSignal.timeout(TEST_TIMEOUT_MS);
		return options;
	};

	/**
	 * The list of tenants is the only address without an id. The platform answers 200 and 403 only to an accepted
	 * sign-in.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/tenants/',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: CREDENTIAL_TEST.statuses.flatMap(([, ...statuses]) => statuses) },
		},
		// n8n accepts rules of both kinds; its type allows only one.
		rules: [
			...CREDENTIAL_TEST.statuses.flatMap(([message, ...statuses]) => statuses.map((status) => rule(status, message))),
			bodyRule('error_code', 1, CREDENTIAL_TEST.passwordChange),
			...FIRST_CHARACTERS_OF_PAGES.map((character) => bodyRule('0', character, CREDENTIAL_TEST.webPage)),
		] as ICredentialTestRequest['rules'],
	};

	/**
	 * Called by n8n when there is no session, after a 401, and for the credential test. A session that another process
	 * has stored meanwhile is taken over. An access token needs no session: an answer without `sessionToken` tells n8n
	 * that nothing has changed. Its connection is tried first, because of a failed one n8n's test shows the code alone.
	 *
	 * @throws SignInError
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const problem = baseUrlProblem(String(credentials.baseUrl ?? ''));
		if (problem) throw new SignInError('wrongAddress', `The Base URL ${problem}.`);
		// n8n calls this before every request of an access token, so it returns before the costly second read.
		if (credentials.signInMethod === 'accessToken') {
			if (!isCopy(credentials)) await tryConnection(this.helpers, credentials);
			return {};
		}
		const stale = staleSessionToken(credentials);
		await reread(credentials);
		if (credentials.signInMethod === 'accessToken') return {};
		const account = accountOf(credentials);
		const stored = String(credentials.sessionToken ?? '');
		const http = signInHttp(this.helpers, credentials.ignoreSslIssues === true, account.baseUrl);
		const renewed = stored === stale ? null : sessionOf(stored, accountKey(account));
		const token = await singleFlight.renew(
			account,
			stale,
			async () => renewed ?? (await signIn(account, stored, http, Date.now())),
		);
		if (token instanceof SignInError) throw token;
		return { sessionToken: token };
	}
}

/**
 * The address of a request, checked.
 *
 * @throws SignInError if it is of another host than the Base URL: the sign-in must not be sent there
 */
function addressedBy(
	{ baseURL, url, uri }: SentOptions,
	credentials: ICredentialDataDecryptedObject,
): Partial<SentOptions> {
	const address = wholeAddress(baseURL && normalBaseUrl(baseURL), String(uri ?? url ?? ''));
	if (!staysWith(String(credentials.baseUrl ?? ''), address)) {
		throw new SignInError(
			'wrongAddress',
			'The request is for another host than the Base URL, so the sign-in was not sent. ' +
				'Check the Base URL in the credential.',
		);
	}
	return { baseURL: undefined, ...(uri === undefined ? { url: address } : { uri: address }) };
}

function authHeaders(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	if (credentials.signInMethod === 'accessToken')
		return { Authorization: `Bearer ${bearerToken(String(credentials.accessToken))}` };
	const session = sessionOf(credentials.sessionToken, accountKey(accountOf(credentials)));
	return session ? sessionHeaders(session) : {};
}

function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	return {
		baseUrl: normalBaseUrl(String(credentials.baseUrl)),
		method: credentials.signInMethod as SignInMethod,
		username: String(credentials.username ?? ''),
		password: String(credentials.password ?? ''),
	};
}

/** @throws SignInError if nothing answers at the Base URL; whatever answers is for the request itself to judge */
async function tryConnection(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
): Promise<void> {
	const baseUrl = normalBaseUrl(String(credentials.baseUrl));
	const ignoreSslIssues = credentials.ignoreSslIssues === true;
	const http = signInHttp(helpers, ignoreSslIssues, baseUrl);
	const problem = await connectionProbe.problem(`${baseUrl} ${ignoreSslIssues}`, async () => {
		const answer = await http({ method: 'GET', url: `${baseUrl}/tenants/`, headers: {} });
		return answer.kind === 'noAnswer' ? connectionError(answer, baseUrl) : null;
	});
	if (problem) throw problem;
}

function signInHttp(helpers: IHttpRequestHelper['helpers'], ignoreSslIssues: boolean, baseUrl: string): SignInHttp {
	return async ({ method, url, headers, body }) => {
		if (!staysWith(baseUrl, url))
			return noAnswer(new SignInError('wrongAddress', 'The Base URL leads to another host when signing in.'), true);
		const deadline = AbortSignal.timeout(SIGN_IN_TIMEOUT_MS);
		try {
			const answer: unknown = await helpers.httpRequest({
				method,
				url,
				headers: { ...headers },
				body,
				json: true,
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				skipSslCertificateValidation: ignoreSslIssues,
				timeout: SIGN_IN_TIMEOUT_MS,
				abortSignal: deadline,
			});
			const {
				statusCode,
				body: content,
				headers: received,
			} = answer as { statusCode: number; body: unknown; headers: unknown };
			const responseHeaders = isObject(received) ? received : {};
			return { kind: 'answer', status: statusCode, body: await contentOf(content, deadline), headers: responseHeaders };
		} catch (error) {
			return deadline.aborted ? deadlinePassed(true) : noAnswer(error, true);
		}
	};
}

/** @throws if the connection breaks, or after the deadline */
async function contentOf(content: unknown, deadline: AbortSignal): Promise<unknown> {
	if (!isByteStream(content)) return content;
	const close = () => content.destroy();
	deadline.addEventListener('abort', close);
	const { text } = await readText(content, MAX_BYTES_OF_REFUSAL);
	deadline.removeEventListener('abort', close);
	return parsedBody(text);
}

function rule(value: number, message: string) {
	return { type: 'responseCode', properties: { value, message } } as const;
}

function bodyRule(key: string, value: unknown, message: string) {
	return { type: 'responseSuccessBody', properties: { key, value, message } } as const;
}
