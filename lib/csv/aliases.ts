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

/** Most names: normalizing takes several times as long. */
const ASCII = /^[ -~]*$/;

/** A name without case, accents, spaces, underscores and punctuation. */
export function plainName(name: string): string {
	if (ASCII.test(name)) return name.toLowerCase().replace(/[^a-z\d]/g, '');
	return withoutAccents(name).replace(/[^\p{L}\p{N}]/gu, '');
}

export function withoutAccents(text: string): string {
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
