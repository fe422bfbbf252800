/** How a run ended. */

/**
 * - `exported`: all lists were read, nothing written.
 * - `planned`: a plan was made, nothing written. `unchanged`: nothing to do.
 * - `applied`: everything planned was seen done. `partial`: some of it. `held`: removals were held back.
 * - `aborted`: a guard stopped the run before the first write. `refused`: the input was not acceptable.
 * - `failed`: the platform showed none of what the run is about, or let nothing of it be written; the reason says what
 *   to correct.
 * - `stopped`: ended early in good order; running again goes on.
 */
export type RunStatus =
	| 'exported'
	| 'planned'
	| 'unchanged'
	| 'applied'
	| 'partial'
	| 'held'
	| 'aborted'
	| 'refused'
	| 'failed'
	| 'stopped';
