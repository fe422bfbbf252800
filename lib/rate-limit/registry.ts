import { normalBaseUrl } from '../base-url';
import type { Clock, Random } from '../clock';
import { Pacer } from './pacer';

/** Platforms remembered at most; the one unused for longest is forgotten first, and what it taught with it. */
const MOST_PLATFORMS = 50;

const pacers = new Map<string, Pacer>();

/**
 * The one pacer of a platform in this process, however many executions use it at once and whatever limits each has.
 * What it has learnt stays for the next execution. `clock` and `random` are those of the first caller, so they must not
 * belong to an execution.
 *
 * @param baseUrl the credential's base URL; case of the host and a trailing slash make no difference
 */
export function pacerFor(baseUrl: string, clock: Clock, random: Random): Pacer {
	const key = normalBaseUrl(baseUrl);
	const pacer = pacers.get(key) ?? new Pacer({}, clock, random);
	pacers.delete(key);
	pacers.set(key, pacer);
	for (const oldest of pacers.keys()) {
		if (pacers.size <= MOST_PLATFORMS) break;
		pacers.delete(oldest);
	}
	return pacer;
}

/** Forgets every platform; for tests, which must not learn from each other. */
export function forgetPacers(): void {
	pacers.clear();
}
