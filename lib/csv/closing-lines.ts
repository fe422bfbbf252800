/** The texts of closing lines of reports: totals, page numbers, counts of rows, dates of printing. */

import { withoutAccents } from './aliases';

/**
 * The words of closing lines, in lower case without accents, as `closingLine` compares them.
 */
const CLOSING_PHRASES = new Set([
	...[
		'total',
		'totals',
		'subtotal',
		'grand total',
		'sum',
		'count',
		'rows',
		'records',
		'end',
		'end of file',
		'end of report',
		'end of list',
		'end of data',
		'eof',
		'total records',
		'total rows',
		'number of records',
		'number of rows',
	],
	...[
		'totaal',
		'subtotaal',
		'eindtotaal',
		'som',
		'aantal',
		'einde',
		'einde rapport',
		'einde van het rapport',
		'einde bestand',
		'einde lijst',
		'einde van de lijst',
		'aantal records',
		'aantal rijen',
	],
	...['totaux', 'sous-total', 'somme', 'nombre', 'fin', 'fin du rapport', 'fin du fichier'],
	...['fin de liste', 'fin de la liste', 'nombre de lignes'],
	...['gesamt', 'gesamtsumme', 'summe', 'zwischensumme', 'anzahl', 'ende', 'ende des berichts', 'ende der liste'],
	...['ende der datei', 'anzahl datensatze', 'anzahl zeilen'],
]);

/** Without accents, with single spaces: `Page 1 of 3`, `Page: 1/3`, `Seite 1/3`, `Pagina 2`. */
const PAGE = /^(?:page|pagina|blad|seite):? \d{1,9}(?: ?(?:\/|of|van|sur|de|von) ?\d{1,9})?$/;

/** The same: `(2 row(s) affected)`, `120 rows selected.`, `120 rows`. */
const COUNT =
	/^\(?\d{1,9} (?:row\(s\)|rows?|records?|rijen|lignes?|zeilen?)(?: (?:affected|selected|returned))?\.?\)?$/;

const STAMP_WORDS = {
	subject: [
		...['report', 'file', 'list', 'export', 'data', 'rapport', 'bestand', 'lijst', 'fichier', 'liste', 'bericht'],
		...['datei', 'auswertung'],
	],
	done: [
		...['generated', 'exported', 'printed', 'created', 'produced', 'extracted', 'downloaded'],
		...[
			'gegenereerd',
			'geexporteerd',
			'afgedrukt',
			'gedrukt',
			'geprint',
			'aangemaakt',
			'gemaakt',
			'opgemaakt',
			'gedownload',
		],
		...['generee?', 'exportee?', 'imprimee?', 'creee?', 'editee?', 'extraite?', 'telechargee?'],
		...['generiert', 'exportiert', 'gedruckt', 'ausgedruckt', 'erstellt', 'erzeugt', 'heruntergeladen'],
	],
	next: ['on', 'at', 'by', 'from', 'op', 'om', 'door', 'uit', 'le', 'a', 'par', 'de', 'am', 'um', 'von', 'aus'],
	date: [
		...['(?:export|print|report|run|report run) date', 'stand', '(?:export|afdruk|rapport|druck|erstellungs)datum'],
		...["date d['’](?:export|impression|edition|extraction)"],
	],
};

/** The same: `Generated on 2026-11-30 02:00`, `Rapport afgedrukt door HR op 30/11/2026`, `Druckdatum: 30.11.2026`. */
const STAMP = new RegExp(
	`^(?:(?:(?:${STAMP_WORDS.subject.join('|')}) )?(?:${STAMP_WORDS.done.join('|')})` +
		`(?: ?:| (?:${STAMP_WORDS.next.join('|')}) | (?=\\d{1,4}[-/.]\\d))|as of |` +
		`(?:${STAMP_WORDS.date.join('|')}) ?:)`,
);

/** What a closing line may have beside its words. A text with a separator may be a row. */
const NO_SEPARATOR = /^[\p{L}\p{M}\d \u00a0.:=()/%+'’_-]+$/u;

/** `word`: may also be an id or a surname (`Total`, `Ende`). */
type ClosingLine = 'word' | ClosingPhrase;

/**
 * Neither an id nor a name. `phrase`: `Total: 120`, `Page 1 of 3`, `Einde rapport`. `alone`: with nothing beside it
 * (`*** End ***`, `Printed: 2026-11-30`).
 */
type ClosingPhrase = 'phrase' | 'alone';

/** Characters; more is no closing line. */
const MAX_LENGTH = 200;

/** Whether a text is that of a total, page or closing line, and of which. A word with digits is an id (`total4`). */
export function closingLine(text: string): ClosingLine | null {
	const line = text.trim();
	if (line.length > MAX_LENGTH) return null;
	const framed = withoutFrame(line);
	if (framed === null) return unframedLine(line);
	return unframedLine(framed.trim()) === null ? null : 'alone';
}

function unframedLine(line: string): ClosingLine | null {
	const plain = withoutAccents(line).replace(/\s+/g, ' ');
	if (PAGE.test(plain) || COUNT.test(plain)) return 'phrase';
	if (STAMP.test(plain))
		return /\d/.test(plain) && NO_SEPARATOR.test(line.replace(/(?<=\d), ?(?=\d)/g, '')) ? 'alone' : null;
	const words = /^[\p{L}\p{M}\s-]+/u.exec(line)?.[0] ?? '';
	const phrase = withoutTail(withoutAccents(words).replace(/\s+/g, ' '));
	if (!CLOSING_PHRASES.has(phrase)) return null;
	if (words.length === line.length) return phrase.includes(' ') ? 'phrase' : 'word';
	const rest = line.slice(words.length);
	if (!NO_SEPARATOR.test(rest.replace(/(?<=\d)[.,](?=\d)/g, ''))) return null;
	return /^[:=]|^\(\d/.test(rest) || (/^\d/.test(rest) && /\s$/.test(words)) ? 'phrase' : null;
}

export function closingPhrase(text: string): ClosingPhrase | null {
	const kind = closingLine(text);
	return kind === 'word' ? null : kind;
}

const FRAME = '*=_~#-';

/** What stands between several such signs at each end; null if it does not. */
function withoutFrame(text: string): string | null {
	let [from, to] = [0, text.length];
	while (from < to && FRAME.includes(text.charAt(from))) from++;
	while (to > from && FRAME.includes(text.charAt(to - 1))) to--;
	return from < 2 || text.length - to < 2 ? null : text.slice(from, to);
}

/** Without the spaces and dashes at its end. */
function withoutTail(text: string): string {
	let end = text.length;
	while (end > 0 && ' -'.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}
