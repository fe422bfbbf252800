/**
 * The requests of one list, one after the other: every write ends either with the list having been seen, or with the
 * knowledge that nothing was applied, or with nothing more to be sent for this list.
 */

import type { Kind, ListRef } from '../model/list';
import { KINDS } from '../model/list';
import type { Entry, Ledger, Verdict } from './change-tracker';
import { MAX_SETTLING_READS } from '../model/limits';
import type { Look, View } from '../platform/read';
import { asLook, lookAt } from '../platform/read';
import { sameMembers } from '../model/members';
import { TOO_LATE, type Failure } from '../platform/platform';
import type { RequestLog, Session } from '../platform/session';
import { listName } from '../words';

export type Sent =
	/** Acknowledged, and the list was seen since. */
	| { readonly now: 'seen' }
	/** In doubt, and the list was seen since; `changed`: it is not what it was before the write. */
	| { readonly now: 'doubted'; readonly changed: boolean; readonly failure: Failure }
	/** Turned down: nothing was applied. */
	| { readonly now: 'refused'; readonly failure: Failure }
	/** Not sent, because the list's last look grew too old while the request waited for its turn. */
	| { readonly now: 'late'; readonly failure: Failure }
	/** Verdicts are given; nothing more is sent for this list. */
	| { readonly now: 'over' };

const OVER: Sent = { now: 'over' };

export class ListRequests {
	readonly kind: Kind;
	/** The list just before the first write; null while nothing was written. */
	before: View | null = null;
	/** Whether the list as last seen may be out of date by a write of ours. */
	unknown = false;

	constructor(
		private readonly ref: ListRef,
		private readonly ledger: Ledger,
		private readonly session: Session,
		private readonly log: RequestLog,
		/** How old the read may be that a replace follows. */
		readonly freshMilliseconds: number,
	) {
		this.kind = KINDS[ref.kind];
	}

	/** Whether the list was seen recently enough to be overwritten. */
	get fresh(): boolean {
		const age = this.session.now() - this.ledger.view.at;
		// A clock that was put back says nothing of the age.
		return age >= 0 && age <= this.freshMilliseconds;
	}

	/** Reads the list. Where that fails, what is still pending gets its verdict, and false comes back. */
	async look(): Promise<boolean> {
		const look = await lookAt(this.ref, this.session, this.log);
		if (look.ok) {
			this.ledger.see(look.view);
			return true;
		}
		if (look.failure.kind !== 'stopped') this.ledger.decide(this.ledger.pending(), unreadable(this.ref, look.failure));
		return false;
	}

	/** Makes the changes by writing the whole list. */
	async replace(changes: readonly Entry[]): Promise<Sent> {
		return await this.write('replace', changes, this.ledger.target(changes));
	}

	/**
	 * Makes changes of one direction: by the request of that name, or by the whole list where the kind knows no other.
	 */
	async change(changes: readonly Entry[]): Promise<Sent> {
		if (!this.kind.incremental) return await this.replace(changes);
		const members = changes.map(({ change }) => change.member);
		return await this.write(changes[0].direction, changes, members);
	}

	private async write(
		write: 'replace' | 'add' | 'remove',
		changes: readonly Entry[],
		members: string[],
	): Promise<Sent> {
		const first = this.before === null;
		this.before ??= this.ledger.view;
		const at = this.session.now();
		const notAfter = write === 'replace' ? this.ledger.view.at + this.freshMilliseconds : undefined;
		const reply = await this.session.write(write, this.ref, members, this.log, notAfter);
		if (reply.ok) {
			for (const entry of changes) {
				entry.sent = true;
				entry.doubted = false;
			}
			const answer = reply.members === null ? await this.settle() : asLook({ ok: true, members: reply.members }, at);
			return this.conclude(answer, changes, unverified, () => ({ now: 'seen' }));
		}
		const { failure } = reply;
		switch (failure.kind) {
			case 'refused':
				return { now: 'refused', failure };
			case 'missing':
				// The list, or only a member? The list itself knows.
				return (await this.look()) ? { now: 'refused', failure } : OVER;
			case 'forbidden':
				if (first) this.before = null;
				this.ledger.decide(this.ledger.pending(), notAllowed(failure));
				return OVER;
			case 'unavailable':
				if (failure.code === TOO_LATE) {
					if (first) this.before = null;
					return { now: 'late', failure };
				}
				this.ledger.decide(changes, notDone(failure));
				return OVER;
			case 'stopped':
				return OVER;
			case 'doubt': {
				for (const entry of changes) {
					entry.sent = true;
					entry.doubted = true;
				}
				const earlier = this.ledger.view.members;
				return this.conclude(
					await this.settle(),
					changes,
					() => outcomeUnknown(failure),
					({ members: now }) => {
						// What the list does not show was not applied; should it appear later, it was somebody else's doing.
						for (const entry of changes) entry.sent = this.ledger.done(entry);
						return { now: 'doubted', changed: !sameMembers(earlier, now), failure };
					},
				);
			}
		}
	}

	private conclude(
		look: Look,
		changes: readonly Entry[],
		otherwise: (failure: Failure) => Verdict,
		seen: (view: View) => Sent,
	): Sent {
		if (look.ok) {
			this.ledger.see(look.view);
			this.session.made?.(
				this.ref,
				changes.filter((entry) => this.ledger.done(entry)),
			);
			return seen(look.view);
		}
		this.unknown = true;
		this.ledger.decide(changes, otherwise(look.failure));
		return OVER;
	}

	/** Reads the list to learn what a write did. */
	private async settle(): Promise<Look> {
		let look = await lookAt(this.ref, this.session, this.log);
		for (let reads = 1; reads < MAX_SETTLING_READS && !look.ok && look.failure.kind !== 'stopped'; reads += 1) {
			look = await lookAt(this.ref, this.session, this.log);
		}
		return look;
	}
}

/** Rights are not given member by member, so nothing more is tried on the list. */
function notAllowed(failure: Failure): Verdict {
	const message =
		"The account of the credential may not change this list: ask the platform's administrator for the " +
		`right, then run again. ${failure.message}`;
	return { outcome: 'failed', code: 'forbidden', message };
}

export function notDone(failure: Failure): Verdict {
	if (failure.code === TOO_LATE) {
		const message =
			'A whole list is written only soon after it was read, and the platform allows too few requests for ' +
			'that. Nothing was applied: ' +
			('allow more requests per second, read fewer lists side by side, or turn on Sole Writer if nobody else ' +
				'changes these lists.');
		return { outcome: 'failed', code: TOO_LATE, message };
	}
	return {
		outcome: 'failed',
		code: failure.code,
		message: `The platform could not do it; nothing was applied. ${failure.message}`,
	};
}

function outcomeUnknown(failure: Failure): Verdict {
	const message =
		'It is not known whether this was applied, because the list could not be read after a doubtful ' +
		`answer; running again settles it. ${failure.message}`;
	return { outcome: 'failed', code: 'outcomeUnknown', message };
}

function unverified(failure: Failure): Verdict {
	const message =
		'The platform accepted this, but the list could not be read back to prove it; running again settles ' +
		`it. ${failure.message}`;
	return { outcome: 'failed', code: 'unverified', message };
}

function unreadable(ref: ListRef, failure: Failure): Verdict {
	const missing = failure.kind === 'missing';
	const message = missing
		? `${listName(ref)} does not exist on the platform any more. ${failure.message}`
		: `${listName(ref)} could not be read, so nothing more was written. ${failure.message}`;
	return { outcome: 'failed', code: missing ? 'missingList' : 'unreadableList', message };
}
