import type { UserSpec, WorldSpec } from './world-spec';

/** Domain of the ids on the platform; people's email addresses are at the company's own domain. */
const VOICE = 'voice.acme.example';
const id = (local: string): string => `${local}@${VOICE}`;

function user(firstName: string, lastName: string, extension: string, department: string): UserSpec {
	const local = `${firstName}.${lastName}`.toLowerCase().replace(/[^a-z.]/g, '');
	return {
		userId: id(local),
		firstName,
		lastName,
		extension,
		phoneNumber: `+3225550${extension.slice(1)}`,
		emailAddress: `${local}@acme.example`,
		department: { departmentName: department },
	};
}

/** The company that the workflows in `examples/` are about: every id, name and address in them is here. */
export function exampleWorld(): WorldSpec {
	return {
		tenants: [
			{
				tenantId: 'acme',
				name: 'Acme',
				defaultDomain: VOICE,
				groups: [
					{
						groupId: 'acme_brussels',
						groupName: 'Acme Brussels',
						users: [
							user('An', 'Claes', '5101', 'Sales'),
							user('Bart', 'Devos', '5102', 'Help Desk'),
							user('Jan', 'Peeters', '5111', 'Sales'),
							user('Els', 'Maes', '5112', 'Sales'),
							user('Tom', 'Wouters', '5113', 'Sales'),
							user('Koen', 'Jacobs', '5114', 'Sales'),
							user('Sofie', 'Mertens', '5121', 'Help Desk'),
							user('Lien', 'De Smet', '5122', 'Help Desk'),
							user('Mia', 'Janssens', '5131', 'Sales'),
						],
						callCenters: [
							{
								serviceUserId: id('sales'),
								name: 'Sales',
								agents: ['jan.peeters', 'els.maes', 'tom.wouters', 'koen.jacobs'].map(id),
								supervisors: { [id('an.claes')]: ['jan.peeters', 'els.maes', 'koen.jacobs'].map(id) },
							},
							{
								serviceUserId: id('helpdesk'),
								name: 'Help Desk',
								agents: ['koen.jacobs', 'sofie.mertens', 'lien.desmet'].map(id),
								supervisors: { [id('bart.devos')]: ['sofie.mertens', 'lien.desmet'].map(id) },
							},
							{
								serviceUserId: id('reception'),
								name: 'Reception',
								allowJoin: false,
								agents: [id('lien.desmet')],
								supervisors: { [id('bart.devos')]: [] },
							},
						],
					},
					{
						groupId: 'acme_ghent',
						groupName: 'Acme Ghent',
						users: [
							user('Dirk', 'Vos', '5201', 'Sales'),
							user('Eva', 'Baert', '5211', 'Sales'),
							user('Nico', 'Pauwels', '5212', 'Sales'),
							user('Lotte', 'Goossens', '5213', 'Sales'),
						],
						callCenters: [
							{
								serviceUserId: id('ghent.sales'),
								name: 'Ghent Sales',
								agents: ['eva.baert', 'nico.pauwels', 'lotte.goossens'].map(id),
								supervisors: { [id('dirk.vos')]: ['eva.baert', 'nico.pauwels'].map(id) },
							},
						],
					},
				],
			},
		],
	};
}

/**
 * What HR exports every night, by group: Tom Wouters comes to Sales, Mia Janssens is new there, Koen Jacobs goes to the
 * Help Desk; a spreadsheet has spoilt one cell. People by email address, call centers by name.
 */
export const EXAMPLE_HR_FILES: Readonly<Record<string, string>> = {
	acme_brussels: [
		'Supervisor e-mail;E-mail;Name;Call center',
		'an.claes@acme.example;jan.peeters@acme.example;Jan Peeters;Sales',
		'an.claes@acme.example;els.maes@acme.example;Els Maes;Sales',
		'an.claes@acme.example;tom.wouters@acme.example;Tom Wouters;Sales',
		'an.claes@acme.example;mia.janssens@acme.example;Mia Janssens;Sales',
		'bart.devos@acme.example;sofie.mertens@acme.example;Sofie Mertens;Help Desk',
		'bart.devos@acme.example;lien.desmet@acme.example;Lien De Smet;Help Desk',
		'bart.devos@acme.example;koen.jacobs@acme.example;Koen Jacobs;Help Desk',
		'bart.devos@acme.example;#N/A;Noor Aerts;Help Desk',
		'',
	].join('\r\n'),
	acme_ghent: [
		'Supervisor e-mail;E-mail;Name;Call center',
		'dirk.vos@acme.example;eva.baert@acme.example;Eva Baert;Ghent Sales',
		'dirk.vos@acme.example;nico.pauwels@acme.example;Nico Pauwels;Ghent Sales',
		'dirk.vos@acme.example;lotte.goossens@acme.example;Lotte Goossens;Ghent Sales',
		'',
	].join('\r\n'),
};
