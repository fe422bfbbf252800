/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps files in a folder */

import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CredentialData, NodeOutput, WorkflowData } from './documents';
import { n8nEnvironment, type Folders } from './environment';
import { installPackage } from './installed-package';
import { OwnedProcess } from './owned-process';
import { freePorts } from './ports';
import type { N8nRuntime } from './runtime';

export interface HomeOptions {
	readonly runtime: N8nRuntime;
	/** Made where it is missing; an existing one is used again. */
	readonly userFolder: string;
	/** The packed package to install. */
	readonly packageTarball: string;
	/** Further variables of n8n's environment, e.g. EXECUTIONS_TIMEOUT. */
	readonly environment?: Readonly<Record<string, string>>;
}

/** The output of `n8n execute`. */
export interface CommandLineExecution {
	readonly succeeded: boolean;
	/** Runs by node name; empty where the run did not get as far as a node. */
	readonly runs: Readonly<Record<string, readonly NodeOutput[]>>;
	readonly error: { readonly message: string } | null;
	/** Everything it printed, log lines included. */
	readonly output: string;
}

interface PrintedRun {
	readonly data: {
		readonly resultData: {
			readonly error?: { readonly message: string };
			readonly runData: Record<string, Array<{ data?: { main?: NodeOutput['outputs'] }; error?: { message: string } }>>;
		};
	};
}

/** A user folder of n8n with our package in it, and n8n's command line on it. Needs no owner account. */
export class N8nHome {
	readonly folders: Folders;
	readonly logFile: string;
	private readonly work: string;

	constructor(private readonly options: HomeOptions) {
		mkdirSync(options.userFolder, { recursive: true });
		// n8n compares real paths with the folder that its file nodes may use: a home behind a symbolic link is refused.
		const userFolder = realpathSync(options.userFolder);
		this.folders = { user: userFolder, files: join(userFolder, 'files') };
		this.logFile = join(userFolder, 'n8n.log');
		// n8n reads a .env from the folder it is started in: this one has none.
		this.work = join(userFolder, 'work');
		for (const folder of [this.folders.files, this.work]) mkdirSync(folder, { recursive: true });
		installPackage(userFolder, options.packageTarball);
	}

	/** Starts one n8n command as a process of its own. */
	async launch(args: readonly string[]): Promise<{ owned: OwnedProcess; baseUrl: string }> {
		const [http, broker] = await freePorts(2);
		const { runtime, environment } = this.options;
		const owned = new OwnedProcess(runtime.node, [runtime.bin, ...args], {
			cwd: this.work,
			env: { ...n8nEnvironment(runtime, this.folders, { http, broker }), ...environment },
			logFile: this.logFile,
		});
		return { owned, baseUrl: `http://127.0.0.1:${http}` };
	}

	/** `n8n import:credentials`; a credential of the same id is replaced. Secrets are in the file for a moment only. */
	async importCredentials(credentials: ReadonlyArray<CredentialData & { readonly id: string }>): Promise<void> {
		await this.importFile('credentials', credentials);
	}

	/** `n8n import:workflow`; a workflow of the same id is replaced. */
	async importWorkflows(workflows: ReadonlyArray<WorkflowData & { readonly id: string }>): Promise<void> {
		const complete = workflows.map((workflow) => ({
			active: false,
			settings: {},
			versionId: randomUUID(),
			...workflow,
		}));
		await this.importFile('workflow', complete);
	}

	/** `n8n execute --id`: one run in a process of its own, to its end. */
	async execute(workflowId: string): Promise<CommandLineExecution> {
		const { code, output } = await this.command(['execute', `--id=${workflowId}`, '--rawOutput']);
		const printed = jsonIn(output);
		const resultData = printed?.data.resultData;
		const runs = Object.entries(resultData?.runData ?? {}).map(([node, tasks]) => [
			node,
			tasks.map((task): NodeOutput => ({ outputs: task.data?.main ?? [], error: task.error?.message ?? null })),
		]);
		return { succeeded: code === 0, runs: Object.fromEntries(runs), error: resultData?.error ?? null, output };
	}

	private async importFile(what: 'credentials' | 'workflow', documents: unknown): Promise<void> {
		const file = join(this.work, `${what}-${randomUUID()}.json`);
		writeFileSync(file, JSON.stringify(documents), { mode: 0o600 });
		const { code, output } = await this.command([`import:${what}`, `--input=${file}`]);
		writeFileSync(file, '');
		if (code !== 0) throw new Error(`n8n import:${what} ended with code ${code}:\n${output}`);
	}

	private async command(args: readonly string[]): Promise<{ code: number | null; output: string }> {
		const { owned } = await this.launch(args);
		const code = await owned.ended;
		return { code, output: owned.output };
	}
}

/** `n8n execute` prints its JSON between log lines, from a line that is `{` to the first one that starts with `}`. */
function jsonIn(output: string): PrintedRun | null {
	const lines = output.split('\n');
	const from = lines.indexOf('{');
	const to = lines.findIndex((line, index) => index > from && line.startsWith('}'));
	return from < 0 || to < 0 ? null : (JSON.parse([...lines.slice(from, to), '}'].join('\n')) as PrintedRun);
}
