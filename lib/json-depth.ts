/** Bound on nesting: what walks a value (JSON.stringify, zod, a hash) does so on the stack, which ends at some thousand levels. */

/** Levels; answers of the platform, plans, journals and rows have less than ten. */
export const MOST_LEVELS = 100;

/** Whether a value has objects or arrays in more than `MOST_LEVELS` levels, one that contains itself included. */
export function isTooDeep(value: unknown): boolean {
	let level = [value].filter(isContainer);
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > MOST_LEVELS) return true;
		// Each once, because a value may be in another more than once.
		level = [...new Set(level.flatMap((container) => Object.values(container).filter(isContainer)))];
	}
	return false;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
