/** Names of columns and actions in English, Dutch, French and German. Compared by `plainName`. */

import type { Action } from '../sync';
import type { Field } from './options';

/** Written for people; a plural is listed where it is not the singular with an s. */
export const COLUMN_ALIASES: Readonly<Record<Field, readonly string[]>> = {
	supervisor: [
		...[
			'supervisor',
			'supervisor id',
			'supervisor user id',
			'supervisor login',
			'team leader',
			'team lead',
			'teamlead',
			'manager',
			'reporting to',
		],
		...['leidinggevende', 'teamleider', 'teamverantwoordelijke', 'verantwoordelijke'],
		...[
			'superviseur',
			'superviseuse',
			'supérieur',
			'id superviseur',
			'identifiant superviseur',
			"chef d'équipe",
			'responsable',
		],
		...['Vorgesetzter', 'Vorgesetzte', 'Teamleiter', 'Teamleitung', 'Supervisor-ID', 'Supervisor-Kennung'],
	],
	agent: [
		...[
			'agent',
			'agents',
			'agent id',
			'agent ids',
			'agent user id',
			'agent login',
			'supervised agent',
			'supervised agents',
		],
		...['user', 'users', 'user id', 'user ids', 'employee', 'employee id', 'member', 'members'],
		...['personeelslid', 'personeelsleden', 'staff member', 'collaboratrice', 'collaborateurs', 'salarié'],
		...['agenten', 'medewerker', 'medewerkers', 'gebruiker', 'gebruikers', 'werknemer', 'gebruikers-id', 'agent-ID'],
		...['id agent', 'identifiant agent', 'employé', 'employés', 'collaborateur', 'utilisateur', 'utilisateurs'],
		...['Mitarbeiter', 'Mitarbeiterin', 'Benutzer', 'Benutzer-ID', 'Agentin', 'Agenten-ID', 'Agentenkennung'],
	],
	callCenter: [
		...[
			'call center',
			'call centers',
			'call center id',
			'call center ids',
			'call centre',
			'call centres',
			'call centre id',
		],
		...['contact center', 'contact centre', 'queue', 'queues', 'call queue', 'service user id', 'cc'],
		...['callcenter', 'callcenters', 'belcentrum', 'contactcentrum', 'wachtrij', 'wachtrijen'],
		...[
			"centre d'appels",
			"centre d'appel",
			"centres d'appels",
			"centres d'appel",
			'centre de contact',
			"file d'attente",
			"files d'attente",
		],
		...['Callcenter-ID', 'Warteschlange', 'Warteschlangen', 'Kontaktcenter', 'Anrufzentrale'],
	],
	tenant: [
		...['tenant', 'tenant id', 'service provider', 'service provider id', 'enterprise', 'enterprise id'],
		...[
			'klant',
			'bedrijf',
			'onderneming',
			'locataire',
			'entreprise',
			'id entreprise',
			'Mandant',
			'Unternehmen',
			'Mandanten-ID',
		],
	],
	group: ['group', 'group id', 'groep', 'groep-ID', 'groepsnaam', 'groupe', 'id groupe', 'Gruppe', 'Gruppen-ID'],
	action: [
		...['action', 'operation', 'change', 'change type', 'actie', 'bewerking', 'wijziging', 'mutatie'],
		...['opération', 'modification', 'Aktion', 'Vorgang', 'Änderung'],
	],
};

const ACTION_ALIASES: Readonly<Record<Action, readonly string[]>> = {
	add: [
		...['add', 'added', 'a', '+', 'insert', 'create', 'new', 'assign', 'join', 'in'],
		...[
			'toevoegen',
			'voeg toe',
			'toegevoegd',
			'nieuw',
			'toewijzen',
			'ajouter',
			'ajout',
			'ajouté',
			'nouveau',
			'affecter',
			'attribuer',
		],
		...['hinzufügen', 'hinzu', 'hinzugefügt', 'neu', 'zuweisen', 'anlegen'],
	],
	remove: [
		...['remove', 'removed', 'r', '-', 'delete', 'deleted', 'del', 'd', 'unassign', 'leave', 'out'],
		...[
			'verwijderen',
			'verwijder',
			'verwijderd',
			'wissen',
			'schrappen',
			'supprimer',
			'suppression',
			'supprimé',
			'retirer',
			'enlever',
			'retrait',
		],
		...['entfernen', 'entfernt', 'löschen', 'gelöscht', 'loeschen', 'abziehen'],
	],
};

/**
 * The words of total and closing lines of reports, in lower case without accents, as `closingLine` compares them.
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
	],
	...['totaux', 'sous-total', 'somme', 'nombre', 'fin', 'fin du rapport', 'fin du fichier'],
	...['gesamt', 'gesamtsumme', 'summe', 'zwischensumme', 'anzahl', 'ende', 'ende des berichts', 'ende der liste'],
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
		...['gegenereerd', 'geexporteerd', 'afgedrukt', 'geprint', 'aangemaakt', 'gemaakt', 'opgemaakt', 'gedownload'],
		...['generee?', 'exportee?', 'imprimee?', 'creee?', 'editee?', 'extraite?', 'telechargee?'],
		...['generiert', 'exportiert', 'gedruckt', 'ausgedruckt', 'erstellt', 'erzeugt', 'heruntergeladen'],
	],
	next: ['on', 'at', 'by', 'from', 'op', 'om', 'door', 'uit', 'le', 'a', 'par', 'de', 'am', 'um', 'von', 'aus'],
	date: [
		...['(?:export|print|report|run)(?: date)', '(?:export|afdruk|rapport|druck|erstellungs)datum'],
		...["date d['’](?:export|impression|edition|extraction)"],
	],
};

/** The same: `Generated on 2026-11-30 02:00`, `Rapport afgedrukt door HR op 30/11/2026`, `Druckdatum: 30.11.2026`. */
const STAMP = new RegExp(
	`^(?:(?:(?:${STAMP_WORDS.subject.join('|')}) )?(?:${STAMP_WORDS.done.join('|')})(?: ?:| (?:${STAMP_WORDS.next.join('|')}) )|` +
		`(?:${STAMP_WORDS.date.join('|')}) ?:)`,
);

/** What a closing line may have beside its words. A text with a separator may be a row. */
const NO_SEPARATOR = /^[\p{L}\p{M}\d \u00a0.:=()/%+'’_-]+$/u;

/** Most names: normalizing takes several times as long. */
const ASCII = /^[ -~]*$/;

/** A name without case, accents, spaces, underscores and punctuation. */
export function plainName(name: string): string {
	if (ASCII.test(name)) return name.toLowerCase().replace(/[^a-z\d]/g, '');
	return withoutAccents(name).replace(/[^\p{L}\p{N}]/gu, '');
}

function withoutAccents(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');
}

export const FIELD_BY_NAME = new Map<string, Field>();
for (const field of Object.keys(COLUMN_ALIASES) as Field[]) {
	for (const alias of COLUMN_ALIASES[field]) FIELD_BY_NAME.set(plainName(alias), field);
}

const ACTION_BY_WORD = new Map<string, Action>();
for (const action of Object.keys(ACTION_ALIASES) as Action[]) {
	for (const alias of ACTION_ALIASES[action]) ACTION_BY_WORD.set(plainName(alias) || alias, action);
}

/** Also `'-`, as exports escape a formula. */
export function actionOfCell(cell: string): Action | null {
	const text = cell.trim().replace(/^'(?=[+-]$)/, '');
	// A sign next to a word is an error in one of the two.
	if (/^[+-].|.[+-]$/s.test(text)) return null;
	return ACTION_BY_WORD.get(plainName(text) || text) ?? null;
}

/** `word`: may also be an id or a surname (`Total`, `Ende`). */
type ClosingLine = 'word' | ClosingPhrase;

/**
 * Neither an id nor a name. `phrase`: `Total: 120`, `Page 1 of 3`, `Einde rapport`. `alone`: with nothing beside it
 * (`*** End ***`, `Printed: 2026-11-30`).
 */
type ClosingPhrase = 'phrase' | 'alone';

/** Whether a text is that of a total, page or closing line, and of which. A word with digits is an id (`total4`). */
export function closingLine(text: string): ClosingLine | null {
	const line = text.trim();
	const plain = withoutAccents(line).replace(/\s+/g, ' ');
	if (PAGE.test(plain) || COUNT.test(plain)) return 'phrase';
	const framed = withoutFrame(line);
	if (framed !== null) return closingLine(framed) === null ? null : 'alone';
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
