/**
 * The words by which columns, actions and closing lines are known, each pinned: a file that was read yesterday is read
 * tomorrow.
 */

import { describe, expect, test } from '@jest/globals';
import { actionOfCell, plainName } from '../../lib/csv/aliases';
import { closingLine } from '../../lib/csv/closing-lines';
import { candidatesOf, nearCandidatesOf } from '../../lib/csv/column-names';
import type { ReadOptions } from '../../lib/csv/options';

const IDS: ReadOptions = { kind: 'supervisedAgents' };

function words(...lines: readonly string[]): string[] {
	return lines.flatMap((line) => line.split(', '));
}

const COLUMNS = {
	supervisor: words(
		'supervisor, supervisor id, supervisor user id, supervisor login, team leader, team lead, teamlead, manager',
		'leidinggevende, teamleider, teamverantwoordelijke, verantwoordelijke',
		"superviseur, superviseuse, id superviseur, identifiant superviseur, chef d'équipe, responsable",
		'Vorgesetzter, Vorgesetzte, Teamleiter, Teamleitung, Supervisor-ID, Supervisor-Kennung',
	),
	agent: words(
		'agent, agents, agent id, agent ids, agent user id, agent login, supervised agent, supervised agents',
		'user, users, user id, user ids, employee, employee id, member, members',
		'personeelslid, personeelsleden, staff member, collaboratrice, collaborateurs, salarié',
		'agenten, medewerker, medewerkers, gebruiker, gebruikers, werknemer, gebruikers-id, agent-ID',
		'id agent, identifiant agent, employé, employés, collaborateur, utilisateur, utilisateurs',
		'Mitarbeiter, Mitarbeiterin, Benutzer, Benutzer-ID, Agentin, Agenten-ID, Agentenkennung',
	),
	callCenter: words(
		'call center, call centers, call center id, call center ids, call centre, call centres, call centre id',
		'contact center, contact centre, queue, queues, call queue, service user id, cc',
		'callcenter, callcenters, belcentrum, contactcentrum, wachtrij, wachtrijen',
		"centre d'appels, centre d'appel, centres d'appels, centres d'appel, centre de contact",
		"file d'attente, files d'attente",
		'Callcenter-ID, Warteschlange, Warteschlangen, Kontaktcenter, Anrufzentrale',
	),
	tenant: words(
		'tenant, tenant id, service provider, service provider id, enterprise, enterprise id',
		'klant, bedrijf, onderneming, locataire, entreprise, id entreprise, Mandant, Unternehmen, Mandanten-ID',
	),
	group: words('group, group id, groep, groep-ID, groepsnaam, groupe, id groupe, Gruppe, Gruppen-ID'),
	action: words(
		'action, operation, change, change type, actie, bewerking, wijziging, mutatie',
		'opération, modification, Aktion, Vorgang, Änderung',
	),
};

const ACTIONS = {
	add: words(
		'add, added, a, +, insert, create, new, assign, join, in',
		'toevoegen, voeg toe, toegevoegd, nieuw, toewijzen',
		'ajouter, ajout, ajouté, nouveau, affecter, attribuer',
		'hinzufügen, hinzu, hinzugefügt, neu, zuweisen, anlegen',
	),
	remove: words(
		'remove, removed, r, -, delete, deleted, del, d, unassign, leave, out',
		'verwijderen, verwijder, verwijderd, wissen, schrappen',
		'supprimer, suppression, supprimé, retirer, enlever, retrait',
		'entfernen, entfernt, löschen, gelöscht, loeschen, abziehen',
	),
};

describe('a column is known', () => {
	test.each(Object.entries(COLUMNS))('as %s', (field, names) => {
		for (const name of names) {
			expect([name, candidatesOf(name, IDS).flat()]).toEqual([name, [field]]);
			const typed = ` ${name.toUpperCase().replace(/[ -]/g, '_')}:`;
			expect([typed, candidatesOf(typed, IDS).flat()]).toEqual([typed, [field]]);
		}
	});

	test('by no name of another column', () => {
		for (const name of ['', ' ', 'name', 'e-mail', 'note', 'id', 'département'])
			expect([name, candidatesOf(name, IDS).flat()]).toEqual([name, []]);
	});
});

describe('a column is nearly known', () => {
	test.each([
		['by a letter that was lost', 'acton, gent, aget, agen'],
		['by one too many', 'Agennt, xgroup, groupx, Quueue'],
		['by another one', 'agenx, xgent, Supervizor'],
		['by two that changed places', 'gaent, agnet, Supervisro'],
	])('%s', (_, names) => {
		for (const name of names.split(', ')) expect([name, nearCandidatesOf(name, IDS)]).not.toEqual([name, []]);
	});

	test('but not by two edits, where it is short, or where it is another word', () => {
		for (const name of ['gnet', 'agxnxt', 'xxgroup', 'aegtn', 'us', 'usr', 'plant', 'charge', 'auction', 'grouper'])
			expect([name, nearCandidatesOf(name, IDS)]).toEqual([name, []]);
	});

	test('in any case, with any accents and punctuation', () => {
		expect([plainName(' Chef d’Équipe_2 '), plainName('Große'), plainName('--')]).toEqual([
			'chefdequipe2',
			'grosse',
			'',
		]);
	});
});

describe('a cell of the action column says', () => {
	test.each(Object.entries(ACTIONS))('%s', (action, said) => {
		for (const word of said) {
			expect([word, actionOfCell(` ${word}\t`)]).toEqual([word, action]);
			expect([word, actionOfCell(word.toUpperCase())]).toEqual([word, action]);
		}
	});

	test('the sign that an export escaped with an apostrophe', () => {
		expect(["'+", "'-", " '- "].map(actionOfCell)).toEqual(['add', 'remove', 'remove']);
	});

	test.each(["'", "''+", "+'", '++', '+-', '- -', '+ add', 'add\n-', 'x', '', '?', 'addd'])(
		'nothing with %j',
		(cell) => {
			expect(actionOfCell(cell)).toBeNull();
		},
	);
});

describe('a closing line of a report', () => {
	const ONE_WORD = words(
		'total, totals, subtotal, sum, count, rows, records, end, totaal, subtotaal, eindtotaal, som, aantal, einde',
		'eof, totaux, somme, nombre, fin, gesamt, gesamtsumme, summe, zwischensumme, anzahl, ende, sous-total',
	);
	const SEVERAL_WORDS = words(
		'grand total, end of file, end of report, einde rapport, einde van het rapport, einde bestand',
		'fin du rapport, fin du fichier, ende des berichts, ende der liste',
		'end of list, end of data, total records, total rows, number of records, number of rows',
		'einde lijst, einde van de lijst, aantal records, aantal rijen, fin de liste, fin de la liste',
		'nombre de lignes, ende der datei, anzahl datensätze, anzahl zeilen',
	);

	test('may be one word, which may also be a name', () => {
		for (const word of ONE_WORD)
			for (const cell of [word, ` ${word.toUpperCase()} `, `${word} --`])
				expect([cell, closingLine(cell)]).toEqual([cell, 'word']);
	});

	test('is no name where it is several words, or has a figure of its own', () => {
		for (const phrase of SEVERAL_WORDS)
			for (const cell of [phrase, phrase.replace(' ', '  ')])
				expect([cell, closingLine(cell)]).toEqual([cell, 'phrase']);
		for (const word of ONE_WORD)
			for (const cell of [`${word}: 120`, `${word} = 1.250,00`, `${word} 7`, `${word}(12)`, `${word} 1,250 rows`])
				expect([cell, closingLine(cell)]).toEqual([cell, 'phrase']);
	});

	test.each([
		...words('Page 1 of 3, PAGE 1/3, page 1 sur 3, Page 2 de 10, Pagina 1 van 3, Blad 2, Seite 1/3, Seite 1 von 3'),
		...words('(2 rows affected), 2 rows affected, 1 row selected, (120 rows), 12 records, 3 rijen, 1 ligne, 2 Zeilen'),
	])('may be the number of a page or of rows: %s', (cell) => {
		expect([cell, closingLine(` ${cell}\u00a0`)]).toEqual([cell, 'phrase']);
	});

	test.each([
		...words('page1, Page 1@x, Page 1 of, Page one of 3, homepage 1, Page 1 of 3 x, Seite 1;3, Page 1234567890, 2rows'),
		...words('2 rows deleted, x 2 rows, rows affected, 2 agents, 2 rows affected now, 1234567890 rows'),
	])('is none: %s', (cell) => {
		expect(closingLine(cell)).toBeNull();
	});

	test.each([
		'total4',
		'total 4;7',
		'total,4',
		'total@acme.be',
		'total.4',
		'Endemann',
		'total (',
		'the end',
		'12 total',
	])('is not %s', (cell) => {
		expect(closingLine(cell)).toBeNull();
	});

	test('stands alone where signs frame it', () => {
		for (const cell of [
			'*** End of report ***',
			'--- Einde ---',
			'==Fin==',
			'~~ Seite 1/3 ~~',
			'## total: 12 ##',
			'-*_ Ende _*-',
		])
			expect([cell, closingLine(` ${cell} `)]).toEqual([cell, 'alone']);
		for (const cell of ['* End *', '** End *', '*** Maes ***', '***', '----', '**an.claes**'])
			expect([cell, closingLine(cell)]).toEqual([cell, null]);
	});

	test.each(
		words(
			'Generated, Exported, Printed, Created, Produced, Extracted, Downloaded, Report created',
			'Gegenereerd, Geëxporteerd, Afgedrukt, Geprint, Aangemaakt, Gemaakt, Opgemaakt, Gedownload, Rapport gemaakt',
			'Généré, Exporté, Exportée, Imprimé, Créé, Édité, Extrait, Téléchargé, Fichier généré, Liste éditée',
			'Gedrukt, Generiert, Exportiert, Gedruckt, Ausgedruckt, Erstellt, Erzeugt, Heruntergeladen, Bericht erstellt',
			'File exported, List printed, Export created, Data extracted, Bestand gemaakt, Lijst geprint, Datei erzeugt',
			'Auswertung erstellt',
		),
	)('stands alone where it says when the file was made: %s', (done) => {
		for (const next of words('on, at, by, from, op, om, door, uit, le, à, par, de, am, um, von, aus, by HR at'))
			for (const date of ['2026-11-30 02:00', '30.11.2026, 02:00', 'November 30, 2026', '2026-11-30T02:00+01:00'])
				expect([`${done} ${next} ${date}`, closingLine(`${done} ${next} ${date}`)]).toEqual([
					expect.anything(),
					'alone',
				]);
		for (const cell of [`${done}: 2026-11-30`, `${done.toUpperCase()} : 30/11/2026`, `${done} 30-11-2026`])
			expect([cell, closingLine(cell)]).toEqual([cell, 'alone']);
		for (const cell of [
			done,
			`${done} 2026`,
			`${done} by HR`,
			`x ${done} on 2026`,
			`${done} by s1;an;cc1`,
			`${done} by s1,an,cc1`,
		])
			expect([cell, closingLine(cell)]).toEqual([cell, null]);
	});

	test('stands alone with the date of what it shows', () => {
		expect(closingLine('As of 2026-11-30')).toBe('alone');
		expect(closingLine('As of today')).toBeNull();
	});

	test('is short, and has one pair of framing signs', () => {
		expect(closingLine(`Generated on ${'2 '.repeat(93)}`)).toBe('alone');
		expect(closingLine(`Generated on ${'2 '.repeat(94)}1`)).toBeNull();
		expect(closingLine('** -- End -- **')).toBeNull();
	});

	test.each(
		words(
			'Export date, Print date, Report date, Run date, Report run date, Stand',
			'Exportdatum, Afdrukdatum, Rapportdatum, Druckdatum, Erstellungsdatum',
			"Date d'export, Date d’impression, Date d'édition, Date d'extraction",
		),
	)('stands alone with the date of the %s', (name) => {
		expect(closingLine(`${name}: 30/11/2026`)).toBe('alone');
		for (const cell of [name, `${name} 30/11/2026`, `${name}: today`])
			expect([cell, closingLine(cell)]).toEqual([cell, null]);
	});
});
