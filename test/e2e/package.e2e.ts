/** The packed package in n8n: what the editor and the AI tools find. */

import { describe, expect, test } from '@jest/globals';
import { useN8n } from './support/use-n8n';

const n8n = useN8n();

describe('the package in n8n', () => {
	test.each([
		'apioCallCenter',
		'apioCallCenterSync',
		'apioCallCenterTrigger',
		'apioCallCenterTool',
		'apioCallCenterSyncTool',
	])('%s is there', async (name) => {
		expect(await n8n().rest.nodeTypes()).toContain(`n8n-nodes-apio.${name}`);
	});

	test('the credential is there', async () => {
		expect(await n8n().rest.credentialTypes()).toContain('apioApi');
	});

	test.each(['apio.svg', 'apio.dark.svg'])('the icon %s is served', async (icon) => {
		const response = await fetch(`${n8n().baseUrl}/icons/n8n-nodes-apio/dist/icons/${icon}`);
		expect(response.status).toBe(200);
		expect(await response.text()).toContain('<svg');
	});
});
