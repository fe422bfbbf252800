/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions --
   makes folders and a package */

import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nHome } from '../../tools/n8n';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-home-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a home behind a symbolic link has the real path of its files, as n8n's file nodes need it", () => {
	const packageTarball = join(folder, 'package.tgz');
	mkdirSync(join(folder, 'package'));
	writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name: 'n8n-nodes-any', version: '1.0.0' }));
	execFileSync('tar', ['czf', packageTarball, '-C', folder, 'package']);
	mkdirSync(join(folder, 'real'));
	symlinkSync(join(folder, 'real'), join(folder, 'link'));
	const runtime = { name: 'current', version: '2', folder, node: 'node', bin: 'n8n' } as const;
	const home = new N8nHome({ runtime, userFolder: join(folder, 'link', 'home'), packageTarball });
	expect(home.folders.files).toBe(join(folder, 'real', 'home', 'files'));
});
