import type { Random } from '../clock';

/**
 * Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): anything up to a ceiling that doubles with
 * each retry.
 */
export function backoffMs(
	retry: number,
	figures: { readonly backoffBaseMs: number; readonly backoffCapMs: number },
	random: Random,
): number {
	return random() * Math.min(figures.backoffCapMs, figures.backoffBaseMs * 2 ** retry);
}
