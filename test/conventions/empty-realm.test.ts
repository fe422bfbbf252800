/* eslint-disable @n8n/community-nodes/no-restricted-imports -- bundles lib/ and runs it in a realm of its own */
/** All of `lib/` loads and works where there are no timers, no process and no network: it has no way to reach them. */

import { createHash } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { DEFAULT_OPTIONS, engineOptions } from '../../lib/options';
import type { Plan, Settings } from '../../lib/sync';
import { ROOT } from './sources';

/** The modules as one script, in the way in which the build bundles the package. */
function bundle(): string {
	const modules = {
		csv: 'csv',
		options: 'options',
		sync: 'sync',
		apio: 'apio',
		rateLimit: 'rate-limit',
		report: 'report',
		watch: 'watch',
	};
	const lines = Object.entries(modules).map(([name, module]) => `export * as ${name} from './lib/${module}';`);
	const { outputFiles } = buildSync({
		stdin: { contents: lines.join('\n'), resolveDir: ROOT, loader: 'ts' },
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		write: false,
		logLevel: 'error',
	});
	return outputFiles[0].text;
}

/** Runs the bundle beside nothing but ECMAScript, and what of Node.js and the web neither waits nor reaches out. */
function emptyRealm() {
	const module = { exports: {} };
	const realm = createContext({
		Buffer,
		URL,
		TextDecoder,
		AbortController,
		module,
		exports: module.exports,
		require: (name: string) => {
			if (name === 'node:crypto') return { createHash };
			throw new Error(`lib/ asks for ${name}.`);
		},
	});
	runInContext(bundle(), realm);
	return realm;
}

const SETTINGS: Settings = {
	...engineOptions(DEFAULT_OPTIONS),
	kind: 'supervisedAgents',
	mode: 'mirror',
	platformUrl: 'https://apio.example.com/api/v1',
	protectedMembers: [],
	aliases: {},
	lastRun: null,
};

/** From the bytes of a CSV to a plan, against lists that are in memory. Its value is the plan as JSON. */
const SCRIPT = `(async () => {
	const { csv, sync } = module.exports;
	const live = { 'jan@acme.be': ['an@acme.be', 'piet@acme.be'], 'eva@acme.be': ['bea@acme.be'] };
	const platform = { read: async ({ userId }) => ({ ok: true, members: live[userId] }) };
	const text = 'supervisor;call center;agent\\njan;sales;an\\njan;sales;bea\\njan;sales;piet\\neva;sales;bea\\n';
	const options = { kind: 'supervisedAgents', tenantId: 'acme', groupId: 'brussels', defaultDomain: 'acme.be' };
	const read = await csv.readCsvBuffer(Buffer.from(text), options);
	const clock = { now: () => 0, sleep: async () => undefined };
	const run = await sync.planRun(read.source, ${JSON.stringify(SETTINGS)}, { platform, clock, expectedRate: () => 5 });
	return JSON.stringify(run.plan);
})()`;

describe('lib/ in an empty realm', () => {
	it('makes a plan of a CSV', async () => {
		const realm = emptyRealm();
		expect(runInContext('typeof setTimeout + typeof process + typeof fetch', realm)).toBe('undefined'.repeat(3));
		const { guards, lists } = JSON.parse((await runInContext(SCRIPT, realm)) as string) as Plan;
		expect(guards.verdict).toBe('pass');
		expect(lists.flatMap(({ adds }) => adds)).toEqual([{ member: 'bea@acme.be', lines: [3] }]);
		expect(lists.flatMap(({ removes }) => removes)).toEqual([]);
	});
});
