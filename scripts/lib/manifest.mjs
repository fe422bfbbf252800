/**
 * The classes that n8n loads from a package: the files of the `n8n` section, each with the class in it, which is called
 * like the file without n8n's suffix.
 *
 * @param {{ n8n?: { credentials?: string[], nodes?: string[] } }} manifest package.json
 * @returns {{ file: string, className: string }[]} `file` as it is named there, e.g. "dist/nodes/X/X.node.js"
 */
export function loadedClasses({ n8n }) {
	return [...(n8n?.credentials ?? []), ...(n8n?.nodes ?? [])].map((file) => ({
		file,
		className: file.replace(/^.*\//, '').replace(/\.(node|credentials)\.js$/, ''),
	}));
}
