/** Tables in docs/ that come from the code or from a record. On its page each stands between two markers. */

import { TOPICS } from '../../lib/options';
import { issueRows } from './issue-rows';
import { mutationRows } from './mutation-rows';
import { optionRows } from './option-rows';

interface Generated {
	/** From the root of the repository. */
	readonly page: string;
	/** Named in the markers. */
	readonly name: string;
	readonly markdown: () => string;
}

const GENERATED: readonly Generated[] = [
	...Object.entries(TOPICS).map(([topic, table]) => ({
		page: 'docs/options.md',
		name: topic,
		markdown: () => optionRows(table),
	})),
	{ page: 'docs/codes.md', name: 'issues', markdown: issueRows },
	{ page: 'docs/mutation.md', name: 'scores', markdown: mutationRows },
];

export const PAGES: readonly string[] = [...new Set(GENERATED.map(({ page }) => page))];

/** @param text the page as it is; the result has every table as the code says it now */
export function withTables(page: string, text: string): string {
	return GENERATED.filter((table) => table.page === page).reduce(withTable, text);
}

function withTable(text: string, { page, name, markdown }: Generated): string {
	const begin = `<!-- ${name}: npm run docs -->\n`;
	const end = `<!-- end of ${name} -->`;
	const [from, to] = [text.indexOf(begin), text.indexOf(end)];
	if (from < 0 || to < from)
		throw new Error(`${page} lacks the markers "${begin.trim()}" and "${end}", in this order.`);
	return `${text.slice(0, from)}${begin}\n${markdown()}\n${text.slice(to)}`;
}
