import { DEFAULT_ACCOUNT, type AccountSpec } from '../world-spec';

/** Who may sign in, at either entry point. */
export class Accounts {
	private readonly byName = new Map<string, AccountSpec>();
	private readonly byToken = new Map<string, AccountSpec>();

	constructor(readonly specs: readonly AccountSpec[] = [DEFAULT_ACCOUNT]) {
		for (const account of specs) {
			this.byName.set(account.username, account);
			if (account.m2mToken) this.byToken.set(account.m2mToken, account);
		}
	}

	/** Undefined for an unknown name and for a wrong password alike, as the platform doesn't distinguish them. */
	check(username: string, password: string): AccountSpec | undefined {
		const account = this.byName.get(username);
		return account?.password === password ? account : undefined;
	}

	named(username: string): AccountSpec | undefined {
		return this.byName.get(username);
	}

	withToken(token: string): AccountSpec | undefined {
		return this.byToken.get(token);
	}
}
