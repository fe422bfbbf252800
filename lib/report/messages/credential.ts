/** What the test of the credential says. */

const PREFIX = "It must include the prefix, e.g. '/api/v01/p1' or '/api/v1'.";

export const CREDENTIAL_TEST = {
	passwordChange: 'The password of this account must be changed first. Sign in to the portal once and change it.',
	webPage: `A web page answers at the Base URL, not the API. ${PREFIX}`,
	/**
	 * By status: the registered ones, and those of Cloudflare (520 to 530). n8n shows the reason phrase of the answer for
	 * one without a message. 403 is no failure: an End User gets it for the list of tenants.
	 */
	statuses: [
		[
			'The Base URL leads to another address. Enter the address of the API itself, with https if the API ' +
				'requires it.',
			...[301, 302, 303, 307, 308],
		],
		['APIO does not accept this sign-in. Check the access token, or user and password.', 401],
		[`There is no APIO API at the Base URL. ${PREFIX}`, 404],
		[
			'A proxy between n8n and the platform asks for a sign-in of its own. Ask the administrator of the network.',
			...[407, 511],
		],
		['APIO receives too many requests at the moment. Try again later.', 429],
		[
			'The server at the Base URL is not the APIO API.',
			...[300, 304, 305, 400, 402, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423],
			...[424, 425, 426, 428, 431, 451, 501, 505, 506, 510],
		],
		[
			'The platform fails at the moment. Try again later.',
			...[500, 502, 503, 504, 507, 508, 520, 521, 522, 523, 524, 525, 526, 527, 530],
		],
	] as ReadonlyArray<readonly [message: string, ...statuses: number[]]>,
} as const;
