/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   a command for people */
/**
 * `npm run demo`: a real n8n with this package syncs HR's CSV file to a simulated APIO, and the platform's own record
 * proves it. `-- --keep` leaves n8n running for a look; `-- --fresh` begins with the platform's first state again.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
	ensureRuntime,
	N8nHome,
	OWNER,
	packPackage,
	REPOSITORY,
	startN8n,
	type Execution,
	type N8nServer,
} from '../tools/n8n';
import { DEFAULT_ACCOUNT } from '../simulator';
import { makeHrExport } from './hr-export';
import { QUOTA, startPlatform } from './platform';
import { prove } from './proof';
import { demoCredential, demoWorkflow, NODES, WORKFLOW_ID } from './workflow';

const runtime = ensureRuntime();
/**
 * Beside the installed n8n and not in this checkout, where the package would find the checkout's n8n-workflow and not
 * that of n8n; one for each checkout.
 */
const FOLDER = join(
	dirname(runtime.folder),
	`demo-${createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 8)}`,
);
const SEED = 2026;

/** The fields of the sync node's summary that the demo shows. */
interface Summary {
	readonly summary: string;
	readonly status: string;
	readonly counts: { readonly adds: { readonly planned: number }; readonly removes: { readonly planned: number } };
}

const started = Date.now();

function show(what: string, text: string): void {
	const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4);
	process.stdout.write(`${seconds} s  ${what.padEnd(10)} ${text}\n`);
}

function summaryOf(execution: Execution, node: string): Summary {
	const item = execution.runs[node]?.at(-1)?.outputs[0]?.[0];
	if (execution.status !== 'success' || !item) {
		const message = execution.error?.message ?? `the node ${node} gave no summary`;
		throw new Error(
			`The workflow ended with status ${execution.status}: ${message} ${execution.error?.description ?? ''}`,
		);
	}
	return item.json as unknown as Summary;
}

async function untilInterrupted(n8n: N8nServer): Promise<void> {
	show('Editor', `${n8n.baseUrl}/workflow/${WORKFLOW_ID}`);
	show('', `sign in as ${OWNER.email} with ${OWNER.password}; Ctrl-C ends n8n and the platform`);
	await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
}

async function main(flags: ReadonlySet<string>): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const platform = await startPlatform(FOLDER, flags.has('--fresh'));
	const { simulator } = platform;
	const before = await simulator.state();
	const lists = before.supervisedAgents.length;
	show(
		'Platform',
		`simulated APIO: ${before.users} users, ${before.callCenters} call centers, ${lists} supervisors, ${QUOTA} ` +
			'requests a second',
	);
	if (platform.usedBefore)
		show('', 'as the last demo left it, so nothing will change; "npm run demo -- --fresh" begins anew');

	const home = new N8nHome({ runtime, userFolder: join(FOLDER, 'home'), packageTarball: packPackage() });
	const hr = makeHrExport(platform.original, SEED);
	const hrFile = join(home.folders.files, 'hr.csv');
	const reportFile = join(home.folders.files, 'report.html');
	writeFileSync(hrFile, hr.csv);
	const { joined, left, moved } = hr.changes;
	show(
		'HR file',
		`${hr.rows} rows of ${hr.teams} teams: ${joined} people joined, ${left} left, ${moved} moved, ${hr.badRows} ` +
			'bad rows',
	);

	await home.importCredentials([demoCredential({ baseUrl: simulator.gatewayUrl, ...DEFAULT_ACCOUNT })]);
	await home.importWorkflows([demoWorkflow(hrFile, reportFile)]);
	const n8n = await startN8n(home);
	show('n8n', `${runtime.version} runs, with credential and workflow imported`);

	const first = await n8n.rest.run(WORKFLOW_ID, NODES.trigger);
	show('Plan', summaryOf(first, NODES.plan).summary);
	const outcome = summaryOf(first, NODES.sync);
	show('Sync', `${outcome.summary} [${outcome.status}]`);
	show('Report', reportFile);

	const proof = prove(await simulator.state(), hr.expected);
	if (proof.differences.length > 0)
		throw new Error(`The platform is not as HR's file asks:\n${proof.differences.join('\n')}`);
	show(
		'Proof',
		`the platform shows all ${proof.teams} teams with ${proof.members} members as the file asks; removals that ` +
			'an unusable row may mean are held',
	);
	await platform.keep();

	const { appliedWrites } = await simulator.stats();
	const second = summaryOf(await n8n.rest.run(WORKFLOW_ID, NODES.trigger), NODES.sync);
	const written = (await simulator.stats()).appliedWrites - appliedWrites;
	if (written > 0) throw new Error(`The second sync wrote ${written} times, although nothing was left to do.`);
	show('Again', `${second.summary} [${second.status}]`);

	if (flags.has('--keep')) await untilInterrupted(n8n);
	else show('Editor', `was at ${n8n.baseUrl}; "npm run demo -- --keep" leaves it running`);
	await n8n.stop();
	await simulator.stop();
}

main(new Set(process.argv.slice(2))).then(
	() => process.exit(0),
	(problem: unknown) => {
		const message = problem instanceof Error ? problem.message : String(problem);
		process.stderr.write(`The demo did not get to its end; its logs are in ${FOLDER}.\n${message}\n`);
		process.exit(1);
	},
);
