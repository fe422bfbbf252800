/** Names as they occur in Belgian and neighbouring companies: accents, apostrophes and spaces included on purpose. */
export const FIRST_NAMES = [
	'Anna', 'Zoë', 'René', 'Jürgen', 'François', 'Chloé', 'Søren', 'Łukasz', 'Mehmet', 'Inès', 'Thijs', 'Marie-Claire', 'Noémie',
	'Björn', 'Amélie', 'Wim', 'Aïcha', 'José', 'Eléonore', 'Pieter', 'Sofía', 'Karel', 'Hélène', 'Jan', 'Fatima', 'Günther',
	'Léa', 'Bram', 'Céline', 'Omar', 'Lotte', 'Siân',
] as const;

export const LAST_NAMES = [
	'Peeters', 'Janssens', 'Maes', 'Jacobs', 'Mertens', 'Willems', 'Claes', 'Goossens', 'Wouters', 'De Smet', 'D\'Hondt', 'Dubois',
	'Lefèvre', 'Müller', 'Schröder', 'Núñez', 'Özdemir', 'Kowalczyk', 'Van den Bossche', 'O\'Connor', 'Lambert', 'Hérisson',
	'Björklund', 'El Amrani', 'Çelik', 'Vandenbroucke', 'Legrand', 'Saint-Exupéry', 'Weiß', 'Benoît',
] as const;

export const DEPARTMENTS = ['Sales', 'Support', 'Facturation', 'Réclamations', 'Klantendienst', 'Technik'] as const;

export const CALL_CENTER_NAMES = ['Sales', 'Support', 'Billing', 'Réclamations', 'Helpdesk', 'Retentie', 'Notdienst'] as const;
