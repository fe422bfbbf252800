/**
 * Why signing in did not work. The first four need a person; the last two may pass by themselves.
 * - `refused`: wrong user, password or token. `secondFactor`: a code is asked for. `passwordChange`: must be changed
 *   first.
 * - `wrongAddress`: what answers at the Base URL is not the API, or the other sign-in method's API.
 * - `unreachable`: never connected (also TLS). `unavailable`: the platform failed.
 */
export type SignInProblem =
	| 'refused'
	| 'secondFactor'
	| 'passwordChange'
	| 'wrongAddress'
	| 'unreachable'
	| 'unavailable';

const NAME = 'ApioSignInError';

/**
 * Thrown by the credential, because n8n knows no other way; found again by `signInErrorIn`. Has no property `code` or
 * `response`: n8n's credential test would show those instead of the message.
 */
export class SignInError extends Error {
	override readonly name = NAME;

	/**
	 * @param message for people; never holds a secret, nor a word that n8n would replace the message for (`ECONNREFUSED`,
	 * …)
	 */
	constructor(
		readonly problem: SignInProblem,
		message: string,
		/** Headers of the answer, where the platform only put the sign-in off. */
		readonly putOffBy?: Readonly<Record<string, string>>,
	) {
		super(message);
	}
}

/**
 * The sign-in error inside whatever n8n wrapped around it; found by name, as bundles may each have their own class.
 */
export function signInErrorIn(error: unknown): SignInError | null {
	for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth++) {
		if (inner.name === NAME && 'problem' in inner) return inner as SignInError;
	}
	return null;
}
