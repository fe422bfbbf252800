/** The credential of each way to sign in, for the simulator's first account. */

import type { Simulator } from '../../../simulator';
import type { CredentialData } from '../../../tools/n8n';

export const SIGN_IN_METHODS = ['accessToken', 'corePassword', 'gatewayPassword'] as const;

export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

export function apioCredential(
	simulator: Simulator,
	method: SignInMethod,
	different: Readonly<Record<string, unknown>> = {},
): CredentialData {
	const { username, password, m2mToken } = simulator.account;
	const proof = method === 'accessToken' ? { accessToken: m2mToken } : { username, password };
	const baseUrl = method === 'gatewayPassword' ? simulator.gatewayUrl : simulator.coreUrl;
	return {
		name: `APIO by ${method}`,
		type: 'apioApi',
		data: { baseUrl, signInMethod: method, ...proof, ...different },
	};
}

/** A resource locator with an id typed by hand. */
export function byId(value: string): Readonly<Record<string, unknown>> {
	return { __rl: true, mode: 'id', value };
}
