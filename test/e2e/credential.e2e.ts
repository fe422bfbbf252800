/** The credential's Test button in a real n8n, for each way to sign in. */

import { describe, expect, test } from '@jest/globals';
import { apioCredential, SIGN_IN_METHODS, type SignInMethod } from './support/credentials';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';

const n8n = useN8n();
const simulator = useSimulator();

async function pressTest(method: SignInMethod, different: Readonly<Record<string, unknown>> = {}) {
	const credential = apioCredential(simulator(), method, different);
	const { id } = await n8n().rest.createCredential(credential);
	return await n8n().rest.testCredential({ id, ...credential });
}

describe('credential test', () => {
	test.each(SIGN_IN_METHODS)('%s: accepted', async (method) => {
		expect(await pressTest(method)).toMatchObject({ status: 'OK' });
	});

	test.each(SIGN_IN_METHODS)('%s: a wrong secret is reported and never repeated', async (method) => {
		const wrong = ['never', 'to', 'be', 'shown'].join('-');
		const result = await pressTest(method, { accessToken: wrong, password: wrong });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/password|access token/i);
		expect(JSON.stringify(result)).not.toContain(wrong);
	});

	test.each(SIGN_IN_METHODS)('%s: a Base URL without its prefix is reported', async (method) => {
		const result = await pressTest(method, { baseUrl: simulator().url });
		expect(result.status).toBe('Error');
		expect(result.message).toContain('/api/v');
	});

	test.each(SIGN_IN_METHODS)('%s: the message says why nothing answers', async (method) => {
		// A port that no server listens on: nobody but the system may take it.
		const closed = await pressTest(method, { baseUrl: 'http://127.0.0.1:1/api/v1' });
		expect(closed).toMatchObject({ status: 'Error' });
		expect(closed.message).toContain('nothing answers at the Base URL. Check the host and port');
		const plain = await pressTest(method, { baseUrl: simulator().coreUrl.replace('http:', 'https:') });
		expect(plain).toMatchObject({ status: 'Error' });
		expect(plain.message).toContain('no secure connection could be made. Check the Base URL');
	});
});
