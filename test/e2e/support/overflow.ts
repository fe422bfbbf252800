/** Finds text that a page cuts off. */

/** What is used of an element of the page. */
interface PageElement {
	readonly clientWidth: number;
	readonly scrollWidth: number;
	readonly textContent: string | null;
	/** Of an input. */
	readonly value?: string;
	querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Runs in the page: texts of elements that are wider inside than what is shown of them. */
export function textsThatOverflow(elements: PageElement[]): string[] {
	const all = elements.flatMap((element) => [element, ...element.querySelectorAll('*')]);
	return all
		.filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
		.map(({ value, textContent }) => (value ?? textContent ?? '').trim());
}
