/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- starts the command as a person would */
import { afterEach, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { send } from './http-client';

const root = join(__dirname, '..', '..');
const started: ChildProcess[] = [];
afterEach(async () => {
	const ended = started.splice(0).map(async (child) => {
		if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close');
	});
	await Promise.all(ended);
});

/** Runs the command until it has said what `until` matches, or has ended. */
async function command(args: string[], until: RegExp): Promise<string> {
	const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'simulator', 'cli.ts'), ...args], {
		cwd: root,
	});
	started.push(child);
	let output = '';
	return await new Promise((resolve) => {
		const listen = (chunk: Buffer) => {
			output += chunk.toString();
			if (until.test(output)) resolve(output);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.on('close', () => resolve(output));
	});
}

it('starts by one command, and prints addresses and credentials', async () => {
	const options = [
		'--port',
		'0',
		'--seed',
		'7',
		'--agents',
		'50',
		'--supervisors',
		'4',
		'--call-centers',
		'3',
		'--rate',
		'1000',
		'--settings',
		'{"enrichCcInfo":true}',
	];
	const output = await command(options, /Ready on \S+\n/);
	expect(output).toContain('54 users, 3 call centers, 4 lists');
	const [, core] = /APIO Core: +(\S+)/.exec(output) ?? [];
	const [, admin] = /Admin API: +(\S+)/.exec(output) ?? [];
	const [, token] = /M2M token: +(\S+)/.exec(output) ?? [];
	expect((await send('GET', `${core}/tenants/`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
	expect((await send('GET', admin)).json).toMatchObject({ users: 54 });
	expect((await send('GET', admin.replace('state', 'settings'))).json).toMatchObject({
		enrichCcInfo: true,
		quota: { rate: 1000, burst: 1000 },
	});
}, 60000);

it('starts the company of the examples, at the addresses and with the sign-in that their README names', async () => {
	const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8');
	const output = await command(
		['--examples', '--port', '0', '--examples-port', '0', '--mail-port', '0'],
		/Ready on \S+\n/,
	);
	expect(output).toContain('13 users, 4 call centers, 4 lists');
	const [, token] = /M2M token: +(\S+)/.exec(output) ?? [];
	const [, username, password] = /User: +(\S+) +Password: (\S+)/.exec(output) ?? [];
	for (const word of [token, username, password]) expect(readme).toContain(`\`${word}\``);
	const [, file] = /HR's files: +(\S+)/.exec(output) ?? [];
	expect((await fetch(file)).headers.get('content-type')).toContain('text/csv');
	const [, chat] = /Chat: +(\S+)/.exec(output) ?? [];
	expect((await fetch(chat, { method: 'POST', body: '{"text":"<b>hello</b>"}' })).status).toBe(200);
	const [, page] = /Received: +(\S+)/.exec(output) ?? [];
	expect(await (await fetch(page)).text()).toContain('&lt;b&gt;hello&lt;/b&gt;');
	const help = await command(['--help'], /--documentation/);
	for (const port of ['4010', '4011', '4025']) {
		expect(help).toContain(`default ${port}`);
		expect(readme).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}|port \`${port}\``));
	}
}, 60000);

it('says what is wrong with its options', async () => {
	expect(await command(['--agents', 'many'], /See --help/)).toContain('--agents needs a number, not "many"');
	expect(await command(['--color', 'red'], /See --help/)).toContain('--color');
	expect(await command(['--help'], /--documentation/)).toContain('--supervised-share');
}, 60000);
