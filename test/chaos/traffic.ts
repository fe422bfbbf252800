/**
 * Everything of one run that went over the wire, for the promises about the rate limit: its requests, those that met a
 * closed port, and its sign-ins.
 */

import type { HttpReply, HttpRequest } from '../../lib/apio/transport';

export interface Transmission {
	/** Null for a sign-in. Sent again beneath the rate limiter, a request is the same object. */
	readonly request: HttpRequest | null;
	/** Milliseconds since the epoch. */
	readonly sentAt: number;
	/** Order of all events of the simulation; `answered` is Infinity while no answer came. */
	readonly sent: number;
	answered: number;
	answeredAt: number;
	reply: HttpReply | null;
}

/** What one run, or its neighbour in the same process, sent. */
export interface Traffic {
	readonly process: number;
	readonly maxRate: number;
	readonly concurrency: number;
	readonly transmissions: readonly Transmission[];
	/**
	 * From here on a request may have had its turn without ever reaching the wire: a sign-in failed, or the run was
	 * cancelled.
	 */
	readonly lostSightAt: number;
}

/** One turn that the rate limiter gave: a request, with its repetition after a renewed sign-in. */
export interface Turn {
	readonly of: Traffic;
	readonly first: Transmission;
	last: Transmission;
	/** It waited for the sign-in after the rate limiter had let it go, so it is not known since when. */
	readonly signedInFirst: boolean;
}

export function turnsOf(traffic: Traffic): Turn[] {
	const signIns = new Set(
		traffic.transmissions.filter(({ request }) => request === null).map(({ answeredAt }) => answeredAt),
	);
	const turns: Turn[] = [];
	const signedOut = new Map<HttpRequest, Turn>();
	for (const transmission of traffic.transmissions) {
		const { request, reply } = transmission;
		if (request === null) continue;
		const resumed = signedOut.get(request);
		const waited = signIns.has(transmission.sentAt);
		if (resumed && (waited || resumed.last.answeredAt === transmission.sentAt)) {
			signedOut.delete(request);
			resumed.last = transmission;
			continue;
		}
		const turn: Turn = { of: traffic, first: transmission, last: transmission, signedInFirst: waited };
		turns.push(turn);
		if (reply?.kind === 'answer' && reply.status === 401) signedOut.set(request, turn);
	}
	return turns;
}
