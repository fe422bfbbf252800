/** Parses plans and journals, given as JSON text or as values: format, version and schema. */

import { isTextTooDeep, isTooDeep, MAX_LEVELS } from '../../json-depth';
import type { z } from '../../vendor/zod';
import type { Facts, Issue } from '../model';

interface Expected {
	readonly format: string;
	readonly version: number;
	/** What the document is called in messages. */
	readonly noun: 'plan' | 'journal';
}

export type Parsed<Document> =
	| { readonly ok: true; readonly document: Document }
	| { readonly ok: false; readonly issue: Issue };

export function parseDocument<Document>(
	json: unknown,
	schema: z.ZodType<Document, z.ZodTypeDef, unknown>,
	{ format, version, noun }: Expected,
): Parsed<Document> {
	const invalidDocument = (facts: Facts<'invalidPlan'>): { ok: false; issue: Issue } => {
		return { ok: false, issue: { code: noun === 'plan' ? 'invalidPlan' : 'invalidJournal', facts } };
	};
	if (typeof json === 'string' ? isTextTooDeep(json) : isTooDeep(json))
		return invalidDocument({ problem: 'tooDeep', levels: MAX_LEVELS });
	const value = typeof json === 'string' ? fromText(json) : json;
	if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== format)
		return invalidDocument({ problem: 'other' });
	if (!('version' in value) || value.version !== version) {
		const found = 'version' in value ? String(value.version) : 'none';
		return { ok: false, issue: { code: 'otherVersion', facts: { document: noun, found, read: version } } };
	}
	const parsed = schema.safeParse(value);
	if (parsed.success) return { ok: true, document: parsed.data };
	const [{ path, message }] = parsed.error.issues;
	return invalidDocument({ problem: 'damaged', at: path.join('.'), what: message });
}

function fromText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
