/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads the example files, and waits with a timer for what people receive */
/**
 * The example workflows as a person has them: imported into a real n8n from their files, with credentials chosen, on
 * the platform and among the servers that `npm run simulator -- --examples` starts.
 */

import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleWorld, startExampleServers, type Mail, type Simulator, type ExampleServers } from '../../../simulator';
import { REPOSITORY, type CredentialData, type Execution, type N8nServer, type WorkflowData } from '../../../tools/n8n';
import { apioCredential } from './credentials';
import { useN8n, type UseN8nOptions } from './use-n8n';
import { useSimulator } from './use-simulator';

/** The one address that the files name besides the credentials': that of HR's files and of the chat. */
const NAMED = 'http://127.0.0.1:4011';
const POLL_MS = 50;
const PATIENCE_MS = 120_000;

export interface ImportOptions {
	/** Nodes that a person enables or disables, as the sticky note says. */
	readonly enable?: readonly string[];
	readonly disable?: readonly string[];
	/** Parameters that a person fills in, by node. */
	readonly parameters?: Readonly<Record<string, object>>;
	readonly settings?: object;
}

export interface Imported {
	readonly id: string;
	readonly versionId: string;
}

export class Examples {
	private readonly credentials = new Map<string, { id: string; name: string }>();

	constructor(
		readonly n8n: N8nServer,
		readonly simulator: Simulator,
		readonly exampleServers: ExampleServers,
	) {}

	/** A credential that the nodes which take its type are given from now on. */
	async choose(credential: CredentialData): Promise<void> {
		this.credentials.set(credential.type, await this.n8n.rest.createCredential(credential));
	}

	/** What *Import from File* does, and a person who chooses credentials. */
	async import(name: string, options: ImportOptions = {}): Promise<Imported> {
		const text = readFileSync(join(REPOSITORY, 'examples', `${name}.json`), 'utf8');
		const workflow = JSON.parse(text.replaceAll(NAMED, this.exampleServers.url)) as WorkflowData;
		const nodes = workflow.nodes.map((node) => ({
			...node,
			...(options.enable?.includes(node.name) ? { disabled: false } : {}),
			...(options.disable?.includes(node.name) ? { disabled: true } : {}),
			parameters: { ...node.parameters, ...options.parameters?.[node.name] },
			credentials: this.credentialsOf(node.type),
		}));
		return await this.n8n.rest.createWorkflow({
			...workflow,
			nodes,
			settings: { ...workflow.settings, ...options.settings },
		});
	}

	async run(name: string, trigger: string, options: ImportOptions = {}): Promise<Execution> {
		const { id } = await this.import(name, options);
		return await this.n8n.rest.run(id, trigger);
	}

	async activate(name: string, options: ImportOptions = {}): Promise<Imported> {
		const imported = await this.import(name, options);
		await this.n8n.rest.activate(imported.id, imported.versionId);
		return imported;
	}

	/** Local parts of the ids of the agents whom the supervisor supervises in the call center, sorted. */
	supervised(supervisor: string, callCenter: string): string[] {
		const list = this.simulator
			.state()
			.supervisedAgents.find(({ userId, callCenterId = '' }) =>
				[local(userId), local(callCenterId ?? '')].every((part, n) => part === [supervisor, callCenter][n]),
			);
		return (list?.members ?? []).map(local).sort();
	}

	/** Local parts of the ids of the agent's call centers, sorted. */
	callCentersOf(agent: string): string[] {
		const list = this.simulator.state().agentCallCenters.find(({ userId }) => local(userId) === agent);
		return (list?.members ?? []).map(local).sort();
	}

	/** The mail of that number, from 1, since the test began. */
	async mail(number: number): Promise<Mail> {
		return await waitFor(() => this.exampleServers.mails[number - 1], `mail number ${number}`);
	}

	private credentialsOf(type: string): Record<string, { id: string; name: string }> | undefined {
		const wanted = Object.entries(CREDENTIAL_OF).find(([part]) => type.includes(part))?.[1];
		const chosen = wanted === undefined ? undefined : this.credentials.get(wanted);
		return wanted === undefined || chosen === undefined ? undefined : { [wanted]: chosen };
	}
}

/** What a node's type contains, and the credential that it takes. */
const CREDENTIAL_OF: Readonly<Record<string, string>> = {
	'n8n-nodes-apio.': 'apioApi',
	'.emailSend': 'smtp',
	'.ftp': 'sftp',
	'.emailReadImap': 'imap',
	'.lmChatOpenAi': 'openAiApi',
};

function local(id: string): string {
	return id.split('@')[0];
}

/** An example that works once may have used up what it needs: each is run again on what it left. */
export async function twice(play: (run: number) => Promise<void>): Promise<void> {
	for (const run of [1, 2]) await play(run);
}

export async function waitFor<T>(look: () => T | undefined, what: string): Promise<T> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const found = look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`Nothing came within two minutes: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** Gives a function that hands over the examples' n8n and platform; each test finds the platform as it begins. */
export function useExamples(options: UseN8nOptions = {}): () => Examples {
	const n8n = useN8n(options);
	const simulator = useSimulator({ world: exampleWorld() });
	let examples: Examples | undefined;
	beforeAll(async () => {
		const exampleServers = await startExampleServers();
		examples = new Examples(n8n(), simulator(), exampleServers);
		await examples.choose(apioCredential(simulator(), 'accessToken'));
		const { smtpPort: port } = exampleServers;
		const data = {
			host: '127.0.0.1',
			port,
			user: '',
			password: '',
			secure: false,
			disableStartTls: true,
			hostName: '',
		};
		await examples.choose({ name: 'Mail', type: 'smtp', data });
	});
	beforeEach(() => {
		simulator().reset();
		examples?.exampleServers.forget();
	});
	afterAll(async () => await examples?.exampleServers.stop());
	return () => {
		if (!examples) throw new Error('n8n is not running: call this inside a test.');
		return examples;
	};
}
