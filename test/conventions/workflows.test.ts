/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the repository's own files */
/** What OpenSSF Scorecard checks of a repository, as far as it can be seen without its host. */

import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../tools/n8n';

const FOLDER = join(REPOSITORY, '.github', 'workflows');
const WORKFLOWS = readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

describe.each(WORKFLOWS)('%s', (_file, text) => {
	it('names every action by its commit', () => {
		const used = [...text.matchAll(/uses:\s*(\S+)/g)].map(([, action]) => action);
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
	});

	it('may read and nothing else, unless a job says so', () => {
		expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
		expect(text.match(/^ +[\w-]+: write$/gm) ?? []).toEqual(
			text.includes('npm run release') ? ['      id-token: write'] : [],
		);
	});

	it('runs nothing of a stranger with rights of its own', () => {
		expect(text).not.toMatch(/pull_request_target|workflow_run|write-all/);
		// Text of a pull request would be run as a command.
		expect(text).not.toMatch(/run:.*\$\{\{\s*github\.(event|head_ref)/);
		expect(text.match(/actions\/checkout@/g)?.length).toBe(text.match(/persist-credentials: false/g)?.length);
	});

	it('runs scripts that package.json has', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const run = [...text.matchAll(/npm (?:run )?(\S+)$/gm)].map(([, name]) => name);
		expect(run.length + (text.match(/lychee-action@/g)?.length ?? 0)).toBeGreaterThan(0);
		expect(run.filter((name) => !(name in scripts))).toEqual([]);
	});
});

describe('the repository', () => {
	it.each(['LICENSE', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'CONTRIBUTING.md', '.github/dependabot.yml'])(
		'has %s',
		(path) => {
			expect(existsSync(join(REPOSITORY, path))).toBe(true);
		},
	);

	it('tests the versions of n8n that the README promises', () => {
		const versions = ['current', 'oldest'].map((name) => {
			const { dependencies } = JSON.parse(read(`tools/n8n/${name}/package.json`)) as { dependencies: { n8n: string } };
			return dependencies.n8n;
		});
		for (const page of ['README.md', 'docs/verification.md', '.github/workflows/ci.yml'])
			expect(versions.filter((version) => !read(page).includes(version))).toEqual([]);
	});
});
