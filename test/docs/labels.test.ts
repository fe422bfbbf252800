/** What users' pages have in italics with a capital is a name that a panel, an example or n8n has: names change. */

import { expect, it } from '@jest/globals';

import { filesUnder, textOf } from '../conventions/sources';

const PAGES = [
	'README.md',
	'examples/README.md',
	...[
		'troubleshooting',
		'privacy',
		'sync',
		'csv',
		'operations',
		'trigger',
		'safety',
		'performance',
		'pacing',
		'engine',
	].map((name) => `docs/${name}.md`),
];

const SHOWN = [
	...['lib', 'nodes', 'credentials'].flatMap((folder) => filesUnder(folder, ['.ts'])),
	...filesUnder('examples', ['.json']),
]
	.map(textOf)
	.join('\n');

/** Of n8n itself. */
const OF_N8N: readonly string[] = [
	'Community nodes',
	'Create Table',
	'Decline',
	'Disable STARTTLS',
	'Do not save',
	'Execute Sub-workflow',
	'Execute workflow',
	'Fetch Test Event',
	'HTTP Request',
	'Highlighted data',
	'On Error',
	'On Error: Continue',
	'Overview > Data tables > Call center lists',
	'Poll Times',
	'Production URL',
	'Redact production execution data',
	'SSL/TLS',
	'Save execution progress',
	'Save failed production executions',
	'Save manual executions',
	'Save successful production executions',
	'Settings > Error workflow',
	'Stop Workflow',
	'The requested webhook … is not registered',
	'Unrecognized node type: n8n-nodes-apio…',
	'Ask a Person',
];

/** Put together from a noun and the rest. */
const MADE = /^(Agent|Supervisor|Call Center) Names or IDs$/;

function labelsIn(page: string): string[] {
	const prose = textOf(page)
		.replace(/^ *```[^]*?^ *```$/gm, '')
		.replace(/`[^`]*`/g, '');
	return [...prose.matchAll(/(?<![*\w])\*([A-Z][^*]+)\*(?!\*)/g)].map(([, label]) => label.replace(/\s+/g, ' '));
}

const unknown = (labels: readonly string[]) =>
	labels.filter((label) => !SHOWN.includes(label) && !OF_N8N.includes(label) && !MADE.test(label));

it.each(PAGES)('%s names what there is', (page) => {
	expect(unknown(labelsIn(page))).toEqual([]);
});

it('finds labels, and notices one that is no more', () => {
	expect(PAGES.flatMap(labelsIn).length).toBeGreaterThan(150);
	expect(unknown(['Limit: Removals in Total'])).toHaveLength(1);
});
