/** Classifies the errors of n8n's helpers by whether the request can have reached the platform. */

import { isObject, notSent, signInErrorIn, type NoAnswer, type NoAnswerCause } from '../../lib/apio';

interface Explanation {
	readonly cause: NoAnswerCause;
	/** No full stop at its end. */
	readonly message: string;
	readonly advice?: string;
}

/**
 * Characters of all headers of an answer together; Node.js itself takes 16 kB unless it was started with another limit.
 */
export const MAX_HEADER_CHARACTERS = 64 * 1024;

const UNREACHABLE = 'The platform could not be reached';
const LATE = 'The platform did not answer in time';
const HEADERS = "The headers of the platform's answer are too long";

const PROXY = 'Check the host and port of the Base URL in the credential, and whether a proxy changes answers.';

const FIREWALL = 'and whether a firewall or proxy lets n8n through.';

function unreachable(why: string, advice: string): Explanation {
	return { cause: 'unreachable', message: `${UNREACHABLE}: ${why}`, advice };
}

/** Codes of Node's network and TLS layers, and of axios, which n8n sends with. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: unreachable(
		'nothing answers at the Base URL',
		'Check the host and port of the Base URL in the credential, and whether APIO is running there.',
	),
	ENOTFOUND: unreachable(
		'the host of the Base URL is not known',
		'Check the spelling of the host in the credential, and whether the server of n8n can look it up (DNS, VPN).',
	),
	EAI_AGAIN: unreachable(
		'the name server does not answer',
		'Try again later. If the error persists, check the DNS and the network of the server of n8n.',
	),
	EHOSTUNREACH: unreachable(
		'there is no route to the host',
		`Check the host of the Base URL in the credential, the network of the server of n8n, ${FIREWALL}`,
	),
	ENETUNREACH: unreachable(
		'there is no route to its network',
		`Check the network of the server of n8n (VPN, routes), ${FIREWALL}`,
	),
	EPROTO: unreachable(
		'no secure connection could be made',
		'Check the Base URL in the credential: the server at its port may not use TLS (then the Base URL begins with ' +
			'http://), or may be another service.',
	),
	ERR_INVALID_URL: unreachable('the Base URL is not an address', 'Correct the Base URL in the credential.'),
	ECONNABORTED: { cause: 'timeout', message: LATE },
	ETIMEDOUT: { cause: 'timeout', message: LATE },
	ERR_INVALID_CHAR: {
		cause: 'signIn',
		message: 'The access token has an invalid character',
		advice: "Enter it again in the credential's 'Access Token'.",
	},
	HPE_HEADER_OVERFLOW: {
		cause: 'reset',
		message: `${HEADERS}: more than n8n accepts (16 kB, or its --max-http-header-size)`,
		advice: PROXY,
	},
	// A request that was sent is never cancelled (abort-before-send.ts).
	ERR_CANCELED: { cause: 'stopped', message: 'The execution was cancelled before the request was sent' },
};

const TOO_SLOW = unreachable(
	'connecting took too long',
	`Check the host and port of the Base URL in the credential, ${FIREWALL}`,
);

const TRUST =
	'Have it issued by an authority that the server of n8n trusts. Or, on a network that you trust, turn on ' +
	"'Ignore SSL Issues (Insecure)' in the credential.";

const TLS_PROBLEMS: Readonly<Record<string, readonly [why: string, advice: string]>> = {
	CERT_HAS_EXPIRED: ['has expired', 'Have it renewed.'],
	CERT_NOT_YET_VALID: [
		'is not valid yet',
		'Check the clock of the server of n8n, or have the certificate issued anew.',
	],
	ERR_TLS_CERT_ALTNAME_INVALID: [
		'is for another host',
		'Enter the host that the certificate names in the Base URL of the credential.',
	],
	HOSTNAME_MISMATCH: [
		'is for another host',
		'Enter the host that the certificate names in the Base URL of the credential.',
	],
	DEPTH_ZERO_SELF_SIGNED_CERT: ['is not trusted, because it is self-signed', TRUST],
	SELF_SIGNED_CERT_IN_CHAIN: ['is not trusted, because its chain has a self-signed certificate', TRUST],
};

function untrusted(code: string): Explanation {
	const [why, advice] = TLS_PROBLEMS[code] ?? ['is not trusted', TRUST];
	return { cause: 'unreachable', message: `The TLS certificate of the platform ${why}`, advice };
}

/** Detected before anything is sent. */
const TLS_CODE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH)/;
/**
 * Errors of OpenSSL on a connection that has carried the request. During the handshake, Node gives EPROTO instead.
 */
const TLS_BROKEN_CODE = /^ERR_SSL_/;
/** The parser of HTTP, at the first line of an answer and after it. */
const HTTP_BEGIN_CODE = /^HPE_INVALID_(CONSTANT|VERSION)$/;
const HTTP_CODE = /^HPE_/;
/** What unpacks gzip, deflate, brotli and zstd; `Z_BUF_ERROR` is one that ends too early. */
const UNPACKING_CODE = /^(Z_(?!BUF_ERROR)|ERR__|ERR_BROTLI|ZSTD_)/;
/** Messages of n8n if its own settings forbid a request. */
const BLOCKED_BY_N8N = /restricted ip|domain not allowed|not allowed domain/i;
const BLOCKED = unreachable(
	"n8n's own settings forbid this address",
	'Ask the administrator of n8n to allow it (N8N_SSRF_ALLOWED_IP_RANGES).',
);
const BROKEN: Explanation = { cause: 'reset', message: 'The connection broke before the answer was complete' };
const TLS_BROKEN: Explanation = {
	cause: 'reset',
	message: 'The secure connection (TLS) broke before the answer was complete',
};

const NO_HTTP: Explanation = {
	cause: 'reset',
	message: 'The server at the Base URL does not follow HTTP',
	advice:
		'Check the host and port of the Base URL in the credential, and whether it has to begin with https://. A proxy ' +
		'may also change answers.',
};
const MALFORMED: Explanation = {
	cause: 'reset',
	message: "The platform's answer is damaged: it breaks the rules of HTTP",
	advice: PROXY,
};
const NOT_UNPACKED: Explanation = {
	cause: 'reset',
	message: "The platform's answer could not be unpacked: its header Content-Encoding does not fit it",
	advice: PROXY,
};

/** @param isRead reads change nothing, so whether one arrived does not matter */
export function noAnswer(error: unknown, isRead: boolean): NoAnswer {
	const signIn = signInErrorIn(error);
	if (signIn) {
		const isTransient = signIn.problem === 'unreachable' || signIn.problem === 'unavailable';
		const code = `signIn-${signIn.problem}`;
		return {
			kind: 'noAnswer',
			cause: isTransient ? 'unreachable' : 'signIn',
			maybeApplied: false,
			code,
			message: signIn.message,
			...(signIn.putOffBy && { putOffBy: signIn.putOffBy }),
		};
	}
	const { code } = networkError(error);
	const { cause, message, advice } = connectionExplanation(error);
	if (cause === 'stopped') return notSent({ problem: 'cancelled' });
	const mayBeSent = cause !== 'unreachable' && cause !== 'signIn';
	return {
		kind: 'noAnswer',
		cause,
		maybeApplied: mayBeSent && !isRead,
		code: code ?? cause,
		message,
		...(advice && { advice }),
	};
}

/** The reply if the answer was not complete at the deadline. */
export function deadlinePassed(isRead: boolean): NoAnswer {
	return { kind: 'noAnswer', cause: 'timeout', maybeApplied: !isRead, code: 'timeout', message: LATE };
}

export function headersTooLong(isRead: boolean): NoAnswer {
	const message = `${HEADERS}: more than ${MAX_HEADER_CHARACTERS / 1024} kB`;
	return { kind: 'noAnswer', cause: 'reset', maybeApplied: !isRead, code: 'headersTooLong', message, advice: PROXY };
}

/** Explains a failed connection. */
export function connectionExplanation(error: unknown): Explanation {
	const { code, syscall } = networkError(error);
	if (code === undefined) return error instanceof Error && BLOCKED_BY_N8N.test(error.message) ? BLOCKED : BROKEN;
	if (TLS_CODE.test(code)) return untrusted(code);
	if (TLS_BROKEN_CODE.test(code)) return TLS_BROKEN;
	if (UNPACKING_CODE.test(code)) return NOT_UNPACKED;
	// The connection itself timed out: nothing was sent.
	if (code === 'ETIMEDOUT' && syscall === 'connect') return TOO_SLOW;
	if (Object.hasOwn(EXPLANATIONS, code)) return EXPLANATIONS[code];
	if (HTTP_BEGIN_CODE.test(code)) return NO_HTTP;
	return HTTP_CODE.test(code) ? MALFORMED : BROKEN;
}

/** The innermost error with a code: n8n wraps axios, and axios wraps Node. */
function networkError(error: unknown): { code?: string; syscall?: string } {
	let found: { code?: string; syscall?: string } = {};
	for (let inner = error, depth = 0; isObject(inner) && depth < 5; inner = inner.cause, depth++) {
		const { code, syscall, errors } = inner;
		// An array: connecting failed for every address of the host.
		const connecting = syscall === 'connect' || Array.isArray(errors);
		if (typeof code === 'string') found = { code, syscall: connecting ? 'connect' : undefined };
	}
	return found;
}
