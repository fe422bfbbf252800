/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test server on loopback */
/** A chat model that does what a script says, behind the interface of OpenAI's chat completions. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model answers: a tool to call, or words. */
export type Answer = { readonly tool: string; readonly arguments: object } | { readonly say: string };

interface Request {
	readonly stream?: boolean;
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools?: ReadonlyArray<{ readonly function: { readonly name: string } }>;
}

export interface ScriptedModel {
	/** Base URL as the credential takes it. */
	readonly url: string;
	/** Answers still to be given, first to last. */
	readonly script: Answer[];
	/** What it was asked, the latest last. */
	readonly requests: readonly Request[];
	/** What the last tool that it called gave back. */
	lastToolResult(): string;
	stop(): Promise<void>;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
	const script: Answer[] = [];
	const requests: Request[] = [];
	const server = createServer((incoming, response) => {
		let body = '';
		incoming.setEncoding('utf8');
		incoming.on('data', (chunk: string) => (body += chunk));
		incoming.on('end', () => {
			const request = JSON.parse(body) as Request;
			requests.push(request);
			const answer = script.shift() ?? { say: 'The script is over.' };
			const type = request.stream ? 'text/event-stream' : 'application/json';
			response.writeHead(200, { 'content-type': type });
			response.end(request.stream ? streamed(answer, requests.length) : whole(answer, requests.length));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script,
		requests,
		lastToolResult: () => {
			const results = (requests.at(-1)?.messages ?? []).filter(({ role }) => role === 'tool');
			return String(results.at(-1)?.content);
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function whole(answer: Answer, number: number): string {
	const choice = { index: 0, message: messageOf(answer, number), finish_reason: finishOf(answer) };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	return JSON.stringify({ ...envelope('chat.completion'), choices: [choice], usage });
}

function streamed(answer: Answer, number: number): string {
	const event = (delta: object, finish: string | null) => {
		const choices = [{ index: 0, delta, finish_reason: finish }];
		return `data: ${JSON.stringify({ ...envelope('chat.completion.chunk'), choices })}\n\n`;
	};
	return `${event(messageOf(answer, number), null)}${event({}, finishOf(answer))}data: [DONE]\n\n`;
}

function envelope(object: string): object {
	return { id: 'scripted', object, created: 0, model: 'scripted' };
}

function finishOf(answer: Answer): string {
	return 'say' in answer ? 'stop' : 'tool_calls';
}

function messageOf(answer: Answer, number: number): object {
	if ('say' in answer) return { role: 'assistant', content: answer.say };
	const call = { name: answer.tool, arguments: JSON.stringify(answer.arguments) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ index: 0, id: `call_${number}`, type: 'function', function: call }],
	};
}
