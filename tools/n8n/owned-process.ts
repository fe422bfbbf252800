/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- starts and ends processes */

import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** The last so much of its output is kept: enough for the JSON of a large execution. The log file has everything. */
const KEPT_CHARACTERS = 64 * 2 ** 20;
/** n8n waits up to 30 s for running executions before it stops. */
const STOP_PATIENCE_MS = 40_000;

export interface ProcessOptions {
	readonly cwd: string;
	readonly env: Record<string, string>;
	/** Everything it prints is appended to this file. */
	readonly logFile: string;
	/** Whom it runs as; this process's own user without it. */
	readonly user?: { readonly uid: number; readonly gid: number };
}

const running = new Set<OwnedProcess>();
let watching = false;

function endAll() {
	for (const owned of running) owned.kill();
}

/** Ends every process still running when this one ends, also by Ctrl-C, unless somebody else listens to that signal. */
function watchOwnEnd() {
	if (watching) return;
	watching = true;
	process.once('exit', endAll);
	for (const [signal, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const) {
		process.on(signal, () => {
			if (process.listenerCount(signal) > 1) return;
			endAll();
			process.exit(code);
		});
	}
}

/** A child process with all its children: they form a process group that is ended as one. */
export class OwnedProcess {
	readonly pid: number;
	/** Resolves when it has ended: its exit code, or null where a signal ended it. */
	readonly ended: Promise<number | null>;
	private readonly child: ChildProcess;
	private kept: string[] = [];
	private keptCharacters = 0;
	private alive = true;

	constructor(command: string, args: readonly string[], options: ProcessOptions) {
		watchOwnEnd();
		mkdirSync(dirname(options.logFile), { recursive: true });
		const log = createWriteStream(options.logFile, { flags: 'a' });
		this.child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env,
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
			...options.user,
		});
		this.pid = this.child.pid ?? 0;
		running.add(this);
		const keep = (text: string) => {
			this.kept.push(text);
			this.keptCharacters += text.length;
			while (this.keptCharacters > KEPT_CHARACTERS) this.keptCharacters -= this.kept.shift()?.length ?? 0;
			log.write(text);
		};
		this.child.stdout?.setEncoding('utf8').on('data', keep);
		this.child.stderr?.setEncoding('utf8').on('data', keep);
		this.ended = new Promise((resolve, reject) => {
			this.child.once('error', reject);
			this.child.once('close', (code) => {
				this.alive = false;
				running.delete(this);
				log.end();
				resolve(code);
			});
		});
	}

	get isRunning(): boolean {
		return this.alive;
	}

	/** What it printed. */
	get output(): string {
		return this.kept.join('').trim();
	}

	/** Asks it to end and waits until it has; ends it by force where it does not. */
	async stop(): Promise<void> {
		if (!this.alive) return;
		this.child.kill('SIGTERM');
		const force = setTimeout(() => this.kill(), STOP_PATIENCE_MS);
		await this.ended;
		clearTimeout(force);
		// Grandchildren (n8n's task runner) may take a little longer than their parent.
		this.signalGroup('SIGKILL');
	}

	/** `kill -9` of the process and all its children. */
	kill(): void {
		if (this.alive) this.signalGroup('SIGKILL');
	}

	private signalGroup(signal: NodeJS.Signals) {
		if (this.pid === 0) return;
		try {
			process.kill(-this.pid, signal);
		} catch {
			// The group is gone already, which is what was wanted.
		}
	}
}
