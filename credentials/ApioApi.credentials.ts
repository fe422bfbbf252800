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

import { MOST_BYTES_OF_REFUSAL, isByteStream, parsedBody, readText } from '../nodes/shared/answer-body';
import { complaintAboutBaseUrl, normalBaseUrl, staysWith, wholeAddress } from '../lib/base-url';
import {
	accountKey,
	isObject,
	SessionDesk,
	sessionHeaders,
	sessionOf,
	signIn,
	SignInError,
	type Account,
	type SignInHttp,
	type SignInMethod,
} from '../lib/apio';
import { asMeant } from '../lib/pasted';
import { abortBeforeSend } from '../nodes/shared/abort-before-send';
import { reread, staleSession } from '../nodes/shared/reread-credential';
import { noAnswer, tooLate } from '../nodes/shared/transport-failure';

/** 20 s: twice the connection time-out that APIO Core grants its own gateways. */
const SIGN_IN_TIMEOUT_MS = 20_000;

/**
 * Statuses on which the test fails; 403 is not among them, because it is what an End User gets for the list of tenants.
 */
const TEST_FAILS_ON = [301, 302, 303, 307, 308, 400, 401, 404, 405, 406, 410, 416, 429, 500, 502, 503, 504];

/** 20 s: whoever tests a credential sits and waits. */
const TEST_TIMEOUT_MS = 20_000;

/** As n8n's two ways of sending take them: the older one names the address and redirects differently. */
type SentOptions = IHttpRequestOptions & { uri?: string; followRedirect?: boolean; followAllRedirects?: boolean };

/** For all executions of this process. */
const desk = new SessionDesk();

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
					description: "The account's machine-to-machine token from APIO Core; the best choice where there is one",
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
			description: 'How filters of read operations travel. Results are filtered again in n8n, whichever is chosen.',
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
		options.headers = { ...requestOptions.headers, ...proofOf(credentials) };
		if (credentials.ignoreSslIssues === true) options.skipSslCertificateValidation = true;
		// Nobody but the platform is shown the sign-in, whoever the platform may name; both ways of n8n's helpers have
		// their own words.
		options.disableFollowRedirect = true;
		options.followRedirect = false;
		options.followAllRedirects = false;
		abortBeforeSend(options);
		// The credential's test is the one request of n8n's own that comes without.
		options.abortSignal ??= AbortSignal.timeout(TEST_TIMEOUT_MS);
		return options;
	};

	/**
	 * The list of tenants: the one address that needs no id. 200 and 403 both come only after the sign-in was accepted.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/tenants/',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: TEST_FAILS_ON },
		},
		// n8n looks at the rules of each kind where they apply; its type wants one kind only.
		rules: [
			rule(401, 'APIO does not accept this sign-in. Check the access token, or user and password.'),
			rule(404, "There is no APIO API at the Base URL. It must include the prefix, e.g. '/api/v01/p1' or '/api/v1'."),
			...[301, 302, 303, 307, 308].map((status) =>
				rule(
					status,
					'The Base URL leads to another address. Enter the address that the API itself answers at, with ' +
						'https if it asks for it.',
				),
			),
			// Each status has its rule, because n8n would show the reason phrase of the answer for the others.
			...[400, 405, 406, 410, 416].map((status) => rule(status, 'What answers at the Base URL is not the APIO API.')),
			rule(429, 'APIO receives too many requests at the moment. Try again later.'),
			...[500, 502, 503, 504].map((status) => rule(status, 'The platform fails at the moment. Try again later.')),
			bodyRule(
				'error_code',
				1,
				'The password of this account must be changed first. Sign in to the portal once and change it.',
			),
			// The first character of a page of HTML.
			bodyRule(
				'0',
				'<',
				"A web page answers at the Base URL, not the API. It must include the prefix, e.g. '/api/v01/p1' or '/api/v1'.",
			),
		] as ICredentialTestRequest['rules'],
	};

	/**
	 * Called by n8n when there is no session, after a 401, and for the credential test. A session that another process
	 * has stored meanwhile is taken over. An access token needs no session: an answer without `sessionToken` tells n8n
	 * that nothing has changed.
	 *
	 * @throws SignInError
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const complaint = complaintAboutBaseUrl(String(credentials.baseUrl ?? ''));
		if (complaint) throw new SignInError('wrongAddress', `The Base URL ${complaint}.`);
		// Before the credential is read again, because n8n asks for a token's session, which it never gets, at every
		// request.
		if (credentials.signInMethod === 'accessToken') return {};
		const stale = staleSession(credentials);
		await reread(credentials);
		if (credentials.signInMethod === 'accessToken') return {};
		const account = accountOf(credentials);
		const stored = String(credentials.sessionToken ?? '');
		const http = signInHttp(this.helpers, credentials.ignoreSslIssues === true, account.baseUrl);
		const renewed = stored === stale ? null : sessionOf(stored, accountKey(account));
		const session = await desk.renew(
			account,
			stale,
			async () => renewed ?? (await signIn(account, stored, http, Date.now())),
		);
		if (session instanceof SignInError) throw session;
		return { sessionToken: session };
	}
}

/**
 * The one address that is checked and sent to.
 *
 * @throws SignInError where it is not the platform's: the sign-in must not get there
 */
function addressedBy(
	{ baseURL, url, uri }: SentOptions,
	credentials: ICredentialDataDecryptedObject,
): Partial<SentOptions> {
	const address = wholeAddress(baseURL && normalBaseUrl(baseURL), String(uri ?? url ?? ''));
	if (!staysWith(String(credentials.baseUrl ?? ''), address)) {
		throw new SignInError(
			'wrongAddress',
			'The request is for another host than that of the Base URL, so the sign-in was not sent with it. ' +
				'Check the Base URL in the credential.',
		);
	}
	return { baseURL: undefined, ...(uri === undefined ? { url: address } : { uri: address }) };
}

function proofOf(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	if (credentials.signInMethod === 'accessToken')
		return { Authorization: `Bearer ${asMeant(String(credentials.accessToken))}` };
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

function signInHttp(helpers: IHttpRequestHelper['helpers'], anyCertificate: boolean, baseUrl: string): SignInHttp {
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
				skipSslCertificateValidation: anyCertificate,
				timeout: SIGN_IN_TIMEOUT_MS,
				abortSignal: deadline,
			});
			const {
				statusCode,
				body: content,
				headers: received,
			} = answer as { statusCode: number; body: unknown; headers: unknown };
			const setCookie = isObject(received) ? received['set-cookie'] : undefined;
			return { kind: 'answer', status: statusCode, body: await contentOf(content, deadline), setCookie };
		} catch (error) {
			return deadline.aborted ? tooLate(true) : noAnswer(error, true);
		}
	};
}

/** @throws where the connection breaks off, or the time is over */
async function contentOf(content: unknown, deadline: AbortSignal): Promise<unknown> {
	if (!isByteStream(content)) return content;
	const close = () => content.destroy();
	deadline.addEventListener('abort', close);
	const { text } = await readText(content, MOST_BYTES_OF_REFUSAL);
	deadline.removeEventListener('abort', close);
	return parsedBody(text);
}

function rule(value: number, message: string) {
	return { type: 'responseCode', properties: { value, message } } as const;
}

function bodyRule(key: string, value: unknown, message: string) {
	return { type: 'responseSuccessBody', properties: { key, value, message } } as const;
}
