/* eslint-disable @n8n/community-nodes/no-restricted-imports -- takes n8n's lint from where the package's own has it */
/**
 * Every word of the panels, held to n8n's UX guidelines: by the rules of n8n's lint, which look at parameters that are
 * written out (here most come from tables and functions), and by those that the lint does not have.
 */

import { createRequire } from 'node:module';

import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { ApioApi } from '../../credentials/ApioApi.credentials';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { ApioCallCenterSync } from '../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { ApioCallCenterTrigger } from '../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';

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

const PANELS = {
	'APIO Call Center': new ApioCallCenter().description.properties,
	'APIO Call Center Sync': new ApioCallCenterSync().description.properties,
	'APIO Call Center Trigger': new ApioCallCenterTrigger().description.properties,
	'APIO API': new ApioApi().properties,
};
const panels = Object.entries(PANELS);

function complaintsAbout(parameters: unknown): string[] {
	const code = `export const parameters = ${JSON.stringify(parameters, null, '\t')};\n`.replace(/"(\w+)":/g, '$1:');
	const config = { plugins: { 'n8n-nodes-base': plugin }, rules: plugin.configs.nodes.rules };
	return new Linter()
		.verify(code, config, 'nodes/parameters.js')
		.map(({ ruleId, message, line }) => `${ruleId}: ${message} ${code.split('\n')[line - 1].trim()}`);
}

it.each(panels)("%s passes n8n's lint as it is shown", (_, parameters) => {
	expect(complaintsAbout(parameters)).toEqual([]);
});

it.each([
	['a switch does not say whether', { type: 'boolean', default: false, description: 'Sends more' }, 'Whether'],
	['a number has text as default', { type: 'number', default: 'none' }, 'number'],
	['a title is in small letters', { type: 'string', default: '', displayName: 'limit of all' }, 'title case'],
])('the lint finds a mistake: %s', (_, wrong, complaint) => {
	const parameter = { displayName: 'Limit', name: 'limitOfAll', description: 'What it is', ...wrong };
	expect(complaintsAbout([parameter]).join()).toContain(complaint);
});

/** Parameters and fields, those in collections included. */
function fieldsIn(parameters: readonly INodeProperties[]): INodeProperties[] {
	return parameters.flatMap((one) => {
		const options = (one.options ?? []) as ReadonlyArray<
			INodeProperties | INodePropertyOptions | INodePropertyCollection
		>;
		const inner = options.flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
		return [one, ...fieldsIn(inner)];
	});
}

function choicesOf({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}

interface Text {
	readonly where: string;
	readonly text: string;
}

function textsIn(parameters: readonly INodeProperties[]): Record<'titles' | 'sentences' | 'placeholders', Text[]> {
	const fields = fieldsIn(parameters).filter(({ type }) => type !== 'notice' && type !== 'hidden');
	const at = (where: string) => (text: string | undefined) => (text === undefined ? [] : [{ where, text }]);
	return {
		titles: fields.flatMap((field) => [
			...at(field.name)(field.displayName),
			...choicesOf(field).flatMap(({ name, value }) => at(`${field.name}=${String(value)}`)(name)),
			...(field.modes ?? []).flatMap((mode) => at(`${field.name} ${mode.name}`)(mode.displayName)),
		]),
		sentences: fields.flatMap((field) => [
			...at(field.name)(field.description),
			...at(`${field.name} hint`)(field.hint),
			...choicesOf(field).flatMap(({ description, value }) => at(`${field.name}=${String(value)}`)(description)),
		]),
		placeholders: fields.flatMap((field) => [
			...at(field.name)(field.placeholder),
			...(field.modes ?? []).flatMap((mode) => at(`${field.name} ${mode.name}`)(mode.placeholder)),
		]),
	};
}

const offending = (texts: readonly Text[], breaks: (text: string, where: string) => boolean) =>
	texts.filter(({ text, where }) => breaks(text, where)).map(({ text, where }) => `${where}: ${text}`);

/** As n8n's panel shows them beside it at its least width; measured in the editor by `test/e2e/editor.e2e.ts`. */
const LONGEST_TITLE = 40;

const SMALL_WORDS = new Set([
	'a',
	'an',
	'and',
	'as',
	'at',
	'by',
	'for',
	'from',
	'in',
	'is',
	'of',
	'on',
	'or',
	'per',
	'the',
	'to',
	'with',
]);

describe.each(panels)('%s', (_, parameters) => {
	const { titles, sentences, placeholders } = textsIn(parameters);
	const withoutLinks = sentences.map(({ where, text }) => ({ where, text: text.replace(/<[^>]+>/g, '') }));

	it('has titles in title case, short enough not to be cut off', () => {
		const isSmall = (word: string) => /^[a-z]/.test(word) && !SMALL_WORDS.has(word);
		expect(offending(titles, (text) => text.split(/[\s(/-]+/).some(isSmall))).toEqual([]);
		expect(offending(titles, (text) => text.length > LONGEST_TITLE)).toEqual([]);
		expect(offending(titles, (text) => /\b(Ids?|Csv|Url|Json|Dnis)\b|[.:]$/.test(text))).toEqual([]);
	});

	it('begins sentences with a capital, and ends them with a full stop where there are several', () => {
		expect(offending(withoutLinks, (text) => !/^['"A-Z]/.test(text))).toEqual([]);
		const several = (text: string) => /[.?] ['"A-Z0-9]/.test(text.replace(/\be\.g\. /g, ''));
		expect(offending(withoutLinks, (text) => several(text) !== text.endsWith('.') && !text.endsWith('</a>'))).toEqual(
			[],
		);
	});

	it('says of each switch whether', () => {
		const switches = fieldsIn(parameters).filter(({ type }) => type === 'boolean');
		expect(
			switches.filter(({ description = '' }) => !description.startsWith('Whether ')).map(({ name }) => name),
		).toEqual([]);
	});

	it('shows what to enter, or what to add', () => {
		expect(offending(placeholders, (text) => !/^(e\.g\. |Add )/.test(text))).toEqual([]);
		const bare = fieldsIn(parameters).filter(
			({ type, placeholder, typeOptions }) => type === 'string' && !placeholder && !typeOptions?.password,
		);
		expect(bare.map(({ name }) => name)).toEqual([]);
	});

	it('has no blame, no jargon and no emoji', () => {
		const all = [...titles, ...withoutLinks, ...placeholders];
		const REFUSED =
			/\b(error|problem|failure|mistake|please|sorry|invalid|simply|just|boolean|regex|endpoint|payload)\b/i;
		expect(offending(all, (text) => REFUSED.test(text.replace(/error (?=workflow|output)/, '')))).toEqual([]);
		expect(offending(all, (text) => /\p{Extended_Pictographic}/u.test(text))).toEqual([]);
		// An id as text is 'ID', as everywhere in n8n.
		expect(
			offending(all, (text, where) => !where.includes('placeholder') && /(^|\s)ids?(?=[\s.,;]|$)/.test(text)),
		).toEqual([]);
	});

	it('offers a list first, then the id, then the name', () => {
		for (const { type, modes = [], default: byDefault, name } of fieldsIn(parameters)) {
			if (type !== 'resourceLocator') continue;
			const offered = modes.map(({ displayName }) => displayName);
			expect([name, offered]).toEqual([name, ['From List', 'By ID', 'By Name'].slice(0, offered.length)]);
			expect(byDefault).toEqual({ mode: 'list', value: '' });
		}
	});
});

describe('operations', () => {
	const operations = panels.flatMap(([panel, parameters]) =>
		parameters
			.filter(({ name }) => name === 'operation')
			.flatMap((parameter) =>
				choicesOf(parameter).map((choice): [string, INodePropertyOptions] => [`${panel} ${choice.name}`, choice]),
			),
	);

	it.each(operations)(
		'%s has an action in sentence case without articles, and a sentence of its own',
		(_, { name, action, description }) => {
			expect(action).toMatch(/^[A-Z][a-z]+ [a-z]/);
			expect(action).not.toMatch(/\\b(a|an|the)\\b/i);
			expect(action?.replace('DNIS', '').slice(1)).not.toMatch(/[A-Z]/);
			expect(description).toMatch(/^[A-Z].{20,}[^.]$/);
			expect(description).not.toBe(name);
		},
	);
});
