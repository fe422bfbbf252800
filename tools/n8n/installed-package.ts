/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions --
   unpacks a tarball */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestIn(tarball: string): Manifest {
	return JSON.parse(execFileSync('tar', ['xzOf', tarball, 'package/package.json'], { encoding: 'utf8' })) as Manifest;
}

/**
 * Puts a packed package where n8n's own installer puts it (its community-packages service), but for the registry:
 * unpacked in `.n8n/nodes`, without its dev, peer and optional dependencies, and listed as a dependency of that folder.
 * This package has no run-time dependencies, so n8n's last step, `npm install` in it, has nothing to do.
 */
export function installPackage(userFolder: string, tarball: string): void {
	const manifest = manifestIn(tarball);
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error(`${manifest.name} has run-time dependencies, which n8n does not verify: bundle them.`);
	}
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', manifest.name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['xzf', tarball, '-C', folder, '--strip-components=1']);

	const path = join(folder, 'package.json');
	const stripped = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
	for (const field of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete stripped[field];
	writeFileSync(path, JSON.stringify(stripped, null, 2));
	const listed = { name: 'installed-nodes', private: true, dependencies: { [manifest.name]: manifest.version } };
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(listed, null, 2));
}
