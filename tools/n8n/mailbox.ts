/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions
   -- starts a mail server for tests */

import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports';
import { findPrograms } from './programs';
import { serverUser, startService } from './services';

/** One mailbox, read by IMAP without TLS. */
export interface Mailbox {
	/** The data of n8n's credential `imap`. */
	readonly credential: Record<string, string | number | boolean>;
	/** Delivers a mail to the inbox. @param source its headers and body, with CRLF line ends */
	deliver(source: string): void;
	stop(): Promise<void>;
}

interface Settings {
	/** Of Dovecot, such as `2.3.19.1`. */
	readonly release: string;
	readonly folder: string;
	readonly port: number;
	readonly user: string;
	readonly group: string;
	readonly password: string;
}

/** Dovecot's configuration as one user on loopback, in the form of its release: 2.4 renamed settings of 2.3. */
function configuration({ release, folder, port, user, group, password }: Settings): string {
	const ofRelease = release.startsWith('2.3.')
		? `protocols = imap
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = home=${folder}
}`
		: `dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols {
  imap = yes
}
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = ${folder}/mail
passdb static {
  password = ${password}
}
userdb static {
  fields {
    home = ${folder}
  }
}`;
	return `${ofRelease}
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = /dev/stderr
listen = 127.0.0.1
ssl = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

/** Dovecot with an empty inbox, as Debian's user for it where this process is root's. */
export async function startMailbox(): Promise<Mailbox> {
	const [port] = await freePorts(1);
	const command = findPrograms().dovecot;
	const user = serverUser('dovecot');
	const output = (program: string, ...args: string[]) =>
		execFileSync(program, args, { encoding: 'utf8', ...user }).trim();
	const folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
	const own = (path: string) => {
		if (user) chownSync(path, user.uid, user.gid);
	};
	own(folder);
	for (const part of ['', 'tmp', 'new', 'cur']) {
		mkdirSync(join(folder, 'mail', part));
		own(join(folder, 'mail', part));
	}
	const password = 'any';
	const names = { user: output('id', '-un'), group: output('id', '-gn') };
	const [release] = output(command, '--version').split(' ');
	const file = join(folder, 'dovecot.conf');
	writeFileSync(file, configuration({ release, folder, port, password, ...names }));
	const { stop } = await startService({ command, args: ['-F', '-c', file], port, folder, user });
	let delivered = 0;
	return {
		credential: { host: '127.0.0.1', port, user: 'hr', password, secure: false, allowUnauthorizedCerts: false },
		deliver: (source) => {
			// As Maildir asks: written in tmp, then moved, so that nobody reads half a mail.
			const name = `${(delivered += 1)}.mail`;
			const written = join(folder, 'mail', 'tmp', name);
			writeFileSync(written, source);
			own(written);
			renameSync(written, join(folder, 'mail', 'new', name));
		},
		stop,
	};
}
