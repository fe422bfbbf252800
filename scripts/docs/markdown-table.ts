/** A table in Markdown, one line for each row. */

export function markdownTable(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const lines = [header, header.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.map(cell).join(' | ')} |\n`).join('');
}

/** A line break would end the row, `|` the cell, and `<` could begin a tag. */
function cell(text: string): string {
	return text.replace(/\s+/g, ' ').replace(/[|<]/g, '\\$&');
}
