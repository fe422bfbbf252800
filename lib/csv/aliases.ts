/** What columns and actions are called, in English, Dutch, French and German. Compared by `plainName`. */

import type { Action } from '../sync/row';
import type { Field } from './options';

/** Written for people; a plural is listed where it is not the singular with an s. */
export const COLUMN_ALIASES: Readonly<Record<Field, readonly string[]>> = {
	supervisor: [
		...['supervisor', 'supervisor id', 'supervisor user id', 'supervisor login', 'team leader', 'team lead', 'teamlead', 'manager'],
		...['leidinggevende', 'teamleider', 'teamverantwoordelijke', 'verantwoordelijke'],
		...['superviseur', 'superviseuse', 'id superviseur', 'identifiant superviseur', "chef d'équipe", 'responsable'],
		...['Vorgesetzter', 'Vorgesetzte', 'Teamleiter', 'Teamleitung', 'Supervisor-ID', 'Supervisor-Kennung'],
	],
	agent: [
		...['agent', 'agents', 'agent id', 'agent ids', 'agent user id', 'agent login', 'supervised agent', 'supervised agents'],
		...['user', 'users', 'user id', 'user ids', 'employee', 'employee id', 'member', 'members'],
		...['agenten', 'medewerker', 'medewerkers', 'gebruiker', 'gebruikers', 'werknemer', 'gebruikers-id', 'agent-ID'],
		...['id agent', 'identifiant agent', 'employé', 'employés', 'collaborateur', 'utilisateur', 'utilisateurs'],
		...['Mitarbeiter', 'Mitarbeiterin', 'Benutzer', 'Benutzer-ID', 'Agentin', 'Agenten-ID', 'Agentenkennung'],
	],
	callCenter: [
		...['call center', 'call centers', 'call center id', 'call center ids', 'call centre', 'call centres', 'call centre id'],
		...['contact center', 'contact centre', 'queue', 'queues', 'call queue', 'service user id', 'cc'],
		...['callcenter', 'callcenters', 'belcentrum', 'contactcentrum', 'wachtrij', 'wachtrijen'],
		...["centre d'appels", "centre d'appel", "centres d'appels", "centres d'appel", 'centre de contact', "file d'attente", "files d'attente"],
		...['Callcenter-ID', 'Warteschlange', 'Warteschlangen', 'Kontaktcenter', 'Anrufzentrale'],
	],
	tenant: [
		...['tenant', 'tenant id', 'service provider', 'service provider id', 'enterprise', 'enterprise id'],
		...['klant', 'bedrijf', 'onderneming', 'locataire', 'entreprise', 'id entreprise', 'Mandant', 'Unternehmen', 'Mandanten-ID'],
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
		...['toevoegen', 'voeg toe', 'toegevoegd', 'nieuw', 'toewijzen', 'ajouter', 'ajout', 'ajouté', 'nouveau', 'affecter', 'attribuer'],
		...['hinzufügen', 'hinzu', 'hinzugefügt', 'neu', 'zuweisen', 'anlegen'],
	],
	remove: [
		...['remove', 'removed', 'r', '-', 'delete', 'deleted', 'del', 'd', 'unassign', 'leave', 'out'],
		...['verwijderen', 'verwijder', 'verwijderd', 'wissen', 'schrappen', 'supprimer', 'suppression', 'supprimé', 'retirer', 'enlever', 'retrait'],
		...['entfernen', 'entfernt', 'löschen', 'gelöscht', 'loeschen', 'abziehen'],
	],
};

/** How a report begins its last lines; compared by the plain first word. */
const FOOTER_WORDS = new Set(
	[
		...['total', 'totals', 'subtotal', 'grand total', 'sum', 'count', 'rows', 'records', 'end', 'end of file', 'end of report'],
		...['totaal', 'subtotaal', 'eindtotaal', 'som', 'aantal', 'einde', 'einde rapport', 'einde van het rapport', 'einde bestand', 'totaux', 'sous-total', 'somme', 'nombre', 'fin', 'fin du rapport', 'fin du fichier'],
		...['Gesamt', 'Gesamtsumme', 'Summe', 'Zwischensumme', 'Anzahl', 'Ende', 'Ende des Berichts', 'Ende der Liste'],
	].map(plainName),
);

/** A name without what people vary: case, accents, spaces, underscores and punctuation. */
export function plainName(name: string): string {
	return name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[^\p{L}\p{N}]/gu, '');
}

const FIELD_BY_NAME = new Map<string, Field>();
for (const field of Object.keys(COLUMN_ALIASES) as Field[]) {
	for (const alias of COLUMN_ALIASES[field]) FIELD_BY_NAME.set(plainName(alias), field);
}

const ACTION_BY_WORD = new Map<string, Action>();
for (const action of Object.keys(ACTION_ALIASES) as Action[]) {
	for (const alias of ACTION_ALIASES[action]) ACTION_BY_WORD.set(plainName(alias) || alias, action);
}

export function fieldOfColumn(name: string): Field | null {
	return FIELD_BY_NAME.get(plainName(name)) ?? null;
}

/** Also `'-`, as exports guard a cell that a spreadsheet would take for a formula. */
export function actionOfCell(cell: string): Action | null {
	return ACTION_BY_WORD.get(plainName(cell) || cell.trim().replace(/^'/, '')) ?? null;
}

/** Whether a text that is no id begins as a report's total or closing line does: `Total: 120`, `Einde rapport`. */
export function beginsLikeFooter(text: string): boolean {
	if (text.includes('@')) return false;
	const words = text.split(/[\d:=(]/, 1)[0] ?? '';
	return FOOTER_WORDS.has(plainName(words));
}

/** The field whose alias is one slip of the keyboard away (`acton`), for names long enough to tell. */
export function fieldNearColumn(name: string): Field | null {
	const plain = plainName(name);
	if (plain.length < 5) return null;
	for (const [alias, field] of FIELD_BY_NAME) if (alias.length >= 5 && isOneSlipAway(plain, alias)) return field;
	return null;
}

/** One letter more, less, changed or swapped with its neighbour. */
function isOneSlipAway(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	const restA = a.slice(start, a.length - end);
	const restB = b.slice(start, b.length - end);
	if (restA.length <= 1 && restB.length <= 1) return true;
	return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
