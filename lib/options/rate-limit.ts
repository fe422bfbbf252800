import type { OptionTable } from './option';

/**
 * The bounds of both rates, in requests a second. From below: slower than any quota worth a bulk run, and still a sign
 * of life. From above: n8n itself reaches a tenth of it, so as a setting it means "as fast as the lanes allow".
 */
const RATE = { type: 'number', minimum: 0.2, maximum: 10_000, decimals: 1, unit: 'requests a second' } as const;

/** How fast a run may be. The rate limiter finds the pace within these. */
export const RATE_LIMIT = {
	startRate: {
		label: 'Initial Requests per Second',
		description:
			'The rate at the start. It rises while the platform keeps up, and falls when the platform asks to slow down.',
		...RATE,
		default: 5,
		reason: 'A careful rate for a provisioning API without a published quota. A run soon adapts it.',
	},
	maxRate: {
		label: 'Maximum Requests per Second',
		description:
			'The highest rate that this run may reach. Concurrent runs share one rate, up to the highest of their maximums.',
		...RATE,
		default: 20,
		reason:
			'BroadWorks provisioning answers in some hundred milliseconds; more requests would only wait in the platform.',
	},
	concurrency: {
		label: 'Parallel Lists',
		description:
			'How many lists may be read or written at the same time. The number adapts: it grows while this brings more ' +
			'answers a second, and shrinks when the platform slows down or is overloaded.',
		type: 'number',
		default: 10,
		minimum: 1,
		maximum: 10,
		decimals: 0,
		unit: 'lists',
		reason:
			'The value of OpenTofu. It is enough for 30 requests a second at 300 ms, and an upper limit for an unattended ' +
			'job on a platform that handles telephone calls. A run begins with four.',
	},
} as const satisfies OptionTable;
