/** How a source names people and call centers, and the counts of the lookup. */

import type { CountryCode } from '../../numbering-plans';
import { z } from '../../vendor/zod';

export const personAttributeSchema = z.enum(['userId', 'emailAddress', 'phoneNumber', 'extension', 'fullName']);
export type PersonAttribute = z.infer<typeof personAttributeSchema>;

export const callCenterAttributeSchema = z.enum(['id', 'name']);
export type CallCenterAttribute = z.infer<typeof callCenterAttributeSchema>;

export interface Matching {
	readonly people: PersonAttribute;
	readonly callCenters: CallCenterAttribute;
	/** Where phone numbers without a country code belong; null if all have one. */
	readonly country: CountryCode | null;
}

const count = z.number().int().nonnegative();

/** How many users or call centers were found, and how many texts are those of none or of several; group by group. */
export const matchCountsSchema = z.object({ matched: count, notFound: count, several: count });
export type MatchCounts = z.infer<typeof matchCountsSchema>;

/** Absent for what the source names by id. */
export const matchedSchema = z.object({
	people: matchCountsSchema.extend({ by: personAttributeSchema }).optional(),
	callCenters: matchCountsSchema.extend({ by: callCenterAttributeSchema }).optional(),
});
export type MatchSummary = z.infer<typeof matchedSchema>;

export const candidateSchema = z.object({
	id: z.string().min(1),
	/** As people call it; empty if the platform does not show it. */
	name: z.string(),
});
export type Candidate = Readonly<z.infer<typeof candidateSchema>>;
