/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   a test server, never published: it listens on loopback */
/** Receives mail by SMTP (RFC 5321), as much of it as mail programs need. */

import { createServer, type Server, type Socket } from 'node:net';
import { readMail, type Mail } from './mime';

export function createMailServer(deliver: (mail: Mail) => void): Server {
	return createServer((socket) => {
		socket.setEncoding('latin1');
		socket.on('error', () => socket.destroy());
		socket.write('220 simulated mail server\r\n');
		converse(socket, deliver);
	});
}

function converse(socket: Socket, deliver: (mail: Mail) => void): void {
	let received = '';
	let inData = false;
	socket.on('data', (chunk: string) => {
		received += chunk;
		for (;;) {
			const end = inData ? '\r\n.\r\n' : '\r\n';
			const at = received.indexOf(end);
			if (at < 0) return;
			const unit = received.slice(0, at);
			received = received.slice(at + end.length);
			if (inData) deliver(readMail(unit.replace(/^\.\./gm, '.')));
			const command = inData ? '' : unit.slice(0, 4).toUpperCase();
			inData = command === 'DATA';
			socket.write(answerTo(command));
			if (command === 'QUIT') socket.end();
		}
	});
}

function answerTo(command: string): string {
	if (command === 'DATA') return '354 end with a dot alone on a line\r\n';
	if (command === 'QUIT') return '221 bye\r\n';
	if (['', 'EHLO', 'HELO', 'MAIL', 'RCPT', 'RSET', 'NOOP'].includes(command)) return '250 OK\r\n';
	return '502 not known here\r\n';
}
