/** Plans and journals on their way in: JSON text or parsed, of the right format and version, and of the right shape. */

import { isTextTooDeep, isTooDeep, MOST_LEVELS } from '../../json-depth';
import type { z } from '../../vendor/zod';

interface Expected {
	readonly format: string;
	readonly version: number;
	/** What the document is called in messages. */
	readonly noun: 'plan' | 'journal';
}

type Parsed<Document> =
	| { readonly ok: true; readonly document: Document }
	| { readonly ok: false; readonly code: string; readonly message: string };

export function parseDocument<Document>(
	json: unknown,
	schema: z.ZodType<Document, z.ZodTypeDef, unknown>,
	{ format, version, noun }: Expected,
): Parsed<Document> {
	const code = noun === 'plan' ? 'invalidPlan' : 'invalidJournal';
	if (typeof json === 'string' ? isTextTooDeep(json) : isTooDeep(json)) {
		return {
			ok: false,
			code,
			message:
				`The ${noun} is nested in more than ${MOST_LEVELS} levels, which none is: hand over the ${noun} ` +
				'exactly as it came out.',
		};
	}
	const value = typeof json === 'string' ? fromText(json) : json;
	if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== format) {
		return {
			ok: false,
			code,
			message: `This is not a ${noun} of this node: hand over the ${noun} exactly as it came out.`,
		};
	}
	if (!('version' in value) || value.version !== version) {
		const found = 'version' in value ? String(value.version) : 'none';
		const message =
			`The ${noun} has format version ${found}, and this version of the node reads ${version}: make a new ${noun} ` +
			'with this version.';
		return { ok: false, code: 'otherVersion', message };
	}
	const parsed = schema.safeParse(value);
	if (parsed.success) return { ok: true, document: parsed.data };
	const [issue] = parsed.error.issues;
	const where = issue.path.length === 0 ? 'at its top' : `at ${issue.path.join('.')}`;
	return {
		ok: false,
		code,
		message: `The ${noun} is damaged ${where} (${issue.message}): hand it over exactly as it came out.`,
	};
}

function fromText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
