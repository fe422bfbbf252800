/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the page that users read */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FILE_ISSUES, ROW_ISSUES } from '../../lib/sync/model/issue';
import { actionOfCell } from '../../lib/csv/aliases';
import { candidatesOf } from '../../lib/csv/column-names';
import { SETTINGS } from './reading';
import { MAX_REJECTED_ROWS, FINDINGS_PER_CODE } from '../../lib/csv/limits';
import { MAX_SCOPE_ID, MAX_USER_ID } from '../../lib/id-lengths';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'csv.md'), 'utf8');

test('docs/csv.md explains every code, with its level, and no other', () => {
	const findings = [...page.matchAll(/^\| `(\w+)` \| (error|warning|info) \|/gm)].map(([, code, level]) => [
		code,
		level,
	]);
	expect(findings.sort()).toEqual(
		Object.entries(ROW_ISSUES)
			.map(([code, { severity }]) => [code, severity])
			.sort(),
	);
	const refusals = page.slice(page.indexOf('## Files that are refused'));
	expect([...refusals.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code).sort()).toEqual(
		Object.keys(FILE_ISSUES).sort(),
	);
});

test('docs/csv.md names only aliases that are known, under the right column', () => {
	const columns: ReadonlyArray<readonly [string, string]> = [
		['supervisor', 'supervisor'],
		['agent', 'agent'],
		['call center', 'callCenter'],
		['tenant', 'tenant'],
		['group', 'group'],
		['action', 'action'],
	];
	for (const [column, field] of columns) {
		const row = new RegExp(`^\\| ${column} \\|[^|]*\\| ([^|]*) \\|$`, 'm').exec(page)?.[1] ?? '';
		const names = row.split(/[·,]/).map((name) => name.trim());
		expect(names.length).toBeGreaterThan(4);
		for (const name of names) expect([name, candidatesOf(name, SETTINGS).flat()]).toEqual([name, [field]]);
	}
	for (const word of ['add', 'toevoegen', 'ajouter', 'hinzufügen', '+']) expect(actionOfCell(word)).toBe('add');
	for (const word of ['remove', 'verwijderen', 'supprimer', 'löschen', '-']) expect(actionOfCell(word)).toBe('remove');
});

test('docs/csv.md has the figures that are in force', () => {
	expect(page).toContain(`More than ${MAX_REJECTED_ROWS.toLocaleString('en-US')} rows`);
	expect(page).toContain(`(users and call centers ${MAX_USER_ID}, tenants and groups ${MAX_SCOPE_ID} characters)`);
	expect(page).toContain(`more than ${FINDINGS_PER_CODE} times`);
});
