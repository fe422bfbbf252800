/**
 * Bound on nesting: what walks a value (JSON.stringify, zod, a hash) does so on the stack, which ends at some thousand
 * levels.
 */

/** Levels; answers of the platform, plans, journals and rows have less than ten. */
export const MAX_LEVELS = 100;

/** Whether a value has objects or arrays in more than `MAX_LEVELS` levels, one that contains itself included. */
export function isTooDeep(value: unknown): boolean {
	let level = [value].filter(isContainer);
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > MAX_LEVELS) return true;
		// Each once, because a value may be in another more than once.
		level = [...new Set(level.flatMap((container) => Object.values(container).filter(isContainer)))];
	}
	return false;
}

/**
 * The same of JSON text, before it is parsed, which takes memory for every level. Of text that is no JSON it says
 * something harmless.
 */
export function isTextTooDeep(json: string): boolean {
	let depth = 0;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (code === QUOTE) at = endOfString(json, at);
		else if (code === BRACKET || code === BRACE) depth++;
		else if (code === BRACKET + 2 || code === BRACE + 2) depth--;
		if (depth > MAX_LEVELS) return true;
	}
	return false;
}

const [QUOTE, BACKSLASH, BRACKET, BRACE] = ['"', '\\', '[', '{'].map((character) => character.charCodeAt(0));

/** The place of the quotation mark that ends the string which begins at `begin`. */
function endOfString(json: string, begin: number): number {
	let at = begin + 1;
	while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
	return at;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
