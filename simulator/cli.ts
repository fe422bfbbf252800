/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command for developers, never published */
/** `npm run simulator -- --port 4010 --seed 7 --agents 5000`: a local APIO until it is interrupted. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { documentationWorld } from './documentation-world';
import { exampleWorld } from './example-world';
import type { FaultPlan } from './faults';
import { createWorld, SEEDED_WORLD_DEFAULTS, type SeededWorldOptions } from './seeded-world';
import type { SimulatorSettings } from './settings';
import { startSimulator, type Simulator } from './start';
import { startExampleServers } from './example-servers';
import type { WorldSpec } from './world-spec';

const SIZES = [
	'seed',
	'tenants',
	'groups',
	'callCenters',
	'supervisors',
	'agents',
	'callCentersPerAgent',
	'callCentersPerSupervisor',
	'supervisedShare',
] as const;
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const HELP = `npm run simulator -- [options]: a local APIO on loopback, for development, tests and demonstrations.

  --port <n>                  default 4010; 0 takes any free one
${SIZES.map((name) => `  --${kebab(name).padEnd(25)} default ${SEEDED_WORLD_DEFAULTS[name]}`).join('\n')}
  --examples                  the world of the workflows in examples/ instead, with HR's files, a chat and a mail server
  --examples-port <n>           with --examples: of HR's files and the chat, default 4011
  --mail-port <n>             with --examples: of the mail server, default 4025
  --documentation             the small world of the API documentation's examples instead
  --world <file>              a world as JSON (see WorldSpec) instead
  --settings <json|file>      switches, see SimulatorSettings
  --faults <json|file>        faults, see FaultPlan
  --rate <n> --burst <n>      request quota per second; burst defaults to the rate
  --latency <ms>              of every answer`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			help: { type: 'boolean' },
			documentation: { type: 'boolean' },
			examples: { type: 'boolean' },
			...Object.fromEntries(
				[
					'port',
					'examples-port',
					'mail-port',
					'world',
					'settings',
					'faults',
					'rate',
					'burst',
					'latency',
					...SIZES.map(kebab),
				].map((name) => [name, { type: 'string' as const }]),
			),
		},
	}) as { values: Record<string, string | boolean | undefined> };
	if (values.help) {
		console.log(HELP);
		return;
	}
	const settings = (values.settings ? readJson(values.settings as string) : {}) as Partial<SimulatorSettings>;
	const rate = number(values.rate, 'rate');
	if (rate !== undefined) settings.quota = { rate, burst: number(values.burst, 'burst') ?? rate };
	const latency = number(values.latency, 'latency');
	if (latency !== undefined) settings.latencyMs = latency;
	const simulator = await startSimulator({
		port: number(values.port, 'port') ?? 4010,
		world: readWorld(values),
		settings,
		faults: values.faults ? (readJson(values.faults as string) as FaultPlan) : {},
	});
	const exampleServers = values.examples ? await startServersOfExamples(simulator, values) : undefined;
	const { username, password, m2mToken } = simulator.account;
	const { users, callCenters, supervisedAgents } = simulator.state();
	console.log(
		[
			`Simulated APIO with ${users} users, ${callCenters} call centers, ${supervisedAgents.length} lists of ` +
				'supervised agents.',
			`Gateway:    ${simulator.gatewayUrl}`,
			`APIO Core:  ${simulator.coreUrl}`,
			`Admin API:  ${simulator.adminUrl}/state`,
			`User:       ${username}   Password: ${password}`,
			...(m2mToken ? [`M2M token:  ${m2mToken}`] : []),
			...(exampleServers?.lines ?? []),
			`Ready on ${simulator.url}`,
		].join('\n'),
	);
	const stop = () =>
		void Promise.all([simulator.stop(), exampleServers?.stop()]).then(() => {
			process.exit(0);
		});
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** At the ports that the workflows in `examples/` and their README name, unless others are given. */
async function startServersOfExamples(simulator: Simulator, values: Values) {
	const onReceived = (line: string) => console.log(line);
	const httpPort = number(values['examples-port'], 'examples-port') ?? 4011;
	const options = { httpPort, smtpPort: number(values['mail-port'], 'mail-port') ?? 4025, onReceived };
	const { url, smtpPort, stop } = await startExampleServers(options).catch(async (problem: unknown) => {
		await simulator.stop();
		throw problem;
	});
	const lines = [
		`HR's files: ${url}/hr/acme_brussels.csv`,
		`Mail:       host 127.0.0.1, port ${smtpPort}, no user, no password, no encryption`,
		`Chat:       ${url}/chat`,
		`Received:   ${url}/ shows mail and chat`,
	];
	return { lines, stop };
}

function readWorld(values: Record<string, string | boolean | undefined>): WorldSpec {
	if (values.documentation) return documentationWorld();
	if (values.examples) return exampleWorld();
	if (values.world) return readJson(values.world as string) as WorldSpec;
	const sizes: SeededWorldOptions = {};
	for (const name of SIZES) {
		const size = number(values[kebab(name)], kebab(name));
		if (size !== undefined) sizes[name] = size;
	}
	return createWorld(sizes);
}

function number(text: string | boolean | undefined, name: string): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`--${name} needs a number, not "${text}"`);
	return value;
}

/** JSON itself, or the name of a file that holds it. */
function readJson(text: string): unknown {
	return JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8')) as unknown;
}

main().catch((problem: unknown) => {
	console.error(
		`The simulator did not start: ${problem instanceof Error ? problem.message : String(problem)}\nSee --help.`,
	);
	process.exitCode = 1;
});
