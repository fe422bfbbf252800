/** HTML that cannot be broken out of: text goes in through `html`, which escapes whatever it is given. */

import { withoutControls } from '../words';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/** Markup that is known to be safe, because `html` made it or it is a constant of ours. */
export class Markup {
	constructor(readonly text: string) {}
}

export type Piece = Markup | string | number | null | ReadonlyArray<Markup | string | number | null>;

/** Safe as text and inside a quoted attribute. */
export function escapeHtml(text: string): string {
	return withoutControls(text).replace(/[&<>"'`]/g, (sign) => ENTITIES[sign]);
}

export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
	let text = strings[0];
	pieces.forEach((piece, index) => {
		text += render(piece) + strings[index + 1];
	});
	return new Markup(text);
}

export const NOTHING = new Markup('');

function render(piece: Piece): string {
	if (piece === null) return '';
	if (piece instanceof Markup) return piece.text;
	if (typeof piece === 'object') return piece.map(render).join('');
	return escapeHtml(String(piece));
}
