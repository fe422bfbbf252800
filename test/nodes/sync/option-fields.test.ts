/* eslint-disable @n8n/community-nodes/no-restricted-imports -- takes n8n's lint from where the package's own has it */
/**
 * n8n's lint looks at parameters that are written out in a node's files. The options come from tables, so they are
 * written out here, and looked at by the same rules.
 */

import { createRequire } from 'node:module';

import { expect, it } from '@jest/globals';

import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';

interface Complaint {
	readonly ruleId: string | null;
	readonly message: string;
	readonly line: number;
}

const ofLint = createRequire(require.resolve('@n8n/node-cli/eslint'));
const { Linter } = ofLint('eslint') as {
	Linter: new () => { verify: (code: string, config: object, file: string) => Complaint[] };
};
const plugin = ofLint('eslint-plugin-n8n-nodes-base') as { configs: { nodes: { rules: object } } };

const { properties } = new ApioCallCenterSync().description;

function complaintsAbout(parameters: unknown): string[] {
	const code = `export const parameters = ${JSON.stringify(parameters, null, '\t')};\n`.replace(/"(\w+)":/g, '$1:');
	const config = { plugins: { 'n8n-nodes-base': plugin }, rules: plugin.configs.nodes.rules };
	return new Linter()
		.verify(code, config, 'nodes/parameters.js')
		.map(({ ruleId, message, line }) => `${ruleId}: ${message} ${code.split('\n')[line - 1].trim()}`);
}

it('all options are as n8n wants them', () => {
	const options = properties.filter(({ name }) => name === 'options');
	expect(options).toHaveLength(1);
	expect(complaintsAbout(options)).toEqual([]);
});

it.each([
	['a switch does not say whether', { type: 'boolean', default: false, description: 'Sends more' }, 'Whether'],
	['a number has text as default', { type: 'number', default: 'none' }, 'number'],
	['a title is in small letters', { type: 'string', default: '', displayName: 'limit of all' }, 'title case'],
])('which they are not where %s', (_, wrong, complaint) => {
	const parameter = { displayName: 'Limit', name: 'limitOfAll', description: 'What it is', ...wrong };
	expect(complaintsAbout([parameter]).join()).toContain(complaint);
});
